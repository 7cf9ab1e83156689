;;! features: cm-values
;; A component's start function gives values, which it exports; they are given to another component's import,
;; whose start function takes them. All of it happens while instantiating, in order.
;;
;; Explainer.md, Start Definitions, Value Definitions 🪙.
;; wasmtime 48: has neither values nor start functions of components.
(component
  (component $Source
    (core module $M
      (memory (export "mem") 1)
      (data (i32.const 16) "\20\00\00\00\03\00\00\00")
      (data (i32.const 32) "\e2\98\83")
      (func (export "text") (result i32) (i32.const 16))
      (func (export "double") (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2))))
    (core instance $m (instantiate $M))
    (func $text (result string) (canon lift (core func $m "text") (memory (core memory $m "mem"))))
    (start $text (result (value $v)))
    (export "v" (value $v)))
  (component $Number
    (core module $M (func (export "n") (result i32) (i32.const 42)))
    (core instance $m (instantiate $M))
    (func $n (result u32) (canon lift (core func $m "n")))
    (start $n (result (value $v)))
    (export "n" (value $v)))
  (component $Sink
    (import "text" (value $text string))
    (import "n" (value $n u32))
    (core module $M
      (memory (export "mem") 1)
      (global $next (mut i32) (i32.const 4096))
      (func (export "realloc") (param i32 i32 i32 i32) (result i32)
        (local $at i32)
        (local.set $at
          (i32.and (i32.add (global.get $next) (i32.sub (local.get 2) (i32.const 1))) (i32.sub (i32.const 0) (local.get 2))))
        (global.set $next (i32.add (local.get $at) (local.get 3)))
        (memory.copy (local.get $at) (local.get 0)
          (select (local.get 1) (local.get 3) (i32.lt_u (local.get 1) (local.get 3))))
        (local.get $at))
      (global $n (mut i32) (i32.const 0))
      (func (export "take") (param i32 i32 i32)
        (global.set $n (local.get 0))
        (i32.store (i32.const 0) (local.get 1))
        (i32.store (i32.const 4) (local.get 2)))
      (func (export "n") (result i32) (global.get $n))
      (func (export "text") (result i32) (i32.const 0)))
    (core instance $m (instantiate $M))
    (func $take (param "n" u32) (param "text" string)
      (canon lift (core func $m "take") string-encoding=utf16 (memory (core memory $m "mem")) (realloc (core func $m "realloc"))))
    (start $take (value $n) (value $text))
    (func (export "n") (result u32) (canon lift (core func $m "n")))
    (func (export "text") (result string) (canon lift (core func $m "text") string-encoding=utf16 (memory (core memory $m "mem")))))
  (instance $s (instantiate $Source))
  (instance $n (instantiate $Number))
  (instance $t (instantiate $Sink (with "text" (value $s "v")) (with "n" (value $n "n"))))
  (export "n" (func $t "n"))
  (export "text" (func $t "text"))
)
(assert_return (invoke "n") (u32.const 42))
(assert_return (invoke "text") (str.const "☃"))
