;; Every trap of core WebAssembly, with the function that trapped in the backtrace.
;;
;; RUN: --invoke 'do-unreachable()'
;; EXIT: 134
;; STDERR: wasm `unreachable` instruction executed
;; STDERR: inner
;; STDERR: outer
;; RUN: --invoke 'divide(1, 0)'
;; EXIT: 134
;; STDERR: integer divide by zero
;; RUN: --invoke 'divide(-2147483648, -1)'
;; EXIT: 134
;; STDERR: integer overflow
;; RUN: --invoke 'remainder(-2147483648, -1)'
;; STDOUT: 0
;; RUN: --invoke 'truncate(1e20)'
;; EXIT: 134
;; STDERR: integer overflow
;; RUN: --invoke 'truncate(nan)'
;; EXIT: 134
;; STDERR: invalid conversion to integer
;; RUN: --invoke 'load(65532)'
;; STDOUT: 0
;; RUN: --invoke 'load(65533)'
;; EXIT: 134
;; STDERR: out of bounds memory access
;; RUN: --invoke 'load(4294967295)'
;; EXIT: 134
;; STDERR: out of bounds memory access
;; RUN: --invoke 'store-far(4294967295)'
;; EXIT: 134
;; STDERR: out of bounds memory access
;; RUN: --invoke 'fill(65530, 7)'
;; EXIT: 134
;; STDERR: out of bounds memory access
;; RUN: --invoke 'call(0)'
;; STDOUT: 42
;; RUN: --invoke 'call(1)'
;; EXIT: 134
;; STDERR: indirect call type mismatch
;; RUN: --invoke 'call(2)'
;; EXIT: 134
;; STDERR: uninitialized element
;; RUN: --invoke 'call(9)'
;; EXIT: 134
;; STDERR: undefined element
;; RUN: --invoke 'recurse(1000)'
;; STDOUT: 1000
;; RUN: --invoke 'recurse(4294967295)'
;; EXIT: 134
;; STDERR: call stack exhausted
(component
  (core module $traps
    (memory 1)
    (table 4 funcref)
    (elem (i32.const 0) $forty-two $other)
    (type $unit (func (result i32)))
    (func $forty-two (result i32) (i32.const 42))
    (func $other (param i64))
    (func $inner unreachable)
    (func $outer (export "unreachable") (call $inner) (call $inner))
    (func (export "divide") (param i32 i32) (result i32)
      (i32.div_s (local.get 0) (local.get 1)))
    (func (export "remainder") (param i32 i32) (result i32)
      (i32.rem_s (local.get 0) (local.get 1)))
    (func (export "truncate") (param f64) (result i32)
      (i32.trunc_f64_s (local.get 0)))
    (func (export "load") (param i32) (result i32)
      (i32.load (local.get 0)))
    (func (export "store-far") (param i32)
      (i64.store offset=4294967295 (local.get 0) (i64.const 1)))
    (func (export "fill") (param i32 i32)
      (memory.fill (local.get 0) (i32.const 1) (local.get 1)))
    (func (export "call") (param i32) (result i32)
      (call_indirect (type $unit) (local.get 0)))
    (func $recurse (export "recurse") (param i32) (result i32)
      (if (result i32) (i32.eqz (local.get 0))
        (then (i32.const 0))
        (else
          (i32.add (i32.const 1)
            (call $recurse (i32.sub (local.get 0) (i32.const 1))))))))
  (core instance $i (instantiate $traps))
  (func (export "do-unreachable") (canon lift (core func $i "unreachable")))
  (func (export "divide") (param "a" s32) (param "b" s32) (result s32)
    (canon lift (core func $i "divide")))
  (func (export "remainder") (param "a" s32) (param "b" s32) (result s32)
    (canon lift (core func $i "remainder")))
  (func (export "truncate") (param "x" f64) (result s32)
    (canon lift (core func $i "truncate")))
  (func (export "load") (param "address" u32) (result u32)
    (canon lift (core func $i "load")))
  (func (export "store-far") (param "address" u32)
    (canon lift (core func $i "store-far")))
  (func (export "fill") (param "address" u32) (param "size" u32)
    (canon lift (core func $i "fill")))
  (func (export "call") (param "index" u32) (result u32)
    (canon lift (core func $i "call")))
  (func (export "recurse") (param "depth" u32) (result u32)
    (canon lift (core func $i "recurse"))))
