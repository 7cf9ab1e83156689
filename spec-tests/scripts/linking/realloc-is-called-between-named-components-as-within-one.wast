;; What realloc is asked for does not depend on how the components came together. (A string that is not UTF-8
;; may come as one that is: what it is on the way is up to who links them.)
;;
;; CanonicalABI.md, Storing: `store_string_into_range`.
;; wasmtime 48: fails, its scripts hand no functions on.
(component $taker
  (core module $M
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
    (func (export "take") (param i32 i32))
    (func (export "take-4") (param i32 i32 i32 i32)))
  (core instance $m (instantiate $M))
  (func (export "utf-8") (param "s" string)
    (canon lift (core func $m "take") string-encoding=utf8 (memory (core memory $m "mem")) (realloc (core func $m "realloc"))))
  (func (export "utf-16") (param "s" string)
    (canon lift (core func $m "take") string-encoding=utf16 (memory (core memory $m "mem")) (realloc (core func $m "realloc"))))
  (func (export "lists") (param "a" (list (list u16))) (param "b" (list u64))
    (canon lift (core func $m "take-4") (memory (core memory $m "mem")) (realloc (core func $m "realloc"))))
  (func (export "calls") (result (list (tuple u32 u32 u32 u32)))
    (canon lift (core func $m "calls") (memory (core memory $m "mem"))))
)
(component
  (import "taker" (instance $t
    (export "utf-8" (func (param "s" string)))
    (export "utf-16" (func (param "s" string)))
    (export "lists" (func (param "a" (list (list u16))) (param "b" (list u64))))
    (export "calls" (func (result (list (tuple u32 u32 u32 u32)))))))
  (core module $Memory
    (memory (export "mem") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 2048))
    (data (i32.const 16) "caf\c3\a9")
    (data (i32.const 64) "\10\00\00\00\01\00\00\00" "\10\00\00\00\00\00\00\00"))
  (core instance $memory (instantiate $Memory))
  (core func $from-utf-8-to-utf-8 (canon lower (func $t "utf-8") string-encoding=utf8 (memory (core memory $memory "mem"))))
  (core func $from-utf-8-to-utf-16 (canon lower (func $t "utf-16") string-encoding=utf8 (memory (core memory $memory "mem"))))
  (core func $lists (canon lower (func $t "lists") (memory (core memory $memory "mem"))))
  (core func $calls (canon lower (func $t "calls") (memory (core memory $memory "mem")) (realloc (core func $memory "realloc"))))
  (core module $M
    (import "" "from-utf-8-to-utf-8" (func $from-utf-8-to-utf-8 (param i32 i32)))
    (import "" "from-utf-8-to-utf-16" (func $from-utf-8-to-utf-16 (param i32 i32)))
    (import "" "lists" (func $lists (param i32 i32 i32 i32)))
    (import "" "calls" (func $calls (param i32)))
    (func $seen (result i32) (call $calls (i32.const 8)) (i32.const 8))
    (func (export "from-utf-8-to-utf-8") (result i32) (call $from-utf-8-to-utf-8 (i32.const 16) (i32.const 5)) (call $seen))
    (func (export "from-utf-8-to-utf-16") (result i32) (call $from-utf-8-to-utf-16 (i32.const 16) (i32.const 5)) (call $seen))
    (func (export "lists") (result i32) (call $lists (i32.const 64) (i32.const 2) (i32.const 64) (i32.const 2)) (call $seen)))
  (core instance $m (instantiate $M (with "" (instance
    (export "from-utf-8-to-utf-8" (func $from-utf-8-to-utf-8))
    (export "from-utf-8-to-utf-16" (func $from-utf-8-to-utf-16))
    (export "lists" (func $lists)) (export "calls" (func $calls))))))
  (func (export "from-utf-8-to-utf-8") (result (list (tuple u32 u32 u32 u32))) (canon lift (core func $m "from-utf-8-to-utf-8") (memory (core memory $memory "mem"))))
  (func (export "from-utf-8-to-utf-16") (result (list (tuple u32 u32 u32 u32))) (canon lift (core func $m "from-utf-8-to-utf-16") (memory (core memory $memory "mem"))))
  (func (export "lists") (result (list (tuple u32 u32 u32 u32))) (canon lift (core func $m "lists") (memory (core memory $memory "mem"))))
)
(assert_return (invoke "from-utf-8-to-utf-8") (list.const
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 1) (u32.const 5))))
(assert_return (invoke "from-utf-8-to-utf-16") (list.const
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 2) (u32.const 10))
  (tuple.const (u32.const 4096) (u32.const 10) (u32.const 2) (u32.const 8))))
(assert_return (invoke "lists") (list.const
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 4) (u32.const 16))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 2) (u32.const 2))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 2) (u32.const 0))
  (tuple.const (u32.const 0) (u32.const 0) (u32.const 8) (u32.const 16))))
