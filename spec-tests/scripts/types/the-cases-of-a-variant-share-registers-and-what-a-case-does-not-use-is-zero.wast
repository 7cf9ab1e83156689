;; The payloads of a variant's cases are joined register by register: i32 with f32 is i32, all else that
;; differs is i64.
;; Lifting narrows what it needs and ignores the rest, lowering widens with zeros and clears what the case
;; does not use.
;;
;; CanonicalABI.md, Flattening: `join`; Flat Lifting: `lift_flat_variant`; Flat Lowering:
;; `lower_flat_variant`.
(component definition $Given
  (component $C
    (core module $CM
      (memory (export "mem") 1)
      ;; $v: discriminant, then u32 f32 u64 f64 u8 s8 joined, then the f32 of the tuple alone
      (func (export "take") (param i32 i64 f32)
        (i32.store (i32.const 0) (local.get 0))
        (i64.store (i32.const 8) (local.get 1))
        (i32.store (i32.const 16) (i32.reinterpret_f32 (local.get 2))))
      ;; $n: u32 and f32 joined
      (func (export "take-narrow") (param i32 i32)
        (i32.store (i32.const 0) (local.get 0))
        (i64.store (i32.const 8) (i64.extend_i32_u (local.get 1)))
        (i32.store (i32.const 16) (i32.const 0)))
      (func (export "seen") (result i32) (i32.const 0)))
    (core instance $cm (instantiate $CM))
    (type $v (variant (case "a" u32) (case "b" f32) (case "c" u64) (case "d" f64) (case "e" (tuple u8 f32)) (case "f" s8) (case "g")))
    (export $v' "v" (type $v))
    (type $n (variant (case "a" u32) (case "b" f32) (case "c")))
    (export $n' "n" (type $n))
    (func (export "take") (param "v" $v') (canon lift (core func $cm "take")))
    (func (export "take-narrow") (param "v" $n') (canon lift (core func $cm "take-narrow")))
    (func (export "seen") (result (tuple u32 u64 u32)) (canon lift (core func $cm "seen") (memory (core memory $cm "mem")))))
  (component $D
    (import "c" (instance $c
      (type $v (variant (case "a" u32) (case "b" f32) (case "c" u64) (case "d" f64) (case "e" (tuple u8 f32)) (case "f" s8) (case "g")))
      (export "v" (type $v' (eq $v)))
      (type $n (variant (case "a" u32) (case "b" f32) (case "c")))
      (export "n" (type $n' (eq $n)))
      (export "take" (func (param "v" $v')))
      (export "take-narrow" (func (param "v" $n')))))
    (core func $take (canon lower (func $c "take")))
    (core func $take-narrow (canon lower (func $c "take-narrow")))
    (core module $DM
      (import "" "take" (func $take (param i32 i64 f32)))
      (import "" "take-narrow" (func $take-narrow (param i32 i32)))
      (func (export "give") (param i32 i64 i32)
        (call $take (local.get 0) (local.get 1) (f32.reinterpret_i32 (local.get 2))))
      (func (export "give-narrow") (param i32 i32) (call $take-narrow (local.get 0) (local.get 1))))
    (core instance $dm (instantiate $DM (with "" (instance
      (export "take" (func $take)) (export "take-narrow" (func $take-narrow))))))
    (func (export "give") (param "case" u32) (param "first" u64) (param "second" u32) (canon lift (core func $dm "give")))
    (func (export "give-narrow") (param "case" u32) (param "first" u32) (canon lift (core func $dm "give-narrow"))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "c" (instance $c))))
  (export "give" (func $d "give"))
  (export "give-narrow" (func $d "give-narrow"))
  (export "c" (instance $c))
  (export "v" (type $c "v"))
  (func (export "seen") (alias export $c "seen"))
)
(component instance $i $Given)
;; u32: the low half; what the case does not use is cleared
(assert_return (invoke "give" (u32.const 0) (u64.const 0xdeadbeef_80000001) (u32.const 0x3fc00000)))
(assert_return (invoke "seen") (tuple.const (u32.const 0) (u64.const 0x80000001) (u32.const 0)))
;; f32: the low half, bit by bit
(assert_return (invoke "give" (u32.const 1) (u64.const 0xdeadbeef_bfc00000) (u32.const 0x3fc00000)))
(assert_return (invoke "seen") (tuple.const (u32.const 1) (u64.const 0xbfc00000) (u32.const 0)))
;; u64, f64: all of it
(assert_return (invoke "give" (u32.const 2) (u64.const 0xdeadbeef_80000001) (u32.const 0x3fc00000)))
(assert_return (invoke "seen") (tuple.const (u32.const 2) (u64.const 0xdeadbeef_80000001) (u32.const 0)))
(assert_return (invoke "give" (u32.const 3) (u64.const 0xbff80000_00000001) (u32.const 0x3fc00000)))
(assert_return (invoke "seen") (tuple.const (u32.const 3) (u64.const 0xbff80000_00000001) (u32.const 0)))
;; u8 and f32
(assert_return (invoke "give" (u32.const 4) (u64.const 0xdeadbeef_000001fe) (u32.const 0x3fc00000)))
(assert_return (invoke "seen") (tuple.const (u32.const 4) (u64.const 0xfe) (u32.const 0x3fc00000)))
;; s8: the sign goes through 32 bits, the rest is zeros
(assert_return (invoke "give" (u32.const 5) (u64.const 0xdeadbeef_00000180) (u32.const 0x3fc00000)))
(assert_return (invoke "seen") (tuple.const (u32.const 5) (u64.const 0xffffff80) (u32.const 0)))
;; nothing
(assert_return (invoke "give" (u32.const 6) (u64.const 0xdeadbeef_80000001) (u32.const 0x3fc00000)))
(assert_return (invoke "seen") (tuple.const (u32.const 6) (u64.const 0) (u32.const 0)))
;; i32 and f32 joined to i32
(assert_return (invoke "give-narrow" (u32.const 0) (u32.const 0x80000001)))
(assert_return (invoke "seen") (tuple.const (u32.const 0) (u64.const 0x80000001) (u32.const 0)))
(assert_return (invoke "give-narrow" (u32.const 1) (u32.const 0xbfc00000)))
(assert_return (invoke "seen") (tuple.const (u32.const 1) (u64.const 0xbfc00000) (u32.const 0)))
(assert_return (invoke "give-narrow" (u32.const 2) (u32.const 0xbfc00000)))
(assert_return (invoke "seen") (tuple.const (u32.const 2) (u64.const 0) (u32.const 0)))
;; no such case
(assert_trap (invoke "give" (u32.const 7) (u64.const 0) (u32.const 0)) "variant discriminant")
(component instance $i $Given)
(assert_trap (invoke "give" (u32.const 0x100) (u64.const 0) (u32.const 0)) "variant discriminant")
(component instance $i $Given)
(assert_trap (invoke "give-narrow" (u32.const 0xffffffff) (u32.const 0)) "variant discriminant")
