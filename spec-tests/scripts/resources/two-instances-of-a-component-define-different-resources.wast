;; A resource type is made anew by every instance: what one of two equal instances made is of the wrong type
;; for the other,
;; though their representations are the same, and each has its own destructor's state.
;;
;; Explainer.md, Resource types are generative; CanonicalABI.md, Loading: `h.rt is not t.rt`.
(component definition $Given
  ;; Defines R. The log of its destructor is a number: each rep is one more digit.
  (component $Definer
    (core module $State
      (global $log (export "log") (mut i32) (i32.const 0))
      (func (export "dtor") (param $rep i32)
        (global.set $log (i32.add (i32.mul (global.get $log) (i32.const 10)) (local.get $rep))))
      (func (export "read-log") (result i32) (global.get $log)))
    (core instance $state (instantiate $State))
    (type $R' (resource (rep i32) (dtor (core func $state "dtor"))))
    (export $R "R" (type $R'))
    (core func $new (canon resource.new $R'))
    (core func $rep (canon resource.rep $R'))
    (core module $M
      (import "" "new" (func $new (param i32) (result i32)))
      (import "" "rep" (func $rep (param i32) (result i32)))
      (func (export "make") (param i32) (result i32) (call $new (local.get 0)))
      ;; what is lent to the instance that defines it is the rep itself
      (func (export "peek") (param i32) (result i32) (local.get 0))
      ;; what is given to it is a handle; it stays here
      (func (export "take") (param i32) (result i32) (call $rep (local.get 0))))
    (core instance $m (instantiate $M (with "" (instance (export "new" (func $new)) (export "rep" (func $rep))))))
    (func (export "make") (param "rep" u32) (result (own $R)) (canon lift (core func $m "make")))
    (func (export "peek") (param "r" (borrow $R)) (result u32) (canon lift (core func $m "peek")))
    (func (export "take") (param "r" (own $R)) (result u32) (canon lift (core func $m "take")))
    (func (export "log") (result u32) (canon lift (core func $state "read-log"))))
  (component $User
    (import "a" (instance $a
      (export "R" (type $R (sub resource)))
      (export "make" (func (param "rep" u32) (result (own $R))))
      (export "peek" (func (param "r" (borrow $R)) (result u32)))
      (export "take" (func (param "r" (own $R)) (result u32)))))
    (import "b" (instance $b
      (export "R" (type $R (sub resource)))
      (export "make" (func (param "rep" u32) (result (own $R))))
      (export "peek" (func (param "r" (borrow $R)) (result u32)))
      (export "take" (func (param "r" (own $R)) (result u32)))))
    (alias export $a "R" (type $RA))
    (alias export $b "R" (type $RB))
    (core func $make-a (canon lower (func $a "make")))
    (core func $peek-b (canon lower (func $b "peek")))
    (core func $take-b (canon lower (func $b "take")))
    (core func $make-b (canon lower (func $b "make")))
    (core func $drop-a (canon resource.drop $RA))
    (core func $drop-b (canon resource.drop $RB))
    (core module $UM
      (import "" "make-a" (func $make-a (param i32) (result i32)))
      (import "" "make-b" (func $make-b (param i32) (result i32)))
      (import "" "peek-b" (func $peek-b (param i32) (result i32)))
      (import "" "take-b" (func $take-b (param i32) (result i32)))
      (import "" "drop-a" (func $drop-a (param i32)))
      (import "" "drop-b" (func $drop-b (param i32)))
      ;; one table for both: indices 1 and 2
      (func (export "right") (result i32)
        (local $a i32) (local $b i32)
        (local.set $a (call $make-a (i32.const 3)))
        (local.set $b (call $make-b (i32.const 4)))
        (call $drop-a (local.get $a))
        (call $drop-b (local.get $b))
        (i32.or (i32.shl (local.get $a) (i32.const 4)) (local.get $b)))
      (func (export "lend-a-to-b") (drop (call $peek-b (call $make-a (i32.const 1)))))
      (func (export "give-a-to-b") (drop (call $take-b (call $make-a (i32.const 1)))))
      (func (export "drop-a-as-b") (call $drop-b (call $make-a (i32.const 1)))))
    (core instance $um (instantiate $UM (with "" (instance
      (export "make-a" (func $make-a)) (export "make-b" (func $make-b)) (export "peek-b" (func $peek-b))
      (export "take-b" (func $take-b)) (export "drop-a" (func $drop-a)) (export "drop-b" (func $drop-b))))))
    (func (export "right") (result u32) (canon lift (core func $um "right")))
    (func (export "lend-a-to-b") (canon lift (core func $um "lend-a-to-b")))
    (func (export "give-a-to-b") (canon lift (core func $um "give-a-to-b")))
    (func (export "drop-a-as-b") (canon lift (core func $um "drop-a-as-b"))))
  (instance $a (instantiate $Definer))
  (instance $b (instantiate $Definer))
  (instance $u (instantiate $User (with "a" (instance $a)) (with "b" (instance $b))))
  (export "right" (func $u "right"))
  (export "lend-a-to-b" (func $u "lend-a-to-b"))
  (export "give-a-to-b" (func $u "give-a-to-b"))
  (export "drop-a-as-b" (func $u "drop-a-as-b"))
  (export "log-a" (func $a "log"))
  (export "log-b" (func $b "log"))
)
(component instance $i $Given)
(assert_return (invoke "right") (u32.const 0x12))
(assert_return (invoke "log-a") (u32.const 3))
(assert_return (invoke "log-b") (u32.const 4))
(assert_trap (invoke "lend-a-to-b") "used with the wrong type")
(component instance $i $Given)
(assert_trap (invoke "give-a-to-b") "used with the wrong type")
(component instance $i $Given)
(assert_trap (invoke "drop-a-as-b") "used with the wrong type")
