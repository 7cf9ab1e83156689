;;! for every target
;;! clif core 0 0
;;! clif core 0 1
;; An access may fault, so it stays although nobody uses what it loads.
;;! optimized core 0 2
(component
  (core module $m
    (memory 1)
    (func (param i32) (result i32) (i32.load offset=8 (local.get 0)))
    (func (param i32 i64) (i64.store32 offset=0x1fffffc (local.get 0) (local.get 1)))
    (func (param i32) (drop (f64.load (local.get 0))))
    (func (drop (memory.grow (i32.const 1)))))
  (core instance (instantiate $m)))
;;= -- for every target
;;= -- clif core 0 0
;;= function %root:m::func[0](i64 vmctx, i32) -> i32 tail {
;;=     region0 = 17 "memory"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64, v1: i32):
;;= @0039                               v2 = uextend.i64 v1
;;= @0039                               v3 = load.i64 notrap aligned readonly can_move v0+128
;;= @0039                               v4 = iadd v3, v2
;;= @0039                               v5 = load.i32 little region0 v4+8
;;= @003c                               return v5
;;= }
;;= -- clif core 0 1
;;= function %root:m::func[1](i64 vmctx, i32, i64) tail {
;;=     region0 = 17 "memory"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64, v1: i32, v2: i64):
;;= @0043                               v3 = uextend.i64 v1
;;= @0043                               v4 = load.i64 notrap aligned readonly can_move v0+128
;;= @0043                               v5 = iadd v4, v3
;;= @0043                               istore32 little region0 v2, v5+0x01ff_fffc
;;= @0049                               return
;;= }
;;= -- optimized core 0 2
;;= function %root:m::func[2](i64 vmctx, i32) tail {
;;=     region0 = 17 "memory"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64, v1: i32):
;;= @004e                               v3 = load.i64 notrap aligned readonly can_move v0+128
;;= @004e                               v2 = uextend.i64 v1
;;= @004e                               v4 = iadd v3, v2
;;= @004e                               v5 = load.f64 little region0 v4
;;= @0052                               return
;;= }
