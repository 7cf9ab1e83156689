;; Without a destructor a drop removes the handle and calls nothing. Representations need not differ: two
;; handles with one are two resources.
;;
;; CanonicalABI.md, `canon resource.drop`, `canon resource.new`.
(component
  (type $R (resource (rep i32)))
  (core func $new (canon resource.new $R))
  (core func $drop (canon resource.drop $R))
  (core func $rep (canon resource.rep $R))
  (core module $M
    (import "" "new" (func $new (param i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (import "" "rep" (func $rep (param i32) (result i32)))
    (func (export "run") (result i32)
      (local $a i32) (local $b i32)
      (local.set $a (call $new (i32.const -1)))
      (local.set $b (call $new (i32.const -1)))
      (if (i32.eq (local.get $a) (local.get $b)) (then unreachable))
      (call $drop (local.get $a))
      (call $rep (local.get $b)))
    (func (export "stale") (result i32)
      (local $a i32)
      (local.set $a (call $new (i32.const 5)))
      (call $drop (local.get $a))
      (call $rep (local.get $a))))
  (core instance $m (instantiate $M (with "" (instance
    (export "new" (func $new)) (export "drop" (func $drop)) (export "rep" (func $rep))))))
  (func (export "run") (result u32) (canon lift (core func $m "run")))
  (func (export "stale") (result u32) (canon lift (core func $m "stale")))
)
(assert_return (invoke "run") (u32.const 0xffffffff))
(assert_trap (invoke "stale") "unknown handle index 1")
