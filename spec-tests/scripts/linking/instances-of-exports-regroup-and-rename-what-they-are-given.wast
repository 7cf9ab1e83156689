;; An instance made of exports holds what others export, under other names and in other groups; a component
;; that imports such an instance cannot tell.
;;
;; Explainer.md, Instance Definitions: `inlineexport`.
(component
  (component $Const
    (import "n" (func $n (result u32)))
    (core func $n' (canon lower (func $n)))
    (core module $M
      (import "" "n" (func $n (result i32)))
      (func (export "twice") (result i32) (i32.mul (call $n) (i32.const 2))))
    (core instance $m (instantiate $M (with "" (instance (export "n" (func $n'))))))
    (func (export "twice") (result u32) (canon lift (core func $m "twice"))))
  (component $Numbers
    (core module $M
      (func (export "three") (result i32) (i32.const 3))
      (func (export "five") (result i32) (i32.const 5)))
    (core instance $m (instantiate $M))
    (func (export "three") (result u32) (canon lift (core func $m "three")))
    (func (export "five") (result u32) (canon lift (core func $m "five"))))
  (instance $n (instantiate $Numbers))
  (instance $six (instantiate $Const (with "n" (func $n "three"))))
  (instance $ten (instantiate $Const (with "n" (func $n "five"))))
  ;; "six" and "ten" of one group, each the other's name first
  (instance $swapped
    (export "six" (func $ten "twice"))
    (export "ten" (func $six "twice"))
    (export "inner" (instance $six)))
  (component $Digits
    (import "g" (instance $g
      (export "six" (func (result u32)))
      (export "ten" (func (result u32)))
      (export "inner" (instance (export "twice" (func (result u32)))))))
    (core func $a (canon lower (func $g "six")))
    (core func $b (canon lower (func $g "ten")))
    (alias export $g "inner" (instance $inner))
    (core func $c (canon lower (func $inner "twice")))
    (core module $M
      (import "" "a" (func $a (result i32)))
      (import "" "b" (func $b (result i32)))
      (import "" "c" (func $c (result i32)))
      (func (export "digits") (result i32)
        (i32.add (i32.mul (call $a) (i32.const 10000))
          (i32.add (i32.mul (call $b) (i32.const 100)) (call $c)))))
    (core instance $m (instantiate $M (with "" (instance
      (export "a" (func $a)) (export "b" (func $b)) (export "c" (func $c))))))
    (func (export "digits") (result u32) (canon lift (core func $m "digits"))))
  (instance $d (instantiate $Digits (with "g" (instance $swapped))))
  (export "digits" (func $d "digits"))
)
(assert_return (invoke "digits") (u32.const 100606))
