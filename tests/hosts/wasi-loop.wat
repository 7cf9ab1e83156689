;; Waits for a timer and for standard input, each on a stack of its own.
(component
  (import "wasi:clocks/monotonic-clock@0.3.0" (instance $clock
    (export "wait-for" (func async (param "how-long" u64)))))
  (import "wasi:cli/stdin@0.3.0" (instance $stdin
    (type $enum (enum "io" "illegal-byte-sequence" "pipe"))
    (export "error-code" (type $error (eq $enum)))
    (export "read-via-stream"
      (func (result (tuple (stream u8) (future (result (error $error)))))))))
  (alias export $stdin "error-code" (type $error))
  (type $bytes (stream u8))
  (type $verdict (future (result (error $error))))

  (core module $memory (memory (export "memory") 1))
  (core instance $memory (instantiate $memory))
  (alias core export $memory "memory" (core memory $m))
  (core func $wait (canon lower (func $clock "wait-for")))
  (core func $input (canon lower (func $stdin "read-via-stream") (memory $m)))
  (core func $read (canon stream.read $bytes (memory $m)))
  (core func $close (canon stream.drop-readable $bytes))
  (core func $forget (canon future.drop-readable $verdict))
  (core func $return (canon task.return))
  (core func $return-byte (canon task.return (result u8)))

  (core module $code
    (import "" "memory" (memory 1))
    (import "" "wait" (func $wait (param i64)))
    (import "" "input" (func $input (param i32)))
    (import "" "read" (func $read (param i32 i32 i32) (result i32)))
    (import "" "close" (func $close (param i32)))
    (import "" "forget" (func $forget (param i32)))
    (import "" "return" (func $return))
    (import "" "return-byte" (func $return-byte (param i32)))
    (func (export "nap") (param $ms i32)
      (call $wait (i64.mul (i64.extend_i32_u (local.get $ms)) (i64.const 1000000)))
      (call $return))
    (func (export "first-byte")
      (call $input (i32.const 0))
      ;; One element.
      (if (i32.ne (i32.shr_u (call $read (i32.load (i32.const 0)) (i32.const 16) (i32.const 1)) (i32.const 4))
                  (i32.const 1))
        (then unreachable))
      (call $close (i32.load (i32.const 0)))
      (call $forget (i32.load (i32.const 4)))
      (call $return-byte (i32.load8_u (i32.const 16)))))
  (core instance $code (instantiate $code (with "" (instance
    (export "memory" (memory $m)) (export "wait" (func $wait)) (export "input" (func $input))
    (export "read" (func $read)) (export "close" (func $close)) (export "forget" (func $forget))
    (export "return" (func $return)) (export "return-byte" (func $return-byte))))))

  (func (export "nap") async (param "ms" u32) (canon lift (core func $code "nap") async))
  (func (export "first-byte") async (result u8)
    (canon lift (core func $code "first-byte") async)))
