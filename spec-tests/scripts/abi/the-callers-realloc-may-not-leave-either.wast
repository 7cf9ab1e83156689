;; The realloc that makes room for results is the caller's, and it may leave its instance as little as the
;; callee's.
;;
;; CanonicalABI.md, Lifting and Lowering Context: `reallocate`.
(component
  (component $C
    (core module $CM
      (memory (export "mem") 1)
      (func (export "f") (result i32) (i32.const 0))
      (func (export "nothing")))
    (core instance $cm (instantiate $CM))
    (func (export "f") (result string) (canon lift (core func $cm "f") (memory (core memory $cm "mem"))))
    (func (export "nothing") (canon lift (core func $cm "nothing"))))
  (component $D
    (import "c" (instance $c (export "f" (func (result string))) (export "nothing" (func))))
    (core func $nothing (canon lower (func $c "nothing")))
    (core module $Memory
      (import "" "nothing" (func $nothing))
      (memory (export "mem") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (call $nothing) (i32.const 1024)))
    (core instance $memory (instantiate $Memory (with "" (instance (export "nothing" (func $nothing))))))
    (core func $f (canon lower (func $c "f") (memory (core memory $memory "mem")) (realloc (core func $memory "realloc"))))
    (core module $DM
      (import "" "f" (func $f (param i32)))
      (import "" "nothing" (func $nothing))
      (func (export "nothing") (call $nothing))
      (func (export "run") (call $f (i32.const 16))))
    (core instance $dm (instantiate $DM (with "" (instance (export "f" (func $f)) (export "nothing" (func $nothing))))))
    (func (export "nothing") (canon lift (core func $dm "nothing")))
    (func (export "run") (canon lift (core func $dm "run"))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "c" (instance $c))))
  (export "run" (func $d "run"))
  (export "nothing" (func $d "nothing"))
)
(assert_return (invoke "nothing"))
(assert_trap (invoke "run") "cannot leave component instance")
