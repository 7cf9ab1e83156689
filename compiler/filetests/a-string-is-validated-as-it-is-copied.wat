;;! clif trampoline 0
(component
  (component $callee
    (core module $m
      (memory (export "memory") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64))
      (func (export "f") (param i32 i32)))
    (core instance $m (instantiate $m))
    (func (export "f") (param "a" string)
      (canon lift (core func $m "f") (memory (core memory $m "memory")) (realloc (core func $m "realloc"))
        string-encoding=utf8)))
  (instance $callee (instantiate $callee))
  (core module $libc (memory (export "memory") 1))
  (core instance $libc (instantiate $libc))
  (core func $f (canon lower (func $callee "f") (memory (core memory $libc "memory")) string-encoding=utf8)))
;;= -- clif trampoline 0
;;= function %root->root/callee::f(i64 vmctx, i32, i32) tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     sig1 = () system_v
;;=     sig2 = (i64 vmctx, i32, i32, i32, i32) -> i32 tail
;;=     sig3 = () system_v
;;=     sig4 = (i64, i64, i64) -> i32 system_v
;;=     sig5 = () system_v
;;=     sig6 = (i64 vmctx, i32, i32) tail
;;=     fn0 = colocated %trap::StringTooLong sig0
;;=     fn1 = colocated %trap::StringOutOfBounds sig1
;;=     fn2 = colocated %root/callee:m::func[0] sig2
;;=     fn3 = colocated %trap::ReallocStringOutOfBounds sig3
;;=     fn4 = colocated %weldc_rt_copy_utf8 sig4
;;=     fn5 = colocated %trap::InvalidUtf8 sig5
;;=     fn6 = colocated %root/callee:m::func[1] sig6
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i32, v2: i32):
;;=     v3 = uextend.i64 v1
;;=     v4 = uextend.i64 v2
;;=     v5 = iconst.i64 0x0fff_ffff
;;=     v6 = icmp ugt v4, v5  ; v5 = 0x0fff_ffff
;;=     brif v6, block1, block2
;;=
;;= block1 cold:
;;=     call fn0()
;;=     trap user28
;;=
;;= block2:
;;=     v7 = iconst.i64 0x0001_0000
;;=     v8 = iadd.i64 v3, v4
;;=     v9 = icmp ugt v8, v7  ; v7 = 0x0001_0000
;;=     brif v9, block3, block4
;;=
;;= block3 cold:
;;=     call fn1()
;;=     trap user26
;;=
;;= block4:
;;=     v10 = load.i64 notrap aligned readonly can_move v0+144
;;=     v11 = iadd v10, v3
;;=     v12 = iconst.i32 0
;;=     v13 = iconst.i32 1
;;=     v14 = ireduce.i32 v4
;;=     v15 = call fn2(v0, v12, v12, v13, v14)  ; v12 = 0, v12 = 0, v13 = 1
;;=     v16 = uextend.i64 v15
;;=     v17 = iconst.i64 0x0001_0000
;;=     v18 = iadd v16, v4
;;=     v19 = icmp ugt v18, v17  ; v17 = 0x0001_0000
;;=     brif v19, block5, block6
;;=
;;= block5 cold:
;;=     call fn3()
;;=     trap user48
;;=
;;= block6:
;;=     v20 = load.i64 notrap aligned readonly can_move v0+128
;;=     v21 = iadd v20, v16
;;=     v22 = call fn4(v11, v4, v21)
;;=     brif v22, block8, block7
;;=
;;= block7 cold:
;;=     call fn5()
;;=     trap user30
;;=
;;= block8:
;;=     v23 = ireduce.i32 v4
;;=     call fn6(v0, v15, v23)
;;=     return
;;= }
