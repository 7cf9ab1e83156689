;;! clif trampoline 0
;; The caller's handle is lent, the callee's is made, both by this function alone; when the callee has returned, it
;; must have dropped its own.
(component
  (component $child
    (type $r' (resource (rep i32)))
    (export $r "r" (type $r')))
  (instance $child (instantiate $child))
  (alias export $child "r" (type $r))
  (component $sibling
    (import "r" (type $r (sub resource)))
    (core module $m (func (export "peek") (param i32)))
    (core instance $m (instantiate $m))
    (func (export "peek") (param "a" (borrow $r)) (canon lift (core func $m "peek"))))
  (instance $sibling (instantiate $sibling (with "r" (type $r))))
  (core func (canon lower (func $sibling "peek"))))
;;= -- clif trampoline 0
;;= function %root->root/sibling::peek(i64 vmctx, i32) tail {
;;=     ss0 = explicit_slot 4, align = 4
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64, i32, i32, i32) -> i32 system_v
;;=     sig1 = (i32) system_v
;;=     sig2 = (i64, i32, i64, i32, i64) -> i32 system_v
;;=     sig3 = () system_v
;;=     sig4 = (i64 vmctx, i32) tail
;;=     sig5 = () system_v
;;=     fn0 = colocated %weldc_rt_handle_trap sig0
;;=     fn1 = colocated %trap sig1
;;=     fn2 = colocated %weldc_rt_handle_new sig2
;;=     fn3 = colocated %trap::HandleTableFull sig3
;;=     fn4 = colocated %root/sibling:m::func[0] sig4
;;=     fn5 = colocated %trap::BorrowsRemain sig5
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i32):
;;=     v39 -> v1
;;=     v2 = iconst.i32 0
;;=     v3 = stack_addr.i64 ss0
;;=     store notrap v2, v3  ; v2 = 0
;;=     v4 = stack_addr.i64 ss0
;;=     v5 = load.i32 notrap aligned v0+144
;;=     v6 = icmp ult v1, v5
;;=     brif v6, block2, block1
;;=
;;= block2:
;;=     v7 = load.i64 notrap aligned v0+136
;;=     v8 = uextend.i64 v1
;;=     v9 = iconst.i64 24
;;=     v10 = imul v8, v9  ; v9 = 24
;;=     v11 = iadd v7, v10
;;=     v12 = load.i32 notrap aligned v11+8
;;=     v13 = iconst.i32 -1
;;=     v14 = iadd v12, v13  ; v13 = -1
;;=     v15 = iconst.i32 1
;;=     v16 = icmp ule v14, v15  ; v15 = 1
;;=     brif v16, block3, block1
;;=
;;= block1 cold:
;;=     v17 = iconst.i32 136
;;=     v18 = iconst.i32 0
;;=     v19 = call fn0(v0, v17, v1, v18)  ; v17 = 136, v18 = 0
;;=     call fn1(v19)
;;=     trap user1
;;=
;;= block3:
;;=     v20 = load.i64 notrap aligned v11
;;=     v21 = load.i32 notrap aligned v11+12
;;=     v22 = iconst.i32 1
;;=     v23 = iadd v21, v22  ; v22 = 1
;;=     store notrap aligned v23, v11+12
;;=     v25 = load.i32 notrap aligned v0+196
;;=     brif v25, block4, block5
;;=
;;= block4:
;;=     v26 = load.i64 notrap aligned v0+184
;;=     v27 = uextend.i64 v25
;;=     v28 = iconst.i64 24
;;=     v29 = imul v27, v28  ; v28 = 24
;;=     v30 = iadd v26, v29
;;=     v31 = load.i32 notrap aligned v30
;;=     store notrap aligned v31, v0+196
;;=     store.i64 notrap aligned v20, v30
;;=     v32 = iconst.i64 2
;;=     store notrap aligned v32, v30+8  ; v32 = 2
;;=     store.i64 notrap aligned v4, v30+16
;;=     jump block6(v25)
;;=
;;= block5 cold:
;;=     v33 = iconst.i32 184
;;=     v34 = iconst.i32 2
;;=     v35 = call fn2(v0, v33, v20, v34, v4)  ; v33 = 184, v34 = 2
;;=     brif v35, block8, block7
;;=
;;= block7 cold:
;;=     call fn3()
;;=     trap user38
;;=
;;= block8:
;;=     jump block6(v35)
;;=
;;= block6(v24: i32):
;;=     v36 = load.i32 notrap aligned v4
;;=     v37 = iconst.i32 1
;;=     v38 = iadd v36, v37  ; v37 = 1
;;=     store notrap aligned v38, v4
;;=     call fn4(v0, v24)
;;=     v40 = load.i64 notrap aligned v0+136
;;=     v41 = uextend.i64 v1
;;=     v42 = iconst.i64 24
;;=     v43 = imul v41, v42  ; v42 = 24
;;=     v44 = iadd v40, v43
;;=     v45 = load.i32 notrap aligned v44+12
;;=     v46 = iconst.i32 -1
;;=     v47 = iadd v45, v46  ; v46 = -1
;;=     store notrap aligned v47, v44+12
;;=     v48 = stack_addr.i64 ss0
;;=     v49 = load.i32 notrap v48
;;=     brif v49, block9, block10
;;=
;;= block9 cold:
;;=     call fn5()
;;=     trap user39
;;=
;;= block10:
;;=     return
;;= }
