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
;;=     v13 = call fn2(v12, v5)
;;=     brif v13, block6, block5
;;=
;;= block5 cold:
;;=     call fn3()
;;=     trap user30
;;=
;;= block6:
;;=     store.i64 notrap aligned v12, v3
;;=     store.i64 notrap aligned v5, v3+8
;;=     v14 = load.i64 notrap aligned readonly can_move v0+16
;;=     v15 = call fn4(v14, v3)
;;=     v16 = load.i32 notrap aligned v0+48
;;=     brif v16, block7, block8
;;=
;;= block7 cold:
;;=     call fn5(v16)
;;=     trap user1
;;=
;;= block8:
;;=     brif.i32 v15, block9, block10
;;=
;;= block9 cold:
;;=     call fn5(v15)
;;=     trap user1
;;=
;;= block10:
;;=     return
;;= }
