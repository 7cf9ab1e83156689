;; A resource is defined in a component, not in a type; it is represented by an i32, and its destructor takes
;; one and gives nothing.
;;
;; Binary.md, Type Definitions: `resourcetype`.
(component
  (core module $m (func (export "d") (param i32)))
  (core instance $m (instantiate $m))
  (type (resource (rep i32) (dtor (core func $m "d")))))
(assert_invalid
  (component
    (core module $m (func (export "d")))
    (core instance $m (instantiate $m))
    (type (resource (rep i32) (dtor (core func $m "d")))))
  "core function 0 has wrong signature for a destructor")
(assert_invalid
  (component
    (core module $m (func (export "d") (param i32) (result i32) unreachable))
    (core instance $m (instantiate $m))
    (type (resource (rep i32) (dtor (core func $m "d")))))
  "core function 0 has wrong signature for a destructor")
(assert_invalid
  (component
    (type (resource (rep f32))))
  "resources can only be represented by `i32` or `i64`")
(assert_invalid
  (component
    (type (component (type (resource (rep i32))))))
  "resources can only be defined within a concrete component")
(assert_invalid
  (component
    (type (instance (type (resource (rep i32))))))
  "resources can only be defined within a concrete component")
;; own and borrow are of resources
(assert_invalid
  (component
    (type $t u8)
    (type (own $t)))
  "type index 0 is not a resource type")
