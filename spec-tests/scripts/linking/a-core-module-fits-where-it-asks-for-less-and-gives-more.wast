;; Core modules are matched as core linking matches them: one that imports less, exports more, or has a memory
;; that is larger than asked for fits.
;;
;; Explainer.md, Type Checking: core module types.
(component
  (core module $Given
    (memory (export "mem") 3 4)
    (data (i32.const 131072) "\2a")
    (func (export "get") (param i32) (result i32) (i32.load8_u (local.get 0)))
    (global (export "more") i32 (i32.const 1)))
  (component $C
    (import "m" (core module $M
      (import "not" "used" (func))
      (export "mem" (memory 1))
      (export "get" (func (param i32) (result i32)))))
    (core module $Nothing (func (export "used") unreachable))
    (core instance $nothing (instantiate $Nothing))
    (core instance $m (instantiate $M (with "not" (instance $nothing))))
    (core module $Reader
      (import "" "mem" (memory 1))
      (import "" "get" (func $get (param i32) (result i32)))
      (func (export "run") (result i32)
        (i32.add (i32.mul (memory.size) (i32.const 100)) (call $get (i32.const 131072)))))
    (core instance $r (instantiate $Reader (with "" (instance $m))))
    (func (export "run") (result u32) (canon lift (core func $r "run"))))
  (instance $c (instantiate $C (with "m" (core module $Given))))
  (export "run" (func $c "run"))
)
(assert_return (invoke "run") (u32.const 342))
;; too small
(assert_invalid
  (component
    (core module $m (memory (export "mem") 1))
    (component $c (import "m" (core module (export "mem" (memory 2)))))
    (instance (instantiate $c (with "m" (core module $m)))))
  "type mismatch for import `m`")
;; an import too many
(assert_invalid
  (component
    (core module $m (import "a" "b" (func)))
    (component $c (import "m" (core module)))
    (instance (instantiate $c (with "m" (core module $m)))))
  "type mismatch for import `m`")
