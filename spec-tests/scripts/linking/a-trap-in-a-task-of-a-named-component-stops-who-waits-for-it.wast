;; When the callee of a call that waits traps later, the caller stops, too; what was not waiting for it goes
;; on.
;;
;; CanonicalABI.md; Explainer.md, Component Invariants.
;; wasmtime 48: fails, its scripts hand no functions on.
(component $c
  (core module $M
    (func (export "trap-later") (result i32) (i32.const 1))
    (func (export "cb") (param i32 i32 i32) (result i32) unreachable))
  (core instance $m (instantiate $M))
  (func (export "trap-later") async (canon lift (core func $m "trap-later") async (callback (core func $m "cb"))))
)
(component $d
  (import "c" (instance $c
    (export "trap-later" (func async))))
  (core func $trap-later (canon lower (func $c "trap-later")))
  (core module $M
    (import "" "trap-later" (func $trap-later))
    (func (export "run") (call $trap-later)))
  (core instance $m (instantiate $M (with "" (instance
    (export "trap-later" (func $trap-later))))))
  (func (export "run") async (canon lift (core func $m "run")))
)
(component $e
  (core module $M
    (func (export "f") (result i32) (i32.const 42)))
  (core instance $m (instantiate $M))
  (func (export "f") (result u32) (canon lift (core func $m "f")))
)
(assert_trap (invoke $d "run") "unreachable")
(assert_trap (invoke $d "run") "cannot enter component instance")
(assert_trap (invoke $c "trap-later") "cannot enter component instance")
(assert_return (invoke $e "f") (u32.const 42))
