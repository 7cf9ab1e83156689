;; A string that is not UTF-8 traps when it is lifted, whatever the callee's encoding; what is at the edges of
;; UTF-8 passes.
;;
;; CanonicalABI.md, Loading: `load_string_from_range`. The caller is UTF-8, the callee UTF-8.
(component definition $Given
  (component $C
    (core module $CM
      (memory (export "mem") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 4096))
      (func (export "take") (param i32 i32)))
    (core instance $cm (instantiate $CM))
    (func (export "take") (param "s" string)
      (canon lift (core func $cm "take") string-encoding=utf8
        (memory (core memory $cm "mem")) (realloc (core func $cm "realloc")))))
  (component $D
    (import "take" (func $take (param "s" string)))
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 16) "\80")
      (data (i32.const 32) "a\c3")
      (data (i32.const 48) "\e2\98")
      (data (i32.const 64) "\f0\9f\98")
      (data (i32.const 80) "\c0\80")
      (data (i32.const 96) "\c1\bf")
      (data (i32.const 112) "\e0\9f\bf")
      (data (i32.const 128) "\f0\8f\bf\bf")
      (data (i32.const 144) "\ed\a0\80")
      (data (i32.const 160) "\ed\bf\bf")
      (data (i32.const 176) "\f4\90\80\80")
      (data (i32.const 192) "\f5\80\80\80")
      (data (i32.const 208) "\ff")
      (data (i32.const 224) "\c3(")
      (data (i32.const 240) "\ed\9f\bf")
      (data (i32.const 256) "\ee\80\80")
      (data (i32.const 272) "\f4\8f\bf\bf")
      (data (i32.const 288) "\ef\bf\be")
      (data (i32.const 304) "\c2\80")
      (data (i32.const 320) "\00")
      (data (i32.const 1024) "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\ff"))
    (core instance $memory (instantiate $Memory))
    (core func $take' (canon lower (func $take) string-encoding=utf8 (memory (core memory $memory "mem"))))
    (core module $DM
      (import "" "take" (func $take (param i32 i32)))
      (func (export "give") (param i32 i32) (call $take (local.get 0) (local.get 1))))
    (core instance $dm (instantiate $DM (with "" (instance (export "take" (func $take'))))))
    (func (export "give") (param "ptr" u32) (param "len" u32) (canon lift (core func $dm "give"))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "take" (func $c "take"))))
  (func (export "give") (alias export $d "give"))
)

;; a continuation byte at the start
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 16) (u32.const 1)) "invalid utf")

;; a sequence of two, cut off
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 32) (u32.const 2)) "invalid utf")

;; a sequence of three, cut off
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 48) (u32.const 2)) "invalid utf")

;; a sequence of four, cut off
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 64) (u32.const 3)) "invalid utf")

;; an overlong NUL
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 80) (u32.const 2)) "invalid utf")

;; an overlong DEL
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 96) (u32.const 2)) "invalid utf")

;; an overlong sequence of three
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 112) (u32.const 3)) "invalid utf")

;; an overlong sequence of four
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 128) (u32.const 4)) "invalid utf")

;; the first surrogate
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 144) (u32.const 3)) "invalid utf")

;; the last surrogate
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 160) (u32.const 3)) "invalid utf")

;; U+110000
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 176) (u32.const 4)) "invalid utf")

;; a lead byte that no character has
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 192) (u32.const 4)) "invalid utf")

;; a byte that is in no sequence
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 208) (u32.const 1)) "invalid utf")

;; a lead byte and no continuation
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 224) (u32.const 2)) "invalid utf")

;; U+D7FF
(component instance $i $Given)
(assert_return (invoke "give" (u32.const 240) (u32.const 3)))

;; U+E000
(component instance $i $Given)
(assert_return (invoke "give" (u32.const 256) (u32.const 3)))

;; U+10FFFF
(component instance $i $Given)
(assert_return (invoke "give" (u32.const 272) (u32.const 4)))

;; a noncharacter, U+FFFE
(component instance $i $Given)
(assert_return (invoke "give" (u32.const 288) (u32.const 3)))

;; the shortest sequence of two
(component instance $i $Given)
(assert_return (invoke "give" (u32.const 304) (u32.const 2)))

;; NUL
(component instance $i $Given)
(assert_return (invoke "give" (u32.const 320) (u32.const 1)))

;; after 64 bytes of ASCII
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 1024) (u32.const 65)) "invalid utf")

;; which alone are valid
(component instance $i $Given)
(assert_return (invoke "give" (u32.const 1024) (u32.const 64)))
