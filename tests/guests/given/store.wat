;; Given for the import `test:given/store@1.0.0`: its exports are the instance. It uses a resource of the host's
;; that the component uses, too, and has one of its own.
(component $store
  (import "wasi:io/error@0.2.0" (instance $error (export "error" (type (sub resource)))))
  (alias export $error "error" (type $error))
  (core module $m
    (memory (export "memory") 1)
    (global $last (mut i32) (i32.const 0))
    (func (export "dtor") (param i32) (global.set $last (local.get 0)))
    (func (export "last") (result i32) (global.get $last)))
  (core instance $i (instantiate $m))
  (type $item' (resource (rep i32) (dtor (core func $i "dtor"))))
  (core func $new (canon resource.new $item'))
  (core func $rep (canon resource.rep $item'))
  (core func $drop-error (canon resource.drop $error))
  (core module $n
    (import "" "new" (func $new (param i32) (result i32)))
    (import "" "rep" (func $rep (param i32) (result i32)))
    (import "" "drop-error" (func $drop-error (param i32)))
    (func (export "make") (param i32) (result i32) (call $new (i32.mul (local.get 0) (i32.const 7))))
    (func (export "value") (param i32) (result i32) (local.get 0))
    (func (export "take") (param i32) (call $drop-error (local.get 0))))
  (core instance $j (instantiate $n (with "" (instance
    (export "new" (func $new)) (export "rep" (func $rep)) (export "drop-error" (func $drop-error))))))
  (export $item "item" (type $item'))
  (func (export "[constructor]item") (param "n" u32) (result (own $item))
    (canon lift (core func $j "make")))
  (func (export "[method]item.value") (param "self" (borrow $item)) (result u32)
    (canon lift (core func $j "value")))
  (func (export "last") (result u32) (canon lift (core func $i "last")))
  (func (export "take") (param "e" (own $error)) (canon lift (core func $j "take"))))
