;; Error contexts within one component: every encoding, one handle table for them and for resources, indices that
;; are reused last in, first out, and what a handle of the wrong kind is.
;;
;; RUN: --features all --invoke 'round-trip()'
;; STDOUT: 9
;; RUN: --features all --invoke 'indices()'
;; STDOUT: [1, 2, 3, 2, 1]
;; RUN: --features all --invoke 'drop(1)'
;; EXIT: 1
;; STDERR: unknown handle index 1
;; RUN: --features all --invoke 'drop-resource()'
;; EXIT: 1
;; STDERR: handle index 1 used with the wrong type
;; RUN: --features all --invoke 'drop-as-resource()'
;; EXIT: 1
;; STDERR: handle index 1 used with the wrong type
;; RUN: --features all --invoke 'message-at(4294967290)'
;; EXIT: 134
;; STDERR: unaligned pointer
;; RUN: --features all --invoke 'message-at(4294967292)'
;; EXIT: 134
;; STDERR: pointer out of bounds of memory
;; RUN: --features all --invoke 'new-of(65535, 2)'
;; EXIT: 134
;; STDERR: string content out-of-bounds
;; RUN: --features all --invoke 'new-of(600, 1)'
;; EXIT: 1
;; STDERR: invalid utf-8
;; RUN: --features all --invoke 'drop-in-realloc()'
;; EXIT: 134
;; STDERR: cannot leave component instance
(component
  (core module $memory
    (import "late" "t" (table 1 funcref))
    (memory (export "memory") 1)
    (global $next (mut i32) (i32.const 4096))
    (global $hostile (export "hostile") (mut i32) (i32.const 0))
    (type $drop (func (param i32)))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (local $new i32)
      (if (global.get $hostile) (then (call_indirect (type $drop) (i32.const 1) (i32.const 0))))
      (local.set $new
        (i32.and
          (i32.add (global.get $next) (i32.sub (local.get 2) (i32.const 1)))
          (i32.sub (i32.const 0) (local.get 2))))
      (global.set $next (i32.add (local.get $new) (local.get 3)))
      (memory.copy (local.get $new) (local.get 0) (local.get 1))
      (local.get $new))
    ;; "grüße" in UTF-8 at 0 (7 bytes), in UTF-16 at 16 (5 units), in Latin-1 at 32 (5 bytes).
    (data (i32.const 0) "gr\c3\bc\c3\9fe")
    (data (i32.const 16) "g\00r\00\fc\00\df\00e\00")
    (data (i32.const 32) "gr\fc\dfe")
    (data (i32.const 600) "\ff"))
  (core module $late (table (export "t") 1 funcref))
  (core instance $late (instantiate $late))
  (core instance $libc (instantiate $memory (with "late" (instance $late))))
  (alias core export $libc "memory" (core memory $m))
  (alias core export $libc "realloc" (core func $realloc))
  (type $r (resource (rep i32)))
  (core func $new8 (canon error-context.new (memory $m)))
  (core func $new16 (canon error-context.new (memory $m) string-encoding=utf16))
  (core func $new1 (canon error-context.new (memory $m) string-encoding=latin1+utf16))
  (core func $message8 (canon error-context.debug-message (memory $m) (realloc $realloc)))
  (core func $message16
    (canon error-context.debug-message (memory $m) (realloc $realloc) string-encoding=utf16))
  (core func $message1
    (canon error-context.debug-message (memory $m) (realloc $realloc) string-encoding=latin1+utf16))
  (core func $drop (canon error-context.drop))
  (core func $resource-new (canon resource.new $r))
  (core func $resource-drop (canon resource.drop $r))
  (core module $main
    (import "" "new8" (func $new8 (param i32 i32) (result i32)))
    (import "" "new16" (func $new16 (param i32 i32) (result i32)))
    (import "" "new1" (func $new1 (param i32 i32) (result i32)))
    (import "" "message8" (func $message8 (param i32 i32)))
    (import "" "message16" (func $message16 (param i32 i32)))
    (import "" "message1" (func $message1 (param i32 i32)))
    (import "" "drop" (func $drop (param i32)))
    (import "" "resource-new" (func $resource-new (param i32) (result i32)))
    (import "" "resource-drop" (func $resource-drop (param i32)))
    (import "libc" "memory" (memory 1))
    (import "libc" "hostile" (global $hostile (mut i32)))
    (import "late" "t" (table 1 funcref))
    (elem declare func $drop)
    ;; Whether the string at 512 has these bytes, and is so many units long.
    (func $is (param $want i32) (param $bytes i32) (param $units i32) (result i32)
      (local $i i32)
      (if (i32.ne (i32.load (i32.const 516)) (local.get $units)) (then (return (i32.const 0))))
      (loop $next
        (if (i32.ge_u (local.get $i) (local.get $bytes)) (then (return (i32.const 1))))
        (if (i32.ne
              (i32.load8_u (i32.add (i32.load (i32.const 512)) (local.get $i)))
              (i32.load8_u (i32.add (local.get $want) (local.get $i))))
          (then (return (i32.const 0))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next))
      (unreachable))
    (func $messages (param $e i32) (result i32)
      (call $message8 (local.get $e) (i32.const 512))
      (call $is (i32.const 0) (i32.const 7) (i32.const 7))
      (call $message16 (local.get $e) (i32.const 512))
      (call $is (i32.const 16) (i32.const 10) (i32.const 5))
      (call $message1 (local.get $e) (i32.const 512))
      (call $is (i32.const 32) (i32.const 5) (i32.const 5))
      (i32.add)
      (i32.add)
      (call $drop (local.get $e)))
    (func (export "round-trip") (result i32)
      (call $messages (call $new8 (i32.const 0) (i32.const 7)))
      (call $messages (call $new16 (i32.const 16) (i32.const 5)))
      (call $messages (call $new1 (i32.const 32) (i32.const 5)))
      (i32.add)
      (i32.add))
    (func (export "indices") (result i32)
      (i32.store (i32.const 1024) (i32.const 1032))
      (i32.store (i32.const 1028) (i32.const 5))
      (i32.store (i32.const 1032) (call $new8 (i32.const 0) (i32.const 0)))
      (i32.store (i32.const 1036) (call $resource-new (i32.const 7)))
      (i32.store (i32.const 1040) (call $new8 (i32.const 0) (i32.const 7)))
      (call $drop (i32.const 1))
      (call $resource-drop (i32.const 2))
      (i32.store (i32.const 1044) (call $new16 (i32.const 16) (i32.const 5)))
      (i32.store (i32.const 1048) (call $resource-new (i32.const 8)))
      (i32.const 1024))
    (func (export "drop") (param i32)
      (call $drop (local.get 0)))
    (func (export "drop-resource")
      (call $drop (call $resource-new (i32.const 7))))
    (func (export "drop-as-resource")
      (call $resource-drop (call $new8 (i32.const 0) (i32.const 7))))
    (func (export "message-at") (param i32)
      (call $message8 (call $new8 (i32.const 0) (i32.const 7)) (local.get 0)))
    (func (export "new-of") (param i32 i32)
      (drop (call $new8 (local.get 0) (local.get 1))))
    (func (export "drop-in-realloc")
      (global.set $hostile (i32.const 1))
      (table.set (i32.const 0) (ref.func $drop))
      (call $message8 (call $new8 (i32.const 0) (i32.const 7)) (i32.const 512))))
  (core instance $i (instantiate $main
    (with "libc" (instance $libc))
    (with "late" (instance $late))
    (with "" (instance
      (export "new8" (func $new8)) (export "new16" (func $new16)) (export "new1" (func $new1))
      (export "message8" (func $message8)) (export "message16" (func $message16))
      (export "message1" (func $message1)) (export "drop" (func $drop))
      (export "resource-new" (func $resource-new)) (export "resource-drop" (func $resource-drop))))))
  (func (export "round-trip") (result u32) (canon lift (core func $i "round-trip")))
  (func (export "indices") (result (list u32)) (canon lift (core func $i "indices") (memory $m)))
  (func (export "drop") (param "index" u32) (canon lift (core func $i "drop")))
  (func (export "drop-resource") (canon lift (core func $i "drop-resource")))
  (func (export "drop-as-resource") (canon lift (core func $i "drop-as-resource")))
  (func (export "message-at") (param "address" u32) (canon lift (core func $i "message-at")))
  (func (export "new-of") (param "address" u32) (param "length" u32)
    (canon lift (core func $i "new-of")))
  (func (export "drop-in-realloc") (canon lift (core func $i "drop-in-realloc"))))
