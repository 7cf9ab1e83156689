;; Two imports, and two exports, may not have names that differ in nothing but case and hyphens; an import and
;; an export may have the same. A method and a function of the name of what it is a method of are too alike, a
;; constructor is not.
;;
;; Explainer.md, Name Uniqueness.
;; wasmtime 48: fails, it does not ignore hyphens.
(assert_invalid
  (component (component
    (import "a-b" (func))
    (import "A-B" (func))))
  "import name `A-B` conflicts with previous name `a-b`")
(assert_invalid
  (component (component
    (import "a-b" (func))
    (import "ab" (func))))
  "import name `ab` conflicts with previous name `a-b`")
(component (component
  (import "ab" (func $f))
  (export "ab" (func $f))))
(assert_invalid
  (component
    (import "a" (func $f))
    (export "x" (func $f))
    (export "X" (func $f)))
  "export name `X` conflicts with previous name `x`")
(assert_invalid
  (component (component
    (import "a" (type $a (sub resource)))
    (import "[method]a.a" (func (param "self" (borrow $a))))))
  "import name `[method]a.a` conflicts with previous name `a`")
(component (component
  (import "a" (type $a (sub resource)))
  (import "[constructor]a" (func (result (own $a))))))
(assert_invalid
  (component (component
    (import "a" (type $a (sub resource)))
    (import "[method]a.b" (func (param "self" (borrow $a))))
    (import "[static]a.b" (func))))
  "import name `[static]a.b` conflicts with previous name `[method]a.b`")
