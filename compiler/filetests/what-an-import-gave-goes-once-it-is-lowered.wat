;;! clif trampoline 0
(component
  (import "f" (func $f (result string)))
  (core module $libc
    (memory (export "memory") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64)))
  (core instance $libc (instantiate $libc))
  (core func $f (canon lower (func $f)
    (memory (core memory $libc "memory")) (realloc (core func $libc "realloc"))))
  (core module $m
    (import "host" "f" (func $f (param i32)))
    (func (export "f") (call $f (i32.const 8))))
  (core instance $m (instantiate $m (with "host" (instance (export "f" (func $f))))))
  (func (export "f") (canon lift (core func $m "f"))))
;;= -- clif trampoline 0
;;= function %root->host::f(i64 vmctx, i32) tail {
;;=     region0 = 17 "memory"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     sig1 = (i64, i64) -> i64 system_v
;;=     sig2 = (i64, i64, i64) -> i64 system_v
;;=     sig3 = () system_v
;;=     sig4 = (i64, i64) -> i32 system_v
;;=     sig5 = (i32) system_v
;;=     sig6 = (i64, i64) system_v
;;=     sig7 = () system_v
;;=     sig8 = () system_v
;;=     sig9 = () system_v
;;=     sig10 = (i64 vmctx, i32, i32, i32, i32) -> i32 tail
;;=     sig11 = () system_v
;;=     sig12 = (i64, i64, i64) -> i32 system_v
;;=     sig13 = () system_v
;;=     sig14 = (i64) system_v
;;=     sig15 = (i64, i64) -> i32 system_v
;;=     fn0 = colocated %trap::CannotLeave sig0
;;=     fn1 = colocated %weldc_rt_scope_enter sig1
;;=     fn2 = colocated %weldc_rt_scope_alloc sig2
;;=     fn3 = colocated %trap::OutOfMemory sig3
;;=     fn4 = colocated %test_import_f sig4
;;=     fn5 = colocated %trap sig5
;;=     fn6 = colocated %release[type0] sig6
;;=     fn7 = colocated %trap::PointerUnaligned sig7
;;=     fn8 = colocated %trap::PointerOutOfBounds sig8
;;=     fn9 = colocated %trap::StringTooLong sig9
;;=     fn10 = colocated %root:libc::func[0] sig10
;;=     fn11 = colocated %trap::ReallocStringOutOfBounds sig11
;;=     fn12 = colocated %weldc_rt_copy_utf8 sig12
;;=     fn13 = colocated %trap::InvalidUtf8 sig13
;;=     fn14 = colocated %weldc_rt_free sig14
;;=     fn15 = colocated %weldc_rt_scope_exit sig15
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i32):
;;=     v2 = load.i32 notrap aligned v0+144
;;=     v3 = iconst.i32 1
;;=     v4 = band v2, v3  ; v3 = 1
;;=     brif v4, block1, block2
;;=
;;= block1 cold:
;;=     call fn0()
;;=     trap user20
;;=
;;= block2:
;;=     v5 = iconst.i64 0
;;=     v6 = call fn1(v0, v5)  ; v5 = 0
;;=     v7 = iconst.i64 24
;;=     v8 = iconst.i64 8
;;=     v9 = call fn2(v0, v7, v8)  ; v7 = 24, v8 = 8
;;=     brif v9, block4, block3
;;=
;;= block3 cold:
;;=     call fn3()
;;=     trap user40
;;=
;;= block4:
;;=     v10 = iconst.i64 8
;;=     v11 = iadd.i64 v9, v10  ; v10 = 8
;;=     v12 = load.i64 notrap aligned readonly can_move v0+16
;;=     v13 = call fn4(v12, v11)
;;=     v14 = load.i32 notrap aligned v0+48
;;=     brif v14, block5, block6
;;=
;;= block5 cold:
;;=     call fn5(v14)
;;=     trap user1
;;=
;;= block6:
;;=     brif.i32 v13, block7, block8
;;=
;;= block7 cold:
;;=     call fn5(v13)
;;=     trap user1
;;=
;;= block8:
;;=     v15 = func_addr.i64 fn6
;;=     store notrap aligned v15, v9
;;=     store.i64 notrap aligned v9, v0+120
;;=     v16 = iconst.i64 8
;;=     v17 = uextend.i64 v1
;;=     v18 = iconst.i64 3
;;=     v19 = band v17, v18  ; v18 = 3
;;=     brif v19, block9, block10
;;=
;;= block9 cold:
;;=     call fn7()
;;=     trap user23
;;=
;;= block10:
;;=     v20 = iconst.i64 0x0001_0000
;;=     v21 = iadd.i64 v17, v16  ; v16 = 8
;;=     v22 = icmp ugt v21, v20  ; v20 = 0x0001_0000
;;=     brif v22, block11, block12
;;=
;;= block11 cold:
;;=     call fn8()
;;=     trap user22
;;=
;;= block12:
;;=     v23 = load.i64 notrap aligned readonly can_move v0+128
;;=     v24 = iadd v23, v17
;;=     v25 = load.i64 notrap aligned v11
;;=     v26 = load.i64 notrap aligned v11+8
;;=     v27 = iconst.i64 0x0fff_ffff
;;=     v28 = icmp ugt v26, v27  ; v27 = 0x0fff_ffff
;;=     brif v28, block13, block14
;;=
;;= block13 cold:
;;=     call fn9()
;;=     trap user28
;;=
;;= block14:
;;=     v29 = iconst.i32 0
;;=     v30 = iconst.i32 1
;;=     v31 = ireduce.i32 v26
;;=     v32 = iconst.i32 1
;;=     store notrap aligned v32, v0+144  ; v32 = 1
;;=     v33 = call fn10(v0, v29, v29, v30, v31)  ; v29 = 0, v29 = 0, v30 = 1
;;=     v34 = iconst.i32 0
;;=     store notrap aligned v34, v0+144  ; v34 = 0
;;=     v35 = uextend.i64 v33
;;=     v36 = iconst.i64 0x0001_0000
;;=     v37 = iadd v35, v26
;;=     v38 = icmp ugt v37, v36  ; v36 = 0x0001_0000
;;=     brif v38, block15, block16
;;=
;;= block15 cold:
;;=     call fn11()
;;=     trap user48
;;=
;;= block16:
;;=     v39 = load.i64 notrap aligned readonly can_move v0+128
;;=     v40 = iadd v39, v35
;;=     v41 = call fn12(v25, v26, v40)
;;=     brif v41, block18, block17
;;=
;;= block17 cold:
;;=     call fn13()
;;=     trap user30
;;=
;;= block18:
;;=     v42 = ireduce.i32 v26
;;=     store.i32 notrap aligned little region0 v33, v24
;;=     store notrap aligned little region0 v42, v24+4
;;=     v43 = iconst.i64 0
;;=     store notrap aligned v43, v0+120  ; v43 = 0
;;=     v44 = load.i64 notrap aligned v9+8
;;=     call fn14(v44)
;;=     v45 = call fn15(v0, v6)
;;=     brif v45, block19, block20
;;=
;;= block19 cold:
;;=     call fn5(v45)
;;=     trap user1
;;=
;;= block20:
;;=     return
;;= }
