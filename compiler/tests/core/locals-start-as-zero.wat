(module
  (func (result i32 i64 f32 f64 externref) (local i32 i64 f32 f64 externref)
    (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4))
  (func (param i32) (result i32) (local i32)
    (loop (local.set 1 (i32.add (local.get 1) (local.get 0))) (br_if 0 (local.get 1)))
    (local.get 1))
  (func (param i32) (local i32 i32 i32 i64)))
;; func 0
;; has iconst.i32 0
;; func 1
;; has iconst.i32 0
;; has iadd
What is not used costs nothing.
;; func 2
;; not iconst
