;;! clif core 0 0
(component
  (core module $m
    (@custom "metadata.code.branch_hint" (before code) "\02\00\01\03\01\09\00\ff\ff")
    (@custom "metadata.code.branch_hint" (before code) "\01\00\7f")
    (func (export "run") (param i32) (result i32)
      (if (local.get 0) (then (return (i32.const 1))))
      (i32.const 2)))
  (core instance $m (instantiate $m))
  (func (export "run") (param "n" u32) (result u32) (canon lift (core func $m "run"))))
;;= -- clif core 0 0
;;= function %root:m::func[0](i64 vmctx, i32) -> i32 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64, v1: i32):
;;= @0072                               brif v1, block1, block2
;;=
;;=                                 block1:
;;= @0074                               v2 = iconst.i32 1
;;= @0076                               return v2  ; v2 = 1
;;=
;;=                                 block2:
;;= @0078                               v3 = iconst.i32 2
;;= @007a                               return v3  ; v3 = 2
;;= }
