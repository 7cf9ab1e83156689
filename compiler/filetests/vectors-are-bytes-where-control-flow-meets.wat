;;! for every target
;; Operands keep the type that their operator gave them until a block, a call, a local or a global takes them.
;;! clif core 0 0
;;! clif core 0 1
;;! clif core 0 2
;;! clif core 0 3
;;! clif core 0 4
(component
  (core module $m
    (global $g (mut v128) (v128.const i32x4 0 0 0 0))
    (func (param i32 v128) (result v128)
      (block (result v128)
        (f32x4.neg (local.get 1))
        (br_if 0 (local.get 0))
        (f32x4.abs)))
    (func (param v128 v128) (result v128)
      (local.set 0 (i32x4.add (local.get 0) (local.get 1)))
      (i32x4.sub (local.get 0) (local.get 1)))
    (func (param v128)
      (global.set $g (f64x2.sqrt (local.get 0))))
    (func (param v128 v128 i32) (result v128)
      (select (i64x2.neg (local.get 0)) (i64x2.neg (local.get 1)) (local.get 2)))
    (func (param v128 v128 i32) (result v128)
      (select (i64x2.neg (local.get 0)) (i16x8.neg (local.get 1)) (local.get 2))))
  (core instance (instantiate $m)))
;;= -- for every target
;;= -- clif core 0 0
;;= function %root:m::func[0](i64 vmctx, i32, i8x16) -> i8x16 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64, v1: i32, v2: i8x16):
;;= @0056                               v3 = bitcast.f32x4 little v2
;;= @0056                               v4 = fneg v3
;;= @005b                               v6 = bitcast.i8x16 little v4
;;= @005b                               brif v1, block1(v6), block2
;;=
;;=                                 block2:
;;= @005d                               v7 = fabs.f32x4 v4
;;= @0060                               v8 = bitcast.i8x16 little v7
;;= @0060                               jump block1(v8)
;;=
;;=                                 block1(v5: i8x16):
;;= @0061                               return v5
;;= }
;;= -- clif core 0 1
;;= function %root:m::func[1](i64 vmctx, i8x16, i8x16) -> i8x16 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64, v1: i8x16, v2: i8x16):
;;= @0068                               v3 = bitcast.i32x4 little v2
;;= @0068                               v4 = bitcast.i32x4 little v1
;;= @0068                               v5 = iadd v4, v3
;;= @006b                               v6 = bitcast.i8x16 little v5
;;= @0071                               v7 = bitcast.i32x4 little v2
;;= @0071                               v8 = isub v5, v7
;;= @0074                               v9 = bitcast.i8x16 little v8
;;= @0074                               return v9
;;= }
;;= -- clif core 0 2
;;= function %root:m::func[2](i64 vmctx, i8x16) tail {
;;=     region0 = 1 "global"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64, v1: i8x16):
;;= @0079                               v2 = bitcast.f64x2 little v1
;;= @0079                               v3 = sqrt v2
;;= @007c                               v4 = bitcast.i8x16 little v3
;;= @007c                               store notrap region0 v4, v0+128
;;= @007e                               return
;;= }
;;= -- clif core 0 3
;;= function %root:m::func[3](i64 vmctx, i8x16, i8x16, i32) -> i8x16 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64, v1: i8x16, v2: i8x16, v3: i32):
;;= @0083                               v4 = bitcast.i64x2 little v1
;;= @0083                               v5 = ineg v4
;;= @0088                               v6 = bitcast.i64x2 little v2
;;= @0088                               v7 = ineg v6
;;= @008d                               v8 = select v3, v5, v7
;;= @008e                               v9 = bitcast.i8x16 little v8
;;= @008e                               return v9
;;= }
;;= -- clif core 0 4
;;= function %root:m::func[4](i64 vmctx, i8x16, i8x16, i32) -> i8x16 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64, v1: i8x16, v2: i8x16, v3: i32):
;;= @0093                               v4 = bitcast.i64x2 little v1
;;= @0093                               v5 = ineg v4
;;= @0098                               v6 = bitcast.i16x8 little v2
;;= @0098                               v7 = ineg v6
;;= @009d                               v8 = bitcast.i64x2 little v7
;;= @009d                               v9 = select v3, v5, v8
;;= @009e                               v10 = bitcast.i8x16 little v9
;;= @009e                               return v10
;;= }
