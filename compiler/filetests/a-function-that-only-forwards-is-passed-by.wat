;; As wit-component makes it: the table is there before the functions that it will hold.
(component
  (import "log" (func $log (param "x" string)))
  (core module $shim
    (type $t (func (param i32 i32)))
    (table (export "table") 1 1 funcref)
    (func (export "log") (type $t)
      (call_indirect (type $t) (local.get 0) (local.get 1) (i32.const 0))))
  (core module $fixup
    (import "" "table" (table 1 1 funcref))
    (import "" "log" (func (param i32 i32)))
    (elem (i32.const 0) func 0))
  (core module $m
    (import "host" "log" (func $log (param i32 i32)))
    (memory (export "memory") 1)
    (func (export "run") (call $log (i32.const 8) (i32.const 2))))
  (core instance $shim (instantiate $shim))
  (core instance $i (instantiate $m (with "host" (instance (export "log" (func $shim "log"))))))
  (core func $log' (canon lower (func $log) (memory (core memory $i "memory"))))
  (core instance (instantiate $fixup (with "" (instance
    (export "table" (table $shim "table")) (export "log" (func $log'))))))
  (func (export "run") (canon lift (core func $i "run"))))
;;! reachable
;;! functions
;;! clif core 1 1
;;= -- reachable
;;= -- functions
;;= root:m::func[1]
;;= root->host::log
;;= -- clif core 1 1
;;= function %root:m::func[1](i64 vmctx) tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64 vmctx, i32, i32) tail
;;=     fn0 = colocated %root->host::log sig0
;;=     stack_limit = gv1
;;=
;;=                                 block0(v0: i64):
;;= @00f0                               v1 = iconst.i32 8
;;= @00f2                               v2 = iconst.i32 2
;;= @00f4                               call fn0(v0, v1, v2)  ; v1 = 8, v2 = 2
;;= @00f6                               return
;;= }
