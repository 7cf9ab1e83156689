;;! clif core 0 0
;;! asm core 0 0
;;! clif export add
;;! clif entry add
(component
  (core module $m
    (func (export "add") (param i32 i32) (result i32)
      (i32.add (local.get 0) (local.get 1))))
  (core instance $i (instantiate $m))
  (func (export "add") (param "a" u32) (param "b" u32) (result u32)
    (canon lift (core func $i "add"))))
;;= -- clif core 0 0
;;= function %root:m::func[0](i64 vmctx, i32, i32) -> i32 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64, v1: i32, v2: i32):
;;= @0031                               v3 = iadd v1, v2
;;= @0032                               return v3
;;= }
;;= -- asm core 0 0
;;= root:m::func[0]:
;;=      0:  pushq   %rbp
;;=      1:  movq    %rsp, %rbp
;;=      4:  leal    (%rsi, %rdx), %eax               ; @31
;;=      7:  movq    %rbp, %rsp                       ; @32
;;=      a:  popq    %rbp
;;=      b:  retq
;;= -- clif export add
;;= function %export[add](i64 vmctx, i32, i32, i64) tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64 vmctx, i32, i32) -> i32 tail
;;=     fn0 = colocated %root:m::func[0] sig0
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i32, v2: i32, v3: i64):
;;=     v4 = call fn0(v0, v1, v2)
;;=     store notrap aligned v4, v3
;;=     return
;;= }
;;= -- clif entry add
;;= function %test_add(i64, i32, i32, i64) -> i32 system_v {
;;=     ss0 = explicit_slot 8, align = 8, key = 1
;;=     sig0 = (i64 vmctx, i32, i32, i64) tail
;;=     fn0 = colocated %export[add] sig0
;;=
;;= block0(v0: i64, v1: i32, v2: i32, v3: i64):
;;=     v4 = load.i32 notrap aligned v0+48
;;=     brif v4, block1, block2
;;=
;;= block1 cold:
;;=     v5 = iconst.i32 21
;;=     return v5  ; v5 = 21
;;=
;;= block2:
;;=     v6 = stack_addr.i64 ss0
;;=     store.i64 notrap v0, v6
;;=     v7 = load.i64 notrap aligned v0+8
;;=     v8 = get_stack_pointer.i64
;;=     v9 = isub v8, v7
;;=     store notrap aligned v9, v0
;;=     try_call fn0(v0, v1, v2, v3), sig0, block3, [ default: block4(exn0) ]
;;=
;;= block3:
;;=     v11 = stack_addr.i64 ss0
;;=     v12 = load.i64 notrap v11
;;=     v13 = iconst.i64 0
;;=     store notrap aligned v13, v12  ; v13 = 0
;;=     v14 = iconst.i32 0
;;=     return v14  ; v14 = 0
;;=
;;= block4(v10: i64) cold:
;;=     v15 = stack_addr.i64 ss0
;;=     v16 = load.i64 notrap v15
;;=     v17 = iconst.i64 0
;;=     store notrap aligned v17, v16  ; v17 = 0
;;=     v18 = ireduce.i32 v10
;;=     return v18
;;= }
