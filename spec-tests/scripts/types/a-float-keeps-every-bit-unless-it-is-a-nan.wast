;; Zeros, infinities, subnormal and ordinary numbers arrive bit by bit; a NaN arrives as some NaN.
;;
;; CanonicalABI.md, Loading: `decode_i32_as_float`, Storing: `maybe_scramble_nan32`.
(component definition $F32
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
    (func (export "take") (param "v" (list f32))
      (canon lift (core func $cm "take") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "bytes") (param "n" u32) (result (list u8))
      (canon lift (core func $cm "bytes") (memory (core memory $cm "mem")))))
  (component $D
    (import "c" (instance $c
      (export "take" (func (param "v" (list f32))))))
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 1024) "\00\00\00\00\00\00\00\80\00\00\80?\01\00\00\00\ff\ff\7f\7f\00\00\80\7f\00\00\80\ff\ff\ff\7f\80"))
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

;; 0, -0, 1, the smallest, the largest, both infinities
(component instance $i $F32)
(assert_return (invoke "give" (u32.const 1024) (u32.const 8)))
(assert_return (invoke "bytes" (u32.const 32)) (list.const
  (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x80)
  (u8.const 0x00) (u8.const 0x00) (u8.const 0x80) (u8.const 0x3f) (u8.const 0x01) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00)
  (u8.const 0xff) (u8.const 0xff) (u8.const 0x7f) (u8.const 0x7f) (u8.const 0x00) (u8.const 0x00) (u8.const 0x80) (u8.const 0x7f)
  (u8.const 0x00) (u8.const 0x00) (u8.const 0x80) (u8.const 0xff) (u8.const 0xff) (u8.const 0xff) (u8.const 0x7f) (u8.const 0x80)))

(component definition $F64
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
    (func (export "take") (param "v" (list f64))
      (canon lift (core func $cm "take") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "bytes") (param "n" u32) (result (list u8))
      (canon lift (core func $cm "bytes") (memory (core memory $cm "mem")))))
  (component $D
    (import "c" (instance $c
      (export "take" (func (param "v" (list f64))))))
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 1024) "\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\80\01\00\00\00\00\00\00\00\ff\ff\ff\ff\ff\ff\ef\7f\00\00\00\00\00\00\f0\7f\00\00\00\00\00\00\f0\ff"))
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

;; 0, -0, the smallest, the largest, both infinities
(component instance $i $F64)
(assert_return (invoke "give" (u32.const 1024) (u32.const 6)))
(assert_return (invoke "bytes" (u32.const 48)) (list.const
  (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00)
  (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x80)
  (u8.const 0x01) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00)
  (u8.const 0xff) (u8.const 0xff) (u8.const 0xff) (u8.const 0xff) (u8.const 0xff) (u8.const 0xff) (u8.const 0xef) (u8.const 0x7f)
  (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0xf0) (u8.const 0x7f)
  (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0x00) (u8.const 0xf0) (u8.const 0xff)))

;; NaNs: quiet, signalling, negative, with payloads; in memory and in registers
(component
  (component $C
    (core module $CM
      (memory (export "mem") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 4096))
      ;; how many of them are NaNs
      (func (export "count-32") (param $ptr i32) (param $n i32) (result i32)
        (local $i i32) (local $count i32) (local $at i32)
        (loop $each
          (local.set $at (i32.add (local.get $ptr) (i32.shl (local.get $i) (i32.const 2))))
          (local.set $count (i32.add (local.get $count)
            (f32.ne (f32.load (local.get $at)) (f32.load (local.get $at)))))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (br_if $each (i32.lt_u (local.get $i) (local.get $n))))
        (local.get $count))
      (func (export "count-64") (param $ptr i32) (param $n i32) (result i32)
        (local $i i32) (local $count i32) (local $at i32)
        (loop $each
          (local.set $at (i32.add (local.get $ptr) (i32.shl (local.get $i) (i32.const 3))))
          (local.set $count (i32.add (local.get $count)
            (f64.ne (f64.load (local.get $at)) (f64.load (local.get $at)))))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (br_if $each (i32.lt_u (local.get $i) (local.get $n))))
        (local.get $count))
      (func (export "both") (param f32 f64) (result i32)
        (i32.add (f32.ne (local.get 0) (local.get 0)) (f64.ne (local.get 1) (local.get 1)))))
    (core instance $cm (instantiate $CM))
    (func (export "count-f32") (param "v" (list f32)) (result u32)
      (canon lift (core func $cm "count-32") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "count-f64") (param "v" (list f64)) (result u32)
      (canon lift (core func $cm "count-64") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "both") (param "a" f32) (param "b" f64) (result u32) (canon lift (core func $cm "both"))))
  (component $D
    (import "c" (instance $c
      (export "count-f32" (func (param "v" (list f32)) (result u32)))
      (export "count-f64" (func (param "v" (list f64)) (result u32)))
      (export "both" (func (param "a" f32) (param "b" f64) (result u32)))))
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 16)
        "\00\00\c0\7f" "\01\00\80\7f" "\00\00\c0\ff" "\ff\ff\ff\ff" "\01\00\80\ff" "\34\12\a0\7f"
        "\00\00\80\7f")
      (data (i32.const 64)
        "\00\00\00\00\00\00\f8\7f" "\01\00\00\00\00\00\f0\7f" "\ff\ff\ff\ff\ff\ff\ff\ff"
        "\00\00\00\00\00\00\f0\ff"))
    (core instance $memory (instantiate $Memory))
    (core func $count-32 (canon lower (func $c "count-f32") (memory (core memory $memory "mem"))))
    (core func $count-64 (canon lower (func $c "count-f64") (memory (core memory $memory "mem"))))
    (core func $both (canon lower (func $c "both")))
    (core module $DM
      (import "" "count-32" (func $count-32 (param i32 i32) (result i32)))
      (import "" "count-64" (func $count-64 (param i32 i32) (result i32)))
      (import "" "both" (func $both (param f32 f64) (result i32)))
      (func (export "count-32") (result i32) (call $count-32 (i32.const 16) (i32.const 7)))
      (func (export "count-64") (result i32) (call $count-64 (i32.const 64) (i32.const 4)))
      (func (export "both") (param i32 i64) (result i32)
        (call $both (f32.reinterpret_i32 (local.get 0)) (f64.reinterpret_i64 (local.get 1)))))
    (core instance $dm (instantiate $DM (with "" (instance
      (export "count-32" (func $count-32)) (export "count-64" (func $count-64)) (export "both" (func $both))))))
    (func (export "count-f32") (result u32) (canon lift (core func $dm "count-32")))
    (func (export "count-f64") (result u32) (canon lift (core func $dm "count-64")))
    (func (export "both") (param "a" u32) (param "b" u64) (result u32) (canon lift (core func $dm "both"))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "c" (instance $c))))
  (export "count-f32" (func $d "count-f32"))
  (export "count-f64" (func $d "count-f64"))
  (export "both" (func $d "both"))
)
(assert_return (invoke "count-f32") (u32.const 6))
(assert_return (invoke "count-f64") (u32.const 3))
(assert_return (invoke "both" (u32.const 0x7f800001) (u64.const 0xfff0000000000001)) (u32.const 2))
(assert_return (invoke "both" (u32.const 0xffffffff) (u64.const 0x7ff0000000000000)) (u32.const 1))
