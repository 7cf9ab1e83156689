(module
  (memory 1)
  (func $f (param i32))
  (func (result i32)
    (block (result i32)
      (br 0 (i32.const 1))
      (block (loop (if (i32.const 0) (then (br 1)) (else (call $f (i32.load (i32.const 0))) (br_table 0 1 2 (i32.const 0))))))
      (call $f)
      (i32.add)))
  (func (result i32) unreachable (i64.add) (drop) (select) (drop) (i32.const 1))
  (func (result i32) (loop (result i32) (br 0)) (i32.eqz) (drop) (i32.const 1))
  (func (result i32) (return (i32.const 1)) (if (result i32) (then (i32.const 1)) (else (i32.const 2))))
  (func (param i32) (result i32)
    (if (result i32) (local.get 0) (then (unreachable)) (else (return (i32.const 2)))))
  (func (param i32) (result i32)
    (if (result i32) (local.get 0) (then (unreachable) (if (then) (else))) (else (i32.const 2))))
  (func (param i32) (if (local.get 0) (then (unreachable))))
  (func (param i32) (block (br_if 0 (local.get 0)) (unreachable)))
  (func (block (block (br 1)) (unreachable)))
  (func (param i64 i32) (result i64)
    (local.get 0)
    (if (param i64) (result i64) (local.get 1) (then (unreachable)))))
;; func 1
;; not call
;; not load
;; func 2
;; has call
;; has trap
;; not iadd
;; func 3
;; has jump block1
;; not iconst
;; func 4
;; has iconst.i32 1
;; not iconst.i32 2
