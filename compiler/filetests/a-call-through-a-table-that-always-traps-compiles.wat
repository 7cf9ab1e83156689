;;! for every target
;;! clif core 0 2
;;! clif core 0 3
;;! clif core 0 4
;;! clif core 0 5
;; The only index where that type is.
;;! clif core 0 6
;;! clif core 0 7
(component
  (core module $m
    (type $t (func (param i32)))
    (table 3 funcref)
    (elem (i32.const 0) func $a $b)
    (func $a (type $t))
    (func $b)
    (func (call_indirect (type $t) (i32.const 7) (i32.const 1)))
    (func (call_indirect (type $t) (i32.const 7) (i32.const 2)))
    (func (call_indirect (type $t) (i32.const 7) (i32.const 3)))
    (func (call_indirect (type $t) (i32.const 7) (i32.const 0)))
    (func (param i32) (call_indirect (type $t) (i32.const 7) (local.get 0)))
    (func (param i32) (return_call_indirect (type $t) (i32.const 7) (local.get 0))))
  (core instance (instantiate $m)))
;;= -- for every target
;;= -- clif core 0 2
;;= function %root:m::func[2](i64 vmctx) tail {
;;=     region0 = 18 "table"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     gv2 = symbol colocated userextname3
;;=     sig0 = () system_v
;;=     sig1 = () system_v
;;=     sig2 = () system_v
;;=     sig3 = (i64 vmctx, i32) tail
;;=     fn0 = colocated %trap::UndefinedElement sig0
;;=     fn1 = colocated %trap::UninitializedElement sig1
;;=     fn2 = colocated %trap::IndirectCallTypeMismatch sig2
;;=     stack_limit = gv1
;;=
;;=                                 block0(v0: i64):
;;= @0043                               v1 = iconst.i32 7
;;= @0045                               v2 = iconst.i32 1
;;= @0047                               v3 = uextend.i64 v2  ; v2 = 1
;;= @0047                               v4 = iconst.i64 3
;;= @0047                               v5 = icmp uge v3, v4  ; v4 = 3
;;= @0047                               brif v5, block1, block2
;;=
;;=                                 block1 cold:
;;= @0047                               call fn0()
;;= @0047                               trap user7
;;=
;;=                                 block2:
;;= @0047                               v6 = iconst.i64 3
;;= @0047                               v7 = ishl.i64 v3, v6  ; v6 = 3
;;= @0047                               v8 = iconst.i64 160
;;= @0047                               v9 = iadd.i64 v0, v8  ; v8 = 160
;;= @0047                               v10 = iadd v9, v7
;;= @0047                               v11 = load.i32 notrap aligned region0 v10+4
;;= @0047                               v12 = iconst.i32 1
;;= @0047                               v13 = icmp eq v11, v12  ; v12 = 1
;;= @0047                               brif v13, block4, block3
;;=
;;=                                 block3 cold:
;;= @0047                               v14 = load.i32 notrap aligned region0 v10+4
;;= @0047                               brif v14, block6, block5
;;=
;;=                                 block5 cold:
;;= @0047                               call fn1()
;;= @0047                               trap user8
;;=
;;=                                 block6 cold:
;;= @0047                               call fn2()
;;= @0047                               trap user9
;;=
;;=                                 block4:
;;= @0047                               v15 = uload32.i64 notrap aligned region0 v10
;;= @0047                               v16 = symbol_value.i64 gv2
;;= @0047                               v17 = iadd v16, v15
;;= @0047                               call_indirect sig3, v17(v0, v1)  ; v1 = 7
;;= @004a                               return
;;= }
;;= -- clif core 0 3
;;= function %root:m::func[3](i64 vmctx) tail {
;;=     region0 = 18 "table"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     gv2 = symbol colocated userextname3
;;=     sig0 = () system_v
;;=     sig1 = () system_v
;;=     sig2 = () system_v
;;=     sig3 = (i64 vmctx, i32) tail
;;=     fn0 = colocated %trap::UndefinedElement sig0
;;=     fn1 = colocated %trap::UninitializedElement sig1
;;=     fn2 = colocated %trap::IndirectCallTypeMismatch sig2
;;=     stack_limit = gv1
;;=
;;=                                 block0(v0: i64):
;;= @004d                               v1 = iconst.i32 7
;;= @004f                               v2 = iconst.i32 2
;;= @0051                               v3 = uextend.i64 v2  ; v2 = 2
;;= @0051                               v4 = iconst.i64 3
;;= @0051                               v5 = icmp uge v3, v4  ; v4 = 3
;;= @0051                               brif v5, block1, block2
;;=
;;=                                 block1 cold:
;;= @0051                               call fn0()
;;= @0051                               trap user7
;;=
;;=                                 block2:
;;= @0051                               v6 = iconst.i64 3
;;= @0051                               v7 = ishl.i64 v3, v6  ; v6 = 3
;;= @0051                               v8 = iconst.i64 160
;;= @0051                               v9 = iadd.i64 v0, v8  ; v8 = 160
;;= @0051                               v10 = iadd v9, v7
;;= @0051                               v11 = load.i32 notrap aligned region0 v10+4
;;= @0051                               v12 = iconst.i32 1
;;= @0051                               v13 = icmp eq v11, v12  ; v12 = 1
;;= @0051                               brif v13, block4, block3
;;=
;;=                                 block3 cold:
;;= @0051                               v14 = load.i32 notrap aligned region0 v10+4
;;= @0051                               brif v14, block6, block5
;;=
;;=                                 block5 cold:
;;= @0051                               call fn1()
;;= @0051                               trap user8
;;=
;;=                                 block6 cold:
;;= @0051                               call fn2()
;;= @0051                               trap user9
;;=
;;=                                 block4:
;;= @0051                               v15 = uload32.i64 notrap aligned region0 v10
;;= @0051                               v16 = symbol_value.i64 gv2
;;= @0051                               v17 = iadd v16, v15
;;= @0051                               call_indirect sig3, v17(v0, v1)  ; v1 = 7
;;= @0054                               return
;;= }
;;= -- clif core 0 4
;;= function %root:m::func[4](i64 vmctx) tail {
;;=     region0 = 18 "table"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     gv2 = symbol colocated userextname3
;;=     sig0 = () system_v
;;=     sig1 = () system_v
;;=     sig2 = () system_v
;;=     sig3 = (i64 vmctx, i32) tail
;;=     fn0 = colocated %trap::UndefinedElement sig0
;;=     fn1 = colocated %trap::UninitializedElement sig1
;;=     fn2 = colocated %trap::IndirectCallTypeMismatch sig2
;;=     stack_limit = gv1
;;=
;;=                                 block0(v0: i64):
;;= @0057                               v1 = iconst.i32 7
;;= @0059                               v2 = iconst.i32 3
;;= @005b                               v3 = uextend.i64 v2  ; v2 = 3
;;= @005b                               v4 = iconst.i64 3
;;= @005b                               v5 = icmp uge v3, v4  ; v4 = 3
;;= @005b                               brif v5, block1, block2
;;=
;;=                                 block1 cold:
;;= @005b                               call fn0()
;;= @005b                               trap user7
;;=
;;=                                 block2:
;;= @005b                               v6 = iconst.i64 3
;;= @005b                               v7 = ishl.i64 v3, v6  ; v6 = 3
;;= @005b                               v8 = iconst.i64 160
;;= @005b                               v9 = iadd.i64 v0, v8  ; v8 = 160
;;= @005b                               v10 = iadd v9, v7
;;= @005b                               v11 = load.i32 notrap aligned region0 v10+4
;;= @005b                               v12 = iconst.i32 1
;;= @005b                               v13 = icmp eq v11, v12  ; v12 = 1
;;= @005b                               brif v13, block4, block3
;;=
;;=                                 block3 cold:
;;= @005b                               v14 = load.i32 notrap aligned region0 v10+4
;;= @005b                               brif v14, block6, block5
;;=
;;=                                 block5 cold:
;;= @005b                               call fn1()
;;= @005b                               trap user8
;;=
;;=                                 block6 cold:
;;= @005b                               call fn2()
;;= @005b                               trap user9
;;=
;;=                                 block4:
;;= @005b                               v15 = uload32.i64 notrap aligned region0 v10
;;= @005b                               v16 = symbol_value.i64 gv2
;;= @005b                               v17 = iadd v16, v15
;;= @005b                               call_indirect sig3, v17(v0, v1)  ; v1 = 7
;;= @005e                               return
;;= }
;;= -- clif core 0 5
;;= function %root:m::func[5](i64 vmctx) tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64 vmctx, i32) tail
;;=     fn0 = colocated %root:m::a sig0
;;=     stack_limit = gv1
;;=
;;=                                 block0(v0: i64):
;;= @0061                               v1 = iconst.i32 7
;;= @0063                               v2 = iconst.i32 0
;;= @0065                               v3 = uextend.i64 v2  ; v2 = 0
;;= @0065                               call fn0(v0, v1)  ; v1 = 7
;;= @0068                               return
;;= }
;;= -- clif core 0 6
;;= function %root:m::func[6](i64 vmctx, i32) tail {
;;=     region0 = 18 "table"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     sig1 = () system_v
;;=     sig2 = () system_v
;;=     sig3 = (i64 vmctx, i32) tail
;;=     fn0 = colocated %trap::UndefinedElement sig0
;;=     fn1 = colocated %trap::UninitializedElement sig1
;;=     fn2 = colocated %trap::IndirectCallTypeMismatch sig2
;;=     fn3 = colocated %root:m::a sig3
;;=     stack_limit = gv1
;;=
;;=                                 block0(v0: i64, v1: i32):
;;= @006b                               v2 = iconst.i32 7
;;= @006f                               v3 = uextend.i64 v1
;;= @006f                               v4 = iconst.i64 0
;;= @006f                               v5 = icmp eq v3, v4  ; v4 = 0
;;= @006f                               brif v5, block2, block1
;;=
;;=                                 block1 cold:
;;= @006f                               v6 = iconst.i64 3
;;= @006f                               v7 = icmp.i64 uge v3, v6  ; v6 = 3
;;= @006f                               brif v7, block3, block4
;;=
;;=                                 block3 cold:
;;= @006f                               call fn0()
;;= @006f                               trap user7
;;=
;;=                                 block4 cold:
;;= @006f                               v8 = iconst.i64 3
;;= @006f                               v9 = ishl.i64 v3, v8  ; v8 = 3
;;= @006f                               v10 = iconst.i64 160
;;= @006f                               v11 = iadd.i64 v0, v10  ; v10 = 160
;;= @006f                               v12 = iadd v11, v9
;;= @006f                               v13 = load.i32 notrap aligned region0 v12+4
;;= @006f                               brif v13, block6, block5
;;=
;;=                                 block5 cold:
;;= @006f                               call fn1()
;;= @006f                               trap user8
;;=
;;=                                 block6 cold:
;;= @006f                               call fn2()
;;= @006f                               trap user9
;;=
;;=                                 block2:
;;= @006f                               call fn3(v0, v2)  ; v2 = 7
;;= @0072                               return
;;= }
;;= -- clif core 0 7
;;= function %root:m::func[7](i64 vmctx, i32) tail {
;;=     region0 = 18 "table"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     sig1 = () system_v
;;=     sig2 = () system_v
;;=     sig3 = (i64 vmctx, i32) tail
;;=     fn0 = colocated %trap::UndefinedElement sig0
;;=     fn1 = colocated %trap::UninitializedElement sig1
;;=     fn2 = colocated %trap::IndirectCallTypeMismatch sig2
;;=     fn3 = colocated %root:m::a sig3
;;=     stack_limit = gv1
;;=
;;=                                 block0(v0: i64, v1: i32):
;;= @0075                               v2 = iconst.i32 7
;;= @0079                               v3 = uextend.i64 v1
;;= @0079                               v4 = iconst.i64 0
;;= @0079                               v5 = icmp eq v3, v4  ; v4 = 0
;;= @0079                               brif v5, block2, block1
;;=
;;=                                 block1 cold:
;;= @0079                               v6 = iconst.i64 3
;;= @0079                               v7 = icmp.i64 uge v3, v6  ; v6 = 3
;;= @0079                               brif v7, block3, block4
;;=
;;=                                 block3 cold:
;;= @0079                               call fn0()
;;= @0079                               trap user7
;;=
;;=                                 block4 cold:
;;= @0079                               v8 = iconst.i64 3
;;= @0079                               v9 = ishl.i64 v3, v8  ; v8 = 3
;;= @0079                               v10 = iconst.i64 160
;;= @0079                               v11 = iadd.i64 v0, v10  ; v10 = 160
;;= @0079                               v12 = iadd v11, v9
;;= @0079                               v13 = load.i32 notrap aligned region0 v12+4
;;= @0079                               brif v13, block6, block5
;;=
;;=                                 block5 cold:
;;= @0079                               call fn1()
;;= @0079                               trap user8
;;=
;;=                                 block6 cold:
;;= @0079                               call fn2()
;;= @0079                               trap user9
;;=
;;=                                 block2:
;;= @0079                               return_call fn3(v0, v2)  ; v2 = 7
;;= }
