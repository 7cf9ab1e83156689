(component
  (core module $m
    (memory i64 2 100)
    (func (export "run") (param i64) (result i32)
      (i32.load (local.get 0)))
    (func (export "never") (drop (memory.grow (i64.const 1)))))
  (core instance $i (instantiate $m))
  (func (export "run") (param "x" u64) (result u32) (canon lift (core func $i "run"))))
;;! reachable
;;! clif core 0 0
;;= -- reachable
;;= -- clif core 0 0
;;= function %root:m::func[0](i64 vmctx, i64) -> i32 tail {
;;=     region0 = 17 "memory"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     fn0 = colocated %trap::MemoryOutOfBounds sig0
;;=
;;=                                 block0(v0: i64, v1: i64):
;;= @0040                               v2 = iconst.i64 0x0002_0000
;;= @0040                               v3 = iconst.i64 -4
;;= @0040                               v4 = iadd v2, v3  ; v2 = 0x0002_0000, v3 = -4
;;= @0040                               v5 = icmp ugt v1, v4
;;= @0040                               brif v5, block1, block2
;;=
;;=                                 block1 cold:
;;= @0040                               call fn0()
;;= @0040                               trap user5
;;=
;;=                                 block2:
;;= @0040                               v6 = load.i64 notrap aligned readonly can_move v0+128
;;= @0040                               v7 = iadd v6, v1
;;= @0040                               v8 = load.i32 notrap little region0 v7
;;= @0043                               return v8
;;= }
