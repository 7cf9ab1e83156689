;;! clif export sum
(component
  (core module $m
    (memory (export "memory") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64))
    (func (export "sum") (param i32 i32) (result i32) (local.get 1)))
  (core instance $m (instantiate $m))
  (func (export "sum") (param "numbers" (list u32)) (result u32)
    (canon lift (core func $m "sum") (memory (core memory $m "memory")) (realloc (core func $m "realloc")))))
;;= -- clif export sum
;;= function %export[sum](i64 vmctx, i64, i64) tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     sig1 = (i64 vmctx, i32, i32, i32, i32) -> i32 tail
;;=     sig2 = () system_v
;;=     sig3 = () system_v
;;=     sig4 = (i64, i64, i64) -> i64 system_v
;;=     sig5 = (i64 vmctx, i32, i32) -> i32 tail
;;=     fn0 = colocated %trap::ListTooLong sig0
;;=     fn1 = colocated %root:m::func[0] sig1
;;=     fn2 = colocated %trap::ReallocUnaligned sig2
;;=     fn3 = colocated %trap::ReallocListOutOfBounds sig3
;;=     fn4 = colocated %memmove sig4
;;=     fn5 = colocated %root:m::func[1] sig5
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i64, v2: i64):
;;=     v3 = load.i64 notrap aligned v1
;;=     v4 = load.i64 notrap aligned v1+8
;;=     v5 = iconst.i64 0x03ff_ffff
;;=     v6 = icmp ugt v4, v5  ; v5 = 0x03ff_ffff
;;=     brif v6, block1, block2
;;=
;;= block1 cold:
;;=     call fn0()
;;=     trap user29
;;=
;;= block2:
;;=     v7 = iconst.i64 4
;;=     v8 = imul.i64 v4, v7  ; v7 = 4
;;=     v9 = iconst.i64 4
;;=     v10 = imul.i64 v4, v9  ; v9 = 4
;;=     v11 = iconst.i32 0
;;=     v12 = iconst.i32 4
;;=     v13 = ireduce.i32 v10
;;=     v14 = call fn1(v0, v11, v11, v12, v13)  ; v11 = 0, v11 = 0, v12 = 4
;;=     v15 = uextend.i64 v14
;;=     v16 = iconst.i64 3
;;=     v17 = band v15, v16  ; v16 = 3
;;=     brif v17, block3, block4
;;=
;;= block3 cold:
;;=     call fn2()
;;=     trap user25
;;=
;;= block4:
;;=     v18 = iconst.i64 0x0001_0000
;;=     v19 = iadd.i64 v15, v10
;;=     v20 = icmp ugt v19, v18  ; v18 = 0x0001_0000
;;=     brif v20, block5, block6
;;=
;;= block5 cold:
;;=     call fn3()
;;=     trap user46
;;=
;;= block6:
;;=     v21 = load.i64 notrap aligned readonly can_move v0+128
;;=     v22 = iadd v21, v15
;;=     v23 = call fn4(v22, v3, v8)
;;=     v24 = ireduce.i32 v4
;;=     v25 = call fn5(v0, v14, v24)
;;=     store notrap aligned v25, v2
;;=     return
;;= }
