;; A char in memory is checked as one in a register is: at or above 0x110000 and in the surrogates it traps.
;;
;; CanonicalABI.md, Loading: `convert_i32_to_char`.
(component definition $Chars
  (component $C
    (core module $CM
      (memory (export "mem") 1)
      ;; what is written over is seen against this
      (func $fill (memory.fill (i32.const 4096) (i32.const 0xee) (i32.const 4096)))
      (start $fill)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 4096))
      (func (export "take") (param i32 i32)
        (if (i32.ne (local.get 0) (i32.const 4096)) (then unreachable)))
      (func (export "bytes") (param $n i32) (result i32)
        (i32.store (i32.const 0) (i32.const 4096))
        (i32.store (i32.const 4) (local.get $n))
        (i32.const 0)))
    (core instance $cm (instantiate $CM))
    (func (export "take") (param "v" (list char))
      (canon lift (core func $cm "take") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "bytes") (param "n" u32) (result (list u8))
      (canon lift (core func $cm "bytes") (memory (core memory $cm "mem")))))
  (component $D
    (import "c" (instance $c
      (export "take" (func (param "v" (list char))))))
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 1024) "\00\00\00\00\7f\00\00\00\ff\d7\00\00\00\e0\00\00\ff\ff\00\00\00\00\01\00\ff\ff\10\00")
      (data (i32.const 1056) "a\00\00\00b\00\00\00\00\d8\00\00")
      (data (i32.const 1072) "a\00\00\00b\00\00\00\ff\df\00\00")
      (data (i32.const 1088) "a\00\00\00b\00\00\00\00\00\11\00")
      (data (i32.const 1104) "a\00\00\00b\00\00\00a\00\00\80")
      (data (i32.const 1120) "a\00\00\00b\00\00\00\ff\ff\ff\ff")
      (data (i32.const 1136) "a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00\00\d9\00\00")
      (data (i32.const 1280) "\00\00\11\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00a\00\00\00"))
    (core instance $memory (instantiate $Memory))
    (core func $take (canon lower (func $c "take") (memory (core memory $memory "mem"))))
    (core module $DM
      (import "" "take" (func $take (param i32 i32)))
      (func (export "give") (param i32 i32) (call $take (local.get 0) (local.get 1))))
    (core instance $dm (instantiate $DM (with "" (instance (export "take" (func $take))))))
    (func (export "give") (param "ptr" u32) (param "n" u32) (canon lift (core func $dm "give"))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "c" (instance $c))))
  (func (export "give") (alias export $d "give"))
  (func (export "bytes") (alias export $c "bytes"))
)

;; all that are at an edge
(component instance $i $Chars)
(assert_return (invoke "give" (u32.const 1024) (u32.const 7)))
(assert_return (invoke "bytes" (u32.const 28)) (list.const
  (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x7f) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00)
  (u8.const 0xff) (u8.const 0xd7) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0xe0) (u8.const 0x00) (u8.const 0x00)
  (u8.const 0xff) (u8.const 0xff) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x01) (u8.const 0x00)
  (u8.const 0xff) (u8.const 0xff) (u8.const 0x10) (u8.const 0x00)))
;; the first surrogate
(component instance $i $Chars)
(assert_trap (invoke "give" (u32.const 1056) (u32.const 3)) "invalid `char` bit pattern")
;; the last surrogate
(component instance $i $Chars)
(assert_trap (invoke "give" (u32.const 1072) (u32.const 3)) "invalid `char` bit pattern")
;; one too many
(component instance $i $Chars)
(assert_trap (invoke "give" (u32.const 1088) (u32.const 3)) "invalid `char` bit pattern")
;; the sign bit
(component instance $i $Chars)
(assert_trap (invoke "give" (u32.const 1104) (u32.const 3)) "invalid `char` bit pattern")
;; all bits
(component instance $i $Chars)
(assert_trap (invoke "give" (u32.const 1120) (u32.const 3)) "invalid `char` bit pattern")
;; the last of 33
(component instance $i $Chars)
(assert_trap (invoke "give" (u32.const 1136) (u32.const 33)) "invalid `char` bit pattern")
;; the first of 33
(component instance $i $Chars)
(assert_trap (invoke "give" (u32.const 1280) (u32.const 33)) "invalid `char` bit pattern")
