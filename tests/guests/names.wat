;; Names of interfaces: canonical versions, attributes, nested namespaces. WASI is known under all of them.
;;
;; RUN: --features cm-canon-names,cm-nested-names,cm-implements --unknown-imports=trap
;; RUN: --features cm-canon-names,cm-nested-names,cm-implements --unknown-imports=trap --invoke "time()"
;; STDOUT: true
;; RUN: --features cm-canon-names,cm-nested-names,cm-implements --unknown-imports=trap --invoke "nested()"
;; EXIT: 134
;; STDERR: called an import that was not linked
(component
  (import "clock" (implements "wasi:clocks/monotonic-clock@0.2") (version-suffix ".0") (instance $clock
    (export "resolution" (func (result u64)))))
  (import "wasi:clocks/monotonic-clock@0.2" (version-suffix ".3") (instance $again
    (export "resolution" (func (result u64)))))
  (import "one:two:three/four/five@1" (version-suffix ".0.0") (instance $nested
    (export "f" (func))))
  (core func $a (canon lower (func $clock "resolution")))
  (core func $b (canon lower (func $again "resolution")))
  (core func $f (canon lower (func $nested "f")))
  (core module $m
    (import "" "a" (func $a (result i64)))
    (import "" "b" (func $b (result i64)))
    (import "" "f" (func $f))
    (func (export "run") (result i32) (i32.const 0))
    (func (export "time") (result i32) (i64.eq (call $a) (call $b)))
    (func (export "nested") (call $f)))
  (core instance $i (instantiate $m (with "" (instance
    (export "a" (func $a)) (export "b" (func $b)) (export "f" (func $f))))))
  (func $run (result (result)) (canon lift (core func $i "run")))
  (instance $run (export "run" (func $run)))
  (export "wasi:cli/run@0.2" (version-suffix ".8") (instance $run))
  (func (export "time") (result bool) (canon lift (core func $i "time")))
  (func (export "nested") (canon lift (core func $i "nested"))))
