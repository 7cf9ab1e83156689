;;! features: cm-values
;; A component's start function that traps is a trap of the instantiation.
;;
;; Explainer.md, Start Definitions 🪙.
;; wasmtime 48: has no start functions of components.
(assert_trap
  (component
    (core module $M (func (export "f") unreachable))
    (core instance $m (instantiate $M))
    (func $f (canon lift (core func $m "f")))
    (start $f))
  "unreachable")
(component
  (core module $M
    (global $n (mut i32) (i32.const 0))
    (func (export "f") (global.set $n (i32.const 1)))
    (func (export "n") (result i32) (global.get $n)))
  (core instance $m (instantiate $M))
  (func $f (canon lift (core func $m "f")))
  (start $f)
  (func (export "n") (result u32) (canon lift (core func $m "n")))
)
(assert_return (invoke "n") (u32.const 1))
