;; A character beyond U+FFFF goes from UTF-16 to UTF-16 whole, wherever it is in the string.
;;
;; CanonicalABI.md, Storing: `store_string_into_range`. Wide loops must not miss what stands at their seams:
;; the
;; caller makes strings of every length to 96 with one character that is not like the others at every place,
;; and
;; the callee checks each unit.
(component
  (component $C
    (core module $CM
      (memory (export "mem") 1)
      (global $place (mut i32) (i32.const 0))
      (global $length (mut i32) (i32.const 0))
      (func (export "expect") (param i32 i32)
        (global.set $place (local.get 0))
        (global.set $length (local.get 1)))
      (func (export "realloc") (param $old i32) (param $old-size i32) (param i32 i32) (result i32)
        (memory.copy (i32.const 4096) (local.get $old) (local.get $old-size))
        (i32.const 4096))
      (func (export "take") (param $ptr i32) (param $len i32)
        (local $i i32)
        (if (i32.ne (local.get $len)
              (i32.add (global.get $length) (i32.lt_u (global.get $place) (global.get $length))))
          (then unreachable))
        (loop $characters
          (if (i32.lt_u (local.get $i) (global.get $length))
            (then
              (if (i32.eq (local.get $i) (global.get $place))
                (then
                  (if (i32.ne (i32.load (local.get $ptr)) (i32.const 0xde00d83d)) (then unreachable))
                  (local.set $ptr (i32.add (local.get $ptr) (i32.const 4))))
                (else
                  (if (i32.ne (i32.load16_u (local.get $ptr)) (i32.const 0x61)) (then unreachable))
                  (local.set $ptr (i32.add (local.get $ptr) (i32.const 2)))))
              (local.set $i (i32.add (local.get $i) (i32.const 1)))
              (br $characters))))))
    (core instance $cm (instantiate $CM))
    (func (export "expect") (param "place" u32) (param "length" u32) (canon lift (core func $cm "expect")))
    (func (export "take") (param "s" string)
      (canon lift (core func $cm "take") string-encoding=utf16
        (memory (core memory $cm "mem")) (realloc (core func $cm "realloc")))))
  (component $D
    (import "take" (func $take (param "s" string)))
    (import "expect" (func $expect (param "place" u32) (param "length" u32)))
    (core module $Memory (memory (export "mem") 1))
    (core instance $memory (instantiate $Memory))
    (core func $take' (canon lower (func $take) string-encoding=utf16 (memory (core memory $memory "mem"))))
    (core func $expect' (canon lower (func $expect)))
    (core module $DM
      (import "" "mem" (memory 1))
      (import "" "take" (func $take (param i32 i32)))
      (import "" "expect" (func $expect (param i32 i32)))
      ;; `length` letters, that at `place` replaced by U+1F600: two units
      (func $give (param $place i32) (param $length i32)
        (local $i i32) (local $at i32)
        (local.set $at (i32.const 1024))
        (loop $characters
          (if (i32.lt_u (local.get $i) (local.get $length))
            (then
              (if (i32.eq (local.get $i) (local.get $place))
                (then
                  (i32.store (local.get $at) (i32.const 0xde00d83d))
                  (local.set $at (i32.add (local.get $at) (i32.const 4))))
                (else
                  (i32.store16 (local.get $at) (i32.const 0x61))
                  (local.set $at (i32.add (local.get $at) (i32.const 2)))))
              (local.set $i (i32.add (local.get $i) (i32.const 1)))
              (br $characters))))
        (call $take (i32.const 1024) (i32.shr_u (i32.sub (local.get $at) (i32.const 1024)) (i32.const 1))))
      (func (export "run") (result i32)
        (local $place i32) (local $length i32) (local $strings i32)
        (loop $lengths
          (local.set $place (i32.const 0))
          (loop $places
            (call $expect (local.get $place) (local.get $length))
            (call $give (local.get $place) (local.get $length))
            (local.set $strings (i32.add (local.get $strings) (i32.const 1)))
            (local.set $place (i32.add (local.get $place) (i32.const 1)))
            (br_if $places (i32.le_u (local.get $place) (local.get $length))))
          (local.set $length (i32.add (local.get $length) (i32.const 1)))
          (br_if $lengths (i32.le_u (local.get $length) (i32.const 96))))
        (local.get $strings)))
    (core instance $dm (instantiate $DM (with "" (instance
      (export "mem" (memory $memory "mem"))
      (export "take" (func $take'))
      (export "expect" (func $expect'))))))
    (func (export "run") (result u32) (canon lift (core func $dm "run"))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "take" (func $c "take")) (with "expect" (func $c "expect"))))
  (func (export "run") (alias export $d "run"))
)
;; a place is where the character stands; place = length: there is none
(assert_return (invoke "run") (u32.const 4753))
