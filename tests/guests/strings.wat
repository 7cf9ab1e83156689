;; Strings, in UTF-8.
;;
;; RUN: --invoke 'greet("wörld")'
;; STDOUT: "Hello, wörld!"
;; RUN: --invoke 'greet("")'
;; STDOUT: "Hello, !"
;; RUN: --invoke 'greet("日本 🦀")'
;; STDOUT: "Hello, 日本 🦀!"
;; RUN: --invoke 'units("aé日🦀")'
;; STDOUT: 10
;; RUN: --invoke 'echo("plain")'
;; STDOUT: "plain"
;; RUN: --invoke 'echo("é and 日 and 🦀")'
;; STDOUT: "é and 日 and 🦀"
;; RUN: --invoke 'bad-string(0, 70000)'
;; EXIT: 134
;; STDERR: string content out-of-bounds
;; RUN: --invoke 'bad-string(65535, 1)'
;; STDOUT: "\u{0}"
;; RUN: --invoke 'bad-text()'
;; EXIT: 1
;; STDERR: invalid utf-8
(component
  (core module $strings
    (memory (export "memory") 1)
    (data (i32.const 16) "Hello, ")
    (data (i32.const 32) "\ff\fe")
    (global $next (mut i32) (i32.const 1024))
    (func $realloc (export "realloc")
      (param $old i32) (param $old-size i32) (param $align i32) (param $size i32) (result i32)
      (local $new i32)
      (local.set $new
        (i32.and
          (i32.add (global.get $next) (i32.sub (local.get $align) (i32.const 1)))
          (i32.sub (i32.const 0) (local.get $align))))
      (global.set $next (i32.add (local.get $new) (local.get $size)))
      (memory.copy (local.get $new) (local.get $old)
        (select (local.get $old-size) (local.get $size)
          (i32.lt_u (local.get $old-size) (local.get $size))))
      (local.get $new))
    ;; Returns (ptr, len) by the address of the pair.
    (func $pair (param $ptr i32) (param $len i32) (result i32)
      (i32.store (i32.const 0) (local.get $ptr))
      (i32.store (i32.const 4) (local.get $len))
      (i32.const 0))
    (func (export "greet") (param $ptr i32) (param $len i32) (result i32)
      (local $out i32)
      (local.set $out
        (call $realloc (i32.const 0) (i32.const 0) (i32.const 1)
          (i32.add (local.get $len) (i32.const 8))))
      (memory.copy (local.get $out) (i32.const 16) (i32.const 7))
      (memory.copy (i32.add (local.get $out) (i32.const 7)) (local.get $ptr) (local.get $len))
      (i32.store8 offset=7 (i32.add (local.get $out) (local.get $len)) (i32.const 33))
      (call $pair (local.get $out) (i32.add (local.get $len) (i32.const 8))))
    (func (export "units") (param $ptr i32) (param $len i32) (result i32)
      (local.get $len))
    (func (export "echo") (param $ptr i32) (param $len i32) (result i32)
      (call $pair (local.get $ptr) (local.get $len)))
    (func (export "bad-string") (param $ptr i32) (param $len i32) (result i32)
      (call $pair (local.get $ptr) (local.get $len)))
    (func (export "bad-text") (result i32)
      (call $pair (i32.const 32) (i32.const 2)))
    ;; The result was lifted: its memory can be used again.
    (func (export "post-return") (param i32)
      (global.set $next (i32.const 1024))))
  (core instance $i (instantiate $strings))
  (alias core export $i "memory" (core memory $memory))
  (alias core export $i "realloc" (core func $realloc))
  (func (export "greet") (param "name" string) (result string)
    (canon lift (core func $i "greet")
      (memory $memory) (realloc $realloc) (post-return (core func $i "post-return"))))
  (func (export "units") (param "text" string) (result u32)
    (canon lift (core func $i "units") (memory $memory) (realloc $realloc)))
  (func (export "echo") (param "text" string) (result string)
    (canon lift (core func $i "echo") (memory $memory) (realloc $realloc)))
  (func (export "bad-string") (param "ptr" u32) (param "len" u32) (result string)
    (canon lift (core func $i "bad-string") (memory $memory)))
  (func (export "bad-text") (result string)
    (canon lift (core func $i "bad-text") (memory $memory))))
