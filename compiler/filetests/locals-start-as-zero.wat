;;! for every target
;;! clif core 0 0
;;! clif core 0 1
;; What is not used costs nothing.
;;! clif core 0 2
(component
  (core module $m
    (func (result i32 i64 f32 f64 externref) (local i32 i64 f32 f64 externref)
      (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4))
    (func (param i32) (result i32) (local i32)
      (loop (local.set 1 (i32.add (local.get 1) (local.get 0))) (br_if 0 (local.get 1)))
      (local.get 1))
    (func (param i32) (local i32 i32 i32 i64)))
  (core instance (instantiate $m)))
;;= -- for every target
;;= -- clif core 0 0
;;= function %root:m::func[0](i64 vmctx) -> i32, i64, f32, f64, i64 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64):
;;=                                     v10 = iconst.i64 0
;;=                                     v8 = f64const 0.0
;;=                                     v6 = f32const 0.0
;;=                                     v4 = iconst.i64 0
;;=                                     v2 = iconst.i32 0
;;= @0045                               return v2, v4, v6, v8, v10  ; v2 = 0, v4 = 0, v6 = 0.0, v8 = 0.0, v10 = 0
;;= }
;;= -- clif core 0 1
;;= function %root:m::func[1](i64 vmctx, i32) -> i32 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64, v1: i32):
;;=                                     v6 = iconst.i32 0
;;= @004a                               jump block1(v6)  ; v6 = 0
;;=
;;=                                 block1(v2: i32):
;;= @0050                               v4 = iadd v2, v1
;;= @0055                               brif v4, block1(v4), block2
;;=
;;=                                 block2:
;;= @005a                               return v4
;;= }
;;= -- clif core 0 2
;;= function %root:m::func[2](i64 vmctx, i32) tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64, v1: i32):
;;= @0061                               return
;;= }
