;; Up to 8 flags are a byte, up to 16 two, up to 32 four. Bits that are no flag are dropped.
;;
;; CanonicalABI.md, Element Size: `elem_size_flags`; Loading: `unpack_flags_from_int`.
(component definition $Flags1
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
    (type $f-0 (flags "f0"))
    (export $f "f" (type $f-0))
    (func (export "take") (param "v" (list $f))
      (canon lift (core func $cm "take") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "bytes") (param "n" u32) (result (list u8))
      (canon lift (core func $cm "bytes") (memory (core memory $cm "mem")))))
  (component $D
    (import "c" (instance $c
      (type $f-0 (flags "f0"))
      (export "f" (type $f (eq $f-0)))
      (export "take" (func (param "v" (list $f))))))
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 1024) "\ff\00\a5"))
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

;; 1 flags: 1 byte
(component instance $i $Flags1)
(assert_return (invoke "give" (u32.const 1024) (u32.const 3)))
(assert_return (invoke "bytes" (u32.const 3)) (list.const
  (u8.const 0x01) (u8.const 0x00) (u8.const 0x01)))

(component definition $Flags7
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
    (type $f-0 (flags "f0" "f1" "f2" "f3" "f4" "f5" "f6"))
    (export $f "f" (type $f-0))
    (func (export "take") (param "v" (list $f))
      (canon lift (core func $cm "take") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "bytes") (param "n" u32) (result (list u8))
      (canon lift (core func $cm "bytes") (memory (core memory $cm "mem")))))
  (component $D
    (import "c" (instance $c
      (type $f-0 (flags "f0" "f1" "f2" "f3" "f4" "f5" "f6"))
      (export "f" (type $f (eq $f-0)))
      (export "take" (func (param "v" (list $f))))))
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 1024) "\ff\00\a5"))
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

;; 7 flags: 1 byte
(component instance $i $Flags7)
(assert_return (invoke "give" (u32.const 1024) (u32.const 3)))
(assert_return (invoke "bytes" (u32.const 3)) (list.const
  (u8.const 0x7f) (u8.const 0x00) (u8.const 0x25)))

(component definition $Flags8
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
    (type $f-0 (flags "f0" "f1" "f2" "f3" "f4" "f5" "f6" "f7"))
    (export $f "f" (type $f-0))
    (func (export "take") (param "v" (list $f))
      (canon lift (core func $cm "take") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "bytes") (param "n" u32) (result (list u8))
      (canon lift (core func $cm "bytes") (memory (core memory $cm "mem")))))
  (component $D
    (import "c" (instance $c
      (type $f-0 (flags "f0" "f1" "f2" "f3" "f4" "f5" "f6" "f7"))
      (export "f" (type $f (eq $f-0)))
      (export "take" (func (param "v" (list $f))))))
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 1024) "\ff\00\a5"))
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

;; 8 flags: 1 byte
(component instance $i $Flags8)
(assert_return (invoke "give" (u32.const 1024) (u32.const 3)))
(assert_return (invoke "bytes" (u32.const 3)) (list.const
  (u8.const 0xff) (u8.const 0x00) (u8.const 0xa5)))

(component definition $Flags9
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
    (type $f-0 (flags "f0" "f1" "f2" "f3" "f4" "f5" "f6" "f7" "f8"))
    (export $f "f" (type $f-0))
    (func (export "take") (param "v" (list $f))
      (canon lift (core func $cm "take") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "bytes") (param "n" u32) (result (list u8))
      (canon lift (core func $cm "bytes") (memory (core memory $cm "mem")))))
  (component $D
    (import "c" (instance $c
      (type $f-0 (flags "f0" "f1" "f2" "f3" "f4" "f5" "f6" "f7" "f8"))
      (export "f" (type $f (eq $f-0)))
      (export "take" (func (param "v" (list $f))))))
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 1024) "\ff\ff\00\00\a5\a5"))
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

