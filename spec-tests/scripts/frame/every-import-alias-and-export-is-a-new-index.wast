;; What is imported, aliased or exported is from then on there under an index of its own, which can be used
;; like any other: a function that was exported can be lowered by the index of its export.
;;
;; Explainer.md, Index Spaces.
(component
  (component $C
    (core module $M
      (global $n (mut i32) (i32.const 0))
      (func (export "next") (result i32) (global.set $n (i32.add (global.get $n) (i32.const 1))) (global.get $n)))
    (core instance $m (instantiate $M))
    (alias core export $m "next" (core func $next))
    (func $f0 (result u32) (canon lift (core func $next)))
    (export $f1 "f1" (func $f0))
    (export $f2 "f2" (func $f1))
    (instance $i (export "f3" (func $f2)))
    (alias export $i "f3" (func $f3))
    (core func $l0 (canon lower (func $f0)))
    (core func $l3 (canon lower (func $f3)))
    (core instance $both (export "a" (func $l0)) (export "b" (func $l3)) (export "c" (func $next)))
    (alias core export $both "c" (core func $c))
    (func (export "direct") (result u32) (canon lift (core func $c)))
    (export "f4" (func $f3)))
  (instance $c (instantiate $C))
  (export $e "c" (instance $c))
  (export "f1" (func $e "f1"))
  (export "f2" (func $c "f2"))
  (export "f4" (func $e "f4"))
  (export "direct" (func $c "direct"))
)
(assert_return (invoke "f1") (u32.const 1))
(assert_return (invoke "f2") (u32.const 2))
(assert_return (invoke "f4") (u32.const 3))
(assert_return (invoke "direct") (u32.const 4))
