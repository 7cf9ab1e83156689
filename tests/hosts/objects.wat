;; The component of objects.c: calls of a zone within calls, each with objects of its own that all must survive.
(component
  (import "back" (func $back (param "depth" u32) (param "seed" u32) (result u32)))
  (core func $back (canon lower (func $back)))
  (core module $m
    (import "" "back" (func $back (param i32 i32) (result i32)))
    (type $list (struct (field $value i32) (field $next (ref null $list))))
    (type $lists (array (mut (ref null $list))))
    (tag $found (param (ref null $list) i32))
    (global $latest (mut (ref null $list)) (ref.null $list))
    (table $lists 4 (ref null $list))

    ;; The numbers seed, seed + 1, … in reverse.
    (func $list (param $count i32) (param $seed i32) (result (ref null $list))
      (local $list (ref null $list))
      (loop $again
        (if (local.get $count) (then
          (local.set $list (struct.new $list (local.get $seed) (local.get $list)))
          (local.set $seed (i32.add (local.get $seed) (i32.const 1)))
          (local.set $count (i32.sub (local.get $count) (i32.const 1)))
          (br $again))))
      (local.get $list))
    (func $sum (param $list (ref null $list)) (result i32)
      (local $sum i32)
      (loop $again (result i32)
        (if (result i32) (ref.is_null (local.get $list))
          (then (local.get $sum))
          (else
            (local.set $sum (i32.add (i32.mul (local.get $sum) (i32.const 31))
              (struct.get $list $value (local.get $list))))
            (local.set $list (struct.get $list $next (local.get $list)))
            (br $again)))))

    ;; Lets the host call in again, with objects of this call in locals, an array, a global, a table and an exception.
    (func $work (export "work") (param $depth i32) (param $seed i32) (result i32)
      (local $mine (ref null $list)) (local $many (ref null $lists)) (local $result i32)
      (local.set $mine (call $list (i32.const 100) (local.get $seed)))
      (local.set $many (array.new $lists (local.get $mine) (i32.const 10)))
      (array.set $lists (local.get $many) (i32.const 7) (call $list (i32.const 50) (local.get $depth)))
      (global.set $latest (local.get $mine))
      (table.set $lists (i32.and (local.get $depth) (i32.const 3)) (local.get $mine))
      (local.set $result (call $through (local.get $depth) (local.get $seed) (local.get $mine)))
      ;; Enough garbage for a few collections.
      (drop (call $list (i32.const 40000) (i32.const 0)))
      (local.set $result (i32.add (local.get $result) (call $sum (local.get $mine))))
      (local.set $result (i32.xor (local.get $result)
        (call $sum (array.get $lists (local.get $many) (i32.const 7)))))
      ;; The innermost call was the last to set the global.
      (local.set $result (i32.add (local.get $result) (call $sum (global.get $latest))))
      (i32.add (local.get $result)
        (i32.eqz (ref.eq (local.get $mine) (array.get $lists (local.get $many) (i32.const 9))))))

    ;; What the host's function returns, by way of an exception that has a list with it.
    (func $through (param $depth i32) (param $seed i32) (param $list (ref null $list)) (result i32)
      (local $result i32)
      (block $caught (result (ref null $list) i32)
        (try_table (catch $found $caught)
          (call $throw (local.get $depth) (local.get $seed) (local.get $list)))
        unreachable)
      (local.set $result)
      (i32.add (call $sum) (local.get $result)))
    (func $throw (param $depth i32) (param $seed i32) (param $list (ref null $list))
      (block $caught (result exnref)
        (try_table (catch_all_ref $caught)
          (throw $found
            (struct.new $list (local.get $depth) (local.get $list))
            (if (result i32) (local.get $depth)
              (then (call $back (i32.sub (local.get $depth) (i32.const 1)) (i32.mul (local.get $seed) (i32.const 7))))
              (else (i32.const 0)))))
        unreachable)
      (drop (call $list (i32.const 10000) (i32.const 0)))
      throw_ref)

    (func (export "table") (param $index i32) (result i32)
      (call $sum (table.get $lists (local.get $index)))))
  (core instance $m (instantiate $m (with "" (instance (export "back" (func $back))))))
  (func (export "work") (param "depth" u32) (param "seed" u32) (result u32)
    (canon lift (core func $m "work")))
  (func (export "table") (param "index" u32) (result u32) (canon lift (core func $m "table"))))
