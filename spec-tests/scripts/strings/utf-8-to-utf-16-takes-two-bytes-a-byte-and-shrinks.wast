;; From UTF-8 to UTF-16 two bytes a byte are taken, aligned to 2; what is too much is given back.
;;
;; CanonicalABI.md, Loading and Storing: `store_string_into_range`. The caller is UTF-8, the callee UTF-16.
;; `calls` gives what the callee's realloc was asked for; `taken` the pointer and the length that the callee
;; got.
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
      (global $ptr (mut i32) (i32.const 0))
      (global $len (mut i32) (i32.const 0))
      (func (export "take") (param i32 i32)
        (global.set $ptr (local.get 0))
        (global.set $len (local.get 1)))
      (func (export "taken") (result i32)
        (i32.store (i32.const 4080) (global.get $ptr))
        (i32.store (i32.const 4084) (global.get $len))
        (i32.const 4080))
      (func (export "bytes") (param $ptr i32) (param $len i32) (result i32)
        (i32.store (i32.const 4080) (local.get $ptr))
        (i32.store (i32.const 4084) (local.get $len))
        (i32.const 4080)))
    (core instance $cm (instantiate $CM))
    (func (export "take") (param "s" string)
      (canon lift (core func $cm "take") string-encoding=utf16
        (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "calls") (result (list (tuple u32 u32 u32 u32)))
      (canon lift (core func $cm "calls") (memory (core memory $cm "mem"))))
    (func (export "taken") (result (tuple u32 u32))
      (canon lift (core func $cm "taken") (memory (core memory $cm "mem"))))
    (func (export "bytes") (param "ptr" u32) (param "len" u32) (result (list u8))
      (canon lift (core func $cm "bytes") (memory (core memory $cm "mem")))))
  (component $D
    (import "take" (func $take (param "s" string)))
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 16) "hello")
      (data (i32.const 32) "caf\c3\a9")
      (data (i32.const 48) "\e2\98\83")
      (data (i32.const 64) "\f0\9f\98\80"))
    (core instance $memory (instantiate $Memory))
    (core func $take' (canon lower (func $take) string-encoding=utf8 (memory (core memory $memory "mem"))))
    (core module $DM
      (import "" "take" (func $take (param i32 i32)))
      (func (export "give") (param i32 i32) (call $take (local.get 0) (local.get 1))))
    (core instance $dm (instantiate $DM (with "" (instance (export "take" (func $take'))))))
    (func (export "give") (param "ptr" u32) (param "len" u32) (canon lift (core func $dm "give"))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "take" (func $c "take"))))
  (func (export "give") (alias export $d "give"))
  (func (export "calls") (alias export $c "calls"))
  (func (export "taken") (alias export $c "taken"))
  (func (export "bytes") (alias export $c "bytes"))
)
;; ASCII needs all of it
(assert_return (invoke "give" (u32.const 16) (u32.const 5)))
(assert_return (invoke "calls") (list.const
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 2) (u32.const 10))))
(assert_return (invoke "taken") (tuple.const (u32.const 4096) (u32.const 5)))
(assert_return (invoke "bytes" (u32.const 4096) (u32.const 10)) (list.const (u8.const 0x68) (u8.const 0x00) (u8.const 0x65) (u8.const 0x00) (u8.const 0x6c) (u8.const 0x00) (u8.const 0x6c) (u8.const 0x00) (u8.const 0x6f) (u8.const 0x00)))

;; one unit fewer than bytes
(assert_return (invoke "give" (u32.const 32) (u32.const 5)))
(assert_return (invoke "calls") (list.const
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 2) (u32.const 10))
  (tuple.const (u32.const 4096) (u32.const 10) (u32.const 2) (u32.const 8))))
(assert_return (invoke "taken") (tuple.const (u32.const 4112) (u32.const 4)))
(assert_return (invoke "bytes" (u32.const 4112) (u32.const 8)) (list.const (u8.const 0x63) (u8.const 0x00) (u8.const 0x61) (u8.const 0x00) (u8.const 0x66) (u8.const 0x00) (u8.const 0xe9) (u8.const 0x00)))

;; three bytes make one unit
(assert_return (invoke "give" (u32.const 48) (u32.const 3)))
(assert_return (invoke "calls") (list.const
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 2) (u32.const 6))
  (tuple.const (u32.const 4096) (u32.const 6) (u32.const 2) (u32.const 2))))
(assert_return (invoke "taken") (tuple.const (u32.const 4112) (u32.const 1)))
(assert_return (invoke "bytes" (u32.const 4112) (u32.const 2)) (list.const (u8.const 0x03) (u8.const 0x26)))

;; four bytes make two
(assert_return (invoke "give" (u32.const 64) (u32.const 4)))
(assert_return (invoke "calls") (list.const
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 2) (u32.const 8))
  (tuple.const (u32.const 4096) (u32.const 8) (u32.const 2) (u32.const 4))))
(assert_return (invoke "taken") (tuple.const (u32.const 4112) (u32.const 2)))
(assert_return (invoke "bytes" (u32.const 4112) (u32.const 4)) (list.const (u8.const 0x3d) (u8.const 0xd8) (u8.const 0x00) (u8.const 0xde)))

;; nothing
(assert_return (invoke "give" (u32.const 80) (u32.const 0)))
(assert_return (invoke "calls") (list.const
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 2) (u32.const 0))))
(assert_return (invoke "taken") (tuple.const (u32.const 4096) (u32.const 0)))
(assert_return (invoke "bytes" (u32.const 4096) (u32.const 0)) (list.const))
