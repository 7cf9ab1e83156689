;; The exports of a component that a script names are there for later components to import: functions with
;; values in memory, nested instances. They share its one instance.
;;
;; Explainer.md, Import and Export Definitions: how imports of the root are given is the embedder's part.
;; wasmtime 48: fails, its scripts hand no functions on.
(component $counter
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
    (global $count (mut i32) (i32.const 0))
    (func (export "next") (result i32)
      (global.set $count (i32.add (global.get $count) (i32.const 1)))
      (global.get $count))
    (func (export "echo") (param i32 i32) (result i32)
      (i32.store (i32.const 0) (local.get 0))
      (i32.store (i32.const 4) (local.get 1))
      (i32.const 0)))
  (core instance $m (instantiate $M))
  (func $next (result u32) (canon lift (core func $m "next")))
  (func $echo (param "s" (list string)) (result (list string))
    (canon lift (core func $m "echo") string-encoding=utf16 (memory (core memory $m "mem")) (realloc (core func $m "realloc"))))
  (export "next" (func $next))
  (instance $inner (export "echo" (func $echo)) (export "again" (func $next)))
  (export "inner" (instance $inner))
)
(assert_return (invoke "next") (u32.const 1))
(component $user
  (import "counter" (instance $c
    (export "next" (func (result u32)))
    (export "inner" (instance
      (export "echo" (func (param "s" (list string)) (result (list string))))
      (export "again" (func (result u32)))))))
  (alias export $c "inner" (instance $inner))
  (core module $Memory
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
    )
  (core instance $memory (instantiate $Memory))
  (core func $next (canon lower (func $c "next")))
  (core func $again (canon lower (func $inner "again")))
  (core func $echo (canon lower (func $inner "echo") (memory (core memory $memory "mem")) (realloc (core func $memory "realloc"))))
  (core module $M
    (import "" "next" (func $next (result i32)))
    (import "" "again" (func $again (result i32)))
    (import "" "echo" (func $echo (param i32 i32 i32)))
    (func (export "twice") (result i32) (i32.add (i32.mul (call $next) (i32.const 100)) (call $again)))
    (func (export "echo") (param i32 i32) (result i32)
      (call $echo (local.get 0) (local.get 1) (i32.const 8))
      (i32.const 8)))
  (core instance $m (instantiate $M (with "" (instance
    (export "next" (func $next)) (export "again" (func $again)) (export "echo" (func $echo))))))
  (func (export "twice") (result u32) (canon lift (core func $m "twice")))
  (func (export "echo") (param "s" (list string)) (result (list string))
    (canon lift (core func $m "echo") (memory (core memory $memory "mem")) (realloc (core func $memory "realloc"))))
)
(assert_return (invoke "twice") (u32.const 203))
(assert_return (invoke "echo" (list.const (str.const "☃") (str.const "") (str.const "abc")))
  (list.const (str.const "☃") (str.const "") (str.const "abc")))
;; another user, the same counter
(component
  (import "counter" (instance $c (export "next" (func (result u32)))))
  (core func $next (canon lower (func $c "next")))
  (core module $M
    (import "" "next" (func $next (result i32)))
    (func (export "next") (result i32) (call $next)))
  (core instance $m (instantiate $M (with "" (instance (export "next" (func $next))))))
  (func (export "next") (result u32) (canon lift (core func $m "next")))
)
(assert_return (invoke "next") (u32.const 4))
