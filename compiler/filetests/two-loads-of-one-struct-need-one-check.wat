;;! clif core 0 0
;;! clif core 0 1
(component
  (core module $m
    (memory (export "memory") i64 1)
    (func $sum (param $at i64) (result i32)
      (i32.add
        (i32.load offset=4 (local.get $at))
        (i32.load (local.get $at))))
    ;; What only one arm has checked is checked again.
    (func $after (param $at i64) (param $whether i32) (result i32)
      (if (local.get $whether) (then (drop (i32.load offset=4 (local.get $at)))))
      (i32.load (local.get $at)))
    (func (export "run") (param i32) (result i32)
      (i32.add
        (call $sum (i64.extend_i32_u (local.get 0)))
        (call $after (i64.extend_i32_u (local.get 0)) (local.get 0)))))
  (core instance $m (instantiate $m))
  (func (export "run") (param "n" u32) (result u32) (canon lift (core func $m "run"))))
;;= -- clif core 0 0
;;= function %root:m::sum(i64 vmctx, i64) -> i32 tail {
;;=     region0 = 17 "memory"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     fn0 = colocated %trap::MemoryOutOfBounds sig0
;;=
;;=                                 block0(v0: i64, v1: i64):
;;= @004a                               v2 = iconst.i64 0x0001_0000
;;= @004a                               v3 = iconst.i64 -8
;;= @004a                               v4 = iadd v2, v3  ; v2 = 0x0001_0000, v3 = -8
;;= @004a                               v5 = icmp ugt v1, v4
;;= @004a                               brif v5, block1, block2
;;=
;;=                                 block1 cold:
;;= @004a                               call fn0()
;;= @004a                               trap user5
;;=
;;=                                 block2:
;;= @004a                               v6 = load.i64 notrap aligned readonly can_move v0+128
;;= @004a                               v7 = iadd v6, v1
;;= @004a                               v8 = load.i32 notrap little region0 v7+4
;;= @004f                               v9 = load.i64 notrap aligned readonly can_move v0+128
;;= @004f                               v10 = iadd v9, v1
;;= @004f                               v11 = load.i32 notrap little region0 v10
;;= @0052                               v12 = iadd v8, v11
;;= @0053                               return v12
;;= }
;;= -- clif core 0 1
;;= function %root:m::after(i64 vmctx, i64, i32) -> i32 tail {
;;=     region0 = 17 "memory"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     fn0 = colocated %trap::MemoryOutOfBounds sig0
;;=
;;=                                 block0(v0: i64, v1: i64, v2: i32):
;;= @0058                               brif v2, block1, block2
;;=
;;=                                 block1:
;;= @005c                               v3 = iconst.i64 0x0001_0000
;;= @005c                               v4 = iconst.i64 -8
;;= @005c                               v5 = iadd v3, v4  ; v3 = 0x0001_0000, v4 = -8
;;= @005c                               v6 = icmp.i64 ugt v1, v5
;;= @005c                               brif v6, block3, block4
;;=
;;=                                 block3 cold:
;;= @005c                               call fn0()
;;= @005c                               trap user5
;;=
;;=                                 block4:
;;= @005c                               v7 = load.i64 notrap aligned readonly can_move v0+128
;;= @005c                               v8 = iadd v7, v1
;;= @005c                               v9 = load.i32 notrap little region0 v8+4
;;= @0060                               jump block5
;;=
;;=                                 block2:
;;= @0060                               jump block5
;;=
;;=                                 block5:
;;= @0063                               v11 = iconst.i64 0x0001_0000
;;= @0063                               v12 = iconst.i64 -4
;;= @0063                               v13 = iadd v11, v12  ; v11 = 0x0001_0000, v12 = -4
;;= @0063                               v14 = icmp.i64 ugt v1, v13
;;= @0063                               brif v14, block6, block7
;;=
;;=                                 block6 cold:
;;= @0063                               call fn0()
;;= @0063                               trap user5
;;=
;;=                                 block7:
;;= @0063                               v15 = load.i64 notrap aligned readonly can_move v0+128
;;= @0063                               v16 = iadd v15, v1
;;= @0063                               v17 = load.i32 notrap little region0 v16
;;= @0066                               return v17
;;= }
