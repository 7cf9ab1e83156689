;; A tag that one core instance exports is imported by others of the component: what one throws with it
;; another catches, with its values, through a third; a tag of another instance is another tag.
;;
;; Explainer.md, Core Instance Definitions; core sort `tag`.
(component
  (core module $Tags (tag (export "t") (param i32 i64)))
  (core instance $tags (instantiate $Tags))
  (core instance $others (instantiate $Tags))
  (core module $Thrower
    (import "" "t" (tag $t (param i32 i64)))
    (func (export "throw") (param i32) (throw $t (local.get 0) (i64.const 30))))
  (core instance $thrower (instantiate $Thrower (with "" (instance (export "t" (tag $tags "t"))))))
  (core instance $other-thrower (instantiate $Thrower (with "" (instance (export "t" (tag $others "t"))))))
  (core module $Middle
    (import "" "throw" (func $throw (param i32)))
    (global $after (mut i32) (i32.const 0))
    (func (export "through") (param i32) (call $throw (local.get 0)) (global.set $after (i32.const 1)))
    (func (export "after") (result i32) (global.get $after)))
  (core instance $middle (instantiate $Middle (with "" (instance (export "throw" (func $thrower "throw"))))))
  (core instance $other-middle (instantiate $Middle (with "" (instance (export "throw" (func $other-thrower "throw"))))))
  (core module $Catcher
    (import "tags" "mine" (tag $t (param i32 i64)))
    (import "a" "through" (func $a (param i32)))
    (import "b" "through" (func $b (param i32)))
    (import "a" "after" (func $after (result i32)))
    (func (export "catch") (param $b i32) (param $n i32) (result i32)
      (local $v i64)
      (block $any
        (block $caught (result i32 i64)
          (try_table (catch $t $caught) (catch_all $any)
            (if (local.get $b) (then (call $b (local.get $n))) (else (call $a (local.get $n)))))
          unreachable)
        (local.set $v)
        (return (i32.add (i32.add (i32.wrap_i64 (local.get $v))) (call $after))))
      (i32.const 1000)))
  (core instance $catcher (instantiate $Catcher
    (with "tags" (instance (export "mine" (tag $tags "t"))))
    (with "a" (instance $middle))
    (with "b" (instance $other-middle))))
  (func (export "catch") (param "other" bool) (param "n" u32) (result u32) (canon lift (core func $catcher "catch")))
)
(assert_return (invoke "catch" (bool.const false) (u32.const 12)) (u32.const 42))
;; caught by catch_all only
(assert_return (invoke "catch" (bool.const true) (u32.const 12)) (u32.const 1000))
