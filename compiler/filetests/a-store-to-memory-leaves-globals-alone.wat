;;! for every target
;;! optimized core 0 0
(component
  (core module $m
    (memory 1)
    (memory $b 1)
    (global $g (mut i32) (i32.const 0))
    (func (param i32) (result i32)
      (i32.store (local.get 0) (global.get $g))
      (i32.store $b (local.get 0) (global.get $g))
      (global.get $g))
    (func (param i32) (global.set $g (local.get 0))))
  (core instance (instantiate $m)))
;;= -- for every target
;;= -- optimized core 0 0
;;= function %root:m::func[0](i64 vmctx, i32) -> i32 tail {
;;=     region0 = 1 "global"
;;=     region1 = 17 "memory"
;;=     region2 = 19 "memory"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64, v1: i32):
;;= @0039                               v2 = load.i32 notrap region0 v0+160
;;= @003b                               v4 = load.i64 notrap aligned readonly can_move v0+128
;;= @003b                               v3 = uextend.i64 v1
;;= @003b                               v5 = iadd v4, v3
;;= @003b                               store little region1 v2, v5
;;= @0042                               v8 = load.i64 notrap aligned readonly can_move v0+144
;;= @0042                               v9 = iadd v8, v3
;;= @0042                               store little region2 v2, v9
;;= @0048                               return v2
;;= }
