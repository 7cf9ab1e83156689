;; What goes through a component that hands it on is lowered into its memory and lifted from it again: each
;; edge has its own realloc, and each sees what was given to it alone.
;;
;; CanonicalABI.md, `canon lift`, `canon lower`.
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
      (func (export "length") (param i32 i32) (result i32) (local.get 1)))
    (core instance $cm (instantiate $CM))
    (func (export "length") (param "s" string) (result u32)
      (canon lift (core func $cm "length") string-encoding=utf16
        (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "calls") (result (list (tuple u32 u32 u32 u32)))
      (canon lift (core func $cm "calls") (memory (core memory $cm "mem")))))
  ;; hands on a shorter string: without its first two units
  (component $Middle
    (import "length" (func $length (param "s" string) (result u32)))
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
    (core func $length' (canon lower (func $length) string-encoding=latin1+utf16 (memory (core memory $memory "mem"))))
    (core module $MM
      (import "" "length" (func $length (param i32 i32) (result i32)))
      (func (export "length") (param i32 i32) (result i32)
        (i32.add (i32.const 100)
          (call $length (i32.add (local.get 0) (i32.const 2)) (i32.sub (local.get 1) (i32.const 2))))))
    (core instance $mm (instantiate $MM (with "" (instance (export "length" (func $length'))))))
    (func (export "length") (param "s" string) (result u32)
      (canon lift (core func $mm "length") string-encoding=latin1+utf16
        (memory (core memory $memory "mem")) (realloc (core func $memory "realloc"))))
    (func (export "calls") (result (list (tuple u32 u32 u32 u32)))
      (canon lift (core func $memory "calls") (memory (core memory $memory "mem")))))
  (component $D
    (import "length" (func $length (param "s" string) (result u32)))
    (core module $Memory (memory (export "mem") 1) (data (i32.const 16) "caf\c3\a9s"))
    (core instance $memory (instantiate $Memory))
    (core func $length' (canon lower (func $length) (memory (core memory $memory "mem"))))
    (core module $DM
      (import "" "length" (func $length (param i32 i32) (result i32)))
      (func (export "run") (result i32) (call $length (i32.const 16) (i32.const 6))))
    (core instance $dm (instantiate $DM (with "" (instance (export "length" (func $length'))))))
    (func (export "run") (result u32) (canon lift (core func $dm "run"))))
  (instance $c (instantiate $C))
  (instance $m (instantiate $Middle (with "length" (func $c "length"))))
  (instance $d (instantiate $D (with "length" (func $m "length"))))
  (export "run" (func $d "run"))
  (export "calls" (func $c "calls"))
  (export "calls-between" (func $m "calls"))
)
(assert_return (invoke "run") (u32.const 103))
;; six bytes, of which Latin-1 needs five
(assert_return (invoke "calls-between") (list.const
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 2) (u32.const 6))
  (tuple.const (u32.const 4096) (u32.const 6) (u32.const 2) (u32.const 5))))
;; three of them as UTF-16
(assert_return (invoke "calls") (list.const (tuple.const (u32.const 0) (u32.const 0) (u32.const 2) (u32.const 6))))
