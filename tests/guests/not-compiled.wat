;; A built-in that is not compiled yet: what uses it is refused, or traps when it is called.
;; RUN: --unknown-imports=trap --invoke 'other()'
;; STDOUT: 7
;; RUN: --invoke 'other()'
;; EXIT: 1
;; STDERR: `waitable-set.new` is not compiled yet
;; RUN: --unknown-imports=trap --invoke 'waits()'
;; EXIT: 134
;; STDERR: called a built-in that is not compiled yet
(component
  (canon waitable-set.new (core func $new))
  (core module $m
    (import "" "new" (func $new (result i32)))
    (func (export "waits") (result i32) (call $new))
    (func (export "other") (result i32) (i32.const 7)))
  (core instance $i (instantiate $m (with "" (instance (export "new" (func $new))))))
  (func (export "waits") (result u32) (canon lift (core func $i "waits")))
  (func (export "other") (result u32) (canon lift (core func $i "other"))))
