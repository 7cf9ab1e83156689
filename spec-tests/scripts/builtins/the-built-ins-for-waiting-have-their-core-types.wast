;; Waiting and polling take a set and where the event goes.
;;
;; CanonicalABI.md, `canon waitable-set.new`, `canon waitable-set.wait`, `canon waitable-set.poll`, `canon
;; waitable-set.drop`, `canon waitable.join`.
;; waitable-set.new: [] -> [i32]
(component (component
  (core func $f (canon waitable-set.new))
  (core module $m (import "" "f" (func (result i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (core func $f (canon waitable-set.new))
    (core module $m (import "" "f" (func)))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; waitable-set.wait: [i32 i32] -> [i32]
(component (component
  (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $libc (instantiate $libc))
  (core func $f (canon waitable-set.wait (memory (core memory $libc "mem"))))
  (core module $m (import "" "f" (func (param i32 i32) (result i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core func $f (canon waitable-set.wait (memory (core memory $libc "mem"))))
    (core module $m (import "" "f" (func (param i32) (result i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; waitable-set.poll: [i32 i32] -> [i32]
(component (component
  (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $libc (instantiate $libc))
  (core func $f (canon waitable-set.poll (memory (core memory $libc "mem"))))
  (core module $m (import "" "f" (func (param i32 i32) (result i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core func $f (canon waitable-set.poll (memory (core memory $libc "mem"))))
    (core module $m (import "" "f" (func (param i32 i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; waitable-set.wait: [i32 i64] -> [i32]
(component (component
  (core module $libc (memory (export "mem") i64 1) (func (export "realloc") (param i64 i64 i64 i64) (result i64) unreachable))
  (core instance $libc (instantiate $libc))
  (core func $f (canon waitable-set.wait (memory (core memory $libc "mem"))))
  (core module $m (import "" "f" (func (param i32 i64) (result i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (core module $libc (memory (export "mem") i64 1) (func (export "realloc") (param i64 i64 i64 i64) (result i64) unreachable))
    (core instance $libc (instantiate $libc))
    (core func $f (canon waitable-set.wait (memory (core memory $libc "mem"))))
    (core module $m (import "" "f" (func (param i32 i32) (result i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; waitable-set.drop: [i32] -> []
(component (component
  (core func $f (canon waitable-set.drop))
  (core module $m (import "" "f" (func (param i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (core func $f (canon waitable-set.drop))
    (core module $m (import "" "f" (func)))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; waitable.join: [i32 i32] -> []
(component (component
  (core func $f (canon waitable.join))
  (core module $m (import "" "f" (func (param i32 i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (core func $f (canon waitable.join))
    (core module $m (import "" "f" (func (param i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
