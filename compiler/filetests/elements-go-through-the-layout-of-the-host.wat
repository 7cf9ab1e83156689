;;! clif elements 0
;;! clif elements 1
;; A write lifts elements to it, a read lowers them from it. What lies between the fields of a record never reaches
;; another guest, so these are not copied from memory to memory.
(component
  (type $s (stream (tuple u8 u32)))
  (core module $libc (memory (export "memory") 1))
  (core instance $libc (instantiate $libc))
  (core func (canon stream.write $s async (memory (core memory $libc "memory"))))
  (core func (canon stream.read $s async (memory (core memory $libc "memory")))))
;;= -- clif elements 0
;;= function %copy0::elements(i64 vmctx, i64, i64, i64) tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64, i64, i64) -> i64 system_v
;;=     fn0 = colocated %memmove sig0
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i64, v2: i64, v3: i64):
;;=     v4 = iconst.i64 8
;;=     v5 = imul v2, v4  ; v4 = 8
;;=     v6 = call fn0(v3, v1, v5)
;;=     return
;;= }
;;= -- clif elements 1
;;= function %copy1::elements(i64 vmctx, i64, i64, i64) tail {
;;=     region0 = 17 "memory"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     const0 = 0x00000000ffffff0000000000ffffff00
;;=     const1 = 0xffffffff000000ffffffffff000000ff
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i64, v2: i64, v3: i64):
;;=     v4 = iconst.i64 8
;;=     v5 = imul v2, v4  ; v4 = 8
;;=     v6 = vconst.i8x16 const0
;;=     v7 = vconst.i8x16 const1
;;=     v8 = iconst.i64 15
;;=     v9 = band v5, v8  ; v8 = 15
;;=     v10 = isub v5, v9
;;=     v11 = iadd v3, v10
;;=     v16 = icmp ne v3, v11
;;=     brif v16, block1(v3, v1), block2(v3, v1)
;;=
;;= block1(v12: i64, v13: i64):
;;=     v17 = load.i8x16 notrap v12
;;=     v18 = band v17, v7  ; v7 = const1
;;=     v19 = load.i8x16 notrap little region0 v13
;;=     v20 = band v19, v6  ; v6 = const0
;;=     v21 = bor v18, v20
;;=     store notrap little region0 v21, v13
;;=     v22 = iconst.i64 16
;;=     v23 = iadd v12, v22  ; v22 = 16
;;=     v24 = iconst.i64 16
;;=     v25 = iadd v13, v24  ; v24 = 16
;;=     v26 = icmp ne v23, v11
;;=     brif v26, block1(v23, v25), block2(v23, v25)
;;=
;;= block2(v14: i64, v15: i64):
;;=     v27 = iadd v14, v9
;;=     v32 = icmp ne v14, v27
;;=     brif v32, block3(v14, v15), block4(v14, v15)
;;=
;;= block3(v28: i64, v29: i64):
;;=     v33 = load.i8 notrap v28
;;=     store notrap little region0 v33, v29
;;=     v34 = load.i32 notrap v28+4
;;=     store notrap little region0 v34, v29+4
;;=     v35 = iconst.i64 8
;;=     v36 = iadd v28, v35  ; v35 = 8
;;=     v37 = iconst.i64 8
;;=     v38 = iadd v29, v37  ; v37 = 8
;;=     v39 = icmp ne v36, v27
;;=     brif v39, block3(v36, v38), block4(v36, v38)
;;=
;;= block4(v30: i64, v31: i64):
;;=     return
;;= }
