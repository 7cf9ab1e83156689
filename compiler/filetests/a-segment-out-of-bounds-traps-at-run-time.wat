;;! for every target
;;! clif start
(component
  (core module $m
    (memory 1)
    (table 2 funcref)
    (func $f (i32.store (i32.const 0) (i32.const 7)))
    (data (i32.const 65535) "ab")
    (elem (i32.const 1) func $f $f))
  (core instance (instantiate $m)))
;;= -- for every target
;;= -- clif start
;;= function %start(i64 vmctx) tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     gv2 = symbol colocated userextname1
;;=     gv3 = symbol colocated userextname4
;;=     sig0 = () system_v
;;=     sig1 = (i64, i64, i64) -> i64 system_v
;;=     sig2 = () system_v
;;=     fn0 = colocated %trap::TableOutOfBounds sig0
;;=     fn1 = colocated %memmove sig1
;;=     fn2 = colocated %trap::MemoryOutOfBounds sig2
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64):
;;=     v1 = iconst.i64 2
;;=     v2 = iconst.i64 3
;;=     v3 = icmp ugt v2, v1  ; v2 = 3, v1 = 2
;;=     brif v3, block1, block2
;;=
;;= block1 cold:
;;=     call fn0()
;;=     trap user6
;;=
;;= block2:
;;=     v4 = iconst.i64 1
;;=     v5 = iconst.i64 3
;;=     v6 = ishl v4, v5  ; v4 = 1, v5 = 3
;;=     v7 = iconst.i64 176
;;=     v8 = iadd.i64 v0, v7  ; v7 = 176
;;=     v9 = iadd v8, v6
;;=     v10 = symbol_value.i64 gv2
;;=     v11 = iconst.i64 16
;;=     v12 = call fn1(v9, v10, v11)  ; v11 = 16
;;=     v13 = iconst.i64 0x0001_0000
;;=     v14 = iconst.i64 0x0001_0001
;;=     v15 = icmp ugt v14, v13  ; v14 = 0x0001_0001, v13 = 0x0001_0000
;;=     brif v15, block3, block4
;;=
;;= block3 cold:
;;=     call fn2()
;;=     trap user5
;;=
;;= block4:
;;=     v16 = load.i64 notrap aligned readonly can_move v0+128
;;=     v17 = iconst.i64 0xffff
;;=     v18 = iadd v16, v17  ; v17 = 0xffff
;;=     v19 = symbol_value.i64 gv3
;;=     v20 = iconst.i64 2
;;=     v21 = call fn1(v18, v19, v20)  ; v20 = 2
;;=     return
;;= }
