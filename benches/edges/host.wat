;; A component and its host. ASCII is 64 bytes of text.
(component
  (import "nop" (func $nop))
  (import "take-string" (func $take-string (param "s" string) (result u32)))
  (import "take-bytes" (func $take-bytes (param "l" (list u8)) (result u32)))

  (core module $Core
    (memory (export "memory") 48)
    (data (i32.const 1048576) "ASCII")
    (func $start (local $size i32)
      (local.set $size (i32.const 64))
      (loop $again
        (memory.copy (i32.add (i32.const 1048576) (local.get $size)) (i32.const 1048576) (local.get $size))
        (local.set $size (i32.shl (local.get $size) (i32.const 1)))
        (br_if $again (i32.lt_u (local.get $size) (i32.const 1048576)))))
    (start $start)

    (global $free (mut i32) (i32.const 2097152))
    (func (export "realloc") (param i32 i32 i32) (param $new i32) (result i32) (local $at i32)
      (local.set $at (i32.and (i32.add (global.get $free) (i32.const 15)) (i32.const -16)))
      (global.set $free (i32.add (local.get $at) (local.get $new)))
      (local.get $at))
    (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
    (func (export "take-string") (param $at i32) (param $length i32) (result i32)
      (global.set $free (i32.const 2097152))
      (i32.add
        (i32.add (i32.load8_u (local.get $at))
          (i32.load8_u (i32.add (local.get $at) (i32.sub (local.get $length) (i32.const 1)))))
        (local.get $length))))
  (core instance $core (instantiate $Core))
  (alias core export $core "memory" (core memory $m))
  (alias core export $core "realloc" (core func $realloc))
  (func (export "add") (param "x" u32) (param "y" u32) (result u32) (canon lift (core func $core "add")))
  (func (export "put-string") (param "s" string) (result u32)
    (canon lift (core func $core "take-string") (memory $m) (realloc $realloc)))
  (func (export "put-bytes") (param "l" (list u8)) (result u32)
    (canon lift (core func $core "take-string") (memory $m) (realloc $realloc)))

  (core func $nop (canon lower (func $nop)))
  (core func $take-string (canon lower (func $take-string) (memory $m)))
  (core func $take-bytes (canon lower (func $take-bytes) (memory $m)))
  (core instance $imports
    (export "nop" (func $nop)) (export "take-string" (func $take-string)) (export "take-bytes" (func $take-bytes)))
  (core module $Loops
    (import "" "nop" (func $nop))
    (import "" "take-string" (func $take-string (param i32 i32) (result i32)))
    (import "" "take-bytes" (func $take-bytes (param i32 i32) (result i32)))
    LOOPS)
  (core instance $loops (instantiate $Loops (with "" (instance $imports))))
  LIFTS)
