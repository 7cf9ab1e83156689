;; Error contexts go between components that were compiled apart, as parameters and as results; the message stays
;; what it was, in another encoding, and whoever made it may have dropped it.
;;
;; CanonicalABI.md, `canon error-context.new`, `canon error-context.debug-message`, `canon error-context.drop`;
;; Loading: `lift_error_context`; Storing: `lower_error_context`.
;; wasmtime 48: fails, its scripts hand no functions on.
(component $maker
  (core module $Memory
    (memory (export "mem") 1)
    (data (i32.const 16) "gr\c3\bc\c3\9fe"))
  (core instance $memory (instantiate $Memory))
  (core func $new (canon error-context.new (memory (core memory $memory "mem"))))
  (core func $drop (canon error-context.drop))
  (core module $M
    (import "" "new" (func $new (param i32 i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (global $last (mut i32) (i32.const 0))
    (func (export "make") (result i32)
      (global.set $last (call $new (i32.const 16) (i32.const 7)))
      (global.get $last))
    (func (export "forget") (call $drop (global.get $last)))
    ;; Its own index, whatever the giver's was.
    (func (export "take") (param i32) (result i32)
      (call $drop (local.get 0))
      (local.get 0)))
  (core instance $m (instantiate $M (with "" (instance
    (export "new" (func $new)) (export "drop" (func $drop))))))
  (func (export "make") (result error-context) (canon lift (core func $m "make")))
  (func (export "forget") (canon lift (core func $m "forget")))
  (func (export "take") (param "e" error-context) (result u32) (canon lift (core func $m "take"))))

(component $user
  (import "maker" (instance $maker
    (export "make" (func (result error-context)))
    (export "forget" (func))
    (export "take" (func (param "e" error-context) (result u32)))))
  (core module $Memory
    (memory (export "mem") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 256)))
  (core instance $memory (instantiate $Memory))
  (core func $make (canon lower (func $maker "make")))
  (core func $forget (canon lower (func $maker "forget")))
  (core func $take (canon lower (func $maker "take")))
  (core func $message (canon error-context.debug-message string-encoding=utf16
    (memory (core memory $memory "mem")) (realloc (core func $memory "realloc"))))
  (core func $drop (canon error-context.drop))
  (core module $M
    (import "" "make" (func $make (result i32)))
    (import "" "forget" (func $forget))
    (import "" "take" (func $take (param i32) (result i32)))
    (import "" "message" (func $message (param i32 i32)))
    (import "" "drop" (func $drop (param i32)))
    (global $mine (mut i32) (i32.const 0))
    (func (export "get") (result i32)
      (global.set $mine (call $make))
      (call $forget)
      (global.get $mine))
    (func (export "message") (result i32)
      (call $message (global.get $mine) (i32.const 16))
      (i32.const 16))
    (func (export "give") (result i32) (call $take (global.get $mine)))
    (func (export "drop") (call $drop (global.get $mine))))
  (core instance $m (instantiate $M (with "" (instance
    (export "make" (func $make)) (export "forget" (func $forget)) (export "take" (func $take))
    (export "message" (func $message)) (export "drop" (func $drop))))))
  (func (export "get") (result u32) (canon lift (core func $m "get")))
  (func (export "message") (result string)
    (canon lift (core func $m "message") string-encoding=utf16 (memory (core memory $memory "mem"))))
  (func (export "give") (result u32) (canon lift (core func $m "give")))
  (func (export "drop") (canon lift (core func $m "drop"))))
(assert_return (invoke "get") (u32.const 1))
(assert_return (invoke "message") (str.const "grüße"))
(assert_return (invoke "give") (u32.const 1))
(assert_return (invoke "give") (u32.const 1))
(assert_return (invoke "message") (str.const "grüße"))
(assert_return (invoke "drop"))
(assert_trap (invoke "give") "unknown handle index 1")
