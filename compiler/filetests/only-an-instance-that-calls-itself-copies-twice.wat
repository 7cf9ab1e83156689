;;! clif trampoline 0
;;! clif trampoline 1
(component
  (component $other
    (core module $m
      (memory (export "memory") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64))
      (func (export "f") (param i32 i32)))
    (core instance $m (instantiate $m))
    (func (export "f") (param "a" (list u8))
      (canon lift (core func $m "f") (memory (core memory $m "memory")) (realloc (core func $m "realloc")))))
  (instance $other (instantiate $other))
  (core module $m
    (memory (export "memory") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64))
    (func (export "f") (param i32 i32)))
  (core instance $m (instantiate $m))
  (func $self (param "a" (list u8))
    (canon lift (core func $m "f") (memory (core memory $m "memory")) (realloc (core func $m "realloc"))))
  (core func $to-self (canon lower (func $self) (memory (core memory $m "memory"))))
  (core func $to-other (canon lower (func $other "f") (memory (core memory $m "memory")))))
;;= -- clif trampoline 0
;;= function %root->root::f(i64 vmctx, i32, i32) tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     sig1 = (i64, i64) -> i64 system_v
;;=     sig2 = (i64, i64, i64) -> i64 system_v
;;=     sig3 = () system_v
;;=     sig4 = () system_v
;;=     sig5 = () system_v
;;=     sig6 = (i64, i64, i64) -> i64 system_v
;;=     sig7 = (i64 vmctx, i32, i32, i32, i32) -> i32 tail
;;=     sig8 = () system_v
;;=     sig9 = (i64 vmctx, i32, i32) tail
;;=     sig10 = (i64, i64) -> i32 system_v
;;=     sig11 = (i32) system_v
;;=     fn0 = colocated %trap::CannotLeave sig0
;;=     fn1 = colocated %weldc_rt_scope_enter sig1
;;=     fn2 = colocated %weldc_rt_scope_alloc sig2
;;=     fn3 = colocated %trap::OutOfMemory sig3
;;=     fn4 = colocated %trap::ListTooLong sig4
;;=     fn5 = colocated %trap::ListOutOfBounds sig5
;;=     fn6 = colocated %memmove sig6
;;=     fn7 = colocated %root:m::func[0] sig7
;;=     fn8 = colocated %trap::ReallocListOutOfBounds sig8
;;=     fn9 = colocated %root:m::func[1] sig9
;;=     fn10 = colocated %weldc_rt_scope_exit sig10
;;=     fn11 = colocated %trap sig11
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i32, v2: i32):
;;=     v3 = load.i32 notrap aligned v0+160
;;=     v4 = iconst.i32 1
;;=     v5 = band v3, v4  ; v4 = 1
;;=     brif v5, block1, block2
;;=
;;= block1 cold:
;;=     call fn0()
;;=     trap user20
;;=
;;= block2:
;;=     v6 = iconst.i64 0
;;=     v7 = call fn1(v0, v6)  ; v6 = 0
;;=     v8 = iconst.i64 16
;;=     v9 = iconst.i64 8
;;=     v10 = call fn2(v0, v8, v9)  ; v8 = 16, v9 = 8
;;=     brif v10, block4, block3
;;=
;;= block3 cold:
;;=     call fn3()
;;=     trap user40
;;=
;;= block4:
;;=     v11 = uextend.i64 v1
;;=     v12 = uextend.i64 v2
;;=     v13 = iconst.i64 0x0fff_ffff
;;=     v14 = icmp ugt v12, v13  ; v13 = 0x0fff_ffff
;;=     brif v14, block5, block6
;;=
;;= block5 cold:
;;=     call fn4()
;;=     trap user29
;;=
;;= block6:
;;=     v15 = iconst.i64 1
;;=     v16 = imul.i64 v12, v15  ; v15 = 1
;;=     v17 = iconst.i64 0x0001_0000
;;=     v18 = iadd.i64 v11, v16
;;=     v19 = icmp ugt v18, v17  ; v17 = 0x0001_0000
;;=     brif v19, block7, block8
;;=
;;= block7 cold:
;;=     call fn5()
;;=     trap user27
;;=
;;= block8:
;;=     v20 = load.i64 notrap aligned readonly can_move v0+144
;;=     v21 = iadd v20, v11
;;=     v22 = iconst.i64 1
;;=     v23 = imul.i64 v12, v22  ; v22 = 1
;;=     v24 = iconst.i64 1
;;=     v25 = call fn2(v0, v23, v24)  ; v24 = 1
;;=     brif v25, block10, block9
;;=
;;= block9 cold:
;;=     call fn3()
;;=     trap user40
;;=
;;= block10:
;;=     v26 = call fn6(v25, v21, v16)
;;=     store.i64 notrap aligned v25, v10
;;=     store.i64 notrap aligned v12, v10+8
;;=     v27 = load.i64 notrap aligned v10
;;=     v28 = load.i64 notrap aligned v10+8
;;=     v29 = iconst.i64 1
;;=     v30 = imul v28, v29  ; v29 = 1
;;=     v31 = iconst.i64 1
;;=     v32 = imul v28, v31  ; v31 = 1
;;=     v33 = iconst.i32 0
;;=     v34 = iconst.i32 1
;;=     v35 = ireduce.i32 v32
;;=     v36 = iconst.i32 1
;;=     store notrap aligned v36, v0+160  ; v36 = 1
;;=     v37 = call fn7(v0, v33, v33, v34, v35)  ; v33 = 0, v33 = 0, v34 = 1
;;=     v38 = iconst.i32 0
;;=     store notrap aligned v38, v0+160  ; v38 = 0
;;=     v39 = uextend.i64 v37
;;=     v40 = iconst.i64 0x0001_0000
;;=     v41 = iadd v39, v32
;;=     v42 = icmp ugt v41, v40  ; v40 = 0x0001_0000
;;=     brif v42, block11, block12
;;=
;;= block11 cold:
;;=     call fn8()
;;=     trap user46
;;=
;;= block12:
;;=     v43 = load.i64 notrap aligned readonly can_move v0+144
;;=     v44 = iadd v43, v39
;;=     v45 = call fn6(v44, v27, v30)
;;=     v46 = ireduce.i32 v28
;;=     call fn9(v0, v37, v46)
;;=     v47 = call fn10(v0, v7)
;;=     brif v47, block13, block14
;;=
;;= block13 cold:
;;=     call fn11(v47)
;;=     trap user1
;;=
;;= block14:
;;=     return
;;= }
;;= -- clif trampoline 1
;;= function %root->root/other::f(i64 vmctx, i32, i32) tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     sig1 = () system_v
;;=     sig2 = () system_v
;;=     sig3 = (i64 vmctx, i32, i32, i32, i32) -> i32 tail
;;=     sig4 = () system_v
;;=     sig5 = (i64, i64, i64) -> i64 system_v
;;=     sig6 = (i64 vmctx, i32, i32) tail
;;=     fn0 = colocated %trap::CannotLeave sig0
;;=     fn1 = colocated %trap::ListTooLong sig1
;;=     fn2 = colocated %trap::ListOutOfBounds sig2
;;=     fn3 = colocated %root/other:m::func[0] sig3
;;=     fn4 = colocated %trap::ReallocListOutOfBounds sig4
;;=     fn5 = colocated %memmove sig5
;;=     fn6 = colocated %root/other:m::func[1] sig6
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i32, v2: i32):
;;=     v3 = load.i32 notrap aligned v0+160
;;=     v4 = iconst.i32 1
;;=     v5 = band v3, v4  ; v4 = 1
;;=     brif v5, block1, block2
;;=
;;= block1 cold:
;;=     call fn0()
;;=     trap user20
;;=
;;= block2:
;;=     v6 = uextend.i64 v1
;;=     v7 = uextend.i64 v2
;;=     v8 = iconst.i64 0x0fff_ffff
;;=     v9 = icmp ugt v7, v8  ; v8 = 0x0fff_ffff
;;=     brif v9, block3, block4
;;=
;;= block3 cold:
;;=     call fn1()
;;=     trap user29
;;=
;;= block4:
;;=     v10 = iconst.i64 1
;;=     v11 = imul.i64 v7, v10  ; v10 = 1
;;=     v12 = iconst.i64 0x0001_0000
;;=     v13 = iadd.i64 v6, v11
;;=     v14 = icmp ugt v13, v12  ; v12 = 0x0001_0000
;;=     brif v14, block5, block6
;;=
;;= block5 cold:
;;=     call fn2()
;;=     trap user27
;;=
;;= block6:
;;=     v15 = load.i64 notrap aligned readonly can_move v0+144
;;=     v16 = iadd v15, v6
;;=     v17 = iconst.i64 1
;;=     v18 = imul.i64 v7, v17  ; v17 = 1
;;=     v19 = iconst.i32 0
;;=     v20 = iconst.i32 1
;;=     v21 = ireduce.i32 v18
;;=     v22 = call fn3(v0, v19, v19, v20, v21)  ; v19 = 0, v19 = 0, v20 = 1
;;=     v23 = uextend.i64 v22
;;=     v24 = iconst.i64 0x0001_0000
;;=     v25 = iadd v23, v18
;;=     v26 = icmp ugt v25, v24  ; v24 = 0x0001_0000
;;=     brif v26, block7, block8
;;=
;;= block7 cold:
;;=     call fn4()
;;=     trap user46
;;=
;;= block8:
;;=     v27 = load.i64 notrap aligned readonly can_move v0+128
;;=     v28 = iadd v27, v23
;;=     v29 = call fn5(v28, v16, v11)
;;=     v30 = ireduce.i32 v7
;;=     call fn6(v0, v22, v30)
;;=     return
;;= }
