;; Lists of a fixed length lie in place: as many flat values as they have elements, in memory when they are more than
;; 16. Maps are lists of pairs.
;;
;; RUN: --features all --invoke 'three([1, 2, 3])'
;; STDOUT: [1, 2, 3]
;; RUN: --features all --invoke 'three([1, 2])'
;; EXIT: 1
;; STDERR: a list of 3 elements is given 2
;; RUN: --features all --invoke 'twenty([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20])'
;; STDOUT: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]
;; RUN: --features all --invoke 'matrix([["a", ""], ["bc", "d"]])'
;; STDOUT: [["a", ""], ["bc", "d"]]
;; RUN: --features all --invoke 'pairs([[(1, true), (2, false)], [(3, true), (4, true)]])'
;; STDOUT: [[(1, true), (2, false)], [(3, true), (4, true)]]
;; RUN: --features all --invoke 'map({"b": [1, 2], "a": []})'
;; STDOUT: {"b": [1, 2], "a": []}
;; RUN: --features all --invoke 'map({})'
;; STDOUT: {}
(component
  (core module $m
    (memory (export "memory") 1)
    (global $next (mut i32) (i32.const 1024))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (local $at i32)
      (local.set $at (i32.and (i32.add (global.get $next) (i32.const 7)) (i32.const -8)))
      (global.set $next (i32.add (local.get $at) (local.get 3)))
      (local.get $at))
    (func $four (param i32 i32 i32 i32) (result i32)
      (i32.store (i32.const 8) (local.get 0))
      (i32.store (i32.const 12) (local.get 1))
      (i32.store (i32.const 16) (local.get 2))
      (i32.store (i32.const 20) (local.get 3))
      (i32.const 8))
    (func (export "two") (param i32 i32) (result i32)
      (call $four (local.get 0) (local.get 1) (i32.const 0) (i32.const 0)))
    (func (export "three") (param i32 i32 i32) (result i32)
      (call $four (local.get 0) (local.get 1) (local.get 2) (i32.const 0)))
    (func (export "eight") (param i32 i32 i32 i32 i32 i32 i32 i32) (result i32)
      (drop (call $four (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
      (i32.store (i32.const 24) (local.get 4))
      (i32.store (i32.const 28) (local.get 5))
      (i32.store (i32.const 32) (local.get 6))
      (i32.store (i32.const 36) (local.get 7))
      (i32.const 8))
    (func (export "same") (param i32) (result i32)
      (local.get 0)))
  (core instance $i (instantiate $m))
  (alias core export $i "memory" (core memory $memory))
  (alias core export $i "realloc" (core func $realloc))
  (func (export "three") (param "x" (list u32 3)) (result (list u32 3))
    (canon lift (core func $i "three") (memory $memory)))
  (func (export "twenty") (param "x" (list u16 20)) (result (list u16 20))
    (canon lift (core func $i "same") (memory $memory) (realloc $realloc)))
  (func (export "matrix") (param "x" (list (list string 2) 2)) (result (list (list string 2) 2))
    (canon lift (core func $i "eight") (memory $memory) (realloc $realloc)))
  (func (export "pairs") (param "x" (list (list (tuple u8 bool) 2)))
    (result (list (list (tuple u8 bool) 2)))
    (canon lift (core func $i "two") (memory $memory) (realloc $realloc)))
  (func (export "map") (param "x" (map string (list u8))) (result (map string (list u8)))
    (canon lift (core func $i "two") (memory $memory) (realloc $realloc))))
