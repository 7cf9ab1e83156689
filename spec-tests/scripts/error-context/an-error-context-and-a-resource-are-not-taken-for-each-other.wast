;; The entries of a table know what they are: an error context is dropped as such, and so is a resource's
;; handle.
;;
;; CanonicalABI.md, `canon error-context.drop`, `canon resource.drop`.
(component definition $Given
  (type $R (resource (rep i32)))
  (core module $Memory (memory (export "mem") 1))
  (core instance $memory (instantiate $Memory))
  (core func $new (canon resource.new $R))
  (core func $drop (canon resource.drop $R))
  (core func $new-error (canon error-context.new (memory (core memory $memory "mem"))))
  (core func $drop-error (canon error-context.drop))
  (core module $M
    (import "" "new" (func $new (param i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (import "" "new-error" (func $new-error (param i32 i32) (result i32)))
    (import "" "drop-error" (func $drop-error (param i32)))
    (func $error (result i32) (call $new-error (i32.const 0) (i32.const 0)))
    (func (export "right")
      (local $r i32) (local $e i32)
      (local.set $r (call $new (i32.const 1)))
      (local.set $e (call $error))
      (call $drop (local.get $r))
      (call $drop-error (local.get $e)))
    (func (export "error-as-resource") (call $drop (call $error)))
    (func (export "resource-as-error") (call $drop-error (call $new (i32.const 1)))))
  (core instance $m (instantiate $M (with "" (instance
    (export "new" (func $new)) (export "drop" (func $drop))
    (export "new-error" (func $new-error)) (export "drop-error" (func $drop-error))))))
  (func (export "right") (canon lift (core func $m "right")))
  (func (export "error-as-resource") (canon lift (core func $m "error-as-resource")))
  (func (export "resource-as-error") (canon lift (core func $m "resource-as-error")))
)
(component instance $i $Given)
(assert_return (invoke "right"))
(assert_trap (invoke "error-as-resource") "handle")
(component instance $i $Given)
(assert_trap (invoke "resource-as-error") "handle")
