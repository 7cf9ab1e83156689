;; A surrogate without its other half is no character: lifting it traps, whatever the callee's encoding.
;;
;; CanonicalABI.md, Loading: `load_string_from_range`. The caller is UTF-16, the callee UTF-8.
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
      (data (i32.const 16) "\00\d8")
      (data (i32.const 32) "\00\dc")
      (data (i32.const 48) "\00\dc\00\d8")
      (data (i32.const 64) "\00\d8\00\d8")
      (data (i32.const 80) "\00\d8a\00")
      (data (i32.const 96) "a\00\ff\db")
      (data (i32.const 112) "\3d\d8\00\de\00\dc")
      (data (i32.const 128) "\00\d8\00\dc")
      (data (i32.const 144) "\ff\db\ff\df")
      (data (i32.const 160) "\ff\d7")
      (data (i32.const 176) "\00\e0")
      (data (i32.const 192) "\ff\ff")
      (data (i32.const 1024) "0\001\002\003\004\005\006\007\008\009\00a\00b\00c\00d\00e\00f\000\001\002\003\004\005\006\007\008\009\00a\00b\00c\00d\00e\00f\00\00\dc"))
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

;; a high surrogate alone
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 16) (u32.const 1)) "utf")

;; a low surrogate alone
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 32) (u32.const 1)) "utf")

;; a pair in the wrong order
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 48) (u32.const 2)) "utf")

;; two high surrogates
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 64) (u32.const 2)) "utf")

;; a high surrogate and a letter
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 80) (u32.const 2)) "utf")

;; the last high surrogate at the end
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 96) (u32.const 2)) "utf")

;; a pair and a low surrogate
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 112) (u32.const 3)) "utf")

;; U+10000
(component instance $i $Given)
(assert_return (invoke "give" (u32.const 128) (u32.const 2)))

;; U+10FFFF
(component instance $i $Given)
(assert_return (invoke "give" (u32.const 144) (u32.const 2)))

;; U+D7FF
(component instance $i $Given)
(assert_return (invoke "give" (u32.const 160) (u32.const 1)))

;; U+E000
(component instance $i $Given)
(assert_return (invoke "give" (u32.const 176) (u32.const 1)))

;; U+FFFF
(component instance $i $Given)
(assert_return (invoke "give" (u32.const 192) (u32.const 1)))

;; after 32 letters
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 1024) (u32.const 33)) "utf")
