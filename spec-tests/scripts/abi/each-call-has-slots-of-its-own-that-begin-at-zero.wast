;; A thread's two slots of context are zero when a call begins, and are its own: neither a call that it makes,
;; nor a realloc on its behalf, sees or changes them. Post-return sees what the function left.
;;
;; CanonicalABI.md, Threads: `storage`; Lifting and Lowering Context: `reallocate` is a call; `canon lift`:
;; post-return runs in the same thread.
(component
  (component $C
    (core func $get0 (canon context.get i32 0))
    (core func $set0 (canon context.set i32 0))
    (core func $get1 (canon context.get i32 1))
    (core func $set1 (canon context.set i32 1))
    (core module $CM
      (import "" "get0" (func $get0 (result i32)))
      (import "" "set0" (func $set0 (param i32)))
      (import "" "get1" (func $get1 (result i32)))
      (import "" "set1" (func $set1 (param i32)))
      (memory (export "mem") 1)
      ;; what was seen: when realloc began, when the function began, in post-return
      (global $seen (mut i64) (i64.const 0))
      (func $see
        (global.set $seen
          (i64.or (i64.shl (global.get $seen) (i64.const 16))
            (i64.extend_i32_u (i32.or (i32.shl (call $get0) (i32.const 8)) (call $get1))))))
      (func (export "realloc") (param i32 i32 i32 i32) (result i32)
        (call $see)
        (call $set0 (i32.const 0x11))
        (call $set1 (i32.const 0x12))
        (i32.const 1024))
      (func (export "f") (param i32 i32) (result i32)
        (call $see)
        (call $set1 (i32.const 0x22))
        (call $set0 (i32.const 0x21))
        (i32.const 7))
      (func (export "post") (param i32) (call $see))
      (func (export "seen") (result i64) (global.get $seen)))
    (core instance $cm (instantiate $CM (with "" (instance
      (export "get0" (func $get0)) (export "set0" (func $set0)) (export "get1" (func $get1)) (export "set1" (func $set1))))))
    (func (export "f") (param "l" (list u8)) (result u32)
      (canon lift (core func $cm "f") (memory (core memory $cm "mem"))
        (realloc (core func $cm "realloc")) (post-return (core func $cm "post"))))
    (func (export "seen") (result u64) (canon lift (core func $cm "seen"))))
  (component $D
    (import "f" (func $f (param "l" (list u8)) (result u32)))
    (core func $get0 (canon context.get i32 0))
    (core func $set0 (canon context.set i32 0))
    (core func $get1 (canon context.get i32 1))
    (core func $set1 (canon context.set i32 1))
    (core module $Memory (memory (export "mem") 1))
    (core instance $memory (instantiate $Memory))
    (core func $f' (canon lower (func $f) (memory (core memory $memory "mem"))))
    (core module $DM
      (import "" "f" (func $f (param i32 i32) (result i32)))
      (import "" "get0" (func $get0 (result i32)))
      (import "" "set0" (func $set0 (param i32)))
      (import "" "get1" (func $get1 (result i32)))
      (import "" "set1" (func $set1 (param i32)))
      (func (export "run") (result i32)
        (if (i32.or (call $get0) (call $get1)) (then unreachable))
        (call $set0 (i32.const 0x31))
        (call $set1 (i32.const 0x32))
        (drop (call $f (i32.const 0) (i32.const 1)))
        (i32.or (i32.shl (call $get0) (i32.const 8)) (call $get1))))
    (core instance $dm (instantiate $DM (with "" (instance
      (export "f" (func $f')) (export "get0" (func $get0)) (export "set0" (func $set0))
      (export "get1" (func $get1)) (export "set1" (func $set1))))))
    (func (export "run") (result u32) (canon lift (core func $dm "run"))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "f" (func $c "f"))))
  (export "run" (func $d "run"))
  (export "f" (func $c "f"))
  (export "seen" (func $c "seen"))
)
;; the caller's are as it left them
(assert_return (invoke "run") (u32.const 0x3132))
(assert_return (invoke "seen") (u64.const 0x0000_0000_2122))
;; and so it is when the host calls
(assert_return (invoke "f" (list.const (u8.const 1))) (u32.const 7))
(assert_return (invoke "seen") (u64.const 0x2122_0000_0000_2122))
;; the next call begins at zero again
(assert_return (invoke "run") (u32.const 0x3132))
