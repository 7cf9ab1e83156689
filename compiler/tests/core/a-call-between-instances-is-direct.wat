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
The context is passed on, nothing is loaded for the call.
;; core 1 1
;; has = colocated u0:0 sig
;; has call fn*(v0, v
;; not load.i64 notrap aligned v0
;; core 1 2
;; has return_call fn*(v0, v
;; not load
