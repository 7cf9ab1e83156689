;;! features: cm-values
;; A value that a component imports it may export again, or give to a component that it instantiates; whoever
;; takes it in the end gets what it was.
;;
;; Explainer.md, Value Definitions 🪙.
;; wasmtime 48: has no values.
(component
  (component $Source
    (core module $M
      (memory (export "mem") 1)
      (data (i32.const 16) "\20\00\00\00\02\00\00\00\07\00\00\00")
      (data (i32.const 32) "\01\00\02\00")
      (func (export "make") (result i32) (i32.const 16)))
    (core instance $m (instantiate $M))
    (func $make (result (tuple (list u16) u8)) (canon lift (core func $m "make") (memory (core memory $m "mem"))))
    (start $make (result (value $v)))
    (export "v" (value $v)))
  (component $Through
    (import "v" (value $v (tuple (list u16) u8)))
    (export "w" (value $v)))
  (component $Sink
    (import "v" (value $v (tuple (list u16) u8)))
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
      (func (export "take") (param i32 i32 i32)
        (i32.store (i32.const 0) (local.get 0))
        (i32.store (i32.const 4) (local.get 1))
        (i32.store8 (i32.const 8) (local.get 2)))
      (func (export "seen") (result i32) (i32.const 0)))
    (core instance $m (instantiate $M))
    (func $take (param "v" (tuple (list u16) u8)) (canon lift (core func $m "take") (memory (core memory $m "mem")) (realloc (core func $m "realloc"))))
    (start $take (value $v))
    (func (export "seen") (result (tuple (list u16) u8)) (canon lift (core func $m "seen") (memory (core memory $m "mem")))))
  (component $Wrapper
    (import "v" (value $v (tuple (list u16) u8)))
    (instance $s (instantiate $Sink (with "v" (value $v))))
    (export "seen" (func $s "seen")))
  (instance $s (instantiate $Source))
  (instance $t (instantiate $Through (with "v" (value $s "v"))))
  (instance $u (instantiate $Through (with "v" (value $t "w"))))
  (instance $w (instantiate $Wrapper (with "v" (value $u "w"))))
  (export "seen" (func $w "seen"))
)
(assert_return (invoke "seen") (tuple.const (list.const (u16.const 1) (u16.const 2)) (u8.const 7)))
