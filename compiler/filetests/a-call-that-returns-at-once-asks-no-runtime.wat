;;! clif trampoline 0
;;! clif trampoline 1
;;! clif trampoline 2
;;! clif entry f
;; The trampoline sees that the instance can be entered, takes the spare record, and calls the callee on its own stack;
;; `task.return` finds there what lowers the result. If the task has returned then, the record is spare again. The host's
;; entry does the same. Everything else is the runtime's.
(component
  (component $C
    (core func $return (canon task.return (result u32)))
    (core instance $i (export "return" (func $return)))
    (core module $m
      (import "i" "return" (func $return (param i32)))
      (func (export "f") (param i32) (result i32) (call $return (local.get 0)) (i32.const 0))
      (func (export "c") (param i32 i32 i32) (result i32) (unreachable)))
    (core instance $m (instantiate $m (with "i" (instance $i))))
    (func (export "f") async (param "a" u32) (result u32)
      (canon lift (core func $m "f") async (callback (core func $m "c")))))
  (instance $c (instantiate $C))
  (core module $libc (memory (export "memory") 1))
  (core instance $libc (instantiate $libc))
  (core func (canon lower (func $c "f") async (memory (core memory $libc "memory"))))
  (import "host" (func $host async (result u32)))
  (core func (canon lower (func $host) async (memory (core memory $libc "memory"))))
  (export "f" (func $c "f")))
