(module $Main
  (type $binary (func (param i32 i32) (result i32)))
  (import "leaf" "leaf" (func $other-leaf (type $binary)))
  (import "leaf" "tiny" (func $other-tiny (type $binary)))
  (import "host" "add" (func $host-add (type $binary)))
  (memory 1)
  (table funcref (elem $leaf $other-leaf $xor))

  (func $leaf (type $binary)
    (if (i32.eq (local.get 0) (i32.const -1))
      (then (return (call $leaf (local.get 1) (i32.const 0)))))
    (i32.add (local.get 0) (local.get 1)))
  (func $tiny (type $binary) (i32.add (local.get 0) (local.get 1)))
  (func $xor (type $binary) (i32.xor (local.get 0) (local.get 1)))

  (func (export "add") (type $binary) (i32.add (local.get 0) (local.get 1)))

  ;; Each of the following does one thing $n times, which depends on what it was the last time.
  (func (export "loop-empty") (param $n i32) (result i32) (local $x i32)
    (loop $again
      (local.set $x (i32.add (local.get $x) (local.get $n)))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $x))
  (func (export "loop-local") (param $n i32) (result i32) (local $x i32)
    (loop $again
      (local.set $x (call $leaf (local.get $x) (local.get $n)))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $x))
  (func (export "loop-local-tiny") (param $n i32) (result i32) (local $x i32)
    (loop $again
      (local.set $x (call $tiny (local.get $x) (local.get $n)))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $x))
  (func (export "loop-cross") (param $n i32) (result i32) (local $x i32)
    (loop $again
      (local.set $x (call $other-leaf (local.get $x) (local.get $n)))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $x))
  (func (export "loop-cross-tiny") (param $n i32) (result i32) (local $x i32)
    (loop $again
      (local.set $x (call $other-tiny (local.get $x) (local.get $n)))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $x))
  (func (export "loop-indirect") (param $n i32) (result i32) (local $x i32)
    (loop $again
      (local.set $x (call_indirect (type $binary) (local.get $x) (local.get $n)
        (i32.and (local.get $n) (i32.const 1))))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $x))
  (func (export "loop-host") (param $n i32) (result i32) (local $x i32)
    (loop $again
      (local.set $x (call $host-add (local.get $x) (local.get $n)))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $x))

  ;; The ways to trap: by an instruction, by what the processor finds, by memory that is not there.
  (func (export "trap") (param i32) (result i32) unreachable)
  (func (export "divide") (param $x i32) (result i32) (i32.div_u (i32.const 1) (local.get $x)))
  (func (export "fault") (param $x i32) (result i32) (i32.load (i32.sub (local.get $x) (i32.const 65536)))))
