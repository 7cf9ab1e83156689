;; A nested component may use modules, components and types of those around it, however many levels up, that
;; were defined before it; not a type that has a resource in it, for that is made anew by each instance.
;;
;; Explainer.md, Alias Definitions.
(component
  (core module $M (func (export "f") (result i32) (i32.const 6)))
  (type $pair (tuple u32 u32))
  (component $Mul
    (import "n" (func $n (result u32)))
    (core func $n' (canon lower (func $n)))
    (core module $MM
      (import "" "n" (func $n (result i32)))
      (func (export "f") (result i32) (i32.mul (call $n) (i32.const 7))))
    (core instance $m (instantiate $MM (with "" (instance (export "n" (func $n'))))))
    (func (export "f") (result u32) (canon lift (core func $m "f"))))
  (component $A
    (component $B
      (component $C
        ;; three and four levels up: a component, a type, a module
        (component $Six
          (core instance $m (instantiate $M))
          (func (export "six") (result u32) (canon lift (core func $m "f"))))
        (instance $six (instantiate $Six))
        (instance $mul (instantiate $Mul (with "n" (func $six "six"))))
        (core module $Two
          (memory (export "mem") 1)
          (data (i32.const 0) "\01\00\00\00\02\00\00\00")
          (func (export "two") (result i32) (i32.const 0)))
        (core instance $two (instantiate $Two))
        (func (export "pair") (result $pair) (canon lift (core func $two "two") (memory (core memory $two "mem"))))
        (export "f" (func $mul "f")))
      (instance $c (instantiate $C))
      (export "f" (func $c "f"))
      (export "pair" (func $c "pair")))
    (instance $b (instantiate $B))
    (export "f" (func $b "f"))
    (export "pair" (func $b "pair")))
  (instance $a (instantiate $A))
  (export "f" (func $a "f"))
  (export "pair" (func $a "pair"))
)
(assert_return (invoke "f") (u32.const 42))
(assert_return (invoke "pair") (tuple.const (u32.const 1) (u32.const 2)))
;; a resource
(assert_invalid
  (component
    (type $r (resource (rep i32)))
    (component (alias outer 1 0 (type $t))))
  "cannot alias outer type which transitively refers to resources not defined in the current component")
;; a list of them
(assert_invalid
  (component
    (type $r (resource (rep i32)))
    (type $l (list (own $r)))
    (component (alias outer 1 1 (type $t)) (export "t" (type $t))))
  "cannot alias outer type which transitively refers to resources not defined in the current component")
;; what comes later
(assert_invalid
  (component
    (component (alias outer 1 0 (type $t)))
    (type u8))
  "unknown type 0: type index out of bounds")
