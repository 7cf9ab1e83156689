;; When a string's block grows, what was written is realloc's to move: a realloc that moves nothing leaves the
;; callee with what is in the new block.
;;
;; CanonicalABI.md, Storing: `store_string_to_utf8` goes on at the character that did not fit, and
;; `store_string_to_latin1_or_utf16` widens what it finds in the new block.
(component
  (component $C
    (core module $CM
      (memory (export "mem") 1)
      (global $next (mut i32) (i32.const 4096))
      (data (i32.const 4352) "0123456789abcdef")
      (data (i32.const 4608) "ABCDEFGHIJKLMNOP")
      (global $ptr (mut i32) (i32.const 0))
      ;; the blocks are at 4096, 4352 and 4608; nothing is copied
      (func (export "realloc") (param i32 i32 i32 i32) (result i32)
        (local $at i32)
        (local.set $at (global.get $next))
        (global.set $next (i32.add (local.get $at) (i32.const 256)))
        (local.get $at))
      (func (export "take") (param i32 i32)
        (global.set $ptr (local.get 0))
        (global.set $next (i32.const 4096)))
      (func (export "block") (param $at i32) (param $size i32) (result i32)
        (i32.store (i32.const 0) (local.get $at))
        (i32.store (i32.const 4) (local.get $size))
        (i32.const 0)))
    (core instance $cm (instantiate $CM))
    (func (export "to-utf-8") (param "s" string)
      (canon lift (core func $cm "take") string-encoding=utf8
        (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "to-latin-1") (param "s" string)
      (canon lift (core func $cm "take") string-encoding=latin1+utf16
        (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "block") (param "at" u32) (param "size" u32) (result (list u8))
      (canon lift (core func $cm "block") (memory (core memory $cm "mem")))))
  (component $D
    (import "c" (instance $c
      (export "to-utf-8" (func (param "s" string)))
      (export "to-latin-1" (func (param "s" string)))))
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 16) "a\00b\00\03\26c\00"))
    (core instance $memory (instantiate $Memory))
    (core func $to-utf-8 (canon lower (func $c "to-utf-8") string-encoding=utf16 (memory (core memory $memory "mem"))))
    (core func $to-latin-1 (canon lower (func $c "to-latin-1") string-encoding=utf16 (memory (core memory $memory "mem"))))
    (core module $DM
      (import "" "to-utf-8" (func $to-utf-8 (param i32 i32)))
      (import "" "to-latin-1" (func $to-latin-1 (param i32 i32)))
      (func (export "to-utf-8") (call $to-utf-8 (i32.const 16) (i32.const 4)))
      (func (export "to-latin-1") (call $to-latin-1 (i32.const 16) (i32.const 4))))
    (core instance $dm (instantiate $DM (with "" (instance
      (export "to-utf-8" (func $to-utf-8)) (export "to-latin-1" (func $to-latin-1))))))
    (func (export "to-utf-8") (canon lift (core func $dm "to-utf-8")))
    (func (export "to-latin-1") (canon lift (core func $dm "to-latin-1"))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "c" (instance $c))))
  (export "to-utf-8" (func $d "to-utf-8"))
  (export "to-latin-1" (func $d "to-latin-1"))
  (export "block" (func $c "block"))
)
;; "ab☃c": the first block has "ab", the second what was there, then the rest; the third nothing of ours
(assert_return (invoke "to-utf-8"))
(assert_return (invoke "block" (u32.const 4096) (u32.const 2)) (list.const (u8.const 0x61) (u8.const 0x62)))
(assert_return (invoke "block" (u32.const 4352) (u32.const 6))
  (list.const (u8.const 0x30) (u8.const 0x31) (u8.const 0xe2) (u8.const 0x98) (u8.const 0x83) (u8.const 0x63)))
(assert_return (invoke "block" (u32.const 4608) (u32.const 2)) (list.const (u8.const 0x41) (u8.const 0x42)))
;; as Latin-1+UTF-16: the two bytes that are in the second block are widened
(assert_return (invoke "to-latin-1"))
(assert_return (invoke "block" (u32.const 4096) (u32.const 2)) (list.const (u8.const 0x61) (u8.const 0x62)))
(assert_return (invoke "block" (u32.const 4352) (u32.const 8))
  (list.const (u8.const 0x30) (u8.const 0) (u8.const 0x31) (u8.const 0)
    (u8.const 0x03) (u8.const 0x26) (u8.const 0x63) (u8.const 0)))
