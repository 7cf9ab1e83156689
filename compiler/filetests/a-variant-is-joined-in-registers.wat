;;! clif trampoline 0
(component
  (component $callee
    (core module $m
      (memory (export "memory") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64))
      (func (export "f") (param i32 i64)))
    (core instance $m (instantiate $m))
    (func (export "f") (param "a" (result f32 (error u64)))
      (canon lift (core func $m "f") (memory (core memory $m "memory")) (realloc (core func $m "realloc"))
        string-encoding=utf8)))
  (instance $callee (instantiate $callee))
  (core module $libc (memory (export "memory") 1))
  (core instance $libc (instantiate $libc))
  (core func $f (canon lower (func $callee "f") (memory (core memory $libc "memory")) string-encoding=utf8)))
;;= -- clif trampoline 0
;;= function %root->root/callee::f(i64 vmctx, i32, i64) tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     sig1 = (i64 vmctx, i32, i64) tail
;;=     fn0 = colocated %trap::InvalidDiscriminant sig0
;;=     fn1 = colocated %root/callee:m::func[1] sig1
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i32, v2: i64):
;;=     v3 = iconst.i32 2
;;=     v4 = icmp uge v1, v3  ; v3 = 2
;;=     brif v4, block1, block2
;;=
;;= block1 cold:
;;=     call fn0()
;;=     trap user33
;;=
;;= block2:
;;=     brif.i32 v1, block4, block3
;;=
;;= block3:
;;=     v6 = ireduce.i32 v2
;;=     v7 = bitcast.f32 v6
;;=     v8 = bitcast.i32 v7
;;=     v9 = uextend.i64 v8
;;=     jump block5(v9)
;;=
;;= block4:
;;=     jump block5(v2)
;;=
;;= block5(v5: i64):
;;=     call fn1(v0, v1, v5)
;;=     return
;;= }
