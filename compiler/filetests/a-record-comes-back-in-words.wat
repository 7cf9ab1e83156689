;;! clif trampoline 0
(component
  (component $callee
    (core module $m
      (memory (export "memory") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64))
      (func (export "f") (result i32) (i32.const 64)))
    (core instance $m (instantiate $m))
    (func (export "f") (result (tuple u8 u32 f32))
      (canon lift (core func $m "f") (memory (core memory $m "memory")) (realloc (core func $m "realloc"))
        string-encoding=utf8)))
  (instance $callee (instantiate $callee))
  (core module $libc (memory (export "memory") 1))
  (core instance $libc (instantiate $libc))
  (core func $f (canon lower (func $callee "f") (memory (core memory $libc "memory")) string-encoding=utf8)))
;;= -- clif trampoline 0
;;= function %root->root/callee::f(i64 vmctx, i32) tail {
;;=     region0 = 17 "memory"
;;=     region1 = 19 "memory"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64 vmctx) -> i32 tail
;;=     sig1 = () system_v
;;=     sig2 = () system_v
;;=     fn0 = colocated %root/callee:m::func[1] sig0
;;=     fn1 = colocated %trap::PointerUnaligned sig1
;;=     fn2 = colocated %trap::PointerOutOfBounds sig2
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i32):
;;=     v2 = call fn0(v0)
;;=     v3 = iconst.i64 12
;;=     v4 = uextend.i64 v2
;;=     v5 = iconst.i64 3
;;=     v6 = band v4, v5  ; v5 = 3
;;=     brif v6, block1, block2
;;=
;;= block1 cold:
;;=     call fn1()
;;=     trap user23
;;=
;;= block2:
;;=     v7 = iconst.i64 0x0001_0000
;;=     v8 = iadd.i64 v4, v3  ; v3 = 12
;;=     v9 = icmp ugt v8, v7  ; v7 = 0x0001_0000
;;=     brif v9, block3, block4
;;=
;;= block3 cold:
;;=     call fn2()
;;=     trap user22
;;=
;;= block4:
;;=     v10 = load.i64 notrap aligned readonly can_move v0+128
;;=     v11 = iadd v10, v4
;;=     v12 = iconst.i64 12
;;=     v13 = uextend.i64 v1
;;=     v14 = iconst.i64 3
;;=     v15 = band v13, v14  ; v14 = 3
;;=     brif v15, block5, block6
;;=
;;= block5 cold:
;;=     call fn1()
;;=     trap user23
;;=
;;= block6:
;;=     v16 = iconst.i64 0x0001_0000
;;=     v17 = iadd.i64 v13, v12  ; v12 = 12
;;=     v18 = icmp ugt v17, v16  ; v16 = 0x0001_0000
;;=     brif v18, block7, block8
;;=
;;= block7 cold:
;;=     call fn2()
;;=     trap user22
;;=
;;= block8:
;;=     v19 = load.i64 notrap aligned readonly can_move v0+144
;;=     v20 = iadd v19, v13
;;=     v21 = load.i8 notrap little region0 v11
;;=     store notrap little region1 v21, v20
;;=     v22 = load.i64 notrap little region0 v11+4
;;=     store notrap little region1 v22, v20+4
;;=     return
;;= }
