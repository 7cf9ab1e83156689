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
;;=     sig1 = (i64) -> i64 system_v
;;=     sig2 = (i64, i64, i64) -> i64 system_v
;;=     sig3 = () system_v
;;=     sig4 = (i64, i64) -> i32 system_v
;;=     sig5 = (i32) system_v
;;=     sig6 = () system_v
;;=     sig7 = () system_v
;;=     sig8 = (i64, i64) system_v
;;=     sig9 = () system_v
;;=     sig10 = () system_v
;;=     sig11 = () system_v
;;=     sig12 = (i64, i64) -> i32 system_v
;;=     sig13 = () system_v
;;=     sig14 = (i64 vmctx, i32, i32, i32, i32) -> i32 tail
;;=     sig15 = () system_v
;;=     sig16 = (i64, i64, i64) -> i64 system_v
;;=     sig17 = (i64) system_v
;;=     sig18 = (i64, i64) -> i32 system_v
;;=     fn0 = colocated %trap::CannotLeave sig0
;;=     fn1 = colocated %weldc_rt_scope_enter sig1
;;=     fn2 = colocated %weldc_rt_scope_alloc sig2
;;=     fn3 = colocated %trap::OutOfMemory sig3
;;=     fn4 = colocated %test_import_f sig4
;;=     fn5 = colocated %trap sig5
;;=     fn6 = colocated %trap::Exit sig6
;;=     fn7 = colocated %trap::HostFailed sig7
;;=     fn8 = colocated %release[type0] sig8
;;=     fn9 = colocated %trap::PointerUnaligned sig9
;;=     fn10 = colocated %trap::PointerOutOfBounds sig10
;;=     fn11 = colocated %trap::StringTooLong sig11
;;=     fn12 = colocated %weldc_rt_validate_utf8 sig12
;;=     fn13 = colocated %trap::InvalidUtf8 sig13
;;=     fn14 = colocated %root:libc::func[0] sig14
;;=     fn15 = colocated %trap::ReallocOutOfBounds sig15
;;=     fn16 = colocated %memmove sig16
;;=     fn17 = colocated %weldc_rt_free sig17
;;=     fn18 = colocated %weldc_rt_scope_exit sig18
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
;;=     v5 = call fn1(v0)
;;=     v6 = iconst.i64 24
;;=     v7 = iconst.i64 8
;;=     v8 = call fn2(v0, v6, v7)  ; v6 = 24, v7 = 8
;;=     brif v8, block4, block3
;;=
;;= block3 cold:
;;=     call fn3()
;;=     trap user40
;;=
;;= block4:
;;=     v9 = iconst.i64 8
;;=     v10 = iadd.i64 v8, v9  ; v9 = 8
;;=     v11 = load.i64 notrap aligned readonly can_move v0+16
;;=     v12 = call fn4(v11, v10)
;;=     v13 = load.i32 notrap aligned v0+48
;;=     brif v13, block5, block6
;;=
;;= block5 cold:
;;=     call fn5(v13)
;;=     trap user1
;;=
;;= block6:
;;=     brif.i32 v12, block7, block8
;;=
;;= block7 cold:
;;=     v14 = iconst.i32 43
;;=     v15 = icmp.i32 eq v12, v14  ; v14 = 43
;;=     brif v15, block9, block10
;;=
;;= block9 cold:
;;=     call fn6()
;;=     trap user43
;;=
;;= block10:
;;=     call fn7()
;;=     trap user41
;;=
;;= block8:
;;=     v16 = func_addr.i64 fn8
;;=     store notrap aligned v16, v8
;;=     store.i64 notrap aligned v8, v0+56
;;=     v17 = iconst.i64 8
;;=     v18 = uextend.i64 v1
;;=     v19 = iconst.i64 3
;;=     v20 = band v18, v19  ; v19 = 3
;;=     brif v20, block11, block12
;;=
;;= block11 cold:
;;=     call fn9()
;;=     trap user23
;;=
;;= block12:
;;=     v21 = load.i64 notrap aligned v0+136
;;=     v22 = iadd.i64 v18, v17  ; v17 = 8
;;=     v23 = icmp ugt v22, v21
;;=     brif v23, block13, block14
;;=
;;= block13 cold:
;;=     call fn10()
;;=     trap user22
;;=
;;= block14:
;;=     v24 = load.i64 notrap aligned readonly can_move v0+128
;;=     v25 = iadd v24, v18
;;=     v26 = load.i64 notrap aligned v10
;;=     v27 = load.i64 notrap aligned v10+8
;;=     v28 = iconst.i64 0x0fff_ffff
;;=     v29 = icmp ugt v27, v28  ; v28 = 0x0fff_ffff
;;=     brif v29, block15, block16
;;=
;;= block15 cold:
;;=     call fn11()
;;=     trap user28
;;=
;;= block16:
;;=     v30 = call fn12(v26, v27)
;;=     brif v30, block18, block17
;;=
;;= block17 cold:
;;=     call fn13()
;;=     trap user30
;;=
;;= block18:
;;=     v31 = iconst.i32 0
;;=     v32 = iconst.i32 1
;;=     v33 = ireduce.i32 v27
;;=     v34 = iconst.i32 1
;;=     store notrap aligned v34, v0+144  ; v34 = 1
;;=     v35 = call fn14(v0, v31, v31, v32, v33)  ; v31 = 0, v31 = 0, v32 = 1
;;=     v36 = iconst.i32 0
;;=     store notrap aligned v36, v0+144  ; v36 = 0
;;=     v37 = uextend.i64 v35
;;=     v38 = load.i64 notrap aligned v0+136
;;=     v39 = iadd v37, v27
;;=     v40 = icmp ugt v39, v38
;;=     brif v40, block19, block20
;;=
;;= block19 cold:
;;=     call fn15()
;;=     trap user24
;;=
;;= block20:
;;=     v41 = load.i64 notrap aligned readonly can_move v0+128
;;=     v42 = iadd v41, v37
;;=     v43 = call fn16(v42, v26, v27)
;;=     v44 = ireduce.i32 v27
;;=     store.i32 notrap aligned little region0 v35, v25
;;=     store notrap aligned little region0 v44, v25+4
;;=     v45 = iconst.i64 0
;;=     store notrap aligned v45, v0+56  ; v45 = 0
;;=     v46 = load.i64 notrap aligned v8+8
;;=     call fn17(v46)
;;=     v47 = call fn18(v0, v5)
;;=     brif v47, block21, block22
;;=
;;= block21 cold:
;;=     call fn5(v47)
;;=     trap user1
;;=
;;= block22:
;;=     return
;;= }
