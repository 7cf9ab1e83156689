;; A command of WASI 0.3: writes a line, waits for timers (in a call that blocks, and while its thread is always ready),
;; cancels one that would not go off, and passes its standard input on to its output.
;;
;; RUN: --features cm-more-async-builtins
;; STDIN: echoed
;; STDOUT: first
;; STDOUT: echoed
;; RUN: --features cm-more-async-builtins
;; STDOUT: first
(component
  (import "wasi:clocks/monotonic-clock@0.3.0" (instance $clock
    (export "wait-for" (func async (param "how-long" u64)))))
  (import "wasi:cli/stdin@0.3.1" (instance $stdin
    (type $enum (enum "io" "illegal-byte-sequence" "pipe"))
    (export "error-code" (type $error (eq $enum)))
    (export "read-via-stream"
      (func (result (tuple (stream u8) (future (result (error $error)))))))))
  (import "wasi:cli/stdout@0.3.0" (instance $stdout
    (type $enum (enum "io" "illegal-byte-sequence" "pipe"))
    (export "error-code" (type $error (eq $enum)))
    (export "write-via-stream"
      (func (param "data" (stream u8)) (result (future (result (error $error))))))))
  (alias export $stdout "error-code" (type $error))
  (type $bytes (stream u8))
  (type $verdict (future (result (error $error))))

  (core module $memory (memory (export "memory") 1) (data (i32.const 0) "first\0a"))
  (core instance $memory (instantiate $memory))
  (alias core export $memory "memory" (core memory $m))
  (core func $wait (canon lower (func $clock "wait-for")))
  (core func $start (canon lower (func $clock "wait-for") async))
  (core func $cancel (canon subtask.cancel))
  (core func $forget (canon subtask.drop))
  (core func $yield (canon thread.yield))
  (core func $set (canon waitable-set.new))
  (core func $poll (canon waitable-set.poll (memory $m)))
  (core func $join (canon waitable.join))
  (core func $input (canon lower (func $stdin "read-via-stream") (memory $m)))
  (core func $output (canon lower (func $stdout "write-via-stream")))
  (core func $new (canon stream.new $bytes))
  (core func $write (canon stream.write $bytes (memory $m)))
  (core func $end (canon stream.drop-writable $bytes))
  (core func $read (canon future.read $verdict (memory $m)))
  (core func $drop (canon future.drop-readable $verdict))

  (core module $code
    (import "" "memory" (memory 1))
    (import "" "wait" (func $wait (param i64)))
    (import "" "start" (func $start (param i64) (result i32)))
    (import "" "cancel" (func $cancel (param i32) (result i32)))
    (import "" "forget" (func $forget (param i32)))
    (import "" "yield" (func $yield (result i32)))
    (import "" "set" (func $set (result i32)))
    (import "" "poll" (func $poll (param i32 i32) (result i32)))
    (import "" "join" (func $join (param i32 i32)))
    (import "" "input" (func $input (param i32)))
    (import "" "output" (func $output (param i32) (result i32)))
    (import "" "new" (func $new (result i64)))
    (import "" "write" (func $write (param i32 i32 i32) (result i32)))
    (import "" "end" (func $end (param i32)))
    (import "" "read" (func $read (param i32 i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))

    ;; 0 if it ended well.
    (func $verdict (param $future i32) (result i32)
      (if (call $read (local.get $future) (i32.const 64)) (then unreachable))
      (call $drop (local.get $future))
      (i32.load8_u (i32.const 64)))

    (func $first (result i32)
      (local $ends i64) (local $tx i32) (local $future i32)
      (local.set $ends (call $new))
      (local.set $tx (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))))
      (local.set $future (call $output (i32.wrap_i64 (local.get $ends))))
      ;; Six elements, and the stream goes on.
      (if (i32.ne (call $write (local.get $tx) (i32.const 0) (i32.const 6)) (i32.const 0x60))
        (then unreachable))
      (call $end (local.get $tx))
      (call $verdict (local.get $future)))

    ;; Starts waiting, which takes a while: the subtask.
    (func $begin (param $nanoseconds i64) (result i32)
      (local $status i32)
      (local.set $status (call $start (local.get $nanoseconds)))
      ;; It is started.
      (if (i32.ne (i32.and (local.get $status) (i32.const 15)) (i32.const 1)) (then unreachable))
      (i32.shr_u (local.get $status) (i32.const 4)))

    (func $spin
      (local $subtask i32) (local $set i32)
      (local.set $subtask (call $begin (i64.const 3000000)))
      (local.set $set (call $set))
      (call $join (local.get $subtask) (local.get $set))
      (loop $again
        (drop (call $yield))
        ;; Until there is an event, of a subtask.
        (br_if $again (i32.eqz (call $poll (local.get $set) (i32.const 96)))))
      ;; It has returned.
      (if (i32.ne (i32.load (i32.const 100)) (i32.const 2)) (then unreachable))
      (call $forget (local.get $subtask)))

    (func $give_up
      (local $subtask i32)
      (local.set $subtask (call $begin (i64.const -1)))
      ;; It is cancelled before it has returned.
      (if (i32.ne (call $cancel (local.get $subtask)) (i32.const 4)) (then unreachable))
      (call $forget (local.get $subtask)))

    (func $rest (result i32)
      (call $input (i32.const 80))
      (i32.or
        (call $verdict (call $output (i32.load (i32.const 80))))
        (call $verdict (i32.load (i32.const 84)))))

    (func (export "run") (result i32)
      (local $failed i32)
      (local.set $failed (call $first))
      (call $wait (i64.const 1000000))
      (call $spin)
      (call $give_up)
      (i32.or (local.get $failed) (call $rest))))
  (core instance $code (instantiate $code (with "" (instance
    (export "memory" (memory $m)) (export "wait" (func $wait)) (export "start" (func $start))
    (export "cancel" (func $cancel)) (export "forget" (func $forget)) (export "yield" (func $yield))
    (export "set" (func $set)) (export "poll" (func $poll)) (export "join" (func $join))
    (export "input" (func $input))
    (export "output" (func $output)) (export "new" (func $new)) (export "write" (func $write))
    (export "end" (func $end)) (export "read" (func $read)) (export "drop" (func $drop))))))

  (func $run async (result (result)) (canon lift (core func $code "run")))
  (instance $run (export "run" (func $run)))
  (export "wasi:cli/run@0.3.0" (instance $run)))
