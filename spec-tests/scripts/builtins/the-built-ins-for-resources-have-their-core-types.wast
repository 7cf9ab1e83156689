;; resource.new takes a representation and gives a handle, resource.rep the other way round, resource.drop
;; takes a handle.
;;
;; CanonicalABI.md, `canon resource.new`, `canon resource.drop`, `canon resource.rep`.
;; resource.new $r: [i32] -> [i32]
(component (component
  (type $r (resource (rep i32)))
  (core func $f (canon resource.new $r))
  (core module $m (import "" "f" (func (param i32) (result i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (type $r (resource (rep i32)))
    (core func $f (canon resource.new $r))
    (core module $m (import "" "f" (func (param i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
(assert_invalid
  (component (component
    (type $r (resource (rep i32)))
    (core func $f (canon resource.new $r))
    (core module $m (import "" "f" (func (result i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
(assert_invalid
  (component (component
    (type $r (resource (rep i32)))
    (core func $f (canon resource.new $r))
    (core module $m (import "" "f" (func (param i64) (result i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; resource.drop $r: [i32] -> []
(component (component
  (type $r (resource (rep i32)))
  (core func $f (canon resource.drop $r))
  (core module $m (import "" "f" (func (param i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (type $r (resource (rep i32)))
    (core func $f (canon resource.drop $r))
    (core module $m (import "" "f" (func (param i32) (result i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
(assert_invalid
  (component (component
    (type $r (resource (rep i32)))
    (core func $f (canon resource.drop $r))
    (core module $m (import "" "f" (func)))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; resource.rep $r: [i32] -> [i32]
(component (component
  (type $r (resource (rep i32)))
  (core func $f (canon resource.rep $r))
  (core module $m (import "" "f" (func (param i32) (result i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (type $r (resource (rep i32)))
    (core func $f (canon resource.rep $r))
    (core module $m (import "" "f" (func (param i32) (result i64))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
(assert_invalid
  (component (component
    (type $r (resource (rep i32)))
    (core func $f (canon resource.rep $r))
    (core module $m (import "" "f" (func (param i32 i32) (result i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
