;; Types are equal if their parts are: a component that says a record with lists of variants for itself links
;; with one that says the same, and values go through as they are.
;;
;; Explainer.md, Type Checking.
(component
  (component $C
    (type $e (enum "red" "green"))
    (export $e' "color" (type $e))
    (type $v (variant (case "dot" $e') (case "line" (tuple u16 u16 $e')) (case "none")))
    (export $v' "shape" (type $v))
    (type $r (record (field "name" string) (field "shapes" (list $v'))))
    (export $r' "picture" (type $r))
    (core module $M
      (memory (export "mem") 1)
      (global $next (mut i32) (i32.const 4096))
      (func (export "realloc") (param i32 i32 i32 i32) (result i32)
        (local $at i32)
        (local.set $at
          (i32.and (i32.add (global.get $next) (i32.sub (local.get 2) (i32.const 1))) (i32.sub (i32.const 0) (local.get 2))))
        (global.set $next (i32.add (local.get $at) (local.get 3)))
        (memory.copy (local.get $at) (local.get 0)
          (select (local.get 1) (local.get 3) (i32.lt_u (local.get 1) (local.get 3))))
        (local.get $at))
      (func (export "same") (param i32 i32 i32 i32) (result i32)
        (i32.store (i32.const 0) (local.get 0)) (i32.store (i32.const 4) (local.get 1))
        (i32.store (i32.const 8) (local.get 2)) (i32.store (i32.const 12) (local.get 3))
        (i32.const 0)))
    (core instance $m (instantiate $M))
    (func (export "same") (param "p" $r') (result $r')
      (canon lift (core func $m "same") (memory (core memory $m "mem")) (realloc (core func $m "realloc")))))
  (component $D
    (type $paint (enum "red" "green"))
    (import "paint" (type $paint' (eq $paint)))
    (type $thing (variant (case "dot" $paint') (case "line" (tuple u16 u16 $paint')) (case "none")))
    (import "thing" (type $thing' (eq $thing)))
    (type $page (record (field "name" string) (field "shapes" (list $thing'))))
    (import "page" (type $page' (eq $page)))
    (import "same" (func $same (param "p" $page') (result $page')))
    (core module $Libc
      (memory (export "mem") 1)
      (global $next (mut i32) (i32.const 4096))
      (func (export "realloc") (param i32 i32 i32 i32) (result i32)
        (local $at i32)
        (local.set $at
          (i32.and (i32.add (global.get $next) (i32.sub (local.get 2) (i32.const 1))) (i32.sub (i32.const 0) (local.get 2))))
        (global.set $next (i32.add (local.get $at) (local.get 3)))
        (memory.copy (local.get $at) (local.get 0)
          (select (local.get 1) (local.get 3) (i32.lt_u (local.get 1) (local.get 3))))
        (local.get $at))
      )
    (core instance $libc (instantiate $Libc))
    (core func $same' (canon lower (func $same) string-encoding=utf16 (memory (core memory $libc "mem")) (realloc (core func $libc "realloc"))))
    (core module $M
      (import "" "same" (func $same (param i32 i32 i32 i32 i32)))
      (func (export "same") (param i32 i32 i32 i32) (result i32)
        (call $same (local.get 0) (local.get 1) (local.get 2) (local.get 3) (i32.const 16))
        (i32.const 16)))
    (core instance $m (instantiate $M (with "" (instance (export "same" (func $same'))))))
    (export $e "paint" (type $paint))
    (export $t "thing" (type $thing) (type (eq $thing')))
    (export $p "page" (type $page) (type (eq $page')))
    (func (export "same") (param "p" $page') (result $page')
      (canon lift (core func $m "same") string-encoding=utf16 (memory (core memory $libc "mem")) (realloc (core func $libc "realloc")))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D
    (with "paint" (type $c "color")) (with "thing" (type $c "shape")) (with "page" (type $c "picture")) (with "same" (func $c "same"))))
  (export "c" (instance $c))
  (export "d" (instance $d))
  (export "color" (type $c "color"))
  (export "shape" (type $c "shape"))
  (export "picture" (type $c "picture"))
  (export "same" (func $d "same"))
)
(assert_return
  (invoke "same" (record.const (field "name" str.const "naïve") (field "shapes" list.const
    (variant.const "line" (tuple.const (u16.const 1) (u16.const 2) (enum.const "green"))) (variant.const "none") (variant.const "dot" (enum.const "red")))))
  (record.const (field "name" str.const "naïve") (field "shapes" list.const
    (variant.const "line" (tuple.const (u16.const 1) (u16.const 2) (enum.const "green"))) (variant.const "none") (variant.const "dot" (enum.const "red")))))
