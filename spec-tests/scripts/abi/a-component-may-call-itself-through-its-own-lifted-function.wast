;; What an instance lifts it may lower again: the call reaches the same instance while it runs.
;;
;; CanonicalABI.md, Component Instances: `entering_set` of an instance that calls itself is empty.
;; wasmtime 48: fails, it lets no instance call itself.
(component
  (core module $M
    (table (export "table") 1 funcref)
    (type $t (func (param i32) (result i32)))
    (global $depth (mut i32) (i32.const 0))
    (func (export "factorial") (param $n i32) (result i32)
      (global.set $depth (i32.add (global.get $depth) (i32.const 1)))
      (if (result i32) (i32.le_u (local.get $n) (i32.const 1))
        (then (i32.const 1))
        (else
          (i32.mul (local.get $n)
            (call_indirect (type $t) (i32.sub (local.get $n) (i32.const 1)) (i32.const 0))))))
    (func (export "depth") (result i32) (global.get $depth)))
  (core instance $m (instantiate $M))
  (func $factorial (param "n" u32) (result u32) (canon lift (core func $m "factorial")))
  (core func $again (canon lower (func $factorial)))
  (core module $Fill
    (import "" "table" (table 1 funcref))
    (import "" "f" (func $f (param i32) (result i32)))
    (elem (i32.const 0) func $f))
  (core instance (instantiate $Fill (with "" (instance (export "table" (table $m "table")) (export "f" (func $again))))))
  (export "factorial" (func $factorial))
  (func (export "depth") (result u32) (canon lift (core func $m "depth")))
)
(assert_return (invoke "factorial" (u32.const 6)) (u32.const 720))
(assert_return (invoke "depth") (u32.const 6))
