;; A string takes 8 bytes in a 32-bit memory and 16 in a 64-bit one, and a record with one is laid out anew on
;; the way. Realloc has 64-bit parameters on that side.
;;
;; CanonicalABI.md, Alignment, Element Size: `ptr_size`.
(component
  (component $C
    (core module $CM
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
      (global $ptr (mut i64) (i64.const 0))
      (global $n (mut i64) (i64.const 0))
      (func (export "take") (param i64 i64) (global.set $ptr (local.get 0)) (global.set $n (local.get 1)))
      (func (export "taken") (result i64)
        (i64.store (i64.const 4000) (global.get $ptr))
        (i64.store (i64.const 4008) (global.get $n))
        (i64.const 4000)))
    (core instance $cm (instantiate $CM))
    (func (export "take") (param "l" (list (tuple u8 string u16)))
      (canon lift (core func $cm "take") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    ;; the same, seen as what it is in memory
    (func (export "words") (result (list (tuple u64 u64 u64 u64)))
      (canon lift (core func $cm "taken") (memory (core memory $cm "mem"))))
    (func (export "values") (result (list (tuple u8 string u16)))
      (canon lift (core func $cm "taken") (memory (core memory $cm "mem"))))
    (func (export "calls") (result (list (tuple u64 u64 u64 u64)))
      (canon lift (core func $cm "calls") (memory (core memory $cm "mem")))))
  ;; hands on what it is given, from a 32-bit memory
  (component $D
    (import "c" (instance $c
      (export "take" (func (param "l" (list (tuple u8 string u16)))))
      (export "values" (func (result (list (tuple u8 string u16)))))))
    (core module $Memory
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
      )
    (core instance $memory (instantiate $Memory))
    (core func $take (canon lower (func $c "take") (memory (core memory $memory "mem"))))
    (core func $values (canon lower (func $c "values") (memory (core memory $memory "mem")) (realloc (core func $memory "realloc"))))
    (core module $DM
      (import "" "values" (func $values (param i32)))
      (func (export "values") (result i32) (call $values (i32.const 4000)) (i32.const 4000)))
    (core instance $dm (instantiate $DM (with "" (instance (export "values" (func $values))))))
    (func (export "give") (param "l" (list (tuple u8 string u16)))
      (canon lift (core func $take) (memory (core memory $memory "mem")) (realloc (core func $memory "realloc"))))
    (func (export "values") (result (list (tuple u8 string u16)))
      (canon lift (core func $dm "values") (memory (core memory $memory "mem"))))
    (func (export "calls") (result (list (tuple u32 u32 u32 u32)))
      (canon lift (core func $memory "calls") (memory (core memory $memory "mem")))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "c" (instance $c))))
  (export "give" (func $d "give"))
  (export "values" (func $d "values"))
  (export "calls-32" (func $d "calls"))
  (component $Words
    (import "words" (func $words (result (list (tuple u64 u64 u64 u64)))))
    (import "calls" (func $calls (result (list (tuple u64 u64 u64 u64)))))
    (core module $Memory (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024)))
    (core instance $memory (instantiate $Memory))
    (core func $words' (canon lower (func $words) (memory (core memory $memory "mem")) (realloc (core func $memory "realloc"))))
    (core func $calls' (canon lower (func $calls) (memory (core memory $memory "mem")) (realloc (core func $memory "realloc"))))
    (core module $M
      (import "" "words" (func $words (param i32)))
      (import "" "calls" (func $calls (param i32)))
      (func (export "words") (result i32) (call $words (i32.const 0)) (i32.const 0))
      (func (export "calls") (result i32) (call $calls (i32.const 0)) (i32.const 0)))
    (core instance $m (instantiate $M (with "" (instance (export "words" (func $words')) (export "calls" (func $calls'))))))
    (func (export "words") (result (list (tuple u64 u64 u64 u64))) (canon lift (core func $m "words") (memory (core memory $memory "mem"))))
    (func (export "calls") (result (list (tuple u64 u64 u64 u64))) (canon lift (core func $m "calls") (memory (core memory $memory "mem")))))
  (instance $w (instantiate $Words (with "words" (func $c "words")) (with "calls" (func $c "calls"))))
  (export "words" (func $w "words"))
  (export "calls-64" (func $w "calls"))
)
(assert_return (invoke "give" (list.const
  (tuple.const (u8.const 1) (str.const "ab") (u16.const 2)) (tuple.const (u8.const 3) (str.const "") (u16.const 4)))))
;; 16 bytes an element, aligned to 4
(assert_return (invoke "calls-32") (list.const
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 4) (u32.const 32))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 1) (u32.const 2))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 1) (u32.const 0))))
;; 32 bytes an element, aligned to 8
(assert_return (invoke "calls-64") (list.const
  (tuple.const (u64.const 0) (u64.const 0) (u64.const 8) (u64.const 64))
  (tuple.const (u64.const 0) (u64.const 0) (u64.const 1) (u64.const 2))
  (tuple.const (u64.const 0) (u64.const 0) (u64.const 1) (u64.const 0))))
(assert_return (invoke "words") (list.const
  (tuple.const (u64.const 1) (u64.const 4160) (u64.const 2) (u64.const 2))
  (tuple.const (u64.const 3) (u64.const 4176) (u64.const 0) (u64.const 4))))
;; and back
(assert_return (invoke "values") (list.const
  (tuple.const (u8.const 1) (str.const "ab") (u16.const 2)) (tuple.const (u8.const 3) (str.const "") (u16.const 4))))
(assert_return (invoke "calls-32") (list.const
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 4) (u32.const 32))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 1) (u32.const 2))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 1) (u32.const 0))))
