;; With a 64-bit memory the string of an error context and the place for its message are told with 64-bit
;; addresses.
;;
;; CanonicalABI.md, `canon error-context.new`, `canon error-context.debug-message`.
;; wasmtime 48: fails, its error contexts have 32-bit addresses.
(component definition $Given
  (core module $Memory
    (memory (export "mem") i64 1)
    (data (i64.const 16) "message")
    (func (export "realloc") (param i64 i64 i64 i64) (result i64) (i64.const 1024)))
  (core instance $memory (instantiate $Memory))
  (core func $new (canon error-context.new (memory (core memory $memory "mem"))))
  (core func $message (canon error-context.debug-message (memory (core memory $memory "mem")) (realloc (core func $memory "realloc"))))
  (core module $M
    (import "" "mem" (memory i64 1))
    (import "" "new" (func $new (param i64 i64) (result i32)))
    (import "" "message" (func $message (param i32 i64)))
    (func (export "run") (param i64) (result i32)
      (i64.store (i64.const 200) (i64.const -1))
      (i64.store (i64.const 208) (i64.const -1))
      (call $message (call $new (i64.const 16) (i64.const 7)) (local.get 0))
      ;; both words have been written, and the length is that of the message or of a shorter one
      (i32.and
        (i64.lt_u (i64.load (i64.const 200)) (i64.const 65536))
        (i64.lt_u (i64.load (i64.const 208)) (i64.const 65536)))))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $memory "mem")) (export "new" (func $new)) (export "message" (func $message))))))
  (func (export "run") (param "at" u64) (result bool) (canon lift (core func $m "run")))
)
(component instance $i $Given)
(assert_return (invoke "run" (u64.const 200)) (bool.const true))
(assert_trap (invoke "run" (u64.const 65528)) "out of bounds")
(component instance $i $Given)
(assert_trap (invoke "run" (u64.const 0x100000200)) "out of bounds")
