;;! clif trampoline 0
(component
  (import "log" (func $log (param "message" string)))
  (core module $libc (memory (export "memory") 1))
  (core instance $libc (instantiate $libc))
  (core func $log (canon lower (func $log) (memory (core memory $libc "memory"))))
  (core module $m
    (import "host" "log" (func $log (param i32 i32)))
    (func (export "f") (call $log (i32.const 8) (i32.const 5))))
  (core instance $m (instantiate $m (with "host" (instance (export "log" (func $log))))))
  (func (export "f") (canon lift (core func $m "f"))))
;;= -- clif trampoline 0
;;= function %root->host::log(i64 vmctx, i32, i32) tail {
;;=     ss0 = explicit_slot 16, align = 8
;;=     region0 = 17 "memory"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     sig1 = () system_v
;;=     sig2 = (i64, i64) -> i32 system_v
;;=     sig3 = () system_v
;;=     sig4 = (i64, i64) -> i32 system_v
;;=     sig5 = (i32) system_v
;;=     fn0 = colocated %trap::StringTooLong sig0
;;=     fn1 = colocated %trap::StringOutOfBounds sig1
;;=     fn2 = colocated %weldc_rt_validate_utf8 sig2
;;=     fn3 = colocated %trap::InvalidUtf8 sig3
;;=     fn4 = colocated %test_import_log sig4
;;=     fn5 = colocated %trap sig5
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i32, v2: i32):
;;=     v3 = stack_addr.i64 ss0
;;=     v4 = uextend.i64 v1
;;=     v5 = uextend.i64 v2
;;=     v6 = iconst.i64 0x0fff_ffff
;;=     v7 = icmp ugt v5, v6  ; v6 = 0x0fff_ffff
;;=     brif v7, block1, block2
;;=
;;= block1 cold:
;;=     call fn0()
;;=     trap user28
;;=
;;= block2:
;;=     v8 = iconst.i64 0x0001_0000
;;=     v9 = iadd.i64 v4, v5
;;=     v10 = icmp ugt v9, v8  ; v8 = 0x0001_0000
;;=     brif v10, block3, block4
;;=
;;= block3 cold:
;;=     call fn1()
;;=     trap user26
;;=
;;= block4:
;;=     v11 = load.i64 notrap aligned readonly can_move v0+128
;;=     v12 = iadd v11, v4
;;=     v13 = iconst.i64 -8
;;=     v14 = iadd.i64 v5, v13  ; v13 = -8
;;=     v15 = iconst.i64 8
;;=     v16 = icmp ule v14, v15  ; v15 = 8
;;=     brif v16, block5, block6
;;=
;;= block5:
;;=     v17 = iadd.i64 v12, v14
;;=     v18 = load.i64 notrap little region0 v12
;;=     v19 = load.i64 notrap little region0 v17
;;=     v20 = bor v18, v19
;;=     v21 = iconst.i64 -9187201950435737472
;;=     v22 = band v20, v21  ; v21 = -9187201950435737472
;;=     brif v22, block6, block7
;;=
;;= block6:
;;=     v23 = call fn2(v12, v5)
;;=     brif v23, block9, block8
;;=
;;= block8 cold:
;;=     call fn3()
;;=     trap user30
;;=
;;= block9:
;;=     jump block7
;;=
;;= block7:
;;=     store.i64 notrap aligned v12, v3
;;=     store.i64 notrap aligned v5, v3+8
;;=     v24 = load.i64 notrap aligned readonly can_move v0+16
;;=     v25 = call fn4(v24, v3)
;;=     v26 = load.i32 notrap aligned v0+48
;;=     brif v26, block10, block11
;;=
;;= block10 cold:
;;=     call fn5(v26)
;;=     trap user1
;;=
;;= block11:
;;=     brif.i32 v25, block12, block13
;;=
;;= block12 cold:
;;=     call fn5(v25)
;;=     trap user1
;;=
;;= block13:
;;=     return
;;= }
