;;! for every target
;;! optimized core 0 0
(component
  (core module $m
    (memory 1)
    (func (param i32) (result i32) (local i32)
      (loop
        (i32.store (local.get 0) (local.get 1))
        (local.set 1 (i32.add (local.get 1) (i32.load offset=4 (local.get 0))))
        (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 4)))))
      (local.get 1)))
  (core instance (instantiate $m)))
;;= -- for every target
;;= -- optimized core 0 0
;;= function %root:m::func[0](i64 vmctx, i32) -> i32 tail {
;;=     region0 = 17 "memory"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64, v1: i32):
;;= @002a                               v18 = uextend.i64 v1
;;=                                     v15 = iconst.i32 0
;;= @0030                               v5 = load.i64 notrap aligned readonly can_move v0+128
;;= @003f                               v12 = iconst.i32 4
;;= @002a                               jump block1(v18, v15)  ; v15 = 0
;;=
;;=                                 block1(v16: i64, v3: i32):
;;= @0030                               v6 = iadd.i64 v5, v16
;;= @0030                               store little region0 v3, v6
;;= @0037                               v10 = load.i32 little region0 v6+4
;;= @0030                               v17 = ireduce.i32 v16
;;=                                     v20 = iconst.i32 4
;;=                                     v21 = isub v17, v20  ; v20 = 4
;;= @0044                               v19 = uextend.i64 v21
;;= @003a                               v11 = iadd v3, v10
;;= @0044                               brif v21, block1(v19, v11), block2
;;=
;;=                                 block2:
;;= @0049                               return v11
;;= }
