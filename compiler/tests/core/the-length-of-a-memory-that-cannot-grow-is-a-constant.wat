(module
  (memory 3 3)
  (func (result i32) (memory.size))
  (func (param i32) (result i32) (i32.load offset=196608 (local.get 0)))
  (func (result i32) (memory.grow (i32.const 0))))
;; func 0 optimized
;; has iconst.i32 3
;; not load
An offset behind the end needs no look at the index.
;; func 1
;; has call
;; has trap
;; not load.i32
;; func 2
;; has call
