;; A trap in one component is a trap of the call that another made, and of the host's: neither is entered
;; again. A third that had no part in it goes on.
;;
;; Explainer.md, Component Invariants, 1.
;; wasmtime 48: fails, its scripts hand no functions on.
(component $other
  (core module $M (func (export "f") (result i32) (i32.const 7)))
  (core instance $m (instantiate $M))
  (func (export "f") (result u32) (canon lift (core func $m "f")))
)
(component $callee
  (core module $M (func (export "f") (param i32) (result i32) (i32.div_u (i32.const 42) (local.get 0))))
  (core instance $m (instantiate $M))
  (func (export "f") (param "n" u32) (result u32) (canon lift (core func $m "f")))
)
(component $caller
  (import "callee" (instance $c (export "f" (func (param "n" u32) (result u32)))))
  (core func $f (canon lower (func $c "f")))
  (core module $M
    (import "" "f" (func $f (param i32) (result i32)))
    (func (export "f") (param i32) (result i32) (call $f (local.get 0))))
  (core instance $m (instantiate $M (with "" (instance (export "f" (func $f))))))
  (func (export "f") (param "n" u32) (result u32) (canon lift (core func $m "f")))
)
(assert_return (invoke "f" (u32.const 2)) (u32.const 21))
(assert_trap (invoke "f" (u32.const 0)) "integer divide by zero")
(assert_trap (invoke "f" (u32.const 2)) "cannot enter component instance")
(assert_trap (invoke $callee "f" (u32.const 2)) "cannot enter component instance")
(assert_return (invoke $other "f") (u32.const 7))
