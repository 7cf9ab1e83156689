;;! clif entry f
;; The host can call this from its own function, where the zone has a limit already.
(component
  (import "g" (func $g))
  (core func $g' (canon lower (func $g)))
  (core module $m
    (import "" "g" (func $g))
    (func (export "f") (call $g)))
  (core instance $m (instantiate $m (with "" (instance (export "g" (func $g'))))))
  (func (export "f") (canon lift (core func $m "f"))))
;;= -- clif entry f
;;= function %test_f(i64) -> i32 system_v {
;;=     ss0 = explicit_slot 8, align = 8, key = 1
;;=     sig0 = (i64 vmctx) tail
;;=     fn0 = colocated %export[f] sig0
;;=
;;= block0(v0: i64):
;;=     v1 = load.i32 notrap aligned v0+48
;;=     brif v1, block1, block2
;;=
;;= block1 cold:
;;=     v2 = iconst.i32 21
;;=     return v2  ; v2 = 21
;;=
;;= block2:
;;=     v3 = stack_addr.i64 ss0
;;=     store.i64 notrap v0, v3
;;=     v4 = load.i64 notrap aligned v0+8
;;=     v5 = get_stack_pointer.i64
;;=     v6 = load.i64 notrap aligned v0
;;=     brif v6, block3, block4
;;=
;;= block3:
;;=     v7 = isub.i64 v5, v6
;;=     v8 = iadd v7, v4
;;=     v9 = iadd.i64 v4, v4
;;=     v10 = icmp ugt v8, v9
;;=     brif v10, block4, block5
;;=
;;= block4:
;;=     v11 = isub.i64 v5, v4
;;=     store notrap aligned v11, v0
;;=     jump block5
;;=
;;= block5:
;;=     try_call fn0(v0), sig0, block6, [ default: block7(exn0) ]
;;=
;;= block6:
;;=     v13 = stack_addr.i64 ss0
;;=     v14 = load.i64 notrap v13
;;=     v15 = iconst.i64 0
;;=     brif.i64 v6, block8, block9
;;=
;;= block8:
;;=     store.i64 notrap aligned v6, v14
;;=     jump block10
;;=
;;= block9:
;;=     store.i64 notrap aligned v15, v14  ; v15 = 0
;;=     jump block10
;;=
;;= block10:
;;=     v16 = iconst.i32 0
;;=     return v16  ; v16 = 0
;;=
;;= block7(v12: i64) cold:
;;=     v17 = stack_addr.i64 ss0
;;=     v18 = load.i64 notrap v17
;;=     v19 = iconst.i64 0
;;=     brif.i64 v6, block11, block12
;;=
;;= block11:
;;=     store.i64 notrap aligned v6, v18
;;=     jump block13
;;=
;;= block12:
;;=     store.i64 notrap aligned v19, v18  ; v19 = 0
;;=     jump block13
;;=
;;= block13:
;;=     v20 = ireduce.i32 v12
;;=     return v20
;;= }
