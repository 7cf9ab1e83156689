;; Function types have no subtypes either: names of parameters count, and whether it is async.
;;
;; Explainer.md, Type Checking.
(component (component
  (import "f" (func $f (param "a" u8) (param "b" string) (result bool)))
  (component $c (import "f" (func (param "a" u8) (param "b" string) (result bool))))
  (instance (instantiate $c (with "f" (func $f))))))
;; another name
(assert_invalid
  (component (component
    (import "f" (func $f (param "b" u8)))
    (component $c (import "f" (func (param "a" u8))))
    (instance (instantiate $c (with "f" (func $f))))))
  "type mismatch for import `f`")
;; another order
(assert_invalid
  (component (component
    (import "f" (func $f (param "b" u8) (param "a" u8)))
    (component $c (import "f" (func (param "a" u8) (param "b" u8))))
    (instance (instantiate $c (with "f" (func $f))))))
  "type mismatch for import `f`")
;; one more
(assert_invalid
  (component (component
    (import "f" (func $f (param "a" u8) (param "b" u8)))
    (component $c (import "f" (func (param "a" u8))))
    (instance (instantiate $c (with "f" (func $f))))))
  "type mismatch for import `f`")
;; another type
(assert_invalid
  (component (component
    (import "f" (func $f (param "a" u16)))
    (component $c (import "f" (func (param "a" u8))))
    (instance (instantiate $c (with "f" (func $f))))))
  "type mismatch for import `f`")
;; a result
(assert_invalid
  (component (component
    (import "f" (func $f ))
    (component $c (import "f" (func (result u8))))
    (instance (instantiate $c (with "f" (func $f))))))
  "type mismatch for import `f`")
;; no result
(assert_invalid
  (component (component
    (import "f" (func $f (result u8)))
    (component $c (import "f" (func )))
    (instance (instantiate $c (with "f" (func $f))))))
  "type mismatch for import `f`")
;; async
(assert_invalid
  (component (component
    (import "f" (func $f ))
    (component $c (import "f" (func async)))
    (instance (instantiate $c (with "f" (func $f))))))
  "type mismatch for import `f`")
;; not async
(assert_invalid
  (component (component
    (import "f" (func $f async))
    (component $c (import "f" (func )))
    (instance (instantiate $c (with "f" (func $f))))))
  "type mismatch for import `f`")
;; names of parameters differ
(assert_invalid
  (component
    (type (func (param "a" u8) (param "A" u8))))
  "function parameter name `A` conflicts with previous parameter name `a`")
;; a result holds no borrow
(assert_invalid
  (component (component
    (import "r" (type $r (sub resource)))
    (import "f" (func (result (borrow $r))))))
  "function result cannot contain a `borrow` type")
