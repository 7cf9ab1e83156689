;; backpressure.inc and backpressure.dec count up and down; below 0 and at 2^16 they trap. Synchronous calls
;; come in all the same.
;;
;; CanonicalABI.md, `canon backpressure.{inc,dec}`; Concurrency.md, Backpressure.
;; wasmtime 48: fails, it keeps synchronous calls of the host out.
(component definition $Given
  (core func $inc (canon backpressure.inc))
  (core func $dec (canon backpressure.dec))
  (core module $M
    (import "" "inc" (func $inc))
    (import "" "dec" (func $dec))
    (func (export "up") (param i32)
      (loop $l (if (local.get 0) (then (call $inc) (local.set 0 (i32.sub (local.get 0) (i32.const 1))) (br $l)))))
    (func (export "down") (param i32)
      (loop $l (if (local.get 0) (then (call $dec) (local.set 0 (i32.sub (local.get 0) (i32.const 1))) (br $l))))))
  (core instance $m (instantiate $M (with "" (instance (export "inc" (func $inc)) (export "dec" (func $dec))))))
  (func (export "up") (param "n" u32) (canon lift (core func $m "up")))
  (func (export "down") (param "n" u32) (canon lift (core func $m "down")))
)
(component instance $i $Given)
(assert_return (invoke "up" (u32.const 2)))
(assert_return (invoke "down" (u32.const 2)))
(assert_trap (invoke "down" (u32.const 1)) "backpressure counter")
(component instance $i $Given)
(assert_return (invoke "up" (u32.const 65535)))
(assert_return (invoke "down" (u32.const 65535)))
(assert_return (invoke "up" (u32.const 65535)))
(assert_trap (invoke "up" (u32.const 1)) "backpressure counter")
