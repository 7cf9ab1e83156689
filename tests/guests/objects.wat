;; Structs, arrays, trees and lists, many times the size that the heap begins with.
;;
;; RUN: --invoke 'list(20000)'
;; STDOUT: 1
;; RUN: --invoke 'tree(3000)'
;; STDOUT: 1
;; RUN: --invoke 'fields(5000)'
;; STDOUT: 1
(component
  (core module $m
    (type $list (sub (struct (field $value i32) (field $next (mut (ref null $list))))))
    (type $marked (sub final $list
      (struct (field $value i32) (field $next (mut (ref null $list))) (field $mark (mut i8)))))
    (rec
      (type $tree (struct (field $left (ref null $tree)) (field $key i64) (field $right (ref null $tree))
                          (field $boxes (ref null $boxes))))
      (type $boxes (array (mut anyref))))
    (type $mixed (struct (field $a (mut i8)) (field $b (mut i16)) (field $c (mut f32)) (field $d (mut anyref))
                         (field $e (mut v128)) (field $f (mut i8)) (field $g (mut f64))))
    (type $mixes (array (mut (ref null $mixed))))
    (type $bytes (array (mut i8)))
  
    (func $churn (param $count i32)
      (loop $again
        (drop (array.new_default $bytes (local.get $count)))
        (drop (struct.new_default $mixed))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br_if $again (i32.gt_s (local.get $count) (i32.const 0)))))
  
    ;; n, n - 1, ..., 1; every third one is marked
    (func $count_down (param $n i32) (result (ref null $list)) (local $i i32) (local $list (ref null $list))
      (loop $again
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (local.set $list
          (if (result (ref $list)) (i32.rem_u (local.get $i) (i32.const 3))
            (then (struct.new $list (local.get $i) (local.get $list)))
            (else (struct.new $marked (local.get $i) (local.get $list) (local.get $i)))))
        (br_if $again (i32.lt_u (local.get $i) (local.get $n))))
      (local.get $list))
    (func $reverse (param $list (ref null $list)) (result (ref null $list))
      (local $done (ref null $list)) (local $next (ref null $list))
      (block $end
        (loop $again
          (br_if $end (ref.is_null (local.get $list)))
          (call $churn (i32.const 1))
          (local.set $next (struct.get $list $next (local.get $list)))
          (struct.set $list $next (local.get $list) (local.get $done))
          (local.set $done (local.get $list))
          (local.set $list (local.get $next))
          (br $again)))
      (local.get $done))
    (func (export "list") (param $n i32) (result i32)
      (local $list (ref null $list)) (local $i i32) (local $marks i32)
      (local.set $list (call $reverse (call $count_down (local.get $n))))
      (loop $again
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (if (i32.ne (local.get $i) (struct.get $list $value (local.get $list))) (then (return (i32.const 0))))
        (if (ref.test (ref $marked) (local.get $list))
          (then
            (if (i32.ne (i32.and (local.get $i) (i32.const 255))
                        (struct.get_u $marked $mark (ref.cast (ref $marked) (local.get $list))))
              (then (return (i32.const -1))))
            (local.set $marks (i32.add (local.get $marks) (i32.const 1)))))
        (local.set $list (struct.get $list $next (local.get $list)))
        (br_if $again (i32.eqz (ref.is_null (local.get $list)))))
      (i32.and (i32.eq (local.get $i) (local.get $n))
               (i32.eq (local.get $marks) (i32.div_u (local.get $n) (i32.const 3)))))
  
    ;; a balanced tree of the keys from low up to, and without, high; every node has boxes with its key
    (func $grow (param $low i64) (param $high i64) (result (ref null $tree)) (local $middle i64)
      (if (i64.ge_s (local.get $low) (local.get $high)) (then (return (ref.null $tree))))
      (local.set $middle (i64.shr_s (i64.add (local.get $low) (local.get $high)) (i64.const 1)))
      (struct.new $tree
        (call $grow (local.get $low) (local.get $middle))
        (local.get $middle)
        (call $grow (i64.add (local.get $middle) (i64.const 1)) (local.get $high))
        (array.new_fixed $boxes 3
          (ref.i31 (i32.wrap_i64 (local.get $middle)))
          (struct.new $list (i32.wrap_i64 (local.get $middle)) (ref.null $list))
          (ref.null none))))
    ;; the next key behind all of the tree, or -1
    (func $check (param $tree (ref null $tree)) (param $next i64) (result i64) (local $boxes (ref $boxes))
      (if (ref.is_null (local.get $tree)) (then (return (local.get $next))))
      (local.set $next (call $check (struct.get $tree $left (local.get $tree)) (local.get $next)))
      (if (i64.ne (local.get $next) (struct.get $tree $key (local.get $tree))) (then (return (i64.const -1))))
      (local.set $boxes (ref.as_non_null (struct.get $tree $boxes (local.get $tree))))
      (if (i32.ne (i31.get_s (ref.cast i31ref (array.get $boxes (local.get $boxes) (i32.const 0))))
                  (struct.get $list $value
                    (ref.cast (ref $list) (array.get $boxes (local.get $boxes) (i32.const 1)))))
        (then (return (i64.const -1))))
      (call $check (struct.get $tree $right (local.get $tree)) (i64.add (local.get $next) (i64.const 1))))
    (func (export "tree") (param $n i64) (result i32) (local $tree (ref null $tree)) (local $other (ref null $tree))
      (local.set $tree (call $grow (i64.const 0) (local.get $n)))
      (local.set $other (call $grow (i64.const 0) (local.get $n)))
      (i32.and
        (i64.eq (local.get $n) (call $check (local.get $tree) (i64.const 0)))
        (i64.eq (local.get $n) (call $check (local.get $other) (i64.const 0)))))
  
    (func (export "fields") (param $n i32) (result i32)
      (local $all (ref $mixes)) (local $half (ref $mixes)) (local $i i32) (local $one (ref null $mixed))
      (local.set $all (array.new_default $mixes (local.get $n)))
      (loop $again
        (array.set $mixes (local.get $all) (local.get $i)
          (struct.new $mixed (local.get $i) (i32.sub (i32.const 0) (local.get $i))
            (f32.convert_i32_u (local.get $i)) (ref.i31 (local.get $i)) (i32x4.splat (local.get $i))
            (i32.const 0x7f) (f64.convert_i32_u (local.get $i))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $again (i32.lt_u (local.get $i) (local.get $n))))
      (local.set $half (array.new $mixes (array.get $mixes (local.get $all) (i32.const 1)) (local.get $n)))
      (call $churn (i32.const 40))
      (array.copy $mixes $mixes (local.get $half) (i32.const 0) (local.get $all) (i32.const 0)
        (i32.shr_u (local.get $n) (i32.const 1)))
      (array.fill $mixes (local.get $all) (i32.const 0) (ref.null $mixed) (local.get $n))
      (call $churn (i32.const 40))
      (local.set $i (i32.const 0))
      (loop $again
        (local.set $one (array.get $mixes (local.get $half) (local.get $i)))
        (if (i32.or
              (i32.or (i32.ne (struct.get_u $mixed $a (local.get $one)) (i32.and (local.get $i) (i32.const 255)))
                      (i32.ne (struct.get_s $mixed $b (local.get $one))
                              (i32.extend16_s (i32.sub (i32.const 0) (local.get $i)))))
              (i32.or (f32.ne (struct.get $mixed $c (local.get $one)) (f32.convert_i32_u (local.get $i)))
                      (i32.or (i32.ne (i31.get_u (ref.cast i31ref (struct.get $mixed $d (local.get $one))))
                                      (local.get $i))
                              (i32.or (i32.ne (i32x4.extract_lane 3 (struct.get $mixed $e (local.get $one)))
                                              (local.get $i))
                                      (f64.ne (struct.get $mixed $g (local.get $one))
                                              (f64.convert_i32_u (local.get $i)))))))
          (then (return (i32.sub (i32.const 0) (local.get $i)))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $again (i32.lt_u (local.get $i) (i32.shr_u (local.get $n) (i32.const 1)))))
      (ref.eq (array.get $mixes (local.get $half) (i32.const 1))
              (array.get $mixes (local.get $half) (i32.sub (local.get $n) (i32.const 1)))))
  )
  (core instance $m (instantiate $m))
  (func (export "list") (param "n" u32) (result u32) (canon lift (core func $m "list")))
  (func (export "tree") (param "n" u64) (result u32) (canon lift (core func $m "tree")))
  (func (export "fields") (param "n" u32) (result u32) (canon lift (core func $m "fields"))))
