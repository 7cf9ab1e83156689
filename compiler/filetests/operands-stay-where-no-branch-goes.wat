;;! for every target
;;! clif core 0 0
(component
  (core module $m
    (func (param i32) (result i32)
      (block (result i32) (block (result i32) (block (result i32) (local.get 0))))))
  (core instance (instantiate $m)))
;;= -- for every target
;;= -- clif core 0 0
;;= function %root:m::func[0](i64 vmctx, i32) -> i32 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64, v1: i32):
;;= @002e                               return v1
;;= }
