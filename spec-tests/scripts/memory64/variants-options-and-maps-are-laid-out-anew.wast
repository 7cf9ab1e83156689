;; Where a value holds a pointer, all that is around it is laid out anew for the other width: options,
;; results, variants, maps, lists of fixed length, and what comes after them.
;;
;; CanonicalABI.md, Alignment, Element Size.
;; wasmtime 48: fails, the adapter that it makes is not valid.
(component
  (component $C
    (core module $CM
      (memory (export "mem") i64 1)
      ;; Notes each call: old address, old size, alignment, new size. A block never stays where it was.
      (global $next (mut i64) (i64.const 4096))
      (global $calls (mut i64) (i64.const 0))
      (func (export "realloc")
        (param $old i64) (param $old-size i64) (param $align i64) (param $size i64) (result i64)
        (local $at i64)
        (local.set $at (i64.mul (global.get $calls) (i64.const 32)))
        (i64.store (local.get $at) (local.get $old))
        (i64.store offset=8 (local.get $at) (local.get $old-size))
        (i64.store offset=16 (local.get $at) (local.get $align))
        (i64.store offset=24 (local.get $at) (local.get $size))
        (global.set $calls (i64.add (global.get $calls) (i64.const 1)))
        (local.set $at (global.get $next))
        (memory.copy (local.get $at) (local.get $old)
          (select (local.get $old-size) (local.get $size)
            (i64.lt_u (local.get $old-size) (local.get $size))))
        (global.set $next
          (i64.and (i64.add (i64.add (local.get $at) (local.get $size)) (i64.const 15)) (i64.const -16)))
        (local.get $at))
      ;; What was noted since the last time.
      (func (export "calls") (result i64)
        (i64.store (i64.const 4080) (i64.const 0))
        (i64.store (i64.const 4088) (global.get $calls))
        (global.set $calls (i64.const 0))
        (global.set $next (i64.const 4096))
        (i64.const 4080))
      (func (export "same") (param i64 i64) (result i64)
        (i64.store (i64.const 4000) (local.get 0))
        (i64.store (i64.const 4008) (local.get 1))
        (i64.const 4000)))
    (core instance $cm (instantiate $CM))
    (type $v (variant (case "a" u8) (case "s" string) (case "l" (list (list u8))) (case "n")))
    (export $v' "v" (type $v))
    (func (export "same") (param "l" (list (tuple u8 (option string) $v' (result (map u8 string) (error u16)) (list string 2) u8)))
      (result (list (tuple u8 (option string) $v' (result (map u8 string) (error u16)) (list string 2) u8)))
      (canon lift (core func $cm "same") string-encoding=latin1+utf16 (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "calls") (result (list (tuple u64 u64 u64 u64)))
      (canon lift (core func $cm "calls") (memory (core memory $cm "mem")))))
  ;; the host's lists of fixed length and maps are said as tuples and lists here: they lie in memory as these do
  (component $D
    (import "c" (instance $c
      (type $v (variant (case "a" u8) (case "s" string) (case "l" (list (list u8))) (case "n")))
      (export "v" (type $v' (eq $v)))
      (export "same" (func (param "l" (list (tuple u8 (option string) $v' (result (map u8 string) (error u16)) (list string 2) u8)))
        (result (list (tuple u8 (option string) $v' (result (map u8 string) (error u16)) (list string 2) u8)))))
      (export "calls" (func (result (list (tuple u64 u64 u64 u64)))))))
    (alias export $c "v" (type $v))
    (export $v' "v" (type $v))
    (core module $Libc
      (memory (export "mem") 1)
      (global $next (mut i32) (i32.const 4096))
      (func (export "realloc") (param i32 i32 i32 i32) (result i32)
        (local $at i32)
        (local.set $at
          (i32.and (i32.add (global.get $next) (i32.sub (local.get 2) (i32.const 1))) (i32.sub (i32.const 0) (local.get 2))))
        (global.set $next (i32.add (local.get $at) (local.get 3)))
        (memory.copy (local.get $at) (local.get 0)
          (select (local.get 1) (local.get 3) (i32.lt_u (local.get 1) (local.get 3))))
        (local.get $at))
      )
    (core instance $libc (instantiate $Libc))
    (core func $same (canon lower (func $c "same") (memory (core memory $libc "mem")) (realloc (core func $libc "realloc"))))
    (core func $calls (canon lower (func $c "calls") (memory (core memory $libc "mem")) (realloc (core func $libc "realloc"))))
    (core module $M
      (import "" "same" (func $same (param i32 i32 i32)))
      (import "" "calls" (func $calls (param i32)))
      (func (export "same") (param i32 i32) (result i32) (call $same (local.get 0) (local.get 1) (i32.const 16)) (i32.const 16))
      (func (export "calls") (result i32) (call $calls (i32.const 24)) (i32.const 24)))
    (core instance $m (instantiate $M (with "" (instance (export "same" (func $same)) (export "calls" (func $calls))))))
    (func (export "same") (param "l" (list (tuple u8 (option string) $v' (result (list (tuple u8 string)) (error u16)) (tuple string string) u8)))
      (result (list (tuple u8 (option string) $v' (result (list (tuple u8 string)) (error u16)) (tuple string string) u8)))
      (canon lift (core func $m "same") (memory (core memory $libc "mem")) (realloc (core func $libc "realloc"))))
    (func (export "calls") (result (list (tuple u64 u64 u64 u64)))
      (canon lift (core func $m "calls") (memory (core memory $libc "mem")))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "c" (instance $c))))
  (export "d" (instance $d))
  (func (export "same") (alias export $d "same"))
  (func (export "calls") (alias export $d "calls"))
)
(assert_return
  (invoke "same" (list.const
    (tuple.const (u8.const 1) (option.none) (variant.const "a" (u8.const 7)) (result.err (u16.const 65535)) (tuple.const (str.const "") (str.const "é")) (u8.const 255))
    (tuple.const (u8.const 2) (option.some (str.const "some")) (variant.const "s" (str.const "☃")) (result.ok (list.const (tuple.const (u8.const 3) (str.const "three")) (tuple.const (u8.const 3) (str.const "")))) (tuple.const (str.const "x") (str.const "y")) (u8.const 254))
    (tuple.const (u8.const 3) (option.some (str.const "")) (variant.const "l" (list.const (list.const (u8.const 1)) (list.const))) (result.ok (list.const)) (tuple.const (str.const "p") (str.const "q")) (u8.const 253))
    (tuple.const (u8.const 4) (option.none) (variant.const "n") (result.err (u16.const 0)) (tuple.const (str.const "") (str.const "")) (u8.const 252))))
  (list.const
    (tuple.const (u8.const 1) (option.none) (variant.const "a" (u8.const 7)) (result.err (u16.const 65535)) (tuple.const (str.const "") (str.const "é")) (u8.const 255))
    (tuple.const (u8.const 2) (option.some (str.const "some")) (variant.const "s" (str.const "☃")) (result.ok (list.const (tuple.const (u8.const 3) (str.const "three")) (tuple.const (u8.const 3) (str.const "")))) (tuple.const (str.const "x") (str.const "y")) (u8.const 254))
    (tuple.const (u8.const 3) (option.some (str.const "")) (variant.const "l" (list.const (list.const (u8.const 1)) (list.const))) (result.ok (list.const)) (tuple.const (str.const "p") (str.const "q")) (u8.const 253))
    (tuple.const (u8.const 4) (option.none) (variant.const "n") (result.err (u16.const 0)) (tuple.const (str.const "") (str.const "")) (u8.const 252))))

;; an element is 1 + 7, 24, 24, 24, 32 and 1 + 7 bytes
(invoke "calls")
(assert_return (invoke "same" (list.const
    (tuple.const (u8.const 4) (option.none) (variant.const "n") (result.err (u16.const 0)) (tuple.const (str.const "") (str.const "")) (u8.const 252))))
  (list.const
    (tuple.const (u8.const 4) (option.none) (variant.const "n") (result.err (u16.const 0)) (tuple.const (str.const "") (str.const "")) (u8.const 252))))
(assert_return (invoke "calls") (list.const
  (tuple.const (u64.const 0) (u64.const 0) (u64.const 8) (u64.const 120))
  (tuple.const (u64.const 0) (u64.const 0) (u64.const 2) (u64.const 0))
  (tuple.const (u64.const 0) (u64.const 0) (u64.const 2) (u64.const 0))))
