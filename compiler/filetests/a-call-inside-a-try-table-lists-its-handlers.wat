;;! for every target
;; Outside of handlers a call is a call; inside, the innermost clause comes first. What is thrown and caught in
;; one function needs no unwinding. A tail call has no handlers.
;;! clif core 0 1
;;! clif core 0 2
;;! clif core 0 3
;;! clif core 0 4
;;! clif core 0 5
(component
  (core module $m
    (tag $a)
    (tag $b (param i32))
    (func $f (throw $a))
    (func $outside (call $f))
    (func (result i32)
      (block $all
        (block $b (result i32)
          (try_table (catch_all $all)
            (try_table (catch $b $b) (call $f)))
          (i32.const 1))
        (return))
      (i32.const 2))
    (func (result i32)
      (block $a
        (block $b (result i32)
          (try_table (catch $a $a) (catch $b $b) (throw $b (i32.const 7)))
          (i32.const 1))
        (return))
      (i32.const 2))
    (func (throw $b (i32.const 3)))
    (func
      (block $a
        (try_table (catch $a $a) (return_call $f)))))
  (core instance (instantiate $m)))
;;= -- for every target
;;= -- clif core 0 1
;;= function %root:m::outside(i64 vmctx) tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64 vmctx) tail
;;=     fn0 = colocated %root:m::f sig0
;;=     stack_limit = gv1
;;=
;;=                                 block0(v0: i64):
;;= @003b                               call fn0(v0)
;;= @003d                               return
;;= }
;;= -- clif core 0 2
;;= function %root:m::func[2](i64 vmctx) -> i32 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64 vmctx) tail
;;=     fn0 = colocated %root:m::f sig0
;;=     stack_limit = gv1
;;=
;;=                                 block0(v0: i64):
;;= @004f                               try_call fn0(v0), sig0, block3, [ tag1: block2(exn0), default: block1(exn0) ]
;;=
;;=                                 block3:
;;= @0051                               jump block4
;;=
;;=                                 block2(v2: i64) cold:
;;= @0051                               v3 = load.i32 notrap v2+8
;;= @0051                               jump block5(v3)
;;=
;;=                                 block4:
;;= @0052                               jump block6
;;=
;;=                                 block1(v1: i64) cold:
;;= @0052                               jump block7
;;=
;;=                                 block6:
;;= @0053                               v5 = iconst.i32 1
;;= @0055                               jump block5(v5)  ; v5 = 1
;;=
;;=                                 block5(v4: i32):
;;= @0056                               return v4
;;=
;;=                                 block7:
;;= @0058                               v6 = iconst.i32 2
;;= @005a                               return v6  ; v6 = 2
;;= }
;;= -- clif core 0 3
;;= function %root:m::func[3](i64 vmctx) -> i32 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64, i64, i64) -> i64 system_v
;;=     sig1 = (i32) system_v
;;=     fn0 = colocated %weldc_rt_gc_allocate sig0
;;=     fn1 = colocated %trap sig1
;;=
;;=                                 block0(v0: i64):
;;= @006a                               v3 = iconst.i32 7
;;= @006c                               v4 = iconst.i64 0x0001_0000_0003
;;= @006c                               v5 = iconst.i64 16
;;= @006c                               v6 = call fn0(v0, v4, v5)  ; v4 = 0x0001_0000_0003, v5 = 16
;;= @006c                               v7 = iconst.i64 256
;;= @006c                               v8 = icmp ult v6, v7  ; v7 = 256
;;= @006c                               brif v8, block3, block4
;;=
;;=                                 block3 cold:
;;= @006c                               v9 = ireduce.i32 v6
;;= @006c                               call fn1(v9)
;;= @006c                               trap user1
;;=
;;=                                 block4:
;;= @006c                               store.i32 notrap v3, v6+8  ; v3 = 7
;;= @006c                               jump block1(v6)
;;=
;;=                                 block1(v1: i64) cold:
;;= @006e                               v10 = load.i32 notrap v1+8
;;= @006e                               jump block5(v10)
;;=
;;=                                 block5(v11: i32):
;;= @0072                               return v11
;;= }
;;= -- clif core 0 4
;;= function %root:m::func[4](i64 vmctx) tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64, i64, i64) -> i64 system_v
;;=     sig1 = (i32) system_v
;;=     sig2 = (i64 vmctx, i64) tail
;;=     fn0 = colocated %weldc_rt_gc_allocate sig0
;;=     fn1 = colocated %trap sig1
;;=     fn2 = colocated %throw sig2
;;=     stack_limit = gv1
;;=
;;=                                 block0(v0: i64):
;;= @0079                               v1 = iconst.i32 3
;;= @007b                               v2 = iconst.i64 0x0001_0000_0003
;;= @007b                               v3 = iconst.i64 16
;;= @007b                               v4 = call fn0(v0, v2, v3)  ; v2 = 0x0001_0000_0003, v3 = 16
;;= @007b                               v5 = iconst.i64 256
;;= @007b                               v6 = icmp ult v4, v5  ; v5 = 256
;;= @007b                               brif v6, block1, block2
;;=
;;=                                 block1 cold:
;;= @007b                               v7 = ireduce.i32 v4
;;= @007b                               call fn1(v7)
;;= @007b                               trap user1
;;=
;;=                                 block2:
;;= @007b                               store.i32 notrap v1, v4+8  ; v1 = 3
;;= @007b                               call fn2(v0, v4)
;;= @007b                               trap user12
;;= }
;;= -- clif core 0 5
;;= function %root:m::func[5](i64 vmctx) tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64 vmctx) tail
;;=     fn0 = colocated %root:m::f sig0
;;=     stack_limit = gv1
;;=
;;=                                 block0(v0: i64):
;;= @0088                               return_call fn0(v0)
;;= }
