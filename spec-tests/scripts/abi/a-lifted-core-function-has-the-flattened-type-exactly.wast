;; A core function that is lifted has exactly the type that its function type flattens to.
;;
;; CanonicalABI.md, `canon lift`; Flattening: `flatten_functype`.
;; flattened
(component (component
  (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $libc (instantiate $libc))
  (core module $m (func (export "f") (param i32 i64 f32 f64) unreachable))
  (core instance $m (instantiate $m))
  (func (param "a" char) (param "b" s64) (param "c" f32) (param "d" f64) (canon lift (core func $m "f") ))))
(assert_invalid
  (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core module $m (func (export "f") (param i64 i64 f32 f64) unreachable))
    (core instance $m (instantiate $m))
    (func (param "a" char) (param "b" s64) (param "c" f32) (param "d" f64) (canon lift (core func $m "f") )))
  "lowered parameter types `[I32, I64, F32, F64]` do not match parameter types `[I64, I64, F32, F64]` of core function 0")
;; a record is its fields
(component (component
  (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $libc (instantiate $libc))
  (core module $m (func (export "f") (param i32 i32 i64) unreachable))
  (core instance $m (instantiate $m))
  (func (param "t" (tuple u8 (tuple bool u64))) (canon lift (core func $m "f") ))))
(assert_invalid
  (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core module $m (func (export "f") (param i64 i32 i64) unreachable))
    (core instance $m (instantiate $m))
    (func (param "t" (tuple u8 (tuple bool u64))) (canon lift (core func $m "f") )))
  "lowered parameter types `[I32, I32, I64]` do not match parameter types `[I64, I32, I64]` of core function 0")
;; a variant is a discriminant and what its cases join to
(component (component
  (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $libc (instantiate $libc))
  (core module $m (func (export "f") (param i32 i64 i32) unreachable))
  (core instance $m (instantiate $m))
  (func (param "v" (result (tuple u32 char) (error f64))) (canon lift (core func $m "f") ))))
(assert_invalid
  (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core module $m (func (export "f") (param i64 i64 i32) unreachable))
    (core instance $m (instantiate $m))
    (func (param "v" (result (tuple u32 char) (error f64))) (canon lift (core func $m "f") )))
  "lowered parameter types `[I32, I64, I32]` do not match parameter types `[I64, I64, I32]` of core function 0")
;; an option of nothing but a case is one register more
(component (component
  (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $libc (instantiate $libc))
  (core module $m (func (export "f") (param i32 i32 f32) unreachable))
  (core instance $m (instantiate $m))
  (func (param "v" (option (option f32))) (canon lift (core func $m "f") ))))
(assert_invalid
  (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core module $m (func (export "f") (param i64 i32 f32) unreachable))
    (core instance $m (instantiate $m))
    (func (param "v" (option (option f32))) (canon lift (core func $m "f") )))
  "lowered parameter types `[I32, I32, F32]` do not match parameter types `[I64, I32, F32]` of core function 0")
;; i32 and f32 are i32
(component (component
  (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $libc (instantiate $libc))
  (core module $m (func (export "f") (param i32 i32) unreachable))
  (core instance $m (instantiate $m))
  (func (param "v" (result f32 (error u8))) (canon lift (core func $m "f") ))))
(assert_invalid
  (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core module $m (func (export "f") (param i64 i32) unreachable))
    (core instance $m (instantiate $m))
    (func (param "v" (result f32 (error u8))) (canon lift (core func $m "f") )))
  "lowered parameter types `[I32, I32]` do not match parameter types `[I64, I32]` of core function 0")
;; a list is two
(component (component
  (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $libc (instantiate $libc))
  (core module $m (func (export "f") (param i32 i32) (result i32) unreachable))
  (core instance $m (instantiate $m))
  (func (param "l" (list u64)) (result string) (canon lift (core func $m "f") (memory (core memory $libc "mem")) (realloc (core func $libc "realloc"))))))
