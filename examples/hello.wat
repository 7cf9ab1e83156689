;; A command: greets whoever its arguments name, or the world.
;;
;;   weldc run examples/hello.wat
;;   weldc run examples/hello.wat -- Ada Grace
;;   weldc build examples/hello.wat -o hello && ./hello
;;
;; RUN:
;; STDOUT: Hello, world!
;; RUN: -- Ada "Grace H."
;; STDOUT: Hello, Ada!
;; STDOUT: Hello, Grace H.!
(component
  (import "wasi:io/error@0.2.0" (instance $error
    (export "error" (type (sub resource)))))
  (alias export $error "error" (type $error))
  (import "wasi:io/streams@0.2.0" (instance $streams
    (alias outer 1 $error (type $outer-error))
    (export "error" (type $error (eq $outer-error)))
    (export "output-stream" (type $output-stream (sub resource)))
    (type $stream-error' (variant (case "last-operation-failed" (own $error)) (case "closed")))
    (export "stream-error" (type $stream-error (eq $stream-error')))
    (export "[method]output-stream.blocking-write-and-flush"
      (func (param "self" (borrow $output-stream)) (param "contents" (list u8))
        (result (result (error $stream-error)))))))
  (alias export $streams "output-stream" (type $output-stream))
  (import "wasi:cli/stdout@0.2.0" (instance $stdout
    (alias outer 1 $output-stream (type $outer-stream))
    (export "output-stream" (type $output-stream (eq $outer-stream)))
    (export "get-stdout" (func (result (own $output-stream))))))
  (import "wasi:cli/environment@0.2.0" (instance $environment
    (export "get-arguments" (func (result (list string))))))

  ;; Memory comes first, because lowering an import needs it.
  (core module $memory
    (memory (export "memory") 1)
    (global $next (mut i32) (i32.const 1024))
    (func (export "realloc")
      (param $old i32) (param $old-size i32) (param $align i32) (param $size i32) (result i32)
      (local $new i32)
      (local.set $new
        (i32.and
          (i32.add (global.get $next) (i32.sub (local.get $align) (i32.const 1)))
          (i32.sub (i32.const 0) (local.get $align))))
      (global.set $next (i32.add (local.get $new) (local.get $size)))
      (local.get $new)))
  (core instance $memory (instantiate $memory))
  (alias core export $memory "memory" (core memory $mem))
  (alias core export $memory "realloc" (core func $realloc))

  (core func $get-stdout (canon lower (func $stdout "get-stdout")))
  (core func $write
    (canon lower (func $streams "[method]output-stream.blocking-write-and-flush") (memory $mem)))
  (core func $drop-stream (canon resource.drop $output-stream))
  (core func $get-arguments
    (canon lower (func $environment "get-arguments") (memory $mem) (realloc $realloc)))

  (core module $main
    (import "env" "memory" (memory 1))
    (import "host" "get-stdout" (func $get-stdout (result i32)))
    (import "host" "write" (func $write (param i32 i32 i32 i32)))
    (import "host" "drop-stream" (func $drop-stream (param i32)))
    (import "host" "get-arguments" (func $get-arguments (param i32)))
    (data (i32.const 64) "Hello, ")
    (data (i32.const 80) "world")
    (data (i32.const 96) "!\n")

    ;; Writes to the stream; the place at 16 receives the result, which is 1 if it failed.
    (func $print (param $stream i32) (param $text i32) (param $length i32)
      (call $write (local.get $stream) (local.get $text) (local.get $length) (i32.const 16))
      (if (i32.load8_u (i32.const 16)) (then unreachable)))
    (func $greet (param $stream i32) (param $name i32) (param $length i32)
      (call $print (local.get $stream) (i32.const 64) (i32.const 7))
      (call $print (local.get $stream) (local.get $name) (local.get $length))
      (call $print (local.get $stream) (i32.const 96) (i32.const 2)))

    ;; The first argument is the program's name.
    (func (export "run") (result i32)
      (local $stream i32) (local $argument i32) (local $end i32)
      (local.set $stream (call $get-stdout))
      (call $get-arguments (i32.const 0))
      (if (i32.le_u (i32.load (i32.const 4)) (i32.const 1))
        (then (call $greet (local.get $stream) (i32.const 80) (i32.const 5)))
        (else
          (local.set $argument (i32.load (i32.const 0)))
          (local.set $end
            (i32.add (local.get $argument) (i32.shl (i32.load (i32.const 4)) (i32.const 3))))
          (loop $next
            (local.set $argument (i32.add (local.get $argument) (i32.const 8)))
            (if (i32.lt_u (local.get $argument) (local.get $end))
              (then
                (call $greet (local.get $stream)
                  (i32.load (local.get $argument)) (i32.load offset=4 (local.get $argument)))
                (br $next))))))
      (call $drop-stream (local.get $stream))
      (i32.const 0)))
  (core instance $main (instantiate $main
    (with "env" (instance $memory))
    (with "host" (instance
      (export "get-stdout" (func $get-stdout))
      (export "write" (func $write))
      (export "drop-stream" (func $drop-stream))
      (export "get-arguments" (func $get-arguments))))))

  (func $run (result (result)) (canon lift (core func $main "run")))
  (instance $exports (export "run" (func $run)))
  (export "wasi:cli/run@0.2.0" (instance $exports)))
