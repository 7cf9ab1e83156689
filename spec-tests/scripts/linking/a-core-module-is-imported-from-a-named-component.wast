;; A core module that a named component exports is a module to whoever imports it: each instantiates it for
;; itself.
;;
;; Explainer.md, Import and Export Definitions: core modules.
(component $modules
  (core module $Counter
    (import "" "step" (global $step i32))
    (global $n (mut i32) (i32.const 0))
    (func (export "next") (result i32)
      (global.set $n (i32.add (global.get $n) (global.get $step)))
      (global.get $n)))
  (export "counter" (core module $Counter))
)
(component
  (import "modules" (instance $modules
    (export "counter" (core module
      (import "" "step" (global i32))
      (export "next" (func (result i32)))))))
  (alias export $modules "counter" (core module $Counter))
  (core module $Steps (global (export "one") i32 (i32.const 1)) (global (export "ten") i32 (i32.const 10)))
  (core instance $steps (instantiate $Steps))
  (core instance $a (instantiate $Counter (with "" (instance (export "step" (global $steps "one"))))))
  (core instance $b (instantiate $Counter (with "" (instance (export "step" (global $steps "ten"))))))
  (func (export "a") (result u32) (canon lift (core func $a "next")))
  (func (export "b") (result u32) (canon lift (core func $b "next")))
)
(assert_return (invoke "a") (u32.const 1))
(assert_return (invoke "b") (u32.const 10))
(assert_return (invoke "a") (u32.const 2))
(assert_return (invoke "b") (u32.const 20))
