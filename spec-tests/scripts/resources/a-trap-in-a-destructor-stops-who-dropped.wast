;; A destructor that traps is a trap of the call that dropped, and nobody enters afterwards.
;;
;; CanonicalABI.md, `canon resource.drop`; Explainer.md, Component Invariants, 1.
(component
  (component $C
    (core module $D (func (export "dtor") (param i32) (if (local.get 0) (then unreachable))))
    (core instance $d (instantiate $D))
    (type $R' (resource (rep i32) (dtor (core func $d "dtor"))))
    (export $R "R" (type $R'))
    (core func $new (canon resource.new $R'))
    (core module $M
      (import "" "new" (func $new (param i32) (result i32)))
      (func (export "make") (param i32) (result i32) (call $new (local.get 0))))
    (core instance $m (instantiate $M (with "" (instance (export "new" (func $new))))))
    (func (export "make") (param "rep" u32) (result (own $R)) (canon lift (core func $m "make"))))
  (component $D
    (import "c" (instance $c (export "R" (type $R (sub resource))) (export "make" (func (param "rep" u32) (result (own $R))))))
    (alias export $c "R" (type $R))
    (core func $make (canon lower (func $c "make")))
    (core func $drop (canon resource.drop $R))
    (core module $DM
      (import "" "make" (func $make (param i32) (result i32)))
      (import "" "drop" (func $drop (param i32)))
      (func (export "run") (param i32) (call $drop (call $make (local.get 0)))))
    (core instance $dm (instantiate $DM (with "" (instance (export "make" (func $make)) (export "drop" (func $drop))))))
    (func (export "run") (param "rep" u32) (canon lift (core func $dm "run"))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "c" (instance $c))))
  (export "run" (func $d "run"))
)
(assert_return (invoke "run" (u32.const 0)))
(assert_trap (invoke "run" (u32.const 1)) "unreachable")
(assert_trap (invoke "run" (u32.const 0)) "cannot enter component instance")
