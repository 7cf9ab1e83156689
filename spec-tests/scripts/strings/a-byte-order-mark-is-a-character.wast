;; U+FEFF is a character like others, at the start of a string, too: it is neither dropped nor does it turn
;; bytes round.
;;
;; CanonicalABI.md, Loading: `load_string_from_range` decodes as utf-8 and utf-16-le, not as utf-8-sig or
;; utf-16.
(component
  (component $C
    (core module $CM
      (memory (export "mem") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 4096))
      (func (export "take") (param i32 i32) (result i32)
        (i32.store (i32.const 0) (local.get 0))
        (i32.store (i32.const 4) (local.get 1))
        (i32.const 0)))
    (core instance $cm (instantiate $CM))
    (func (export "as-bytes") (param "s" string) (result (list u8))
      (canon lift (core func $cm "take") string-encoding=utf8
        (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "as-units") (param "s" string) (result (list u16))
      (canon lift (core func $cm "take") string-encoding=utf16
        (memory (core memory $cm "mem")) (realloc (core func $cm "realloc")))))
  (component $D
    (import "c" (instance $c
      (export "as-bytes" (func (param "s" string) (result (list u8))))
      (export "as-units" (func (param "s" string) (result (list u16))))))
    (core module $Memory
      (memory (export "mem") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 4096))
      (data (i32.const 16) "\ef\bb\bfa")
      (data (i32.const 32) "\ff\fea\00")
      ;; U+FFFE and U+6100: what the wrong order would make of the one above
      (data (i32.const 48) "\fe\ff\00\61"))
    (core instance $memory (instantiate $Memory))
    (core func $bytes-8 (canon lower (func $c "as-bytes") string-encoding=utf8
      (memory (core memory $memory "mem")) (realloc (core func $memory "realloc"))))
    (core func $bytes-16 (canon lower (func $c "as-bytes") string-encoding=utf16
      (memory (core memory $memory "mem")) (realloc (core func $memory "realloc"))))
    (core func $units-8 (canon lower (func $c "as-units") string-encoding=utf8
      (memory (core memory $memory "mem")) (realloc (core func $memory "realloc"))))
    (core func $units-16 (canon lower (func $c "as-units") string-encoding=utf16
      (memory (core memory $memory "mem")) (realloc (core func $memory "realloc"))))
    (core module $DM
      (import "" "bytes-8" (func $bytes-8 (param i32 i32 i32)))
      (import "" "bytes-16" (func $bytes-16 (param i32 i32 i32)))
      (import "" "units-8" (func $units-8 (param i32 i32 i32)))
      (import "" "units-16" (func $units-16 (param i32 i32 i32)))
      (func (export "bytes-8") (result i32) (call $bytes-8 (i32.const 16) (i32.const 4) (i32.const 8)) (i32.const 8))
      (func (export "bytes-16") (param i32) (result i32) (call $bytes-16 (local.get 0) (i32.const 2) (i32.const 8)) (i32.const 8))
      (func (export "units-8") (result i32) (call $units-8 (i32.const 16) (i32.const 4) (i32.const 8)) (i32.const 8))
      (func (export "units-16") (param i32) (result i32) (call $units-16 (local.get 0) (i32.const 2) (i32.const 8)) (i32.const 8)))
    (core instance $dm (instantiate $DM (with "" (instance
      (export "bytes-8" (func $bytes-8)) (export "bytes-16" (func $bytes-16))
      (export "units-8" (func $units-8)) (export "units-16" (func $units-16))))))
    (func (export "bytes-from-utf-8") (result (list u8)) (canon lift (core func $dm "bytes-8") (memory (core memory $memory "mem"))))
    (func (export "bytes-from-utf-16") (param "at" u32) (result (list u8)) (canon lift (core func $dm "bytes-16") (memory (core memory $memory "mem"))))
    (func (export "units-from-utf-8") (result (list u16)) (canon lift (core func $dm "units-8") (memory (core memory $memory "mem"))))
    (func (export "units-from-utf-16") (param "at" u32) (result (list u16)) (canon lift (core func $dm "units-16") (memory (core memory $memory "mem")))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "c" (instance $c))))
  (export "bytes-from-utf-8" (func $d "bytes-from-utf-8"))
  (export "bytes-from-utf-16" (func $d "bytes-from-utf-16"))
  (export "units-from-utf-8" (func $d "units-from-utf-8"))
  (export "units-from-utf-16" (func $d "units-from-utf-16"))
)
(assert_return (invoke "bytes-from-utf-8") (list.const (u8.const 0xef) (u8.const 0xbb) (u8.const 0xbf) (u8.const 0x61)))
(assert_return (invoke "units-from-utf-8") (list.const (u16.const 0xfeff) (u16.const 0x61)))
(assert_return (invoke "bytes-from-utf-16" (u32.const 32)) (list.const (u8.const 0xef) (u8.const 0xbb) (u8.const 0xbf) (u8.const 0x61)))
(assert_return (invoke "units-from-utf-16" (u32.const 32)) (list.const (u16.const 0xfeff) (u16.const 0x61)))
(assert_return (invoke "units-from-utf-16" (u32.const 48)) (list.const (u16.const 0xfffe) (u16.const 0x6100)))
