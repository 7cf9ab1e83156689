;; The ban on leaving lasts for one realloc or post-return, also when the instance is called again from within
;; a call: afterwards the outer call goes on, and may leave.
;;
;; CanonicalABI.md, Lifting and Lowering Context: `reallocate`; `canon lift`.
;; wasmtime 48: fails, it lets no child call its parent.
(component
  (core module $Libc
    (memory (export "mem") 1)
    (table (export "t") 1 funcref)
    (global $posts (mut i32) (i32.const 0))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
    (func (export "post") (param i32) (global.set $posts (i32.add (global.get $posts) (i32.const 1))))
    (func (export "posts") (result i32) (global.get $posts)))
  (core instance $libc (instantiate $Libc))
  (core module $M
    (import "" "t" (table 1 funcref))
    (type $hop (func (param i32 i32 i32) (result i32)))
    ;; twice into the child, which comes back here each time with a shorter list
    (func (export "f") (param $ptr i32) (param $n i32) (result i32)
      (if (result i32) (i32.eqz (local.get $n))
        (then (i32.const 1))
        (else
          (i32.add
            (call_indirect (type $hop) (local.get $ptr) (i32.sub (local.get $n) (i32.const 1)) (i32.const 0) (i32.const 0))
            (call_indirect (type $hop) (local.get $ptr) (i32.sub (local.get $n) (i32.const 1)) (i32.const 0) (i32.const 0)))))))
  (core instance $m (instantiate $M (with "" (instance (export "t" (table $libc "t"))))))
  (func $f (param "l" (list u8)) (result u32)
    (canon lift (core func $m "f") (memory (core memory $libc "mem")) (realloc (core func $libc "realloc")) (post-return (core func $libc "post"))))
  (component $Child
    (import "f" (func $f (param "l" (list u8)) (result u32)))
    (core module $Libc
      (memory (export "mem") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
      (func (export "post") (param i32)))
    (core instance $libc (instantiate $Libc))
    (core func $f' (canon lower (func $f) (memory (core memory $libc "mem"))))
    (func (export "hop") (param "l" (list u8)) (result u32)
      (canon lift (core func $f') (memory (core memory $libc "mem")) (realloc (core func $libc "realloc")) (post-return (core func $libc "post")))))
  (instance $child (instantiate $Child (with "f" (func $f))))
  (core func $hop (canon lower (func $child "hop") (memory (core memory $libc "mem"))))
  (core module $Fill
    (import "" "t" (table 1 funcref))
    (import "" "hop" (func $hop (param i32 i32) (result i32)))
    (func $hop3 (param i32 i32 i32) (result i32) (call $hop (local.get 0) (local.get 1)))
    (elem (i32.const 0) func $hop3))
  (core instance (instantiate $Fill (with "" (instance (export "t" (table $libc "t")) (export "hop" (func $hop))))))
  (export "f" (func $f))
  (func (export "posts") (result u32) (canon lift (core func $libc "posts")))
)
(assert_return (invoke "f" (list.const (u8.const 1) (u8.const 2) (u8.const 3))) (u32.const 8))
;; 1 + 2 + 4 + 8 calls
(assert_return (invoke "posts") (u32.const 15))
