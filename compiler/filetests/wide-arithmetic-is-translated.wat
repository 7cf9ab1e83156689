;;! for every target
;;! clif core 0 0
;;! clif core 0 2
(component
  (core module $m
    (func (param i64 i64 i64 i64) (result i64 i64)
      (i64.add128 (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
    (func (param i64 i64 i64 i64) (result i64 i64)
      (i64.sub128 (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
    (func (param i64 i64) (result i64 i64) (i64.mul_wide_s (local.get 0) (local.get 1)))
    (func (param i64 i64) (result i64 i64) (i64.mul_wide_u (local.get 0) (local.get 1))))
  (core instance (instantiate $m)))
;;= -- for every target
;;= -- clif core 0 0
;;= function %root:m::func[0](i64 vmctx, i64, i64, i64, i64) -> i64, i64 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64, v1: i64, v2: i64, v3: i64, v4: i64):
;;= @0039                               v5 = iconcat v3, v4
;;= @0039                               v6 = iconcat v1, v2
;;= @0039                               v7 = iadd v6, v5
;;= @0039                               v8, v9 = isplit v7
;;= @003b                               return v8, v9
;;= }
;;= -- clif core 0 2
;;= function %root:m::func[2](i64 vmctx, i64, i64) -> i64, i64 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64, v1: i64, v2: i64):
;;= @004f                               v3 = sextend.i128 v1
;;= @004f                               v4 = sextend.i128 v2
;;= @004f                               v5 = imul v3, v4
;;= @004f                               v6, v7 = isplit v5
;;= @0051                               return v6, v7
;;= }
