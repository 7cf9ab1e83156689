;;! for every target
;; The context is passed on, nothing is loaded for the call.
;;! clif core 1 1
;;! clif core 1 2
(component
  (core module $a
    (memory (export "m") 1)
    (func (export "f") (param i32 i64) (result i64 i32) (local.get 1) (local.get 0)))
  (core module $b
    (import "a" "f" (func $f (param i32 i64) (result i64 i32)))
    (import "a" "m" (memory 1))
    (func (result i64 i32) (call $f (i32.load (i32.const 0)) (i64.const 2)))
    (func (result i64 i32) (return_call $f (i32.const 1) (i64.const 2))))
  (core instance $a (instantiate $a))
  (core instance $b (instantiate $b (with "a" (instance $a)))))
;;= -- for every target
;;= -- clif core 1 1
;;= function %root:b::func[1](i64 vmctx) -> i64, i32 tail {
;;=     region0 = 17 "memory"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64 vmctx, i32, i64) -> i64, i32 tail
;;=     fn0 = colocated %root:a::func[0] sig0
;;=     stack_limit = gv1
;;=
;;=                                 block0(v0: i64):
;;= @0078                               v1 = iconst.i32 0
;;= @007a                               v2 = uextend.i64 v1  ; v1 = 0
;;= @007a                               v3 = load.i64 notrap aligned readonly can_move v0+128
;;= @007a                               v4 = iadd v3, v2
;;= @007a                               v5 = load.i32 little region0 v4
;;= @007d                               v6 = iconst.i64 2
;;= @007f                               v7, v8 = call fn0(v0, v5, v6)  ; v6 = 2
;;= @0081                               return v7, v8
;;= }
;;= -- clif core 1 2
;;= function %root:b::func[2](i64 vmctx) -> i64, i32 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64 vmctx, i32, i64) -> i64, i32 tail
;;=     fn0 = colocated %root:a::func[0] sig0
;;=     stack_limit = gv1
;;=
;;=                                 block0(v0: i64):
;;= @0084                               v1 = iconst.i32 1
;;= @0086                               v2 = iconst.i64 2
;;= @0088                               return_call fn0(v0, v1, v2)  ; v1 = 1, v2 = 2
;;= }
