;; A trap of a component's start function ends the instantiation; nothing behind it happens.
;;
;; RUN: --features cm-values --invoke "f()"
;; EXIT: 134
;; STDERR: unreachable
(component
  (component $fails
    (core module $m (func (export "f") (param i32) (result i32) unreachable))
    (core instance $m (instantiate $m))
    (func $f (param "v" u32) (result u32) (canon lift (core func $m "f")))
    (import "v" (value $v u32))
    (start $f (value $v) (result (value $w)))
    (export "w" (value $w)))
  (component $one
    (core module $m (func (export "f") (result i32) i32.const 1))
    (core instance $m (instantiate $m))
    (func $f (result u32) (canon lift (core func $m "f")))
    (start $f (result (value $v)))
    (export "v" (value $v)))
  (instance $one (instantiate $one))
  (instance $fails (instantiate $fails (with "v" (value $one "v"))))
  (export "w" (value $fails "w"))
  (core module $loop (func $start (loop (br 0))) (start $start) (func (export "f")))
  (core instance $loop (instantiate $loop))
  (func (export "f") (canon lift (core func $loop "f"))))
