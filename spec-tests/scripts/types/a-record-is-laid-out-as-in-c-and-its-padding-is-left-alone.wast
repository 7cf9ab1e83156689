;; Fields are at multiples of their alignment and a record's size is one of its own; what is between the
;; fields is
;; neither read nor written.
;;
;; CanonicalABI.md, Alignment, Element Size, Storing: `store_record`.
(component definition $Mixed
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
    (type $r-0 (record (field "a" u8) (field "b" u16) (field "c" u8) (field "d" u32) (field "e" u8) (field "f" u64) (field "g" u8)))
    (export $r "r" (type $r-0))
    (func (export "take") (param "v" (list $r))
      (canon lift (core func $cm "take") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "bytes") (param "n" u32) (result (list u8))
      (canon lift (core func $cm "bytes") (memory (core memory $cm "mem")))))
  (component $D
    (import "c" (instance $c
      (type $r-0 (record (field "a" u8) (field "b" u16) (field "c" u8) (field "d" u32) (field "e" u8) (field "f" u64) (field "g" u8)))
      (export "r" (type $r (eq $r-0)))
      (export "take" (func (param "v" (list $r))))))
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 1024) "\01\ab4\12\02\ab\ab\ab\ef\be\ad\de\03\ab\ab\ab\88wfUD3\22\11\04\ab\ab\ab\ab\ab\ab\ab\05\abxV\06\ab\ab\ab\ce\fa\ed\fe\07\ab\ab\ab\11\223DUfw\88\08\ab\ab\ab\ab\ab\ab\ab"))
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

;; two, so that the stride shows
(component instance $i $Mixed)
(assert_return (invoke "give" (u32.const 1024) (u32.const 2)))
(assert_return (invoke "bytes" (u32.const 64)) (list.const
  (u8.const 0x01) (u8.const 0xee) (u8.const 0x34) (u8.const 0x12) (u8.const 0x02) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee)
  (u8.const 0xef) (u8.const 0xbe) (u8.const 0xad) (u8.const 0xde) (u8.const 0x03) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee)
  (u8.const 0x88) (u8.const 0x77) (u8.const 0x66) (u8.const 0x55) (u8.const 0x44) (u8.const 0x33) (u8.const 0x22) (u8.const 0x11)
  (u8.const 0x04) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee)
  (u8.const 0x05) (u8.const 0xee) (u8.const 0x78) (u8.const 0x56) (u8.const 0x06) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee)
  (u8.const 0xce) (u8.const 0xfa) (u8.const 0xed) (u8.const 0xfe) (u8.const 0x07) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee)
  (u8.const 0x11) (u8.const 0x22) (u8.const 0x33) (u8.const 0x44) (u8.const 0x55) (u8.const 0x66) (u8.const 0x77) (u8.const 0x88)
  (u8.const 0x08) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee)))

;; a tuple in a record: the inner size is rounded up first
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
    (type $r-0 (record (field "a" (tuple u32 u8)) (field "b" u8) (field "c" (tuple u8 u16))))
    (export $r "r" (type $r-0))
    (func (export "take") (param "v" (list $r))
      (canon lift (core func $cm "take") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "bytes") (param "n" u32) (result (list u8))
      (canon lift (core func $cm "bytes") (memory (core memory $cm "mem")))))
  (component $D
    (import "c" (instance $c
      (type $r-0 (record (field "a" (tuple u32 u8)) (field "b" u8) (field "c" (tuple u8 u16))))
      (export "r" (type $r (eq $r-0)))
      (export "take" (func (param "v" (list $r))))))
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 1024) "\07\00\00\00\08\ab\ab\ab\09\ab\0a\ab\fe\ff\ab\ab\0b\00\00\00\0c\ab\ab\ab\0d\ab\0e\ab\fe\fe\ab\ab"))
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

(component instance $i $Nested)
(assert_return (invoke "give" (u32.const 1024) (u32.const 2)))
(assert_return (invoke "bytes" (u32.const 32)) (list.const
  (u8.const 0x07) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x08) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee)
  (u8.const 0x09) (u8.const 0xee) (u8.const 0x0a) (u8.const 0xee) (u8.const 0xfe) (u8.const 0xff) (u8.const 0xee) (u8.const 0xee)
  (u8.const 0x0b) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x0c) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee)
  (u8.const 0x0d) (u8.const 0xee) (u8.const 0x0e) (u8.const 0xee) (u8.const 0xfe) (u8.const 0xfe) (u8.const 0xee) (u8.const 0xee)))
