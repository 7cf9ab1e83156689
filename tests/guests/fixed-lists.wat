;; Lists of fixed length in WAVE: lists whose length is checked.
;; RUN: --features cm-fixed-length-lists --invoke 'swap([1, 2])'
;; STDOUT: [2, 1]
;; RUN: --features cm-fixed-length-lists --invoke 'swap([1])'
;; EXIT: 1
;; STDERR: the arguments of `swap` do not fit: a list of 2 elements is given 1
(component
  (core module $m
    (memory (export "mem") 1)
    (func (export "swap") (param i32 i32) (result i32)
      (i32.store8 (i32.const 8) (local.get 1))
      (i32.store8 (i32.const 9) (local.get 0))
      (i32.const 8)))
  (core instance $i (instantiate $m))
  (func (export "swap") (param "x" (list u8 2)) (result (list u8 2))
    (canon lift (core func $i "swap") (memory (core memory $i "mem")))))
