;; A pointer is checked for alignment and bounds when there is nothing to read, too: one past the end is in
;; bounds, further is not.
;;
;; CanonicalABI.md, Loading: `load_string_from_range`.
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
)
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
;; anywhere, unaligned
(component instance $i $Given)
(assert_return (invoke "give" (u32.const 0) (u32.const 0)))
(component instance $i $Given)
(assert_return (invoke "give" (u32.const 65535) (u32.const 0)))
;; one past the end
(component instance $i $Given)
(assert_return (invoke "give" (u32.const 65536) (u32.const 0)))
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 65537) (u32.const 0)) "string content out-of-bounds")
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 0xffffffff) (u32.const 0)) "string content out-of-bounds")
;; one byte
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 65536) (u32.const 1)) "string content out-of-bounds")
(component instance $i $Given)
(assert_return (invoke "give" (u32.const 65535) (u32.const 1)))
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 65535) (u32.const 2)) "string content out-of-bounds")
;; pointer and length wrap around
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 1) (u32.const 0xffffffff)) "string")

;; UTF-16: aligned to 2
(component definition $Given16
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
)
    (core instance $memory (instantiate $Memory))
    (core func $take' (canon lower (func $take) string-encoding=utf16 (memory (core memory $memory "mem"))))
    (core module $DM
      (import "" "take" (func $take (param i32 i32)))
      (func (export "give") (param i32 i32) (call $take (local.get 0) (local.get 1))))
    (core instance $dm (instantiate $DM (with "" (instance (export "take" (func $take'))))))
    (func (export "give") (param "ptr" u32) (param "len" u32) (canon lift (core func $dm "give"))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "take" (func $c "take"))))
  (func (export "give") (alias export $d "give"))
)
(component instance $i $Given16)
(assert_return (invoke "give" (u32.const 65536) (u32.const 0)))
;; alignment comes before bounds
(component instance $i $Given16)
(assert_trap (invoke "give" (u32.const 65537) (u32.const 0)) "unaligned pointer")
(component instance $i $Given16)
(assert_trap (invoke "give" (u32.const 1) (u32.const 0)) "unaligned pointer")
(component instance $i $Given16)
(assert_trap (invoke "give" (u32.const 65538) (u32.const 0)) "string content out-of-bounds")
(component instance $i $Given16)
(assert_return (invoke "give" (u32.const 65534) (u32.const 1)))
(component instance $i $Given16)
(assert_trap (invoke "give" (u32.const 65534) (u32.const 2)) "string content out-of-bounds")
;; twice the length wraps around to 0
(component instance $i $Given16)
(assert_trap (invoke "give" (u32.const 0) (u32.const 0x80000000)) "string")

;; Latin-1+UTF-16: aligned to 2 in either form
(component definition $GivenLatin
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
)
    (core instance $memory (instantiate $Memory))
    (core func $take' (canon lower (func $take) string-encoding=latin1+utf16 (memory (core memory $memory "mem"))))
    (core module $DM
      (import "" "take" (func $take (param i32 i32)))
      (func (export "give") (param i32 i32) (call $take (local.get 0) (local.get 1))))
    (core instance $dm (instantiate $DM (with "" (instance (export "take" (func $take'))))))
    (func (export "give") (param "ptr" u32) (param "len" u32) (canon lift (core func $dm "give"))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "take" (func $c "take"))))
  (func (export "give") (alias export $d "give"))
)
(component instance $i $GivenLatin)
(assert_return (invoke "give" (u32.const 65536) (u32.const 0)))
;; Latin-1
(component instance $i $GivenLatin)
(assert_trap (invoke "give" (u32.const 1) (u32.const 0)) "unaligned pointer")
;; UTF-16
(component instance $i $GivenLatin)
(assert_trap (invoke "give" (u32.const 1) (u32.const 0x80000000)) "unaligned pointer")
;; Latin-1: the length is bytes
(component instance $i $GivenLatin)
(assert_return (invoke "give" (u32.const 65534) (u32.const 2)))
(component instance $i $GivenLatin)
(assert_trap (invoke "give" (u32.const 65534) (u32.const 3)) "string content out-of-bounds")
;; UTF-16: the length is units
(component instance $i $GivenLatin)
(assert_return (invoke "give" (u32.const 65534) (u32.const 0x80000001)))
(component instance $i $GivenLatin)
(assert_trap (invoke "give" (u32.const 65534) (u32.const 0x80000002)) "string content out-of-bounds")
;; the longest that can be said
(component instance $i $GivenLatin)
(assert_trap (invoke "give" (u32.const 0) (u32.const 0xffffffff)) "string")
