;; A component whose functions take their time. The program in main.c calls many of them at once, from one thread.
;;
;;   import sleep: async func(ms: u32)
;;   export nap: async func(ms: u32) -> u32                     sleeps; can be cancelled
;;   export beats: async func(count: u32, every: u32) -> stream<u32>   goes on when it has returned
;;   export lines: async func(text: stream<u8>) -> u32          counts them
(component
  (type $numbers (stream u32))
  (type $bytes (stream u8))
  (import "sleep" (func $sleep async (param "ms" u32)))

  (core module $libc (memory (export "memory") 1))
  (core instance $libc (instantiate $libc))

  (core func $sleep (canon lower (func $sleep)))
  (core func $sleep-async (canon lower (func $sleep) async))
  (core func $return (canon task.return (result u32)))
  (core func $return-stream (canon task.return (result $numbers)))
  (core func $cancelled (canon task.cancel))
  (core func $subtask-cancel (canon subtask.cancel))
  (core func $subtask-drop (canon subtask.drop))
  (core func $set-new (canon waitable-set.new))
  (core func $set-drop (canon waitable-set.drop))
  (core func $join (canon waitable.join))
  (core func $get (canon context.get i32 0))
  (core func $set (canon context.set i32 0))
  (core func $get-ms (canon context.get i32 1))
  (core func $set-ms (canon context.set i32 1))
  (core func $numbers-new (canon stream.new $numbers))
  (core func $numbers-write (canon stream.write $numbers (memory (core memory $libc "memory"))))
  (core func $numbers-close (canon stream.drop-writable $numbers))
  (core func $bytes-read (canon stream.read $bytes (memory (core memory $libc "memory"))))
  (core func $bytes-close (canon stream.drop-readable $bytes))

  (core module $m
    (import "libc" "memory" (memory 1))
    (import "" "sleep" (func $sleep (param i32)))
    (import "" "sleep-async" (func $sleep-async (param i32) (result i32)))
    (import "" "return" (func $return (param i32)))
    (import "" "return-stream" (func $return-stream (param i32)))
    (import "" "cancelled" (func $cancelled))
    (import "" "subtask-cancel" (func $subtask-cancel (param i32) (result i32)))
    (import "" "subtask-drop" (func $subtask-drop (param i32)))
    (import "" "set-new" (func $set-new (result i32)))
    (import "" "set-drop" (func $set-drop (param i32)))
    (import "" "join" (func $join (param i32 i32)))
    (import "" "get" (func $get (result i32)))
    (import "" "set" (func $set (param i32)))
    (import "" "get-ms" (func $get-ms (result i32)))
    (import "" "set-ms" (func $set-ms (param i32)))
    (import "" "numbers-new" (func $numbers-new (result i64)))
    (import "" "numbers-write" (func $numbers-write (param i32 i32 i32) (result i32)))
    (import "" "numbers-close" (func $numbers-close (param i32)))
    (import "" "bytes-read" (func $bytes-read (param i32 i32 i32) (result i32)))
    (import "" "bytes-close" (func $bytes-close (param i32)))

    ;; Between events it has no stack: what it must remember is in the task's two words.
    (func (export "nap") (param $ms i32) (result i32)
      (local $status i32) (local $subtask i32) (local $waits i32)
      (local.set $status (call $sleep-async (local.get $ms)))
      (if (i32.eq (local.get $status) (i32.const 2 (; returned ;)))
        (then (call $return (local.get $ms)) (return (i32.const 0 (; exit ;)))))
      (local.set $subtask (i32.shr_u (local.get $status) (i32.const 4)))
      (local.set $waits (call $set-new))
      (call $join (local.get $subtask) (local.get $waits))
      (call $set (i32.or (i32.shl (local.get $waits) (i32.const 16)) (local.get $subtask)))
      (call $set-ms (local.get $ms))
      (i32.or (i32.shl (local.get $waits) (i32.const 4)) (i32.const 2 (; wait ;))))
    (func (export "nap-event") (param $event i32) (param i32 i32) (result i32)
      (local $subtask i32)
      (local.set $subtask (i32.and (call $get) (i32.const 0xffff)))
      (call $join (local.get $subtask) (i32.const 0))
      (if (i32.eq (local.get $event) (i32.const 6 (; cancelled ;)))
        (then
          (drop (call $subtask-cancel (local.get $subtask)))
          (call $cancelled))
        (else (call $return (call $get-ms))))
      (call $subtask-drop (local.get $subtask))
      (call $set-drop (i32.shr_u (call $get) (i32.const 16)))
      (i32.const 0 (; exit ;)))

    ;; The other two have stacks of their own, and simply block.
    (func (export "beats") (param $count i32) (param $every i32)
      (local $ends i64) (local $out i32) (local $at i32) (local $beat i32)
      (local.set $ends (call $numbers-new))
      (local.set $out (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))))
      (local.set $at (i32.shl (local.get $out) (i32.const 2)))
      (call $return-stream (i32.wrap_i64 (local.get $ends)))
      (block $done
        (loop $next
          (br_if $done (i32.eq (local.get $beat) (local.get $count)))
          (local.set $beat (i32.add (local.get $beat) (i32.const 1)))
          (call $sleep (local.get $every))
          (i32.store (local.get $at) (local.get $beat))
          ;; until nobody reads them
          (br_if $next (i32.eqz (i32.and (i32.const 15)
            (call $numbers-write (local.get $out) (local.get $at) (i32.const 1)))))))
      (call $numbers-close (local.get $out)))

    (func (export "lines") (param $in i32)
      (local $at i32) (local $end i32) (local $status i32) (local $lines i32)
      (loop $more
        (local.set $at (i32.shl (local.get $in) (i32.const 10)))
        (local.set $status (call $bytes-read (local.get $in) (local.get $at) (i32.const 1024)))
        (local.set $end
          (i32.add (local.get $at) (i32.shr_u (local.get $status) (i32.const 4))))
        (block $counted
          (loop $next
            (br_if $counted (i32.eq (local.get $at) (local.get $end)))
            (local.set $lines (i32.add (local.get $lines)
              (i32.eq (i32.load8_u (local.get $at)) (i32.const 10))))
            (local.set $at (i32.add (local.get $at) (i32.const 1)))
            (br $next)))
        (br_if $more (i32.eqz (i32.and (local.get $status) (i32.const 15)))))
      (call $bytes-close (local.get $in))
      (call $return (local.get $lines))))

  (core instance $i (instantiate $m
    (with "libc" (instance $libc))
    (with "" (instance
      (export "sleep" (func $sleep)) (export "sleep-async" (func $sleep-async))
      (export "return" (func $return)) (export "return-stream" (func $return-stream))
      (export "cancelled" (func $cancelled))
      (export "subtask-cancel" (func $subtask-cancel)) (export "subtask-drop" (func $subtask-drop))
      (export "set-new" (func $set-new)) (export "set-drop" (func $set-drop))
      (export "join" (func $join)) (export "get" (func $get)) (export "set" (func $set))
      (export "get-ms" (func $get-ms)) (export "set-ms" (func $set-ms))
      (export "numbers-new" (func $numbers-new)) (export "numbers-write" (func $numbers-write))
      (export "numbers-close" (func $numbers-close))
      (export "bytes-read" (func $bytes-read)) (export "bytes-close" (func $bytes-close))))))

  (func (export "nap") async (param "ms" u32) (result u32)
    (canon lift (core func $i "nap") async (callback (core func $i "nap-event"))))
  (func (export "beats") async (param "count" u32) (param "every" u32) (result $numbers)
    (canon lift (core func $i "beats") async))
  (func (export "lines") async (param "text" $bytes) (result u32)
    (canon lift (core func $i "lines") async)))
