;; As for streams, without a count.
;;
;; CanonicalABI.md, `canon {stream,future}.new`, `canon future.{read,write}`, `canon
;; {stream,future}.cancel-{read,write}`, `canon {stream,future}.drop-{readable,writable}`.
;; wasmtime 48: refuses the 64-bit ones, as its wasmparser is older.
;; future.new $t: [] -> [i64]
(component (component
  (type $t (future u32))
  (core func $f (canon future.new $t))
  (core module $m (import "" "f" (func (result i64))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (type $t (future u32))
    (core func $f (canon future.new $t))
    (core module $m (import "" "f" (func (result i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; future.read $t async: [i32 i32] -> [i32]
(component (component
  (type $t (future u32))
  (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $libc (instantiate $libc))
  (core func $f (canon future.read $t async (memory (core memory $libc "mem"))))
  (core module $m (import "" "f" (func (param i32 i32) (result i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (type $t (future u32))
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core func $f (canon future.read $t async (memory (core memory $libc "mem"))))
    (core module $m (import "" "f" (func (param i32 i32 i32) (result i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; future.write $t async: [i32 i32] -> [i32]
(component (component
  (type $t (future u32))
  (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $libc (instantiate $libc))
  (core func $f (canon future.write $t async (memory (core memory $libc "mem"))))
  (core module $m (import "" "f" (func (param i32 i32) (result i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (type $t (future u32))
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core func $f (canon future.write $t async (memory (core memory $libc "mem"))))
    (core module $m (import "" "f" (func (param i32) (result i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; future.read $t async: [i32 i64] -> [i32]
(component (component
  (type $t (future u32))
  (core module $libc (memory (export "mem") i64 1) (func (export "realloc") (param i64 i64 i64 i64) (result i64) unreachable))
  (core instance $libc (instantiate $libc))
  (core func $f (canon future.read $t async (memory (core memory $libc "mem"))))
  (core module $m (import "" "f" (func (param i32 i64) (result i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (type $t (future u32))
    (core module $libc (memory (export "mem") i64 1) (func (export "realloc") (param i64 i64 i64 i64) (result i64) unreachable))
    (core instance $libc (instantiate $libc))
    (core func $f (canon future.read $t async (memory (core memory $libc "mem"))))
    (core module $m (import "" "f" (func (param i32 i32) (result i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; future.cancel-read $t: [i32] -> [i32]
(component (component
  (type $t (future u32))
  (core func $f (canon future.cancel-read $t))
  (core module $m (import "" "f" (func (param i32) (result i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (type $t (future u32))
    (core func $f (canon future.cancel-read $t))
    (core module $m (import "" "f" (func (param i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; future.cancel-write $t: [i32] -> [i32]
(component (component
  (type $t (future u32))
  (core func $f (canon future.cancel-write $t))
  (core module $m (import "" "f" (func (param i32) (result i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (type $t (future u32))
    (core func $f (canon future.cancel-write $t))
    (core module $m (import "" "f" (func (param i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; future.drop-readable $t: [i32] -> []
(component (component
  (type $t (future u32))
  (core func $f (canon future.drop-readable $t))
  (core module $m (import "" "f" (func (param i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (type $t (future u32))
    (core func $f (canon future.drop-readable $t))
    (core module $m (import "" "f" (func (param i32) (result i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; future.drop-writable $t: [i32] -> []
(component (component
  (type $t (future u32))
  (core func $f (canon future.drop-writable $t))
  (core module $m (import "" "f" (func (param i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (type $t (future u32))
    (core func $f (canon future.drop-writable $t))
    (core module $m (import "" "f" (func (param i32) (result i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
