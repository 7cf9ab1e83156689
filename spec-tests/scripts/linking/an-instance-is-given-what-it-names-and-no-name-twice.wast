;; Arguments are found by name; those that nobody asks for are no harm, one that is missing is, and so is a
;; name that comes twice. The sort must be right.
;;
;; Explainer.md, Instance Definitions.
(component
  (component $Id
    (import "f" (func $f (result u32)))
    (export "g" (func $f)))
  (component $Number
    (core module $M (func (export "n") (result i32) (i32.const 42)))
    (core instance $m (instantiate $M))
    (func (export "n") (result u32) (canon lift (core func $m "n"))))
  (instance $n (instantiate $Number))
  (instance $i (instantiate $Id (with "unasked" (instance $n)) (with "f" (func $n "n")) (with "Not A Name" (component $Id))))
  (export "g" (func $i "g"))
)
(assert_return (invoke "g") (u32.const 42))
;; missing
(assert_invalid
  (component
    (component $c (import "f" (func)))
    (instance (instantiate $c)))
  "missing import named `f`")
;; twice
(assert_invalid
  (component (component
    (import "f" (func $f))
    (component $c (import "f" (func)))
    (instance (instantiate $c (with "f" (func $f)) (with "f" (func $f))))))
  "instantiation argument `f` conflicts with previous argument `f`")
;; another sort
(assert_invalid
  (component
    (component $c (import "f" (func)))
    (instance (instantiate $c (with "f" (component $c)))))
  "type mismatch for import `f`")
;; core: not in the instance
(assert_invalid
  (component
    (core module $m)
    (core module $n (import "a" "f" (func)))
    (core instance $i (instantiate $m))
    (core instance (instantiate $n (with "a" (instance $i)))))
  "module instantiation argument `a` does not export an item named `f`")
;; core: twice
(assert_invalid
  (component
    (core module $m)
    (core instance $i (instantiate $m))
    (core instance (instantiate $m (with "a" (instance $i)) (with "a" (instance $i)))))
  "duplicate module instantiation argument named `a`")
