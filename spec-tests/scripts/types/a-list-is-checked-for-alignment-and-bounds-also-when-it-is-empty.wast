;; A list's pointer is aligned for its elements and all of it is in bounds, if there are no elements, too. The
;; size is the number times the size of an element, without wrapping around.
;;
;; CanonicalABI.md, Loading: `load_list_from_range`; Storing: `store_list_into_range`.
(component definition $Given
  (component $C
    (core module $CM
      (memory (export "mem") 1)
      (global $answer (mut i32) (i32.const 4096))
      (func (export "set-answer") (param i32) (global.set $answer (local.get 0)))
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (global.get $answer))
      (func (export "take") (param i32 i32)))
    (core instance $cm (instantiate $CM))
    (func (export "set-answer") (param "p" u32) (canon lift (core func $cm "set-answer")))
    (func (export "take") (param "l" (list u64))
      (canon lift (core func $cm "take") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc")))))
  (component $D
    (import "take" (func $take (param "l" (list u64))))
    (core module $Memory (memory (export "mem") 1))
    (core instance $memory (instantiate $Memory))
    (core func $take' (canon lower (func $take) (memory (core memory $memory "mem"))))
    (core module $DM
      (import "" "take" (func $take (param i32 i32)))
      (func (export "give") (param i32 i32) (call $take (local.get 0) (local.get 1))))
    (core instance $dm (instantiate $DM (with "" (instance (export "take" (func $take'))))))
    (func (export "give") (param "ptr" u32) (param "n" u32) (canon lift (core func $dm "give"))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "take" (func $c "take"))))
  (export "give" (func $d "give"))
  (export "set-answer" (func $c "set-answer"))
)
(component instance $i $Given)
(assert_return (invoke "give" (u32.const 0) (u32.const 0)))
(assert_return (invoke "give" (u32.const 65536) (u32.const 0)))
(assert_return (invoke "give" (u32.const 65528) (u32.const 1)))
;; alignment comes before bounds
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 65532) (u32.const 1)) "unaligned pointer")
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 4) (u32.const 0)) "unaligned pointer")
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 65544) (u32.const 0)) "list content out-of-bounds")
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 65536) (u32.const 1)) "list content out-of-bounds")
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 0) (u32.const 0x2001)) "list content out-of-bounds")
;; 8 times the number is 2^32
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 0) (u32.const 0x20000000)) "list")
;; 8 times the number is 8, modulo 2^32
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 8) (u32.const 0x20000001)) "list")
;; pointer and size are 2^32
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 0xfffffff8) (u32.const 1)) "list content out-of-bounds")
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 0xfffffff8) (u32.const 0)) "list content out-of-bounds")
;; the callee's block
(component instance $i $Given)
(assert_return (invoke "set-answer" (u32.const 65520)))
(assert_return (invoke "give" (u32.const 0) (u32.const 2)))
(assert_return (invoke "set-answer" (u32.const 65528)))
(assert_trap (invoke "give" (u32.const 0) (u32.const 2)) "out")
(component instance $i $Given)
(assert_return (invoke "set-answer" (u32.const 65536)))
(assert_return (invoke "give" (u32.const 0) (u32.const 0)))
(assert_return (invoke "set-answer" (u32.const 65544)))
(assert_trap (invoke "give" (u32.const 0) (u32.const 0)) "out")
(component instance $i $Given)
(assert_return (invoke "set-answer" (u32.const 4100)))
(assert_trap (invoke "give" (u32.const 0) (u32.const 0)) "unaligned pointer")
