;;! for every target
;;! clif core 0 1
;;! clif core 0 2
;;! clif core 0 4
(component
  (core module $m
    (type $two (func (param i32 i64) (result i64 i32)))
    (func $swap (param i32 i64) (result i64 i32)
      (local.get 0) (local.get 1)
      (block (type $two) (local.set 1) (local.set 0) (local.get 1) (local.get 0)))
    (func (param i32 i64) (result i64 i32)
      (local.get 0) (local.get 1)
      (if (type $two) (local.get 0)
        (then (call $swap))
        (else (drop) (drop) (i64.const 1) (i32.const 2))))
    (func (param i32 i64) (result i32 i64)
      (local.get 0) (local.get 1)
      (if (param i32 i64) (result i32 i64) (local.get 0) (then (drop) (i64.const 1))))
    (func (param i32 i64) (result i32 i64)
      (local.get 0) (local.get 1)
      (loop (param i32 i64) (result i32 i64)
        (call $swap) (local.set 0) (i64.eqz)
        (local.get 1) (local.get 0) (br_if 0) ))
    (func (param i32) (result i32 i32)
      (i32.const 10)
      (block (param i32) (result i32 i32)
        (local.get 0)
        (block (param i32 i32) (result i32 i32)
          (br_table 0 1 2 0 (local.get 0)))))
    (func (param i32 i32) (result i32)
      (i32.const 7)
      (loop (param i32) (result i32)
        (br_table 0 1 (local.get 0)))))
  (core instance (instantiate $m)))
;;= -- for every target
;;= -- clif core 0 1
;;= function %root:m::func[1](i64 vmctx, i32, i64) -> i64, i32 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64 vmctx, i32, i64) -> i64, i32 tail
;;=     fn0 = colocated %root:m::swap sig0
;;=     stack_limit = gv1
;;=
;;=                                 block0(v0: i64, v1: i32, v2: i64):
;;= @0062                               brif v1, block1, block2
;;=
;;=                                 block1:
;;= @0064                               v3, v4 = call fn0(v0, v1, v2)
;;= @0066                               jump block3(v3, v4)
;;=
;;=                                 block2:
;;= @0069                               v7 = iconst.i64 1
;;= @006b                               v8 = iconst.i32 2
;;= @006d                               jump block3(v7, v8)  ; v7 = 1, v8 = 2
;;=
;;=                                 block3(v5: i64, v6: i32):
;;= @006e                               return v5, v6
;;= }
;;= -- clif core 0 2
;;= function %root:m::func[2](i64 vmctx, i32, i64) -> i32, i64 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64, v1: i32, v2: i64):
;;= @0077                               brif v1, block1, block2
;;=
;;=                                 block1:
;;= @007a                               v3 = iconst.i64 1
;;= @007c                               jump block3(v1, v3)  ; v3 = 1
;;=
;;=                                 block2:
;;= @007c                               jump block3(v1, v2)
;;=
;;=                                 block3(v4: i32, v5: i64):
;;= @007d                               return v4, v5
;;= }
;;= -- clif core 0 4
;;= function %root:m::func[4](i64 vmctx, i32) -> i32, i32 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64, v1: i32):
;;= @0095                               v2 = iconst.i32 10
;;= @009f                               br_table v1, block1, [block1, block2, block3]
;;=
;;=                                 block1:
;;= @009f                               jump block4(v2, v1)  ; v2 = 10
;;=
;;=                                 block2:
;;= @009f                               jump block5(v2, v1)  ; v2 = 10
;;=
;;=                                 block3:
;;= @009f                               jump block6(v2, v1)  ; v2 = 10
;;=
;;=                                 block4(v3: i32, v4: i32):
;;= @00a6                               jump block5(v3, v4)
;;=
;;=                                 block5(v5: i32, v6: i32):
;;= @00a7                               jump block6(v5, v6)
;;=
;;=                                 block6(v7: i32, v8: i32):
;;= @00a7                               return v7, v8
;;= }
