;;! for every target
;;! clif start
(component
  (core module $m
    (memory 1)
    (func $main (i32.store (i32.const 0) (i32.const 1)))
    (start $main))
  (core instance (instantiate $m)))
;;= -- for every target
;;= -- clif start
;;= function %start(i64 vmctx) tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64 vmctx) tail
;;=     fn0 = colocated %root:m::main sig0
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64):
;;=     call fn0(v0)
;;=     return
;;= }
