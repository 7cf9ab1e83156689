;; A start function that traps, a segment that does not fit, and a trap in a call that a start function makes
;; stop the instantiation; nothing of it is there afterwards.
;;
;; Explainer.md, Component Invariants; the words are the core specification's.
(assert_trap
  (component
    (core module $M (func $start unreachable) (start $start))
    (core instance (instantiate $M)))
  "unreachable")
(assert_trap
  (component
    (core module $M (memory 1) (data (i32.const 65535) "ab"))
    (core instance (instantiate $M)))
  "out of bounds memory access")
(assert_trap
  (component
    (core module $M (table 1 funcref) (func $f) (elem (i32.const 1) func $f))
    (core instance (instantiate $M)))
  "out of bounds table access")
(assert_trap
  (component
    (component $C
      (core module $M (func (export "f") (param i32) (drop (i32.div_u (i32.const 1) (local.get 0)))))
      (core instance $m (instantiate $M))
      (func (export "f") (param "n" u32) (canon lift (core func $m "f"))))
    (component $D
      (import "f" (func $f (param "n" u32)))
      (core func $f' (canon lower (func $f)))
      (core module $M
        (import "" "f" (func $f (param i32)))
        (func $start (call $f (i32.const 0)))
        (start $start))
      (core instance (instantiate $M (with "" (instance (export "f" (func $f')))))))
    (instance $c (instantiate $C))
    (instance (instantiate $D (with "f" (func $c "f")))))
  "integer divide by zero")
;; a handle that does not exist, in an adapter
(assert_trap
  (component
    (type $R (resource (rep i32)))
    (core func $drop (canon resource.drop $R))
    (core module $M
      (import "" "drop" (func $drop (param i32)))
      (func $start (call $drop (i32.const 1)))
      (start $start))
    (core instance (instantiate $M (with "" (instance (export "drop" (func $drop)))))))
  "unknown handle index 1")
