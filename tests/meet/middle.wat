;; Has things from somebody, and hands them on: as they are, and through functions of its own.
(component
  (import "meet:test/things@1.0.0" (instance $things
    (export "thing" (type $thing (sub resource)))
    (export "make" (func (param "x" u32) (result (own $thing))))
    (export "look" (func (param "x" (borrow $thing)) (result u32)))))
  (alias export $things "thing" (type $thing))
  (core func $make' (canon lower (func $things "make")))
  (core func $look' (canon lower (func $things "look")))
  (core func $drop' (canon resource.drop $thing))
  (core module $m
    (import "" "make" (func $make (param i32) (result i32)))
    (import "" "look" (func $look (param i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (func (export "make-twice") (param i32) (result i32)
      (call $make (i32.mul (local.get 0) (i32.const 2))))
    (func (export "look-twice") (param i32) (result i32)
      (i32.add (call $look (local.get 0)) (call $look (local.get 0)))
      (call $drop (local.get 0)))
    (func (export "keep") (param i32)))
  (core instance $m (instantiate $m (with "" (instance
    (export "make" (func $make')) (export "look" (func $look')) (export "drop" (func $drop'))))))
  (export $thing' "thing" (type $thing))
  (func (export "make-twice") (param "x" u32) (result (own $thing')) (canon lift (core func $m "make-twice")))
  (func (export "look-twice") (param "x" (borrow $thing')) (result u32) (canon lift (core func $m "look-twice")))
  (func (export "keep") (param "x" (own $thing')) (canon lift (core func $m "keep"))))
