;; Every atomic operator has a translation that the verifier accepts. Alignment is checked unless every address is
;; aligned; bounds are left to the guards but for waiting, which the runtime does.
;;! for every target
;;! clif core 0 0
;;! clif core 0 1
;;! clif core 0 18
;;! clif core 0 56
;;! clif core 0 63
;;! clif core 0 66
(component
  (core module $m
    (memory 1 2 shared)
    (func (param i32) (result i32) (i32.atomic.load offset=3 (local.get 0)))
    (func (param i32) (result i32) (i32.atomic.load8_u offset=3 (local.get 0)))
    (func (param i32) (result i32) (i32.atomic.load16_u offset=3 (local.get 0)))
    (func (param i32) (result i64) (i64.atomic.load offset=3 (local.get 0)))
    (func (param i32) (result i64) (i64.atomic.load8_u offset=3 (local.get 0)))
    (func (param i32) (result i64) (i64.atomic.load16_u offset=3 (local.get 0)))
    (func (param i32) (result i64) (i64.atomic.load32_u offset=3 (local.get 0)))
    (func (param i32 i32) (i32.atomic.store offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i32) (i32.atomic.store8 offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i32) (i32.atomic.store16 offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i64) (i64.atomic.store offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i64) (i64.atomic.store8 offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i64) (i64.atomic.store16 offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i64) (i64.atomic.store32 offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i32) (result i32) (i32.atomic.rmw.add offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i32) (result i32) (i32.atomic.rmw8.add_u offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i32) (result i32) (i32.atomic.rmw16.add_u offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i64) (result i64) (i64.atomic.rmw.add offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i64) (result i64) (i64.atomic.rmw8.add_u offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i64) (result i64) (i64.atomic.rmw16.add_u offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i64) (result i64) (i64.atomic.rmw32.add_u offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i32) (result i32) (i32.atomic.rmw.sub offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i32) (result i32) (i32.atomic.rmw8.sub_u offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i32) (result i32) (i32.atomic.rmw16.sub_u offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i64) (result i64) (i64.atomic.rmw.sub offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i64) (result i64) (i64.atomic.rmw8.sub_u offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i64) (result i64) (i64.atomic.rmw16.sub_u offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i64) (result i64) (i64.atomic.rmw32.sub_u offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i32) (result i32) (i32.atomic.rmw.and offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i32) (result i32) (i32.atomic.rmw8.and_u offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i32) (result i32) (i32.atomic.rmw16.and_u offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i64) (result i64) (i64.atomic.rmw.and offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i64) (result i64) (i64.atomic.rmw8.and_u offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i64) (result i64) (i64.atomic.rmw16.and_u offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i64) (result i64) (i64.atomic.rmw32.and_u offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i32) (result i32) (i32.atomic.rmw.or offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i32) (result i32) (i32.atomic.rmw8.or_u offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i32) (result i32) (i32.atomic.rmw16.or_u offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i64) (result i64) (i64.atomic.rmw.or offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i64) (result i64) (i64.atomic.rmw8.or_u offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i64) (result i64) (i64.atomic.rmw16.or_u offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i64) (result i64) (i64.atomic.rmw32.or_u offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i32) (result i32) (i32.atomic.rmw.xor offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i32) (result i32) (i32.atomic.rmw8.xor_u offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i32) (result i32) (i32.atomic.rmw16.xor_u offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i64) (result i64) (i64.atomic.rmw.xor offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i64) (result i64) (i64.atomic.rmw8.xor_u offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i64) (result i64) (i64.atomic.rmw16.xor_u offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i64) (result i64) (i64.atomic.rmw32.xor_u offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i32) (result i32) (i32.atomic.rmw.xchg offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i32) (result i32) (i32.atomic.rmw8.xchg_u offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i32) (result i32) (i32.atomic.rmw16.xchg_u offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i64) (result i64) (i64.atomic.rmw.xchg offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i64) (result i64) (i64.atomic.rmw8.xchg_u offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i64) (result i64) (i64.atomic.rmw16.xchg_u offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i64) (result i64) (i64.atomic.rmw32.xchg_u offset=3 (local.get 0) (local.get 1)))
    (func (param i32 i32 i32) (result i32) (i32.atomic.rmw.cmpxchg offset=3 (local.get 0) (local.get 1) (local.get 2)))
    (func (param i32 i32 i32) (result i32) (i32.atomic.rmw8.cmpxchg_u offset=3 (local.get 0) (local.get 1) (local.get 2)))
    (func (param i32 i32 i32) (result i32) (i32.atomic.rmw16.cmpxchg_u offset=3 (local.get 0) (local.get 1) (local.get 2)))
    (func (param i32 i64 i64) (result i64) (i64.atomic.rmw.cmpxchg offset=3 (local.get 0) (local.get 1) (local.get 2)))
    (func (param i32 i64 i64) (result i64) (i64.atomic.rmw8.cmpxchg_u offset=3 (local.get 0) (local.get 1) (local.get 2)))
    (func (param i32 i64 i64) (result i64) (i64.atomic.rmw16.cmpxchg_u offset=3 (local.get 0) (local.get 1) (local.get 2)))
    (func (param i32 i64 i64) (result i64) (i64.atomic.rmw32.cmpxchg_u offset=3 (local.get 0) (local.get 1) (local.get 2)))
    (func (param i32 i32 i64) (result i32) (memory.atomic.wait32 offset=4 (local.get 0) (local.get 1) (local.get 2)))
    (func (param i32 i64 i64) (result i32) (memory.atomic.wait64 offset=8 (local.get 0) (local.get 1) (local.get 2)))
    (func (param i32 i32) (result i32) (memory.atomic.notify offset=4 (local.get 0) (local.get 1)))
    (func (atomic.fence)))
  (core instance (instantiate $m)))
