;; A pointer or a length of 64 bits is not cut off: with anything in its upper half it is out of bounds, where
;; the lower half would be within. The same for what realloc answers and for where results are to go.
;;
;; CanonicalABI.md, Loading: `load_string_from_range`; Storing; Lifting and Lowering Values.
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
      (data (i64.const 64) "abc"))
    (core instance $memory (instantiate $Memory))
    (core func $echo' (canon lower (func $echo) string-encoding=utf8
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
(assert_return (invoke "give" (u64.const 64) (u64.const 3)) (u64.const 3))
(component instance $i $Given)
(assert_trap (invoke "give" (u64.const 0x100000040) (u64.const 3)) "string content out-of-bounds")
(component instance $i $Given)
(assert_trap (invoke "give" (u64.const 64) (u64.const 0x100000003)) "string")
(component instance $i $Given)
(assert_trap (invoke "give" (u64.const 0xffffffffffffffff) (u64.const 1)) "string content out-of-bounds")
(component instance $i $Given)
(assert_trap (invoke "give" (u64.const 0x8000000000000000) (u64.const 0)) "string content out-of-bounds")
(component instance $i $Given)
(assert_trap (invoke "give" (u64.const 64) (u64.const 0xffffffffffffffff)) "string")
;; pointer and length wrap around at 64 bits
(component instance $i $Given)
(assert_trap (invoke "give" (u64.const 0xfffffffffffffff0) (u64.const 0x50)) "string")
;; realloc's answer
(component instance $i $Given)
(assert_return (invoke "set-answer" (u64.const 0x100001000)))
(assert_trap (invoke "give" (u64.const 64) (u64.const 3)) "realloc return: beyond end of memory")
(component instance $i $Given)
(assert_return (invoke "set-answer" (u64.const 65533)))
(assert_return (invoke "give" (u64.const 64) (u64.const 3)) (u64.const 3))
(assert_return (invoke "set-answer" (u64.const 65534)))
(assert_trap (invoke "give" (u64.const 64) (u64.const 3)) "realloc return: beyond end of memory")
;; where the results go: 16 bytes, aligned to 8
(component instance $i $Given)
(assert_return (invoke "give-at" (u64.const 65520)))
(assert_trap (invoke "give-at" (u64.const 65528)) "pointer out of bounds of memory")
(component instance $i $Given)
(assert_trap (invoke "give-at" (u64.const 12)) "unaligned pointer")
(component instance $i $Given)
(assert_trap (invoke "give-at" (u64.const 0x100000008)) "pointer out of bounds of memory")
