;; Threads and tasks that hold objects while they wait, each on its own stack, and make garbage when their turn comes:
;; explicit threads, a sync lower that blocks, and the caller of all of them.
(component
  (component $Callee
    (core module $M
      (type $box (struct (field $value (mut i32)) (field $next (mut (ref null $box)))))
      (import "" "yield" (func $yield (result i32)))
      (func $churn (param $n i32)
        (loop $more
          (drop (struct.new $box (local.get $n) (struct.new_default $box)))
          (br_if $more (i32.gt_s (local.tee $n (i32.sub (local.get $n) (i32.const 1))) (i32.const 0)))))
      ;; n objects, one more at each turn; their sum.
      (func (export "slow") (param $n i32) (result i32)
        (local $list (ref null $box)) (local $i i32) (local $sum i32)
        (loop $more
          (local.set $list (struct.new $box (local.get $i) (local.get $list)))
          (drop (call $yield))
          (call $churn (i32.const 3))
          (br_if $more (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
        (loop $add
          (local.set $sum (i32.add (local.get $sum) (struct.get $box $value (local.get $list))))
          (local.set $list (struct.get $box $next (local.get $list)))
          (br_if $add (i32.eqz (ref.is_null (local.get $list)))))
        (local.get $sum)))
    (core func $yield (canon thread.yield))
    (core instance $m (instantiate $M (with "" (instance (export "yield" (func $yield))))))
    (func (export "slow") async (param "n" u32) (result u32) (canon lift (core func $m "slow"))))
  (instance $callee (instantiate $Callee))
  (core module $Table (table (export "t") 1 funcref))
  (core instance $table (instantiate $Table))
  (core module $M
    (type $box (struct (field $value (mut i32)) (field $next (mut (ref null $box)))))
    (type $boxes (array (mut (ref null $box))))
    (import "" "t" (table 1 funcref))
    (import "" "yield" (func $yield (result i32)))
    (import "" "new" (func $new (param i32 i32) (result i32)))
    (import "" "resume" (func $resume (param i32)))
    (import "" "slow" (func $slow (param i32) (result i32)))
    (elem (i32.const 0) func $thread)
    (global $done (mut i32) (i32.const 0))
    (global $sum (mut i32) (i32.const 0))
    (func $churn (param $n i32)
      (loop $more
        (drop (array.new_default $boxes (local.get $n)))
        (br_if $more (i32.gt_s (local.tee $n (i32.sub (local.get $n) (i32.const 1))) (i32.const 0)))))
    ;; An object of its own through so many turns.
    (func $thread (param $x i32)
      (local $mine (ref null $box)) (local $turns i32)
      (local.set $mine (struct.new $box (local.get $x) (struct.new $box (i32.const 1000) (ref.null $box))))
      (local.set $turns (i32.const SCALE))
      (loop $more
        (call $churn (i32.const 4))
        (drop (call $yield))
        (struct.set $box $value (local.get $mine) (i32.add (struct.get $box $value (local.get $mine)) (i32.const 1)))
        (br_if $more (local.tee $turns (i32.sub (local.get $turns) (i32.const 1)))))
      (global.set $done (i32.add (global.get $done) (i32.const 1)))
      (global.set $sum
        (i32.add (global.get $sum)
          (i32.add (struct.get $box $value (local.get $mine))
                   (struct.get $box $value (struct.get $box $next (local.get $mine)))))))
    ;; What the threads add up to less what they should, and what was held meanwhile; 0 if all is well.
    (func (export "run") (result i32)
      (local $mine (ref null $boxes)) (local $i i32)
      (global.set $done (i32.const 0))
      (global.set $sum (i32.const 0))
      (local.set $mine (array.new $boxes (struct.new $box (i32.const 77) (ref.null $box)) (i32.const 8)))
      (loop $start
        (call $resume (call $new (i32.const 0) (local.get $i)))
        (br_if $start (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 5))))
      ;; 0 + 1 + ... + 19
      (if (i32.ne (call $slow (i32.const 20)) (i32.const 190)) (then (return (i32.const 1))))
      (loop $wait
        (drop (call $yield))
        (call $churn (i32.const 3))
        (br_if $wait (i32.lt_u (global.get $done) (i32.const 5))))
      (if (i32.ne (struct.get $box $value (array.get $boxes (local.get $mine) (i32.const 7))) (i32.const 77))
        (then (return (i32.const 2))))
      ;; Five threads: 0 to 4, a thousand and the turns of each.
      (i32.sub (global.get $sum) (i32.add (i32.const 5010) (i32.mul (i32.const 5) (i32.const SCALE))))))
  (core type $start (func (param i32)))
  (core func $yield (canon thread.yield))
  (core func $new (canon thread.new-indirect $start (core table $table "t")))
  (core func $resume (canon thread.resume-later))
  (core func $slow (canon lower (func $callee "slow")))
  (core instance $m (instantiate $M (with "" (instance
    (export "t" (table $table "t")) (export "yield" (func $yield)) (export "new" (func $new))
    (export "resume" (func $resume)) (export "slow" (func $slow))))))
  (func (export "run") async (result u32) (canon lift (core func $m "run"))))
(assert_return (invoke "run") (u32.const 0))
(assert_return (invoke "run") (u32.const 0))
