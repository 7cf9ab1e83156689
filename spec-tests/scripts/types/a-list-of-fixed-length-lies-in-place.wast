;; A list of fixed length is its elements, one after another: no pointer, no length, the alignment of an
;; element.
;;
;; CanonicalABI.md, Loading: `load_list` with a length.
(component definition $Words
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
    (func (export "take") (param "v" (list (tuple u8 (list u16 3))))
      (canon lift (core func $cm "take") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "bytes") (param "n" u32) (result (list u8))
      (canon lift (core func $cm "bytes") (memory (core memory $cm "mem")))))
  (component $D
    (import "c" (instance $c
      (export "take" (func (param "v" (list (tuple u8 (list u16 3))))))))
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 1024) "\01\ab\02\00\03\00\04\00\01\ab\02\00\03\00\04\00"))
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

;; a byte, padding, three words; twice
(component instance $i $Words)
(assert_return (invoke "give" (u32.const 1024) (u32.const 2)))
(assert_return (invoke "bytes" (u32.const 16)) (list.const
  (u8.const 0x01) (u8.const 0xee) (u8.const 0x02) (u8.const 0x00) (u8.const 0x03) (u8.const 0x00) (u8.const 0x04) (u8.const 0x00)
  (u8.const 0x01) (u8.const 0xee) (u8.const 0x02) (u8.const 0x00) (u8.const 0x03) (u8.const 0x00) (u8.const 0x04) (u8.const 0x00)))

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
    (func (export "take") (param "v" (list (list bool 5)))
      (canon lift (core func $cm "take") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "bytes") (param "n" u32) (result (list u8))
      (canon lift (core func $cm "bytes") (memory (core memory $cm "mem")))))
  (component $D
    (import "c" (instance $c
      (export "take" (func (param "v" (list (list bool 5)))))))
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 1024) "\00\01\02\03\ff\ff\00\00\00\04"))
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

;; elements are checked and normalised one by one
(component instance $i $Bools)
(assert_return (invoke "give" (u32.const 1024) (u32.const 2)))
(assert_return (invoke "bytes" (u32.const 10)) (list.const
  (u8.const 0x00) (u8.const 0x01) (u8.const 0x01) (u8.const 0x01) (u8.const 0x01) (u8.const 0x01) (u8.const 0x00) (u8.const 0x00)
  (u8.const 0x00) (u8.const 0x01)))

(component definition $Options
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
    (func (export "take") (param "v" (list (list (option u16) 2)))
      (canon lift (core func $cm "take") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "bytes") (param "n" u32) (result (list u8))
      (canon lift (core func $cm "bytes") (memory (core memory $cm "mem")))))
  (component $D
    (import "c" (instance $c
      (export "take" (func (param "v" (list (list (option u16) 2)))))))
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 1024) "\01\ab\07\00\00\ab\ab\ab")
      (data (i32.const 1040) "\01\ab\07\00\02\ab\ab\ab"))
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

;; padding within elements is left alone
(component instance $i $Options)
(assert_return (invoke "give" (u32.const 1024) (u32.const 1)))
(assert_return (invoke "bytes" (u32.const 8)) (list.const
  (u8.const 0x01) (u8.const 0xee) (u8.const 0x07) (u8.const 0x00) (u8.const 0x00) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee)))
;; the second is neither
(component instance $i $Options)
(assert_trap (invoke "give" (u32.const 1040) (u32.const 1)) "variant discriminant")

(component definition $Nested
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
    (func (export "take") (param "v" (list (list (list u8 2) 3)))
      (canon lift (core func $cm "take") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "bytes") (param "n" u32) (result (list u8))
      (canon lift (core func $cm "bytes") (memory (core memory $cm "mem")))))
  (component $D
    (import "c" (instance $c
      (export "take" (func (param "v" (list (list (list u8 2) 3)))))))
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 1024) "\01\02\03\04\05\06"))
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

;; lists of lists
(component instance $i $Nested)
(assert_return (invoke "give" (u32.const 1024) (u32.const 1)))
(assert_return (invoke "bytes" (u32.const 6)) (list.const
  (u8.const 0x01) (u8.const 0x02) (u8.const 0x03) (u8.const 0x04) (u8.const 0x05) (u8.const 0x06)))
