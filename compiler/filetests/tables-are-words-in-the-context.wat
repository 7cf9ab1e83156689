;;! for every target
;;! clif core 0 1
;;! clif core 0 2
;;! clif core 0 4
;;! clif core 0 6
;;! clif core 0 7
;; An active segment is empty once the module is instantiated.
;;! clif core 0 8
;;! clif core 0 9
(component
  (core module $m
    (table $t 4 funcref)
    (table $x 1 8 externref)
    (table $n 2 2 funcref)
    (elem $e func $f $f)
    (elem $active (table $n) (i32.const 0) func $f)
    (func $f)
    (func (param i32) (result funcref) (table.get $t (local.get 0)))
    (func (param i32) (table.set $t (local.get 0) (ref.func $f)))
    (func (result i32 i32) (table.size $n) (table.size $x))
    (func (param externref i32) (result i32) (table.grow $x (local.get 0) (local.get 1)))
    (func (param i32 externref i32) (table.fill $x (local.get 0) (local.get 1) (local.get 2)))
    (func (param i32 i32 i32) (table.copy $t $n (local.get 0) (local.get 1) (local.get 2)))
    (func (param i32 i32 i32) (table.init $t $e (local.get 0) (local.get 1) (local.get 2)))
    (func (param i32 i32 i32) (table.init $t $active (local.get 0) (local.get 1) (local.get 2)))
    (func (elem.drop $e) (elem.drop $active))
    (func (param i32) (result i32) (ref.is_null (table.get $x (local.get 0)))))
  (core instance (instantiate $m)))
