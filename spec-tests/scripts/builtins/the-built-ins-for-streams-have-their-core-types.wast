;; A stream's ends are handles; stream.new gives both in one i64. Reading and writing take an end, an address
;; and a count, and a stream without elements has no use for a memory.
;;
;; CanonicalABI.md, `canon {stream,future}.new`, `canon stream.{read,write}`, `canon
;; {stream,future}.cancel-{read,write}`, `canon {stream,future}.drop-{readable,writable}`.
;; wasmtime 48: refuses the 64-bit ones, as its wasmparser is older.
;; stream.new $t: [] -> [i64]
(component (component
  (type $t (stream u32))
  (core func $f (canon stream.new $t))
  (core module $m (import "" "f" (func (result i64))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (type $t (stream u32))
    (core func $f (canon stream.new $t))
    (core module $m (import "" "f" (func (result i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; stream.read $t async: [i32 i32 i32] -> [i32]
(component (component
  (type $t (stream u32))
  (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $libc (instantiate $libc))
  (core func $f (canon stream.read $t async (memory (core memory $libc "mem"))))
  (core module $m (import "" "f" (func (param i32 i32 i32) (result i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (type $t (stream u32))
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core func $f (canon stream.read $t async (memory (core memory $libc "mem"))))
    (core module $m (import "" "f" (func (param i32 i32) (result i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; stream.write $t async: [i32 i32 i32] -> [i32]
(component (component
  (type $t (stream u32))
  (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $libc (instantiate $libc))
  (core func $f (canon stream.write $t async (memory (core memory $libc "mem"))))
  (core module $m (import "" "f" (func (param i32 i32 i32) (result i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (type $t (stream u32))
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core func $f (canon stream.write $t async (memory (core memory $libc "mem"))))
    (core module $m (import "" "f" (func (param i32 i32 i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; stream.read $t async: [i32 i32 i32] -> [i32]
(component (component
  (type $t (stream))
  (core func $f (canon stream.read $t async))
  (core module $m (import "" "f" (func (param i32 i32 i32) (result i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (type $t (stream))
    (core func $f (canon stream.read $t async))
    (core module $m (import "" "f" (func (param i32) (result i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; stream.write $t async: [i32 i32 i32] -> [i32]
(component (component
  (type $t (stream))
  (core func $f (canon stream.write $t async))
  (core module $m (import "" "f" (func (param i32 i32 i32) (result i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (type $t (stream))
    (core func $f (canon stream.write $t async))
    (core module $m (import "" "f" (func (param i32) (result i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; stream.read $t async: [i32 i64 i64] -> [i64]
(component (component
  (type $t (stream u32))
  (core module $libc (memory (export "mem") i64 1) (func (export "realloc") (param i64 i64 i64 i64) (result i64) unreachable))
  (core instance $libc (instantiate $libc))
  (core func $f (canon stream.read $t async (memory (core memory $libc "mem"))))
  (core module $m (import "" "f" (func (param i32 i64 i64) (result i64))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (type $t (stream u32))
    (core module $libc (memory (export "mem") i64 1) (func (export "realloc") (param i64 i64 i64 i64) (result i64) unreachable))
    (core instance $libc (instantiate $libc))
    (core func $f (canon stream.read $t async (memory (core memory $libc "mem"))))
    (core module $m (import "" "f" (func (param i32 i32 i32) (result i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; stream.cancel-read $t: [i32] -> [i32]
(component (component
  (type $t (stream u32))
  (core func $f (canon stream.cancel-read $t))
  (core module $m (import "" "f" (func (param i32) (result i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (type $t (stream u32))
    (core func $f (canon stream.cancel-read $t))
    (core module $m (import "" "f" (func (param i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; stream.cancel-write $t: [i32] -> [i32]
(component (component
  (type $t (stream u32))
  (core func $f (canon stream.cancel-write $t))
  (core module $m (import "" "f" (func (param i32) (result i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (type $t (stream u32))
    (core func $f (canon stream.cancel-write $t))
    (core module $m (import "" "f" (func (param i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; stream.drop-readable $t: [i32] -> []
(component (component
  (type $t (stream u32))
  (core func $f (canon stream.drop-readable $t))
  (core module $m (import "" "f" (func (param i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (type $t (stream u32))
    (core func $f (canon stream.drop-readable $t))
    (core module $m (import "" "f" (func (param i32) (result i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; stream.drop-writable $t: [i32] -> []
(component (component
  (type $t (stream u32))
  (core func $f (canon stream.drop-writable $t))
  (core module $m (import "" "f" (func (param i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (type $t (stream u32))
    (core func $f (canon stream.drop-writable $t))
    (core module $m (import "" "f" (func (param i32) (result i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
