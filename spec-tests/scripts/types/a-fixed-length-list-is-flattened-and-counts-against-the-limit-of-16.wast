;;! features: cm-fixed-length-lists
;; A list of fixed length takes a register for each element's; with more than 16 in all the parameters go
;; through memory.
;;
;; CanonicalABI.md, Flattening: `flatten_list`.
;; wasmtime 48: its scripts have no values of these types.
(component
  (core module $M
    (memory (export "mem") 1)
    ;; Notes each call: old address, old size, alignment, new size. A block never stays where it was.
    (global $next (mut i32) (i32.const 4096))
    (global $calls (mut i32) (i32.const 0))
    (func $realloc (export "realloc")
      (param $old i32) (param $old-size i32) (param $align i32) (param $size i32) (result i32)
      (local $at i32)
      (local.set $at (i32.mul (global.get $calls) (i32.const 16)))
      (i32.store (local.get $at) (local.get $old))
      (i32.store offset=4 (local.get $at) (local.get $old-size))
      (i32.store offset=8 (local.get $at) (local.get $align))
      (i32.store offset=12 (local.get $at) (local.get $size))
      (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
      (local.set $at (global.get $next))
      (memory.copy (local.get $at) (local.get $old)
        (select (local.get $old-size) (local.get $size)
          (i32.lt_u (local.get $old-size) (local.get $size))))
      (global.set $next
        (i32.and (i32.add (i32.add (local.get $at) (local.get $size)) (i32.const 15)) (i32.const -16)))
      (local.get $at))
    ;; What was noted since the last time.
    (func (export "calls") (result i32)
      (i32.store (i32.const 4088) (i32.const 0))
      (i32.store (i32.const 4092) (global.get $calls))
      (global.set $calls (i32.const 0))
      (global.set $next (i32.const 4096))
      (i32.const 4088))
    (func (export "sixteen") (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)
      (i32.or (i32.shl (local.get 0) (i32.const 16)) (local.get 15)))
    (func (export "seventeen") (param i32) (result i32)
      (i32.or (i32.shl (i32.load16_u (local.get 0)) (i32.const 16)) (i32.load16_u offset=32 (local.get 0))))
    (func (export "back") (param i32 i64) (result i32)
      (i32.store (i32.const 4080) (local.get 0))
      (i64.store32 (i32.const 4084) (local.get 1))
      (i32.const 4080))
    (func (export "one") (param f32) (result f32) (f32.neg (local.get 0))))
  (core instance $m (instantiate $M))
  (func (export "sixteen") (param "l" (list u16 16)) (result u32) (canon lift (core func $m "sixteen")))
  (func (export "seventeen") (param "l" (list u16 17)) (result u32)
    (canon lift (core func $m "seventeen") (memory (core memory $m "mem")) (realloc (core func $m "realloc"))))
  (func (export "back") (param "a" u32) (param "b" u64) (result (list u32 2))
    (canon lift (core func $m "back") (memory (core memory $m "mem"))))
  ;; one element is one register, in the result, too
  (func (export "one") (param "l" (list f32 1)) (result (list f32 1)) (canon lift (core func $m "one")))
  (func (export "calls") (result (list (tuple u32 u32 u32 u32)))
    (canon lift (core func $m "calls") (memory (core memory $m "mem"))))
)
(assert_return (invoke "sixteen" (list.const (u16.const 1) (u16.const 2) (u16.const 3) (u16.const 4) (u16.const 5) (u16.const 6) (u16.const 7) (u16.const 8) (u16.const 9) (u16.const 10) (u16.const 11) (u16.const 12) (u16.const 13) (u16.const 14) (u16.const 15) (u16.const 16))) (u32.const 0x00010010))
(assert_return (invoke "calls") (list.const))
(assert_return (invoke "seventeen" (list.const (u16.const 1) (u16.const 2) (u16.const 3) (u16.const 4) (u16.const 5) (u16.const 6) (u16.const 7) (u16.const 8) (u16.const 9) (u16.const 10) (u16.const 11) (u16.const 12) (u16.const 13) (u16.const 14) (u16.const 15) (u16.const 16) (u16.const 17))) (u32.const 0x00010011))
(assert_return (invoke "calls") (list.const (tuple.const (u32.const 0) (u32.const 0) (u32.const 2) (u32.const 34))))
(assert_return (invoke "back" (u32.const 7) (u64.const 8)) (list.const (u32.const 7) (u32.const 8)))
(assert_return (invoke "one" (list.const (f32.const 1.5))) (list.const (f32.const -1.5)))
