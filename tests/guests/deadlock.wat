;; Tasks that wait for each other, or for nothing, in every way that there is: the message says what each waits for.
;;
;; RUN: --features cm-async-stackful,cm-more-async-builtins,cm-threading --invoke 'go()'
;; EXIT: 134
;; STDERR: deadlock detected: event loop cannot make further progress
;; STDERR: set waits for an event in a waitable set
;; STDERR: loop waits for an event in a waitable set
;; STDERR: read waits for a stream, a future or a subtask
;; STDERR: suspended waits for another thread to resume it
;; STDERR: threads waits for its other threads
;; STDERR: yields waits for its instance's exclusive lock
;; STDERR: locked waits for an event in a waitable set
;; STDERR: door waits for its instance to let it in
;; STDERR: calls waits for a call of
;; STDERR: go waits for an event in a waitable set
(component
  (component $waits
    (type $S (stream u8))
    (core type $start (func (param i32)))
    (core module $libc (memory (export "memory") 1) (table (export "table") 1 funcref))
    (core instance $libc (instantiate $libc))
    (alias core export $libc "table" (core table $table))
    (core func $set (canon waitable-set.new))
    (core func $wait (canon waitable-set.wait (memory (core memory $libc "memory"))))
    (core func $stream (canon stream.new $S))
    (core func $read (canon stream.read $S (memory (core memory $libc "memory"))))
    (core func $suspend (canon thread.suspend))
    (core func $thread (canon thread.new-indirect $start (core table $table)))
    (core func $return (canon task.return))
    (core module $m
      (import "" "set" (func $set (result i32)))
      (import "" "wait" (func $wait (param i32 i32) (result i32)))
      (import "" "stream" (func $stream (result i64)))
      (import "" "read" (func $read (param i32 i32 i32) (result i32)))
      (import "" "suspend" (func $suspend (result i32)))
      (import "" "thread" (func $thread (param i32 i32) (result i32)))
      (import "" "return" (func $return))
      (import "" "table" (table 1 funcref))
      (elem (i32.const 0) $nothing)
      (func $nothing (param i32))
      (func (export "set") (drop (call $wait (call $set) (i32.const 0))))
      (func (export "loop") (result i32) (i32.or (i32.const 2) (i32.shl (call $set) (i32.const 4))))
      (func (export "yields") (result i32) (i32.const 1))
      (func (export "callback") (param i32 i32 i32) (result i32) (unreachable))
      (func (export "read")
        (drop (call $read (i32.wrap_i64 (call $stream)) (i32.const 0) (i32.const 1))))
      (func (export "suspended") (drop (call $suspend)))
      (func (export "threads")
        (drop (call $thread (i32.const 0) (i32.const 0)))
        (call $return)))
    (core instance $m (instantiate $m (with "" (instance
      (export "set" (func $set)) (export "wait" (func $wait)) (export "stream" (func $stream))
      (export "read" (func $read)) (export "suspend" (func $suspend)) (export "thread" (func $thread))
      (export "return" (func $return)) (export "table" (table $table))))))
    (func (export "set") async (canon lift (core func $m "set") async))
    (func (export "loop") async (canon lift (core func $m "loop") async (callback (core func $m "callback"))))
    (func (export "yields") async (canon lift (core func $m "yields") async (callback (core func $m "callback"))))
    (func (export "read") async (canon lift (core func $m "read") async))
    (func (export "suspended") async (canon lift (core func $m "suspended") async))
    (func (export "threads") async (canon lift (core func $m "threads") async))
    (func (export "locked") async (canon lift (core func $m "set")))
    (func (export "door") async (canon lift (core func $m "set"))))
  (instance $waits (instantiate $waits))
  (component $calls
    (import "set" (func $set async))
    (core func $set' (canon lower (func $set)))
    (core module $m
      (import "" "set" (func $set))
      (func (export "calls") (call $set)))
    (core instance $m (instantiate $m (with "" (instance (export "set" (func $set'))))))
    (func (export "calls") async (canon lift (core func $m "calls") async)))
  (instance $calls (instantiate $calls (with "set" (func $waits "set"))))
  (core module $libc (memory (export "memory") 1))
  (core instance $libc (instantiate $libc))
  (core func $new (canon waitable-set.new))
  (core func $wait (canon waitable-set.wait (memory (core memory $libc "memory"))))
  (core func $set (canon lower (func $waits "set") async))
  (core func $loop (canon lower (func $waits "loop") async))
  (core func $yields (canon lower (func $waits "yields") async))
  (core func $read (canon lower (func $waits "read") async))
  (core func $suspended (canon lower (func $waits "suspended") async))
  (core func $threads (canon lower (func $waits "threads") async))
  (core func $locked (canon lower (func $waits "locked") async))
  (core func $door (canon lower (func $waits "door") async))
  (core func $calls (canon lower (func $calls "calls") async))
  (core module $m
    (import "" "new" (func $new (result i32)))
    (import "" "wait" (func $wait (param i32 i32) (result i32)))
    (import "" "set" (func $set (result i32)))
    (import "" "loop" (func $loop (result i32)))
    (import "" "yields" (func $yields (result i32)))
    (import "" "read" (func $read (result i32)))
    (import "" "suspended" (func $suspended (result i32)))
    (import "" "threads" (func $threads (result i32)))
    (import "" "locked" (func $locked (result i32)))
    (import "" "door" (func $door (result i32)))
    (import "" "calls" (func $calls (result i32)))
    (func (export "go")
      (drop (call $set)) (drop (call $loop)) (drop (call $read)) (drop (call $suspended)) (drop (call $threads))
      (drop (call $calls)) (drop (call $yields)) (drop (call $locked)) (drop (call $door))
      (drop (call $wait (call $new) (i32.const 0)))))
  (core instance $m (instantiate $m (with "" (instance
    (export "new" (func $new)) (export "wait" (func $wait)) (export "set" (func $set)) (export "loop" (func $loop))
    (export "yields" (func $yields)) (export "read" (func $read)) (export "suspended" (func $suspended))
    (export "threads" (func $threads)) (export "locked" (func $locked)) (export "door" (func $door))
    (export "calls" (func $calls))))))
  (func (export "go") async (canon lift (core func $m "go") async)))
