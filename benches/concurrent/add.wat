;; A synchronous call from component to component, and what else both have.
(component
  (component $Callee
    (core module $Core
      (import "" "return" (func $return (param i32)))
      (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
      (func (export "later") (result i32) (i32.const 1))
      (func (export "event") (param i32 i32 i32) (result i32)
        (call $return (i32.const 1))
        (i32.const 0)))
    CALLEE)
  (component $Caller
    (import "add" (func $add (param "x" u32) (param "y" u32) (result u32)))
    CALLER
    (core func $add (canon lower (func $add)))
    (core module $Loops
      (import "" "add" (func $add (param i32 i32) (result i32)))
      (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
      LOOPS)
    (core instance $loops (instantiate $Loops (with "" (instance (export "add" (func $add))))))
    (func (export "add") (param "x" u32) (param "y" u32) (result u32) (canon lift (core func $loops "add")))
    LIFTS)
  INSTANCES
  EXPORTS)
