;;! for every target
;;! optimized core 0 0
;; An offset behind the end needs no look at the index.
;;! clif core 0 1
;;! clif core 0 2
(component
  (core module $m
    (memory 3 3)
    (func (result i32) (memory.size))
    (func (param i32) (result i32) (i32.load offset=196608 (local.get 0)))
    (func (result i32) (memory.grow (i32.const 0))))
  (core instance (instantiate $m)))
;;= -- for every target
;;= -- optimized core 0 0
;;= function %root:m::func[0](i64 vmctx) -> i32 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64):
;;=                                     v6 = iconst.i32 3
;;= @0031                               return v6  ; v6 = 3
;;= }
;;= -- clif core 0 1
;;= function %root:m::func[1](i64 vmctx, i32) -> i32 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     fn0 = colocated %trap::MemoryOutOfBounds sig0
;;=
;;=                                 block0(v0: i64, v1: i32):
;;= @0036                               v2 = uextend.i64 v1
;;= @0036                               call fn0()
;;= @0036                               trap user5
;;= }
;;= -- clif core 0 2
;;= function %root:m::func[2](i64 vmctx) -> i32 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64, i32, i64) -> i64 system_v
;;=     fn0 = colocated %weldc_rt_memory_grow sig0
;;=
;;=                                 block0(v0: i64):
;;= @003e                               v1 = iconst.i32 0
;;= @0040                               v2 = uextend.i64 v1  ; v1 = 0
;;= @0040                               v3 = iconst.i32 0
;;= @0040                               v4 = call fn0(v0, v3, v2)  ; v3 = 0
;;= @0040                               v5 = ireduce.i32 v4
;;= @0042                               return v5
;;= }
