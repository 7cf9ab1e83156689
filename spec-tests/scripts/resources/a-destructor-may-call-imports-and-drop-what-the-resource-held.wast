;; A destructor is an ordinary call into the instance that defines the resource: it may leave it, so that a
;; resource can own another, of another component, and drop it.
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
  ;; its resource holds one of the definer's: the representation is the handle
  (component $Outer
    (import "c" (instance $c
      (export "R" (type $R (sub resource)))
      (export "make" (func (param "rep" u32) (result (own $R))))))
    (alias export $c "R" (type $R))
    (core func $make-inner (canon lower (func $c "make")))
    (core func $drop-inner (canon resource.drop $R))
    (core module $D
      (import "" "drop" (func $drop (param i32)))
      (func (export "dtor") (param i32) (call $drop (local.get 0))))
    (core instance $d (instantiate $D (with "" (instance (export "drop" (func $drop-inner))))))
    (type $O' (resource (rep i32) (dtor (core func $d "dtor"))))
    (export $O "O" (type $O'))
    (core func $new (canon resource.new $O'))
    (core func $drop-own (canon resource.drop $O'))
    (core module $M
      (import "" "make" (func $make (param i32) (result i32)))
      (import "" "new" (func $new (param i32) (result i32)))
      (import "" "drop" (func $drop (param i32)))
      (func $wrap (export "make") (param i32) (result i32) (call $new (call $make (local.get 0))))
      ;; an instance may drop its own
      (func (export "make-and-drop") (param i32) (call $drop (call $wrap (local.get 0)))))
    (core instance $m (instantiate $M (with "" (instance
      (export "make" (func $make-inner)) (export "new" (func $new)) (export "drop" (func $drop-own))))))
    (func (export "make") (param "rep" u32) (result (own $O)) (canon lift (core func $m "make")))
    (func (export "make-and-drop") (param "rep" u32) (canon lift (core func $m "make-and-drop"))))
  (component $User
    (import "o" (instance $o
      (export "O" (type $O (sub resource)))
      (export "make" (func (param "rep" u32) (result (own $O))))))
    (alias export $o "O" (type $O))
    (core func $make (canon lower (func $o "make")))
    (core func $drop (canon resource.drop $O))
    (core module $UM
      (import "" "make" (func $make (param i32) (result i32)))
      (import "" "drop" (func $drop (param i32)))
      (func (export "run")
        (local $a i32) (local $b i32)
        (local.set $a (call $make (i32.const 1)))
        (local.set $b (call $make (i32.const 2)))
        (call $drop (local.get $b))
        (call $drop (local.get $a))))
    (core instance $um (instantiate $UM (with "" (instance (export "make" (func $make)) (export "drop" (func $drop))))))
    (func (export "run") (canon lift (core func $um "run"))))
  (instance $c (instantiate $Definer))
  (instance $o (instantiate $Outer (with "c" (instance $c))))
  (instance $u (instantiate $User (with "o" (instance $o))))
  (export "run" (func $u "run"))
  (export "make-and-drop" (func $o "make-and-drop"))
  (export "log" (func $c "log"))
)
(component instance $i $Given)
(assert_return (invoke "run"))
(assert_return (invoke "log") (u32.const 21))
(assert_return (invoke "make-and-drop" (u32.const 5)))
(assert_return (invoke "log") (u32.const 215))