;;= -- clif trampoline 0
;;= function %root/C::task.return(i64 vmctx, i32) tail {
;;=     ss0 = explicit_slot 8, align = 8
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64 vmctx, i64, i64, i64) tail
;;=     sig1 = (i64, i32, i64) -> i32 system_v
;;=     sig2 = (i32) system_v
;;=     fn0 = colocated %weldc_rt_task_return sig1
;;=     fn1 = colocated %trap sig2
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i32):
;;=     v2 = stack_addr.i64 ss0
;;=     store notrap v1, v2
;;=     v3 = stack_addr.i64 ss0
;;=     v4 = load.i64 notrap aligned v0+80
;;=     v5 = iconst.i64 0
;;=     v6 = icmp eq v4, v5  ; v5 = 0
;;=     brif v6, block1, block3
;;=
;;= block3:
;;=     v7 = load.i64 notrap aligned v4+16
;;=     v8 = iconst.i64 0
;;=     v9 = icmp eq v7, v8  ; v8 = 0
;;=     brif v9, block1, block4
;;=
;;= block4:
;;=     v10 = load.i32 notrap aligned v7+64
;;=     v11 = iconst.i32 1
;;=     v12 = icmp ne v10, v11  ; v11 = 1
;;=     brif v12, block1, block5
;;=
;;= block5:
;;=     v13 = load.i64 notrap aligned v7
;;=     v14 = iconst.i64 0x0101_0301_0000_0000
;;=     v15 = icmp ne v13, v14  ; v14 = 0x0101_0301_0000_0000
;;=     brif v15, block1, block6
;;=
;;= block6:
;;=     v16 = load.i64 notrap aligned v7+56
;;=     v17 = load.i64 notrap aligned v7+48
;;=     call_indirect sig0, v16(v0, v7, v17, v3)
;;=     v18 = iconst.i64 0x0102_0304_0000_0000
;;=     store notrap aligned v18, v7  ; v18 = 0x0102_0304_0000_0000
;;=     jump block2
;;=
;;= block1 cold:
;;=     v19 = iconst.i32 1
;;=     v20 = call fn0(v0, v19, v3)  ; v19 = 1
;;=     brif v20, block7, block8
;;=
;;= block7 cold:
;;=     call fn1(v20)
;;=     trap user1
;;=
;;= block8:
;;=     jump block2
;;=
;;= block2:
;;=     return
;;= }
;;= -- clif trampoline 1
;;= function %root->root/C::f(i64 vmctx, i32, i32) -> i32 tail {
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
;;= block0(v0: i64, v1: i32, v2: i32):
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
;;=     v32 = iconst.i32 2
;;=     jump block3(v32)  ; v32 = 2
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
;;=     return v6
;;= }
;;= -- clif trampoline 2
;;= function %root->host::host(i64 vmctx, i32) -> i32 tail {
;;=     ss0 = explicit_slot 8, align = 8
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
;;= block0(v0: i64, v1: i32):
;;=     v2 = stack_addr.i64 ss0
;;=     store notrap v1, v2
;;=     v3 = stack_addr.i64 ss0
;;=     v5 = load.i64 notrap aligned v0+408
;;=     v6 = iconst.i64 0
;;=     v7 = icmp eq v5, v6  ; v6 = 0
;;=     brif v7, block1, block4
;;=
;;= block4:
;;=     v8 = iconst.i64 0
;;=     store notrap aligned v8, v0+408  ; v8 = 0
;;=     v9 = iconst.i64 0x0101_0301_0000_0000
;;=     store notrap aligned v9, v5  ; v9 = 0x0101_0301_0000_0000
;;=     store.i64 notrap aligned v3, v5+48
;;=     v10 = call fn0(v0, v5, v3)
;;=     brif v10, block2, block5
;;=
;;= block5:
;;=     v11 = iconst.i64 0
;;=     store notrap aligned v11, v5  ; v11 = 0
;;=     store.i64 notrap aligned v5, v0+408
;;=     v12 = iconst.i32 2
;;=     jump block3(v12)  ; v12 = 2
;;=
;;= block2 cold:
;;=     v13 = call fn1(v0, v5, v10)
;;=     v14 = iconst.i64 32
;;=     v15 = ushr v13, v14  ; v14 = 32
;;=     v16 = ireduce.i32 v15
;;=     brif v16, block6, block7
;;=
;;= block6 cold:
;;=     call fn2(v16)
;;=     trap user1
;;=
;;= block7:
;;=     v17 = ireduce.i32 v13
;;=     jump block3(v17)
;;=
;;= block1 cold:
;;=     v18 = iconst.i32 1
;;=     v19 = call fn3(v0, v18, v3)  ; v18 = 1
;;=     v20 = iconst.i64 32
;;=     v21 = ushr v19, v20  ; v20 = 32
;;=     v22 = ireduce.i32 v21
;;=     brif v22, block8, block9
;;=
;;= block8 cold:
;;=     call fn2(v22)
;;=     trap user1
;;=
;;= block9:
;;=     v23 = ireduce.i32 v19
;;=     jump block3(v23)
;;=
;;= block3(v4: i32):
;;=     return v4
;;= }
;;= -- clif entry f
;;= function %test_f(i64, i32, i64) -> i32 system_v {
;;=     ss0 = explicit_slot 16, align = 8
;;=     ss1 = explicit_slot 8, align = 8, key = 1
;;=     sig0 = (i64 vmctx, i64, i64) -> i64 tail
;;=     sig1 = (i64, i64, i64, i64) -> i32 system_v
;;=     sig2 = (i64, i32, i64, i64) -> i32 system_v
;;=     fn0 = colocated %edge2::params sig0
;;=     fn1 = colocated %weldc_rt_call_export_finish sig1
;;=     fn2 = colocated %weldc_rt_call_export sig2
;;=
;;= block0(v0: i64, v1: i32, v2: i64):
;;=     v3 = load.i32 notrap aligned v0+48
;;=     brif v3, block1, block2
;;=
;;= block1 cold:
;;=     v4 = iconst.i32 21
;;=     return v4  ; v4 = 21
;;=
;;= block2:
;;=     v5 = stack_addr.i64 ss0
;;=     store.i32 notrap v1, v5
;;=     v6 = stack_addr.i64 ss0+8
;;=     store.i64 notrap v2, v6
;;=     v7 = stack_addr.i64 ss0
;;=     v8 = iconst.i64 0
;;=     v9 = load.i32 notrap aligned v0+276
;;=     v10 = load.i32 notrap aligned v0+304
;;=     v11 = bor v9, v10
;;=     v12 = uextend.i64 v11
;;=     v13 = load.i64 notrap aligned v0+296
;;=     v14 = bor v12, v13
;;=     brif v14, block3, block4
;;=
;;= block4:
;;=     v15 = load.i64 notrap aligned v0+416
;;=     v16 = iconst.i64 0
;;=     v17 = icmp eq v15, v16  ; v16 = 0
;;=     brif v17, block3, block5
;;=
;;= block5:
;;=     v18 = iconst.i64 0
;;=     store notrap aligned v18, v0+416  ; v18 = 0
;;=     v19 = iconst.i64 0x0101_0301_0000_0000
;;=     store notrap aligned v19, v15  ; v19 = 0x0101_0301_0000_0000
;;=     store.i64 notrap aligned v7, v15+48
;;=     v20 = load.i64 notrap aligned v0+80
;;=     v21 = iconst.i64 72
;;=     v22 = iadd.i64 v15, v21  ; v21 = 72
;;=     store notrap aligned v22, v0+80
;;=     store notrap aligned v22, v0+296
;;=     v23 = stack_addr.i64 ss1
;;=     store.i64 notrap v0, v23
;;=     v24 = load.i64 notrap aligned v0+8
;;=     v25 = get_stack_pointer.i64
;;=     v26 = load.i64 notrap aligned v0
;;=     brif v26, block6, block7
;;=
;;= block6:
;;=     v27 = isub.i64 v25, v26
;;=     v28 = iadd v27, v24
;;=     v29 = iadd.i64 v24, v24
;;=     v30 = icmp ugt v28, v29
;;=     brif v30, block7, block8
;;=
;;= block7:
;;=     v31 = isub.i64 v25, v24
;;=     store notrap aligned v31, v0
;;=     jump block8
;;=
;;= block8:
;;=     try_call fn0(v0, v15, v7), sig0, block9(ret0), [ default: block10(exn0) ]
;;=
;;= block9(v33: i64):
;;=     v34 = stack_addr.i64 ss1
;;=     v35 = load.i64 notrap v34
;;=     v36 = iconst.i64 0
;;=     brif.i64 v26, block11, block12
;;=
;;= block11:
;;=     store.i64 notrap aligned v26, v35
;;=     jump block13
;;=
;;= block12:
;;=     store.i64 notrap aligned v36, v35  ; v36 = 0
;;=     jump block13
;;=
;;= block13:
;;=     store.i64 notrap aligned v20, v35+80
;;=     v37 = load.i64 notrap aligned v15
;;=     v38 = iconst.i64 0x0102_0304_0000_0000
;;=     v39 = bxor v37, v38  ; v38 = 0x0102_0304_0000_0000
;;=     v40 = bor v39, v33
;;=     v41 = load.i64 notrap aligned v35+312
;;=     v42 = bor v40, v41
;;=     v43 = load.i32 notrap aligned v35+304
;;=     v44 = uextend.i64 v43
;;=     v45 = bor v42, v44
;;=     brif v45, block14, block15
;;=
;;= block15:
;;=     v46 = iconst.i64 0
;;=     store notrap aligned v46, v35+296  ; v46 = 0
;;=     store notrap aligned v46, v15  ; v46 = 0
;;=     store.i64 notrap aligned v15, v35+416
;;=     v47 = iconst.i32 0
;;=     return v47  ; v47 = 0
;;=
;;= block14 cold:
;;=     v48 = call fn1(v35, v15, v33, v8)  ; v8 = 0
;;=     return v48
;;=
;;= block10(v32: i64) cold:
;;=     v49 = stack_addr.i64 ss1
;;=     v50 = load.i64 notrap v49
;;=     v51 = iconst.i64 0
;;=     brif.i64 v26, block16, block17
;;=
;;= block16:
;;=     store.i64 notrap aligned v26, v50
;;=     jump block18
;;=
;;= block17:
;;=     store.i64 notrap aligned v51, v50  ; v51 = 0
;;=     jump block18
;;=
;;= block18:
;;=     v52 = ireduce.i32 v32
;;=     v53 = uextend.i64 v52
;;=     v54 = iconst.i64 32
;;=     v55 = ishl v53, v54  ; v54 = 32
;;=     v56 = call fn1(v50, v15, v55, v8)  ; v8 = 0
;;=     return v56
;;=
;;= block3 cold:
;;=     v57 = iconst.i32 2
;;=     v58 = call fn2(v0, v57, v7, v8)  ; v57 = 2, v8 = 0
;;=     return v58
;;= }
