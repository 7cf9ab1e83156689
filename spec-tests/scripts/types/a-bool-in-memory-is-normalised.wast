;; Any byte but 0 is true, and true is lowered as 1: a list of bools is not copied byte for byte.
;;
;; CanonicalABI.md, Loading: `convert_int_to_bool`; Storing: `store`.
(component definition $Bools
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
    (func (export "take") (param "v" (list bool))
      (canon lift (core func $cm "take") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "bytes") (param "n" u32) (result (list u8))
      (canon lift (core func $cm "bytes") (memory (core memory $cm "mem")))))
  (component $D
    (import "c" (instance $c
      (export "take" (func (param "v" (list bool))))))
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 1024) "\00\01\02\ff\80\00\7f")
      (data (i32.const 1040) "\00\00\01\02\03\04\05\06\07\08\09\0a\0b\0c\0d\0e\0f\10\11\12\13\14\15\16\17\18\19\1a\1b\1c\1d\1e\1f"))
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

(component instance $i $Bools)
(assert_return (invoke "give" (u32.const 1024) (u32.const 7)))
(assert_return (invoke "bytes" (u32.const 7)) (list.const
  (u8.const 0x00) (u8.const 0x01) (u8.const 0x01) (u8.const 0x01) (u8.const 0x01) (u8.const 0x00) (u8.const 0x01)))
;; thirty-three of them
(component instance $i $Bools)
(assert_return (invoke "give" (u32.const 1040) (u32.const 33)))
(assert_return (invoke "bytes" (u32.const 33)) (list.const
  (u8.const 0x00) (u8.const 0x00) (u8.const 0x01) (u8.const 0x01) (u8.const 0x01) (u8.const 0x01) (u8.const 0x01) (u8.const 0x01)
  (u8.const 0x01) (u8.const 0x01) (u8.const 0x01) (u8.const 0x01) (u8.const 0x01) (u8.const 0x01) (u8.const 0x01) (u8.const 0x01)
  (u8.const 0x01) (u8.const 0x01) (u8.const 0x01) (u8.const 0x01) (u8.const 0x01) (u8.const 0x01) (u8.const 0x01) (u8.const 0x01)
  (u8.const 0x01) (u8.const 0x01) (u8.const 0x01) (u8.const 0x01) (u8.const 0x01) (u8.const 0x01) (u8.const 0x01) (u8.const 0x01)
  (u8.const 0x01)))
