;;! clif trampoline 0
;;! clif trampoline 1
;;! clif params 1
;;! clif result 1
;;! clif enter 1
;; The caller's words go to an array, where a flat result comes back. The runtime calls what lifts the parameters and
;; calls the callee, and when that returns what lifts the result; an asynchronous lower takes the latter in memory.
(component
  (component $C
    (core module $m
      (func (export "f") (param i32 f64) (result i32) (unreachable))
      (func (export "c") (param i32 i32 i32) (result i32) (unreachable)))
    (core instance $m (instantiate $m))
    (func (export "f") async (param "a" u8) (param "b" f64) (result u64)
      (canon lift (core func $m "f") async (callback (core func $m "c")))))
  (instance $c (instantiate $C))
  (core module $libc (memory (export "memory") 1))
  (core instance $libc (instantiate $libc))
  (core func (canon lower (func $c "f")))
  (core func (canon lower (func $c "f") async (memory (core memory $libc "memory")))))
;;= -- clif trampoline 0
;;= function %root->root/C::f(i64 vmctx, i32, f64) -> i64 tail {
;;=     ss0 = explicit_slot 16, align = 8
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64, i32, i64) -> i64 system_v
;;=     sig1 = (i32) system_v
;;=     fn0 = colocated %weldc_rt_call sig0
;;=     fn1 = colocated %trap sig1
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i32, v2: f64):
;;=     v3 = stack_addr.i64 ss0
;;=     store notrap v1, v3
;;=     v4 = stack_addr.i64 ss0+8
;;=     store notrap v2, v4
;;=     v5 = stack_addr.i64 ss0
;;=     v6 = iconst.i32 0
;;=     v7 = call fn0(v0, v6, v5)  ; v6 = 0
;;=     v8 = iconst.i64 32
;;=     v9 = ushr v7, v8  ; v8 = 32
;;=     v10 = ireduce.i32 v9
;;=     brif v10, block1, block2
;;=
;;= block1 cold:
;;=     call fn1(v10)
;;=     trap user1
;;=
;;= block2:
;;=     v11 = ireduce.i32 v7
;;=     v12 = load.i64 notrap aligned v5
;;=     return v12
;;= }
;;= -- clif trampoline 1
;;= function %root->root/C::f(i64 vmctx, i32, f64, i32) -> i32 tail {
;;=     ss0 = explicit_slot 24, align = 8
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64, i32, i64) -> i64 system_v
;;=     sig1 = (i32) system_v
;;=     fn0 = colocated %weldc_rt_call sig0
;;=     fn1 = colocated %trap sig1
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i32, v2: f64, v3: i32):
;;=     v4 = stack_addr.i64 ss0
;;=     store notrap v1, v4
;;=     v5 = stack_addr.i64 ss0+8
;;=     store notrap v2, v5
;;=     v6 = stack_addr.i64 ss0+16
;;=     store notrap v3, v6
;;=     v7 = stack_addr.i64 ss0
;;=     v8 = iconst.i32 1
;;=     v9 = call fn0(v0, v8, v7)  ; v8 = 1
;;=     v10 = iconst.i64 32
;;=     v11 = ushr v9, v10  ; v10 = 32
;;=     v12 = ireduce.i32 v11
;;=     brif v12, block1, block2
;;=
;;= block1 cold:
;;=     call fn1(v12)
;;=     trap user1
;;=
;;= block2:
;;=     v13 = ireduce.i32 v9
;;=     return v13
;;= }
;;= -- clif params 1
;;= function %edge1::params(i64 vmctx, i64, i64) -> i64 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64 vmctx, i32, f64) -> i32 tail
;;=     fn0 = colocated %root/C:m::func[0] sig0
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i64, v2: i64):
;;=     v3 = load.i32 notrap aligned v2
;;=     v4 = load.f64 notrap aligned v2+8
;;=     v5 = load.i32 notrap aligned v2+16
;;=     v6 = iconst.i32 255
;;=     v7 = band v3, v6  ; v6 = 255
;;=     v8 = call fn0(v0, v7, v4)
;;=     v9 = uextend.i64 v8
;;=     return v9
;;= }
;;= -- clif result 1
;;= function %edge1::result(i64 vmctx, i64, i64, i64) tail {
;;=     region0 = 17 "memory"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     sig1 = () system_v
;;=     fn0 = colocated %trap::PointerUnaligned sig0
;;=     fn1 = colocated %trap::PointerOutOfBounds sig1
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i64, v2: i64, v3: i64):
;;=     v4 = load.i32 notrap aligned v2
;;=     v5 = load.f64 notrap aligned v2+8
;;=     v6 = load.i32 notrap aligned v2+16
;;=     v7 = load.i64 notrap aligned v3
;;=     v8 = iconst.i64 8
;;=     v9 = uextend.i64 v6
;;=     v10 = iconst.i64 7
;;=     v11 = band v9, v10  ; v10 = 7
;;=     brif v11, block1, block2
;;=
;;= block1 cold:
;;=     call fn0()
;;=     trap user23
;;=
;;= block2:
;;=     v12 = iconst.i64 0x0001_0000
;;=     v13 = iadd.i64 v9, v8  ; v8 = 8
;;=     v14 = icmp ugt v13, v12  ; v12 = 0x0001_0000
;;=     brif v14, block3, block4
;;=
;;= block3 cold:
;;=     call fn1()
;;=     trap user22
;;=
;;= block4:
;;=     v15 = load.i64 notrap aligned readonly can_move v0+128
;;=     v16 = iadd v15, v9
;;=     store.i64 notrap aligned little region0 v7, v16
;;=     return
;;= }
;;= -- clif enter 1
;;= function %enter[edge1](i64, i64, i64) -> i64 system_v {
;;=     ss0 = explicit_slot 8, align = 8, key = 1
;;=     sig0 = (i64 vmctx, i64, i64) -> i64 tail
;;=     fn0 = colocated %edge1::params sig0
;;=
;;= block0(v0: i64, v1: i64, v2: i64):
;;=     v3 = stack_addr.i64 ss0
;;=     store notrap v0, v3
;;=     v4 = load.i64 notrap aligned v0
;;=     brif v4, block2, block1
;;=
;;= block1:
;;=     v5 = load.i64 notrap aligned v0+8
;;=     v6 = get_stack_pointer.i64
;;=     v7 = isub v6, v5
;;=     store notrap aligned v7, v0
;;=     jump block2
;;=
;;= block2:
;;=     try_call fn0(v0, v1, v2), sig0, block3(ret0), [ default: block4(exn0) ]
;;=
;;= block3(v9: i64):
;;=     v10 = stack_addr.i64 ss0
;;=     v11 = load.i64 notrap v10
;;=     brif.i64 v4, block6, block5
;;=
;;= block5:
;;=     v12 = iconst.i64 0
;;=     store notrap aligned v12, v11  ; v12 = 0
;;=     jump block6
;;=
;;= block6:
;;=     return v9
;;=
;;= block4(v8: i64) cold:
;;=     v13 = stack_addr.i64 ss0
;;=     v14 = load.i64 notrap v13
;;=     brif.i64 v4, block8, block7
;;=
;;= block7:
;;=     v15 = iconst.i64 0
;;=     store notrap aligned v15, v14  ; v15 = 0
;;=     jump block8
;;=
;;= block8:
;;=     v16 = ireduce.i32 v8
;;=     v17 = uextend.i64 v16
;;=     v18 = iconst.i64 32
;;=     v19 = ishl v17, v18  ; v18 = 32
;;=     return v19
;;= }
