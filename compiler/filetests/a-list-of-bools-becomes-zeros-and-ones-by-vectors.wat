;;! clif trampoline 0
(component
  (component $callee
    (core module $m
      (memory (export "memory") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64))
      (func (export "f") (param i32 i32)))
    (core instance $m (instantiate $m))
    (func (export "f") (param "a" (list bool))
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
;;=     sig2 = (i64 vmctx, i32, i32, i32, i32) -> i32 tail
;;=     sig3 = () system_v
;;=     sig4 = (i64 vmctx, i32, i32) tail
;;=     fn0 = colocated %trap::ListTooLong sig0
;;=     fn1 = colocated %trap::ListOutOfBounds sig1
;;=     fn2 = colocated %root/callee:m::func[0] sig2
;;=     fn3 = colocated %trap::ReallocListOutOfBounds sig3
;;=     fn4 = colocated %root/callee:m::func[1] sig4
;;=     const0 = 0x01010101010101010101010101010101
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i32, v2: i32):
;;=     v3 = uextend.i64 v1
;;=     v4 = uextend.i64 v2
;;=     v5 = iconst.i64 0x0fff_ffff
;;=     v6 = icmp ugt v4, v5  ; v5 = 0x0fff_ffff
;;=     brif v6, block1, block2
;;=
;;= block1 cold:
;;=     call fn0()
;;=     trap user29
;;=
;;= block2:
;;=     v7 = iconst.i64 1
;;=     v8 = imul.i64 v4, v7  ; v7 = 1
;;=     v9 = iconst.i64 0x0001_0000
;;=     v10 = iadd.i64 v3, v8
;;=     v11 = icmp ugt v10, v9  ; v9 = 0x0001_0000
;;=     brif v11, block3, block4
;;=
;;= block3 cold:
;;=     call fn1()
;;=     trap user27
;;=
;;= block4:
;;=     v12 = load.i64 notrap aligned readonly can_move v0+144
;;=     v13 = iadd v12, v3
;;=     v14 = iconst.i64 1
;;=     v15 = imul.i64 v4, v14  ; v14 = 1
;;=     v16 = iconst.i32 0
;;=     v17 = iconst.i32 1
;;=     v18 = ireduce.i32 v15
;;=     v19 = call fn2(v0, v16, v16, v17, v18)  ; v16 = 0, v16 = 0, v17 = 1
;;=     v20 = uextend.i64 v19
;;=     v21 = iconst.i64 0x0001_0000
;;=     v22 = iadd v20, v15
;;=     v23 = icmp ugt v22, v21  ; v21 = 0x0001_0000
;;=     brif v23, block5, block6
;;=
;;= block5 cold:
;;=     call fn3()
;;=     trap user46
;;=
;;= block6:
;;=     v24 = load.i64 notrap aligned readonly can_move v0+128
;;=     v25 = iadd v24, v20
;;=     v26 = vconst.i8x16 const0
;;=     v27 = iconst.i64 15
;;=     v28 = band.i64 v8, v27  ; v27 = 15
;;=     v29 = isub.i64 v8, v28
;;=     v30 = iadd.i64 v13, v29
;;=     v35 = icmp.i64 ne v13, v30
;;=     brif v35, block7(v13, v25), block8(v13, v25)
;;=
;;= block7(v31: i64, v32: i64):
;;=     v36 = load.i8x16 notrap little region0 v31
;;=     v37 = umin v36, v26  ; v26 = const0
;;=     store notrap little region1 v37, v32
;;=     v38 = iconst.i64 16
;;=     v39 = iadd v31, v38  ; v38 = 16
;;=     v40 = iconst.i64 16
;;=     v41 = iadd v32, v40  ; v40 = 16
;;=     v42 = icmp ne v39, v30
;;=     brif v42, block7(v39, v41), block8(v39, v41)
;;=
;;= block8(v33: i64, v34: i64):
;;=     v43 = iadd v33, v28
;;=     v48 = icmp ne v33, v43
;;=     brif v48, block9(v33, v34), block10(v33, v34)
;;=
;;= block9(v44: i64, v45: i64):
;;=     v49 = uload8.i32 notrap aligned little region0 v44
;;=     v50 = iconst.i32 0
;;=     v51 = icmp ne v49, v50  ; v50 = 0
;;=     v52 = uextend.i32 v51
;;=     istore8 notrap aligned little region1 v52, v45
;;=     v53 = iconst.i64 1
;;=     v54 = iadd v44, v53  ; v53 = 1
;;=     v55 = iconst.i64 1
;;=     v56 = iadd v45, v55  ; v55 = 1
;;=     v57 = icmp ne v54, v43
;;=     brif v57, block9(v54, v56), block10(v54, v56)
;;=
;;= block10(v46: i64, v47: i64):
;;=     v58 = ireduce.i32 v4
;;=     call fn4(v0, v19, v58)
;;=     return
;;= }
