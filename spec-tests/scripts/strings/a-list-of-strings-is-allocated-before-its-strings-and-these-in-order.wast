;; The block of a list is taken first, then each string's, in order; an empty string takes a block, too.
;;
;; CanonicalABI.md, Storing: `store_list_into_range`.
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
      ;; what the list looks like in this memory: pointers and lengths
      (func (export "taken") (result i32)
        (i32.store (i32.const 4080) (global.get $ptr))
        (i32.store (i32.const 4084) (global.get $len))
        (i32.const 4080)))
    (core instance $cm (instantiate $CM))
    (func (export "take") (param "s" (list string))
      (canon lift (core func $cm "take") string-encoding=utf16
        (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "calls") (result (list (tuple u32 u32 u32 u32)))
      (canon lift (core func $cm "calls") (memory (core memory $cm "mem"))))
    (func (export "places") (result (list (tuple u32 u32)))
      (canon lift (core func $cm "taken") (memory (core memory $cm "mem"))))
    (func (export "strings") (result (list string))
      (canon lift (core func $cm "taken") string-encoding=utf16 (memory (core memory $cm "mem")))))
  (component $D
    (import "take" (func $take (param "s" (list string))))
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 16) "onetwo\e2\98\83")
      ;; "two☃", "", "one": not in the order in which they lie in memory
      (data (i32.const 64) "\13\00\00\00\06\00\00\00" "\10\00\00\00\00\00\00\00" "\10\00\00\00\03\00\00\00"))
    (core instance $memory (instantiate $Memory))
    (core func $take' (canon lower (func $take) (memory (core memory $memory "mem"))))
    (core module $DM
      (import "" "take" (func $take (param i32 i32)))
      (func (export "give") (param i32) (call $take (i32.const 64) (local.get 0))))
    (core instance $dm (instantiate $DM (with "" (instance (export "take" (func $take'))))))
    (func (export "give") (param "n" u32) (canon lift (core func $dm "give"))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "take" (func $c "take"))))
  (export "give" (func $d "give"))
  (export "calls" (func $c "calls"))
  (export "places" (func $c "places"))
  (export "strings" (func $c "strings"))
)
(assert_return (invoke "give" (u32.const 3)))
(assert_return (invoke "calls") (list.const
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 4) (u32.const 24))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 2) (u32.const 12))
  (tuple.const (u32.const 4128) (u32.const 12) (u32.const 2) (u32.const 8))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 2) (u32.const 0))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 2) (u32.const 6))))
(assert_return (invoke "places") (list.const
  (tuple.const (u32.const 4144) (u32.const 4))
  (tuple.const (u32.const 4160) (u32.const 0))
  (tuple.const (u32.const 4160) (u32.const 3))))
(assert_return (invoke "strings") (list.const (str.const "two☃") (str.const "") (str.const "one")))
(assert_return (invoke "give" (u32.const 0)))
(assert_return (invoke "calls") (list.const
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 4) (u32.const 0))))
