;;! features: cm-values
;; Every value is given to somebody: once, and not more than once.
;;
;; Explainer.md, Value Definitions 🪙.
;; wasmtime 48: has no values.
;; not at all
(assert_invalid
  (component
    (import "v" (value $v string)))
  "value index 0 was not used as part of an instantiation, start function, or export")
;; twice
(assert_invalid
  (component (component
    (import "v" (value $v string))
    (export "a" (value $v))
    (export "b" (value $v))))
  "value 0 cannot be used more than once")
(component (component
  (import "v" (value $v string))
  (export "a" (value $v))))
;; twice in one start
(assert_invalid
  (component (component
    (import "f" (func $f (param "a" string) (param "b" string)))
    (import "v" (value $v string))
    (start $f (value $v) (value $v))))
  "value 0 cannot be used more than once")
;; of another type
(assert_invalid
  (component (component
    (import "f" (func $f (param "a" u32)))
    (import "v" (value $v string))
    (start $f (value $v))))
  "value type mismatch for component start function argument 0")
