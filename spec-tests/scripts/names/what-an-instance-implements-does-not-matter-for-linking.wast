;; A name may say which interface an instance implements, and what it is called elsewhere; two imports may
;; implement the same one. Linking goes by the name alone.
;;
;; Explainer.md, Import and Export Definitions: `implements`, `external-id` 🏷️.
(component
  (component $Store
    (import "primary" (implements "w:kv/store") (external-id "x") (instance $p (export "get" (func (result u32)))))
    (import "backup" (implements "w:kv/store") (instance $b (export "get" (func (result u32)))))
    (core func $p (canon lower (func $p "get")))
    (core func $b (canon lower (func $b "get")))
    (core module $M
      (import "" "p" (func $p (result i32)))
      (import "" "b" (func $b (result i32)))
      (func (export "both") (result i32) (i32.add (i32.mul (call $p) (i32.const 10)) (call $b))))
    (core instance $m (instantiate $M (with "" (instance (export "p" (func $p)) (export "b" (func $b))))))
    (func $both (result u32) (canon lift (core func $m "both")))
    (export "both" (external-id "y") (func $both)))
  (component $Numbers
    (core module $M
      (func (export "four") (result i32) (i32.const 4))
      (func (export "two") (result i32) (i32.const 2)))
    (core instance $m (instantiate $M))
    (func $four (result u32) (canon lift (core func $m "four")))
    (func $two (result u32) (canon lift (core func $m "two")))
    (instance $four (export "get" (func $four)))
    (instance $two (export "get" (func $two)))
    ;; one says that it implements something else, the other says nothing
    (export "four" (implements "other:thing/entirely@1.2.3") (instance $four))
    (export "two" (instance $two)))
  (instance $n (instantiate $Numbers))
  (instance $s (instantiate $Store (with "primary" (instance $n "four")) (with "backup" (instance $n "two"))))
  (export "both" (func $s "both"))
)
(assert_return (invoke "both") (u32.const 42))
;; only instances implement
(assert_invalid
  (component (import "a" (implements "a:b/c") (func)))
  "only instances can have an `implements`")
;; and only under names of their own
(assert_invalid
  (component (import "a:b/c" (implements "a:b/c") (instance)))
  "name `a:b/c` is not valid with `implements`")
(assert_invalid
  (component (import "a" (implements "no-interface") (instance)))
  "name `no-interface` must be an interface")
