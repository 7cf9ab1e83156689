;;! clif trampoline 0
;; One of the two is found by comparing a word; only an owned one ends the resource, only a borrowed one is counted.
(component
  (import "r" (type $r (sub resource)))
  (core func (canon resource.drop $r)))
;;= -- clif trampoline 0
;;= function %root::resource.drop[r](i64 vmctx, i32) tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64, i32, i32, i32) -> i32 system_v
;;=     sig1 = (i32) system_v
;;=     sig2 = (i64, i64) system_v
;;=     fn0 = colocated %weldc_rt_handle_trap sig0
;;=     fn1 = colocated %trap sig1
;;=     fn2 = colocated %test_import_r_drop sig2
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i32):
;;=     v2 = load.i32 notrap aligned v0+144
;;=     v3 = icmp ult v1, v2
;;=     brif v3, block2, block1
;;=
;;= block2:
;;=     v4 = load.i64 notrap aligned v0+136
;;=     v5 = uextend.i64 v1
;;=     v6 = iconst.i64 24
;;=     v7 = imul v5, v6  ; v6 = 24
;;=     v8 = iadd v4, v7
;;=     v9 = load.i64 notrap aligned v8+8
;;=     v10 = iconst.i64 1
;;=     v11 = icmp eq v9, v10  ; v10 = 1
;;=     brif v11, block3, block4
;;=
;;= block4:
;;=     v12 = iconst.i64 2
;;=     v13 = icmp.i64 eq v9, v12  ; v12 = 2
;;=     brif v13, block6, block1
;;=
;;= block1 cold:
;;=     v14 = iconst.i32 136
;;=     v15 = iconst.i32 0
;;=     v16 = call fn0(v0, v14, v1, v15)  ; v14 = 136, v15 = 0
;;=     call fn1(v16)
;;=     trap user1
;;=
;;= block6:
;;=     v17 = load.i64 notrap aligned v8+16
;;=     v18 = load.i32 notrap aligned v17
;;=     v19 = iconst.i32 -1
;;=     v20 = iadd v18, v19  ; v19 = -1
;;=     store notrap aligned v20, v17
;;=     v21 = load.i64 notrap aligned v8
;;=     v22 = load.i32 notrap aligned v0+148
;;=     v23 = uextend.i64 v22
;;=     v24 = iconst.i64 0
;;=     store notrap aligned v23, v8
;;=     store notrap aligned v24, v8+8  ; v24 = 0
;;=     store.i32 notrap aligned v1, v0+148
;;=     jump block5
;;=
;;= block3:
;;=     v25 = load.i64 notrap aligned v8
;;=     v26 = load.i32 notrap aligned v0+148
;;=     v27 = uextend.i64 v26
;;=     v28 = iconst.i64 0
;;=     store notrap aligned v27, v8
;;=     store notrap aligned v28, v8+8  ; v28 = 0
;;=     store.i32 notrap aligned v1, v0+148
;;=     v29 = load.i64 notrap aligned readonly can_move v0+16
;;=     call fn2(v29, v25)
;;=     v30 = load.i32 notrap aligned v0+48
;;=     brif v30, block7, block8
;;=
;;= block7 cold:
;;=     call fn1(v30)
;;=     trap user1
;;=
;;= block8:
;;=     jump block5
;;=
;;= block5:
;;=     return
;;= }
