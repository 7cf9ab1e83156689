;; f(x) is x + 1; which of its forms is lifted is filled in.
(component $Callee
  (core module $Core
    (import "" "return" (func $return (param i32)))
    (global $x (mut i32) (i32.const 0))
    (func (export "sync") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
    (func (export "stackful") (param i32) (call $return (i32.add (local.get 0) (i32.const 1))))
    (func (export "callback") (param i32) (result i32)
      (call $return (i32.add (local.get 0) (i32.const 1)))
      (i32.const 0))
    (func (export "yields") (param i32) (result i32)
      (global.set $x (local.get 0))
      (i32.const 1))
    (func (export "event") (param i32 i32 i32) (result i32)
      (call $return (i32.add (global.get $x) (i32.const 1)))
      (i32.const 0)))
  (core func $return (canon task.return (result u32)))
  (core instance $core (instantiate $Core (with "" (instance (export "return" (func $return))))))
  (func (export "f") async (param "x" u32) (result u32) LIFT))
