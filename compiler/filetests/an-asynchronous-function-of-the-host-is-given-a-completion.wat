;;! clif params 0
;;! clif result 0
;; Its result lies where the record says, which has the completion, too. If it is done at once so is the call; else
;; the result is lowered later.
(component
  (import "f" (func $f async (param "a" u32) (result (option u8))))
  (core module $libc (memory (export "memory") 1))
  (core instance $libc (instantiate $libc))
  (core func (canon lower (func $f) async (memory (core memory $libc "memory")))))
;;= -- clif params 0
;;= function %edge0::params(i64 vmctx, i64, i64) -> i64 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64, i32, i64, i64) -> i32 system_v
;;=     sig1 = (i32) system_v
;;=     sig2 = (i64 vmctx, i64, i64, i64) tail
;;=     fn0 = colocated %test_import_f sig0
;;=     fn1 = colocated %trap sig1
;;=     fn2 = colocated %edge0::result sig2
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i64, v2: i64):
;;=     v3 = load.i32 notrap aligned v2
;;=     v4 = load.i32 notrap aligned v2+8
;;=     v5 = load.i64 notrap aligned v1+8
;;=     v6 = iconst.i64 16
;;=     v7 = iadd v1, v6  ; v6 = 16
;;=     v8 = iconst.i64 0
;;=     v9 = iconst.i8 1
;;=     store notrap aligned v8, v1+32  ; v8 = 0
;;=     store notrap aligned v8, v1+40  ; v8 = 0
;;=     store notrap aligned v9, v1+68  ; v9 = 1
;;=     v10 = load.i64 notrap aligned readonly can_move v0+16
;;=     v11 = call fn0(v10, v3, v5, v7)
;;=     v12 = iconst.i32 -1
;;=     v13 = icmp eq v11, v12  ; v12 = -1
;;=     store notrap aligned v13, v1+68
;;=     v14 = load.i32 notrap aligned v0+48
;;=     brif v14, block1, block2
;;=
;;= block1 cold:
;;=     call fn1(v14)
;;=     trap user1
;;=
;;= block2:
;;=     v16 = iconst.i32 -1
;;=     v17 = icmp.i32 eq v11, v16  ; v16 = -1
;;=     v18 = iconst.i64 1
;;=     brif v17, block4(v18), block3  ; v18 = 1
;;=
;;= block3:
;;=     brif.i32 v11, block5, block6
;;=
;;= block5 cold:
;;=     call fn1(v11)
;;=     trap user1
;;=
;;= block6:
;;=     call fn2(v0, v1, v2, v5)
;;=     v19 = iconst.i64 0
;;=     jump block4(v19)  ; v19 = 0
;;=
;;= block4(v15: i64):
;;=     return v15
;;= }
;;= -- clif result 0
;;= function %edge0::result(i64 vmctx, i64, i64, i64) tail {
;;=     region0 = 17 "memory"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     sig1 = () system_v
;;=     fn0 = colocated %trap::PointerOutOfBounds sig0
;;=     fn1 = colocated %trap::InvalidDiscriminant sig1
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i64, v2: i64, v3: i64):
;;=     v4 = load.i32 notrap aligned v2
;;=     v5 = load.i32 notrap aligned v2+8
;;=     v6 = iconst.i64 2
;;=     v7 = uextend.i64 v5
;;=     v8 = iconst.i64 0x0001_0000
;;=     v9 = iadd v7, v6  ; v6 = 2
;;=     v10 = icmp ugt v9, v8  ; v8 = 0x0001_0000
;;=     brif v10, block1, block2
;;=
;;= block1 cold:
;;=     call fn0()
;;=     trap user22
;;=
;;= block2:
;;=     v11 = load.i64 notrap aligned readonly can_move v0+128
;;=     v12 = iadd v11, v7
;;=     v13 = uload8.i32 notrap aligned v3
;;=     v14 = iconst.i32 2
;;=     v15 = icmp uge v13, v14  ; v14 = 2
;;=     brif v15, block3, block4
;;=
;;= block3 cold:
;;=     call fn1()
;;=     trap user33
;;=
;;= block4:
;;=     istore8.i32 notrap aligned little region0 v13, v12
;;=     brif.i32 v13, block6, block5
;;=
;;= block5:
;;=     jump block7
;;=
;;= block6:
;;=     v16 = uload8.i32 notrap aligned v3+1
;;=     istore8 notrap aligned little region0 v16, v12+1
;;=     jump block7
;;=
;;= block7:
;;=     return
;;= }
