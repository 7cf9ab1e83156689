;;! clif export look
(component
  (core module $m (func (export "look") (param i32) (result i32) (local.get 0)))
  (core instance $m (instantiate $m))
  (type $r' (resource (rep i32)))
  (export $r "r" (type $r'))
  (func (export "look") (param "self" (borrow $r)) (result u32)
    (canon lift (core func $m "look"))))
;;= -- clif export look
;;= function %export[look](i64 vmctx, i64, i64) tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     sig1 = (i64, i32, i32, i32) -> i32 system_v
;;=     sig2 = (i32) system_v
;;=     sig3 = (i64 vmctx, i32) -> i32 tail
;;=     fn0 = colocated %trap::UnknownHandle sig0
;;=     fn1 = colocated %weldc_rt_handle_trap sig1
;;=     fn2 = colocated %trap sig2
;;=     fn3 = colocated %root:m::func[0] sig3
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i64, v2: i64):
;;=     v3 = iconst.i64 0xffff_ffff
;;=     v4 = icmp ugt v1, v3  ; v3 = 0xffff_ffff
;;=     brif v4, block1, block2
;;=
;;= block1 cold:
;;=     call fn0()
;;=     trap user34
;;=
;;= block2:
;;=     v5 = ireduce.i32 v1
;;=     v6 = load.i32 notrap aligned v0+72
;;=     v7 = icmp ult v5, v6
;;=     brif v7, block4, block3
;;=
;;= block4:
;;=     v8 = load.i64 notrap aligned v0+64
;;=     v9 = uextend.i64 v5
;;=     v10 = iconst.i64 24
;;=     v11 = imul v9, v10  ; v10 = 24
;;=     v12 = iadd v8, v11
;;=     v13 = load.i32 notrap aligned v12+8
;;=     v14 = iconst.i32 -1
;;=     v15 = iadd v13, v14  ; v14 = -1
;;=     v16 = iconst.i32 1
;;=     v17 = icmp ule v15, v16  ; v16 = 1
;;=     brif v17, block5, block3
;;=
;;= block3 cold:
;;=     v18 = iconst.i32 64
;;=     v19 = iconst.i32 0
;;=     v20 = call fn1(v0, v18, v5, v19)  ; v18 = 64, v19 = 0
;;=     call fn2(v20)
;;=     trap user1
;;=
;;= block5:
;;=     v21 = load.i64 notrap aligned v12
;;=     v22 = ireduce.i32 v21
;;=     v23 = call fn3(v0, v22)
;;=     store notrap aligned v23, v2
;;=     return
;;= }
