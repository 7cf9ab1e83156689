;;! for every target
;;! clif core 0 0
;;! clif core 0 1
;;! clif core 0 2
;;! clif core 0 3
;;! clif core 0 4
;;! clif core 0 6
;;! clif core 0 7
;;! clif core 0 8
;;! clif core 0 9
(component
  (core module $m
    (memory $a 1)
    (memory $b i64 1)
    (data $d "abc")
    (data $active (i32.const 0) "def")
    (func (param i32 i32 i32) (memory.fill $a (local.get 0) (local.get 1) (local.get 2)))
    (func (param i32 i32 i32) (memory.copy $a $a (local.get 0) (local.get 1) (local.get 2)))
    (func (param i64 i32 i32) (memory.copy $b $a (local.get 0) (local.get 1) (local.get 2)))
    (func (param i64 i64 i64) (memory.copy $b $b (local.get 0) (local.get 1) (local.get 2)))
    (func (param i32 i32 i32) (memory.init $a $d (local.get 0) (local.get 1) (local.get 2)))
    (func (param i64 i32 i32) (memory.init $b $d (local.get 0) (local.get 1) (local.get 2)))
    (func (param i32 i32 i32) (memory.init $a $active (local.get 0) (local.get 1) (local.get 2)))
    (func (data.drop $d) (data.drop $active))
    (func (result i32 i64) (memory.size $a) (memory.size $b))
    (func (result i32 i64) (memory.grow $a (i32.const 1)) (memory.grow $b (i64.const 1))))
  (core instance (instantiate $m)))
