;; An exception that core code does not catch is a trap at the edge of its component: at the end of a lifted
;; function, a realloc, a post-return and a destructor. The caller's handlers see nothing.
;;
;; CanonicalABI.md, `canon lift`: `call_and_trap_on_throw`.
(component definition $Given
  (component $C
    (core module $CM
      (memory (export "mem") 1)
      (tag $e)
      (global $where (mut i32) (i32.const 0))
      (func $throw-at (param i32)
        (if (i32.eq (global.get $where) (local.get 0)) (then (throw $e))))
      (func (export "set") (param i32) (global.set $where (local.get 0)))
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (call $throw-at (i32.const 1)) (i32.const 1024))
      (func (export "take") (param i32 i32) (call $throw-at (i32.const 2)))
      (func (export "post") (call $throw-at (i32.const 3)))
      (func (export "dtor") (param i32) (call $throw-at (i32.const 4))))
    (core instance $cm (instantiate $CM))
    (type $r (resource (rep i32) (dtor (core func $cm "dtor"))))
    (export $r' "r" (type $r))
    (core func $new (canon resource.new $r))
    (core module $CN
      (import "" "new" (func $new (param i32) (result i32)))
      (func (export "make") (result i32) (call $new (i32.const 7))))
    (core instance $cn (instantiate $CN (with "" (instance (export "new" (func $new))))))
    (func (export "set") (param "where" u32) (canon lift (core func $cm "set")))
    (func (export "make") (result (own $r')) (canon lift (core func $cn "make")))
    (func (export "take") (param "v" (list u8))
      (canon lift (core func $cm "take") (memory (core memory $cm "mem"))
        (realloc (core func $cm "realloc")) (post-return (core func $cm "post")))))
  (component $D
    (import "c" (instance $c
      (export "r" (type $r (sub resource)))
      (export "make" (func (result (own $r))))
      (export "take" (func (param "v" (list u8))))))
    (alias export $c "r" (type $r))
    (core module $Memory (memory (export "mem") 1))
    (core instance $memory (instantiate $Memory))
    (core func $make (canon lower (func $c "make")))
    (core func $take (canon lower (func $c "take") (memory (core memory $memory "mem"))))
    (core func $drop (canon resource.drop $r))
    (core module $DM
      (import "" "make" (func $make (result i32)))
      (import "" "take" (func $take (param i32 i32)))
      (import "" "drop" (func $drop (param i32)))
      ;; catches everything, if there is anything to catch
      (func (export "run")
        (block $caught
          (try_table (catch_all $caught)
            (call $take (i32.const 0) (i32.const 1))
            (call $drop (call $make))
            (return)))
        unreachable))
    (core instance $dm (instantiate $DM (with "" (instance
      (export "make" (func $make)) (export "take" (func $take)) (export "drop" (func $drop))))))
    (func (export "run") (canon lift (core func $dm "run"))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "c" (instance $c))))
  (export "set" (func $c "set"))
  (export "run" (func $d "run"))
)
(component instance $i $Given)
(assert_return (invoke "run"))
(assert_return (invoke "set" (u32.const 1)))
(assert_trap (invoke "run") "exception")
(component instance $i $Given)
(assert_return (invoke "set" (u32.const 2)))
(assert_trap (invoke "run") "exception")
(component instance $i $Given)
(assert_return (invoke "set" (u32.const 3)))
(assert_trap (invoke "run") "exception")
(component instance $i $Given)
(assert_return (invoke "set" (u32.const 4)))
(assert_trap (invoke "run") "exception")
