;; What a component hands over is checked: size, alignment and bounds of every string and list, spilled
;; values, results of realloc, discriminants, characters, encodings, and whether it may leave.
;;
;; RUN: --invoke 'utf8(65536, 0)'
;; STDOUT: ""
;; RUN: --invoke 'utf8(65537, 0)'
;; EXIT: 134
;; STDERR: string content out-of-bounds
;; RUN: --invoke 'utf8(4294967295, 1)'
;; EXIT: 134
;; STDERR: string content out-of-bounds
;; RUN: --invoke 'utf8(0, 268435455)'
;; EXIT: 134
;; STDERR: string content out-of-bounds
;; RUN: --invoke 'utf8(0, 268435456)'
;; EXIT: 134
;; STDERR: string byte size exceeds maximum
;; RUN: --invoke 'utf8(16, 3)'
;; EXIT: 1
;; STDERR: invalid utf-8
;; RUN: --invoke 'utf16(2, 0)'
;; STDOUT: ""
;; RUN: --invoke 'utf16(1, 0)'
;; EXIT: 134
;; STDERR: unaligned pointer
;; RUN: --invoke 'utf16(65534, 2)'
;; EXIT: 134
;; STDERR: string content out-of-bounds
;; RUN: --invoke 'utf16(1, 134217728)'
;; EXIT: 134
;; STDERR: string byte size exceeds maximum
;; RUN: --invoke 'utf16(20, 1)'
;; EXIT: 1
;; STDERR: unpaired surrogate in utf-16 string
;; RUN: --invoke 'latin1(22, 2)'
;; STDOUT: "é!"
;; RUN: --invoke 'latin1(1, 1)'
;; EXIT: 134
;; STDERR: unaligned pointer
;; RUN: --invoke 'latin1(24, 2147483649)'
;; STDOUT: "日"
;; RUN: --invoke 'latin1(20, 2147483649)'
;; EXIT: 1
;; STDERR: unpaired surrogate in utf-16 string
;; RUN: --invoke 'latin1(0, 2281701376)'
;; EXIT: 134
;; STDERR: string byte size exceeds maximum
;; RUN: --invoke 'words(65536, 0)'
;; STDOUT: []
;; RUN: --invoke 'words(2, 0)'
;; EXIT: 134
;; STDERR: unaligned pointer
;; RUN: --invoke 'words(65540, 0)'
;; EXIT: 134
;; STDERR: list content out-of-bounds
;; RUN: --invoke 'words(65532, 2)'
;; EXIT: 134
;; STDERR: list content out-of-bounds
;; RUN: --invoke 'words(2, 67108864)'
;; EXIT: 134
;; STDERR: list byte size exceeds maximum
;; RUN: --invoke 'words(0, 4294967295)'
;; EXIT: 134
;; STDERR: list byte size exceeds maximum
;; RUN: --invoke 'pair(65528)'
;; STDOUT: (0, 0)
;; RUN: --invoke 'pair(65532)'
;; EXIT: 134
;; STDERR: pointer out of bounds of memory
;; RUN: --invoke 'pair(2)'
;; EXIT: 134
;; STDERR: unaligned pointer
;; RUN: --invoke 'pair(4294967292)'
;; EXIT: 134
;; STDERR: pointer out of bounds of memory
;; RUN: --invoke 'flag(256)'
;; STDOUT: true
;; RUN: --invoke 'byte(511)'
;; STDOUT: 255
;; RUN: --invoke 'signed(511)'
;; STDOUT: -1
;; RUN: --invoke 'letter(1114111)'
;; STDOUT: '\u{10ffff}'
;; RUN: --invoke 'letter(1114112)'
;; EXIT: 134
;; STDERR: invalid `char` bit pattern
;; RUN: --invoke 'letter(57343)'
;; EXIT: 134
;; STDERR: invalid `char` bit pattern
;; RUN: --invoke 'letter(4294967295)'
;; EXIT: 134
;; STDERR: invalid `char` bit pattern
;; RUN: --invoke 'empty(1)'
;; STDOUT: err
;; RUN: --invoke 'empty(2)'
;; EXIT: 134
;; STDERR: invalid variant discriminant
;; RUN: --invoke 'maybe(28)'
;; STDOUT: some(7)
;; RUN: --invoke 'maybe(16)'
;; EXIT: 134
;; STDERR: invalid variant discriminant
;; RUN: --invoke 'result-at(65528)'
;; STDOUT: 9
;; RUN: --invoke 'result-at(65532)'
;; EXIT: 134
;; STDERR: pointer out of bounds of memory
;; RUN: --invoke 'result-at(3)'
;; EXIT: 134
;; STDERR: unaligned pointer
;; RUN: --invoke 'spilled-at(64)'
;; STDOUT: 5
;; RUN: --invoke 'spilled-at(65472)'
;; EXIT: 134
;; STDERR: pointer out of bounds of memory
;; RUN: --invoke 'spilled-at(6)'
;; EXIT: 134
;; STDERR: unaligned pointer
;; RUN: --invoke 'into-odd([1])'
;; EXIT: 134
;; STDERR: realloc return: result not aligned
;; RUN: --invoke 'into-odd([])'
;; EXIT: 134
;; STDERR: realloc return: result not aligned
;; RUN: --invoke 'into-far([1])'
;; EXIT: 134
;; STDERR: realloc return: beyond end of memory
;; RUN: --invoke 'into-end([])'
;; STDOUT: 0
;; RUN: --invoke 'into-end([1])'
;; EXIT: 134
;; STDERR: realloc return: beyond end of memory
;; RUN: --invoke 'leave-from-realloc([1])'
;; EXIT: 134
;; STDERR: cannot leave component instance
;; RUN: --invoke 'leave-from-post-return()'
;; EXIT: 134
;; STDERR: cannot leave component instance
;; RUN: --invoke 'leave()'
;; STDOUT: 9
(component
  (core module $m
    (memory (export "memory") 1)
    ;; Not UTF-8; a lone surrogate; Latin-1; a unit of UTF-16; some(7).
    (data (i32.const 16) "\ff\fe\fd\00\00\d8\e9!\e5\65\00\00\01\00\00\00\07\00\00\00")
    (func $pair (export "pair") (param $ptr i32) (param $len i32) (result i32)
      (i32.store (i32.const 0) (local.get $ptr))
      (i32.store (i32.const 4) (local.get $len))
      (i32.const 0))
    (func (export "same") (param i32) (result i32) (local.get 0))
    (func (export "length") (param i32 i32) (result i32) (local.get 1))
    (func (export "nine") (result i32)
      (i32.store (i32.const 32) (i32.const 9))
      (i32.const 32))
    (func (export "fifth") (param $at i32) (result i32) (i32.load offset=16 (local.get $at)))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
    (func (export "odd") (param i32 i32 i32 i32) (result i32) (i32.const 1025))
    (func (export "far") (param i32 i32 i32 i32) (result i32) (i32.const 0xfffffff0))
    (func (export "end") (param i32 i32 i32 i32) (result i32) (i32.const 65536)))
  (core instance $m (instantiate $m))
  (alias core export $m "memory" (core memory $memory))
  (alias core export $m "realloc" (core func $realloc))

  (func (export "utf8") (param "ptr" u32) (param "len" u32) (result string)
    (canon lift (core func $m "pair") (memory $memory)))
  (func (export "utf16") (param "ptr" u32) (param "len" u32) (result string)
    (canon lift (core func $m "pair") (memory $memory) string-encoding=utf16))
  (func (export "latin1") (param "ptr" u32) (param "len" u32) (result string)
    (canon lift (core func $m "pair") (memory $memory) string-encoding=latin1+utf16))
  (func (export "words") (param "ptr" u32) (param "len" u32) (result (list u32))
    (canon lift (core func $m "pair") (memory $memory)))
  (func (export "pair") (param "ptr" u32) (result (tuple u32 u32))
    (canon lift (core func $m "same") (memory $memory)))
  (func (export "flag") (param "x" u32) (result bool) (canon lift (core func $m "same")))
  (func (export "byte") (param "x" u32) (result u8) (canon lift (core func $m "same")))
  (func (export "signed") (param "x" u32) (result s8) (canon lift (core func $m "same")))
  (func (export "letter") (param "x" u32) (result char) (canon lift (core func $m "same")))
  (func (export "empty") (param "x" u32) (result (result)) (canon lift (core func $m "same")))
  (func (export "maybe") (param "x" u32) (result (option u32))
    (canon lift (core func $m "same") (memory $memory)))

  ;; A function of the component's own, called through its lowering: what the guest passes is checked.
  (func $nine (result (tuple u32 u32)) (canon lift (core func $m "nine") (memory $memory)))
  (core func $nine (canon lower (func $nine) (memory $memory)))
  (func $fifth
    (param "a" u32) (param "b" u32) (param "c" u32) (param "d" u32) (param "e" u32) (param "f" u32)
    (param "g" u32) (param "h" u32) (param "i" u32) (param "j" u32) (param "k" u32) (param "l" u32)
    (param "m" u32) (param "n" u32) (param "o" u32) (param "p" u32) (param "q" u32)
    (result u32)
    (canon lift (core func $m "fifth") (memory $memory) (realloc $realloc)))
  (core func $fifth (canon lower (func $fifth) (memory $memory)))
  (core module $calls
    (import "m" "memory" (memory 1))
    (import "f" "nine" (func $nine (param i32)))
    (import "f" "fifth" (func $fifth (param i32) (result i32)))
    (func (export "result-at") (param i32) (result i32)
      (call $nine (local.get 0))
      (i32.load (local.get 0)))
    (func (export "spilled-at") (param i32) (result i32)
      (i32.store (i32.const 80) (i32.const 5))
      (call $fifth (local.get 0)))
    (func $leave (export "leave") (result i32)
      (call $nine (i32.const 128))
      (i32.load (i32.const 128)))
    (func (export "leaving-realloc") (param i32 i32 i32 i32) (result i32) (call $leave))
    (func (export "zero") (result i32) (i32.const 0))
    (func (export "leaving-post-return") (param i32) (drop (call $leave))))
  (core instance $calls (instantiate $calls
    (with "m" (instance $m))
    (with "f" (instance (export "nine" (func $nine)) (export "fifth" (func $fifth))))))
  (func (export "result-at") (param "x" u32) (result u32)
    (canon lift (core func $calls "result-at")))
  (func (export "spilled-at") (param "x" u32) (result u32)
    (canon lift (core func $calls "spilled-at")))

  (func (export "into-odd") (param "x" (list u16)) (result u32)
    (canon lift (core func $m "length") (memory $memory) (realloc (core func $m "odd"))))
  (func (export "into-far") (param "x" (list u8)) (result u32)
    (canon lift (core func $m "length") (memory $memory) (realloc (core func $m "far"))))
  (func (export "into-end") (param "x" (list u8)) (result u32)
    (canon lift (core func $m "length") (memory $memory) (realloc (core func $m "end"))))
  (func (export "leave-from-realloc") (param "x" (list u8)) (result u32)
    (canon lift (core func $m "length") (memory $memory)
      (realloc (core func $calls "leaving-realloc"))))
  (func (export "leave-from-post-return") (result u32)
    (canon lift (core func $calls "zero") (post-return (core func $calls "leaving-post-return"))))
  (func (export "leave") (result u32) (canon lift (core func $calls "leave"))))
