;;! clif trampoline 0
;; What it returns, and whether the zone has ended meanwhile, is all that is looked at.
(component
  (import "g" (func $g (param "x" u32) (param "y" u32) (result u32)))
  (core func (canon lower (func $g))))
;;= -- clif trampoline 0
;;= function %root->host::g(i64 vmctx, i32, i32) -> i32 tail {
;;=     ss0 = explicit_slot 4, align = 4
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64, i32, i32, i64) -> i32 system_v
;;=     sig1 = (i32) system_v
;;=     fn0 = colocated %test_import_g sig0
;;=     fn1 = colocated %trap sig1
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i32, v2: i32):
;;=     v3 = stack_addr.i64 ss0
;;=     v4 = load.i64 notrap aligned readonly can_move v0+16
;;=     v5 = call fn0(v4, v1, v2, v3)
;;=     v6 = load.i32 notrap aligned v0+48
;;=     brif v6, block1, block2
;;=
;;= block1 cold:
;;=     call fn1(v6)
;;=     trap user1
;;=
;;= block2:
;;=     brif.i32 v5, block3, block4
;;=
;;= block3 cold:
;;=     call fn1(v5)
;;=     trap user1
;;=
;;= block4:
;;=     v7 = load.i32 notrap aligned v3
;;=     return v7
;;= }
