;; What is checked and written after realloc is the memory as it is then: a realloc that grows it gives a
;; valid block, and
;; so does one that grows it for every string of a list.
;;
;; CanonicalABI.md, Storing: the bounds are checked after each call of realloc.
(component
  (component $C
    (core module $CM
      (memory (export "mem") 0)
      ;; every block is a page of its own, at its very end
      (func (export "realloc") (param i32 i32 i32) (param $size i32) (result i32)
        (if (i32.eq (memory.grow (i32.const 1)) (i32.const -1)) (then unreachable))
        (i32.and
          (i32.sub (i32.shl (memory.size) (i32.const 16)) (local.get $size))
          (i32.sub (i32.const 0) (local.get 2))))
      (func (export "sum") (param $ptr i32) (param $n i32) (result i32)
        (local $sum i32)
        (loop $strings
          (if (local.get $n)
            (then
              (local.set $sum (i32.add (i32.mul (local.get $sum) (i32.const 256)) (i32.load8_u (i32.load (local.get $ptr)))))
              (local.set $ptr (i32.add (local.get $ptr) (i32.const 8)))
              (local.set $n (i32.sub (local.get $n) (i32.const 1)))
              (br $strings))))
        (local.get $sum)))
    (core instance $cm (instantiate $CM))
    (func (export "sum") (param "v" (list string)) (result u32)
      (canon lift (core func $cm "sum") (memory (core memory $cm "mem")) (realloc (core func $cm "realloc")))))
  (component $D
    (import "sum" (func $sum (param "v" (list string)) (result u32)))
    (core module $Memory
      (memory (export "mem") 1)
      (data (i32.const 0) "abc")
      (data (i32.const 16) "\00\00\00\00\01\00\00\00" "\01\00\00\00\01\00\00\00" "\02\00\00\00\01\00\00\00"))
    (core instance $memory (instantiate $Memory))
    (core func $sum' (canon lower (func $sum) (memory (core memory $memory "mem"))))
    (core module $DM
      (import "" "sum" (func $sum (param i32 i32) (result i32)))
      (func (export "run") (result i32) (call $sum (i32.const 16) (i32.const 3))))
    (core instance $dm (instantiate $DM (with "" (instance (export "sum" (func $sum'))))))
    (func (export "run") (result u32) (canon lift (core func $dm "run"))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "sum" (func $c "sum"))))
  (export "run" (func $d "run"))
  (export "sum" (func $c "sum"))
)
(assert_return (invoke "run") (u32.const 0x616263))
(assert_return (invoke "sum" (list.const (str.const "x") (str.const "y"))) (u32.const 0x7879))
