;; Each answer of realloc is checked, not only the first: the block must be aligned to 2 and in bounds.
;;
;; CanonicalABI.md, Storing: `store_string_into_range`. The caller is utf8, the callee utf16.
;; `go-bad` says which call of realloc answers with what.
(component definition $Given
  (component $C
    (core module $CM
      (memory (export "mem") 1)
      (global $calls (mut i32) (i32.const 0))
      (global $bad-call (mut i32) (i32.const -1))
      (global $bad-answer (mut i32) (i32.const 0))
      (func (export "go-bad") (param i32 i32)
        (global.set $bad-call (local.get 0))
        (global.set $bad-answer (local.get 1)))
      (func (export "realloc") (param i32 i32 i32 i32) (result i32)
        (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
        (if (result i32) (i32.eq (global.get $calls) (global.get $bad-call))
          (then (global.get $bad-answer))
          (else (i32.const 4096))))
      (func (export "take") (param i32 i32)))
    (core instance $cm (instantiate $CM))
    (func (export "go-bad") (param "call" u32) (param "answer" u32) (canon lift (core func $cm "go-bad")))
    (func (export "take") (param "s" string)
      (canon lift (core func $cm "take") string-encoding=utf16
        (memory (core memory $cm "mem")) (realloc (core func $cm "realloc")))))
  (component $D
    (import "take" (func $take (param "s" string)))
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 16) "caf\c3\a9"))
    (core instance $memory (instantiate $Memory))
    (core func $take' (canon lower (func $take) string-encoding=utf8 (memory (core memory $memory "mem"))))
    (core module $DM
      (import "" "take" (func $take (param i32 i32)))
      (func (export "give") (call $take (i32.const 16) (i32.const 5))))
    (core instance $dm (instantiate $DM (with "" (instance (export "take" (func $take'))))))
    (func (export "give") (canon lift (core func $dm "give"))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "take" (func $c "take"))))
  (func (export "give") (alias export $d "give"))
  (func (export "go-bad") (alias export $c "go-bad"))
)
;; all of it is well
(component instance $i $Given)
(assert_return (invoke "give"))
;; the first call: the block of 10 bytes reaches past the end
(component instance $i $Given)
(assert_return (invoke "go-bad" (u32.const 1) (u32.const 65528)))
(assert_trap (invoke "give") "realloc return: beyond end of memory")
;; the first call: pointer and size wrap around
(component instance $i $Given)
(assert_return (invoke "go-bad" (u32.const 1) (u32.const 0xfffffffe)))
(assert_trap (invoke "give") "realloc return: beyond end of memory")
;; the first call: not aligned to 2
(component instance $i $Given)
(assert_return (invoke "go-bad" (u32.const 1) (u32.const 4097)))
(assert_trap (invoke "give") "unaligned pointer")
;; the first call: the last place that is in bounds
(component instance $i $Given)
(assert_return (invoke "go-bad" (u32.const 1) (u32.const 65526)))
(assert_return (invoke "give"))
;; the second call: the block of 8 bytes reaches past the end
(component instance $i $Given)
(assert_return (invoke "go-bad" (u32.const 2) (u32.const 65530)))
(assert_trap (invoke "give") "realloc return: beyond end of memory")
;; the second call: pointer and size wrap around
(component instance $i $Given)
(assert_return (invoke "go-bad" (u32.const 2) (u32.const 0xfffffffe)))
(assert_trap (invoke "give") "realloc return: beyond end of memory")
;; the second call: not aligned to 2
(component instance $i $Given)
(assert_return (invoke "go-bad" (u32.const 2) (u32.const 4097)))
(assert_trap (invoke "give") "unaligned pointer")
;; the second call: the last place that is in bounds
(component instance $i $Given)
(assert_return (invoke "go-bad" (u32.const 2) (u32.const 65528)))
(assert_return (invoke "give"))
