;;! clif trampoline 0
;;! clif trampoline 1
;;! clif trampoline 2
;;! clif trampoline 3
(component
  (type $s (stream u8))
  (core module $memory
    (memory (export "m") 1)
    (table (export "t") 1 funcref))
  (core instance $memory (instantiate $memory))
  (alias core export $memory "m" (core memory $memory))
  (alias core export $memory "t" (core table $t))
  (core type $start (func (param i32)))
  (core func (canon waitable-set.wait (memory $memory)))
  (core func (canon stream.read $s async (memory $memory)))
  (core func (canon thread.new-indirect $start (core table $t)))
  (type $r (tuple u32 f64))
  (core func (canon task.return (result $r))))
;;= -- clif trampoline 0
;;= function %root::waitable-set.wait(i64 vmctx, i32, i32) -> i32 tail {
;;=     ss0 = explicit_slot 8, align = 4
;;=     region0 = 17 "memory"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64, i32, i32, i64) -> i64 system_v
;;=     sig1 = (i32) system_v
;;=     sig2 = () system_v
;;=     sig3 = () system_v
;;=     fn0 = colocated %weldc_rt_waitable_set_wait sig0
;;=     fn1 = colocated %trap sig1
;;=     fn2 = colocated %trap::PointerUnaligned sig2
;;=     fn3 = colocated %trap::PointerOutOfBounds sig3
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i32, v2: i32):
;;=     v3 = stack_addr.i64 ss0
;;=     v4 = iconst.i32 152
;;=     v5 = call fn0(v0, v4, v1, v3)  ; v4 = 152
;;=     v6 = iconst.i64 32
;;=     v7 = ushr v5, v6  ; v6 = 32
;;=     v8 = ireduce.i32 v7
;;=     brif v8, block1, block2
;;=
;;= block1 cold:
;;=     call fn1(v8)
;;=     trap user1
;;=
;;= block2:
;;=     v9 = ireduce.i32 v5
;;=     v10 = iconst.i64 8
;;=     v11 = uextend.i64 v2
;;=     v12 = iconst.i64 3
;;=     v13 = band v11, v12  ; v12 = 3
;;=     brif v13, block3, block4
;;=
;;= block3 cold:
;;=     call fn2()
;;=     trap user23
;;=
;;= block4:
;;=     v14 = iconst.i64 0x0001_0000
;;=     v15 = iadd.i64 v11, v10  ; v10 = 8
;;=     v16 = icmp ugt v15, v14  ; v14 = 0x0001_0000
;;=     brif v16, block5, block6
;;=
;;= block5 cold:
;;=     call fn3()
;;=     trap user22
;;=
;;= block6:
;;=     v17 = load.i64 notrap aligned readonly can_move v0+128
;;=     v18 = iadd v17, v11
;;=     v19 = load.i32 notrap aligned v3
;;=     store notrap aligned little region0 v19, v18
;;=     v20 = load.i32 notrap aligned v3+4
;;=     store notrap aligned little region0 v20, v18+4
;;=     return v9
;;= }
;;= -- clif trampoline 1
;;= function %root::stream.read(i64 vmctx, i32, i32, i32) -> i32 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64, i32, i32, i64, i64) -> i64 system_v
;;=     sig1 = (i32) system_v
;;=     fn0 = colocated %weldc_rt_copy sig0
;;=     fn1 = colocated %trap sig1
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i32, v2: i32, v3: i32):
;;=     v4 = iconst.i32 0
;;=     v5 = uextend.i64 v2
;;=     v6 = uextend.i64 v3
;;=     v7 = call fn0(v0, v4, v1, v5, v6)  ; v4 = 0
;;=     v8 = iconst.i64 32
;;=     v9 = ushr v7, v8  ; v8 = 32
;;=     v10 = ireduce.i32 v9
;;=     brif v10, block1, block2
;;=
;;= block1 cold:
;;=     call fn1(v10)
;;=     trap user1
;;=
;;= block2:
;;=     v11 = ireduce.i32 v7
;;=     return v11
;;= }
;;= -- clif trampoline 2
;;= function %root::thread.new-indirect(i64 vmctx, i32, i32) -> i32 tail {
;;=     region0 = 18 "table"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     gv2 = symbol colocated userextname3
;;=     sig0 = () system_v
;;=     sig1 = () system_v
;;=     sig2 = () system_v
;;=     sig3 = (i64, i64, i64, i32) -> i32 system_v
;;=     sig4 = (i32) system_v
;;=     fn0 = colocated %trap::UndefinedElement sig0
;;=     fn1 = colocated %trap::UninitializedElement sig1
;;=     fn2 = colocated %trap::IndirectCallTypeMismatch sig2
;;=     fn3 = colocated %weldc_rt_thread_new sig3
;;=     fn4 = colocated %trap sig4
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i32, v2: i32):
;;=     v3 = uextend.i64 v1
;;=     v4 = iconst.i64 1
;;=     v5 = icmp uge v3, v4  ; v4 = 1
;;=     brif v5, block1, block2
;;=
;;= block1 cold:
;;=     call fn0()
;;=     trap user7
;;=
;;= block2:
;;=     v6 = iconst.i64 3
;;=     v7 = ishl.i64 v3, v6  ; v6 = 3
;;=     v8 = iconst.i64 288
;;=     v9 = iadd.i64 v0, v8  ; v8 = 288
;;=     v10 = iadd v9, v7
;;=     v11 = load.i64 notrap aligned region0 v10
;;=     brif v11, block4, block3
;;=
;;= block3 cold:
;;=     call fn1()
;;=     trap user8
;;=
;;= block4:
;;=     v12 = iconst.i64 32
;;=     v13 = ushr.i64 v11, v12  ; v12 = 32
;;=     v14 = iconst.i64 3
;;=     v15 = icmp eq v13, v14  ; v14 = 3
;;=     brif v15, block6, block5
;;=
;;= block5 cold:
;;=     call fn2()
;;=     trap user9
;;=
;;= block6:
;;=     v16 = ireduce.i32 v11
;;=     v17 = uextend.i64 v16
;;=     v18 = symbol_value.i64 gv2
;;=     v19 = iadd v18, v17
;;=     v20 = uextend.i64 v2
;;=     v21 = iconst.i32 0
;;=     v22 = call fn3(v0, v19, v20, v21)  ; v21 = 0
;;=     brif v22, block8, block7
;;=
;;= block7 cold:
;;=     v23 = iconst.i32 92
;;=     call fn4(v23)  ; v23 = 92
;;=     trap user1
;;=
;;= block8:
;;=     return v22
;;= }
;;= -- clif trampoline 3
;;= function %root::task.return(i64 vmctx, i32, f64) tail {
;;=     ss0 = explicit_slot 16, align = 8
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64 vmctx, i64, i64, i64) tail
;;=     sig1 = (i64, i32, i64) -> i32 system_v
;;=     sig2 = (i32) system_v
;;=     fn0 = colocated %weldc_rt_task_return sig1
;;=     fn1 = colocated %trap sig2
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i32, v2: f64):
;;=     v3 = stack_addr.i64 ss0
;;=     store notrap v1, v3
;;=     v4 = stack_addr.i64 ss0+8
;;=     store notrap v2, v4
;;=     v5 = stack_addr.i64 ss0
;;=     v6 = load.i64 notrap aligned v0+80
;;=     v7 = iconst.i64 0
;;=     v8 = icmp eq v6, v7  ; v7 = 0
;;=     brif v8, block1, block3
;;=
;;= block3:
;;=     v9 = load.i64 notrap aligned v6+16
;;=     v10 = iconst.i64 0
;;=     v11 = icmp eq v9, v10  ; v10 = 0
;;=     brif v11, block1, block4
;;=
;;= block4:
;;=     v12 = load.i32 notrap aligned v9+64
;;=     v13 = iconst.i32 1
;;=     v14 = icmp ne v12, v13  ; v13 = 1
;;=     brif v14, block1, block5
;;=
;;= block5:
;;=     v15 = load.i64 notrap aligned v9
;;=     v16 = iconst.i64 0x0101_0301_0000_0000
;;=     v17 = icmp ne v15, v16  ; v16 = 0x0101_0301_0000_0000
;;=     brif v17, block1, block6
;;=
;;= block6:
;;=     v18 = load.i64 notrap aligned v9+56
;;=     v19 = load.i64 notrap aligned v9+48
;;=     call_indirect sig0, v18(v0, v9, v19, v5)
;;=     v20 = iconst.i64 0x0102_0304_0000_0000
;;=     store notrap aligned v20, v9  ; v20 = 0x0102_0304_0000_0000
;;=     jump block2
;;=
;;= block1 cold:
;;=     v21 = iconst.i32 1
;;=     v22 = call fn0(v0, v21, v5)  ; v21 = 1
;;=     brif v22, block7, block8
;;=
;;= block7 cold:
;;=     call fn1(v22)
;;=     trap user1
;;=
;;= block8:
;;=     jump block2
;;=
;;= block2:
;;=     return
;;= }
