;;! clif core 0 1
(component
  (core module $m
    (type $box (struct (field (mut i32))))
    (table 1 anyref)
    (func $other (table.set (i32.const 0) (struct.new $box (i32.const 7))))
    (func $add (param (ref null $box) (ref null $box)) (result i32)
      (struct.set $box 0 (local.get 0) (i32.const 5))
      (call $other)
      (struct.get $box 0 (local.get 1)))
    (func (export "run") (param i32) (result i32)
      (call $add (struct.new $box (local.get 0)) (struct.new $box (i32.const 1)))))
  (core instance $m (instantiate $m))
  (func (export "run") (param "n" u32) (result u32) (canon lift (core func $m "run"))))
;;= -- clif core 0 1
;;= function %root:m::add(i64 vmctx, i64, i64) -> i32 tail {
;;=     ss0 = explicit_slot 8, align = 8
;;=     region0 = 2147483666 "field"
;;=     region1 = 2147483651 "frame"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64 vmctx) tail
;;=     fn0 = colocated %root:m::other sig0
;;=     stack_limit = gv1
;;=
;;=                                 block0(v0: i64, v1: i64, v2: i64):
;;=                                     v7 = stack_addr.i64 ss0
;;=                                     store notrap aligned region1 v2, v7
;;= @0052                               v3 = iconst.i32 5
;;= @0054                               store user11 region0 v3, v1+8  ; v3 = 5
;;= @0058                               call fn0(v0), stack_map=[i64 @ ss0+0]
;;=                                     v5 = stack_addr.i64 ss0
;;=                                     v6 = load.i64 notrap aligned region1 v5
;;= @005c                               v4 = load.i32 user11 region0 v6+8
;;= @0060                               return v4
;;= }
