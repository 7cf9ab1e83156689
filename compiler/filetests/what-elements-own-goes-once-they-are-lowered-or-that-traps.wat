;;! clif element 0
(component
  (type $s (stream string))
  (core module $libc (memory (export "memory") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (unreachable)))
  (core instance $libc (instantiate $libc))
  (core func (canon stream.read $s async
    (memory (core memory $libc "memory")) (realloc (core func $libc "realloc")))))
;;= -- clif element 0
;;= function %element[copy0](i64, i64, i64, i64) -> i32 system_v {
;;=     ss0 = explicit_slot 8, align = 8, key = 1
;;=     sig0 = (i64 vmctx, i64, i64, i64) tail
;;=     sig1 = (i64 vmctx, i64, i64) tail
;;=     fn0 = colocated %copy0::elements sig0
;;=     fn1 = colocated %release[copy0] sig1
;;=
;;= block0(v0: i64, v1: i64, v2: i64, v3: i64):
;;=     v4 = stack_addr.i64 ss0
;;=     store notrap v0, v4
;;=     v5 = load.i64 notrap aligned v0+8
;;=     v6 = get_stack_pointer.i64
;;=     v7 = load.i64 notrap aligned v0
;;=     brif v7, block1, block2
;;=
;;= block1:
;;=     v8 = isub.i64 v6, v7
;;=     v9 = iadd v8, v5
;;=     v10 = iadd.i64 v5, v5
;;=     v11 = icmp ugt v9, v10
;;=     brif v11, block2, block3
;;=
;;= block2:
;;=     v12 = isub.i64 v6, v5
;;=     store notrap aligned v12, v0
;;=     jump block3
;;=
;;= block3:
;;=     try_call fn0(v0, v1, v2, v3), sig0, block4, [ default: block5(exn0) ]
;;=
;;= block4:
;;=     v14 = stack_addr.i64 ss0
;;=     v15 = load.i64 notrap v14
;;=     v16 = iconst.i64 0
;;=     brif.i64 v7, block6, block7
;;=
;;= block6:
;;=     store.i64 notrap aligned v7, v15
;;=     jump block8
;;=
;;= block7:
;;=     store.i64 notrap aligned v16, v15  ; v16 = 0
;;=     jump block8
;;=
;;= block8:
;;=     v17 = iconst.i32 0
;;=     call fn1(v15, v3, v2)
;;=     return v17  ; v17 = 0
;;=
;;= block5(v13: i64) cold:
;;=     v18 = stack_addr.i64 ss0
;;=     v19 = load.i64 notrap v18
;;=     v20 = iconst.i64 0
;;=     brif.i64 v7, block9, block10
;;=
;;= block9:
;;=     store.i64 notrap aligned v7, v19
;;=     jump block11
;;=
;;= block10:
;;=     store.i64 notrap aligned v20, v19  ; v20 = 0
;;=     jump block11
;;=
;;= block11:
;;=     v21 = ireduce.i32 v13
;;=     call fn1(v19, v3, v2)
;;=     return v21
;;= }
