;; Where a component is imported, one fits that imports less and exports more than is said, in any order; what
;; it exports beyond that is not there.
;;
;; Explainer.md, Type Checking: subtyping of component types.
(component
  (component $Numbers
    (core module $M
      (func (export "one") (result i32) (i32.const 1))
      (func (export "two") (result i32) (i32.const 2)))
    (core instance $m (instantiate $M))
    (func (export "one") (result u32) (canon lift (core func $m "one")))
    (func (export "two") (result u32) (canon lift (core func $m "two"))))
  (instance $n (instantiate $Numbers))
  ;; imports one of the two that it might, exports two where one is asked for
  (component $Given
    (import "two" (func $two (result u32)))
    (core func $two' (canon lower (func $two)))
    (core module $M
      (import "" "two" (func $two (result i32)))
      (func (export "f") (result i32) (i32.add (call $two) (i32.const 40)))
      (func (export "hidden") (result i32) (i32.const 99)))
    (core instance $m (instantiate $M (with "" (instance (export "two" (func $two'))))))
    (func (export "hidden") (result u32) (canon lift (core func $m "hidden")))
    (func (export "f") (result u32) (canon lift (core func $m "f"))))
  (component $Wrapper
    (import "one" (func $one (result u32)))
    (import "two" (func $two (result u32)))
    (import "c" (component $c
      (import "one" (func (result u32)))
      (import "two" (func (result u32)))
      (export "f" (func (result u32)))))
    (instance $i (instantiate $c (with "two" (func $two)) (with "one" (func $one))))
    (export "f" (func $i "f")))
  (instance $w (instantiate $Wrapper (with "c" (component $Given)) (with "one" (func $n "one")) (with "two" (func $n "two"))))
  (export "f" (func $w "f"))
)
(assert_return (invoke "f") (u32.const 42))
;; it may not import more
(assert_invalid
  (component
    (component $given (import "more" (func)))
    (component $wrapper (import "c" (component)))
    (instance (instantiate $wrapper (with "c" (component $given)))))
  "type mismatch for import `c`")
;; nor export less
(assert_invalid
  (component
    (component $given)
    (component $wrapper (import "c" (component (export "f" (func)))))
    (instance (instantiate $wrapper (with "c" (component $given)))))
  "type mismatch for import `c`")
;; and nobody sees what was not said
(assert_invalid
  (component
    (component $given (import "f" (func)) (export "g" (func 0)))
    (component $wrapper
      (import "c" (component $c (import "f" (func)) (export "g" (func))))
      (import "f" (func $f))
      (instance $i (instantiate $c (with "f" (func $f))))
      (export "h" (func $i "h")))
    (instance (instantiate $wrapper (with "c" (component $given)))))
  "instance 0 has no export named `h`")
