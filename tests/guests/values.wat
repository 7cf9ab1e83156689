;; Values and start functions of components.
;;
;; RUN: --features cm-values --invoke "greeting()"
;; STDOUT: "hello, world"
;; RUN: --features cm-values --invoke "sum()"
;; STDOUT: 42
;; RUN: --features cm-values --invoke "order()"
;; STDOUT: "abcd"
;; RUN: --features cm-values --invoke "point()"
;; STDOUT: {x: -7, label: "seven", tags: [["a", "b"], [], ["c"]]}
;; RUN: --features cm-values --invoke "value()"
;; STDOUT: 7
;; RUN: --features cm-values --invoke "calls-later()"
;; STDOUT: "called"
(component $values
  ;; Memory, a bump allocator, and a log of what happened.
  (core module $lib
    (memory (export "memory") 1)
    (global $next (mut i32) (i32.const 4096))
    (global $logged (mut i32) (i32.const 0))
    (func (export "realloc") (param i32 i32) (param $align i32) (param $size i32) (result i32)
      (local $at i32)
      (local.set $at (i32.and (i32.add (global.get $next) (i32.sub (local.get $align) (i32.const 1)))
                              (i32.sub (i32.const 0) (local.get $align))))
      (global.set $next (i32.add (local.get $at) (local.get $size)))
      (local.get $at))
    (func (export "log") (param i32)
      (i32.store8 (i32.add (i32.const 1024) (global.get $logged)) (local.get 0))
      (global.set $logged (i32.add (global.get $logged) (i32.const 1))))
    (func (export "logged") (result i32) (global.get $logged)))
  (core instance $lib (instantiate $lib))

  ;; A start function with no arguments makes a value, between two core instances.
  (core module $early (import "lib" "log" (func $log (param i32)))
    (func $start (call $log (i32.const 97))) (start $start))
  (core instance (instantiate $early (with "lib" (instance $lib))))

  (component $maker
    (import "lib-log" (func $log (param "c" char)))
    (core func $log (canon lower (func $log)))
    (core module $m
      (import "" "log" (func $log (param i32)))
      (memory (export "memory") 1)
      (data (i32.const 64) "world")
      (func (export "make") (result i32)
        (call $log (i32.const 98))
        (i32.store (i32.const 0) (i32.const 64))
        (i32.store (i32.const 4) (i32.const 5))
        (i32.const 0))
      (func (export "done") (param i32) (i32.store (i32.const 64) (i32.const 0))))
    (core instance $m (instantiate $m (with "" (instance (export "log" (func $log))))))
    (func $make (result string) (canon lift (core func $m "make")
      (memory (core memory $m "memory")) (post-return (core func $m "done"))))
    (start $make (result (value $name)))
    (export "name" (value $name)))
  (core module $logger (import "lib" "log" (func $log (param i32)))
    (func (export "log") (param i32) (call $log (local.get 0))))
  (core instance $logger (instantiate $logger (with "lib" (instance $lib))))
  (func $log (param "c" char) (canon lift (core func $logger "log")))
  (instance $made (instantiate $maker (with "lib-log" (func $log))))

  (core module $late (import "lib" "log" (func $log (param i32)))
    (func $start (call $log (i32.const 99))) (start $start))
  (core instance (instantiate $late (with "lib" (instance $lib))))

  ;; A start function with arguments, one of them another component's result.
  (component $greeter
    (import "name" (value $name string))
    (import "lib-log" (func $log (param "c" char)))
    (core func $log (canon lower (func $log)))
    (core module $lib
      (memory (export "memory") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 263)))
    (core instance $lib (instantiate $lib))
    (core module $m
      (import "" "log" (func $log (param i32)))
      (import "lib" "memory" (memory 1))
      (data (i32.const 256) "hello, ")
      (func (export "greet") (param $at i32) (param $length i32) (result i32)
        (call $log (i32.const 100))
        (i32.store (i32.const 0) (i32.const 256))
        (i32.store (i32.const 4) (i32.add (local.get $length) (i32.const 7)))
        (i32.const 0)))
    (core instance $m (instantiate $m
      (with "" (instance (export "log" (func $log)))) (with "lib" (instance $lib))))
    (func $greet (param "name" string) (result string) (canon lift (core func $m "greet")
      (memory (core memory $lib "memory")) (realloc (core func $lib "realloc"))))
    (start $greet (value $name) (result (value $greeting)))
    (export "greeting" (value $greeting)))
  (instance $greeted (instantiate $greeter
    (with "name" (value $made "name")) (with "lib-log" (func $log))))
  (export "greeting" (value $greeted "greeting"))

  ;; Numbers, through two components.
  (component $number
    (core module $m (func (export "f") (result i32) i32.const 40))
    (core instance $m (instantiate $m))
    (func $f (result u8) (canon lift (core func $m "f")))
    (start $f (result (value $v)))
    (export "v" (value $v)))
  (instance $number (instantiate $number))
  (component $add
    (import "v" (value $v u8))
    (core module $m (func (export "f") (param i32) (result i64)
      (i64.extend_i32_u (i32.add (local.get 0) (i32.const 2)))))
    (core instance $m (instantiate $m))
    (func $f (param "v" u8) (result s64) (canon lift (core func $m "f")))
    (start $f (value $v) (result (value $w)))
    (export "w" (value $w)))
  (instance $sum (instantiate $add (with "v" (value $number "v"))))
  (export "sum" (value $sum "w"))

  ;; What happened, in order: the start functions of $early, $maker, $late and $greeter.
  (core module $reader
    (import "lib" "memory" (memory 1))
    (import "lib" "logged" (func $logged (result i32)))
    (data (i32.const 2048) "called")
    (func (export "order") (result i32)
      (i32.store (i32.const 0) (i32.const 1024))
      (i32.store (i32.const 4) (call $logged))
      (i32.const 0))
    (func (export "later") (result i32)
      (i32.store (i32.const 0) (i32.const 2048))
      (i32.store (i32.const 4) (i32.const 6))
      (i32.const 0)))
  (core instance $reader (instantiate $reader (with "lib" (instance $lib))))
  (func $order (result string)
    (canon lift (core func $reader "order") (memory (core memory $lib "memory"))))
  (start $order (result (value $order)))
  (export "order" (value $order))
  ;; A function's result is the host's, beside values that stay the zone's.
  (func (export "calls-later") (result string)
    (canon lift (core func $reader "later") (memory (core memory $lib "memory"))))

  ;; Everything in one value, passed on and copied by a second component.
  (component $points
    (type $point' (record (field "x" s32) (field "label" string) (field "tags" (list (list string)))))
    (export $point "point" (type $point'))
    (core module $m
      (memory (export "memory") 1)
      (data (i32.const 16) "\f9\ff\ff\ff\40\00\00\00\05\00\00\00\50\00\00\00\03\00\00\00")
      (data (i32.const 64) "sevenabc")
      (data (i32.const 80) "\70\00\00\00\02\00\00\00\00\00\00\00\00\00\00\00\80\00\00\00\01\00\00\00")
      (data (i32.const 112) "\45\00\00\00\01\00\00\00\46\00\00\00\01\00\00\00")
      (data (i32.const 128) "\47\00\00\00\01\00\00\00")
      (func (export "make") (result i32) (i32.const 16)))
    (core instance $m (instantiate $m))
    (func $make (result $point') (canon lift (core func $m "make") (memory (core memory $m "memory"))))
    (start $make (result (value $v)))
    (export "v" (value $v) (value (type $point))))
  (instance $points (instantiate $points))
  (alias export $points "point" (type $point))
  (export $point' "point-type" (type $point))
  (component $again
    (import "point" (type $point' (eq $point)))
    (import "v" (value $v (type $point')))
    (core module $m
      (memory (export "memory") 1)
      (global $next (mut i32) (i32.const 1024))
      (func (export "realloc") (param i32 i32 i32) (param $size i32) (result i32)
        (global.get $next)
        (global.set $next (i32.add (global.get $next)
          (i32.and (i32.add (local.get $size) (i32.const 7)) (i32.const -8)))))
      (func (export "again") (param i32 i32 i32 i32 i32) (result i32)
        (i32.store (i32.const 0) (local.get 0))
        (i32.store (i32.const 4) (local.get 1))
        (i32.store (i32.const 8) (local.get 2))
        (i32.store (i32.const 12) (local.get 3))
        (i32.store (i32.const 16) (local.get 4))
        (i32.const 0)))
    (core instance $m (instantiate $m))
    (func $again (param "p" $point') (result $point') (canon lift (core func $m "again")
      (memory (core memory $m "memory")) (realloc (core func $m "realloc"))))
    (start $again (value $v) (result (value $w)))
    (export "w" (value $w)))
  (instance $again (instantiate $again
    (with "point" (type $point')) (with "v" (value $points "v"))))
  (export "point" (value $again "w") (value (type $point')))

  ;; An exported instance has values, too.
  (component $seven
    (core module $m (func (export "f") (result i32) i32.const 7))
    (core instance $m (instantiate $m))
    (func $f (result u32) (canon lift (core func $m "f")))
    (start $f (result (value $v)))
    (export "value" (value $v)))
  (instance $seven (instantiate $seven))
  (instance $shown (export "value" (value $seven "value")))
  (export "test:values/shown@1.0.0" (instance $shown)))
