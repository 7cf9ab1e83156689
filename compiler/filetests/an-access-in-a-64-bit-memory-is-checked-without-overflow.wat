;;! for every target
;;! clif core 0 0
;;! optimized core 0 1
;; No index makes this one right.
;;! clif core 0 2
;;! optimized core 0 4
(component
  (core module $m
    (memory i64 1)
    (memory $fixed i64 2 2)
    (func (param i64) (result i32) (i32.load offset=100 (local.get 0)))
    (func (param i64) (result i32) (i32.load $fixed offset=100 (local.get 0)))
    (func (param i64) (result i32) (i32.load offset=0xffffffffffffffff (local.get 0)))
    (func (result i64) (memory.grow (i64.const 1)))
    (func (result i64) (memory.size $fixed)))
  (core instance (instantiate $m)))
;;= -- for every target
;;= -- clif core 0 0
;;= function %root:m::func[0](i64 vmctx, i64) -> i32 tail {
;;=     region0 = 17 "memory"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     fn0 = colocated %trap::MemoryOutOfBounds sig0
;;=
;;=                                 block0(v0: i64, v1: i64):
;;= @0035                               v2 = load.i64 notrap aligned v0+136
;;= @0035                               v3 = iconst.i64 -104
;;= @0035                               v4 = iadd v2, v3  ; v3 = -104
;;= @0035                               v5 = icmp ugt v1, v4
;;= @0035                               brif v5, block1, block2
;;=
;;=                                 block1 cold:
;;= @0035                               call fn0()
;;= @0035                               trap user5
;;=
;;=                                 block2:
;;= @0035                               v6 = load.i64 notrap aligned readonly can_move v0+128
;;= @0035                               v7 = iadd v6, v1
;;= @0035                               v8 = load.i32 notrap little region0 v7+100
;;= @0038                               return v8
;;= }
;;= -- optimized core 0 1
;;= function %root:m::func[1](i64 vmctx, i64) -> i32 tail {
;;=     region0 = 19 "memory"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     fn0 = colocated %trap::MemoryOutOfBounds sig0
;;=
;;=                                 block0(v0: i64, v1: i64):
;;=                                     v9 = iconst.i64 0x0001_ff98
;;= @003d                               v5 = icmp ugt v1, v9  ; v9 = 0x0001_ff98
;;= @003d                               brif v5, block1, block2
;;=
;;=                                 block1 cold:
;;= @003d                               call fn0()
;;= @003d                               trap user5
;;=
;;=                                 block2:
;;= @003d                               v6 = load.i64 notrap aligned readonly can_move v0+144
;;= @003d                               v7 = iadd v6, v1
;;= @003d                               v8 = load.i32 notrap little region0 v7+100
;;= @0041                               return v8
;;= }
;;= -- clif core 0 2
;;= function %root:m::func[2](i64 vmctx, i64) -> i32 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     fn0 = colocated %trap::MemoryOutOfBounds sig0
;;=
;;=                                 block0(v0: i64, v1: i64):
;;= @0046                               call fn0()
;;= @0046                               trap user5
;;= }
;;= -- optimized core 0 4
;;= function %root:m::func[4](i64 vmctx) -> i64 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64):
;;=                                     v4 = iconst.i64 2
;;= @005e                               return v4  ; v4 = 2
;;= }
