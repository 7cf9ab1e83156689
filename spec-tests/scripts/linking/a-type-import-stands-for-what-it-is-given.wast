;; A component can import a type by name, equal to one that it says or any resource; functions that it imports
;; after it are checked with what is given in its place, and all that is equal to it changes with it.
;;
;; Explainer.md, Type Checking: substitution.
(component
  (component $Definer
    (type $R' (resource (rep i32)))
    (export $R "R" (type $R'))
    (core func $new (canon resource.new $R'))
    (core module $M
      (import "" "new" (func $new (param i32) (result i32)))
      (memory (export "mem") 1)
      (func (export "make") (param i32) (result i32)
        (i32.store (i32.const 0) (call $new (local.get 0)))
        (i32.store (i32.const 4) (local.get 0))
        (i32.const 0))
      (func (export "peek") (param i32) (result i32) (local.get 0)))
    (core instance $m (instantiate $M (with "" (instance (export "new" (func $new))))))
    (type $P' (record (field "r" (own $R)) (field "n" u32)))
    (export $P "P" (type $P'))
    (func (export "make") (param "rep" u32) (result $P) (canon lift (core func $m "make") (memory (core memory $m "mem"))))
    (func (export "peek") (param "r" (borrow $R)) (result u32) (canon lift (core func $m "peek"))))
  (component $User
    (import "T" (type $T (sub resource)))
    (import "U" (type $U (eq $T)))
    (type $Q' (record (field "r" (own $T)) (field "n" u32)))
    (import "Q" (type $Q (eq $Q')))
    (import "make" (func $make (param "rep" u32) (result $Q)))
    (import "peek" (func $peek (param "r" (borrow $U)) (result u32)))
    (core module $Memory (memory (export "mem") 1))
    (core instance $memory (instantiate $Memory))
    (core func $make' (canon lower (func $make) (memory (core memory $memory "mem"))))
    (core func $peek' (canon lower (func $peek)))
    (core func $drop (canon resource.drop $U))
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "make" (func $make (param i32 i32)))
      (import "" "peek" (func $peek (param i32) (result i32)))
      (import "" "drop" (func $drop (param i32)))
      (func (export "run") (param i32) (result i32)
        (local $p i32)
        (call $make (local.get 0) (i32.const 16))
        (local.set $p (call $peek (i32.load (i32.const 16))))
        (call $drop (i32.load (i32.const 16)))
        (i32.add (i32.mul (local.get $p) (i32.const 100)) (i32.load (i32.const 20)))))
    (core instance $m (instantiate $M (with "" (instance
      (export "mem" (memory $memory "mem")) (export "make" (func $make')) (export "peek" (func $peek')) (export "drop" (func $drop))))))
    (func (export "run") (param "rep" u32) (result u32) (canon lift (core func $m "run"))))
  (instance $a (instantiate $Definer))
  (instance $b (instantiate $Definer))
  (instance $ua (instantiate $User
    (with "T" (type $a "R")) (with "U" (type $a "R")) (with "Q" (type $a "P"))
    (with "make" (func $a "make")) (with "peek" (func $a "peek"))))
  (instance $ub (instantiate $User
    (with "T" (type $b "R")) (with "U" (type $b "R")) (with "Q" (type $b "P"))
    (with "make" (func $b "make")) (with "peek" (func $b "peek"))))
  (export "a" (func $ua "run"))
  (export "b" (func $ub "run"))
)
(assert_return (invoke "a" (u32.const 7)) (u32.const 707))
(assert_return (invoke "b" (u32.const 9)) (u32.const 909))
;; another instance's is not equal
(assert_invalid
  (component
    (component $d (type $r (resource (rep i32))) (export $s "R" (type $r)))
    (instance $a (instantiate $d))
    (instance $b (instantiate $d))
    (component $u (import "T" (type $t (sub resource))) (import "U" (type (eq $t))))
    (instance (instantiate $u (with "T" (type $a "R")) (with "U" (type $b "R")))))
  "type mismatch for import `U`")
