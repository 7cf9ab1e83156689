;;! clif trampoline 0
(component
  (component $callee
    (core module $m
      (memory (export "memory") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64))
      (func (export "f") (param i32)))
    (core instance $m (instantiate $m))
    (func (export "f") (param "p0" u32) (param "p1" u32) (param "p2" u32) (param "p3" u32) (param "p4" u32) (param "p5" u32) (param "p6" u32) (param "p7" u32) (param "p8" u32) (param "p9" u32) (param "p10" u32) (param "p11" u32) (param "p12" u32) (param "p13" u32) (param "p14" u32) (param "p15" u32) (param "p16" u32)
      (canon lift (core func $m "f") (memory (core memory $m "memory")) (realloc (core func $m "realloc"))
        string-encoding=utf8)))
  (instance $callee (instantiate $callee))
  (core module $libc (memory (export "memory") 1))
  (core instance $libc (instantiate $libc))
  (core func $f (canon lower (func $callee "f") (memory (core memory $libc "memory")) string-encoding=utf8)))
;;= -- clif trampoline 0
;;= function %root->root/callee::f(i64 vmctx, i32) tail {
;;=     region0 = 19 "memory"
;;=     region1 = 17 "memory"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     sig1 = () system_v
;;=     sig2 = (i64 vmctx, i32, i32, i32, i32) -> i32 tail
;;=     sig3 = () system_v
;;=     sig4 = () system_v
;;=     sig5 = (i64 vmctx, i32) tail
;;=     fn0 = colocated %trap::PointerUnaligned sig0
;;=     fn1 = colocated %trap::PointerOutOfBounds sig1
;;=     fn2 = colocated %root/callee:m::func[0] sig2
;;=     fn3 = colocated %trap::ReallocUnaligned sig3
;;=     fn4 = colocated %trap::ReallocOutOfBounds sig4
;;=     fn5 = colocated %root/callee:m::func[1] sig5
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i32):
;;=     v2 = iconst.i64 68
;;=     v3 = uextend.i64 v1
;;=     v4 = iconst.i64 3
;;=     v5 = band v3, v4  ; v4 = 3
;;=     brif v5, block1, block2
;;=
;;= block1 cold:
;;=     call fn0()
;;=     trap user23
;;=
;;= block2:
;;=     v6 = iconst.i64 0x0001_0000
;;=     v7 = iadd.i64 v3, v2  ; v2 = 68
;;=     v8 = icmp ugt v7, v6  ; v6 = 0x0001_0000
;;=     brif v8, block3, block4
;;=
;;= block3 cold:
;;=     call fn1()
;;=     trap user22
;;=
;;= block4:
;;=     v9 = load.i64 notrap aligned readonly can_move v0+144
;;=     v10 = iadd v9, v3
;;=     v11 = iconst.i64 68
;;=     v12 = iconst.i32 0
;;=     v13 = iconst.i32 4
;;=     v14 = ireduce.i32 v11  ; v11 = 68
;;=     v15 = call fn2(v0, v12, v12, v13, v14)  ; v12 = 0, v12 = 0, v13 = 4
;;=     v16 = uextend.i64 v15
;;=     v17 = iconst.i64 3
;;=     v18 = band v16, v17  ; v17 = 3
;;=     brif v18, block5, block6
;;=
;;= block5 cold:
;;=     call fn3()
;;=     trap user25
;;=
;;= block6:
;;=     v19 = iconst.i64 0x0001_0000
;;=     v20 = iadd.i64 v16, v11  ; v11 = 68
;;=     v21 = icmp ugt v20, v19  ; v19 = 0x0001_0000
;;=     brif v21, block7, block8
;;=
;;= block7 cold:
;;=     call fn4()
;;=     trap user24
;;=
;;= block8:
;;=     v22 = load.i64 notrap aligned readonly can_move v0+128
;;=     v23 = iadd v22, v16
;;=     v24 = load.i8x16 notrap little region0 v10
;;=     store notrap little region1 v24, v23
;;=     v25 = load.i8x16 notrap little region0 v10+16
;;=     store notrap little region1 v25, v23+16
;;=     v26 = load.i8x16 notrap little region0 v10+32
;;=     store notrap little region1 v26, v23+32
;;=     v27 = load.i8x16 notrap little region0 v10+48
;;=     store notrap little region1 v27, v23+48
;;=     v28 = load.i32 notrap little region0 v10+64
;;=     store notrap little region1 v28, v23+64
;;=     call fn5(v0, v15)
;;=     return
;;= }
