;; An instance that is exported again and again, aliased and regrouped, defines the type that it did: a handle
;; made through one path is taken through another.
;;
;; Explainer.md, Type Checking: type exports with `eq` bounds, aliases.
(component
  (component $Definer
    (type $R' (resource (rep i32)))
    (export $R "R" (type $R'))
    (core func $new (canon resource.new $R'))
    (core func $rep (canon resource.rep $R'))
    (core module $M
      (import "" "new" (func $new (param i32) (result i32)))
      (import "" "rep" (func $rep (param i32) (result i32)))
      (func (export "make") (param i32) (result i32) (call $new (local.get 0)))
      (func (export "take") (param i32) (result i32) (call $rep (local.get 0))))
    (core instance $m (instantiate $M (with "" (instance (export "new" (func $new)) (export "rep" (func $rep))))))
    (func (export "make") (param "rep" u32) (result (own $R)) (canon lift (core func $m "make")))
    (func (export "take") (param "r" (own $R)) (result u32) (canon lift (core func $m "take"))))
  ;; exports what it imports, as an instance and in pieces
  (component $Through
    (import "in" (instance $in
      (export "R" (type $R (sub resource)))
      (export "make" (func (param "rep" u32) (result (own $R))))
      (export "take" (func (param "r" (own $R)) (result u32)))))
    (export "out" (instance $in))
    (alias export $in "R" (type $R))
    (export $T "T" (type $R))
    (export "take" (func $in "take") (func (param "r" (own $T)) (result u32))))
  (component $Nest
    (import "in" (instance $in
      (export "R" (type $R (sub resource)))
      (export "make" (func (param "rep" u32) (result (own $R))))
      (export "take" (func (param "r" (own $R)) (result u32)))))
    (component $Inner
      (import "in" (instance $in
        (export "R" (type $R (sub resource)))
        (export "make" (func (param "rep" u32) (result (own $R))))
        (export "take" (func (param "r" (own $R)) (result u32)))))
      (export "out" (instance $in)))
    (instance $inner (instantiate $Inner (with "in" (instance $in))))
    (export "out" (instance $inner "out")))
  (instance $d (instantiate $Definer))
  (instance $t (instantiate $Through (with "in" (instance $d))))
  (instance $n (instantiate $Nest (with "in" (instance $t "out"))))
  (component $User
    (import "R" (type $R (sub resource)))
    (import "make" (func $make (param "rep" u32) (result (own $R))))
    (import "take" (func $take (param "r" (own $R)) (result u32)))
    (import "T" (type $T (eq $R)))
    (import "take-t" (func $take-t (param "r" (own $T)) (result u32)))
    (core func $make' (canon lower (func $make)))
    (core func $take' (canon lower (func $take)))
    (core func $take-t' (canon lower (func $take-t)))
    (core module $M
      (import "" "make" (func $make (param i32) (result i32)))
      (import "" "take" (func $take (param i32) (result i32)))
      (import "" "take-t" (func $take-t (param i32) (result i32)))
      (func (export "run") (result i32)
        (i32.add
          (i32.mul (i32.const 10) (call $take (call $make (i32.const 6))))
          (call $take-t (call $make (i32.const 7))))))
    (core instance $m (instantiate $M (with "" (instance
      (export "make" (func $make')) (export "take" (func $take')) (export "take-t" (func $take-t'))))))
    (func (export "run") (result u32) (canon lift (core func $m "run"))))
  ;; made at the end of the longest path, taken at the two others
  (alias export $n "out" (instance $end))
  (instance $u (instantiate $User
    (with "R" (type $d "R"))
    (with "make" (func $end "make"))
    (with "take" (func $d "take"))
    (with "T" (type $t "T"))
    (with "take-t" (func $t "take"))))
  (export "run" (func $u "run"))
)
(assert_return (invoke "run") (u32.const 67))
