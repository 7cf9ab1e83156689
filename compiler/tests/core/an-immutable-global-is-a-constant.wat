(component
  (core module $a
    (global (export "i") i32 (i32.const 5))
    (global (export "f") f64 (f64.const 2.5))
    (func $f (export "func"))
    (global (export "r") funcref (ref.func $f)))
  (core module $b
    (import "a" "i" (global $i i32))
    (import "a" "f" (global $f f64))
    (import "a" "r" (global $r funcref))
    (func (result i32 f64 funcref) (global.get $i) (global.get $f) (global.get $r)))
  (core instance $a (instantiate $a))
  (core instance $b (instantiate $b (with "a" (instance $a)))))
;; core 1 0
;; has iconst.i32 5
;; has f64const
;; has func_addr
;; has isub
;; not load
