;; A string of 2^28 bytes or more traps, also in a memory that holds it; a list likewise.
;;
;; CanonicalABI.md, Loading: `MAX_STRING_BYTE_LENGTH`, `MAX_LIST_BYTE_LENGTH`. Lists of 32-bit numbers make
;; the one
;; that is allowed; their element count alone says nothing.
;; wasmtime 48: fails, its limit is 2^31-1.
(component definition $Given
  (component $C
    (core module $CM
      (memory (export "mem") 4200)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 0))
      (func (export "take") (param i32 i32)))
    (core instance $cm (instantiate $CM))
    (func (export "utf-16") (param "s" string)
      (canon lift (core func $cm "take") string-encoding=utf16
        (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "utf-8") (param "s" string)
      (canon lift (core func $cm "take") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "bytes") (param "s" (list u8))
      (canon lift (core func $cm "take") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "words") (param "s" (list u64))
      (canon lift (core func $cm "take") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc")))))
  (component $D
    (import "c" (instance $c
      (export "utf-16" (func (param "s" string)))
      (export "utf-8" (func (param "s" string)))
      (export "bytes" (func (param "s" (list u8))))
      (export "words" (func (param "s" (list u64))))))
    (core module $Memory (memory (export "mem") 4200))
    (core instance $memory (instantiate $Memory))
    (core func $utf-16 (canon lower (func $c "utf-16") string-encoding=utf16 (memory (core memory $memory "mem"))))
    (core func $utf-8 (canon lower (func $c "utf-8") (memory (core memory $memory "mem"))))
    (core func $latin-1 (canon lower (func $c "utf-8") string-encoding=latin1+utf16 (memory (core memory $memory "mem"))))
    (core func $bytes (canon lower (func $c "bytes") (memory (core memory $memory "mem"))))
    (core func $words (canon lower (func $c "words") (memory (core memory $memory "mem"))))
    (core module $DM
      (import "" "utf-16" (func $utf-16 (param i32 i32)))
      (import "" "utf-8" (func $utf-8 (param i32 i32)))
      (import "" "latin-1" (func $latin-1 (param i32 i32)))
      (import "" "bytes" (func $bytes (param i32 i32)))
      (import "" "words" (func $words (param i32 i32)))
      (func (export "utf-16") (param i32) (call $utf-16 (i32.const 8) (local.get 0)))
      (func (export "utf-8") (param i32) (call $utf-8 (i32.const 8) (local.get 0)))
      (func (export "latin-1") (param i32) (call $latin-1 (i32.const 8) (local.get 0)))
      (func (export "bytes") (param i32) (call $bytes (i32.const 8) (local.get 0)))
      (func (export "words") (param i32) (call $words (i32.const 8) (local.get 0))))
    (core instance $dm (instantiate $DM (with "" (instance
      (export "utf-16" (func $utf-16)) (export "utf-8" (func $utf-8)) (export "latin-1" (func $latin-1))
      (export "bytes" (func $bytes)) (export "words" (func $words))))))
    (func (export "utf-16") (param "len" u32) (canon lift (core func $dm "utf-16")))
    (func (export "utf-8") (param "len" u32) (canon lift (core func $dm "utf-8")))
    (func (export "latin-1") (param "len" u32) (canon lift (core func $dm "latin-1")))
    (func (export "bytes") (param "len" u32) (canon lift (core func $dm "bytes")))
    (func (export "words") (param "len" u32) (canon lift (core func $dm "words"))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "c" (instance $c))))
  (export "utf-16" (func $d "utf-16"))
  (export "utf-8" (func $d "utf-8"))
  (export "latin-1" (func $d "latin-1"))
  (export "bytes" (func $d "bytes"))
  (export "words" (func $d "words"))
)
(component instance $i $Given)
(assert_trap (invoke "utf-8" (u32.const 0x10000000)) "string")
(component instance $i $Given)
(assert_trap (invoke "utf-16" (u32.const 0x8000000)) "string")
(component instance $i $Given)
(assert_trap (invoke "latin-1" (u32.const 0x10000000)) "string")
(component instance $i $Given)
(assert_trap (invoke "latin-1" (u32.const 0x88000000)) "string")
(component instance $i $Given)
(assert_trap (invoke "bytes" (u32.const 0x10000000)) "list")
(component instance $i $Given)
(assert_trap (invoke "words" (u32.const 0x2000000)) "list")
;; just below
(component instance $i $Given)
(assert_return (invoke "bytes" (u32.const 0xfffffff)))
