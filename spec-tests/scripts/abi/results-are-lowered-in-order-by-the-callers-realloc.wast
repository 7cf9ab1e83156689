;; Results go into the caller's memory by the caller's realloc, in order; the place for the tuple of all is
;; the caller's own, and realloc is not asked for it.
;;
;; CanonicalABI.md, Lifting and Lowering Values: `lower_flat_values` with an out-pointer.
(component
  (component $C
    (core module $CM
      (memory (export "mem") 1)
      (data (i32.const 16) "\40\00\00\00\05\00\00\00" "\50\00\00\00\02\00\00\00")
      (data (i32.const 64) "caf\c3\a9")
      (data (i32.const 80) "\40\00\00\00\02\00\00\00" "\41\00\00\00\00\00\00\00")
      (func (export "f") (result i32) (i32.const 16)))
    (core instance $cm (instantiate $CM))
    (func (export "f") (result (tuple string (list string))) (canon lift (core func $cm "f") (memory (core memory $cm "mem")))))
  (component $D
    (import "f" (func $f (result (tuple string (list string)))))
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
    (core func $f' (canon lower (func $f) string-encoding=utf16 (memory (core memory $memory "mem")) (realloc (core func $memory "realloc"))))
    (core module $DM
      (import "" "f" (func $f (param i32)))
      (func (export "f") (result i32) (call $f (i32.const 2048)) (i32.const 2048)))
    (core instance $dm (instantiate $DM (with "" (instance (export "f" (func $f'))))))
    (func (export "f") (result (tuple string (list string)))
      (canon lift (core func $dm "f") string-encoding=utf16 (memory (core memory $memory "mem"))))
    (func (export "words") (result (tuple u32 u32 u32 u32))
      (canon lift (core func $dm "f") (memory (core memory $memory "mem"))))
    (func (export "calls") (result (list (tuple u32 u32 u32 u32)))
      (canon lift (core func $memory "calls") (memory (core memory $memory "mem")))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "f" (func $c "f"))))
  (export "f" (func $d "f"))
  (export "words" (func $d "words"))
  (export "calls" (func $d "calls"))
)
(assert_return (invoke "f") (tuple.const (str.const "café") (list.const (str.const "ca") (str.const ""))))
(assert_return (invoke "calls") (list.const
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 2) (u32.const 10))
  (tuple.const (u32.const 4096) (u32.const 10) (u32.const 2) (u32.const 8))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 4) (u32.const 16))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 2) (u32.const 4))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 2) (u32.const 0))))
(assert_return (invoke "words") (tuple.const (u32.const 4112) (u32.const 4) (u32.const 4128) (u32.const 2)))
