;; Core features beyond the first version: growing, several memories and tables, multi-value, saturating
;; conversions, sign extension, bulk operations, reference types, mutable globals between instances.
;;
;; RUN: --invoke 'grow(3)'
;; STDOUT: 4
;; RUN: --invoke 'grow(100)'
;; STDOUT: 1
;; RUN: --invoke 'after-grow()'
;; STDOUT: 305419896
;; RUN: --invoke 'two-memories()'
;; STDOUT: "left, right"
;; RUN: --invoke 'swap(1, 2)'
;; STDOUT: 8589934593
;; RUN: --invoke 'saturate(1e20)'
;; STDOUT: 2147483647
;; RUN: --invoke 'extend(200)'
;; STDOUT: -56
;; RUN: --invoke 'tables(1)'
;; STDOUT: 11
;; RUN: --invoke 'tables(0)'
;; EXIT: 134
;; STDERR: uninitialized element
;; RUN: --invoke 'table-grow(5)'
;; STDOUT: 7
;; RUN: --invoke 'count()'
;; STDOUT: 3
;; RUN: --invoke 'passive()'
;; STDOUT: "passive"
;; RUN: --invoke 'loops(1000000)'
;; STDOUT: 500000500000
(component
  ;; Its start function counts to three in the global of another instance.
  (core module $counter
    (global (export "count") (mut i32) (i32.const 0)))
  (core instance $counter (instantiate $counter))
  (core module $starter
    (import "counter" "count" (global $count (mut i32)))
    (func $start
      (loop $again
        (global.set $count (i32.add (global.get $count) (i32.const 1)))
        (br_if $again (i32.lt_u (global.get $count) (i32.const 3)))))
    (start $start))
  (core instance (instantiate $starter (with "counter" (instance $counter))))

  (core module $main
    (import "counter" "count" (global $count (mut i32)))
    (memory $left (export "memory") 1 4)
    (memory $right 1)
    (data (memory $left) (i32.const 100) "left, ")
    (data (memory $right) (i32.const 200) "right")
    (data $passive "passive")
    (table $a 2 funcref)
    (table $b 2 8 funcref)
    (elem $one func $ten)
    (elem (table $b) (i32.const 1) func $eleven)
    (type $number (func (result i32)))
    (func $ten (result i32) (i32.const 10))
    (func $eleven (result i32) (i32.const 11))
    (func (export "grow") (param $pages i32) (result i32)
      (drop (memory.grow $left (local.get $pages)))
      (memory.size $left))
    (func (export "after-grow") (result i32)
      (drop (memory.grow $left (i32.const 1)))
      (i32.store $left (i32.const 131068) (i32.const 0x12345678))
      (i32.load $left (i32.const 131068)))
    (func $pair (param $ptr i32) (param $len i32) (result i32)
      (i32.store $left (i32.const 0) (local.get $ptr))
      (i32.store $left (i32.const 4) (local.get $len))
      (i32.const 0))
    (func (export "two-memories") (result i32)
      (memory.copy $left $right (i32.const 106) (i32.const 200) (i32.const 5))
      (call $pair (i32.const 100) (i32.const 11)))
    (func $swap (param i32 i32) (result i32 i32)
      (local.get 1) (local.get 0))
    (func (export "swap") (param i32 i32) (result i64)
      (local $low i32)
      (call $swap (local.get 0) (local.get 1))
      (local.set $low)
      (i64.or
        (i64.shl (i64.extend_i32_u) (i64.const 32))
        (i64.extend_i32_u (local.get $low))))
    (func (export "saturate") (param f64) (result i32)
      (i32.trunc_sat_f64_s (local.get 0)))
    (func (export "extend") (param i32) (result i32)
      (i32.extend8_s (local.get 0)))
    (func (export "tables") (param i32) (result i32)
      (table.init $a $one (i32.const 1) (i32.const 0) (i32.const 1))
      (drop (call_indirect $a (type $number) (i32.const 1)))
      (call_indirect $b (type $number) (local.get 0)))
    (func (export "table-grow") (param i32) (result i32)
      (drop (table.grow $b (ref.func $ten) (local.get 0)))
      (drop (call_indirect $b (type $number) (i32.const 2)))
      (table.size $b))
    (func (export "count") (result i32)
      (global.get $count))
    (func (export "passive") (result i32)
      (memory.init $left $passive (i32.const 300) (i32.const 0) (i32.const 7))
      (data.drop $passive)
      (call $pair (i32.const 300) (i32.const 7)))
    (func (export "loops") (param $n i32) (result i64)
      (local $sum i64)
      (loop $again
        (local.set $sum (i64.add (local.get $sum) (i64.extend_i32_u (local.get $n))))
        (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (local.get $sum)))
  (core instance $i (instantiate $main (with "counter" (instance $counter))))
  (func (export "grow") (param "pages" u32) (result u32)
    (canon lift (core func $i "grow")))
  (func (export "after-grow") (result u32)
    (canon lift (core func $i "after-grow")))
  (func (export "two-memories") (result string)
    (canon lift (core func $i "two-memories") (memory (core memory $i "memory"))))
  (func (export "swap") (param "a" u32) (param "b" u32) (result u64)
    (canon lift (core func $i "swap")))
  (func (export "saturate") (param "x" f64) (result s32)
    (canon lift (core func $i "saturate")))
  (func (export "extend") (param "x" s32) (result s32)
    (canon lift (core func $i "extend")))
  (func (export "tables") (param "index" u32) (result u32)
    (canon lift (core func $i "tables")))
  (func (export "table-grow") (param "by" u32) (result u32)
    (canon lift (core func $i "table-grow")))
  (func (export "count") (result u32)
    (canon lift (core func $i "count")))
  (func (export "passive") (result string)
    (canon lift (core func $i "passive") (memory (core memory $i "memory"))))
  (func (export "loops") (param "n" u32) (result u64)
    (canon lift (core func $i "loops"))))
