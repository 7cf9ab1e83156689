;;! calls
;;! clif trampoline 0
;;! clif export add
;;! clif entry add
;; The component yields elsewhere, has tasks and can be closed to them; nothing of that is to be seen in calls of a
;; function that can do none of it.
(component
  (component $C
    (core func $yield (canon thread.yield))
    (core func $inc (canon backpressure.inc))
    (core instance $i (export "yield" (func $yield)) (export "inc" (func $inc)))
    (core module $m
      (import "i" "yield" (func $yield (result i32)))
      (import "i" "inc" (func $inc))
      (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
      (func (export "g") (call $inc) (drop (call $yield))))
    (core instance $m (instantiate $m (with "i" (instance $i))))
    (func (export "add") (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $m "add")))
    (func (export "g") async (canon lift (core func $m "g"))))
  (instance $c (instantiate $C))
  (core func (canon lower (func $c "add")))
  (export "add" (func $c "add"))
  (export "g" (func $c "g")))
;;= -- calls
;;= root->root/C::add: an ordinary call
;;= export add: an ordinary call
;;= export g: a record and a stack
;;= -- clif trampoline 0
;;= function %root/C::thread.yield(i64 vmctx) -> i32 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64, i32, i32, i32) -> i64 system_v
;;=     sig1 = (i32) system_v
;;=     fn0 = colocated %weldc_rt_thread_switch sig0
;;=     fn1 = colocated %trap sig1
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64):
;;=     v1 = iconst.i32 0
;;=     v2 = iconst.i32 256
;;=     v3 = iconst.i32 0
;;=     v4 = call fn0(v0, v2, v3, v1)  ; v2 = 256, v3 = 0, v1 = 0
;;=     v5 = iconst.i64 32
;;=     v6 = ushr v4, v5  ; v5 = 32
;;=     v7 = ireduce.i32 v6
;;=     brif v7, block1, block2
;;=
;;= block1 cold:
;;=     call fn1(v7)
;;=     trap user1
;;=
;;= block2:
;;=     v8 = ireduce.i32 v4
;;=     return v8
;;= }
;;= -- clif export add
;;= function %export[add](i64 vmctx, i32, i32, i64) tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64 vmctx, i32, i32) -> i32 tail
;;=     fn0 = colocated %root/C:m::func[2] sig0
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i32, v2: i32, v3: i64):
;;=     v4 = call fn0(v0, v1, v2)
;;=     store notrap aligned v4, v3
;;=     return
;;= }
;;= -- clif entry add
;;= function %test_add(i64, i32, i32, i64) -> i32 system_v {
;;=     ss0 = explicit_slot 8, align = 8, key = 1
;;=     sig0 = (i64 vmctx, i32, i32, i64) tail
;;=     fn0 = colocated %export[add] sig0
;;=
;;= block0(v0: i64, v1: i32, v2: i32, v3: i64):
;;=     v4 = load.i32 notrap aligned v0+48
;;=     brif v4, block1, block2
;;=
;;= block1 cold:
;;=     v5 = iconst.i32 21
;;=     return v5  ; v5 = 21
;;=
;;= block2:
;;=     v6 = stack_addr.i64 ss0
;;=     store.i64 notrap v0, v6
;;=     v7 = load.i64 notrap aligned v0+8
;;=     v8 = get_stack_pointer.i64
;;=     v9 = isub v8, v7
;;=     store notrap aligned v9, v0
;;=     try_call fn0(v0, v1, v2, v3), sig0, block3, [ default: block4(exn0) ]
;;=
;;= block3:
;;=     v11 = stack_addr.i64 ss0
;;=     v12 = load.i64 notrap v11
;;=     v13 = iconst.i64 0
;;=     store notrap aligned v13, v12  ; v13 = 0
;;=     v14 = iconst.i32 0
;;=     return v14  ; v14 = 0
;;=
;;= block4(v10: i64) cold:
;;=     v15 = stack_addr.i64 ss0
;;=     v16 = load.i64 notrap v15
;;=     v17 = iconst.i64 0
;;=     store notrap aligned v17, v16  ; v17 = 0
;;=     v18 = ireduce.i32 v10
;;=     return v18
;;= }
