;; One flat result is a register, whatever it is made of; more are a pointer: given by the callee, and given
;; to the lowered
;; function by the caller as its last parameter.
;;
;; CanonicalABI.md, Flattening: `MAX_FLAT_RESULTS`, `flatten_functype`; Lifting and Lowering Values.
(component definition $Given
  (component $C
    (core module $CM
      (memory (export "mem") 1)
      (func (export "one") (param f64) (result f64) (f64.neg (local.get 0)))
      (func (export "two") (param $at i32) (result i32)
        (if (i32.le_u (local.get $at) (i32.const 65528))
          (then
            (i32.store8 (local.get $at) (i32.const 5))
            (i32.store offset=4 (local.get $at) (i32.const 0x12345678))))
        (local.get $at)))
    (core instance $cm (instantiate $CM))
    (func (export "one") (param "v" (tuple f64)) (result (tuple (tuple f64)))
      (canon lift (core func $cm "one")))
    (func (export "two") (param "at" u32) (result (tuple u8 u32))
      (canon lift (core func $cm "two") (memory (core memory $cm "mem")))))
  (component $D
    (import "c" (instance $c
      (export "one" (func (param "v" (tuple f64)) (result (tuple (tuple f64)))))
      (export "two" (func (param "at" u32) (result (tuple u8 u32))))))
    (core module $Memory (memory (export "mem") 1))
    (core instance $memory (instantiate $Memory))
    (core func $one (canon lower (func $c "one")))
    (core func $two (canon lower (func $c "two") (memory (core memory $memory "mem"))))
    (core module $DM
      (import "" "mem" (memory 1))
      (import "" "one" (func $one (param f64) (result f64)))
      (import "" "two" (func $two (param i32 i32)))
      (func (export "one") (param f64) (result f64) (call $one (local.get 0)))
      (func (export "two") (param $theirs i32) (param $ours i32) (result i32)
        (if (i32.le_u (local.get $ours) (i32.const 65528))
          (then (i64.store align=1 (local.get $ours) (i64.const -1))))
        (call $two (local.get $theirs) (local.get $ours))
        (local.get $ours)))
    (core instance $dm (instantiate $DM (with "" (instance
      (export "mem" (memory $memory "mem")) (export "one" (func $one)) (export "two" (func $two))))))
    (func (export "one") (param "v" (tuple f64)) (result (tuple f64)) (canon lift (core func $dm "one")))
    ;; as a number, to see what was written, and what was not
    (func (export "two") (param "theirs" u32) (param "ours" u32) (result (tuple u32 u32))
      (canon lift (core func $dm "two") (memory (core memory $memory "mem")))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "c" (instance $c))))
  (export "one" (func $c "one"))
  (export "two" (func $c "two"))
  (export "one-between" (func $d "one"))
  (export "two-between" (func $d "two"))
)
(component instance $i $Given)
(assert_return (invoke "one" (tuple.const (f64.const 1.5))) (tuple.const (tuple.const (f64.const -1.5))))
(assert_return (invoke "one-between" (tuple.const (f64.const 1.5))) (tuple.const (f64.const -1.5)))
(assert_return (invoke "two" (u32.const 16)) (tuple.const (u8.const 5) (u32.const 0x12345678)))
;; the three bytes of padding stay as they were
(assert_return (invoke "two-between" (u32.const 16) (u32.const 32)) (tuple.const (u32.const 0xffffff05) (u32.const 0x12345678)))
;; the ends of the memories
(assert_return (invoke "two" (u32.const 65528)) (tuple.const (u8.const 5) (u32.const 0x12345678)))
(assert_return (invoke "two-between" (u32.const 65528) (u32.const 65528)) (tuple.const (u32.const 0xffffff05) (u32.const 0x12345678)))
(assert_trap (invoke "two" (u32.const 65532)) "pointer out of bounds of memory")
(component instance $i $Given)
(assert_trap (invoke "two" (u32.const 18)) "unaligned pointer")
(component instance $i $Given)
(assert_trap (invoke "two-between" (u32.const 65532) (u32.const 32)) "pointer out of bounds of memory")
(component instance $i $Given)
(assert_trap (invoke "two-between" (u32.const 0xfffffffc) (u32.const 32)) "pointer out of bounds of memory")
(component instance $i $Given)
(assert_trap (invoke "two-between" (u32.const 18) (u32.const 32)) "unaligned pointer")
(component instance $i $Given)
(assert_trap (invoke "two-between" (u32.const 16) (u32.const 65532)) "pointer out of bounds of memory")
(component instance $i $Given)
(assert_trap (invoke "two-between" (u32.const 16) (u32.const 34)) "unaligned pointer")
