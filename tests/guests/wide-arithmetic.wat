;; 128-bit sums, differences and products: carries, borrows, signs.
;;
;; RUN: --invoke 'add(18446744073709551615, 1, 1, 2)'
;; STDOUT: (0, 4)
;; RUN: --invoke 'add(18446744073709551615, 18446744073709551615, 18446744073709551615, 18446744073709551615)'
;; STDOUT: (18446744073709551614, 18446744073709551615)
;; RUN: --invoke 'add(5, 6, 7, 8)'
;; STDOUT: (12, 14)
;; RUN: --invoke 'sub(0, 5, 1, 2)'
;; STDOUT: (18446744073709551615, 2)
;; RUN: --invoke 'sub(0, 0, 1, 0)'
;; STDOUT: (18446744073709551615, 18446744073709551615)
;; RUN: --invoke 'sub(9, 9223372036854775808, 4, 1)'
;; STDOUT: (5, 9223372036854775807)
;; RUN: --invoke 'mul-signed(-1, -1)'
;; STDOUT: (1, 0)
;; RUN: --invoke 'mul-signed(-9223372036854775808, 9223372036854775807)'
;; STDOUT: (9223372036854775808, 13835058055282163712)
;; RUN: --invoke 'mul-signed(123456789012345678, -987654321098765432)'
;; STDOUT: (7302121636804369264, 18440134092530769981)
;; RUN: --invoke 'mul-unsigned(18446744073709551615, 18446744073709551615)'
;; STDOUT: (1, 18446744073709551614)
;; RUN: --invoke 'mul-unsigned(9223372036854775808, 2)'
;; STDOUT: (0, 1)
;; RUN: --invoke 'mul-unsigned(3, 5)'
;; STDOUT: (15, 0)
;; RUN: --invoke 'carry(18446744073709551615, 1)'
;; STDOUT: (0, 1)
;; RUN: --invoke 'carry(1, 2)'
;; STDOUT: (3, 0)
(component
  (core module $m
    (memory (export "memory") 1)
    (func $pair (param $low i64) (param $high i64) (result i32)
      (i64.store (i32.const 0) (local.get $low))
      (i64.store (i32.const 8) (local.get $high))
      (i32.const 0))
    (func (export "add") (param i64 i64 i64 i64) (result i32)
      (call $pair (i64.add128 (local.get 0) (local.get 1) (local.get 2) (local.get 3))))
    (func (export "sub") (param i64 i64 i64 i64) (result i32)
      (call $pair (i64.sub128 (local.get 0) (local.get 1) (local.get 2) (local.get 3))))
    (func (export "mul-signed") (param i64 i64) (result i32)
      (call $pair (i64.mul_wide_s (local.get 0) (local.get 1))))
    (func (export "mul-unsigned") (param i64 i64) (result i32)
      (call $pair (i64.mul_wide_u (local.get 0) (local.get 1))))
    ;; 64 + 64 bits with carry, as compilers write it.
    (func (export "carry") (param i64 i64) (result i32)
      (call $pair (i64.add128 (local.get 0) (i64.const 0) (local.get 1) (i64.const 0)))))
  (core instance $i (instantiate $m))
  (func (export "add") (param "a-low" u64) (param "a-high" u64) (param "b-low" u64) (param "b-high" u64) (result (tuple u64 u64))
    (canon lift (core func $i "add") (memory (core memory $i "memory"))))
  (func (export "sub") (param "a-low" u64) (param "a-high" u64) (param "b-low" u64) (param "b-high" u64) (result (tuple u64 u64))
    (canon lift (core func $i "sub") (memory (core memory $i "memory"))))
  (func (export "mul-signed") (param "a" s64) (param "b" s64) (result (tuple u64 u64))
    (canon lift (core func $i "mul-signed") (memory (core memory $i "memory"))))
  (func (export "mul-unsigned") (param "a" u64) (param "b" u64) (result (tuple u64 u64))
    (canon lift (core func $i "mul-unsigned") (memory (core memory $i "memory"))))
  (func (export "carry") (param "a" u64) (param "b" u64) (result (tuple u64 u64))
    (canon lift (core func $i "carry") (memory (core memory $i "memory")))))
