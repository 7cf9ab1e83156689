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
;; the same where another component uses the callee, too
(component $p
  (core module $M
    (func (export "trap-later") (result i32) (i32.const 1))
    (func (export "cb") (param i32 i32 i32) (result i32) unreachable)
    (func (export "seven") (result i32) (i32.const 7)))
  (core instance $m (instantiate $M))
  (func (export "trap-later") async (canon lift (core func $m "trap-later") async (callback (core func $m "cb"))))
  (func (export "seven") (result u32) (canon lift (core func $m "seven")))
)
(component $q
  (import "p" (instance $p (export "seven" (func (result u32)))))
  (core func $seven (canon lower (func $p "seven")))
  (core module $M
    (import "" "seven" (func $seven (result i32)))
    (func (export "eight") (result i32) (i32.add (call $seven) (i32.const 1))))
  (core instance $m (instantiate $M (with "" (instance (export "seven" (func $seven))))))
  (func (export "eight") (result u32) (canon lift (core func $m "eight")))
)
(component $r
  (import "p" (instance $p (export "trap-later" (func async))))
  (import "q" (instance $q (export "eight" (func (result u32)))))
  (core func $trap-later (canon lower (func $p "trap-later")))
  (core func $eight (canon lower (func $q "eight")))
  (core module $M
    (import "" "trap-later" (func $trap-later))
    (import "" "eight" (func $eight (result i32)))
    (func (export "eight") (result i32) (call $eight))
    (func (export "run") (call $trap-later)))
  (core instance $m (instantiate $M (with "" (instance
    (export "trap-later" (func $trap-later)) (export "eight" (func $eight))))))
  (func (export "eight") (result u32) (canon lift (core func $m "eight")))
  (func (export "run") async (canon lift (core func $m "run")))
)
(assert_return (invoke $r "eight") (u32.const 8))
(assert_trap (invoke $r "run") "unreachable")
(assert_trap (invoke $p "seven") "cannot enter component instance")
