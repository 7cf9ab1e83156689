;;! clif trampoline 0
;; The function's type is asynchronous, but nothing in its code can wait: the caller is told that it has returned.
(component
  (component $C
    (core module $m (func (export "f") (param i32) (result i32) (unreachable)))
    (core instance $m (instantiate $m))
    (func (export "f") async (param "a" u32) (result u32) (canon lift (core func $m "f"))))
  (instance $c (instantiate $C))
  (core module $libc (memory (export "memory") 1))
  (core instance $libc (instantiate $libc))
  (core func (canon lower (func $c "f") async (memory (core memory $libc "memory")))))
;;= -- clif trampoline 0
;;= function %root->root/C::f(i64 vmctx, i32, i32) -> i32 tail {
;;=     region0 = 17 "memory"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64 vmctx, i32) -> i32 tail
;;=     sig1 = () system_v
;;=     sig2 = () system_v
;;=     fn0 = colocated %root/C:m::func[0] sig0
;;=     fn1 = colocated %trap::PointerUnaligned sig1
;;=     fn2 = colocated %trap::PointerOutOfBounds sig2
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i32, v2: i32):
;;=     v3 = call fn0(v0, v1)
;;=     v4 = iconst.i64 4
;;=     v5 = uextend.i64 v2
;;=     v6 = iconst.i64 3
;;=     v7 = band v5, v6  ; v6 = 3
;;=     brif v7, block1, block2
;;=
;;= block1 cold:
;;=     call fn1()
;;=     trap user23
;;=
;;= block2:
;;=     v8 = iconst.i64 0x0001_0000
;;=     v9 = iadd.i64 v5, v4  ; v4 = 4
;;=     v10 = icmp ugt v9, v8  ; v8 = 0x0001_0000
;;=     brif v10, block3, block4
;;=
;;= block3 cold:
;;=     call fn2()
;;=     trap user22
;;=
;;= block4:
;;=     v11 = load.i64 notrap aligned readonly can_move v0+128
;;=     v12 = iadd v11, v5
;;=     store.i32 notrap aligned little region0 v3, v12
;;=     v13 = iconst.i32 2
;;=     return v13  ; v13 = 2
;;= }
