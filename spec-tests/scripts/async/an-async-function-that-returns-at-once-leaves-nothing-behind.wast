;; However an async function is lifted and lowered, if it returns at once the caller has the result: as a
;; register when it was lowered synchronously, in memory with the status RETURNED when it was lowered async,
;; and no handle is made.
;;
;; CanonicalABI.md, `canon lower`: a resolved subtask is not added to the table; Subtask State: RETURNED is 2.
(component
  (component $C
    (core func $return (canon task.return (result u32)))
    (core module $M
      (import "" "return" (func $return (param i32)))
      (func (export "sync") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
      (func (export "callback") (param i32) (result i32) (call $return (i32.add (local.get 0) (i32.const 2))) (i32.const 0))
      (func (export "cb") (param i32 i32 i32) (result i32) unreachable)
      (func (export "stackful") (param i32) (call $return (i32.add (local.get 0) (i32.const 3)))))
    (core instance $m (instantiate $M (with "" (instance (export "return" (func $return))))))
    (func (export "sync") async (param "x" u32) (result u32) (canon lift (core func $m "sync")))
    (func (export "callback") async (param "x" u32) (result u32) (canon lift (core func $m "callback") async (callback (core func $m "cb"))))
    (func (export "stackful") async (param "x" u32) (result u32) (canon lift (core func $m "stackful") async)))
  (component $D
    (import "c" (instance $c
      (export "sync" (func async (param "x" u32) (result u32)))
      (export "callback" (func async (param "x" u32) (result u32)))
      (export "stackful" (func async (param "x" u32) (result u32)))))
    (core module $Libc (memory (export "mem") 1))
    (core instance $libc (instantiate $Libc))
    (core func $set (canon waitable-set.new))
    (core func $sync-plain (canon lower (func $c "sync")))
    (core func $sync-async (canon lower (func $c "sync") async (memory (core memory $libc "mem"))))
    (core func $callback-plain (canon lower (func $c "callback")))
    (core func $callback-async (canon lower (func $c "callback") async (memory (core memory $libc "mem"))))
    (core func $stackful-plain (canon lower (func $c "stackful")))
    (core func $stackful-async (canon lower (func $c "stackful") async (memory (core memory $libc "mem"))))
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "set" (func $set (result i32)))
      (import "" "sync-plain" (func $sync-plain (param i32) (result i32)))
      (import "" "sync-async" (func $sync-async (param i32 i32) (result i32)))
      (import "" "callback-plain" (func $callback-plain (param i32) (result i32)))
      (import "" "callback-async" (func $callback-async (param i32 i32) (result i32)))
      (import "" "stackful-plain" (func $stackful-plain (param i32) (result i32)))
      (import "" "stackful-async" (func $stackful-async (param i32 i32) (result i32)))
      (func $async (param $status i32) (result i32)
        (if (i32.ne (local.get $status) (i32.const 2)) (then unreachable))
        (i32.load (i32.const 64)))
      (func (export "run") (result i32)
        (i32.store (i32.const 64) (i32.const -1))
        (if (i32.ne (call $sync-plain (i32.const 10)) (i32.const 11)) (then unreachable))
        (if (i32.ne (call $callback-plain (i32.const 10)) (i32.const 12)) (then unreachable))
        (if (i32.ne (call $stackful-plain (i32.const 10)) (i32.const 13)) (then unreachable))
        (if (i32.ne (call $async (call $sync-async (i32.const 20) (i32.const 64))) (i32.const 21)) (then unreachable))
        (if (i32.ne (call $async (call $callback-async (i32.const 20) (i32.const 64))) (i32.const 22)) (then unreachable))
        (if (i32.ne (call $async (call $stackful-async (i32.const 20) (i32.const 64))) (i32.const 23)) (then unreachable))
        ;; the first handle of this instance
        (call $set)))
    (core instance $m (instantiate $M (with "" (instance
      (export "mem" (memory $libc "mem")) (export "set" (func $set))
      (export "sync-plain" (func $sync-plain))
      (export "sync-async" (func $sync-async))
      (export "callback-plain" (func $callback-plain))
      (export "callback-async" (func $callback-async))
      (export "stackful-plain" (func $stackful-plain))
      (export "stackful-async" (func $stackful-async))))))
    (func (export "run") async (result u32) (canon lift (core func $m "run"))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "c" (instance $c))))
  (export "run" (func $d "run"))
)
(assert_return (invoke "run") (u32.const 1))
