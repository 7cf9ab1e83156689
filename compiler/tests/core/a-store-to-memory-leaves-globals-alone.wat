(module
  (memory 1)
  (memory $b 1)
  (global $g (mut i32) (i32.const 0))
  (func (param i32) (result i32)
    (i32.store (local.get 0) (global.get $g))
    (i32.store $b (local.get 0) (global.get $g))
    (global.get $g))
  (func (param i32) (global.set $g (local.get 0))))
;; func 0 optimized
;; has load.i32 notrap region0 v0+
;; has store*little region1
;; has store*little region2
;; has return
