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
;;=     v4 = load.i64 notrap aligned v0
;;=     brif v4, block4, block3
;;=
;;= block3:
;;=     v5 = load.i64 notrap aligned v0+8
;;=     v6 = get_stack_pointer.i64
;;=     v7 = isub v6, v5
;;=     store notrap aligned v7, v0
;;=     jump block4
;;=
;;= block4:
;;=     try_call fn0(v0), sig0, block5, [ default: block6(exn0) ]
;;=
;;= block5:
;;=     v9 = stack_addr.i64 ss0
;;=     v10 = load.i64 notrap v9
;;=     brif.i64 v4, block8, block7
;;=
;;= block7:
;;=     v11 = iconst.i64 0
;;=     store notrap aligned v11, v10  ; v11 = 0
;;=     jump block8
;;=
;;= block8:
;;=     v12 = iconst.i32 0
;;=     return v12  ; v12 = 0
;;=
;;= block6(v8: i64) cold:
;;=     v13 = stack_addr.i64 ss0
;;=     v14 = load.i64 notrap v13
;;=     brif.i64 v4, block10, block9
;;=
;;= block9:
;;=     v15 = iconst.i64 0
;;=     store notrap aligned v15, v14  ; v15 = 0
;;=     jump block10
;;=
;;= block10:
;;=     v16 = ireduce.i32 v8
;;=     return v16
;;= }
