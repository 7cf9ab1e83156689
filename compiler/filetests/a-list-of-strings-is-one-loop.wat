;;! clif trampoline 0
(component
  (component $callee
    (core module $m
      (memory (export "memory") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64))
      (func (export "f") (param i32 i32)))
    (core instance $m (instantiate $m))
    (func (export "f") (param "a" (list string))
      (canon lift (core func $m "f") (memory (core memory $m "memory")) (realloc (core func $m "realloc"))
        string-encoding=utf8)))
  (instance $callee (instantiate $callee))
  (core module $libc (memory (export "memory") 1))
  (core instance $libc (instantiate $libc))
  (core func $f (canon lower (func $callee "f") (memory (core memory $libc "memory")) string-encoding=utf8)))
;;= -- clif trampoline 0
;;= function %root->root/callee::f(i64 vmctx, i32, i32) tail {
;;=     region0 = 19 "memory"
;;=     region1 = 17 "memory"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     sig1 = () system_v
;;=     sig2 = () system_v
;;=     sig3 = (i64 vmctx, i32, i32, i32, i32) -> i32 tail
;;=     sig4 = () system_v
;;=     sig5 = () system_v
;;=     sig6 = () system_v
;;=     sig7 = () system_v
;;=     sig8 = () system_v
;;=     sig9 = (i64, i64, i64) -> i32 system_v
;;=     sig10 = () system_v
;;=     sig11 = (i64 vmctx, i32, i32) tail
;;=     fn0 = colocated %trap::ListTooLong sig0
;;=     fn1 = colocated %trap::PointerUnaligned sig1
;;=     fn2 = colocated %trap::ListOutOfBounds sig2
;;=     fn3 = colocated %root/callee:m::func[0] sig3
;;=     fn4 = colocated %trap::ReallocUnaligned sig4
;;=     fn5 = colocated %trap::ReallocListOutOfBounds sig5
;;=     fn6 = colocated %trap::StringTooLong sig6
;;=     fn7 = colocated %trap::StringOutOfBounds sig7
;;=     fn8 = colocated %trap::ReallocStringOutOfBounds sig8
;;=     fn9 = colocated %weldc_rt_copy_utf8 sig9
;;=     fn10 = colocated %trap::InvalidUtf8 sig10
;;=     fn11 = colocated %root/callee:m::func[1] sig11
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i32, v2: i32):
;;=     v3 = uextend.i64 v1
;;=     v4 = uextend.i64 v2
;;=     v5 = iconst.i64 0x01ff_ffff
;;=     v6 = icmp ugt v4, v5  ; v5 = 0x01ff_ffff
;;=     brif v6, block1, block2
;;=
;;= block1 cold:
;;=     call fn0()
;;=     trap user29
;;=
;;= block2:
;;=     v7 = iconst.i64 8
;;=     v8 = imul.i64 v4, v7  ; v7 = 8
;;=     v9 = iconst.i64 3
;;=     v10 = band.i64 v3, v9  ; v9 = 3
;;=     brif v10, block3, block4
;;=
;;= block3 cold:
;;=     call fn1()
;;=     trap user23
;;=
;;= block4:
;;=     v11 = iconst.i64 0x0001_0000
;;=     v12 = iadd.i64 v3, v8
;;=     v13 = icmp ugt v12, v11  ; v11 = 0x0001_0000
;;=     brif v13, block5, block6
;;=
;;= block5 cold:
;;=     call fn2()
;;=     trap user27
;;=
;;= block6:
;;=     v14 = load.i64 notrap aligned readonly can_move v0+144
;;=     v15 = iadd v14, v3
;;=     v16 = iconst.i64 8
;;=     v17 = imul.i64 v4, v16  ; v16 = 8
;;=     v18 = iconst.i32 0
;;=     v19 = iconst.i32 4
;;=     v20 = ireduce.i32 v17
;;=     v21 = call fn3(v0, v18, v18, v19, v20)  ; v18 = 0, v18 = 0, v19 = 4
;;=     v22 = uextend.i64 v21
;;=     v23 = iconst.i64 3
;;=     v24 = band v22, v23  ; v23 = 3
;;=     brif v24, block7, block8
;;=
;;= block7 cold:
;;=     call fn4()
;;=     trap user25
;;=
;;= block8:
;;=     v25 = iconst.i64 0x0001_0000
;;=     v26 = iadd.i64 v22, v17
;;=     v27 = icmp ugt v26, v25  ; v25 = 0x0001_0000
;;=     brif v27, block9, block10
;;=
;;= block9 cold:
;;=     call fn5()
;;=     trap user46
;;=
;;= block10:
;;=     v28 = load.i64 notrap aligned readonly can_move v0+128
;;=     v29 = iadd v28, v22
;;=     v30 = iadd.i64 v15, v8
;;=     v35 = icmp.i64 ne v15, v30
;;=     brif v35, block11(v15, v29), block12(v15, v29)
;;=
;;= block11(v31: i64, v32: i64):
;;=     v36 = load.i32 notrap aligned little region0 v31
;;=     v37 = load.i32 notrap aligned little region0 v31+4
;;=     v38 = uextend.i64 v36
;;=     v39 = uextend.i64 v37
;;=     v40 = iconst.i64 0x0fff_ffff
;;=     v41 = icmp ugt v39, v40  ; v40 = 0x0fff_ffff
;;=     brif v41, block13, block14
;;=
;;= block13 cold:
;;=     call fn6()
;;=     trap user28
;;=
;;= block14:
;;=     v42 = iconst.i64 0x0001_0000
;;=     v43 = iadd.i64 v38, v39
;;=     v44 = icmp ugt v43, v42  ; v42 = 0x0001_0000
;;=     brif v44, block15, block16
;;=
;;= block15 cold:
;;=     call fn7()
;;=     trap user26
;;=
;;= block16:
;;=     v45 = load.i64 notrap aligned readonly can_move v0+144
;;=     v46 = iadd v45, v38
;;=     v47 = iconst.i32 0
;;=     v48 = iconst.i32 1
;;=     v49 = ireduce.i32 v39
;;=     v50 = call fn3(v0, v47, v47, v48, v49)  ; v47 = 0, v47 = 0, v48 = 1
;;=     v51 = uextend.i64 v50
;;=     v52 = iconst.i64 0x0001_0000
;;=     v53 = iadd v51, v39
;;=     v54 = icmp ugt v53, v52  ; v52 = 0x0001_0000
;;=     brif v54, block17, block18
;;=
;;= block17 cold:
;;=     call fn8()
;;=     trap user48
;;=
;;= block18:
;;=     v55 = load.i64 notrap aligned readonly can_move v0+128
;;=     v56 = iadd v55, v51
;;=     v57 = call fn9(v46, v39, v56)
;;=     brif v57, block20, block19
;;=
;;= block19 cold:
;;=     call fn10()
;;=     trap user30
;;=
;;= block20:
;;=     v58 = ireduce.i32 v39
;;=     store.i32 notrap aligned little region1 v50, v32
;;=     store notrap aligned little region1 v58, v32+4
;;=     v59 = iconst.i64 8
;;=     v60 = iadd.i64 v31, v59  ; v59 = 8
;;=     v61 = iconst.i64 8
;;=     v62 = iadd.i64 v32, v61  ; v61 = 8
;;=     v63 = icmp ne v60, v30
;;=     brif v63, block11(v60, v62), block12(v60, v62)
;;=
;;= block12(v33: i64, v34: i64):
;;=     v64 = ireduce.i32 v4
;;=     call fn11(v0, v21, v64)
;;=     return
;;= }
