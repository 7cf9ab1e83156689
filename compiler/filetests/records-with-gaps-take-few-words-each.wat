;;! clif trampoline 0
(component
  (component $callee
    (core module $m
      (memory (export "memory") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64))
      (func (export "f") (param i32 i32)))
    (core instance $m (instantiate $m))
    (func (export "f") (param "a" (list (tuple u8 u32 f64 s16)))
      (canon lift (core func $m "f") (memory (core memory $m "memory")) (realloc (core func $m "realloc")))))
  (instance $callee (instantiate $callee))
  (core module $libc (memory (export "memory") 1))
  (core instance $libc (instantiate $libc))
  (core func $f (canon lower (func $callee "f") (memory (core memory $libc "memory")))))
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
;;=     sig6 = (i64 vmctx, i32, i32) tail
;;=     fn0 = colocated %trap::ListTooLong sig0
;;=     fn1 = colocated %trap::PointerUnaligned sig1
;;=     fn2 = colocated %trap::ListOutOfBounds sig2
;;=     fn3 = colocated %root/callee:m::func[0] sig3
;;=     fn4 = colocated %trap::ReallocUnaligned sig4
;;=     fn5 = colocated %trap::ReallocListOutOfBounds sig5
;;=     fn6 = colocated %root/callee:m::func[1] sig6
;;=     const0 = 0xffffffffffffffffffffffff000000ff
;;=     const1 = 0x000000000000000000000000ffffff00
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i32, v2: i32):
;;=     v3 = uextend.i64 v1
;;=     v4 = uextend.i64 v2
;;=     v5 = iconst.i64 0x00aa_aaaa
;;=     v6 = icmp ugt v4, v5  ; v5 = 0x00aa_aaaa
;;=     brif v6, block1, block2
;;=
;;= block1 cold:
;;=     call fn0()
;;=     trap user29
;;=
;;= block2:
;;=     v7 = iconst.i64 24
;;=     v8 = imul.i64 v4, v7  ; v7 = 24
;;=     v9 = iconst.i64 7
;;=     v10 = band.i64 v3, v9  ; v9 = 7
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
;;=     v16 = iconst.i64 24
;;=     v17 = imul.i64 v4, v16  ; v16 = 24
;;=     v18 = iconst.i32 0
;;=     v19 = iconst.i32 8
;;=     v20 = ireduce.i32 v17
;;=     v21 = call fn3(v0, v18, v18, v19, v20)  ; v18 = 0, v18 = 0, v19 = 8
;;=     v22 = uextend.i64 v21
;;=     v23 = iconst.i64 7
;;=     v24 = band v22, v23  ; v23 = 7
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
;;=     v36 = load.i8x16 notrap little region0 v31
;;=     v37 = vconst.i8x16 const0
;;=     v38 = band v36, v37  ; v37 = const0
;;=     v39 = vconst.i8x16 const1
;;=     v40 = load.i8x16 notrap little region1 v32
;;=     v41 = band v40, v39  ; v39 = const1
;;=     v42 = bor v38, v41
;;=     store notrap little region1 v42, v32
;;=     v43 = load.i16 notrap little region0 v31+16
;;=     store notrap little region1 v43, v32+16
;;=     v44 = iconst.i64 24
;;=     v45 = iadd v31, v44  ; v44 = 24
;;=     v46 = iconst.i64 24
;;=     v47 = iadd v32, v46  ; v46 = 24
;;=     v48 = icmp ne v45, v30
;;=     brif v48, block11(v45, v47), block12(v45, v47)
;;=
;;= block12(v33: i64, v34: i64):
;;=     v49 = ireduce.i32 v4
;;=     call fn6(v0, v21, v49)
;;=     return
;;= }
