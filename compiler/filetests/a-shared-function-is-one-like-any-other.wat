;;! for every target
;;! clif core 0 1
(component
  (core func $n (canon thread.available_parallelism))
  (core module $m
    (type $n (shared (func (result i32))))
    (type $plain (func (result i32)))
    (import "" "n" (func $n (type $n)))
    (func $twice (type $n) (i32.add (call $n) (call $n)))
    (func (export "f") (type $plain) (call $twice)))
  (core instance $m (instantiate $m (with "" (instance (export "n" (func $n))))))
  (func (export "f") (result u32) (canon lift (core func $m "f"))))
;;= -- for every target
;;= -- clif core 0 1
;;= function %root:m::twice(i64 vmctx) -> i32 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64 vmctx) -> i32 tail
;;=     fn0 = colocated %root::thread.available-parallelism sig0
;;=     stack_limit = gv1
;;=
;;=                                 block0(v0: i64):
;;= @003b                               v1 = call fn0(v0)
;;= @003d                               v2 = call fn0(v0)
;;= @003f                               v3 = iadd v1, v2
;;= @0040                               return v3
;;= }
