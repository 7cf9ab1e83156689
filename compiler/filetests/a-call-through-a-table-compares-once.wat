;;! for every target
;; The length of a table that nobody grows is a constant.
;;! clif core 0 0
;;! clif core 0 1
;;! clif core 0 2
(component
  (core module $m
    (type $t (func (param i32) (result i32)))
    (table 10 10 funcref)
    (table $grows 10 20 funcref)
    (func (param i32) (result i32) (call_indirect (type $t) (local.get 0) (local.get 0)))
    (func (param i32) (result i32) (return_call_indirect (type $t) (local.get 0) (local.get 0)))
    (func (param i32) (result i32) (call_indirect $grows (type $t) (local.get 0) (local.get 0)))
    (func (result i32) (table.grow $grows (ref.null func) (i32.const 1))))
  (core instance (instantiate $m)))
;;= -- for every target
;;= -- clif core 0 0
;;= function %root:m::func[0](i64 vmctx, i32) -> i32 tail {
;;=     region0 = 18 "table"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     gv2 = symbol colocated userextname3
;;=     sig0 = () system_v
;;=     sig1 = () system_v
;;=     sig2 = () system_v
;;=     sig3 = (i64 vmctx, i32) -> i32 tail
;;=     fn0 = colocated %trap::UndefinedElement sig0
;;=     fn1 = colocated %trap::UninitializedElement sig1
;;=     fn2 = colocated %trap::IndirectCallTypeMismatch sig2
;;=     stack_limit = gv1
;;=
;;=                                 block0(v0: i64, v1: i32):
;;= @0039                               v2 = uextend.i64 v1
;;= @0039                               v3 = iconst.i64 10
;;= @0039                               v4 = icmp uge v2, v3  ; v3 = 10
;;= @0039                               brif v4, block1, block2
;;=
;;=                                 block1 cold:
;;= @0039                               call fn0()
;;= @0039                               trap user7
;;=
;;=                                 block2:
;;= @0039                               v5 = iconst.i64 3
;;= @0039                               v6 = ishl.i64 v2, v5  ; v5 = 3
;;= @0039                               v7 = iconst.i64 176
;;= @0039                               v8 = iadd.i64 v0, v7  ; v7 = 176
;;= @0039                               v9 = iadd v8, v6
;;= @0039                               v10 = load.i32 notrap aligned region0 v9+4
;;= @0039                               v11 = iconst.i32 1
;;= @0039                               v12 = icmp eq v10, v11  ; v11 = 1
;;= @0039                               brif v12, block4, block3
;;=
;;=                                 block3 cold:
;;= @0039                               v13 = load.i32 notrap aligned region0 v9+4
;;= @0039                               brif v13, block6, block5
;;=
;;=                                 block5 cold:
;;= @0039                               call fn1()
;;= @0039                               trap user8
;;=
;;=                                 block6 cold:
;;= @0039                               call fn2()
;;= @0039                               trap user9
;;=
;;=                                 block4:
;;= @0039                               v14 = uload32.i64 notrap aligned region0 v9
;;= @0039                               v15 = symbol_value.i64 gv2
;;= @0039                               v16 = iadd v15, v14
;;= @0039                               v17 = call_indirect sig3, v16(v0, v1)
;;= @003c                               return v17
;;= }
;;= -- clif core 0 1
;;= function %root:m::func[1](i64 vmctx, i32) -> i32 tail {
;;=     region0 = 18 "table"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     gv2 = symbol colocated userextname3
;;=     sig0 = () system_v
;;=     sig1 = () system_v
;;=     sig2 = () system_v
;;=     sig3 = (i64 vmctx, i32) -> i32 tail
;;=     fn0 = colocated %trap::UndefinedElement sig0
;;=     fn1 = colocated %trap::UninitializedElement sig1
;;=     fn2 = colocated %trap::IndirectCallTypeMismatch sig2
;;=     stack_limit = gv1
;;=
;;=                                 block0(v0: i64, v1: i32):
;;= @0043                               v2 = uextend.i64 v1
;;= @0043                               v3 = iconst.i64 10
;;= @0043                               v4 = icmp uge v2, v3  ; v3 = 10
;;= @0043                               brif v4, block1, block2
;;=
;;=                                 block1 cold:
;;= @0043                               call fn0()
;;= @0043                               trap user7
;;=
;;=                                 block2:
;;= @0043                               v5 = iconst.i64 3
;;= @0043                               v6 = ishl.i64 v2, v5  ; v5 = 3
;;= @0043                               v7 = iconst.i64 176
;;= @0043                               v8 = iadd.i64 v0, v7  ; v7 = 176
;;= @0043                               v9 = iadd v8, v6
;;= @0043                               v10 = load.i32 notrap aligned region0 v9+4
;;= @0043                               v11 = iconst.i32 1
;;= @0043                               v12 = icmp eq v10, v11  ; v11 = 1
;;= @0043                               brif v12, block4, block3
;;=
;;=                                 block3 cold:
;;= @0043                               v13 = load.i32 notrap aligned region0 v9+4
;;= @0043                               brif v13, block6, block5
;;=
;;=                                 block5 cold:
;;= @0043                               call fn1()
;;= @0043                               trap user8
;;=
;;=                                 block6 cold:
;;= @0043                               call fn2()
;;= @0043                               trap user9
;;=
;;=                                 block4:
;;= @0043                               v14 = uload32.i64 notrap aligned region0 v9
;;= @0043                               v15 = symbol_value.i64 gv2
;;= @0043                               v16 = iadd v15, v14
;;= @0043                               return_call_indirect sig3, v16(v0, v1)
;;= }
;;= -- clif core 0 2
;;= function %root:m::func[2](i64 vmctx, i32) -> i32 tail {
;;=     region0 = 20 "table"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     gv2 = symbol colocated userextname3
;;=     sig0 = () system_v
;;=     sig1 = () system_v
;;=     sig2 = () system_v
;;=     sig3 = (i64 vmctx, i32) -> i32 tail
;;=     fn0 = colocated %trap::UndefinedElement sig0
;;=     fn1 = colocated %trap::UninitializedElement sig1
;;=     fn2 = colocated %trap::IndirectCallTypeMismatch sig2
;;=     stack_limit = gv1
;;=
;;=                                 block0(v0: i64, v1: i32):
;;= @004d                               v2 = uextend.i64 v1
;;= @004d                               v3 = load.i64 notrap aligned v0+136
;;= @004d                               v4 = icmp uge v2, v3
;;= @004d                               brif v4, block1, block2
;;=
;;=                                 block1 cold:
;;= @004d                               call fn0()
;;= @004d                               trap user7
;;=
;;=                                 block2:
;;= @004d                               v5 = iconst.i64 3
;;= @004d                               v6 = ishl.i64 v2, v5  ; v5 = 3
;;= @004d                               v7 = iconst.i64 256
;;= @004d                               v8 = iadd.i64 v0, v7  ; v7 = 256
;;= @004d                               v9 = iadd v8, v6
;;= @004d                               v10 = load.i32 notrap aligned region0 v9+4
;;= @004d                               v11 = iconst.i32 1
;;= @004d                               v12 = icmp eq v10, v11  ; v11 = 1
;;= @004d                               brif v12, block4, block3
;;=
;;=                                 block3 cold:
;;= @004d                               v13 = load.i32 notrap aligned region0 v9+4
;;= @004d                               brif v13, block6, block5
;;=
;;=                                 block5 cold:
;;= @004d                               call fn1()
;;= @004d                               trap user8
;;=
;;=                                 block6 cold:
;;= @004d                               call fn2()
;;= @004d                               trap user9
;;=
;;=                                 block4:
;;= @004d                               v14 = uload32.i64 notrap aligned region0 v9
;;= @004d                               v15 = symbol_value.i64 gv2
;;= @004d                               v16 = iadd v15, v14
;;= @004d                               v17 = call_indirect sig3, v16(v0, v1)
;;= @0050                               return v17
;;= }
