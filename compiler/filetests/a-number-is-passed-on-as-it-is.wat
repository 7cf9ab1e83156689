;;! clif trampoline 0
(component
  (component $callee
    (core module $m
      (memory (export "memory") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64))
      (func (export "f") (param i32 i64 f64) (result i32) (local.get 0)))
    (core instance $m (instantiate $m))
    (func (export "f") (param "a" u32) (param "b" s64) (param "c" f64) (result u32)
      (canon lift (core func $m "f") (memory (core memory $m "memory")) (realloc (core func $m "realloc"))
        string-encoding=utf8)))
  (instance $callee (instantiate $callee))
  (core module $libc (memory (export "memory") 1))
  (core instance $libc (instantiate $libc))
  (core func $f (canon lower (func $callee "f") (memory (core memory $libc "memory")) string-encoding=utf8)))
;;= -- clif trampoline 0
;;= function %root->root/callee::f(i64 vmctx, i32, i64, f64) -> i32 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64 vmctx, i32, i64, f64) -> i32 tail
;;=     fn0 = colocated %root/callee:m::func[1] sig0
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i32, v2: i64, v3: f64):
;;=     v4 = call fn0(v0, v1, v2, v3)
;;=     return v4
;;= }
