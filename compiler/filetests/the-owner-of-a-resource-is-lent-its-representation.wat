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
;;=     sig1 = (i64, i32, i32, i32) -> i64 system_v
;;=     sig2 = (i32) system_v
;;=     sig3 = (i64 vmctx, i32) -> i32 tail
;;=     fn0 = colocated %trap::UnknownHandle sig0
;;=     fn1 = colocated %weldc_rt_handle_get sig1
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
;;=     v6 = iconst.i32 64
;;=     v7 = iconst.i32 0
;;=     v8 = call fn1(v0, v6, v5, v7)  ; v6 = 64, v7 = 0
;;=     v9 = iconst.i64 256
;;=     v10 = icmp ult v8, v9  ; v9 = 256
;;=     brif v10, block3, block4
;;=
;;= block3 cold:
;;=     v11 = ireduce.i32 v8
;;=     call fn2(v11)
;;=     trap user1
;;=
;;= block4:
;;=     v12 = load.i64 notrap aligned v8
;;=     v13 = ireduce.i32 v12
;;=     v14 = call fn3(v0, v13)
;;=     store notrap aligned v14, v2
;;=     return
;;= }
