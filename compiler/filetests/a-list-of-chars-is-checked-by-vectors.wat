;;! clif trampoline 0
(component
  (component $callee
    (core module $m
      (memory (export "memory") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64))
      (func (export "f") (param i32 i32)))
    (core instance $m (instantiate $m))
    (func (export "f") (param "a" (list char))
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
;;=     sig7 = (i64 vmctx, i32, i32) tail
;;=     fn0 = colocated %trap::ListTooLong sig0
;;=     fn1 = colocated %trap::PointerUnaligned sig1
;;=     fn2 = colocated %trap::ListOutOfBounds sig2
;;=     fn3 = colocated %root/callee:m::func[0] sig3
;;=     fn4 = colocated %trap::ReallocUnaligned sig4
;;=     fn5 = colocated %trap::ReallocListOutOfBounds sig5
;;=     fn6 = colocated %trap::InvalidChar sig6
;;=     fn7 = colocated %root/callee:m::func[1] sig7
;;=     const0 = 0x0010ffff0010ffff0010ffff0010ffff
;;=     const1 = 0xfffff800fffff800fffff800fffff800
;;=     const2 = 0x0000d8000000d8000000d8000000d800
;;=     const3 = 0x00000000000000000000000000000000
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i32, v2: i32):
;;=     v3 = uextend.i64 v1
;;=     v4 = uextend.i64 v2
;;=     v5 = iconst.i64 0x03ff_ffff
;;=     v6 = icmp ugt v4, v5  ; v5 = 0x03ff_ffff
;;=     brif v6, block1, block2
;;=
;;= block1 cold:
;;=     call fn0()
;;=     trap user29
;;=
;;= block2:
;;=     v7 = iconst.i64 4
;;=     v8 = imul.i64 v4, v7  ; v7 = 4
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
;;=     v16 = iconst.i64 4
;;=     v17 = imul.i64 v4, v16  ; v16 = 4
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
;;=     v30 = vconst.i32x4 const0
;;=     v31 = vconst.i32x4 const1
;;=     v32 = vconst.i32x4 const2
;;=     v33 = iconst.i64 15
;;=     v34 = band.i64 v8, v33  ; v33 = 15
;;=     v35 = isub.i64 v8, v34
;;=     v36 = iadd.i64 v15, v35
;;=     v37 = vconst.i32x4 const3
;;=     v44 = icmp.i64 ne v15, v36
;;=     brif v44, block11(v15, v29, v37), block12(v15, v29, v37)  ; v37 = const3, v37 = const3
;;=
;;= block11(v38: i64, v39: i64, v40: i32x4):
;;=     v45 = load.i32x4 notrap little region0 v38
;;=     v46 = icmp ugt v45, v30  ; v30 = const0
;;=     v47 = band v45, v31  ; v31 = const1
;;=     v48 = icmp eq v47, v32  ; v32 = const2
;;=     v49 = bor v46, v48
;;=     store notrap little region1 v45, v39
;;=     v50 = bor v40, v49
;;=     v51 = iconst.i64 16
;;=     v52 = iadd v38, v51  ; v51 = 16
;;=     v53 = iconst.i64 16
;;=     v54 = iadd v39, v53  ; v53 = 16
;;=     v55 = icmp ne v52, v36
;;=     brif v55, block11(v52, v54, v50), block12(v52, v54, v50)
;;=
;;= block12(v41: i64, v42: i64, v43: i32x4):
;;=     v56 = vany_true v43
;;=     brif v56, block13, block14
;;=
;;= block13 cold:
;;=     call fn6()
;;=     trap user32
;;=
;;= block14:
;;=     v57 = iadd.i64 v41, v34
;;=     v62 = icmp.i64 ne v41, v57
;;=     brif v62, block15(v41, v42), block16(v41, v42)
;;=
;;= block15(v58: i64, v59: i64):
;;=     v63 = load.i32 notrap aligned little region0 v58
;;=     v64 = iconst.i32 0x0011_0000
;;=     v65 = icmp uge v63, v64  ; v64 = 0x0011_0000
;;=     v66 = iconst.i32 -55296
;;=     v67 = iadd v63, v66  ; v66 = -55296
;;=     v68 = iconst.i32 2048
;;=     v69 = icmp ult v67, v68  ; v68 = 2048
;;=     v70 = bor v65, v69
;;=     brif v70, block17, block18
;;=
;;= block17 cold:
;;=     call fn6()
;;=     trap user32
;;=
;;= block18:
;;=     store.i32 notrap aligned little region1 v63, v59
;;=     v71 = iconst.i64 4
;;=     v72 = iadd.i64 v58, v71  ; v71 = 4
;;=     v73 = iconst.i64 4
;;=     v74 = iadd.i64 v59, v73  ; v73 = 4
;;=     v75 = icmp ne v72, v57
;;=     brif v75, block15(v72, v74), block16(v72, v74)
;;=
;;= block16(v60: i64, v61: i64):
;;=     v76 = ireduce.i32 v4
;;=     call fn7(v0, v21, v76)
;;=     return
;;= }
