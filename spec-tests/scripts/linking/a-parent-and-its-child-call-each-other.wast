;; A parent may call its child while the child calls it, to any depth, with values in memory at every edge.
;;
;; CanonicalABI.md, Component Instances, as the official suite has it since reentrance became legal.
;; wasmtime 48: fails, it lets no child call its parent.
(component
  (core module $Libc
    (memory (export "mem") 1)
    (table (export "table") 1 funcref)
    (global $next (mut i32) (i32.const 4096))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (local $at i32)
      (local.set $at
        (i32.and (i32.add (global.get $next) (i32.sub (local.get 2) (i32.const 1))) (i32.sub (i32.const 0) (local.get 2))))
      (global.set $next (i32.add (local.get $at) (local.get 3)))
      (memory.copy (local.get $at) (local.get 0)
        (select (local.get 1) (local.get 3) (i32.lt_u (local.get 1) (local.get 3))))
      (local.get $at))
    )
  (core instance $libc (instantiate $Libc))
  ;; longer by one "p" each time, and then on to the child, if there is something left
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "table" (table 1 funcref))
    (type $t (func (param i32 i32 i32 i32)))
    (func (export "f") (param $n i32) (param $ptr i32) (param $len i32) (result i32)
      (i32.store8 (i32.add (local.get $ptr) (local.get $len)) (i32.const 0x70))
      (local.set $len (i32.add (local.get $len) (i32.const 1)))
      (if (local.get $n)
        (then
          (call_indirect (type $t) (i32.sub (local.get $n) (i32.const 1)) (local.get $ptr) (local.get $len) (i32.const 16) (i32.const 0)))
        (else
          (i32.store (i32.const 16) (local.get $ptr))
          (i32.store (i32.const 20) (local.get $len))))
      (i32.const 16)))
  (core instance $m (instantiate $M (with "" (instance (export "mem" (memory $libc "mem")) (export "table" (table $libc "table"))))))
  (func $f (param "n" u32) (param "s" string) (result string)
    (canon lift (core func $m "f") (memory (core memory $libc "mem")) (realloc (core func $libc "realloc"))))
  (component $Child
    (import "f" (func $f (param "n" u32) (param "s" string) (result string)))
    (core module $Libc
      (memory (export "mem") 1)
      (global $next (mut i32) (i32.const 4096))
      (func (export "realloc") (param i32 i32 i32 i32) (result i32)
        (local $at i32)
        (local.set $at
          (i32.and (i32.add (global.get $next) (i32.sub (local.get 2) (i32.const 1))) (i32.sub (i32.const 0) (local.get 2))))
        (global.set $next (i32.add (local.get $at) (local.get 3)))
        (memory.copy (local.get $at) (local.get 0)
          (select (local.get 1) (local.get 3) (i32.lt_u (local.get 1) (local.get 3))))
        (local.get $at))
      )
    (core instance $libc (instantiate $Libc))
    (core func $f' (canon lower (func $f) string-encoding=utf16 (memory (core memory $libc "mem")) (realloc (core func $libc "realloc"))))
    ;; a "c" more, in UTF-16
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "f" (func $f (param i32 i32 i32 i32)))
      (func (export "g") (param $n i32) (param $ptr i32) (param $len i32) (result i32)
        (i32.store16 (i32.add (local.get $ptr) (i32.mul (local.get $len) (i32.const 2))) (i32.const 0x63))
        (call $f (local.get $n) (local.get $ptr) (i32.add (local.get $len) (i32.const 1)) (i32.const 16))
        (i32.const 16)))
    (core instance $m (instantiate $M (with "" (instance (export "mem" (memory $libc "mem")) (export "f" (func $f'))))))
    (func (export "g") (param "n" u32) (param "s" string) (result string)
      (canon lift (core func $m "g") string-encoding=utf16 (memory (core memory $libc "mem")) (realloc (core func $libc "realloc")))))
  (instance $child (instantiate $Child (with "f" (func $f))))
  (core func $g (canon lower (func $child "g") (memory (core memory $libc "mem")) (realloc (core func $libc "realloc"))))
  (core module $Fill
    (import "" "table" (table 1 funcref))
    (import "" "g" (func $g (param i32 i32 i32 i32)))
    (elem (i32.const 0) func $g))
  (core instance (instantiate $Fill (with "" (instance (export "table" (table $libc "table")) (export "g" (func $g))))))
  (export "f" (func $f))
)
(assert_return (invoke "f" (u32.const 0) (str.const ">")) (str.const ">p"))
(assert_return (invoke "f" (u32.const 3) (str.const ">")) (str.const ">pcpcpcp"))
