;; A memory whose pages have one byte: it ends where its author says.
;;
;; RUN: --features all --invoke 'load(99)'
;; STDOUT: 5
;; RUN: --features all --invoke 'load(100)'
;; EXIT: 134
;; STDERR: out of bounds memory access
;; RUN: --features all --invoke 'grow(1)'
;; STDOUT: 101
;; RUN: --invoke 'load(1)'
;; EXIT: 1
;; STDERR: the custom page sizes proposal must be enabled
(component
  (core module $bytes
    (memory 100 (pagesize 1))
    (data (i32.const 99) "\05")
    (func (export "load") (param i32) (result i32)
      (i32.load8_u (local.get 0)))
    (func (export "grow") (param i32) (result i32)
      (drop (memory.grow (local.get 0)))
      (memory.size)))
  (core instance $bytes (instantiate $bytes))
  (func (export "load") (param "address" u32) (result u8)
    (canon lift (core func $bytes "load")))
  (func (export "grow") (param "pages" u32) (result u32)
    (canon lift (core func $bytes "grow"))))
