;; What both components have: two memories for values, with pointers of 4 and of 8 bytes, and memory 0, through
;; which the host says what is to happen and sees what did. The addresses in it are in `control.rs`.
(core module $control-module
  (memory $control (export "control") 8)
  (memory $m4 (export "m4") 1 4)
  (memory $m8 (export "m8") i64 1 4)

  (func $size (param $m i32) (result i64)
    (if (result i64) (i32.eq (local.get $m) (i32.const 8))
      (then (i64.shl (memory.size $m8) (i64.const 16)))
      (else (i64.shl (i64.extend_i32_u (memory.size $m4)) (i64.const 16)))))
  (func $grow (param $m i32) (result i64)
    (if (result i64) (i32.eq (local.get $m) (i32.const 8))
      (then (memory.grow $m8 (i64.const 1)))
      (else (i64.extend_i32_s (memory.grow $m4 (i32.const 1))))))
  (func $fill (param $m i32) (param $at i64) (param $byte i32) (param $n i64)
    (if (i32.eq (local.get $m) (i32.const 8))
      (then (memory.fill $m8 (local.get $at) (local.get $byte) (local.get $n)))
      (else (memory.fill $m4 (i32.wrap_i64 (local.get $at)) (local.get $byte)
        (i32.wrap_i64 (local.get $n))))))
  (func $move (param $m i32) (param $to i64) (param $from i64) (param $n i64)
    (if (i32.eq (local.get $m) (i32.const 8))
      (then (memory.copy $m8 $m8 (local.get $to) (local.get $from) (local.get $n)))
      (else (memory.copy $m4 $m4 (i32.wrap_i64 (local.get $to)) (i32.wrap_i64 (local.get $from))
        (i32.wrap_i64 (local.get $n))))))

  ;; A bump allocator that moves everything and overwrites what it is given back, unless it is told to do
  ;; something else in this call.
  (func $realloc (param $m i32) (param $old i64) (param $old-size i64) (param $align i64) (param $size i64)
    (result i64) (local $call i64) (local $log i32) (local $lie i64) (local $value i64) (local $new i64)
    (local.set $call (i64.load (i32.const 0x408)))
    (i64.store (i32.const 0x408) (i64.add (local.get $call) (i64.const 1)))
    (local.set $log (i32.add (i32.const 0x1000)
      (i32.mul (i32.const 40) (i32.wrap_i64 (local.get $call)))))
    (if (i64.ge_u (local.get $call) (i64.const 256)) (then (local.set $log (i32.const 0x3900))))
    (i64.store offset=0 (local.get $log) (local.get $old))
    (i64.store offset=8 (local.get $log) (local.get $old-size))
    (i64.store offset=16 (local.get $log) (local.get $align))
    (i64.store offset=24 (local.get $log) (local.get $size))
    (if (i64.lt_u (local.get $call) (i64.const 16))
      (then
        (local.set $lie (i64.load offset=0x800
          (i32.mul (i32.const 16) (i32.wrap_i64 (local.get $call)))))
        (local.set $value (i64.load offset=0x808
          (i32.mul (i32.const 16) (i32.wrap_i64 (local.get $call)))))))
    (block $done
      ;; 1: another address.
      (if (i64.eq (local.get $lie) (i64.const 1))
        (then (local.set $new (local.get $value)) (br $done)))
      ;; 2: a trap.
      (if (i64.eq (local.get $lie) (i64.const 2)) (then (unreachable)))
      ;; 4: in place.
      (if (i32.and (i64.eq (local.get $lie) (i64.const 4)) (i64.ne (local.get $old-size) (i64.const 0)))
        (then
          (local.set $new (local.get $old))
          (if (i64.gt_u (local.get $size) (local.get $old-size))
            (then
              (if (i64.gt_u (i64.add (local.get $old) (local.get $size)) (call $size (local.get $m)))
                (then (unreachable)))
              (call $fill (local.get $m) (i64.add (local.get $old) (local.get $old-size))
                (i32.const 0xcc) (i64.sub (local.get $size) (local.get $old-size))))
            (else
              (call $fill (local.get $m) (i64.add (local.get $old) (local.get $size))
                (i32.const 0xdd) (i64.sub (local.get $old-size) (local.get $size)))))
          (br $done)))
      ;; 5: in a new page.
      (if (i64.eq (local.get $lie) (i64.const 5))
        (then
          (local.set $new (call $size (local.get $m)))
          (if (i64.eq (call $grow (local.get $m)) (i64.const -1)) (then (unreachable)))
          (i64.store (i32.const 0x400) (local.get $new))))
      (local.set $new
        (i64.and
          (i64.add (i64.load (i32.const 0x400)) (i64.sub (local.get $align) (i64.const 1)))
          (i64.sub (i64.const 0) (local.get $align))))
      (if (i64.gt_u (i64.add (local.get $new) (local.get $size)) (call $size (local.get $m)))
        (then (unreachable)))
      (i64.store (i32.const 0x400) (i64.add (local.get $new) (local.get $size)))
      (call $fill (local.get $m) (local.get $new) (i32.const 0xcc) (local.get $size))
      ;; 3: without the contents.
      (br_if $done (i64.eq (local.get $lie) (i64.const 3)))
      (call $move (local.get $m) (local.get $new) (local.get $old)
        (select (local.get $old-size) (local.get $size)
          (i64.lt_u (local.get $old-size) (local.get $size))))
      (call $fill (local.get $m) (local.get $old) (i32.const 0xdd) (local.get $old-size)))
    (i64.store offset=32 (local.get $log) (local.get $new))
    (local.get $new))

  (func (export "realloc4") (param i32 i32 i32 i32) (result i32)
    (i32.wrap_i64 (call $realloc (i32.const 4) (i64.extend_i32_u (local.get 0))
      (i64.extend_i32_u (local.get 1)) (i64.extend_i32_u (local.get 2))
      (i64.extend_i32_u (local.get 3)))))
  (func (export "realloc8") (param i64 i64 i64 i64) (result i64)
    (call $realloc (i32.const 8) (local.get 0) (local.get 1) (local.get 2) (local.get 3)))

  ;; The host's bytes come to, and go from, the second half of memory 0.
  (func (export "buffer") (param i32 i32 i32 i32) (result i32)
    (if (i32.gt_u (local.get 3) (i32.const 0x40000)) (then (unreachable)))
    (i32.const 0x40000))
  (func (export "poke") (param $m i32) (param $at i32) (param $from i32) (param $n i32)
    (block $done
      (if (i32.eq (local.get $m) (i32.const 4))
        (then (memory.copy $m4 $control (local.get $at) (local.get $from) (local.get $n))
          (br $done)))
      (if (i32.eq (local.get $m) (i32.const 8))
        (then (memory.copy $m8 $control (i64.extend_i32_u (local.get $at)) (local.get $from)
            (local.get $n))
          (br $done)))
      (memory.copy (local.get $at) (local.get $from) (local.get $n))))
  (func (export "peek") (param $m i32) (param $at i32) (param $n i32) (result i32)
    (block $done
      (if (i32.eq (local.get $m) (i32.const 4))
        (then (memory.copy $control $m4 (i32.const 0x40000) (local.get $at) (local.get $n))
          (br $done)))
      (if (i32.eq (local.get $m) (i32.const 8))
        (then (memory.copy $control $m8 (i32.const 0x40000) (i64.extend_i32_u (local.get $at))
            (local.get $n))
          (br $done)))
      (memory.copy (i32.const 0x40000) (local.get $at) (local.get $n)))
    (i32.store (i32.const 0x3ff0) (i32.const 0x40000))
    (i32.store (i32.const 0x3ff4) (local.get $n))
    (i32.const 0x3ff0))
  (func (export "reset") (param $m i32)
    (memory.fill (i32.const 0) (i32.const 0) (i32.const 0x4000))
    (call $fill (local.get $m) (i64.const 0) (i32.const 0) (call $size (local.get $m))))
  (func (export "pages") (param $m i32) (result i32)
    (i32.wrap_i64 (i64.shr_u (call $size (local.get $m)) (i64.const 16))))

  (func (export "destroy") (param $rep i32)
    (i64.store offset=0xc00
      (i32.mul (i32.const 8) (i32.and (i32.const 127) (i32.load (i32.const 0x428))))
      (i64.extend_i32_u (local.get $rep)))
    (i64.store (i32.const 0x428) (i64.add (i64.load (i32.const 0x428)) (i64.const 1)))))
