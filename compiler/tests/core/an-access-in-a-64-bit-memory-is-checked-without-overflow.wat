(module
  (memory i64 1)
  (memory $fixed i64 2 2)
  (func (param i64) (result i32) (i32.load offset=100 (local.get 0)))
  (func (param i64) (result i32) (i32.load $fixed offset=100 (local.get 0)))
  (func (param i64) (result i32) (i32.load offset=0xffffffffffffffff (local.get 0)))
  (func (result i64) (memory.grow (i64.const 1)))
  (func (result i64) (memory.size $fixed)))
;; func 0
;; has load.i64 notrap aligned v0+
;; has iconst.i64 -104
;; has iadd
;; has icmp* ugt v1, v
;; has brif
;; has load.i32 notrap little region0 *+100
;; func 1 optimized
;; has iconst.i64 0x0001_ff98
;; has icmp* ugt
;; not load.i64 notrap aligned v0
No index makes this one right.
;; func 2
;; has call
;; has trap
;; not load.i32
;; func 4 optimized
;; has iconst.i64 2
;; not load
