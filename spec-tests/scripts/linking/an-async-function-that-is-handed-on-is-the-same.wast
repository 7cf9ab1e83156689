;; A component that exports what it imports, async or not, hands it on: to the host, to its siblings, to
;; components that were compiled apart.
;;
;; Explainer.md, Import and Export Definitions.
;; wasmtime 48: fails, its scripts hand no functions on.
(component $c
  (core func $return (canon task.return (result u32)))
  (core module $M
    (import "" "return" (func $return (param i32)))
    (func (export "later") (param i32) (result i32) (global.set $x (local.get 0)) (i32.const 1))
    (global $x (mut i32) (i32.const 0))
    (func (export "cb") (param i32 i32 i32) (result i32) (call $return (i32.add (global.get $x) (i32.const 1))) (i32.const 0))
    (func (export "now") (param i32) (result i32) (i32.add (local.get 0) (i32.const 2))))
  (core instance $m (instantiate $M (with "" (instance
    (export "return" (func $return))))))
  (func (export "later") async (param "x" u32) (result u32) (canon lift (core func $m "later") async (callback (core func $m "cb"))))
  (func (export "now") async (param "x" u32) (result u32) (canon lift (core func $m "now")))
)
(component $d
  (import "c" (instance $c
    (export "later" (func async (param "x" u32) (result u32)))
    (export "now" (func async (param "x" u32) (result u32)))))
  (component $inner
    (import "f" (func $f async (param "x" u32) (result u32)))
    (export "g" (func $f)))
  (instance $i (instantiate $inner (with "f" (func $c "later"))))
  (export "later" (func $i "g"))
  (export "now" (func $c "now"))
)
(component $e
  (import "d" (instance $c
    (export "later" (func async (param "x" u32) (result u32)))
    (export "now" (func async (param "x" u32) (result u32)))))
  (core module $Libc (memory (export "mem") 1))
  (core instance $libc (instantiate $Libc))
  (core func $later (canon lower (func $c "later")))
  (core func $now (canon lower (func $c "now")))
  (core func $later-async (canon lower (func $c "later") async (memory (core memory $libc "mem"))))
  (core func $set-new (canon waitable-set.new))
  (core func $set-wait (canon waitable-set.wait (memory (core memory $libc "mem"))))
  (core func $set-poll (canon waitable-set.poll (memory (core memory $libc "mem"))))
  (core func $join (canon waitable.join))
  (core func $subtask-drop (canon subtask.drop))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "later" (func $later (param i32) (result i32)))
    (import "" "now" (func $now (param i32) (result i32)))
    (import "" "later-async" (func $later-async (param i32 i32) (result i32)))
    (import "" "set-new" (func $set-new (result i32)))
    (import "" "set-wait" (func $set-wait (param i32 i32) (result i32)))
    (import "" "set-poll" (func $set-poll (param i32 i32) (result i32)))
    (import "" "join" (func $join (param i32 i32)))
    (import "" "subtask-drop" (func $subtask-drop (param i32)))
    (func $expect (param i32 i32) (if (i32.ne (local.get 0) (local.get 1)) (then unreachable)))
    (func $task (param $status i32) (result i32) (i32.shr_u (local.get $status) (i32.const 4)))
    ;; waits for the event of a subtask, drops it, says its state
    (func $await (param $task i32) (result i32)
      (local $set i32)
      (local.set $set (call $set-new))
      (call $join (local.get $task) (local.get $set))
      (call $expect (call $set-wait (local.get $set) (i32.const 1024)) (i32.const 1))
      (call $expect (i32.load (i32.const 1024)) (local.get $task))
      (call $subtask-drop (local.get $task))
      (i32.load (i32.const 1028)))
    (func (export "run") (result i32) (local $status i32)
      (local.set $status (call $later-async (i32.const 10) (i32.const 64)))
      (if (i32.ne (local.get $status) (i32.const 2))
        (then (call $expect (call $await (call $task (local.get $status))) (i32.const 2))))
      (i32.add (i32.load (i32.const 64)) (i32.add (call $later (i32.const 20)) (call $now (i32.const 30))))))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $libc "mem")) (export "later" (func $later)) (export "now" (func $now))
    (export "later-async" (func $later-async)) (export "set-new" (func $set-new)) (export "set-wait" (func $set-wait))
    (export "set-poll" (func $set-poll)) (export "join" (func $join)) (export "subtask-drop" (func $subtask-drop))))))
  (func (export "run") async (result u32) (canon lift (core func $m "run")))
)
(assert_return (invoke $c "later" (u32.const 1)) (u32.const 2))
(assert_return (invoke $d "later" (u32.const 1)) (u32.const 2))
(assert_return (invoke $d "now" (u32.const 1)) (u32.const 3))
(assert_return (invoke $e "run") (u32.const 64))
