(module
  (type $two (func (param i32 i64) (result i64 i32)))
  (func $swap (param i32 i64) (result i64 i32)
    (local.get 0) (local.get 1)
    (block (type $two) (local.set 1) (local.set 0) (local.get 1) (local.get 0)))
  (func (param i32 i64) (result i64 i32)
    (local.get 0) (local.get 1)
    (if (type $two) (local.get 0)
      (then (call $swap))
      (else (drop) (drop) (i64.const 1) (i32.const 2))))
  (func (param i32 i64) (result i32 i64)
    (local.get 0) (local.get 1)
    (if (param i32 i64) (result i32 i64) (local.get 0) (then (drop) (i64.const 1))))
  (func (param i32 i64) (result i32 i64)
    (local.get 0) (local.get 1)
    (loop (param i32 i64) (result i32 i64)
      (call $swap) (local.set 0) (i64.eqz)
      (local.get 1) (local.get 0) (br_if 0) ))
  (func (param i32) (result i32 i32)
    (i32.const 10)
    (block (param i32) (result i32 i32)
      (local.get 0)
      (block (param i32 i32) (result i32 i32)
        (br_table 0 1 2 0 (local.get 0)))))
  (func (param i32 i32) (result i32)
    (i32.const 7)
    (loop (param i32) (result i32)
      (br_table 0 1 (local.get 0)))))
;; func 1
;; has brif v1, block
;; has call
;; has jump block*(v
;; has return
;; func 2
;; has brif v1, block
;; has iconst.i64 1
;; has jump block*(v1, v
;; has jump block*(v1, v2)
;; has return
;; func 4
;; has br_table v1, block*, [block
;; has jump block*(v
;; has return
