;; Strings, in Latin-1 where it is enough and in UTF-16 where it is not; the top bit of the length says
;; which.
;;
;; RUN: --invoke 'echo("plain")'
;; STDOUT: "plain"
;; RUN: --invoke 'echo("é and ÿ")'
;; STDOUT: "é and ÿ"
;; RUN: --invoke 'echo("é and 日 and 🦀")'
;; STDOUT: "é and 日 and 🦀"
;; RUN: --invoke 'echo("")'
;; STDOUT: ""
;; RUN: --invoke 'length("aé")'
;; STDOUT: 2
;; RUN: --invoke 'length("a日")'
;; STDOUT: 2147483650
(component
  (core module $strings
    (memory (export "memory") 1)
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
    (func (export "echo") (param $ptr i32) (param $len i32) (result i32)
      (i32.store (i32.const 0) (local.get $ptr))
      (i32.store (i32.const 4) (local.get $len))
      (i32.const 0))
    (func (export "length") (param $ptr i32) (param $len i32) (result i32)
      (local.get $len)))
  (core instance $i (instantiate $strings))
  (alias core export $i "memory" (core memory $memory))
  (alias core export $i "realloc" (core func $realloc))
  (func (export "echo") (param "text" string) (result string)
    (canon lift (core func $i "echo")
      string-encoding=latin1+utf16 (memory $memory) (realloc $realloc)))
  (func (export "length") (param "text" string) (result u32)
    (canon lift (core func $i "length")
      string-encoding=latin1+utf16 (memory $memory) (realloc $realloc))))
