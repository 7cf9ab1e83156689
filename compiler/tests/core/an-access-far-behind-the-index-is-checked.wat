(module
  (memory 1)
  (func (param i32) (result i32) (i32.load offset=0x1fffffd (local.get 0)))
  (func (param i32) (result i32) (i32.load offset=0xfffffff0 (local.get 0)))
  (func (drop (memory.grow (i32.const 1)))))
It ends behind the guard, so its bounds are checked, and then it cannot fault.
;; func 0
;; has load.i64 notrap aligned v0+
;; has icmp* ult
;; has brif
;; has icmp* ugt
;; has brif
;; has load.i32 notrap little region0 *+0x01ff_fffd
;; func 1
;; has iconst.i64 0xffff_fff0
;; has load.i32 notrap little region0 v
