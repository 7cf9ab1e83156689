;; Threads of one component that pass control to each other: each loop does so n times.
(component
  (core module $Table (table (export "table") 2 funcref))
  (core instance $table (instantiate $Table))
  (alias core export $table "table" (core table $t))
  (core type $start (func (param i32)))
  (core func $new (canon thread.new-indirect $start (core table $t)))
  (core func $index (canon thread.index))
  (core func $later (canon thread.resume-later))
  (core func $yield (canon thread.yield))
  (core func $switch (canon thread.suspend-then-resume))
  (core instance $imports
    (export "table" (table $t))
    (export "new" (func $new)) (export "index" (func $index)) (export "later" (func $later))
    (export "yield" (func $yield)) (export "switch" (func $switch)))
  (core module $Loops
    (import "" "table" (table 2 funcref))
    (import "" "new" (func $new (param i32 i32) (result i32)))
    (import "" "index" (func $index (result i32)))
    (import "" "later" (func $later (param i32)))
    (import "" "yield" (func $yield (result i32)))
    (import "" "switch" (func $switch (param i32) (result i32)))
    (global $main (mut i32) (i32.const 0))
    (global $stop (mut i32) (i32.const 0))
    (elem (i32.const 0) func $yielder $switcher)

    ;; Alone: there is nobody else to run.
    (func (export "yield") (param $n i32) (result i32) (local $x i32)
      (loop $again
        (drop (call $yield))
        (local.set $x (i32.add (local.get $x) (local.get $n)))
        (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (local.get $x))

    ;; Two threads take turns.
    (func (export "yield-two") (param $n i32) (result i32) (local $x i32)
      (global.set $stop (i32.const 0))
      (call $later (call $new (i32.const 0) (i32.const 0)))
      (local.set $n (i32.shr_u (local.get $n) (i32.const 1)))
      (loop $again
        (drop (call $yield))
        (local.set $x (i32.add (local.get $x) (local.get $n)))
        (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (global.set $stop (i32.const 1))
      (local.get $x))
    (func $yielder (param i32)
      (loop $again
        (drop (call $yield))
        (br_if $again (i32.eqz (global.get $stop)))))

    (func (export "switch") (param $n i32) (result i32) (local $x i32) (local $other i32)
      (global.set $stop (i32.const 0))
      (global.set $main (call $index))
      (local.set $other (call $new (i32.const 1) (i32.const 0)))
      (local.set $n (i32.shr_u (local.get $n) (i32.const 1)))
      (loop $again
        (drop (call $switch (local.get $other)))
        (local.set $x (i32.add (local.get $x) (local.get $n)))
        (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (global.set $stop (i32.const 1))
      (call $later (local.get $other))
      (local.get $x))
    (func $switcher (param i32)
      (loop $again
        (drop (call $switch (global.get $main)))
        (br_if $again (i32.eqz (global.get $stop))))))
  (core instance $loops (instantiate $Loops (with "" (instance $imports))))
  LIFTS)
