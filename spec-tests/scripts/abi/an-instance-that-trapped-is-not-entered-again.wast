;; After a trap nothing of the instance runs again: neither what trapped nor anything else, from the host or
;; by another.
;;
;; Explainer.md, Component Invariants, 1.
(component definition $Given
  (component $C
    (core module $CM
      (global $calls (mut i32) (i32.const 0))
      (func (export "count") (result i32)
        (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
        (global.get $calls))
      (func (export "stop") unreachable))
    (core instance $cm (instantiate $CM))
    (func (export "count") (result u32) (canon lift (core func $cm "count")))
    (func (export "stop") (canon lift (core func $cm "stop"))))
  (component $D
    (import "c" (instance $c (export "count" (func (result u32))) (export "stop" (func))))
    (core func $count (canon lower (func $c "count")))
    (core func $stop (canon lower (func $c "stop")))
    (core module $DM
      (import "" "count" (func $count (result i32)))
      (import "" "stop" (func $stop))
      (func (export "count") (result i32) (call $count))
      (func (export "stop") (call $stop)))
    (core instance $dm (instantiate $DM (with "" (instance (export "count" (func $count)) (export "stop" (func $stop))))))
    (func (export "count") (result u32) (canon lift (core func $dm "count")))
    (func (export "stop") (canon lift (core func $dm "stop"))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "c" (instance $c))))
  (export "count" (func $c "count"))
  (export "stop" (func $c "stop"))
  (export "count-between" (func $d "count"))
  (export "stop-between" (func $d "stop"))
)
(component instance $i $Given)
(assert_return (invoke "count") (u32.const 1))
(assert_return (invoke "count-between") (u32.const 2))
(assert_trap (invoke "stop") "unreachable")
(assert_trap (invoke "count") "cannot enter component instance")
(assert_trap (invoke "stop") "cannot enter component instance")
(assert_trap (invoke "count-between") "cannot enter component instance")
;; the caller of what trapped is stopped with it; another instance of the same component is not
(component instance $i $Given)
(assert_return (invoke "count") (u32.const 1))
(assert_trap (invoke "stop-between") "unreachable")
(assert_trap (invoke "count-between") "cannot enter component instance")
(assert_trap (invoke "count") "cannot enter component instance")
(component instance $i $Given)
(assert_return (invoke "count-between") (u32.const 1))
