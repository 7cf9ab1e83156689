;; One libc module is imported by two components and instantiated in each: what they share is code. Within a
;; component its memory, table and stack pointer are shared by all that import them.
;;
;; Explainer.md, examples/SharedEverythingDynamicLinking.md.
(component
  (core module $Libc
    (memory (export "memory") 1)
    (table (export "table") 4 funcref)
    (global (export "sp") (mut i32) (i32.const 65536))
    (global $next (mut i32) (i32.const 1024))
    (func (export "malloc") (param i32) (result i32)
      (global.get $next)
      (global.set $next (i32.add (global.get $next) (local.get 0)))))
  (core type $libc-type (module
    (export "memory" (memory 1))
    (export "table" (table 4 funcref))
    (export "sp" (global (mut i32)))
    (export "malloc" (func (param i32) (result i32)))))
  (component $App
    (import "libc" (core module $Libc
      (export "memory" (memory 1))
      (export "table" (table 4 funcref))
      (export "sp" (global (mut i32)))
      (export "malloc" (func (param i32) (result i32)))))
    (core instance $libc (instantiate $Libc))
    ;; a library, with a function in the table
    (core module $Lib
      (import "libc" "memory" (memory 1))
      (import "libc" "table" (table 4 funcref))
      (import "libc" "malloc" (func $malloc (param i32) (result i32)))
      (type $t (func (param i32) (result i32)))
      (func $double (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2)))
      (elem (i32.const 2) func $double)
      (func (export "box") (param i32) (result i32)
        (local $at i32)
        (local.set $at (call $malloc (i32.const 16)))
        (i32.store (local.get $at) (local.get 0))
        (local.get $at)))
    (core instance $lib (instantiate $Lib (with "libc" (instance $libc))))
    (core module $Main
      (import "libc" "memory" (memory 1))
      (import "libc" "table" (table 4 funcref))
      (import "libc" "sp" (global $sp (mut i32)))
      (import "lib" "box" (func $box (param i32) (result i32)))
      (type $t (func (param i32) (result i32)))
      (func (export "run") (param i32) (result i32)
        (local $at i32)
        (global.set $sp (i32.sub (global.get $sp) (i32.const 16)))
        (local.set $at (call $box (local.get 0)))
        (i32.store (global.get $sp) (call_indirect (type $t) (i32.load (local.get $at)) (i32.const 2)))
        ;; where the box is, what is in it doubled, how deep the stack is
        (i32.or (i32.shl (local.get $at) (i32.const 16))
          (i32.or (i32.shl (i32.load (global.get $sp)) (i32.const 8))
            (i32.sub (i32.const 65536) (global.get $sp))))))
    (core instance $main (instantiate $Main (with "libc" (instance $libc)) (with "lib" (instance $lib))))
    (func (export "run") (param "n" u32) (result u32) (canon lift (core func $main "run"))))
  (instance $a (instantiate $App (with "libc" (core module $Libc))))
  (instance $b (instantiate $App (with "libc" (core module $Libc))))
  (export "a" (func $a "run"))
  (export "b" (func $b "run"))
)
(assert_return (invoke "a" (u32.const 3)) (u32.const 0x0400_0610))
(assert_return (invoke "a" (u32.const 4)) (u32.const 0x0410_0820))
(assert_return (invoke "b" (u32.const 5)) (u32.const 0x0400_0a10))
