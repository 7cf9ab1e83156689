;;! clif elements 0
(component
  (type $s (stream string))
  (core module $libc (memory (export "memory") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (unreachable)))
  (core instance $libc (instantiate $libc))
  (core func (canon stream.read $s async
    (memory (core memory $libc "memory")) (realloc (core func $libc "realloc")))))
;;= -- clif elements 0
;;= function %copy0::elements(i64 vmctx, i64, i64, i64) tail {
;;=     region0 = 17 "memory"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64, i64) -> i64 system_v
;;=     sig1 = (i64, i64, i64) -> i64 system_v
;;=     sig2 = () system_v
;;=     sig3 = (i64, i64) system_v
;;=     sig4 = () system_v
;;=     sig5 = (i64 vmctx, i32, i32, i32, i32) -> i32 tail
;;=     sig6 = () system_v
;;=     sig7 = (i64, i64, i64) -> i32 system_v
;;=     sig8 = () system_v
;;=     sig9 = (i64, i64) -> i32 system_v
;;=     sig10 = (i32) system_v
;;=     fn0 = colocated %weldc_rt_scope_enter sig0
;;=     fn1 = colocated %weldc_rt_scope_alloc sig1
;;=     fn2 = colocated %trap::OutOfMemory sig2
;;=     fn3 = colocated %release[copy0] sig3
;;=     fn4 = colocated %trap::StringTooLong sig4
;;=     fn5 = colocated %root:libc::func[0] sig5
;;=     fn6 = colocated %trap::ReallocStringOutOfBounds sig6
;;=     fn7 = colocated %weldc_rt_copy_utf8 sig7
;;=     fn8 = colocated %trap::InvalidUtf8 sig8
;;=     fn9 = colocated %weldc_rt_scope_exit sig9
;;=     fn10 = colocated %trap sig10
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i64, v2: i64, v3: i64):
;;=     v4 = iconst.i64 0
;;=     v5 = call fn0(v0, v4)  ; v4 = 0
;;=     v6 = iconst.i64 24
;;=     v7 = iconst.i64 8
;;=     v8 = call fn1(v0, v6, v7)  ; v6 = 24, v7 = 8
;;=     brif v8, block2, block1
;;=
;;= block1 cold:
;;=     call fn2()
;;=     trap user40
;;=
;;= block2:
;;=     store.i64 notrap aligned v3, v8+8
;;=     store.i64 notrap aligned v2, v8+16
;;=     v9 = func_addr.i64 fn3
;;=     store notrap aligned v9, v8
;;=     store.i64 notrap aligned v8, v0+120
;;=     v10 = iconst.i64 16
;;=     v11 = imul.i64 v2, v10  ; v10 = 16
;;=     v12 = iadd.i64 v3, v11
;;=     v17 = icmp.i64 ne v3, v12
;;=     brif v17, block3(v3, v1), block4(v3, v1)
;;=
;;= block3(v13: i64, v14: i64):
;;=     v18 = load.i64 notrap aligned v13
;;=     v19 = load.i64 notrap aligned v13+8
;;=     v20 = iconst.i64 0x0fff_ffff
;;=     v21 = icmp ugt v19, v20  ; v20 = 0x0fff_ffff
;;=     brif v21, block5, block6
;;=
;;= block5 cold:
;;=     call fn4()
;;=     trap user28
;;=
;;= block6:
;;=     v22 = iconst.i32 0
;;=     v23 = iconst.i32 1
;;=     v24 = ireduce.i32 v19
;;=     v25 = iconst.i32 1
;;=     store notrap aligned v25, v0+144  ; v25 = 1
;;=     v26 = call fn5(v0, v22, v22, v23, v24)  ; v22 = 0, v22 = 0, v23 = 1
;;=     v27 = iconst.i32 0
;;=     store notrap aligned v27, v0+144  ; v27 = 0
;;=     v28 = uextend.i64 v26
;;=     v29 = iconst.i64 0x0001_0000
;;=     v30 = iadd v28, v19
;;=     v31 = icmp ugt v30, v29  ; v29 = 0x0001_0000
;;=     brif v31, block7, block8
;;=
;;= block7 cold:
;;=     call fn6()
;;=     trap user48
;;=
;;= block8:
;;=     v32 = load.i64 notrap aligned readonly can_move v0+128
;;=     v33 = iadd v32, v28
;;=     v34 = call fn7(v18, v19, v33)
;;=     brif v34, block10, block9
;;=
;;= block9 cold:
;;=     call fn8()
;;=     trap user30
;;=
;;= block10:
;;=     v35 = ireduce.i32 v19
;;=     store.i32 notrap aligned little region0 v26, v14
;;=     store notrap aligned little region0 v35, v14+4
;;=     v36 = iconst.i64 16
;;=     v37 = iadd.i64 v13, v36  ; v36 = 16
;;=     v38 = iconst.i64 8
;;=     v39 = iadd.i64 v14, v38  ; v38 = 8
;;=     v40 = icmp ne v37, v12
;;=     brif v40, block3(v37, v39), block4(v37, v39)
;;=
;;= block4(v15: i64, v16: i64):
;;=     v41 = iconst.i64 0
;;=     store notrap aligned v41, v0+120  ; v41 = 0
;;=     v42 = iconst.i64 8
;;=     v43 = iadd.i64 v8, v42  ; v42 = 8
;;=     call fn3(v0, v43)
;;=     v44 = call fn9(v0, v5)
;;=     brif v44, block11, block12
;;=
;;= block11 cold:
;;=     call fn10(v44)
;;=     trap user1
;;=
;;= block12:
;;=     return
;;= }
