;; What WebAssembly 3.0 adds and weldc compiles: tail calls, 64-bit memories and tables.
;;
;; RUN: --invoke 'even(1000000)'
;; STDOUT: true
;; RUN: --invoke 'even(7)'
;; STDOUT: false
;; RUN: --invoke 'load64(65528)'
;; STDOUT: 0
;; RUN: --invoke 'load64(65529)'
;; EXIT: 134
;; STDERR: out of bounds memory access
;; RUN: --invoke 'load64(18446744073709551615)'
;; EXIT: 134
;; STDERR: out of bounds memory access
;; RUN: --invoke 'grow64(1)'
;; STDOUT: 2
;; RUN: --invoke 'call64(1)'
;; STDOUT: 7
;; RUN: --invoke 'call64(4294967297)'
;; EXIT: 134
;; STDERR: undefined element
(component
  (core module $tail
    (func $even (export "even") (param i32) (result i32)
      (if (i32.eqz (local.get 0)) (then (return (i32.const 1))))
      (return_call $odd (i32.sub (local.get 0) (i32.const 1))))
    (func $odd (param i32) (result i32)
      (if (i32.eqz (local.get 0)) (then (return (i32.const 0))))
      (return_call $even (i32.sub (local.get 0) (i32.const 1)))))
  (core instance $tail (instantiate $tail))
  (core module $wide
    (memory i64 1)
    (table i64 2 funcref)
    (elem (i64.const 1) $seven)
    (type $number (func (result i32)))
    (func $seven (result i32) (i32.const 7))
    (func (export "load") (param i64) (result i64)
      (i64.load (local.get 0)))
    (func (export "grow") (param i64) (result i64)
      (drop (memory.grow (local.get 0)))
      (memory.size))
    (func (export "call") (param i64) (result i32)
      (call_indirect (type $number) (local.get 0))))
  (core instance $wide (instantiate $wide))
  (func (export "even") (param "n" u32) (result bool)
    (canon lift (core func $tail "even")))
  (func (export "load64") (param "address" u64) (result u64)
    (canon lift (core func $wide "load")))
  (func (export "grow64") (param "pages" u64) (result u64)
    (canon lift (core func $wide "grow")))
  (func (export "call64") (param "index" u64) (result u32)
    (canon lift (core func $wide "call"))))
