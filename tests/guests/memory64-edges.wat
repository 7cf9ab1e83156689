;; What is particular to 64-bit memories: the tag of UTF-16 is bit 63 of a length, addresses and lengths beyond 32
;; bits are not cut off, and resources may have 64-bit representations.
;;
;; RUN: --features all --invoke 'text("ab")'
;; STDOUT: "ab"
;; RUN: --features all --invoke 'text("aü日")'
;; STDOUT: "aü日"
;; RUN: --features all --invoke 'length("ab")'
;; STDOUT: 2
;; RUN: --features all --invoke 'length("aü日")'
;; STDOUT: 9223372036854775811
;; RUN: --features all --invoke 'returns(0, 9223372036854775808)'
;; STDOUT: ""
;; RUN: --features all --invoke 'returns(0, 2147483648)'
;; EXIT: 134
;; STDERR: string byte size exceeds maximum
;; RUN: --features all --invoke 'returns(0, 4294967296)'
;; EXIT: 134
;; STDERR: string byte size exceeds maximum
;; RUN: --features all --invoke 'returns(4294967296, 0)'
;; EXIT: 134
;; STDERR: string content out-of-bounds
;; RUN: --features all --invoke 'numbers(4294967296, 1)'
;; EXIT: 134
;; STDERR: list content out-of-bounds
;; RUN: --features all --invoke 'numbers(8, 4611686018427387904)'
;; EXIT: 134
;; STDERR: list byte size exceeds maximum
;; RUN: --features all --invoke 'numbers(18446744073709551608, 2)'
;; EXIT: 134
;; STDERR: list content out-of-bounds
;; RUN: --features all --invoke 'spilled(4294967312)'
;; EXIT: 134
;; STDERR: pointer out of bounds of memory
;; RUN: --features all --invoke 'spilled(18446744073709551604)'
;; EXIT: 134
;; STDERR: unaligned pointer
;; RUN: --features all --invoke 'allocated("x", 4294967296)'
;; EXIT: 134
;; STDERR: realloc return: beyond end of memory
;; RUN: --features all --invoke 'allocated("x", 18446744073709551615)'
;; EXIT: 134
;; STDERR: realloc return: beyond end of memory
;; RUN: --features all --invoke 'represented(81985529216486895)'
;; STDOUT: 81985529216486895
;; RUN: --features all --invoke 'destroyed(81985529216486895)'
;; STDOUT: 81985529216486895
;; RUN: --features all --invoke 'lent(4294967295)'
;; STDOUT: 4294967295
;; RUN: --features all --invoke 'lent(4294967296)'
;; EXIT: 134
;; STDERR: integer overflow
(component
  (core module $m
    (memory (export "memory") i64 1)
    (global $next (mut i64) (i64.const 1024))
    (global $given (mut i64) (i64.const 0))
    (global $destroyed (mut i64) (i64.const 0))
    (func (export "realloc")
      (param $old i64) (param $old-size i64) (param $align i64) (param $size i64) (result i64)
      (local $new i64)
      (if (i64.ne (global.get $given) (i64.const 0)) (then (return (global.get $given))))
      (local.set $new
        (i64.and
          (i64.add (global.get $next) (i64.sub (local.get $align) (i64.const 1)))
          (i64.sub (i64.const 0) (local.get $align))))
      (global.set $next (i64.add (local.get $new) (local.get $size)))
      (memory.copy (local.get $new) (local.get $old) (local.get $old-size))
      (local.get $new))
    (func (export "pair") (param i64 i64) (result i64)
      (i64.store (i64.const 16) (local.get 0))
      (i64.store (i64.const 24) (local.get 1))
      (i64.const 16))
    (func (export "second") (param i64 i64) (result i64)
      (local.get 1))
    (func (export "first") (param i64) (result i64)
      (local.get 0))
    (func (export "give") (param i64)
      (global.set $given (local.get 0)))
    (func (export "take") (param i64 i64))
    (func (export "dtor") (param i64)
      (global.set $destroyed (local.get 0)))
    (func (export "destroyed") (result i64)
      (global.get $destroyed)))
  (core instance $i (instantiate $m))
  (alias core export $i "memory" (core memory $memory))
  (alias core export $i "realloc" (core func $realloc))
  (func (export "text") (param "text" string) (result string)
    (canon lift (core func $i "pair") (memory $memory) (realloc $realloc) string-encoding=latin1+utf16))
  (func (export "length") (param "text" string) (result u64)
    (canon lift (core func $i "second") (memory $memory) (realloc $realloc) string-encoding=latin1+utf16))
  (func (export "returns") (param "address" u64) (param "length" u64) (result string)
    (canon lift (core func $i "pair") (memory $memory) string-encoding=latin1+utf16))
  (func (export "numbers") (param "address" u64) (param "length" u64) (result (list u32))
    (canon lift (core func $i "pair") (memory $memory)))
  (func (export "spilled") (param "address" u64) (result (tuple u64 u8))
    (canon lift (core func $i "first") (memory $memory)))

  (func $give (param "address" u64) (canon lift (core func $i "give")))
  (func $take (param "text" string)
    (canon lift (core func $i "take") (memory $memory) (realloc $realloc)))
  (core func $give' (canon lower (func $give)))
  (core func $take' (canon lower (func $take) (memory $memory)))
  (type $r (resource (rep i64) (dtor (core func $i "dtor"))))
  (core func $new (canon resource.new $r))
  (core func $rep (canon resource.rep $r))
  (core func $drop (canon resource.drop $r))
  (core module $id (func (export "id") (param i32) (result i32) (local.get 0)))
  (core instance $id (instantiate $id))
  (func $lent (param "r" (borrow $r)) (result u32) (canon lift (core func $id "id")))
  (core func $lent' (canon lower (func $lent)))
  (core module $user
    (import "" "give" (func $give (param i64)))
    (import "" "take" (func $take (param i64 i64)))
    (import "" "new" (func $new (param i64) (result i32)))
    (import "" "rep" (func $rep (param i32) (result i64)))
    (import "" "drop" (func $drop (param i32)))
    (import "" "lent" (func $lent (param i32) (result i32)))
    (import "m" "destroyed" (func $destroyed (result i64)))
    (func (export "allocated") (param i64 i64 i64)
      (call $give (local.get 2))
      (call $take (local.get 0) (local.get 1)))
    (func (export "represented") (param i64) (result i64)
      (call $rep (call $new (local.get 0))))
    (func (export "destroyed") (param i64) (result i64)
      (call $drop (call $new (local.get 0)))
      (call $destroyed))
    (func (export "lent") (param i64) (result i32)
      (call $lent (call $new (local.get 0)))))
  (core instance $user (instantiate $user
    (with "m" (instance $i))
    (with "" (instance
      (export "give" (func $give')) (export "take" (func $take')) (export "new" (func $new))
      (export "rep" (func $rep)) (export "drop" (func $drop)) (export "lent" (func $lent'))))))
  (func (export "allocated") (param "text" string) (param "address" u64)
    (canon lift (core func $user "allocated") (memory $memory) (realloc $realloc)))
  (func (export "represented") (param "rep" u64) (result u64)
    (canon lift (core func $user "represented")))
  (func (export "destroyed") (param "rep" u64) (result u64)
    (canon lift (core func $user "destroyed")))
  (func (export "lent") (param "rep" u64) (result u32)
    (canon lift (core func $user "lent"))))
