;; Where nothing is ready in any of the components and nobody outside can make it so, the call is a deadlock,
;; whichever waits.
;;
;; Concurrency.md; the official suite's async/deadlock.wast.
;; wasmtime 48: fails, its scripts hand no functions on.
(component $c
  (core module $Libc (memory (export "mem") 1))
  (core instance $libc (instantiate $Libc))
  (core func $set-new (canon waitable-set.new))
  (core func $set-wait (canon waitable-set.wait (memory (core memory $libc "mem"))))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "set-new" (func $set-new (result i32)))
    (import "" "set-wait" (func $set-wait (param i32 i32) (result i32)))
    (func (export "never") (drop (call $set-wait (call $set-new) (i32.const 0)))))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $libc "mem")) (export "set-new" (func $set-new)) (export "set-wait" (func $set-wait))))))
  (func (export "never") async (canon lift (core func $m "never")))
)
(component $d
  (import "c" (instance $c
    (export "never" (func async))))
  (core func $never (canon lower (func $c "never")))
  (core module $M
    (import "" "never" (func $never))
    (func (export "run") (call $never)))
  (core instance $m (instantiate $M (with "" (instance
    (export "never" (func $never))))))
  (func (export "run") async (canon lift (core func $m "run")))
)
(assert_trap (invoke $d "run") "deadlock detected: event loop cannot make further progress")
(assert_trap (invoke $d "run") "cannot enter component instance")
