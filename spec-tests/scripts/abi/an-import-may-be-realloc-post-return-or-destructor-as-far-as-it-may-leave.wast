;; A lowered function has a core type like others, and can be named where realloc, post-return or a destructor
;; is asked for. The first two may not leave the instance, so that it traps when it is called; a destructor
;; may, and so may a start function.
;;
;; CanonicalABI.md, Lifting and Lowering Context: `reallocate`; `canon lift`; `canon resource.drop`.
(component definition $Given
  (component $Other
    (core module $M
      (global $log (mut i32) (i32.const 0))
      (func (export "alloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
      (func (export "note") (param i32) (global.set $log (i32.add (i32.mul (global.get $log) (i32.const 10)) (local.get 0))))
      (func (export "started") (global.set $log (i32.const 9)))
      (func (export "log") (result i32) (global.get $log)))
    (core instance $m (instantiate $M))
    (func (export "alloc") (param "a" u32) (param "b" u32) (param "c" u32) (param "d" u32) (result u32) (canon lift (core func $m "alloc")))
    (func (export "note") (param "n" u32) (canon lift (core func $m "note")))
    (func (export "started") (canon lift (core func $m "started")))
    (func (export "log") (result u32) (canon lift (core func $m "log"))))
  (component $C
    (import "o" (instance $o
      (export "alloc" (func (param "a" u32) (param "b" u32) (param "c" u32) (param "d" u32) (result u32)))
      (export "note" (func (param "n" u32)))
      (export "started" (func))))
    (core func $alloc (canon lower (func $o "alloc")))
    (core func $note (canon lower (func $o "note")))
    (core func $started (canon lower (func $o "started")))
    (type $R (resource (rep i32) (dtor (core func $note))))
    (core func $new (canon resource.new $R))
    (core func $drop (canon resource.drop $R))
    (core module $M
      (import "" "started" (func $started))
      (import "" "new" (func $new (param i32) (result i32)))
      (import "" "drop" (func $drop (param i32)))
      (memory (export "mem") 1)
      (start $started)
      (func (export "take") (param i32 i32))
      (func (export "give") (result i32) (i32.const 5))
      (func (export "make-and-drop") (param i32) (call $drop (call $new (local.get 0)))))
    (core instance $m (instantiate $M (with "" (instance
      (export "started" (func $started)) (export "new" (func $new)) (export "drop" (func $drop))))))
    (func (export "take") (param "l" (list u8)) (canon lift (core func $m "take") (memory (core memory $m "mem")) (realloc (core func $alloc))))
    (func (export "give") (result u32) (canon lift (core func $m "give") (post-return (core func $note))))
    (func (export "make-and-drop") (param "rep" u32) (canon lift (core func $m "make-and-drop"))))
  (instance $o (instantiate $Other))
  (instance $c (instantiate $C (with "o" (instance $o))))
  (export "take" (func $c "take"))
  (export "give" (func $c "give"))
  (export "make-and-drop" (func $c "make-and-drop"))
  (export "log" (func $o "log"))
)
(component instance $i $Given)
(assert_return (invoke "log") (u32.const 9))
(assert_return (invoke "make-and-drop" (u32.const 3)))
(assert_return (invoke "make-and-drop" (u32.const 4)))
(assert_return (invoke "log") (u32.const 934))
(assert_trap (invoke "take" (list.const (u8.const 1))) "cannot leave component instance")
(component instance $i $Given)
(assert_trap (invoke "give") "cannot leave component instance")
