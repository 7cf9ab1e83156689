;;! for every target
;; It ends behind the guard, so its bounds are checked, and then it cannot fault.
;;! clif core 0 0
;;! clif core 0 1
(component
  (core module $m
    (memory 1)
    (func (param i32) (result i32) (i32.load offset=0x1fffffd (local.get 0)))
    (func (param i32) (result i32) (i32.load offset=0xfffffff0 (local.get 0)))
    (func (drop (memory.grow (i32.const 1)))))
  (core instance (instantiate $m)))
;;= -- for every target
;;= -- clif core 0 0
;;= function %root:m::func[0](i64 vmctx, i32) -> i32 tail {
;;=     region0 = 17 "memory"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     fn0 = colocated %trap::MemoryOutOfBounds sig0
;;=
;;=                                 block0(v0: i64, v1: i32):
;;= @002f                               v2 = uextend.i64 v1
;;= @002f                               v3 = load.i64 notrap aligned v0+136
;;= @002f                               v4 = iconst.i64 0x0200_0001
;;= @002f                               v5 = icmp ult v3, v4  ; v4 = 0x0200_0001
;;= @002f                               brif v5, block1, block2
;;=
;;=                                 block1 cold:
;;= @002f                               call fn0()
;;= @002f                               trap user5
;;=
;;=                                 block2:
;;= @002f                               v6 = iconst.i64 -33554433
;;= @002f                               v7 = iadd.i64 v3, v6  ; v6 = -33554433
;;= @002f                               v8 = icmp.i64 ugt v2, v7
;;= @002f                               brif v8, block3, block4
;;=
;;=                                 block3 cold:
;;= @002f                               call fn0()
;;= @002f                               trap user5
;;=
;;=                                 block4:
;;= @002f                               v9 = load.i64 notrap aligned readonly can_move v0+128
;;= @002f                               v10 = iadd v9, v2
;;= @002f                               v11 = load.i32 notrap little region0 v10+0x01ff_fffd
;;= @0035                               return v11
;;= }
;;= -- clif core 0 1
;;= function %root:m::func[1](i64 vmctx, i32) -> i32 tail {
;;=     region0 = 17 "memory"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     fn0 = colocated %trap::MemoryOutOfBounds sig0
;;=
;;=                                 block0(v0: i64, v1: i32):
;;= @003a                               v2 = uextend.i64 v1
;;= @003a                               v3 = load.i64 notrap aligned v0+136
;;= @003a                               v4 = iconst.i64 0xffff_fff4
;;= @003a                               v5 = icmp ult v3, v4  ; v4 = 0xffff_fff4
;;= @003a                               brif v5, block1, block2
;;=
;;=                                 block1 cold:
;;= @003a                               call fn0()
;;= @003a                               trap user5
;;=
;;=                                 block2:
;;= @003a                               v6 = iconst.i64 -4294967284
;;= @003a                               v7 = iadd.i64 v3, v6  ; v6 = -4294967284
;;= @003a                               v8 = icmp.i64 ugt v2, v7
;;= @003a                               brif v8, block3, block4
;;=
;;=                                 block3 cold:
;;= @003a                               call fn0()
;;= @003a                               trap user5
;;=
;;=                                 block4:
;;= @003a                               v9 = load.i64 notrap aligned readonly can_move v0+128
;;= @003a                               v10 = iadd v9, v2
;;= @003a                               v11 = iconst.i64 0xffff_fff0
;;= @003a                               v12 = iadd v10, v11  ; v11 = 0xffff_fff0
;;= @003a                               v13 = load.i32 notrap little region0 v12
;;= @0041                               return v13
;;= }
