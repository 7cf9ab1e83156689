;; task.return has its result flattened as parameters are, up to 16; the others are told in the explainer.
;;
;; CanonicalABI.md, `canon task.return`, `canon task.cancel`, `canon subtask.cancel`, `canon subtask.drop`,
;; `canon backpressure.{inc,dec}`, `canon context.get`, `canon context.set`.
;; task.return: [] -> []
(component (component
  (core func $f (canon task.return))
  (core module $m (import "" "f" (func)))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (core func $f (canon task.return))
    (core module $m (import "" "f" (func (param i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; task.return: [i32] -> []
(component (component
  (core func $f (canon task.return (result u32)))
  (core module $m (import "" "f" (func (param i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (core func $f (canon task.return (result u32)))
    (core module $m (import "" "f" (func)))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; task.return: [i64 f32] -> []
(component (component
  (core func $f (canon task.return (result (tuple u64 f32))))
  (core module $m (import "" "f" (func (param i64 f32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (core func $f (canon task.return (result (tuple u64 f32))))
    (core module $m (import "" "f" (func (param i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; task.return: [i32 i32] -> []
(component (component
  (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $libc (instantiate $libc))
  (core func $f (canon task.return (result string) (memory (core memory $libc "mem"))))
  (core module $m (import "" "f" (func (param i32 i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core func $f (canon task.return (result string) (memory (core memory $libc "mem"))))
    (core module $m (import "" "f" (func (param i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; task.return: [i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32] -> []
(component (component
  (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $libc (instantiate $libc))
  (core func $f (canon task.return (result (tuple u32 u32 u32 u32 u32 u32 u32 u32 u32 u32 u32 u32 u32 u32 u32 u32)) (memory (core memory $libc "mem"))))
  (core module $m (import "" "f" (func (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core func $f (canon task.return (result (tuple u32 u32 u32 u32 u32 u32 u32 u32 u32 u32 u32 u32 u32 u32 u32 u32)) (memory (core memory $libc "mem"))))
    (core module $m (import "" "f" (func (param i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; task.return: [i32] -> []
(component (component
  (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $libc (instantiate $libc))
  (core func $f (canon task.return (result (tuple u32 u32 u32 u32 u32 u32 u32 u32 u32 u32 u32 u32 u32 u32 u32 u32 u32)) (memory (core memory $libc "mem"))))
  (core module $m (import "" "f" (func (param i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core func $f (canon task.return (result (tuple u32 u32 u32 u32 u32 u32 u32 u32 u32 u32 u32 u32 u32 u32 u32 u32 u32)) (memory (core memory $libc "mem"))))
    (core module $m (import "" "f" (func (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; task.cancel: [] -> []
(component (component
  (core func $f (canon task.cancel))
  (core module $m (import "" "f" (func)))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (core func $f (canon task.cancel))
    (core module $m (import "" "f" (func (param i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; subtask.cancel: [i32] -> [i32]
(component (component
  (core func $f (canon subtask.cancel))
  (core module $m (import "" "f" (func (param i32) (result i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (core func $f (canon subtask.cancel))
    (core module $m (import "" "f" (func (param i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; subtask.cancel async: [i32] -> [i32]
(component (component
  (core func $f (canon subtask.cancel async))
  (core module $m (import "" "f" (func (param i32) (result i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (core func $f (canon subtask.cancel async))
    (core module $m (import "" "f" (func (param i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; subtask.drop: [i32] -> []
(component (component
  (core func $f (canon subtask.drop))
  (core module $m (import "" "f" (func (param i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (core func $f (canon subtask.drop))
    (core module $m (import "" "f" (func (param i32) (result i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; backpressure.inc: [] -> []
(component (component
  (core func $f (canon backpressure.inc))
  (core module $m (import "" "f" (func)))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (core func $f (canon backpressure.inc))
    (core module $m (import "" "f" (func (param i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; backpressure.dec: [] -> []
(component (component
  (core func $f (canon backpressure.dec))
  (core module $m (import "" "f" (func)))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (core func $f (canon backpressure.dec))
    (core module $m (import "" "f" (func (result i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; context.get i32 0: [] -> [i32]
(component (component
  (core func $f (canon context.get i32 0))
  (core module $m (import "" "f" (func (result i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (core func $f (canon context.get i32 0))
    (core module $m (import "" "f" (func (result i64))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; context.set i32 0: [i32] -> []
(component (component
  (core func $f (canon context.set i32 0))
  (core module $m (import "" "f" (func (param i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (core func $f (canon context.set i32 0))
    (core module $m (import "" "f" (func (param i64))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
