;; A library with two functions over numbers, the second of which can trap.
;;
;;   weldc run --invoke 'add(1, 2)' examples/calc.wat
;;   weldc build examples/calc.wat --emit static,header --out-dir out
;;
;; RUN: --invoke 'add(1, 2)'
;; STDOUT: 3
;; RUN: --invoke 'div(7, 0)'
;; EXIT: 134
;; STDERR: integer divide by zero
(component
  (core module $calc
    (func $add (export "add") (param i32 i32) (result i32)
      (i32.add (local.get 0) (local.get 1)))
    (func $div (export "div") (param i32 i32) (result i32)
      (i32.div_s (local.get 0) (local.get 1))))
  (core instance $calc (instantiate $calc))
  (func (export "add") (param "a" s32) (param "b" s32) (result s32)
    (canon lift (core func $calc "add")))
  (func (export "div") (param "a" s32) (param "b" s32) (result s32)
    (canon lift (core func $calc "div"))))
