;;! features: shared-everything-threads
;; What thread.spawn-ref and thread.spawn-indirect start is a shared function of one i32 and without results; the
;; latter takes it from a shared table. They are shared functions themselves.
;;
;; CanonicalABI.md, `canon thread.spawn-ref`, `canon thread.spawn-indirect`, as far as the validator goes: it knows
;; the preemptive forms only.
;; wasmtime 48: does not compile them; the errors are the same.
(component definition
  (core type $t (shared (func (param i32))))
  (core func (canon thread.spawn-ref $t)))
(component definition
  (core module $m (table (export "t") shared 1 (ref null (shared func))))
  (core instance $i (instantiate $m))
  (core type $t (shared (func (param i32))))
  (core func (canon thread.spawn-indirect $t (core table $i "t"))))
(assert_invalid
  (component
    (core type $t (func (param i32)))
    (core func (canon thread.spawn-ref $t)))
  "spawn type must be shared")
(assert_invalid
  (component
    (core type $t (shared (func (param i64))))
    (core func (canon thread.spawn-ref $t)))
  "spawn function must take a single `i32` argument (currently)")
(assert_invalid
  (component
    (core type $t (shared (func (param i32) (result i32))))
    (core func (canon thread.spawn-ref $t)))
  "spawn function must not return any values")
(assert_invalid
  (component
    (core module $m (table (export "t") 1 funcref))
    (core instance $i (instantiate $m))
    (core type $t (shared (func (param i32))))
    (core func (canon thread.spawn-indirect $t (core table $i "t"))))
  "table is not a 32-bit shared table of (ref null (shared func))")
(assert_invalid
  (component
    (core module $m (table (export "t") shared 1 (ref null (shared func))))
    (core instance $i (instantiate $m))
    (core type $t (func (param i32)))
    (core func (canon thread.spawn-indirect $t (core table $i "t"))))
  "spawn type must be shared")
(assert_invalid
  (component
    (core type $t (shared (func (param i32))))
    (core func $s (canon thread.spawn-ref $t))
    (core module $m (type $t (shared (func (param i32)))) (import "" "s" (func (param (ref null $t) i32) (result i32))))
    (core instance (instantiate $m (with "" (instance (export "s" (func $s)))))))
  "type mismatch for export `s` of module instantiation argument ``")
