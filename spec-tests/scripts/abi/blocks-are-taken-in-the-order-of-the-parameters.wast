;; Lowering goes from the first parameter to the last, and into each before the next: realloc sees them in
;; that order.
;;
;; CanonicalABI.md, Lifting and Lowering Values: `lower_flat_values`; Storing: `store_record`,
;; `store_list_into_range`.
(component
  (component $C
    (core module $CM
      (memory (export "mem") 1)
      ;; Notes each call: old address, old size, alignment, new size. A block never stays where it was.
      (global $next (mut i32) (i32.const 4096))
      (global $calls (mut i32) (i32.const 0))
      (func $realloc (export "realloc")
        (param $old i32) (param $old-size i32) (param $align i32) (param $size i32) (result i32)
        (local $at i32)
        (local.set $at (i32.mul (global.get $calls) (i32.const 16)))
        (i32.store (local.get $at) (local.get $old))
        (i32.store offset=4 (local.get $at) (local.get $old-size))
        (i32.store offset=8 (local.get $at) (local.get $align))
        (i32.store offset=12 (local.get $at) (local.get $size))
        (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
        (local.set $at (global.get $next))
        (memory.copy (local.get $at) (local.get $old)
          (select (local.get $old-size) (local.get $size)
            (i32.lt_u (local.get $old-size) (local.get $size))))
        (global.set $next
          (i32.and (i32.add (i32.add (local.get $at) (local.get $size)) (i32.const 15)) (i32.const -16)))
        (local.get $at))
      ;; What was noted since the last time.
      (func (export "calls") (result i32)
        (i32.store (i32.const 4088) (i32.const 0))
        (i32.store (i32.const 4092) (global.get $calls))
        (global.set $calls (i32.const 0))
        (global.set $next (i32.const 4096))
        (i32.const 4088))
      (func (export "flat") (param i32 i32 i32 i32 i32 i32 i32 i64))
      (func (export "spilled") (param i32)))
    (core instance $cm (instantiate $CM))
    (func (export "flat")
      (param "a" (list u8)) (param "b" (tuple string (option (list u16)))) (param "c" u64)
      (canon lift (core func $cm "flat") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "spilled")
      (param "a" (list u8)) (param "b" (tuple string (option (list u16)))) (param "c" (tuple u64 u64 u64 u64 u64))
      (param "d" (tuple u64 u64 u64 u64 u64)) (param "e" (list (tuple (list u32) string)))
      (canon lift (core func $cm "spilled") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "calls") (result (list (tuple u32 u32 u32 u32)))
      (canon lift (core func $cm "calls") (memory (core memory $cm "mem")))))
  ;; hands on what the host gives
  (component $D
    (import "c" (instance $c
      (export "flat" (func (param "a" (list u8)) (param "b" (tuple string (option (list u16)))) (param "c" u64)))
      (export "spilled" (func
        (param "a" (list u8)) (param "b" (tuple string (option (list u16)))) (param "c" (tuple u64 u64 u64 u64 u64))
        (param "d" (tuple u64 u64 u64 u64 u64)) (param "e" (list (tuple (list u32) string)))))))
    (core module $Memory
      (memory (export "mem") 1)
      (global $next (mut i32) (i32.const 4096))
      (func (export "realloc") (param i32 i32 i32 i32) (result i32)
        (local $at i32)
        (local.set $at
          (i32.and (i32.add (global.get $next) (i32.sub (local.get 2) (i32.const 1))) (i32.sub (i32.const 0) (local.get 2))))
        (global.set $next (i32.add (local.get $at) (local.get 3)))
        (memory.copy (local.get $at) (local.get 0)
          (select (local.get 1) (local.get 3) (i32.lt_u (local.get 1) (local.get 3))))
        (local.get $at))
      )
    (core instance $memory (instantiate $Memory))
    (core func $flat (canon lower (func $c "flat") (memory (core memory $memory "mem"))))
    (core func $spilled (canon lower (func $c "spilled") (memory (core memory $memory "mem"))))
    (func (export "flat")
      (param "a" (list u8)) (param "b" (tuple string (option (list u16)))) (param "c" u64)
      (canon lift (core func $flat) (memory (core memory $memory "mem")) (realloc (core func $memory "realloc"))))
    (func (export "spilled")
      (param "a" (list u8)) (param "b" (tuple string (option (list u16)))) (param "c" (tuple u64 u64 u64 u64 u64))
      (param "d" (tuple u64 u64 u64 u64 u64)) (param "e" (list (tuple (list u32) string)))
      (canon lift (core func $spilled) (memory (core memory $memory "mem")) (realloc (core func $memory "realloc")))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "c" (instance $c))))
  (export "flat" (func $c "flat"))
  (export "spilled" (func $c "spilled"))
  (export "flat-between" (func $d "flat"))
  (export "spilled-between" (func $d "spilled"))
  (export "calls" (func $c "calls"))
)
(assert_return (invoke "flat"
  (list.const (u8.const 1)) (tuple.const (str.const "xy") (option.some (list.const (u16.const 1)))) (u64.const 9)))
(assert_return (invoke "calls") (list.const
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 1) (u32.const 1))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 1) (u32.const 2))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 2) (u32.const 2))))
(assert_return (invoke "spilled"
  (list.const (u8.const 1) (u8.const 2) (u8.const 3)) (tuple.const (str.const "") (option.none))
  (tuple.const (u64.const 1) (u64.const 2) (u64.const 3) (u64.const 4) (u64.const 5))
  (tuple.const (u64.const 1) (u64.const 2) (u64.const 3) (u64.const 4) (u64.const 5))
  (list.const
    (tuple.const (list.const (u32.const 1)) (str.const "abcde"))
    (tuple.const (list.const) (str.const "f")))))
;; the tuple of all first: 8 + 8 + 12, aligned to 8: 32; then 40 + 40 + 8
(assert_return (invoke "calls") (list.const
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 8) (u32.const 120))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 1) (u32.const 3))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 1) (u32.const 0))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 4) (u32.const 32))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 4) (u32.const 4))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 1) (u32.const 5))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 4) (u32.const 0))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 1) (u32.const 1))))
(assert_return (invoke "flat-between"
  (list.const (u8.const 1)) (tuple.const (str.const "xy") (option.some (list.const (u16.const 1)))) (u64.const 9)))
(assert_return (invoke "calls") (list.const
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 1) (u32.const 1))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 1) (u32.const 2))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 2) (u32.const 2))))
(assert_return (invoke "spilled-between"
  (list.const (u8.const 1) (u8.const 2) (u8.const 3)) (tuple.const (str.const "") (option.none))
  (tuple.const (u64.const 1) (u64.const 2) (u64.const 3) (u64.const 4) (u64.const 5))
  (tuple.const (u64.const 1) (u64.const 2) (u64.const 3) (u64.const 4) (u64.const 5))
  (list.const
    (tuple.const (list.const (u32.const 1)) (str.const "abcde"))
    (tuple.const (list.const) (str.const "f")))))
;; the tuple of all first: 8 + 8 + 12, aligned to 8: 32; then 40 + 40 + 8
(assert_return (invoke "calls") (list.const
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 8) (u32.const 120))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 1) (u32.const 3))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 1) (u32.const 0))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 4) (u32.const 32))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 4) (u32.const 4))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 1) (u32.const 5))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 4) (u32.const 0))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 1) (u32.const 1))))
