;; An export can be given a type that says less than there is: what it does not say is not there for others,
;; though it is there.
;;
;; Explainer.md, Import and Export Definitions: type ascription.
(component
  (component $C
    (core module $M
      (func (export "a") (result i32) (i32.const 1))
      (func (export "b") (result i32) (i32.const 2)))
    (core instance $m (instantiate $M))
    (func $a (result u32) (canon lift (core func $m "a")))
    (func $b (result u32) (canon lift (core func $m "b")))
    (instance $i (export "a" (func $a)) (export "b" (func $b)))
    (export "narrow" (instance $i) (instance (export "b" (func (result u32)))))
    (export "all" (instance $i)))
  (instance $c (instantiate $C))
  (alias export $c "narrow" (instance $n))
  (alias export $c "all" (instance $a))
  (export "b-of-narrow" (func $n "b"))
  (export "a-of-all" (func $a "a"))
)
(assert_return (invoke "b-of-narrow") (u32.const 2))
(assert_return (invoke "a-of-all") (u32.const 1))
(assert_invalid
  (component
    (import "f" (func $f))
    (instance $i (export "a" (func $f)))
    (export $n "narrow" (instance $i) (instance))
    (alias export $n "a" (func)))
  "instance 1 has no export named `a`")
;; it cannot say more than there is
(assert_invalid
  (component
    (instance $i)
    (export "wide" (instance $i) (instance (export "a" (func)))))
  "ascribed type of export is not compatible with item's type")