;; 9 flags: 2 bytes
(component instance $i $Flags9)
(assert_return (invoke "give" (u32.const 1024) (u32.const 3)))
(assert_return (invoke "bytes" (u32.const 6)) (list.const
  (u8.const 0xff) (u8.const 0x01) (u8.const 0x00) (u8.const 0x00) (u8.const 0xa5) (u8.const 0x01)))

(component definition $Flags15
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
    (type $f-0 (flags "f0" "f1" "f2" "f3" "f4" "f5" "f6" "f7" "f8" "f9" "f10" "f11" "f12" "f13" "f14"))
    (export $f "f" (type $f-0))
    (func (export "take") (param "v" (list $f))
      (canon lift (core func $cm "take") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "bytes") (param "n" u32) (result (list u8))
      (canon lift (core func $cm "bytes") (memory (core memory $cm "mem")))))
  (component $D
    (import "c" (instance $c
      (type $f-0 (flags "f0" "f1" "f2" "f3" "f4" "f5" "f6" "f7" "f8" "f9" "f10" "f11" "f12" "f13" "f14"))
      (export "f" (type $f (eq $f-0)))
      (export "take" (func (param "v" (list $f))))))
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 1024) "\ff\ff\00\00\a5\a5"))
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

;; 15 flags: 2 bytes
(component instance $i $Flags15)
(assert_return (invoke "give" (u32.const 1024) (u32.const 3)))
(assert_return (invoke "bytes" (u32.const 6)) (list.const
  (u8.const 0xff) (u8.const 0x7f) (u8.const 0x00) (u8.const 0x00) (u8.const 0xa5) (u8.const 0x25)))

(component definition $Flags16
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
    (type $f-0 (flags "f0" "f1" "f2" "f3" "f4" "f5" "f6" "f7" "f8" "f9" "f10" "f11" "f12" "f13" "f14" "f15"))
    (export $f "f" (type $f-0))
    (func (export "take") (param "v" (list $f))
      (canon lift (core func $cm "take") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "bytes") (param "n" u32) (result (list u8))
      (canon lift (core func $cm "bytes") (memory (core memory $cm "mem")))))
  (component $D
    (import "c" (instance $c
      (type $f-0 (flags "f0" "f1" "f2" "f3" "f4" "f5" "f6" "f7" "f8" "f9" "f10" "f11" "f12" "f13" "f14" "f15"))
      (export "f" (type $f (eq $f-0)))
      (export "take" (func (param "v" (list $f))))))
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 1024) "\ff\ff\00\00\a5\a5"))
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

;; 16 flags: 2 bytes
(component instance $i $Flags16)
(assert_return (invoke "give" (u32.const 1024) (u32.const 3)))
(assert_return (invoke "bytes" (u32.const 6)) (list.const
  (u8.const 0xff) (u8.const 0xff) (u8.const 0x00) (u8.const 0x00) (u8.const 0xa5) (u8.const 0xa5)))

(component definition $Flags17
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
    (type $f-0 (flags "f0" "f1" "f2" "f3" "f4" "f5" "f6" "f7" "f8" "f9" "f10" "f11" "f12" "f13" "f14" "f15" "f16"))
    (export $f "f" (type $f-0))
    (func (export "take") (param "v" (list $f))
      (canon lift (core func $cm "take") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "bytes") (param "n" u32) (result (list u8))
      (canon lift (core func $cm "bytes") (memory (core memory $cm "mem")))))
  (component $D
    (import "c" (instance $c
      (type $f-0 (flags "f0" "f1" "f2" "f3" "f4" "f5" "f6" "f7" "f8" "f9" "f10" "f11" "f12" "f13" "f14" "f15" "f16"))
      (export "f" (type $f (eq $f-0)))
      (export "take" (func (param "v" (list $f))))))
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 1024) "\ff\ff\ff\ff\00\00\00\00\a5\a5\a5\a5"))
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

