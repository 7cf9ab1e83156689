(component
  (core module $m
    (type $unary (func (param i32) (result i32)))
    (type $lonely (func (result i32)))
    (table $mixed 6 funcref)
    (elem (table $mixed) (i32.const 1) func $a $b $c)
    (table $alike 2 funcref)
    (elem (table $alike) (i32.const 0) func $a $b)
    (table $written 2 funcref)
    (elem (table $written) (i32.const 0) func $a $c)
    (func $a (type $unary) (local.get 0))
    (func $b (type $unary) (i32.const 1))
    (func $c (type $lonely) (i32.const 2))
    (func (export "constant") (result i32)
      (call_indirect $mixed (type $unary) (i32.const 7) (i32.const 2)))
    (func (export "candidate") (param i32) (result i32)
      (call_indirect $mixed (type $lonely) (local.get 0)))
    (func (export "several") (param i32) (result i32)
      (call_indirect $mixed (type $unary) (i32.const 7) (local.get 0)))
    (func (export "alike") (param i32) (result i32)
      (call_indirect $alike (type $unary) (i32.const 7) (local.get 0)))
    (func (export "written") (param i32) (result i32)
      (table.set $written (local.get 0) (ref.null func))
      (call_indirect $written (type $lonely) (i32.const 1))))
  (core instance (instantiate $m)))
;;! clif core 0 3
;;! asm core 0 4
;;! asm core 0 5
;;! asm core 0 6
;;! clif core 0 7
