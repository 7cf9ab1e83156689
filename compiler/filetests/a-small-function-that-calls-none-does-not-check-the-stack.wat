;;! clif core 0 0
;;! clif core 0 1
(component
  (core module $m
    (func $leaf (export "leaf") (param i32) (result i32)
      (i32.div_u (i32.const 100) (local.get 0)))
    (func (export "calls") (param i32) (result i32)
      (call $leaf (local.get 0))))
  (core instance $i (instantiate $m))
  (func (export "leaf") (param "n" u32) (result u32) (canon lift (core func $i "leaf")))
  (func (export "calls") (param "n" u32) (result u32) (canon lift (core func $i "calls"))))
;;= -- clif core 0 0
;;= function %root:m::leaf(i64 vmctx, i32) -> i32 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64, v1: i32):
;;= @0036                               v2 = iconst.i32 100
;;= @003b                               v3 = udiv v2, v1  ; v2 = 100
;;= @003c                               return v3
;;= }
;;= -- clif core 0 1
;;= function %root:m::func[1](i64 vmctx, i32) -> i32 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64 vmctx, i32) -> i32 tail
;;=     fn0 = colocated %root:m::leaf sig0
;;=     stack_limit = gv1
;;=
;;=                                 block0(v0: i64, v1: i32):
;;= @0041                               v2 = call fn0(v0, v1)
;;= @0043                               return v2
;;= }