;; 17 flags: 4 bytes
(component instance $i $Flags17)
(assert_return (invoke "give" (u32.const 1024) (u32.const 3)))
(assert_return (invoke "bytes" (u32.const 12)) (list.const
  (u8.const 0xff) (u8.const 0xff) (u8.const 0x01) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00)
  (u8.const 0xa5) (u8.const 0xa5) (u8.const 0x01) (u8.const 0x00)))

(component definition $Flags31
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
    (type $f-0 (flags "f0" "f1" "f2" "f3" "f4" "f5" "f6" "f7" "f8" "f9" "f10" "f11" "f12" "f13" "f14" "f15" "f16" "f17" "f18" "f19" "f20" "f21" "f22" "f23" "f24" "f25" "f26" "f27" "f28" "f29" "f30"))
    (export $f "f" (type $f-0))
    (func (export "take") (param "v" (list $f))
      (canon lift (core func $cm "take") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "bytes") (param "n" u32) (result (list u8))
      (canon lift (core func $cm "bytes") (memory (core memory $cm "mem")))))
  (component $D
    (import "c" (instance $c
      (type $f-0 (flags "f0" "f1" "f2" "f3" "f4" "f5" "f6" "f7" "f8" "f9" "f10" "f11" "f12" "f13" "f14" "f15" "f16" "f17" "f18" "f19" "f20" "f21" "f22" "f23" "f24" "f25" "f26" "f27" "f28" "f29" "f30"))
      (export "f" (type $f (eq $f-0)))
      (export "take" (func (param "v" (list $f))))))
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 1024) "\ff\ff\ff\ff\00\00\00\00\a5\a5\a5\a5"))
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

;; 31 flags: 4 bytes
(component instance $i $Flags31)
(assert_return (invoke "give" (u32.const 1024) (u32.const 3)))
(assert_return (invoke "bytes" (u32.const 12)) (list.const
  (u8.const 0xff) (u8.const 0xff) (u8.const 0xff) (u8.const 0x7f) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00)
  (u8.const 0xa5) (u8.const 0xa5) (u8.const 0xa5) (u8.const 0x25)))

(component definition $Flags32
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
    (type $f-0 (flags "f0" "f1" "f2" "f3" "f4" "f5" "f6" "f7" "f8" "f9" "f10" "f11" "f12" "f13" "f14" "f15" "f16" "f17" "f18" "f19" "f20" "f21" "f22" "f23" "f24" "f25" "f26" "f27" "f28" "f29" "f30" "f31"))
    (export $f "f" (type $f-0))
    (func (export "take") (param "v" (list $f))
      (canon lift (core func $cm "take") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "bytes") (param "n" u32) (result (list u8))
      (canon lift (core func $cm "bytes") (memory (core memory $cm "mem")))))
  (component $D
    (import "c" (instance $c
      (type $f-0 (flags "f0" "f1" "f2" "f3" "f4" "f5" "f6" "f7" "f8" "f9" "f10" "f11" "f12" "f13" "f14" "f15" "f16" "f17" "f18" "f19" "f20" "f21" "f22" "f23" "f24" "f25" "f26" "f27" "f28" "f29" "f30" "f31"))
      (export "f" (type $f (eq $f-0)))
      (export "take" (func (param "v" (list $f))))))
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 1024) "\ff\ff\ff\ff\00\00\00\00\a5\a5\a5\a5"))
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

;; 32 flags: 4 bytes
(component instance $i $Flags32)
(assert_return (invoke "give" (u32.const 1024) (u32.const 3)))
(assert_return (invoke "bytes" (u32.const 12)) (list.const
  (u8.const 0xff) (u8.const 0xff) (u8.const 0xff) (u8.const 0xff) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00)
  (u8.const 0xa5) (u8.const 0xa5) (u8.const 0xa5) (u8.const 0xa5)))
