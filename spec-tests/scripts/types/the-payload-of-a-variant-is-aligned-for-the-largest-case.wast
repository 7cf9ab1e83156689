;; The payload of every case is at the same place: after the discriminant, aligned for the case that needs it
;; most. What
;; a case does not use is neither read nor written.
;;
;; CanonicalABI.md, Alignment: `max_case_alignment`; Storing: `store_variant`.
(component definition $Variant
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
    (type $v-0 (variant (case "a" u8) (case "b" u64) (case "c" (tuple u8 u16)) (case "d") (case "e" char)))
    (export $v "v" (type $v-0))
    (func (export "take") (param "v" (list $v))
      (canon lift (core func $cm "take") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "bytes") (param "n" u32) (result (list u8))
      (canon lift (core func $cm "bytes") (memory (core memory $cm "mem")))))
  (component $D
    (import "c" (instance $c
      (type $v-0 (variant (case "a" u8) (case "b" u64) (case "c" (tuple u8 u16)) (case "d") (case "e" char)))
      (export "v" (type $v (eq $v-0)))
      (export "take" (func (param "v" (list $v))))))
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 1024) "\00\ab\ab\ab\ab\ab\ab\ab\05\ab\ab\ab\ab\ab\ab\ab\01\ab\ab\ab\ab\ab\ab\ab\88wfUD3\22\11\02\ab\ab\ab\ab\ab\ab\ab\06\ab\89\07\ab\ab\ab\ab\03\ab\ab\ab\ab\ab\ab\ab\ab\ab\ab\ab\ab\ab\ab\ab\04\ab\ab\ab\ab\ab\ab\aba\00\00\00\ab\ab\ab\ab")
      (data (i32.const 1104) "\05\ab\ab\ab\ab\ab\ab\ab\ab\ab\ab\ab\ab\ab\ab\ab")
      (data (i32.const 1120) "\04\ab\ab\ab\ab\ab\ab\ab\00\d8\00\00\ab\ab\ab\ab")
      (data (i32.const 1136) "\03\ab\ab\ab\ab\ab\ab\ab\00\d8\00\00\ab\ab\ab\ab"))
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

;; each case
(component instance $i $Variant)
(assert_return (invoke "give" (u32.const 1024) (u32.const 5)))
(assert_return (invoke "bytes" (u32.const 80)) (list.const
  (u8.const 0x00) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee)
  (u8.const 0x05) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee)
  (u8.const 0x01) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee)
  (u8.const 0x88) (u8.const 0x77) (u8.const 0x66) (u8.const 0x55) (u8.const 0x44) (u8.const 0x33) (u8.const 0x22) (u8.const 0x11)
  (u8.const 0x02) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee)
  (u8.const 0x06) (u8.const 0xee) (u8.const 0x89) (u8.const 0x07) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee)
  (u8.const 0x03) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee)
  (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee)
  (u8.const 0x04) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee)
  (u8.const 0x61) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee)))
;; no such case
(component instance $i $Variant)
(assert_trap (invoke "give" (u32.const 1104) (u32.const 1)) "variant discriminant")
;; the payload of the case that is there is checked
(component instance $i $Variant)
(assert_trap (invoke "give" (u32.const 1120) (u32.const 1)) "invalid `char` bit pattern")
;; and that of no other
(component instance $i $Variant)
(assert_return (invoke "give" (u32.const 1136) (u32.const 1)))
(assert_return (invoke "bytes" (u32.const 16)) (list.const
  (u8.const 0x03) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee)
  (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee)))
