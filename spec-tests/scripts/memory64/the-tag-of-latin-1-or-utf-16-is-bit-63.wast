;; In a 64-bit memory the bit that says UTF-16 is the top bit of a 64-bit length. Bit 31 is a bit of the
;; length there.
;;
;; CanonicalABI.md, Loading: `utf16_tag`.
;; wasmtime 48: fails, it takes bit 31.
(component definition $Given
  (component $C
    (core module $CM
      (memory (export "mem") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 4096))
      (func (export "take") (param i32 i32) (result i32)
        (i32.store (i32.const 0) (local.get 0))
        (i32.store (i32.const 4) (local.get 1))
        (i32.const 0)))
    (core instance $cm (instantiate $CM))
    (func (export "echo") (param "s" string) (result string)
      (canon lift (core func $cm "take") string-encoding=utf8
        (memory (core memory $cm "mem")) (realloc (core func $cm "realloc")))))
  (component $D
    (import "echo" (func $echo (param "s" string) (result string)))
    (core module $Memory
      (memory (export "mem") i64 1)
      (global $answer (mut i64) (i64.const 4096))
      (func (export "set-answer") (param i64) (global.set $answer (local.get 0)))
      (func (export "realloc") (param i64 i64 i64 i64) (result i64) (global.get $answer))
      (data (i64.const 64) "caf\e9")
      (data (i64.const 80) "a\00\03\26"))
    (core instance $memory (instantiate $Memory))
    (core func $echo' (canon lower (func $echo) string-encoding=latin1+utf16
      (memory (core memory $memory "mem")) (realloc (core func $memory "realloc"))))
    (core module $DM
      (import "" "mem" (memory i64 1))
      (import "" "echo" (func $echo (param i64 i64 i64)))
      ;; the length of what comes back, or with the third parameter where the pair is put
      (func (export "give") (param i64 i64) (result i64)
        (call $echo (local.get 0) (local.get 1) (i64.const 8))
        (i64.load (i64.const 16)))
      (func (export "give-at") (param i64)
        (call $echo (i64.const 64) (i64.const 1) (local.get 0))))
    (core instance $dm (instantiate $DM (with "" (instance (export "mem" (memory $memory "mem")) (export "echo" (func $echo'))))))
    (func (export "give") (param "ptr" u64) (param "len" u64) (result u64) (canon lift (core func $dm "give")))
    (func (export "give-at") (param "ptr" u64) (canon lift (core func $dm "give-at")))
    (func (export "set-answer") (param "ptr" u64) (canon lift (core func $memory "set-answer"))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "echo" (func $c "echo"))))
  (export "give" (func $d "give"))
  (export "give-at" (func $d "give-at"))
  (export "set-answer" (func $d "set-answer"))
)
(component instance $i $Given)
(assert_return (invoke "give" (u64.const 64) (u64.const 4)) (u64.const 4))
(assert_return (invoke "give" (u64.const 80) (u64.const 0x8000000000000002)) (u64.const 0x8000000000000002))
;; tagged, yet what comes back fits Latin-1: the callee is UTF-8, and so the string is Latin-1 again
(assert_return (invoke "give" (u64.const 80) (u64.const 0x8000000000000001)) (u64.const 1))
(component instance $i $Given)
(assert_trap (invoke "give" (u64.const 80) (u64.const 0x80000002)) "string")
(component instance $i $Given)
(assert_trap (invoke "give" (u64.const 81) (u64.const 0x8000000000000001)) "unaligned pointer")
