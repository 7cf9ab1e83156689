;; `backpressure.inc` and `backpressure.dec` count from 0 to 65535; beyond, they trap. Calls of functions that
;; are not async come in whatever the count is.
;;
;; CanonicalABI.md, `canon backpressure.{inc,dec}`; Concurrency.md, Backpressure.
;; wasmtime 48: fails, it keeps synchronous calls of the host out.
(component definition $Counter
  (canon backpressure.inc (core func $inc))
  (canon backpressure.dec (core func $dec))
  (core module $M
    (import "" "inc" (func $inc))
    (import "" "dec" (func $dec))
    (func (export "inc") (param $n i32)
      (loop $more
        (call $inc)
        (br_if $more (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
    (func (export "dec") (param $n i32)
      (loop $more
        (call $dec)
        (br_if $more (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))
  (core instance $m (instantiate $M
    (with "" (instance (export "inc" (func $inc)) (export "dec" (func $dec))))))
  (func (export "inc") (param "n" u32) (canon lift (core func $m "inc")))
  (func (export "dec") (param "n" u32) (canon lift (core func $m "dec")))
)
(component instance $i $Counter)
(assert_return (invoke "inc" (u32.const 65535)))
(assert_return (invoke "dec" (u32.const 65535)))
(assert_trap (invoke "dec" (u32.const 1)) "backpressure")
(component instance $i $Counter)
(assert_return (invoke "inc" (u32.const 65535)))
(assert_trap (invoke "inc" (u32.const 1)) "backpressure")
