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
;;=     v5 = load.i64 notrap aligned v0
;;=     brif v5, block2, block1
;;=
;;= block1:
;;=     v6 = load.i64 notrap aligned v0+8
;;=     v7 = get_stack_pointer.i64
;;=     v8 = isub v7, v6
;;=     store notrap aligned v8, v0
;;=     jump block2
;;=
;;= block2:
;;=     try_call fn0(v0, v1, v2, v3), sig0, block3, [ default: block4(exn0) ]
;;=
;;= block3:
;;=     v10 = stack_addr.i64 ss0
;;=     v11 = load.i64 notrap v10
;;=     brif.i64 v5, block6, block5
;;=
;;= block5:
;;=     v12 = iconst.i64 0
;;=     store notrap aligned v12, v11  ; v12 = 0
;;=     jump block6
;;=
;;= block6:
;;=     v13 = iconst.i32 0
;;=     call fn1(v11, v3, v2)
;;=     return v13  ; v13 = 0
;;=
;;= block4(v9: i64) cold:
;;=     v14 = stack_addr.i64 ss0
;;=     v15 = load.i64 notrap v14
;;=     brif.i64 v5, block8, block7
;;=
;;= block7:
;;=     v16 = iconst.i64 0
;;=     store notrap aligned v16, v15  ; v16 = 0
;;=     jump block8
;;=
;;= block8:
;;=     v17 = ireduce.i32 v9
;;=     call fn1(v15, v3, v2)
;;=     return v17
;;= }