;;= -- for every target
;;= -- clif core 0 0
;;= function %root:m::func[0](i64 vmctx, i32, i32, i32) tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     sig1 = (i64, i32, i64) -> i64 system_v
;;=     fn0 = colocated %trap::MemoryOutOfBounds sig0
;;=     fn1 = colocated %memset sig1
;;=
;;=                                 block0(v0: i64, v1: i32, v2: i32, v3: i32):
;;= @0052                               v4 = uextend.i64 v3
;;= @0052                               v5 = uextend.i64 v1
;;= @0052                               v6 = load.i64 notrap aligned v0+136
;;= @0052                               v7 = iadd v5, v4
;;= @0052                               v8 = icmp ugt v7, v6
;;= @0052                               brif v8, block1, block2
;;=
;;=                                 block1 cold:
;;= @0052                               call fn0()
;;= @0052                               trap user5
;;=
;;=                                 block2:
;;= @0052                               v9 = load.i64 notrap aligned readonly can_move v0+128
;;= @0052                               v10 = iadd v9, v5
;;= @0052                               v11 = call fn1(v10, v2, v4)
;;= @0055                               return
;;= }
;;= -- clif core 0 1
;;= function %root:m::func[1](i64 vmctx, i32, i32, i32) tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     sig1 = (i64, i64, i64) -> i64 system_v
;;=     fn0 = colocated %trap::MemoryOutOfBounds sig0
;;=     fn1 = colocated %memmove sig1
;;=
;;=                                 block0(v0: i64, v1: i32, v2: i32, v3: i32):
;;= @005e                               v4 = uextend.i64 v3
;;= @005e                               v5 = uextend.i64 v2
;;= @005e                               v6 = uextend.i64 v1
;;= @005e                               v7 = load.i64 notrap aligned v0+136
;;= @005e                               v8 = iadd v6, v4
;;= @005e                               v9 = icmp ugt v8, v7
;;= @005e                               brif v9, block1, block2
;;=
;;=                                 block1 cold:
;;= @005e                               call fn0()
;;= @005e                               trap user5
;;=
;;=                                 block2:
;;= @005e                               v10 = load.i64 notrap aligned readonly can_move v0+128
;;= @005e                               v11 = iadd v10, v6
;;= @005e                               v12 = load.i64 notrap aligned v0+136
;;= @005e                               v13 = iadd.i64 v5, v4
;;= @005e                               v14 = icmp ugt v13, v12
;;= @005e                               brif v14, block3, block4
;;=
;;=                                 block3 cold:
;;= @005e                               call fn0()
;;= @005e                               trap user5
;;=
;;=                                 block4:
;;= @005e                               v15 = load.i64 notrap aligned readonly can_move v0+128
;;= @005e                               v16 = iadd v15, v5
;;= @005e                               v17 = call fn1(v11, v16, v4)
;;= @0062                               return
;;= }
;;= -- clif core 0 2
;;= function %root:m::func[2](i64 vmctx, i64, i32, i32) tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     sig1 = (i64, i64, i64) -> i64 system_v
;;=     fn0 = colocated %trap::MemoryOutOfBounds sig0
;;=     fn1 = colocated %memmove sig1
;;=
;;=                                 block0(v0: i64, v1: i64, v2: i32, v3: i32):
;;= @006b                               v4 = uextend.i64 v3
;;= @006b                               v5 = uextend.i64 v2
;;= @006b                               v6 = load.i64 notrap aligned v0+152
;;= @006b                               v7 = isub v6, v4
;;= @006b                               v8 = icmp ugt v4, v6
;;= @006b                               v9 = icmp ugt v1, v7
;;= @006b                               v10 = bor v8, v9
;;= @006b                               brif v10, block1, block2
;;=
;;=                                 block1 cold:
;;= @006b                               call fn0()
;;= @006b                               trap user5
;;=
;;=                                 block2:
;;= @006b                               v11 = load.i64 notrap aligned readonly can_move v0+144
;;= @006b                               v12 = iadd v11, v1
;;= @006b                               v13 = load.i64 notrap aligned v0+136
;;= @006b                               v14 = iadd.i64 v5, v4
;;= @006b                               v15 = icmp ugt v14, v13
;;= @006b                               brif v15, block3, block4
;;=
;;=                                 block3 cold:
;;= @006b                               call fn0()
;;= @006b                               trap user5
;;=
;;=                                 block4:
;;= @006b                               v16 = load.i64 notrap aligned readonly can_move v0+128
;;= @006b                               v17 = iadd v16, v5
;;= @006b                               v18 = call fn1(v12, v17, v4)
;;= @006f                               return
;;= }
;;= -- clif core 0 3
;;= function %root:m::func[3](i64 vmctx, i64, i64, i64) tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     sig1 = (i64, i64, i64) -> i64 system_v
;;=     fn0 = colocated %trap::MemoryOutOfBounds sig0
;;=     fn1 = colocated %memmove sig1
;;=
;;=                                 block0(v0: i64, v1: i64, v2: i64, v3: i64):
;;= @0078                               v4 = load.i64 notrap aligned v0+152
;;= @0078                               v5 = isub v4, v3
;;= @0078                               v6 = icmp ugt v3, v4
;;= @0078                               v7 = icmp ugt v1, v5
;;= @0078                               v8 = bor v6, v7
;;= @0078                               brif v8, block1, block2
;;=
;;=                                 block1 cold:
;;= @0078                               call fn0()
;;= @0078                               trap user5
;;=
;;=                                 block2:
;;= @0078                               v9 = load.i64 notrap aligned readonly can_move v0+144
;;= @0078                               v10 = iadd v9, v1
;;= @0078                               v11 = load.i64 notrap aligned v0+152
;;= @0078                               v12 = isub v11, v3
;;= @0078                               v13 = icmp.i64 ugt v3, v11
;;= @0078                               v14 = icmp.i64 ugt v2, v12
;;= @0078                               v15 = bor v13, v14
;;= @0078                               brif v15, block3, block4
;;=
;;=                                 block3 cold:
;;= @0078                               call fn0()
;;= @0078                               trap user5
;;=
;;=                                 block4:
;;= @0078                               v16 = load.i64 notrap aligned readonly can_move v0+144
;;= @0078                               v17 = iadd v16, v2
;;= @0078                               v18 = call fn1(v10, v17, v3)
;;= @007c                               return
;;= }
;;= -- clif core 0 4
;;= function %root:m::func[4](i64 vmctx, i32, i32, i32) tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     gv2 = symbol colocated userextname1
;;=     sig0 = () system_v
;;=     sig1 = (i64, i64, i64) -> i64 system_v
;;=     fn0 = colocated %trap::MemoryOutOfBounds sig0
;;=     fn1 = colocated %memmove sig1
;;=
;;=                                 block0(v0: i64, v1: i32, v2: i32, v3: i32):
;;= @0085                               v4 = uextend.i64 v3
;;= @0085                               v5 = uextend.i64 v2
;;= @0085                               v6 = uextend.i64 v1
;;= @0085                               v7 = load.i64 notrap aligned v0+136
;;= @0085                               v8 = iadd v6, v4
;;= @0085                               v9 = icmp ugt v8, v7
;;= @0085                               brif v9, block1, block2
;;=
;;=                                 block1 cold:
;;= @0085                               call fn0()
;;= @0085                               trap user5
;;=
;;=                                 block2:
;;= @0085                               v10 = load.i64 notrap aligned readonly can_move v0+128
;;= @0085                               v11 = iadd v10, v6
;;= @0085                               v12 = load.i64 notrap aligned v0+160
;;= @0085                               v13 = iadd.i64 v5, v4
;;= @0085                               v14 = icmp ugt v13, v12
;;= @0085                               brif v14, block3, block4
;;=
;;=                                 block3 cold:
;;= @0085                               call fn0()
;;= @0085                               trap user5
;;=
;;=                                 block4:
;;= @0085                               v15 = symbol_value.i64 gv2
;;= @0085                               v16 = iadd v15, v5
;;= @0085                               v17 = call fn1(v11, v16, v4)
;;= @0089                               return
;;= }
;;= -- clif core 0 6
;;= function %root:m::func[6](i64 vmctx, i32, i32, i32) tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     fn0 = colocated %trap::MemoryOutOfBounds sig0
;;=
;;=                                 block0(v0: i64, v1: i32, v2: i32, v3: i32):
;;= @009f                               v4 = uextend.i64 v3
;;= @009f                               v5 = uextend.i64 v2
;;= @009f                               v6 = uextend.i64 v1
;;= @009f                               v7 = load.i64 notrap aligned v0+136
;;= @009f                               v8 = iadd v6, v4
;;= @009f                               v9 = icmp ugt v8, v7
;;= @009f                               brif v9, block1, block2
;;=
;;=                                 block1 cold:
;;= @009f                               call fn0()
;;= @009f                               trap user5
;;=
;;=                                 block2:
;;= @009f                               v10 = load.i64 notrap aligned readonly can_move v0+128
;;= @009f                               v11 = iadd v10, v6
;;= @009f                               v12 = iconst.i64 0
;;= @009f                               v13 = iadd.i64 v5, v4
;;= @009f                               v14 = icmp ugt v13, v12  ; v12 = 0
;;= @009f                               brif v14, block3, block4
;;=
;;=                                 block3 cold:
;;= @009f                               call fn0()
;;= @009f                               trap user5
;;=
;;=                                 block4:
;;= @00a3                               return
;;= }
;;= -- clif core 0 7
;;= function %root:m::func[7](i64 vmctx) tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64):
;;= @00a6                               v1 = iconst.i64 0
;;= @00a6                               store notrap aligned v1, v0+160  ; v1 = 0
;;= @00ac                               return
;;= }
;;= -- clif core 0 8
;;= function %root:m::func[8](i64 vmctx) -> i32, i64 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64):
;;= @00af                               v1 = load.i64 notrap aligned v0+136
;;= @00af                               v2 = iconst.i64 16
;;= @00af                               v3 = ushr v1, v2  ; v2 = 16
;;= @00af                               v4 = ireduce.i32 v3
;;= @00b1                               v5 = load.i64 notrap aligned v0+152
;;= @00b1                               v6 = iconst.i64 16
;;= @00b1                               v7 = ushr v5, v6  ; v6 = 16
;;= @00b3                               return v4, v7
;;= }
;;= -- clif core 0 9
;;= function %root:m::func[9](i64 vmctx) -> i32, i64 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64, i32, i64) -> i64 system_v
;;=     fn0 = colocated %weldc_rt_memory_grow sig0
;;=
;;=                                 block0(v0: i64):
;;= @00b6                               v1 = iconst.i32 1
;;= @00b8                               v2 = uextend.i64 v1  ; v1 = 1
;;= @00b8                               v3 = iconst.i32 0
;;= @00b8                               v4 = call fn0(v0, v3, v2)  ; v3 = 0
;;= @00b8                               v5 = ireduce.i32 v4
;;= @00ba                               v6 = iconst.i64 1
;;= @00bc                               v7 = iconst.i32 1
;;= @00bc                               v8 = call fn0(v0, v7, v6)  ; v7 = 1, v6 = 1
;;= @00be                               return v5, v8
;;= }
