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
        string-encoding=utf16)))
  (instance $callee (instantiate $callee))
  (core module $libc (memory (export "memory") 1))
  (core instance $libc (instantiate $libc))
  (core func $f (canon lower (func $callee "f") (memory (core memory $libc "memory")) string-encoding=utf8)))
;;= -- clif trampoline 0
;;= function %root->root/callee::f(i64 vmctx, i32, i32) tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     sig1 = () system_v
;;=     sig2 = (i64 vmctx, i32, i32, i32, i32) -> i32 tail
;;=     sig3 = () system_v
;;=     sig4 = () system_v
;;=     sig5 = (i64, i64, i64) -> i64 system_v
;;=     sig6 = () system_v
;;=     sig7 = (i64 vmctx, i32, i32) tail
;;=     fn0 = colocated %trap::StringTooLong sig0
;;=     fn1 = colocated %trap::StringOutOfBounds sig1
;;=     fn2 = colocated %root/callee:m::func[0] sig2
;;=     fn3 = colocated %trap::ReallocUnaligned sig3
;;=     fn4 = colocated %trap::ReallocStringOutOfBounds sig4
;;=     fn5 = colocated %weldc_rt_utf8_to_utf16 sig5
;;=     fn6 = colocated %trap::InvalidUtf8 sig6
;;=     fn7 = colocated %root/callee:m::func[1] sig7
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
;;=     trap user28
;;=
;;= block2:
;;=     v7 = iconst.i64 0x0001_0000
;;=     v8 = iadd.i64 v3, v4
;;=     v9 = icmp ugt v8, v7  ; v7 = 0x0001_0000
;;=     brif v9, block3, block4
;;=
;;= block3 cold:
;;=     call fn1()
;;=     trap user26
;;=
;;= block4:
;;=     v10 = load.i64 notrap aligned readonly can_move v0+144
;;=     v11 = iadd v10, v3
;;=     v12 = iconst.i64 2
;;=     v13 = imul.i64 v4, v12  ; v12 = 2
;;=     v14 = iconst.i32 0
;;=     v15 = iconst.i32 2
;;=     v16 = ireduce.i32 v13
;;=     v17 = call fn2(v0, v14, v14, v15, v16)  ; v14 = 0, v14 = 0, v15 = 2
;;=     v18 = uextend.i64 v17
;;=     v19 = iconst.i64 1
;;=     v20 = band v18, v19  ; v19 = 1
;;=     brif v20, block5, block6
;;=
;;= block5 cold:
;;=     call fn3()
;;=     trap user25
;;=
;;= block6:
;;=     v21 = iconst.i64 0x0001_0000
;;=     v22 = iadd.i64 v18, v13
;;=     v23 = icmp ugt v22, v21  ; v21 = 0x0001_0000
;;=     brif v23, block7, block8
;;=
;;= block7 cold:
;;=     call fn4()
;;=     trap user48
;;=
;;= block8:
;;=     v24 = load.i64 notrap aligned readonly can_move v0+128
;;=     v25 = iadd v24, v18
;;=     v26 = call fn5(v11, v4, v25)
;;=     v27 = iconst.i64 -1
;;=     v28 = icmp eq v26, v27  ; v27 = -1
;;=     brif v28, block9, block10
;;=
;;= block9 cold:
;;=     call fn6()
;;=     trap user30
;;=
;;= block10:
;;=     v29 = iconst.i64 2
;;=     v30 = imul.i64 v26, v29  ; v29 = 2
;;=     v31 = icmp.i64 eq v13, v30
;;=     brif v31, block11, block12
;;=
;;= block11:
;;=     jump block13(v17, v25)
;;=
;;= block12:
;;=     v34 = ireduce.i32 v13
;;=     v35 = iconst.i32 2
;;=     v36 = ireduce.i32 v30
;;=     v37 = call fn2(v0, v17, v34, v35, v36)  ; v35 = 2
;;=     v38 = uextend.i64 v37
;;=     v39 = iconst.i64 1
;;=     v40 = band v38, v39  ; v39 = 1
;;=     brif v40, block14, block15
;;=
;;= block14 cold:
;;=     call fn3()
;;=     trap user25
;;=
;;= block15:
;;=     v41 = iconst.i64 0x0001_0000
;;=     v42 = iadd.i64 v38, v30
;;=     v43 = icmp ugt v42, v41  ; v41 = 0x0001_0000
;;=     brif v43, block16, block17
;;=
;;= block16 cold:
;;=     call fn4()
;;=     trap user48
;;=
;;= block17:
;;=     v44 = load.i64 notrap aligned readonly can_move v0+128
;;=     v45 = iadd v44, v38
;;=     jump block13(v37, v45)
;;=
;;= block13(v32: i32, v33: i64):
;;=     v46 = ireduce.i32 v26
;;=     call fn7(v0, v32, v46)
;;=     return
;;= }
