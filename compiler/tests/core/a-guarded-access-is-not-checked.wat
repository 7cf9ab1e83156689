(module
  (memory 1)
  (func (param i32) (result i32) (i32.load offset=8 (local.get 0)))
  (func (param i32 i64) (i64.store32 offset=0x1fffffc (local.get 0) (local.get 1)))
  (func (param i32) (drop (f64.load (local.get 0))))
  (func (drop (memory.grow (i32.const 1)))))
;; func 0
;; has uextend.i64 v1
;; has load.i64 notrap aligned readonly can_move v0+
;; has iadd
;; has load.i32 little region0 *+8
;; not brif
;; func 1
;; has istore32 little region0 *+0x01ff_fffc
;; not brif
An access may fault, so it stays although nobody uses what it loads.
;; func 2 optimized
;; has load.f64 little region0
