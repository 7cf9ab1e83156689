;; The host's values are the same; the memory that they go through has 64-bit addresses.
;;
;; CanonicalABI.md, Canonical ABI Options: `ptr_size`.
;; wasmtime 48: fails, its host does not reach 64-bit memories.
(component
  (core module $M
    (memory (export "mem") i64 1)
    ;; Notes each call: old address, old size, alignment, new size. A block never stays where it was.
    (global $next (mut i64) (i64.const 4096))
    (global $calls (mut i64) (i64.const 0))
    (func (export "realloc")
      (param $old i64) (param $old-size i64) (param $align i64) (param $size i64) (result i64)
      (local $at i64)
      (local.set $at (i64.mul (global.get $calls) (i64.const 32)))
      (i64.store (local.get $at) (local.get $old))
      (i64.store offset=8 (local.get $at) (local.get $old-size))
      (i64.store offset=16 (local.get $at) (local.get $align))
      (i64.store offset=24 (local.get $at) (local.get $size))
      (global.set $calls (i64.add (global.get $calls) (i64.const 1)))
      (local.set $at (global.get $next))
      (memory.copy (local.get $at) (local.get $old)
        (select (local.get $old-size) (local.get $size)
          (i64.lt_u (local.get $old-size) (local.get $size))))
      (global.set $next
        (i64.and (i64.add (i64.add (local.get $at) (local.get $size)) (i64.const 15)) (i64.const -16)))
      (local.get $at))
    ;; What was noted since the last time.
    (func (export "calls") (result i64)
      (i64.store (i64.const 4080) (i64.const 0))
      (i64.store (i64.const 4088) (global.get $calls))
      (global.set $calls (i64.const 0))
      (global.set $next (i64.const 4096))
      (i64.const 4080))
    (func (export "same") (param i64 i64) (result i64)
      (i64.store (i64.const 4000) (local.get 0))
      (i64.store (i64.const 4008) (local.get 1))
      (i64.const 4000)))
  (core instance $m (instantiate $M))
  (func (export "same") (param "l" (list (tuple u8 string))) (result (list (tuple u8 string)))
    (canon lift (core func $m "same") (memory (core memory $m "mem")) (realloc (core func $m "realloc"))))
  (func (export "string") (param "s" string) (result string)
    (canon lift (core func $m "same") string-encoding=utf16 (memory (core memory $m "mem")) (realloc (core func $m "realloc"))))
  (func (export "calls") (result (list (tuple u64 u64 u64 u64)))
    (canon lift (core func $m "calls") (memory (core memory $m "mem"))))
)
(assert_return (invoke "same" (list.const (tuple.const (u8.const 1) (str.const "one")) (tuple.const (u8.const 2) (str.const ""))))
  (list.const (tuple.const (u8.const 1) (str.const "one")) (tuple.const (u8.const 2) (str.const ""))))
(assert_return (invoke "calls") (list.const
  (tuple.const (u64.const 0) (u64.const 0) (u64.const 8) (u64.const 48))
  (tuple.const (u64.const 0) (u64.const 0) (u64.const 1) (u64.const 3))
  (tuple.const (u64.const 0) (u64.const 0) (u64.const 1) (u64.const 0))))
(assert_return (invoke "string" (str.const "naïve ☃")) (str.const "naïve ☃"))
