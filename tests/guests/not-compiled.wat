;; A built-in that is not compiled yet: what uses it is refused, or traps when it is called.
;; RUN: --features all --unknown-imports=trap --invoke 'other()'
;; STDOUT: 7
;; RUN: --features all --invoke 'other()'
;; EXIT: 1
;; STDERR: `canon lower with GC options` is not compiled yet
;; RUN: --features all --unknown-imports=trap --invoke 'waits()'
;; EXIT: 134
;; STDERR: called a built-in that is not compiled yet
(component
  (component $c
    (core module $m (func (export "f")))
    (core instance $i (instantiate $m))
    (func (export "f") (canon lift (core func $i "f"))))
  (instance $c (instantiate $c))
  (core type $ty (func))
  (canon lower (func $c "f") gc (core-type $ty) (core func $new))
  (core module $m
    (import "" "new" (func $new))
    (func (export "waits") (result i32) (call $new) (i32.const 1))
    (func (export "other") (result i32) (i32.const 7)))
  (core instance $i (instantiate $m (with "" (instance (export "new" (func $new))))))
  (func (export "waits") (result u32) (canon lift (core func $i "waits")))
  (func (export "other") (result u32) (canon lift (core func $i "other"))))
