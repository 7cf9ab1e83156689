;; Numbers in, numbers out: no memory, no realloc.
;;
;; RUN: --invoke "add(1, 2)"
;; STDOUT: 3
;; RUN: --invoke "add(-2147483648, -1)"
;; STDOUT: 2147483647
;; RUN: --invoke "div(7, -2)"
;; STDOUT: -3
;; RUN: --invoke "div(7, 0)"
;; EXIT: 134
;; STDERR: integer divide by zero
;; STDERR: div
;; RUN: --invoke "div(-2147483648, -1)"
;; EXIT: 134
;; STDERR: integer overflow
;; RUN: --invoke "mean(1.5, 2)"
;; STDOUT: 1.75
;; RUN: --invoke "next('a')"
;; STDOUT: 'b'
;; RUN: --invoke "not(true)"
;; STDOUT: false
;; RUN: --invoke "widen(255, -128, 65535, -32768)"
;; STDOUT: 126
;; RUN: --invoke "wide(18446744073709551615, -1)"
;; STDOUT: 18446744073709551614
;; RUN: --invoke "nothing()"
;; STDOUT: ()
;; RUN: --invoke "missing()"
;; EXIT: 1
;; STDERR: missing
(component
  (core module $calc
    (func (export "add") (param i32 i32) (result i32)
      (i32.add (local.get 0) (local.get 1)))
    (func $div (export "div") (param i32 i32) (result i32)
      (i32.div_s (local.get 0) (local.get 1)))
    (func (export "mean") (param f32 f64) (result f64)
      (f64.div (f64.add (f64.promote_f32 (local.get 0)) (local.get 1)) (f64.const 2)))
    (func (export "next") (param i32) (result i32)
      (i32.add (local.get 0) (i32.const 1)))
    (func (export "not") (param i32) (result i32)
      (i32.eqz (local.get 0)))
    (func (export "widen") (param i32 i32 i32 i32) (result i64)
      ;; The sum of the numbers, as an unsigned 32-bit number.
      (i64.extend_i32_u
        (i32.add
          (i32.add (local.get 0) (local.get 1))
          (i32.add (local.get 2) (i32.mul (local.get 3) (i32.const 2))))))
    (func (export "wide") (param i64 i64) (result i64)
      (i64.add (local.get 0) (local.get 1)))
    (func (export "nothing")))
  (core instance $i (instantiate $calc))
  (func (export "add") (param "a" s32) (param "b" s32) (result s32)
    (canon lift (core func $i "add")))
  (func (export "div") (param "a" s32) (param "b" s32) (result s32)
    (canon lift (core func $i "div")))
  (func (export "mean") (param "a" f32) (param "b" f64) (result f64)
    (canon lift (core func $i "mean")))
  (func (export "next") (param "c" char) (result char)
    (canon lift (core func $i "next")))
  (func (export "not") (param "b" bool) (result bool)
    (canon lift (core func $i "not")))
  (func (export "widen") (param "a" u8) (param "b" s8) (param "c" u16) (param "d" s16) (result u64)
    (canon lift (core func $i "widen")))
  (func (export "wide") (param "a" u64) (param "b" s64) (result u64)
    (canon lift (core func $i "wide")))
  (func (export "nothing")
    (canon lift (core func $i "nothing"))))
