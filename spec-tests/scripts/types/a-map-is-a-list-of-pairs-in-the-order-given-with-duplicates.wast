;; A map is lifted and lowered as a list of pairs: nothing is sorted, and a key that comes twice stays twice.
;;
;; CanonicalABI.md, Despecialization; Explainer.md, Specialized Value Types. A list of pairs stands for the
;; map here on the host's side: the components between turn one into the other.
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
      (func (export "same") (param i32 i32) (result i32)
        (i32.store (i32.const 4080) (local.get 0))
        (i32.store (i32.const 4084) (local.get 1))
        (i32.const 4080)))
    (core instance $cm (instantiate $CM))
    (func (export "same") (param "m" (map u8 u32)) (result (map u8 u32))
      (canon lift (core func $cm "same") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "strings") (param "m" (map string u16)) (result (map string u16))
      (canon lift (core func $cm "same") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "calls") (result (list (tuple u32 u32 u32 u32)))
      (canon lift (core func $cm "calls") (memory (core memory $cm "mem")))))
  (component $D
    (import "c" (instance $c
      (export "same" (func (param "m" (map u8 u32)) (result (map u8 u32))))
      (export "strings" (func (param "m" (map string u16)) (result (map string u16))))))
    (core module $Memory
      (memory (export "mem") 1)
      (global $next (mut i32) (i32.const 4096))
      (func (export "realloc") (param i32 i32 i32 i32) (result i32)
        (local $at i32)
        (local.set $at
          (i32.and (i32.add (global.get $next) (i32.sub (local.get 2) (i32.const 1))) (i32.sub (i32.const 0) (local.get 2))))
        (global.set $next (i32.add (local.get $at) (local.get 3)))
        (local.get $at))
      )
    (core instance $memory (instantiate $Memory))
    (core func $same (canon lower (func $c "same") (memory (core memory $memory "mem")) (realloc (core func $memory "realloc"))))
    (core func $strings (canon lower (func $c "strings") (memory (core memory $memory "mem")) (realloc (core func $memory "realloc"))))
    (core module $DM
      (import "" "same" (func $same (param i32 i32 i32)))
      (import "" "strings" (func $strings (param i32 i32 i32)))
      (func (export "same") (param i32 i32) (result i32) (call $same (local.get 0) (local.get 1) (i32.const 8)) (i32.const 8))
      (func (export "strings") (param i32 i32) (result i32) (call $strings (local.get 0) (local.get 1) (i32.const 8)) (i32.const 8)))
    (core instance $dm (instantiate $DM (with "" (instance (export "same" (func $same)) (export "strings" (func $strings))))))
    (func (export "same") (param "l" (list (tuple u8 u32))) (result (list (tuple u8 u32)))
      (canon lift (core func $dm "same") (memory (core memory $memory "mem")) (realloc (core func $memory "realloc"))))
    (func (export "strings") (param "l" (list (tuple string u16))) (result (list (tuple string u16)))
      (canon lift (core func $dm "strings") (memory (core memory $memory "mem")) (realloc (core func $memory "realloc")))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "c" (instance $c))))
  (export "same" (func $d "same"))
  (export "strings" (func $d "strings"))
  (export "calls" (func $c "calls"))
)
(assert_return (invoke "same" (list.const (tuple.const (u8.const 9) (u32.const 1)) (tuple.const (u8.const 2) (u32.const 2)) (tuple.const (u8.const 9) (u32.const 3))))
  (list.const (tuple.const (u8.const 9) (u32.const 1)) (tuple.const (u8.const 2) (u32.const 2)) (tuple.const (u8.const 9) (u32.const 3))))
;; eight bytes a pair, aligned to four
(assert_return (invoke "calls") (list.const (tuple.const (u32.const 0) (u32.const 0) (u32.const 4) (u32.const 24))))
(assert_return (invoke "strings" (list.const (tuple.const (str.const "b") (u16.const 1)) (tuple.const (str.const "") (u16.const 2)) (tuple.const (str.const "b") (u16.const 1))))
  (list.const (tuple.const (str.const "b") (u16.const 1)) (tuple.const (str.const "") (u16.const 2)) (tuple.const (str.const "b") (u16.const 1))))
(assert_return (invoke "calls") (list.const
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 4) (u32.const 36))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 1) (u32.const 1))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 1) (u32.const 0))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 1) (u32.const 1))))