;;= -- for every target
;;= -- clif core 0 0
;;= function %root:m::func[0](i64 vmctx, i32) -> i32 tail {
;;=     region0 = 17 "memory"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     fn0 = colocated %trap::UnalignedAtomic sig0
;;=
;;=                                 block0(v0: i64, v1: i32):
;;= @00a9                               v2 = uextend.i64 v1
;;= @00a9                               v3 = iconst.i64 3
;;= @00a9                               v4 = iadd v2, v3  ; v3 = 3
;;= @00a9                               v5 = iconst.i64 3
;;= @00a9                               v6 = band v4, v5  ; v5 = 3
;;= @00a9                               brif v6, block1, block2
;;=
;;=                                 block1 cold:
;;= @00a9                               call fn0()
;;= @00a9                               trap user13
;;=
;;=                                 block2:
;;= @00a9                               v7 = load.i64 notrap aligned readonly can_move v0+128
;;= @00a9                               v8 = iadd v7, v2
;;= @00a9                               v9 = iconst.i64 3
;;= @00a9                               v10 = iadd v8, v9  ; v9 = 3
;;= @00a9                               v11 = atomic_load.i32 little region0 v10
;;= @00ad                               return v11
;;= }
;;= -- clif core 0 1
;;= function %root:m::func[1](i64 vmctx, i32) -> i32 tail {
;;=     region0 = 17 "memory"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64, v1: i32):
;;= @00b2                               v2 = uextend.i64 v1
;;= @00b2                               v3 = load.i64 notrap aligned readonly can_move v0+128
;;= @00b2                               v4 = iadd v3, v2
;;= @00b2                               v5 = iconst.i64 3
;;= @00b2                               v6 = iadd v4, v5  ; v5 = 3
;;= @00b2                               v7 = atomic_load.i8 little region0 v6
;;= @00b2                               v8 = uextend.i32 v7
;;= @00b6                               return v8
;;= }
;;= -- clif core 0 18
;;= function %root:m::func[18](i64 vmctx, i32, i64) -> i64 tail {
;;=     region0 = 17 "memory"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64, v1: i32, v2: i64):
;;= @0163                               v3 = uextend.i64 v1
;;= @0163                               v4 = load.i64 notrap aligned readonly can_move v0+128
;;= @0163                               v5 = iadd v4, v3
;;= @0163                               v6 = iconst.i64 3
;;= @0163                               v7 = iadd v5, v6  ; v6 = 3
;;= @0163                               v8 = ireduce.i8 v2
;;= @0163                               v9 = atomic_rmw.i8 add v7, v8
;;= @0163                               v10 = uextend.i64 v9
;;= @0167                               return v10
;;= }
;;= -- clif core 0 56
;;= function %root:m::func[56](i64 vmctx, i32, i32, i32) -> i32 tail {
;;=     region0 = 17 "memory"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     fn0 = colocated %trap::UnalignedAtomic sig0
;;=
;;=                                 block0(v0: i64, v1: i32, v2: i32, v3: i32):
;;= @0307                               v4 = uextend.i64 v1
;;= @0307                               v5 = iconst.i64 3
;;= @0307                               v6 = iadd v4, v5  ; v5 = 3
;;= @0307                               v7 = iconst.i64 3
;;= @0307                               v8 = band v6, v7  ; v7 = 3
;;= @0307                               brif v8, block1, block2
;;=
;;=                                 block1 cold:
;;= @0307                               call fn0()
;;= @0307                               trap user13
;;=
;;=                                 block2:
;;= @0307                               v9 = load.i64 notrap aligned readonly can_move v0+128
;;= @0307                               v10 = iadd v9, v4
;;= @0307                               v11 = iconst.i64 3
;;= @0307                               v12 = iadd v10, v11  ; v11 = 3
;;= @0307                               v13 = atomic_cas.i32 v12, v2, v3
;;= @030b                               return v13
;;= }
;;= -- clif core 0 63
;;= function %root:m::func[63](i64 vmctx, i32, i32, i64) -> i32 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     sig1 = () system_v
;;=     sig2 = (i64, i32, i64) -> i32 system_v
;;=     fn0 = colocated %trap::UnalignedAtomic sig0
;;=     fn1 = colocated %trap::MemoryOutOfBounds sig1
;;=     fn2 = colocated %weldc_rt_atomic_wait32 sig2
;;=
;;=                                 block0(v0: i64, v1: i32, v2: i32, v3: i64):
;;= @0362                               v4 = uextend.i64 v1
;;= @0362                               v5 = iconst.i64 3
;;= @0362                               v6 = band v4, v5  ; v5 = 3
;;= @0362                               brif v6, block1, block2
;;=
;;=                                 block1 cold:
;;= @0362                               call fn0()
;;= @0362                               trap user13
;;=
;;=                                 block2:
;;= @0362                               v7 = iconst.i64 0x0001_0000
;;= @0362                               v8 = iconst.i64 -8
;;= @0362                               v9 = iadd v7, v8  ; v7 = 0x0001_0000, v8 = -8
;;= @0362                               v10 = icmp.i64 ugt v4, v9
;;= @0362                               brif v10, block3, block4
;;=
;;=                                 block3 cold:
;;= @0362                               call fn1()
;;= @0362                               trap user5
;;=
;;=                                 block4:
;;= @0362                               v11 = load.i64 notrap aligned readonly can_move v0+128
;;= @0362                               v12 = iadd v11, v4
;;= @0362                               v13 = iconst.i64 4
;;= @0362                               v14 = iadd v12, v13  ; v13 = 4
;;= @0362                               v15 = call fn2(v14, v2, v3)
;;= @0366                               return v15
;;= }
;;= -- clif core 0 66
;;= function %root:m::func[66](i64 vmctx) tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64):
;;= @0381                               fence
;;= @0384                               return
;;= }
