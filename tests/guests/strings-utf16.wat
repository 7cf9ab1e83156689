;; Strings, in UTF-16: the host's UTF-8 is transcoded both ways.
;;
;; RUN: --invoke 'greet("wörld")'
;; STDOUT: "Hello, wörld"
;; RUN: --invoke 'greet("")'
;; STDOUT: "Hello, "
;; RUN: --invoke 'greet("日本 🦀")'
;; STDOUT: "Hello, 日本 🦀"
;; RUN: --invoke 'units("aé日🦀")'
;; STDOUT: 5
;; RUN: --invoke 'first(["abc", "", "🦀"])'
;; STDOUT: ["abc", "", "🦀"]
;; RUN: --invoke 'half-a-crab()'
;; EXIT: 1
;; STDERR: unpaired surrogate
(component
  (core module $strings
    (memory (export "memory") 1)
    (data (i32.const 16) "H\00e\00l\00l\00o\00,\00 \00")
    (data (i32.const 32) "\3e\d8")
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
    (func $pair (export "pair") (param $ptr i32) (param $len i32) (result i32)
      (i32.store (i32.const 0) (local.get $ptr))
      (i32.store (i32.const 4) (local.get $len))
      (i32.const 0))
    (func (export "greet") (param $ptr i32) (param $units i32) (result i32)
      (local $out i32)
      (local.set $out
        (call $realloc (i32.const 0) (i32.const 0) (i32.const 2)
          (i32.mul (i32.add (local.get $units) (i32.const 7)) (i32.const 2))))
      (memory.copy (local.get $out) (i32.const 16) (i32.const 14))
      (memory.copy (i32.add (local.get $out) (i32.const 14)) (local.get $ptr)
        (i32.mul (local.get $units) (i32.const 2)))
      (call $pair (local.get $out) (i32.add (local.get $units) (i32.const 7))))
    (func (export "units") (param $ptr i32) (param $units i32) (result i32)
      (local.get $units))
    (func (export "half-a-crab") (result i32)
      (call $pair (i32.const 32) (i32.const 1))))
  (core instance $i (instantiate $strings))
  (alias core export $i "memory" (core memory $memory))
  (alias core export $i "realloc" (core func $realloc))
  (func (export "greet") (param "name" string) (result string)
    (canon lift (core func $i "greet") string-encoding=utf16 (memory $memory) (realloc $realloc)))
  (func (export "units") (param "text" string) (result u32)
    (canon lift (core func $i "units") string-encoding=utf16 (memory $memory) (realloc $realloc)))
  (func (export "first") (param "all" (list string)) (result (list string))
    (canon lift (core func $i "pair") string-encoding=utf16 (memory $memory) (realloc $realloc)))
  (func (export "half-a-crab") (result string)
    (canon lift (core func $i "half-a-crab") string-encoding=utf16 (memory $memory))))
