;; Lowered async, a function takes up to four flat parameters, more by a pointer, and where its result goes,
;; even if that is one value; it gives a status.
;;
;; CanonicalABI.md, Flattening: `MAX_FLAT_ASYNC_PARAMS`, `flatten_functype`.
;; nothing
(component (component
  (import "f" (func $f async ))
  (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $libc (instantiate $libc))
  (core func $g (canon lower (func $f) async (memory (core memory $libc "mem")) (realloc (core func $libc "realloc"))))
  (core module $m (import "" "g" (func (result i32))))
  (core instance (instantiate $m (with "" (instance (export "g" (func $g))))))))
(assert_invalid
  (component (component
    (import "f" (func $f async ))
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core func $g (canon lower (func $f) async (memory (core memory $libc "mem")) (realloc (core func $libc "realloc"))))
    (core module $m (import "" "g" (func )))
    (core instance (instantiate $m (with "" (instance (export "g" (func $g))))))))
  "type mismatch for export `g` of module instantiation argument ``")
;; four
(component (component
  (import "f" (func $f async (param "a" (tuple u32 u64 f32 f64))))
  (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $libc (instantiate $libc))
  (core func $g (canon lower (func $f) async (memory (core memory $libc "mem")) (realloc (core func $libc "realloc"))))
  (core module $m (import "" "g" (func (param i32 i64 f32 f64) (result i32))))
  (core instance (instantiate $m (with "" (instance (export "g" (func $g))))))))
(assert_invalid
  (component (component
    (import "f" (func $f async (param "a" (tuple u32 u64 f32 f64))))
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core func $g (canon lower (func $f) async (memory (core memory $libc "mem")) (realloc (core func $libc "realloc"))))
    (core module $m (import "" "g" (func (param i32) (result i32))))
    (core instance (instantiate $m (with "" (instance (export "g" (func $g))))))))
  "type mismatch for export `g` of module instantiation argument ``")
;; five
(component (component
  (import "f" (func $f async (param "a" (tuple u32 u64 f32 f64 u8))))
  (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $libc (instantiate $libc))
  (core func $g (canon lower (func $f) async (memory (core memory $libc "mem")) (realloc (core func $libc "realloc"))))
  (core module $m (import "" "g" (func (param i32) (result i32))))
  (core instance (instantiate $m (with "" (instance (export "g" (func $g))))))))
(assert_invalid
  (component (component
    (import "f" (func $f async (param "a" (tuple u32 u64 f32 f64 u8))))
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core func $g (canon lower (func $f) async (memory (core memory $libc "mem")) (realloc (core func $libc "realloc"))))
    (core module $m (import "" "g" (func (param i32 i64 f32 f64 i32) (result i32))))
    (core instance (instantiate $m (with "" (instance (export "g" (func $g))))))))
  "type mismatch for export `g` of module instantiation argument ``")
;; a result
(component (component
  (import "f" (func $f async (result u8)))
  (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $libc (instantiate $libc))
  (core func $g (canon lower (func $f) async (memory (core memory $libc "mem")) (realloc (core func $libc "realloc"))))
  (core module $m (import "" "g" (func (param i32) (result i32))))
  (core instance (instantiate $m (with "" (instance (export "g" (func $g))))))))
(assert_invalid
  (component (component
    (import "f" (func $f async (result u8)))
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core func $g (canon lower (func $f) async (memory (core memory $libc "mem")) (realloc (core func $libc "realloc"))))
    (core module $m (import "" "g" (func (result i32))))
    (core instance (instantiate $m (with "" (instance (export "g" (func $g))))))))
  "type mismatch for export `g` of module instantiation argument ``")
;; both
(component (component
  (import "f" (func $f async (param "s" (list string)) (param "t" string) (result string)))
  (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $libc (instantiate $libc))
  (core func $g (canon lower (func $f) async (memory (core memory $libc "mem")) (realloc (core func $libc "realloc"))))
  (core module $m (import "" "g" (func (param i32 i32 i32 i32 i32) (result i32))))
  (core instance (instantiate $m (with "" (instance (export "g" (func $g))))))))
(assert_invalid
  (component (component
    (import "f" (func $f async (param "s" (list string)) (param "t" string) (result string)))
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core func $g (canon lower (func $f) async (memory (core memory $libc "mem")) (realloc (core func $libc "realloc"))))
    (core module $m (import "" "g" (func (param i32 i32) (result i32))))
    (core instance (instantiate $m (with "" (instance (export "g" (func $g))))))))
  "type mismatch for export `g` of module instantiation argument ``")
;; five and a result
(component (component
  (import "f" (func $f async (param "a" (tuple u32 u32 u32 u32 u32)) (result u64)))
  (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $libc (instantiate $libc))
  (core func $g (canon lower (func $f) async (memory (core memory $libc "mem")) (realloc (core func $libc "realloc"))))
  (core module $m (import "" "g" (func (param i32 i32) (result i32))))
  (core instance (instantiate $m (with "" (instance (export "g" (func $g))))))))
(assert_invalid
  (component (component
    (import "f" (func $f async (param "a" (tuple u32 u32 u32 u32 u32)) (result u64)))
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core func $g (canon lower (func $f) async (memory (core memory $libc "mem")) (realloc (core func $libc "realloc"))))
    (core module $m (import "" "g" (func (param i32 i32) (result i64))))
    (core instance (instantiate $m (with "" (instance (export "g" (func $g))))))))
  "type mismatch for export `g` of module instantiation argument ``")
