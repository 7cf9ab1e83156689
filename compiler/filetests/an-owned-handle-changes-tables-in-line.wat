;;! clif trampoline 0
;; The owner's entry is freed and the caller's is made without a call, unless the table must grow or the handle is
;; not what it should be.
(component
  (component $child
    (core module $m (func (export "make") (result i32) (unreachable)))
    (core instance $m (instantiate $m))
    (type $r' (resource (rep i32)))
    (export $r "r" (type $r'))
    (func (export "make") (result (own $r)) (canon lift (core func $m "make"))))
  (instance $child (instantiate $child))
  (core func (canon lower (func $child "make"))))
;;= -- clif trampoline 0
;;= function %root->root/child::make(i64 vmctx) -> i32 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64 vmctx) -> i32 tail
;;=     sig1 = (i64, i32, i32, i32) -> i32 system_v
;;=     sig2 = (i32) system_v
;;=     sig3 = (i64, i32, i64, i32, i64) -> i32 system_v
;;=     sig4 = () system_v
;;=     fn0 = colocated %root/child:m::func[0] sig0
;;=     fn1 = colocated %weldc_rt_handle_trap sig1
;;=     fn2 = colocated %trap sig2
;;=     fn3 = colocated %weldc_rt_handle_new sig3
;;=     fn4 = colocated %trap::HandleTableFull sig4
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64):
;;=     v1 = call fn0(v0)
;;=     v2 = load.i32 notrap aligned v0+168
;;=     v3 = icmp ult v1, v2
;;=     brif v3, block2, block1
;;=
;;= block2:
;;=     v4 = load.i64 notrap aligned v0+160
;;=     v5 = uextend.i64 v1
;;=     v6 = iconst.i64 24
;;=     v7 = imul v5, v6  ; v6 = 24
;;=     v8 = iadd v4, v7
;;=     v9 = load.i64 notrap aligned v8+8
;;=     v10 = iconst.i64 1
;;=     v11 = icmp eq v9, v10  ; v10 = 1
;;=     brif v11, block3, block1
;;=
;;= block1 cold:
;;=     v12 = iconst.i32 160
;;=     v13 = iconst.i32 0
;;=     v14 = call fn1(v0, v12, v1, v13)  ; v12 = 160, v13 = 0
;;=     call fn2(v14)
;;=     trap user1
;;=
;;= block3:
;;=     v15 = load.i64 notrap aligned v8
;;=     v16 = load.i32 notrap aligned v0+172
;;=     v17 = uextend.i64 v16
;;=     v18 = iconst.i64 0
;;=     store notrap aligned v17, v8
;;=     store notrap aligned v18, v8+8  ; v18 = 0
;;=     store.i32 notrap aligned v1, v0+172
;;=     v20 = load.i32 notrap aligned v0+148
;;=     brif v20, block4, block5
;;=
;;= block4:
;;=     v21 = load.i64 notrap aligned v0+136
;;=     v22 = uextend.i64 v20
;;=     v23 = iconst.i64 24
;;=     v24 = imul v22, v23  ; v23 = 24
;;=     v25 = iadd v21, v24
;;=     v26 = load.i32 notrap aligned v25
;;=     store notrap aligned v26, v0+148
;;=     store.i64 notrap aligned v15, v25
;;=     v27 = iconst.i64 1
;;=     store notrap aligned v27, v25+8  ; v27 = 1
;;=     jump block6(v20)
;;=
;;= block5 cold:
;;=     v28 = iconst.i32 136
;;=     v29 = iconst.i32 1
;;=     v30 = iconst.i64 0
;;=     v31 = call fn3(v0, v28, v15, v29, v30)  ; v28 = 136, v29 = 1, v30 = 0
;;=     brif v31, block8, block7
;;=
;;= block7 cold:
;;=     call fn4()
;;=     trap user38
;;=
;;= block8:
;;=     jump block6(v31)
;;=
;;= block6(v19: i32):
;;=     return v19
;;= }
