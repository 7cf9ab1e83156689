;; A list of lists is a list of pointers and lengths: the outer block first, then each inner one, however
;; often the same bytes are named. An inner one that is wrong traps.
;;
;; CanonicalABI.md, Storing: `store_list_into_range`.
(component definition $Given
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
      (global $n (mut i32) (i32.const 0))
      (func (export "take") (param i32 i32) (global.set $ptr (local.get 0)) (global.set $n (local.get 1)))
      (func (export "taken") (result i32)
        (i32.store (i32.const 4080) (global.get $ptr))
        (i32.store (i32.const 4084) (global.get $n))
        (i32.const 4080)))
    (core instance $cm (instantiate $CM))
    (func (export "take") (param "l" (list (list (list u16))))
      (canon lift (core func $cm "take") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "taken") (result (list (list (list u16)))) (canon lift (core func $cm "taken") (memory (core memory $cm "mem"))))
    (func (export "calls") (result (list (tuple u32 u32 u32 u32))) (canon lift (core func $cm "calls") (memory (core memory $cm "mem")))))
  (component $D
    (import "take" (func $take (param "l" (list (list (list u16))))))
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 16) "\01\00\02\00\03\00")
      ;; at 32: [1,2,3], [2]; at 48: [] at the end of memory
      (data (i32.const 32) "\10\00\00\00\03\00\00\00" "\12\00\00\00\01\00\00\00")
      (data (i32.const 48) "\00\00\01\00\00\00\00\00")
      ;; at 64: both, the second alone, both again; at 96: with an inner list that is not aligned
      (data (i32.const 64) "\20\00\00\00\02\00\00\00" "\30\00\00\00\01\00\00\00" "\20\00\00\00\02\00\00\00")
      (data (i32.const 96) "\20\00\00\00\02\00\00\00" "\70\00\00\00\01\00\00\00")
      (data (i32.const 112) "\11\00\00\00\00\00\00\00"))
    (core instance $memory (instantiate $Memory))
    (core func $take' (canon lower (func $take) (memory (core memory $memory "mem"))))
    (core module $DM
      (import "" "take" (func $take (param i32 i32)))
      (func (export "give") (param i32 i32) (call $take (local.get 0) (local.get 1))))
    (core instance $dm (instantiate $DM (with "" (instance (export "take" (func $take'))))))
    (func (export "give") (param "ptr" u32) (param "n" u32) (canon lift (core func $dm "give"))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "take" (func $c "take"))))
  (export "give" (func $d "give"))
  (export "taken" (func $c "taken"))
  (export "calls" (func $c "calls"))
)
(component instance $i $Given)
(assert_return (invoke "give" (u32.const 64) (u32.const 3)))
(assert_return (invoke "calls") (list.const
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 4) (u32.const 24))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 4) (u32.const 16))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 2) (u32.const 6))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 2) (u32.const 2))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 4) (u32.const 8))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 2) (u32.const 0))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 4) (u32.const 16))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 2) (u32.const 6))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 2) (u32.const 2))))
(assert_return (invoke "taken") (list.const
  (list.const (list.const (u16.const 1) (u16.const 2) (u16.const 3)) (list.const (u16.const 2)))
  (list.const (list.const))
  (list.const (list.const (u16.const 1) (u16.const 2) (u16.const 3)) (list.const (u16.const 2)))))
(assert_trap (invoke "give" (u32.const 96) (u32.const 2)) "unaligned pointer")
