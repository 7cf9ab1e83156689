;; Every type, in memory and flat. The functions give back what they get: lists by address and length,
;; so that the elements are lowered to memory and lifted again from there.
;;
;; RUN: --invoke 'points([{x: 1, y: -2}, {x: 3, y: 4}])'
;; STDOUT: [{x: 1, y: -2}, {x: 3, y: 4}]
;; RUN: --invoke 'shapes([circle(1.5), rect((2, 3)), polygon([{x: 0, y: 1}]), named("n"), empty])'
;; STDOUT: [circle(1.5), rect((2, 3)), polygon([{x: 0, y: 1}]), named("n"), empty]
;; RUN: --invoke 'people([{name: "Ann", age: 41, email: none, tags: ["a", ""], may: {read, own}}])'
;; STDOUT: [{name: "Ann", age: 41, tags: ["a", ""], may: {read, own}}]
;; RUN: --invoke 'people([{name: "Bob", age: 255, email: some("b@x"), tags: [], may: {}}])'
;; STDOUT: [{name: "Bob", age: 255, email: some("b@x"), tags: [], may: {}}]
;; RUN: --invoke 'results([ok(7), err("no")])'
;; STDOUT: [ok(7), err("no")]
;; RUN: --invoke 'empties([ok, err])'
;; STDOUT: [ok, err]
;; RUN: --invoke 'options([some(some(3)), some(none), none])'
;; STDOUT: [some(some(3)), some(none), none]
;; RUN: --invoke 'tuples([(1, "a", 2), (3, "b", 4)])'
;; STDOUT: [(1, "a", 2), (3, "b", 4)]
;; RUN: --invoke 'nested([[[1, 2], []], [], [[3]]])'
;; STDOUT: [[[1, 2], []], [], [[3]]]
;; RUN: --invoke 'scalars([{a: 255, b: -128, c: 65535, d: -32768, e: 4294967295, f: -2147483648, g: 18446744073709551615, h: -9223372036854775808, i: 1.5, j: nan, k: '"'é'"', l: true}])'
;; STDOUT: [{a: 255, b: -128, c: 65535, d: -32768, e: 4294967295, f: -2147483648, g: 18446744073709551615, h: -9223372036854775808, i: 1.5, j: nan, k: 'é', l: true}]
;; RUN: --invoke 'bits({b0, b9, b16, b31})'
;; STDOUT: {b0, b9, b16, b31}
;; RUN: --invoke 'color(blue)'
;; STDOUT: blue
;; RUN: --invoke 'pick(circle(2.5))'
;; STDOUT: 0
;; RUN: --invoke 'pick(named("xyz"))'
;; STDOUT: 3
;; RUN: --invoke 'spilled({a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8, i: 9, j: 10, k: '"'k'"', l: false}, "x", [1, 2, 3], 0.5, 0)'
;; STDOUT: {a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8, i: 9, j: 10, k: 'k', l: false}
;; RUN: --invoke 'bad-color()'
;; EXIT: 134
;; STDERR: invalid variant discriminant
;; RUN: --invoke 'bad-char()'
;; EXIT: 134
;; STDERR: invalid `char` bit pattern
;; RUN: --invoke 'bad-list(3)'
;; EXIT: 134
;; STDERR: unaligned pointer
(component
  (core module $echo
    (memory (export "memory") 1)
    (global $next (mut i32) (i32.const 1024))
    (func $realloc (export "realloc")
      (param $old i32) (param $old-size i32) (param $align i32) (param $size i32) (result i32)
      (local $new i32)
      (local.set $new
        (i32.and
          (i32.add (global.get $next) (i32.sub (local.get $align) (i32.const 1)))
          (i32.sub (i32.const 0) (local.get $align))))
      (global.set $next (i32.add (local.get $new) (local.get $size)))
      (local.get $new))
    (func (export "list") (param $ptr i32) (param $len i32) (result i32)
      (i32.store (i32.const 8) (local.get $ptr))
      (i32.store (i32.const 12) (local.get $len))
      (i32.const 8))
    (func (export "i32") (param i32) (result i32)
      (local.get 0))
    ;; A shape, flat: its discriminant and the joined payloads.
    (func (export "pick") (param i32 i64 i64) (result i32)
      (local.get 0))
    ;; More than 16 flat parameters: their address.
    (func (export "spilled") (param i32) (result i32)
      (local.get 0))
    (func (export "bad-color") (result i32)
      (i32.const 3))
    (func (export "bad-char") (result i32)
      (i32.const 0xd800))
    (func (export "bad-list") (param $ptr i32) (result i32)
      (i32.store (i32.const 8) (local.get $ptr))
      (i32.store (i32.const 12) (i32.const 0))
      (i32.const 8)))
  (core instance $i (instantiate $echo))
  (alias core export $i "memory" (core memory $memory))
  (alias core export $i "realloc" (core func $realloc))

  (type $color' (enum "red" "green" "blue"))
  (export $color "color-of" (type $color'))
  (type $perms' (flags "read" "write" "exec" "own" "hidden"))
  (export $perms "perms" (type $perms'))
  (type $bits' (flags
    "b0" "b1" "b2" "b3" "b4" "b5" "b6" "b7" "b8" "b9" "b10" "b11" "b12" "b13" "b14" "b15"
    "b16" "b17" "b18" "b19" "b20" "b21" "b22" "b23" "b24" "b25" "b26" "b27" "b28" "b29" "b30" "b31"))
  (export $bits "bit-set" (type $bits'))
  (type $point' (record (field "x" s32) (field "y" s32)))
  (export $point "point" (type $point'))
  (type $person' (record
    (field "name" string) (field "age" u8) (field "email" (option string))
    (field "tags" (list string)) (field "may" $perms)))
  (export $person "person" (type $person'))
  (type $rect (tuple f64 f64))
  (type $shape' (variant
    (case "circle" f64) (case "rect" $rect) (case "polygon" (list $point)) (case "named" string)
    (case "empty")))
  (export $shape "shape" (type $shape'))
  (type $scalars' (record
    (field "a" u8) (field "b" s8) (field "c" u16) (field "d" s16) (field "e" u32) (field "f" s32)
    (field "g" u64) (field "h" s64) (field "i" f32) (field "j" f64) (field "k" char) (field "l" bool)))
  (export $scalars "scalar-set" (type $scalars'))

  (func (export "points") (param "x" (list $point)) (result (list $point))
    (canon lift (core func $i "list") (memory $memory) (realloc $realloc)))
  (func (export "shapes") (param "x" (list $shape)) (result (list $shape))
    (canon lift (core func $i "list") (memory $memory) (realloc $realloc)))
  (func (export "people") (param "x" (list $person)) (result (list $person))
    (canon lift (core func $i "list") (memory $memory) (realloc $realloc)))
  (func (export "results") (param "x" (list (result u32 (error string))))
    (result (list (result u32 (error string))))
    (canon lift (core func $i "list") (memory $memory) (realloc $realloc)))
  (func (export "empties") (param "x" (list (result))) (result (list (result)))
    (canon lift (core func $i "list") (memory $memory) (realloc $realloc)))
  (func (export "options") (param "x" (list (option (option u32))))
    (result (list (option (option u32))))
    (canon lift (core func $i "list") (memory $memory) (realloc $realloc)))
  (func (export "tuples") (param "x" (list (tuple u8 string u64)))
    (result (list (tuple u8 string u64)))
    (canon lift (core func $i "list") (memory $memory) (realloc $realloc)))
  (func (export "nested") (param "x" (list (list (list u16))))
    (result (list (list (list u16))))
    (canon lift (core func $i "list") (memory $memory) (realloc $realloc)))
  (func (export "scalars") (param "x" (list $scalars)) (result (list $scalars))
    (canon lift (core func $i "list") (memory $memory) (realloc $realloc)))
  (func (export "bits") (param "x" $bits) (result $bits)
    (canon lift (core func $i "i32")))
  (func (export "color") (param "x" $color) (result $color)
    (canon lift (core func $i "i32")))
  (func (export "pick") (param "x" $shape) (result u32)
    (canon lift (core func $i "pick") (memory $memory) (realloc $realloc)))
  (func (export "spilled") (param "x" $scalars) (param "y" string) (param "z" (list u8))
    (param "more" f32) (param "and-more" f32) (result $scalars)
    (canon lift (core func $i "spilled") (memory $memory) (realloc $realloc)))
  (func (export "bad-color") (result $color)
    (canon lift (core func $i "bad-color")))
  (func (export "bad-char") (result char)
    (canon lift (core func $i "bad-char")))
  (func (export "bad-list") (param "ptr" u32) (result (list u16))
    (canon lift (core func $i "bad-list") (memory $memory))))
