;;! clif trampoline 0
(component
  (component $callee
    (core module $m
      (memory (export "memory") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64))
      (func (export "f") (param i32 i32)))
    (core instance $m (instantiate $m))
    (func (export "f") (param "a" string)
      (canon lift (core func $m "f") (memory (core memory $m "memory")) (realloc (core func $m "realloc"))
        string-encoding=utf8)))
  (instance $callee (instantiate $callee))
  (core module $libc (memory (export "memory") 1))
  (core instance $libc (instantiate $libc))
  (core func $f (canon lower (func $callee "f") (memory (core memory $libc "memory")) string-encoding=utf16)))
;;= -- clif trampoline 0
;;= function %root->root/callee::f(i64 vmctx, i32, i32) tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     sig1 = () system_v
;;=     sig2 = () system_v
;;=     sig3 = (i64 vmctx, i32, i32, i32, i32) -> i32 tail
;;=     sig4 = () system_v
;;=     sig5 = (i64, i64, i64) -> i64 system_v
;;=     sig6 = (i64, i64, i64) -> i64 system_v
;;=     sig7 = () system_v
;;=     sig8 = (i64 vmctx, i32, i32) tail
;;=     fn0 = colocated %trap::StringTooLong sig0
;;=     fn1 = colocated %trap::PointerUnaligned sig1
;;=     fn2 = colocated %trap::StringOutOfBounds sig2
;;=     fn3 = colocated %root/callee:m::func[0] sig3
;;=     fn4 = colocated %trap::ReallocStringOutOfBounds sig4
;;=     fn5 = colocated %weldc_rt_utf16_to_ascii sig5
;;=     fn6 = colocated %weldc_rt_utf16_to_utf8 sig6
;;=     fn7 = colocated %trap::InvalidUtf16 sig7
;;=     fn8 = colocated %root/callee:m::func[1] sig8
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i32, v2: i32):
;;=     v3 = uextend.i64 v1
;;=     v4 = uextend.i64 v2
;;=     v5 = iconst.i64 0x07ff_ffff
;;=     v6 = icmp ugt v4, v5  ; v5 = 0x07ff_ffff
;;=     brif v6, block1, block2
;;=
;;= block1 cold:
;;=     call fn0()
;;=     trap user28
;;=
;;= block2:
;;=     v7 = iconst.i64 2
;;=     v8 = imul.i64 v4, v7  ; v7 = 2
;;=     v9 = iconst.i64 1
;;=     v10 = band.i64 v3, v9  ; v9 = 1
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
;;=     trap user26
;;=
;;= block6:
;;=     v14 = load.i64 notrap aligned readonly can_move v0+144
;;=     v15 = iadd v14, v3
;;=     v16 = iconst.i32 0
;;=     v17 = iconst.i32 1
;;=     v18 = ireduce.i32 v4
;;=     v19 = call fn3(v0, v16, v16, v17, v18)  ; v16 = 0, v16 = 0, v17 = 1
;;=     v20 = uextend.i64 v19
;;=     v21 = iconst.i64 0x0001_0000
;;=     v22 = iadd v20, v4
;;=     v23 = icmp ugt v22, v21  ; v21 = 0x0001_0000
;;=     brif v23, block7, block8
;;=
;;= block7 cold:
;;=     call fn4()
;;=     trap user48
;;=
;;= block8:
;;=     v24 = load.i64 notrap aligned readonly can_move v0+128
;;=     v25 = iadd v24, v20
;;=     v26 = call fn5(v15, v4, v25)
;;=     v27 = icmp eq v26, v4
;;=     brif v27, block9, block10
;;=
;;= block9:
;;=     v30 = ireduce.i32 v4
;;=     jump block11(v19, v30)
;;=
;;= block10:
;;=     v31 = iconst.i64 3
;;=     v32 = imul.i64 v4, v31  ; v31 = 3
;;=     v33 = ireduce.i32 v4
;;=     v34 = iconst.i32 1
;;=     v35 = ireduce.i32 v32
;;=     v36 = call fn3(v0, v19, v33, v34, v35)  ; v34 = 1
;;=     v37 = uextend.i64 v36
;;=     v38 = iconst.i64 0x0001_0000
;;=     v39 = iadd v37, v32
;;=     v40 = icmp ugt v39, v38  ; v38 = 0x0001_0000
;;=     brif v40, block12, block13
;;=
;;= block12 cold:
;;=     call fn4()
;;=     trap user48
;;=
;;= block13:
;;=     v41 = load.i64 notrap aligned readonly can_move v0+128
;;=     v42 = iadd v41, v37
;;=     v43 = iconst.i64 2
;;=     v44 = imul.i64 v26, v43  ; v43 = 2
;;=     v45 = iadd.i64 v15, v44
;;=     v46 = isub.i64 v4, v26
;;=     v47 = iadd v42, v26
;;=     v48 = call fn6(v45, v46, v47)
;;=     v49 = iconst.i64 -1
;;=     v50 = icmp eq v48, v49  ; v49 = -1
;;=     brif v50, block14, block15
;;=
;;= block14 cold:
;;=     call fn7()
;;=     trap user31
;;=
;;= block15:
;;=     v51 = iadd.i64 v26, v48
;;=     v52 = icmp.i64 eq v32, v51
;;=     brif v52, block16, block17
;;=
;;= block16:
;;=     jump block18(v36, v42)
;;=
;;= block17:
;;=     v55 = ireduce.i32 v32
;;=     v56 = iconst.i32 1
;;=     v57 = ireduce.i32 v51
;;=     v58 = call fn3(v0, v36, v55, v56, v57)  ; v56 = 1
;;=     v59 = uextend.i64 v58
;;=     v60 = iconst.i64 0x0001_0000
;;=     v61 = iadd v59, v51
;;=     v62 = icmp ugt v61, v60  ; v60 = 0x0001_0000
;;=     brif v62, block19, block20
;;=
;;= block19 cold:
;;=     call fn4()
;;=     trap user48
;;=
;;= block20:
;;=     v63 = load.i64 notrap aligned readonly can_move v0+128
;;=     v64 = iadd v63, v59
;;=     jump block18(v58, v64)
;;=
;;= block18(v53: i32, v54: i64):
;;=     v65 = ireduce.i32 v51
;;=     jump block11(v53, v65)
;;=
;;= block11(v28: i32, v29: i32):
;;=     call fn8(v0, v28, v29)
;;=     return
;;= }
