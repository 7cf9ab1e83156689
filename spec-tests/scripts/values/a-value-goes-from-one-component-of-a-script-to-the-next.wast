;;! features: cm-values
;; A component that was instantiated before gives a value to one that imports it, which has a copy of its own.
;; A function is no value, and a value is no function.
;;
;; Explainer.md, Start Definitions 🪙; Linking.md.
;; wasmtime 48: does not run values.
(component $provider
  (core module $m
    (memory (export "memory") 1)
    (data (i32.const 16) "hello")
    (func (export "make") (result i32)
      (i32.store (i32.const 0) (i32.const 16))
      (i32.store (i32.const 4) (i32.const 5))
      (i32.const 0)))
  (core instance $m (instantiate $m))
  (func $make (result string)
    (canon lift (core func $m "make") (memory (core memory $m "memory"))))
  (start $make (result (value $v)))
  (export "text" (value $v))
  (func (export "make") (result string)
    (canon lift (core func $m "make") (memory (core memory $m "memory")))))
(assert_return (invoke "text") (str.const "hello"))
(assert_return (invoke "make") (str.const "hello"))
(assert_return (invoke "text") (str.const "hello"))

(component $consumer
  (import "provider" (instance $p (export "text" (value string))))
  (core module $m
    (memory (export "memory") 1)
    (global $length (mut i32) (i32.const 0))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 100))
    (func (export "start") (param i32 i32) (result i32)
      ;; "hello" becomes "jello"
      (i32.store8 (local.get 0) (i32.const 106))
      (i32.store (i32.const 0) (local.get 0))
      (i32.store (i32.const 4) (local.get 1))
      (i32.const 0)))
  (core instance $m (instantiate $m))
  (func $start (param "s" string) (result string)
    (canon lift (core func $m "start")
      (memory (core memory $m "memory")) (realloc (core func $m "realloc"))))
  (start $start (value $p "text") (result (value $w)))
  (export "text" (value $w)))
(assert_return (invoke "text") (str.const "jello"))

(component
  (import "consumer" (instance $c (export "text" (value string))))
  (export "again" (value $c "text")))
(assert_return (invoke "again") (str.const "jello"))

(assert_unlinkable
  (component
    (import "provider" (instance $p (export "make" (value string))))
    (export "v" (value $p "make")))
  "make")
(assert_unlinkable
  (component
    (import "provider" (instance $p (export "text" (func (result string)))))
    (export "f" (func $p "text")))
  "text")
(assert_unlinkable
  (component
    (import "provider" (instance $p (export "text" (value u32))))
    (export "v" (value $p "text")))
  "text")
