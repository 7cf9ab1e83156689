;; Core start functions run when their instance is made, in the order of the definitions, children within
;; their parent; they can call what their component imports.
;;
;; Explainer.md, Instance Definitions; Concurrency.md: a start function is a synchronous call.
(component
  (component $Log
    (core module $M
      (global $log (mut i32) (i32.const 0))
      (func (export "note") (param i32)
        (global.set $log (i32.add (i32.mul (global.get $log) (i32.const 10)) (local.get 0))))
      (func (export "log") (result i32) (global.get $log)))
    (core instance $m (instantiate $M))
    (func (export "note") (param "n" u32) (canon lift (core func $m "note")))
    (func (export "log") (result u32) (canon lift (core func $m "log"))))
  (instance $log (instantiate $Log))
  (component $Starter
    (import "note" (func $note (param "n" u32)))
    (core func $note' (canon lower (func $note)))
    (core module $One
      (import "" "note" (func $note (param i32)))
      (func $start (call $note (i32.const 1)))
      (start $start))
    (core module $Two
      (import "" "note" (func $note (param i32)))
      (func $start (call $note (i32.const 2)))
      (start $start))
    (core instance (instantiate $Two (with "" (instance (export "note" (func $note'))))))
    (component $Child
      (import "note" (func $note (param "n" u32)))
      (core func $note' (canon lower (func $note)))
      (core module $Three
        (import "" "note" (func $note (param i32)))
        (func $start (call $note (i32.const 3)))
        (start $start))
      (core instance (instantiate $Three (with "" (instance (export "note" (func $note')))))))
    (instance (instantiate $Child (with "note" (func $note))))
    (core instance (instantiate $One (with "" (instance (export "note" (func $note')))))))
  (instance (instantiate $Starter (with "note" (func $log "note"))))
  (instance (instantiate $Starter (with "note" (func $log "note"))))
  (export "log" (func $log "log"))
)
(assert_return (invoke "log") (u32.const 231231))
