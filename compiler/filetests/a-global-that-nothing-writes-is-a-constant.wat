(component
  (core module $env
    (global (export "base") (mut i32) (i32.const 1024))
    (global (export "stack") (mut i32) (i32.const 4096)))
  (core module $m
    (global $base (import "env" "base") (mut i32))
    (global $stack (import "env" "stack") (mut i32))
    (func (export "get") (result i32)
      (i32.add (global.get $base) (global.get $stack)))
    (func (export "set") (param i32)
      (global.set $stack (local.get 0)))
    (func (export "never") (param i32)
      (global.set $base (local.get 0))))
  (core instance $env (instantiate $env))
  (core instance $i (instantiate $m (with "env" (instance $env))))
  (func (export "get") (result u32) (canon lift (core func $i "get")))
  (func (export "set") (param "x" u32) (canon lift (core func $i "set"))))
;;! reachable
;;! clif core 1 0
;;= -- reachable
;;= -- clif core 1 0
;;= function %root:m::func[0](i64 vmctx) -> i32 tail {
;;=     region0 = 2 "global"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64):
;;= @0094                               v1 = iconst.i32 1024
;;= @0096                               v2 = load.i32 notrap region0 v0+128
;;= @0098                               v3 = iadd v1, v2  ; v1 = 1024
;;= @0099                               return v3
;;= }
