;;! features: cm-nested-names
;; Behind its gate a name has any number of namespaces and of nested packages.
;;
;; Explainer.md, Import and Export Definitions: `interfacename` 🪺.
;; wasmtime 48: has no such names.
(component
  (component $C
    (import "a:b:c/d/e" (instance $e (export "f" (func (result u32)))))
    (import "a:b-c:d-e:f-g/h-i/j-k@1.0.0" (instance $k (export "f" (func (result u32)))))
    (core func $e (canon lower (func $e "f")))
    (core func $k (canon lower (func $k "f")))
    (core module $M
      (import "" "e" (func $e (result i32)))
      (import "" "k" (func $k (result i32)))
      (func (export "run") (result i32) (i32.add (i32.mul (call $e) (i32.const 10)) (call $k))))
    (core instance $m (instantiate $M (with "" (instance (export "e" (func $e)) (export "k" (func $k))))))
    (func (export "run") (result u32) (canon lift (core func $m "run"))))
  (component $Numbers
    (core module $M
      (func (export "four") (result i32) (i32.const 4))
      (func (export "two") (result i32) (i32.const 2)))
    (core instance $m (instantiate $M))
    (func (export "four") (result u32) (canon lift (core func $m "four")))
    (func (export "two") (result u32) (canon lift (core func $m "two"))))
  (instance $n (instantiate $Numbers))
  (instance $four (export "f" (func $n "four")))
  (instance $two (export "f" (func $n "two")))
  (instance $c (instantiate $C (with "a:b-c:d-e:f-g/h-i/j-k@1.0.0" (instance $two)) (with "a:b:c/d/e" (instance $four))))
  (export "run" (func $c "run"))
)
(assert_return (invoke "run") (u32.const 42))