;;= -- for every target
;;= -- clif core 0 1
;;= function %root:m::func[1](i64 vmctx, i32) -> i64 tail {
;;=     region0 = 18 "table"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     fn0 = colocated %trap::TableOutOfBounds sig0
;;=
;;=                                 block0(v0: i64, v1: i32):
;;= @0074                               v2 = uextend.i64 v1
;;= @0074                               v3 = iconst.i64 4
;;= @0074                               v4 = icmp uge v2, v3  ; v3 = 4
;;= @0074                               brif v4, block1, block2
;;=
;;=                                 block1 cold:
;;= @0074                               call fn0()
;;= @0074                               trap user6
;;=
;;=                                 block2:
;;= @0074                               v5 = iconst.i64 3
;;= @0074                               v6 = ishl.i64 v2, v5  ; v5 = 3
;;= @0074                               v7 = iconst.i64 192
;;= @0074                               v8 = iadd.i64 v0, v7  ; v7 = 192
;;= @0074                               v9 = iadd v8, v6
;;= @0074                               v10 = load.i64 notrap aligned region0 v9
;;= @0076                               return v10
;;= }
;;= -- clif core 0 2
;;= function %root:m::func[2](i64 vmctx, i32) tail {
;;=     region0 = 18 "table"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     gv2 = symbol colocated userextname1
;;=     sig0 = (i64 vmctx) tail
;;=     sig1 = () system_v
;;=     fn0 = colocated %root:m::f sig0
;;=     fn1 = colocated %trap::TableOutOfBounds sig1
;;=
;;=                                 block0(v0: i64, v1: i32):
;;= @007b                               v2 = func_addr.i64 fn0
;;= @007b                               v3 = symbol_value.i64 gv2
;;= @007b                               v4 = isub v2, v3
;;= @007b                               v5 = iconst.i64 0x0001_0000_0000
;;= @007b                               v6 = bor v4, v5  ; v5 = 0x0001_0000_0000
;;= @007d                               v7 = uextend.i64 v1
;;= @007d                               v8 = iconst.i64 4
;;= @007d                               v9 = icmp uge v7, v8  ; v8 = 4
;;= @007d                               brif v9, block1, block2
;;=
;;=                                 block1 cold:
;;= @007d                               call fn1()
;;= @007d                               trap user6
;;=
;;=                                 block2:
;;= @007d                               v10 = iconst.i64 3
;;= @007d                               v11 = ishl.i64 v7, v10  ; v10 = 3
;;= @007d                               v12 = iconst.i64 192
;;= @007d                               v13 = iadd.i64 v0, v12  ; v12 = 192
;;= @007d                               v14 = iadd v13, v11
;;= @007d                               store.i64 notrap aligned region0 v6, v14
;;= @007f                               return
;;= }
;;= -- clif core 0 4
;;= function %root:m::func[4](i64 vmctx, i64, i32) -> i32 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64, i32, i64, i64) -> i64 system_v
;;=     fn0 = colocated %weldc_rt_table_grow sig0
;;=
;;=                                 block0(v0: i64, v1: i64, v2: i32):
;;= @008f                               v3 = uextend.i64 v2
;;= @008f                               v4 = iconst.i32 1
;;= @008f                               v5 = call fn0(v0, v4, v3, v1)  ; v4 = 1
;;= @008f                               v6 = ireduce.i32 v5
;;= @0092                               return v6
;;= }
;;= -- clif core 0 6
;;= function %root:m::func[6](i64 vmctx, i32, i32, i32) tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     sig1 = (i64, i64, i64) -> i64 system_v
;;=     fn0 = colocated %trap::TableOutOfBounds sig0
;;=     fn1 = colocated %memmove sig1
;;=
;;=                                 block0(v0: i64, v1: i32, v2: i32, v3: i32):
;;= @00a7                               v4 = uextend.i64 v3
;;= @00a7                               v5 = uextend.i64 v2
;;= @00a7                               v6 = uextend.i64 v1
;;= @00a7                               v7 = iconst.i64 4
;;= @00a7                               v8 = iadd v6, v4
;;= @00a7                               v9 = icmp ugt v8, v7  ; v7 = 4
;;= @00a7                               brif v9, block1, block2
;;=
;;=                                 block1 cold:
;;= @00a7                               call fn0()
;;= @00a7                               trap user6
;;=
;;=                                 block2:
;;= @00a7                               v10 = iconst.i64 3
;;= @00a7                               v11 = ishl.i64 v6, v10  ; v10 = 3
;;= @00a7                               v12 = iconst.i64 192
;;= @00a7                               v13 = iadd.i64 v0, v12  ; v12 = 192
;;= @00a7                               v14 = iadd v13, v11
;;= @00a7                               v15 = iconst.i64 2
;;= @00a7                               v16 = iadd.i64 v5, v4
;;= @00a7                               v17 = icmp ugt v16, v15  ; v15 = 2
;;= @00a7                               brif v17, block3, block4
;;=
;;=                                 block3 cold:
;;= @00a7                               call fn0()
;;= @00a7                               trap user6
;;=
;;=                                 block4:
;;= @00a7                               v18 = iconst.i64 3
;;= @00a7                               v19 = ishl.i64 v5, v18  ; v18 = 3
;;= @00a7                               v20 = iconst.i64 224
;;= @00a7                               v21 = iadd.i64 v0, v20  ; v20 = 224
;;= @00a7                               v22 = iadd v21, v19
;;= @00a7                               v23 = iconst.i64 3
;;= @00a7                               v24 = ishl.i64 v4, v23  ; v23 = 3
;;= @00a7                               v25 = call fn1(v14, v22, v24)
;;= @00ab                               return
;;= }
;;= -- clif core 0 7
;;= function %root:m::func[7](i64 vmctx, i32, i32, i32) tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     gv2 = symbol colocated userextname1
;;=     sig0 = () system_v
;;=     sig1 = (i64, i64, i64) -> i64 system_v
;;=     fn0 = colocated %trap::TableOutOfBounds sig0
;;=     fn1 = colocated %memmove sig1
;;=
;;=                                 block0(v0: i64, v1: i32, v2: i32, v3: i32):
;;= @00b4                               v4 = uextend.i64 v3
;;= @00b4                               v5 = uextend.i64 v2
;;= @00b4                               v6 = uextend.i64 v1
;;= @00b4                               v7 = iconst.i64 4
;;= @00b4                               v8 = iadd v6, v4
;;= @00b4                               v9 = icmp ugt v8, v7  ; v7 = 4
;;= @00b4                               brif v9, block1, block2
;;=
;;=                                 block1 cold:
;;= @00b4                               call fn0()
;;= @00b4                               trap user6
;;=
;;=                                 block2:
;;= @00b4                               v10 = iconst.i64 3
;;= @00b4                               v11 = ishl.i64 v6, v10  ; v10 = 3
;;= @00b4                               v12 = iconst.i64 192
;;= @00b4                               v13 = iadd.i64 v0, v12  ; v12 = 192
;;= @00b4                               v14 = iadd v13, v11
;;= @00b4                               v15 = load.i64 notrap aligned v0+152
;;= @00b4                               v16 = iadd.i64 v5, v4
;;= @00b4                               v17 = icmp ugt v16, v15
;;= @00b4                               brif v17, block3, block4
;;=
;;=                                 block3 cold:
;;= @00b4                               call fn0()
;;= @00b4                               trap user6
;;=
;;=                                 block4:
;;= @00b4                               v18 = symbol_value.i64 gv2
;;= @00b4                               v19 = iconst.i64 3
;;= @00b4                               v20 = ishl.i64 v5, v19  ; v19 = 3
;;= @00b4                               v21 = iadd v18, v20
;;= @00b4                               v22 = iconst.i64 3
;;= @00b4                               v23 = ishl.i64 v4, v22  ; v22 = 3
;;= @00b4                               v24 = call fn1(v14, v21, v23)
;;= @00b8                               return
;;= }
;;= -- clif core 0 8
;;= function %root:m::func[8](i64 vmctx, i32, i32, i32) tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     fn0 = colocated %trap::TableOutOfBounds sig0
;;=
;;=                                 block0(v0: i64, v1: i32, v2: i32, v3: i32):
;;= @00c1                               v4 = uextend.i64 v3
;;= @00c1                               v5 = uextend.i64 v2
;;= @00c1                               v6 = uextend.i64 v1
;;= @00c1                               v7 = iconst.i64 4
;;= @00c1                               v8 = iadd v6, v4
;;= @00c1                               v9 = icmp ugt v8, v7  ; v7 = 4
;;= @00c1                               brif v9, block1, block2
;;=
;;=                                 block1 cold:
;;= @00c1                               call fn0()
;;= @00c1                               trap user6
;;=
;;=                                 block2:
;;= @00c1                               v10 = iconst.i64 3
;;= @00c1                               v11 = ishl.i64 v6, v10  ; v10 = 3
;;= @00c1                               v12 = iconst.i64 192
;;= @00c1                               v13 = iadd.i64 v0, v12  ; v12 = 192
;;= @00c1                               v14 = iadd v13, v11
;;= @00c1                               v15 = iconst.i64 0
;;= @00c1                               v16 = iadd.i64 v5, v4
;;= @00c1                               v17 = icmp ugt v16, v15  ; v15 = 0
;;= @00c1                               brif v17, block3, block4
;;=
;;=                                 block3 cold:
;;= @00c1                               call fn0()
;;= @00c1                               trap user6
;;=
;;=                                 block4:
;;= @00c5                               return
;;= }
;;= -- clif core 0 9
;;= function %root:m::func[9](i64 vmctx) tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64):
;;= @00c8                               v1 = iconst.i64 0
;;= @00c8                               store notrap aligned v1, v0+152  ; v1 = 0
;;= @00ce                               return
;;= }
