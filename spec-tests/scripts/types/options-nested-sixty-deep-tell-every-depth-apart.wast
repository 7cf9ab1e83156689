;; An option of an option of an option … : each level has its own discriminant, in registers to the limit of
;; 16, in memory beyond it.
;;
;; CanonicalABI.md, Flattening: `flatten_variant`; Loading: `load_variant`.
(component
  (component $C
    (core module $M
      (memory (export "mem") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
      ;; how many are some
      (func (export "flat") (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)
        (i32.add (i32.add (i32.add (i32.add (i32.add (i32.add (i32.add (i32.add (i32.add (i32.add (i32.add (i32.add (i32.add (i32.add (local.get 0) (local.get 1)) (local.get 2)) (local.get 3)) (local.get 4)) (local.get 5)) (local.get 6)) (local.get 7)) (local.get 8)) (local.get 9)) (local.get 10)) (local.get 11)) (local.get 12)) (local.get 13)) (local.get 14)))
      (func (export "spilled") (param $at i32) (result i32)
        (local $n i32)
        (loop $each
          (if (i32.and (i32.load8_u (i32.add (local.get $at) (local.get $n))) (i32.lt_u (local.get $n) (i32.const 60)))
            (then (local.set $n (i32.add (local.get $n) (i32.const 1))) (br $each))))
        (local.get $n)))
    (core instance $m (instantiate $M))
    (func (export "flat") (param "o" (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option u8)))))))))))))))) (result u32)
      (canon lift (core func $m "flat")))
    (func (export "spilled") (param "o" (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option u8))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))) (result u32)
      (canon lift (core func $m "spilled") (memory (core memory $m "mem")) (realloc (core func $m "realloc")))))
  ;; through another component
  (component $D
    (import "c" (instance $c
      (export "flat" (func (param "o" (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option u8)))))))))))))))) (result u32)))
      (export "spilled" (func (param "o" (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option u8))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))) (result u32)))))
    (core module $Libc
      (memory (export "mem") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024)))
    (core instance $libc (instantiate $Libc))
    (core func $flat (canon lower (func $c "flat")))
    (core func $spilled (canon lower (func $c "spilled") (memory (core memory $libc "mem"))))
    (func (export "flat") (param "o" (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option u8)))))))))))))))) (result u32)
      (canon lift (core func $flat)))
    (func (export "spilled") (param "o" (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option (option u8))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))) (result u32)
      (canon lift (core func $spilled) (memory (core memory $libc "mem")) (realloc (core func $libc "realloc")))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "c" (instance $c))))
  (export "flat" (func $d "flat"))
  (export "spilled" (func $d "spilled"))
)
(assert_return (invoke "flat" (option.none)) (u32.const 0))
(assert_return (invoke "flat" (option.some (option.none))) (u32.const 1))
(assert_return (invoke "flat" (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.none))))))))) (u32.const 7))
(assert_return (invoke "flat" (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.none)))))))))))))))) (u32.const 14))
(assert_return (invoke "flat" (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (u8.const 200))))))))))))))))) (u32.const 15))
(assert_return (invoke "spilled" (option.none)) (u32.const 0))
(assert_return (invoke "spilled" (option.some (option.none))) (u32.const 1))
(assert_return (invoke "spilled" (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.none))))))))))))))))))))))))))))))))) (u32.const 31))
(assert_return (invoke "spilled" (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.none))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))) (u32.const 59))
(assert_return (invoke "spilled" (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (option.some (u8.const 200)))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))) (u32.const 60))
