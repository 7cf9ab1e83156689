;;! clif trampoline 0
;;! clif trampoline 1
;;! clif params 1
;;! clif result 1
;;! clif enter 1
;; The caller's words go to an array, where a flat result comes back. The runtime calls what lifts the parameters and
;; calls the callee, and when that returns what lifts the result; an asynchronous lower takes the latter in memory.
(component
  (component $C
    (core module $m
      (func (export "f") (param i32 f64) (result i32) (unreachable))
      (func (export "c") (param i32 i32 i32) (result i32) (unreachable)))
    (core instance $m (instantiate $m))
    (func (export "f") async (param "a" u8) (param "b" f64) (result u64)
      (canon lift (core func $m "f") async (callback (core func $m "c")))))
  (instance $c (instantiate $C))
  (core module $libc (memory (export "memory") 1))
  (core instance $libc (instantiate $libc))
  (core func (canon lower (func $c "f")))
  (core func (canon lower (func $c "f") async (memory (core memory $libc "memory")))))
;;= -- clif trampoline 0
;;= function %root->root/C::f(i64 vmctx, i32, f64) -> i64 tail {
;;=     ss0 = explicit_slot 16, align = 8
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64 vmctx, i64, i64) -> i64 tail
;;=     sig1 = (i64, i64, i64) -> i64 system_v
;;=     sig2 = (i32) system_v
;;=     sig3 = (i64, i32, i64) -> i64 system_v
;;=     fn0 = colocated %edge0::params sig0
;;=     fn1 = colocated %weldc_rt_call_finish sig1
;;=     fn2 = colocated %trap sig2
;;=     fn3 = colocated %weldc_rt_call sig3
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i32, v2: f64):
;;=     v3 = stack_addr.i64 ss0
;;=     store notrap v1, v3
;;=     v4 = stack_addr.i64 ss0+8
;;=     store notrap v2, v4
;;=     v5 = stack_addr.i64 ss0
;;=     v7 = load.i32 notrap aligned v0+276
;;=     v8 = load.i32 notrap aligned v0+304
;;=     v9 = bor v7, v8
;;=     v10 = uextend.i64 v9
;;=     v11 = load.i64 notrap aligned v0+296
;;=     v12 = bor v10, v11
;;=     brif v12, block1, block4
;;=
;;= block4:
;;=     v13 = load.i64 notrap aligned v0+400
;;=     v14 = iconst.i64 0
;;=     v15 = icmp eq v13, v14  ; v14 = 0
;;=     brif v15, block1, block5
;;=
;;= block5:
;;=     v16 = iconst.i64 0
;;=     store notrap aligned v16, v0+400  ; v16 = 0
;;=     v17 = iconst.i64 0x0101_0301_0000_0000
;;=     store notrap aligned v17, v13  ; v17 = 0x0101_0301_0000_0000
;;=     store.i64 notrap aligned v5, v13+48
;;=     v18 = load.i64 notrap aligned v0+80
;;=     v19 = iconst.i64 72
;;=     v20 = iadd.i64 v13, v19  ; v19 = 72
;;=     store notrap aligned v20, v0+80
;;=     store notrap aligned v20, v0+296
;;=     v21 = call fn0(v0, v13, v5)
;;=     store notrap aligned v18, v0+80
;;=     v22 = load.i64 notrap aligned v13
;;=     v23 = iconst.i64 0x0102_0304_0000_0000
;;=     v24 = bxor v22, v23  ; v23 = 0x0102_0304_0000_0000
;;=     v25 = bor v24, v21
;;=     v26 = load.i64 notrap aligned v0+312
;;=     v27 = bor v25, v26
;;=     v28 = load.i32 notrap aligned v0+304
;;=     v29 = uextend.i64 v28
;;=     v30 = bor v27, v29
;;=     brif v30, block2, block6
;;=
;;= block6:
;;=     v31 = iconst.i64 0
;;=     store notrap aligned v31, v0+296  ; v31 = 0
;;=     store notrap aligned v31, v13  ; v31 = 0
;;=     store.i64 notrap aligned v13, v0+400
;;=     v32 = iconst.i32 0
;;=     jump block3(v32)  ; v32 = 0
;;=
;;= block2 cold:
;;=     v33 = call fn1(v0, v13, v21)
;;=     v34 = iconst.i64 32
;;=     v35 = ushr v33, v34  ; v34 = 32
;;=     v36 = ireduce.i32 v35
;;=     brif v36, block7, block8
;;=
;;= block7 cold:
;;=     call fn2(v36)
;;=     trap user1
;;=
;;= block8:
;;=     v37 = ireduce.i32 v33
;;=     jump block3(v37)
;;=
;;= block1 cold:
;;=     v38 = iconst.i32 0
;;=     v39 = call fn3(v0, v38, v5)  ; v38 = 0
;;=     v40 = iconst.i64 32
;;=     v41 = ushr v39, v40  ; v40 = 32
;;=     v42 = ireduce.i32 v41
;;=     brif v42, block9, block10
;;=
;;= block9 cold:
;;=     call fn2(v42)
;;=     trap user1
;;=
;;= block10:
;;=     v43 = ireduce.i32 v39
;;=     jump block3(v43)
;;=
;;= block3(v6: i32):
;;=     v44 = load.i64 notrap aligned v5
;;=     return v44
;;= }
;;= -- clif trampoline 1
;;= function %root->root/C::f(i64 vmctx, i32, f64, i32) -> i32 tail {
;;=     ss0 = explicit_slot 24, align = 8
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64 vmctx, i64, i64) -> i64 tail
;;=     sig1 = (i64, i64, i64) -> i64 system_v
;;=     sig2 = (i32) system_v
;;=     sig3 = (i64, i32, i64) -> i64 system_v
;;=     fn0 = colocated %edge1::params sig0
;;=     fn1 = colocated %weldc_rt_call_finish sig1
;;=     fn2 = colocated %trap sig2
;;=     fn3 = colocated %weldc_rt_call sig3
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i32, v2: f64, v3: i32):
;;=     v4 = stack_addr.i64 ss0
;;=     store notrap v1, v4
;;=     v5 = stack_addr.i64 ss0+8
;;=     store notrap v2, v5
;;=     v6 = stack_addr.i64 ss0+16
;;=     store notrap v3, v6
;;=     v7 = stack_addr.i64 ss0
;;=     v9 = load.i32 notrap aligned v0+276
;;=     v10 = load.i32 notrap aligned v0+304
;;=     v11 = bor v9, v10
;;=     v12 = uextend.i64 v11
;;=     v13 = load.i64 notrap aligned v0+296
;;=     v14 = bor v12, v13
;;=     brif v14, block1, block4
;;=
;;= block4:
;;=     v15 = load.i64 notrap aligned v0+408
;;=     v16 = iconst.i64 0
;;=     v17 = icmp eq v15, v16  ; v16 = 0
;;=     brif v17, block1, block5
;;=
;;= block5:
;;=     v18 = iconst.i64 0
;;=     store notrap aligned v18, v0+408  ; v18 = 0
;;=     v19 = iconst.i64 0x0101_0301_0000_0000
;;=     store notrap aligned v19, v15  ; v19 = 0x0101_0301_0000_0000
;;=     store.i64 notrap aligned v7, v15+48
;;=     v20 = load.i64 notrap aligned v0+80
;;=     v21 = iconst.i64 72
;;=     v22 = iadd.i64 v15, v21  ; v21 = 72
;;=     store notrap aligned v22, v0+80
;;=     store notrap aligned v22, v0+296
;;=     v23 = call fn0(v0, v15, v7)
;;=     store notrap aligned v20, v0+80
;;=     v24 = load.i64 notrap aligned v15
;;=     v25 = iconst.i64 0x0102_0304_0000_0000
;;=     v26 = bxor v24, v25  ; v25 = 0x0102_0304_0000_0000
;;=     v27 = bor v26, v23
;;=     v28 = load.i64 notrap aligned v0+312
;;=     v29 = bor v27, v28
;;=     v30 = load.i32 notrap aligned v0+304
;;=     v31 = uextend.i64 v30
;;=     v32 = bor v29, v31
;;=     brif v32, block2, block6
;;=
;;= block6:
;;=     v33 = iconst.i64 0
;;=     store notrap aligned v33, v0+296  ; v33 = 0
;;=     store notrap aligned v33, v15  ; v33 = 0
;;=     store.i64 notrap aligned v15, v0+408
;;=     v34 = iconst.i32 2
;;=     jump block3(v34)  ; v34 = 2
;;=
;;= block2 cold:
;;=     v35 = call fn1(v0, v15, v23)
;;=     v36 = iconst.i64 32
;;=     v37 = ushr v35, v36  ; v36 = 32
;;=     v38 = ireduce.i32 v37
;;=     brif v38, block7, block8
;;=
;;= block7 cold:
;;=     call fn2(v38)
;;=     trap user1
;;=
;;= block8:
;;=     v39 = ireduce.i32 v35
;;=     jump block3(v39)
;;=
;;= block1 cold:
;;=     v40 = iconst.i32 1
;;=     v41 = call fn3(v0, v40, v7)  ; v40 = 1
;;=     v42 = iconst.i64 32
;;=     v43 = ushr v41, v42  ; v42 = 32
;;=     v44 = ireduce.i32 v43
;;=     brif v44, block9, block10
;;=
;;= block9 cold:
;;=     call fn2(v44)
;;=     trap user1
;;=
;;= block10:
;;=     v45 = ireduce.i32 v41
;;=     jump block3(v45)
;;=
;;= block3(v8: i32):
;;=     return v8
;;= }
;;= -- clif params 1
;;= function %edge1::params(i64 vmctx, i64, i64) -> i64 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64 vmctx, i32, f64) -> i32 tail
;;=     fn0 = colocated %root/C:m::func[0] sig0
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i64, v2: i64):
;;=     v3 = load.i32 notrap aligned v2
;;=     v4 = load.f64 notrap aligned v2+8
;;=     v5 = load.i32 notrap aligned v2+16
;;=     v6 = iconst.i32 255
;;=     v7 = band v3, v6  ; v6 = 255
;;=     v8 = call fn0(v0, v7, v4)
;;=     v9 = uextend.i64 v8
;;=     return v9
;;= }
;;= -- clif result 1
;;= function %edge1::result(i64 vmctx, i64, i64, i64) tail {
;;=     region0 = 17 "memory"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     sig1 = () system_v
;;=     fn0 = colocated %trap::PointerUnaligned sig0
;;=     fn1 = colocated %trap::PointerOutOfBounds sig1
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i64, v2: i64, v3: i64):
;;=     v4 = load.i32 notrap aligned v2
;;=     v5 = load.f64 notrap aligned v2+8
;;=     v6 = load.i32 notrap aligned v2+16
;;=     v7 = load.i64 notrap aligned v3
;;=     v8 = iconst.i64 8
;;=     v9 = uextend.i64 v6
;;=     v10 = iconst.i64 7
;;=     v11 = band v9, v10  ; v10 = 7
;;=     brif v11, block1, block2
;;=
;;= block1 cold:
;;=     call fn0()
;;=     trap user23
;;=
;;= block2:
;;=     v12 = iconst.i64 0x0001_0000
;;=     v13 = iadd.i64 v9, v8  ; v8 = 8
;;=     v14 = icmp ugt v13, v12  ; v12 = 0x0001_0000
;;=     brif v14, block3, block4
;;=
;;= block3 cold:
;;=     call fn1()
;;=     trap user22
;;=
;;= block4:
;;=     v15 = load.i64 notrap aligned readonly can_move v0+128
;;=     v16 = iadd v15, v9
;;=     store.i64 notrap aligned little region0 v7, v16
;;=     return
;;= }
;;= -- clif enter 1
;;= function %enter[edge1](i64, i64, i64) -> i64 system_v {
;;=     ss0 = explicit_slot 8, align = 8, key = 1
;;=     sig0 = (i64 vmctx, i64, i64) -> i64 tail
;;=     fn0 = colocated %edge1::params sig0
;;=
;;= block0(v0: i64, v1: i64, v2: i64):
;;=     v3 = stack_addr.i64 ss0
;;=     store notrap v0, v3
;;=     v4 = load.i64 notrap aligned v0+8
;;=     v5 = get_stack_pointer.i64
;;=     v6 = load.i64 notrap aligned v0
;;=     brif v6, block1, block2
;;=
;;= block1:
;;=     v7 = isub.i64 v5, v6
;;=     v8 = iadd v7, v4
;;=     v9 = iadd.i64 v4, v4
;;=     v10 = icmp ugt v8, v9
;;=     brif v10, block2, block3
;;=
;;= block2:
;;=     v11 = isub.i64 v5, v4
;;=     store notrap aligned v11, v0
;;=     jump block3
;;=
;;= block3:
;;=     try_call fn0(v0, v1, v2), sig0, block4(ret0), [ default: block5(exn0) ]
;;=
;;= block4(v13: i64):
;;=     v14 = stack_addr.i64 ss0
;;=     v15 = load.i64 notrap v14
;;=     v16 = iconst.i64 0
;;=     brif.i64 v6, block6, block7
;;=
;;= block6:
;;=     store.i64 notrap aligned v6, v15
;;=     jump block8
;;=
;;= block7:
;;=     store.i64 notrap aligned v16, v15  ; v16 = 0
;;=     jump block8
;;=
;;= block8:
;;=     return v13
;;=
;;= block5(v12: i64) cold:
;;=     v17 = stack_addr.i64 ss0
;;=     v18 = load.i64 notrap v17
;;=     v19 = iconst.i64 0
;;=     brif.i64 v6, block9, block10
;;=
;;= block9:
;;=     store.i64 notrap aligned v6, v18
;;=     jump block11
;;=
;;= block10:
;;=     store.i64 notrap aligned v19, v18  ; v19 = 0
;;=     jump block11
;;=
;;= block11:
;;=     v20 = ireduce.i32 v12
;;=     v21 = uextend.i64 v20
;;=     v22 = iconst.i64 32
;;=     v23 = ishl v21, v22  ; v22 = 32
;;=     return v23
;;= }
