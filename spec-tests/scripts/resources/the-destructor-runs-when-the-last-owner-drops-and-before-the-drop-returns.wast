;; Dropping an own handle calls the destructor of the instance that defines the resource, with the
;; representation, there and then; in the order of the drops.
;;
;; CanonicalABI.md, `canon resource.drop`.
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
    (import "c" (instance $c
      (export "R" (type $R (sub resource)))
      (export "make" (func (param "rep" u32) (result (own $R))))
      (export "peek" (func (param "r" (borrow $R)) (result u32)))
      (export "take" (func (param "r" (own $R)) (result u32)))))
    (alias export $c "R" (type $R))
    (core func $make (canon lower (func $c "make")))
    (core func $peek (canon lower (func $c "peek")))
    (core func $take (canon lower (func $c "take")))
    (core func $drop (canon resource.drop $R))
    (import "log" (func $log (result u32)))
    (core func $log' (canon lower (func $log)))
    (core module $UM
      (import "" "make" (func $make (param i32) (result i32)))
      (import "" "peek" (func $peek (param i32) (result i32)))
      (import "" "take" (func $take (param i32) (result i32)))
      (import "" "drop" (func $drop (param i32)))
      (import "" "log" (func $log (result i32)))
      (func (export "run") (result i32)
        (local $a i32) (local $b i32) (local $c i32)
        (local.set $a (call $make (i32.const 1)))
        (local.set $b (call $make (i32.const 2)))
        (local.set $c (call $make (i32.const 3)))
        (call $drop (local.get $b))
        (if (i32.ne (call $log) (i32.const 2)) (then unreachable))
        (call $drop (local.get $c))
        (if (i32.ne (call $log) (i32.const 23)) (then unreachable))
        (call $drop (local.get $a))
        (call $log)))
    (core instance $um (instantiate $UM (with "" (instance
      (export "make" (func $make)) (export "peek" (func $peek)) (export "take" (func $take)) (export "drop" (func $drop)) (export "log" (func $log'))))))
    (func (export "run") (result u32) (canon lift (core func $um "run"))))
  (instance $c (instantiate $Definer))
  (instance $u (instantiate $User (with "c" (instance $c)) (with "log" (func $c "log"))))
  (export "run" (func $u "run"))
  (export "log" (func $c "log"))
)
(component instance $i $Given)
(assert_return (invoke "run") (u32.const 231))
(assert_return (invoke "log") (u32.const 231))
