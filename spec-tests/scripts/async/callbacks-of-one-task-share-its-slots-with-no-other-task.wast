;; The slots of context belong to the thread that calls a task's function and its callbacks: what one leaves
;; the next finds; another task of the same instance begins with zeros and changes nothing of the first.
;;
;; CanonicalABI.md, Threads: `storage`.
(component
  (component $C
    (core func $return (canon task.return (result u32)))
    (core func $get (canon context.get i32 0))
    (core func $set (canon context.set i32 0))
    (core module $M
      (import "" "return" (func $return (param i32)))
      (import "" "get" (func $get (result i32)))
      (import "" "set" (func $set (param i32)))
      (func (export "f") (param i32) (result i32)
        (if (call $get) (then unreachable))
        (call $set (local.get 0))
        (i32.const 1))
      ;; three times round, a digit more each time
      (func (export "cb") (param i32 i32 i32) (result i32)
        (call $set (i32.add (i32.mul (call $get) (i32.const 10)) (i32.const 1)))
        (if (i32.lt_u (call $get) (i32.const 1000)) (then (return (i32.const 1))))
        (call $return (call $get))
        (i32.const 0)))
    (core instance $m (instantiate $M (with "" (instance
      (export "return" (func $return)) (export "get" (func $get)) (export "set" (func $set))))))
    (func (export "f") async (param "x" u32) (result u32) (canon lift (core func $m "f") async (callback (core func $m "cb")))))
  (component $D
    (import "f" (func $f async (param "x" u32) (result u32)))
    (core module $Libc (memory (export "mem") 1))
    (core instance $libc (instantiate $Libc))
    (core func $f' (canon lower (func $f) async (memory (core memory $libc "mem"))))
    (core func $get (canon context.get i32 0))
    (core func $set (canon context.set i32 0))
    (core func $set-new (canon waitable-set.new))
    (core func $set-wait (canon waitable-set.wait (memory (core memory $libc "mem"))))
    (core func $join (canon waitable.join))
    (core module $M
      (import "" "mem" (memory 1))
      (import "" "f" (func $f (param i32 i32) (result i32)))
      (import "" "get" (func $get (result i32)))
      (import "" "set" (func $set (param i32)))
      (import "" "set-new" (func $set-new (result i32)))
      (import "" "set-wait" (func $set-wait (param i32 i32) (result i32)))
      (import "" "join" (func $join (param i32 i32)))
      (func (export "run") (result i32)
        (local $set i32)
        (call $set (i32.const 0x55))
        (local.set $set (call $set-new))
        (call $join (i32.shr_u (call $f (i32.const 2) (i32.const 64)) (i32.const 4)) (local.get $set))
        (call $join (i32.shr_u (call $f (i32.const 3) (i32.const 68)) (i32.const 4)) (local.get $set))
        (drop (call $set-wait (local.get $set) (i32.const 128)))
        (drop (call $set-wait (local.get $set) (i32.const 128)))
        (if (i32.ne (call $get) (i32.const 0x55)) (then unreachable))
        (i32.add (i32.mul (i32.load (i32.const 64)) (i32.const 10000)) (i32.load (i32.const 68)))))
    (core instance $m (instantiate $M (with "" (instance
      (export "mem" (memory $libc "mem")) (export "f" (func $f')) (export "get" (func $get)) (export "set" (func $set))
      (export "set-new" (func $set-new)) (export "set-wait" (func $set-wait)) (export "join" (func $join))))))
    (func (export "run") async (result u32) (canon lift (core func $m "run"))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "f" (func $c "f"))))
  (export "run" (func $d "run"))
)
(assert_return (invoke "run") (u32.const 21113111))
