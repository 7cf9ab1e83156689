Operands keep the type that their operator gave them until a block, a call, a local or a global takes them.
(module
  (global $g (mut v128) (v128.const i32x4 0 0 0 0))
  (func (param i32 v128) (result v128)
    (block (result v128)
      (f32x4.neg (local.get 1))
      (br_if 0 (local.get 0))
      (f32x4.abs)))
  (func (param v128 v128) (result v128)
    (local.set 0 (i32x4.add (local.get 0) (local.get 1)))
    (i32x4.sub (local.get 0) (local.get 1)))
  (func (param v128)
    (global.set $g (f64x2.sqrt (local.get 0))))
  (func (param v128 v128 i32) (result v128)
    (select (i64x2.neg (local.get 0)) (i64x2.neg (local.get 1)) (local.get 2)))
  (func (param v128 v128 i32) (result v128)
    (select (i64x2.neg (local.get 0)) (i16x8.neg (local.get 1)) (local.get 2))))
;; func 0
;; has fneg
;; has bitcast.i8x16
;; has brif
;; has fabs
;; func 1
;; has iadd
;; has isub
;; has bitcast.i8x16
;; has return
;; func 2
;; has sqrt
;; has bitcast.i8x16
;; has store*region
;; func 3
;; has ineg
;; has ineg
;; has select v
;; has bitcast.i8x16
;; func 4
;; has ineg
;; has ineg
;; has bitcast.i64x2
;; has select v
;; has bitcast.i8x16
;; has return
