;; Numbers in memory are as wide as they are: no bit is lost and none is added, at the ends of each range.
;;
;; CanonicalABI.md, Loading: `load_int`; Storing: `store_int`.
(component definition $Numbers
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
    (type $r-0 (record (field "a" u64) (field "b" s64) (field "c" u32) (field "d" s32) (field "e" u16) (field "f" s16) (field "g" u8) (field "h" s8) (field "i" char)))
    (export $r "r" (type $r-0))
    (func (export "take") (param "v" (list $r))
      (canon lift (core func $cm "take") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "bytes") (param "n" u32) (result (list u8))
      (canon lift (core func $cm "bytes") (memory (core memory $cm "mem")))))
  (component $D
    (import "c" (instance $c
      (type $r-0 (record (field "a" u64) (field "b" s64) (field "c" u32) (field "d" s32) (field "e" u16) (field "f" s16) (field "g" u8) (field "h" s8) (field "i" char)))
      (export "r" (type $r (eq $r-0)))
      (export "take" (func (param "v" (list $r))))))
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 1024) "\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\7f\ff\ff\ff\ff\ff\ff\ff\7f\ff\ff\ff\7f\ff\7f\ab\ab\ff\ff\10\00\ab\ab\ab\ab")
      (data (i32.const 1072) "\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\80\00\00\00\00\00\00\00\80\00\00\00\80\00\80\ab\ab\00\00\00\00\ab\ab\ab\ab"))
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

;; the largest
(component instance $i $Numbers)
(assert_return (invoke "give" (u32.const 1024) (u32.const 1)))
(assert_return (invoke "bytes" (u32.const 40)) (list.const
  (u8.const 0xff) (u8.const 0xff) (u8.const 0xff) (u8.const 0xff) (u8.const 0xff) (u8.const 0xff) (u8.const 0xff) (u8.const 0xff)
  (u8.const 0xff) (u8.const 0xff) (u8.const 0xff) (u8.const 0xff) (u8.const 0xff) (u8.const 0xff) (u8.const 0xff) (u8.const 0x7f)
  (u8.const 0xff) (u8.const 0xff) (u8.const 0xff) (u8.const 0xff) (u8.const 0xff) (u8.const 0xff) (u8.const 0xff) (u8.const 0x7f)
  (u8.const 0xff) (u8.const 0xff) (u8.const 0xff) (u8.const 0x7f) (u8.const 0xff) (u8.const 0x7f) (u8.const 0xee) (u8.const 0xee)
  (u8.const 0xff) (u8.const 0xff) (u8.const 0x10) (u8.const 0x00) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee)))
;; the smallest
(component instance $i $Numbers)
(assert_return (invoke "give" (u32.const 1072) (u32.const 1)))
(assert_return (invoke "bytes" (u32.const 40)) (list.const
  (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00)
  (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x80)
  (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x80)
  (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x80) (u8.const 0x00) (u8.const 0x80) (u8.const 0xee) (u8.const 0xee)
  (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee)))
