;; context.get, context.set, backpressure.inc and backpressure.dec may be called from realloc and post-return,
;; where calls that leave the instance trap.
;;
;; CanonicalABI.md, `canon context.get`, `canon backpressure.{inc,dec}`: they do not look at `may_leave`.
(component
  (core func $get (canon context.get i32 0))
  (core func $set (canon context.set i32 0))
  (core func $inc (canon backpressure.inc))
  (core func $dec (canon backpressure.dec))
  (core module $M
    (import "" "get" (func $get (result i32)))
    (import "" "set" (func $set (param i32)))
    (import "" "inc" (func $inc))
    (import "" "dec" (func $dec))
    (memory (export "mem") 1)
    (global $sum (mut i32) (i32.const 0))
    (func $all
      (call $inc)
      (call $set (i32.add (call $get) (i32.const 1)))
      (call $dec)
      (global.set $sum (i32.add (global.get $sum) (call $get))))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (call $all) (i32.const 1024))
    (func (export "f") (param i32 i32))
    (func (export "post") (call $all))
    (func (export "sum") (result i32) (global.get $sum)))
  (core instance $m (instantiate $M (with "" (instance
    (export "get" (func $get)) (export "set" (func $set)) (export "inc" (func $inc)) (export "dec" (func $dec))))))
  (func (export "f") (param "l" (list u8))
    (canon lift (core func $m "f") (memory (core memory $m "mem")) (realloc (core func $m "realloc")) (post-return (core func $m "post"))))
  (func (export "sum") (result u32) (canon lift (core func $m "sum")))
)
(assert_return (invoke "f" (list.const (u8.const 1))))
(assert_return (invoke "sum") (u32.const 2))
(assert_return (invoke "f" (list.const)))
(assert_return (invoke "sum") (u32.const 4))
