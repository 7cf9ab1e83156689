;;! for every target
;;! clif start
(component
  (core module $a
    (memory (export "m") 1)
    (table (export "t") 2 4 funcref)
    (func $grow (drop (memory.grow (i32.const 1))) (drop (table.grow (ref.null func) (i32.const 1))))
    (start $grow))
  (core module $b
    (import "a" "m" (memory 1))
    (import "a" "t" (table 2 funcref))
    (func $f)
    (data (i32.const 65535) "ab")
    (elem (i32.const 1) func $f $f))
  (core instance $a (instantiate $a))
  (core instance $b (instantiate $b (with "a" (instance $a)))))
;;= -- for every target
;;= -- clif start
;;= function %start(i64 vmctx) tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     gv2 = symbol colocated userextname2
;;=     gv3 = symbol colocated userextname5
;;=     sig0 = (i64 vmctx) tail
;;=     sig1 = () system_v
;;=     sig2 = (i64, i64, i64) -> i64 system_v
;;=     sig3 = () system_v
;;=     fn0 = colocated %root:a::grow sig0
;;=     fn1 = colocated %trap::TableOutOfBounds sig1
;;=     fn2 = colocated %memmove sig2
;;=     fn3 = colocated %trap::MemoryOutOfBounds sig3
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64):
;;=     call fn0(v0)
;;=     v1 = load.i64 notrap aligned v0+144
;;=     v2 = iconst.i64 3
;;=     v3 = icmp ugt v2, v1  ; v2 = 3
;;=     brif v3, block1, block2
;;=
;;= block1 cold:
;;=     call fn1()
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
;;=     v12 = call fn2(v9, v10, v11)  ; v11 = 16
;;=     v13 = load.i64 notrap aligned v0+136
;;=     v14 = iconst.i64 0x0001_0001
;;=     v15 = icmp ugt v14, v13  ; v14 = 0x0001_0001
;;=     brif v15, block3, block4
;;=
;;= block3 cold:
;;=     call fn3()
;;=     trap user5
;;=
;;= block4:
;;=     v16 = load.i64 notrap aligned readonly can_move v0+128
;;=     v17 = iconst.i64 0xffff
;;=     v18 = iadd v16, v17  ; v17 = 0xffff
;;=     v19 = symbol_value.i64 gv3
;;=     v20 = iconst.i64 2
;;=     v21 = call fn2(v18, v19, v20)  ; v20 = 2
;;=     return
;;= }
