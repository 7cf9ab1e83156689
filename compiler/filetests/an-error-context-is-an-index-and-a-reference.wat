;;! clif trampoline 0
;;! clif trampoline 1
(component
  (component $callee
    (core func $drop (canon error-context.drop))
    (core module $m
      (import "" "drop" (func $drop (param i32)))
      (func (export "f") (param i32) (call $drop (local.get 0))))
    (core instance $m (instantiate $m (with "" (instance (export "drop" (func $drop))))))
    (func (export "f") (param "e" error-context) (canon lift (core func $m "f"))))
  (instance $callee (instantiate $callee))
  (core func $f (canon lower (func $callee "f")))
  (core module $m
    (import "" "f" (func $f (param i32)))
    (func (export "f") (param i32) (call $f (local.get 0))))
  (core instance $m (instantiate $m (with "" (instance (export "f" (func $f))))))
  (func (export "f") (param "e" error-context) (canon lift (core func $m "f"))))
;;= -- clif trampoline 0
;;= function %root/callee::error-context.drop(i64 vmctx, i32) tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64, i32, i32) -> i32 system_v
;;=     sig1 = (i32) system_v
;;=     fn0 = colocated %weldc_rt_error_context_drop sig0
;;=     fn1 = colocated %trap sig1
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i32):
;;=     v2 = iconst.i32 160
;;=     v3 = call fn0(v0, v2, v1)  ; v2 = 160
;;=     brif v3, block1, block2
;;=
;;= block1 cold:
;;=     call fn1(v3)
;;=     trap user1
;;=
;;= block2:
;;=     return
;;= }
;;= -- clif trampoline 1
;;= function %root->root/callee::f(i64 vmctx, i32) tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64, i32, i32) -> i64 system_v
;;=     sig1 = (i32) system_v
;;=     sig2 = (i64, i32, i64) -> i32 system_v
;;=     sig3 = () system_v
;;=     sig4 = (i64 vmctx, i32) tail
;;=     fn0 = colocated %weldc_rt_error_context_get sig0
;;=     fn1 = colocated %trap sig1
;;=     fn2 = colocated %weldc_rt_error_context_add sig2
;;=     fn3 = colocated %trap::HandleTableFull sig3
;;=     fn4 = colocated %root/callee:m::func[1] sig4
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i32):
;;=     v2 = iconst.i32 136
;;=     v3 = call fn0(v0, v2, v1)  ; v2 = 136
;;=     v4 = iconst.i64 256
;;=     v5 = icmp ult v3, v4  ; v4 = 256
;;=     brif v5, block1, block2
;;=
;;= block1 cold:
;;=     v6 = ireduce.i32 v3
;;=     call fn1(v6)
;;=     trap user1
;;=
;;= block2:
;;=     v7 = iconst.i32 160
;;=     v8 = call fn2(v0, v7, v3)  ; v7 = 160
;;=     brif v8, block4, block3
;;=
;;= block3 cold:
;;=     call fn3()
;;=     trap user38
;;=
;;= block4:
;;=     call fn4(v0, v8)
;;=     return
;;= }
