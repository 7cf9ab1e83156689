;; Where parameters or results go through memory, their pointer is as wide as the memory's addresses, on each
;; side for itself.
;;
;; CanonicalABI.md, Flattening: `flatten_functype`.
(component
  (component $C
    (core module $CM
      (memory (export "mem") i64 1)
      (func (export "realloc") (param i64 i64 i64 i64) (result i64)
        (if (i64.ne (local.get 2) (i64.const 8)) (then unreachable))
        (if (i64.ne (local.get 3) (i64.const 136)) (then unreachable))
        (i64.const 4096))
      ;; the first and the last of 17
      (func (export "f") (param i64) (result i64)
        (if (i64.ne (local.get 0) (i64.const 4096)) (then unreachable))
        (i64.store (i64.const 16) (i64.load (local.get 0)))
        (i64.store (i64.const 24) (i64.load offset=128 (local.get 0)))
        (i64.const 16)))
    (core instance $cm (instantiate $CM))
    (func (export "f") (param "p0" u64) (param "p1" u64) (param "p2" u64) (param "p3" u64) (param "p4" u64) (param "p5" u64) (param "p6" u64) (param "p7" u64) (param "p8" u64)
      (param "p9" u64) (param "p10" u64) (param "p11" u64) (param "p12" u64) (param "p13" u64) (param "p14" u64) (param "p15" u64) (param "p16" u64) (result (tuple u64 u64))
      (canon lift (core func $cm "f") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc")))))
  (component $D
    (import "f" (func $f (param "p0" u64) (param "p1" u64) (param "p2" u64) (param "p3" u64) (param "p4" u64) (param "p5" u64) (param "p6" u64) (param "p7" u64) (param "p8" u64)
      (param "p9" u64) (param "p10" u64) (param "p11" u64) (param "p12" u64) (param "p13" u64) (param "p14" u64) (param "p15" u64) (param "p16" u64) (result (tuple u64 u64))))
    (core module $Memory (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024)))
    (core instance $memory (instantiate $Memory))
    (core func $f' (canon lower (func $f) (memory (core memory $memory "mem"))))
    (core module $DM
      (import "" "f" (func $f (param i32 i32)))
      (import "" "mem" (memory 1))
      (func (export "f") (result i32)
        (i64.store (i32.const 64) (i64.const 0x123456789a))
        (i64.store (i32.const 192) (i64.const -2))
        (call $f (i32.const 64) (i32.const 8))
        (i32.const 8)))
    (core instance $dm (instantiate $DM (with "" (instance (export "f" (func $f')) (export "mem" (memory $memory "mem"))))))
    (func (export "f") (result (tuple u64 u64)) (canon lift (core func $dm "f") (memory (core memory $memory "mem")))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "f" (func $c "f"))))
  (export "f" (func $d "f"))
)
(assert_return (invoke "f") (tuple.const (u64.const 0x123456789a) (u64.const 0xfffffffffffffffe)))
