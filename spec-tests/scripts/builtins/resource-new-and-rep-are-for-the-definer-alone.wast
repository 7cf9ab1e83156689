;; Only the component that defines a resource may make one and see what represents it; who imports it may drop
;; it.
;;
;; Binary.md, Canonical Definitions: `resource.new`, `resource.rep`.
;; whoever has a handle may drop it
(component (component
  (import "r" (type $r (sub resource)))
  (core func (canon resource.drop $r))))
(assert_invalid
  (component (component
    (import "r" (type $r (sub resource)))
    (core func (canon resource.new $r))))
  "type 0 is not a local resource")
(assert_invalid
  (component (component
    (import "r" (type $r (sub resource)))
    (core func (canon resource.rep $r))))
  "type 0 is not a local resource")
;; a child's
(assert_invalid
  (component
    (component $c (type $r (resource (rep i32))) (export "r" (type $r)))
    (instance $i (instantiate $c))
    (alias export $i "r" (type $r))
    (core func (canon resource.new $r)))
  "type 0 is not a local resource")
;; no resource
(assert_invalid
  (component (component
    (type $t u32)
    (core func (canon resource.drop $t))))
  "type index 0 is not a resource type")
;; its own, by the name under which it exports it
(component
  (type $r (resource (rep i32)))
  (export $s "s" (type $r))
  (core func (canon resource.new $s))
  (core func (canon resource.rep $s)))