(assert_invalid
  (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core module $m (func (export "f") (param i64 i32) (result i32) unreachable))
    (core instance $m (instantiate $m))
    (func (param "l" (list u64)) (result string) (canon lift (core func $m "f") (memory (core memory $libc "mem")) (realloc (core func $libc "realloc")))))
  "lowered parameter types `[I32, I32]` do not match parameter types `[I64, I32]` of core function 0")
;; seventeen are one
(component (component
  (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $libc (instantiate $libc))
  (core module $m (func (export "f") (param i32) unreachable))
  (core instance $m (instantiate $m))
  (func (param "t" (tuple f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64)) (canon lift (core func $m "f") (memory (core memory $libc "mem")) (realloc (core func $libc "realloc"))))))
(assert_invalid
  (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core module $m (func (export "f") (param i64) unreachable))
    (core instance $m (instantiate $m))
    (func (param "t" (tuple f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64)) (canon lift (core func $m "f") (memory (core memory $libc "mem")) (realloc (core func $libc "realloc")))))
  "lowered parameter types `[I32]` do not match parameter types `[I64]` of core function 0")
;; sixteen are sixteen
(component (component
  (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $libc (instantiate $libc))
  (core module $m (func (export "f") (param f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64) unreachable))
  (core instance $m (instantiate $m))
  (func (param "t" (tuple f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64)) (canon lift (core func $m "f") ))))
(assert_invalid
  (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core module $m (func (export "f") (param f32 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64) unreachable))
    (core instance $m (instantiate $m))
    (func (param "t" (tuple f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64)) (canon lift (core func $m "f") )))
  "lowered parameter types `[F64, F64, F64, F64, F64, F64, F64, F64, F64, F64, F64, F64, F64, F64, F64, F64]` do not match parameter types `[F32, F64, F64, F64, F64, F64, F64, F64, F64, F64, F64, F64, F64, F64, F64, F64]` of core function 0")
;; one result is a register
(component (component
  (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $libc (instantiate $libc))
  (core module $m (func (export "f") (result f64) unreachable))
  (core instance $m (instantiate $m))
  (func (result (tuple (tuple f64))) (canon lift (core func $m "f") ))))
(assert_invalid
  (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core module $m (func (export "f") (result f32) unreachable))
    (core instance $m (instantiate $m))
    (func (result (tuple (tuple f64))) (canon lift (core func $m "f") )))
  "lowered result types `[F64]` do not match result types `[F32]` of core function 0")
;; two are a pointer
(component (component
  (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $libc (instantiate $libc))
  (core module $m (func (export "f") (result i32) unreachable))
  (core instance $m (instantiate $m))
  (func (result (tuple f64 f64)) (canon lift (core func $m "f") (memory (core memory $libc "mem"))))))
(assert_invalid
  (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core module $m (func (export "f") (result i64) unreachable))
    (core instance $m (instantiate $m))
    (func (result (tuple f64 f64)) (canon lift (core func $m "f") (memory (core memory $libc "mem")))))
  "lowered result types `[I32]` do not match result types `[I64]` of core function 0")
;; async with a callback gives a code
(component (component
  (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $libc (instantiate $libc))
  (core module $m (func (export "f") (param i32) (result i32) unreachable))
  (core instance $m (instantiate $m))
  (core module $cb (func (export "cb") (param i32 i32 i32) (result i32) unreachable))
  (core instance $cb (instantiate $cb))
  (func async (param "p" u32) (result string) (canon lift (core func $m "f") (memory (core memory $libc "mem")) async (callback (core func $cb "cb"))))))
(assert_invalid
  (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core module $m (func (export "f") (param i64) (result i32) unreachable))
    (core instance $m (instantiate $m))
    (core module $cb (func (export "cb") (param i32 i32 i32) (result i32) unreachable))
    (core instance $cb (instantiate $cb))
    (func async (param "p" u32) (result string) (canon lift (core func $m "f") (memory (core memory $libc "mem")) async (callback (core func $cb "cb")))))
  "lowered parameter types `[I32]` do not match parameter types `[I64]` of core function 0")
