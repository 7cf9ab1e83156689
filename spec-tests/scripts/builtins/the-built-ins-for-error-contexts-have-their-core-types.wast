;; error-context.new takes a string, error-context.debug-message a handle and where to put one; addresses are
;; as wide as the memory's.
;;
;; CanonicalABI.md, `canon error-context.new`, `canon error-context.debug-message`, `canon error-
;; context.drop`.
;; wasmtime 48: refuses the 64-bit ones, as its wasmparser is older.
;; error-context.new: [i32 i32] -> [i32]
(component (component
  (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $libc (instantiate $libc))
  (core func $f (canon error-context.new (memory (core memory $libc "mem"))))
  (core module $m (import "" "f" (func (param i32 i32) (result i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core func $f (canon error-context.new (memory (core memory $libc "mem"))))
    (core module $m (import "" "f" (func (param i32) (result i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
(assert_invalid
  (component (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core func $f (canon error-context.new (memory (core memory $libc "mem"))))
    (core module $m (import "" "f" (func (param i32 i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; error-context.debug-message: [i32 i32] -> []
(component (component
  (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $libc (instantiate $libc))
  (core func $f (canon error-context.debug-message (memory (core memory $libc "mem")) (realloc (core func $libc "realloc"))))
  (core module $m (import "" "f" (func (param i32 i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core func $f (canon error-context.debug-message (memory (core memory $libc "mem")) (realloc (core func $libc "realloc"))))
    (core module $m (import "" "f" (func (param i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
(assert_invalid
  (component (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core func $f (canon error-context.debug-message (memory (core memory $libc "mem")) (realloc (core func $libc "realloc"))))
    (core module $m (import "" "f" (func (param i32 i32) (result i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; error-context.drop: [i32] -> []
(component (component
  (core func $f (canon error-context.drop))
  (core module $m (import "" "f" (func (param i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (core func $f (canon error-context.drop))
    (core module $m (import "" "f" (func (param i32) (result i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; error-context.new: [i64 i64] -> [i32]
(component (component
  (core module $libc (memory (export "mem") i64 1) (func (export "realloc") (param i64 i64 i64 i64) (result i64) unreachable))
  (core instance $libc (instantiate $libc))
  (core func $f (canon error-context.new (memory (core memory $libc "mem"))))
  (core module $m (import "" "f" (func (param i64 i64) (result i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (core module $libc (memory (export "mem") i64 1) (func (export "realloc") (param i64 i64 i64 i64) (result i64) unreachable))
    (core instance $libc (instantiate $libc))
    (core func $f (canon error-context.new (memory (core memory $libc "mem"))))
    (core module $m (import "" "f" (func (param i32 i32) (result i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; error-context.debug-message: [i32 i64] -> []
(component (component
  (core module $libc (memory (export "mem") i64 1) (func (export "realloc") (param i64 i64 i64 i64) (result i64) unreachable))
  (core instance $libc (instantiate $libc))
  (core func $f (canon error-context.debug-message (memory (core memory $libc "mem")) (realloc (core func $libc "realloc"))))
  (core module $m (import "" "f" (func (param i32 i64))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (core module $libc (memory (export "mem") i64 1) (func (export "realloc") (param i64 i64 i64 i64) (result i64) unreachable))
    (core instance $libc (instantiate $libc))
    (core func $f (canon error-context.debug-message (memory (core memory $libc "mem")) (realloc (core func $libc "realloc"))))
    (core module $m (import "" "f" (func (param i32 i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
