;; Exceptions: out of deep calls, with every type of value, between instances, and never out of a component.
;;
;; RUN: --invoke 'deep(100)'
;; STDOUT: 5150
;; RUN: --invoke 'deep(5000)'
;; STDOUT: 12507500
;; RUN: --invoke 'values()'
;; STDOUT: true
;; RUN: --invoke 'many-arguments(7)'
;; STDOUT: 100
;; RUN: --invoke 'many-arguments(0)'
;; STDOUT: 178
;; RUN: --invoke 'other-instance(1)'
;; STDOUT: 101
;; RUN: --invoke 'other-instance(2)'
;; STDOUT: 202
;; RUN: --invoke 'other-instance(3)'
;; STDOUT: 303
;; RUN: --invoke 'innermost-first(1)'
;; STDOUT: 11
;; RUN: --invoke 'innermost-first(2)'
;; STDOUT: 22
;; RUN: --invoke 'innermost-first(3)'
;; STDOUT: 33
;; RUN: --invoke 'cleanup(3)'
;; STDOUT: 3042
;; RUN: --invoke 'tail()'
;; STDOUT: 2
;; RUN: --invoke 'throw-often(2000000)'
;; STDOUT: 2000000
;; RUN: --invoke 'throw-null()'
;; EXIT: 134
;; STDERR: null reference
;; RUN: --invoke 'uncaught()'
;; EXIT: 134
;; STDERR: uncaught exception
;; STDERR: thrower
;; STDERR: through
;; RUN: --invoke 'hoard(100)'
;; STDOUT: 100
;; RUN: --invoke 'hoard(1800000)'
;; STDOUT: 1800000
;; RUN: --invoke 'escape(0)'
;; STDOUT: 5
;; RUN: --invoke 'escape(1)'
;; EXIT: 134
;; STDERR: uncaught exception
;; STDERR: inner-thrower
(component
  (component $inner
    (core module $m
      (tag $t)
      (func $inner-thrower (param i32) (result i32)
        (if (local.get 0) (then (throw $t)))
        (i32.const 5))
      (export "f" (func $inner-thrower)))
    (core instance $i (instantiate $m))
    (func (export "f") (param "x" u32) (result u32) (canon lift (core func $i "f"))))
  (instance $inner (instantiate $inner))
  (core func $inner-f (canon lower (func $inner "f")))

  ;; The tag is the instance's own: two instances of this module do not catch each other's.
  (core module $library
    (tag $e (export "e") (param i32))
    (func (export "throw") (param i32)
      (throw $e (local.get 0)))
    (func (export "catch") (param funcref) (result i32)
      (block $caught (result i32)
        (try_table (catch $e $caught)
          (call $run (local.get 0)))
        (i32.const 0)))
    (table $callee 1 funcref)
    (func $run (param funcref)
      (table.set $callee (i32.const 0) (local.get 0))
      (call_indirect $callee (i32.const 0))))
  (core instance $one (instantiate $library))
  (core instance $two (instantiate $library))

  (core module $main
    (import "inner" "f" (func $inner (param i32) (result i32)))
    (import "one" "e" (tag $one (param i32)))
    (import "one" "throw" (func $throw-one (param i32)))
    (import "one" "catch" (func $catch-one (param funcref) (result i32)))
    (import "two" "e" (tag $two (param i32)))
    (import "two" "throw" (func $throw-two (param i32)))
    (tag $mine)
    (tag $all (param i32 i64 f32 f64 v128 funcref))
    (global $cleanups (mut i32) (i32.const 0))

    ;; Every frame has something to lose: an argument that is added on the way back, which does not happen.
    (func $descend (param $depth i32) (param $sum i32) (result i32)
      (if (i32.eqz (local.get $depth)) (then (throw $one (local.get $sum))))
      (i32.add
        (call $descend
          (i32.sub (local.get $depth) (i32.const 1))
          (i32.add (local.get $sum) (local.get $depth)))
        (local.get $depth)))
    (func (export "deep") (param $depth i32) (result i32)
      (local $kept i32)
      (local.set $kept (local.get $depth))
      (block $caught (result i32)
        (drop (try_table (result i32) (catch $one $caught)
          (local.set $kept (i32.sub (local.get $kept) (local.get $depth)))
          (call $descend (local.get $depth) (local.get $kept))))
        (unreachable))
      (i32.add (local.get $kept))
      (i32.add (local.get $depth)))

    (func $throw-all
      (throw $all (i32.const -1) (i64.const -2) (f32.const 1.5) (f64.const -2.5)
        (v128.const i64x2 3 4) (ref.null func)))
    (func (export "values") (result i32)
      (local $v v128)
      (block $caught (result i32 i64 f32 f64 v128 funcref)
        (try_table (catch $all $caught) (call $throw-all))
        (unreachable))
      (ref.is_null)
      (if (then) (else (unreachable)))
      (local.set $v)
      (f64.eq (f64.const -2.5))
      (if (then) (else (unreachable)))
      (f32.eq (f32.const 1.5))
      (if (then) (else (unreachable)))
      (i64.eq (i64.const -2))
      (if (then) (else (unreachable)))
      (i32.eq (i32.const -1))
      (i32.and (i64.eq (i64x2.extract_lane 0 (local.get $v)) (i64.const 3)))
      (i32.and (i64.eq (i64x2.extract_lane 1 (local.get $v)) (i64.const 4))))

    ;; More arguments and results than there are registers.
    (type $wide (func
      (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
      (result i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)))
    (table $wide 1 funcref)
    (elem (table $wide) (i32.const 0) func $widely)
    (func $widely (type $wide)
      (if (local.get 0) (then (throw $mine)))
      local.get 0 local.get 1 local.get 2 local.get 3 local.get 4 local.get 5
      local.get 6 local.get 7 local.get 8 local.get 9 local.get 10 local.get 11)
    (func (export "many-arguments") (param i32) (result i32)
      (local $base i32)
      (local.set $base (i32.const 100))
      (block $caught
        (try_table (catch $mine $caught)
          (call_indirect $wide (type $wide)
            (local.get 0) (i32.const 2) (i32.const 3) (i32.const 4) (i32.const 5) (i32.const 6)
            (i32.const 7) (i32.const 8) (i32.const 9) (i32.const 10) (i32.const 11) (i32.const 12)
            (i32.const 0))
          i32.add i32.add i32.add i32.add i32.add i32.add i32.add i32.add i32.add i32.add i32.add
          (i32.add (i32.const 1))
          (local.set $base (i32.add (local.get $base)))))
      (local.get $base))

    ;; 1: thrown there, caught here. 2: the other's. 3: thrown here, caught there.
    (func $throws-back (throw $one (i32.const 303)))
    (elem declare func $throws-back)
    (func (export "other-instance") (param i32) (result i32)
      (block $three
        (block $two
          (block $one
            (br_table $one $one $two $three (local.get 0)))
          (block $caught (result i32)
            (try_table (catch $two 0) (catch $one $caught) (call $throw-one (i32.const 101)))
            (unreachable))
          (return))
        (block $wrong (result i32)
          (block $caught (result i32)
            (try_table (catch $one $wrong)
              (try_table (catch $one $wrong) (catch $two $caught)
                (call $throw-two (i32.const 202))))
            (unreachable))
          (return))
        (unreachable))
      (call $catch-one (ref.func $throws-back)))

    (func $throw-number (param i32)
      (if (i32.eq (local.get 0) (i32.const 1)) (then (throw $one (i32.const 10))))
      (if (i32.eq (local.get 0) (i32.const 2)) (then (throw $two (i32.const 20))))
      (throw $mine))
    (func (export "innermost-first") (param i32) (result i32)
      (block $outer
        (block $second (result i32)
          (block $first (result i32)
            (try_table (catch $one $second) (catch_all $outer)
              (try_table (catch $one $first) (catch $two $second)
                (call $throw-number (local.get 0))))
            (unreachable))
          (return (i32.add (i32.const 1))))
        (return (i32.add (i32.const 2))))
      (i32.const 33))

    ;; As compilers do it for destructors: what a frame catches it throws on.
    (func $cleaning (param $depth i32)
      (block $caught (result exnref)
        (try_table (catch_all_ref $caught)
          (if (i32.eqz (local.get $depth)) (then (call $throw-one (i32.const 42))))
          (call $cleaning (i32.sub (local.get $depth) (i32.const 1))))
        (unreachable))
      (global.set $cleanups (i32.add (global.get $cleanups) (i32.const 750)))
      (throw_ref))
    (func (export "cleanup") (param $depth i32) (result i32)
      (block $caught (result i32)
        (try_table (catch $one $caught) (call $cleaning (local.get $depth)))
        (unreachable))
      (i32.add (global.get $cleanups)))

    ;; A tail call leaves the frame, and its handlers with it.
    (func $leaving (result i32)
      (block $caught
        (try_table (result i32) (catch $mine $caught)
          (return_call $thrower))
        (return))
      (i32.const 1))
    (func (export "tail") (result i32)
      (block $caught
        (try_table (result i32) (catch $mine $caught) (call $leaving))
        (return))
      (i32.const 2))

    (func $thrower (result i32) (throw $mine))
    (func $through (result i32)
      (block $caught (result i32)
        (try_table (result i32) (catch $one $caught) (call $thrower))))
    (func (export "uncaught") (result i32) (call $through))

    (func (export "throw-null") (throw_ref (ref.null exn)))

    (func (export "throw-often") (param $count i32) (result i32)
      (local $caught i32)
      (loop $again
        (block $caught
          (try_table (catch_all $caught) (call $throw-number (local.get $count))))
        (local.set $caught (i32.add (local.get $caught) (i32.const 1)))
        (br_if $again (i32.lt_u (local.get $caught) (local.get $count))))
      (local.get $caught))

    ;; Exceptions that nothing refers to any more are collected.
    (func (export "hoard") (param $count i32) (result i32)
      (local $caught i32)
      (loop $again
        (block $caught (result exnref)
          (try_table (catch_all_ref $caught) (throw $mine))
          (unreachable))
        (drop)
        (local.set $caught (i32.add (local.get $caught) (i32.const 1)))
        (br_if $again (i32.lt_u (local.get $caught) (local.get $count))))
      (local.get $caught))

    ;; What a component throws is no business of its callers'.
    (func (export "escape") (param i32) (result i32)
      (block $caught
        (try_table (result i32) (catch_all $caught) (call $inner (local.get 0)))
        (return))
      (i32.const 9)))
  (core instance $main (instantiate $main
    (with "inner" (instance (export "f" (func $inner-f))))
    (with "one" (instance $one))
    (with "two" (instance $two))))

  (func (export "deep") (param "depth" u32) (result u32) (canon lift (core func $main "deep")))
  (func (export "values") (result bool) (canon lift (core func $main "values")))
  (func (export "many-arguments") (param "x" u32) (result u32)
    (canon lift (core func $main "many-arguments")))
  (func (export "other-instance") (param "x" u32) (result u32)
    (canon lift (core func $main "other-instance")))
  (func (export "innermost-first") (param "x" u32) (result u32)
    (canon lift (core func $main "innermost-first")))
  (func (export "cleanup") (param "depth" u32) (result u32)
    (canon lift (core func $main "cleanup")))
  (func (export "tail") (result u32) (canon lift (core func $main "tail")))
  (func (export "uncaught") (result u32) (canon lift (core func $main "uncaught")))
  (func (export "throw-null") (canon lift (core func $main "throw-null")))
  (func (export "throw-often") (param "count" u32) (result u32)
    (canon lift (core func $main "throw-often")))
  (func (export "hoard") (param "count" u32) (result u32) (canon lift (core func $main "hoard")))
  (func (export "escape") (param "x" u32) (result u32) (canon lift (core func $main "escape"))))
