;; None is 0 and some is 1, ok is 0 and error is 1; a payload that a case does not have is left alone.
;;
;; CanonicalABI.md, Despecialization.
(component definition $OptionSmall
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
    (func (export "take") (param "v" (list (option u8)))
      (canon lift (core func $cm "take") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "bytes") (param "n" u32) (result (list u8))
      (canon lift (core func $cm "bytes") (memory (core memory $cm "mem")))))
  (component $D
    (import "c" (instance $c
      (export "take" (func (param "v" (list (option u8)))))))
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 1024) "\00\ab\01\09")
      (data (i32.const 1040) "\02\00"))
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

;; none, some
(component instance $i $OptionSmall)
(assert_return (invoke "give" (u32.const 1024) (u32.const 2)))
(assert_return (invoke "bytes" (u32.const 4)) (list.const
  (u8.const 0x00) (u8.const 0xee) (u8.const 0x01) (u8.const 0x09)))
;; neither
(component instance $i $OptionSmall)
(assert_trap (invoke "give" (u32.const 1040) (u32.const 1)) "variant discriminant")

(component definition $OptionNested
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
    (func (export "take") (param "v" (list (option (option u32))))
      (canon lift (core func $cm "take") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "bytes") (param "n" u32) (result (list u8))
      (canon lift (core func $cm "bytes") (memory (core memory $cm "mem")))))
  (component $D
    (import "c" (instance $c
      (export "take" (func (param "v" (list (option (option u32))))))))
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 1024) "\00\ab\ab\ab\ab\ab\ab\ab\ab\ab\ab\ab\01\ab\ab\ab\00\ab\ab\ab\ab\ab\ab\ab\01\ab\ab\ab\01\ab\ab\abM\00\00\00")
      (data (i32.const 1072) "\01\ab\ab\ab\02\ab\ab\ab\ab\ab\ab\ab"))
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

;; none, some of none, some of some
(component instance $i $OptionNested)
(assert_return (invoke "give" (u32.const 1024) (u32.const 3)))
(assert_return (invoke "bytes" (u32.const 36)) (list.const
  (u8.const 0x00) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee)
  (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0x01) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee)
  (u8.const 0x00) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee)
  (u8.const 0x01) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0x01) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee)
  (u8.const 0x4d) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00)))
;; an inner one that is neither
(component instance $i $OptionNested)
(assert_trap (invoke "give" (u32.const 1072) (u32.const 1)) "variant discriminant")

(component definition $Result
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
    (func (export "take") (param "v" (list (result u8 (error u32))))
      (canon lift (core func $cm "take") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "bytes") (param "n" u32) (result (list u8))
      (canon lift (core func $cm "bytes") (memory (core memory $cm "mem")))))
  (component $D
    (import "c" (instance $c
      (export "take" (func (param "v" (list (result u8 (error u32))))))))
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 1024) "\00\ab\ab\ab\05\ab\ab\ab\01\ab\ab\ab\04\03\02\01")
      (data (i32.const 1040) "\02\ab\ab\ab\ab\ab\ab\ab"))
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

;; ok, error
(component instance $i $Result)
(assert_return (invoke "give" (u32.const 1024) (u32.const 2)))
(assert_return (invoke "bytes" (u32.const 16)) (list.const
  (u8.const 0x00) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0x05) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee)
  (u8.const 0x01) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0x04) (u8.const 0x03) (u8.const 0x02) (u8.const 0x01)))
;; neither
(component instance $i $Result)
(assert_trap (invoke "give" (u32.const 1040) (u32.const 1)) "variant discriminant")

(component definition $ResultError
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
    (func (export "take") (param "v" (list (result (error u16))))
      (canon lift (core func $cm "take") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "bytes") (param "n" u32) (result (list u8))
      (canon lift (core func $cm "bytes") (memory (core memory $cm "mem")))))
  (component $D
    (import "c" (instance $c
      (export "take" (func (param "v" (list (result (error u16))))))))
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 1024) "\00\ab\ab\ab\01\ab\02\01"))
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

;; ok without a payload, error with one
(component instance $i $ResultError)
(assert_return (invoke "give" (u32.const 1024) (u32.const 2)))
(assert_return (invoke "bytes" (u32.const 8)) (list.const
  (u8.const 0x00) (u8.const 0xee) (u8.const 0xee) (u8.const 0xee) (u8.const 0x01) (u8.const 0xee) (u8.const 0x02) (u8.const 0x01)))

(component definition $ResultEmpty
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
    (func (export "take") (param "v" (list (result)))
      (canon lift (core func $cm "take") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "bytes") (param "n" u32) (result (list u8))
      (canon lift (core func $cm "bytes") (memory (core memory $cm "mem")))))
  (component $D
    (import "c" (instance $c
      (export "take" (func (param "v" (list (result)))))))
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 1024) "\00\01\00")
      (data (i32.const 1040) "\00\01\02"))
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

;; no payloads
(component instance $i $ResultEmpty)
(assert_return (invoke "give" (u32.const 1024) (u32.const 3)))
(assert_return (invoke "bytes" (u32.const 3)) (list.const
  (u8.const 0x00) (u8.const 0x01) (u8.const 0x00)))
;; neither
(component instance $i $ResultEmpty)
(assert_trap (invoke "give" (u32.const 1040) (u32.const 3)) "variant discriminant")
