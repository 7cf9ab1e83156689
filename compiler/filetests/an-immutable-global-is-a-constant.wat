;;! for every target
;;! clif core 1 0
(component
  (core module $a
    (global (export "i") i32 (i32.const 5))
    (global (export "f") f64 (f64.const 2.5))
    (func $f (export "func"))
    (global (export "r") funcref (ref.func $f)))
  (core module $b
    (import "a" "i" (global $i i32))
    (import "a" "f" (global $f f64))
    (import "a" "r" (global $r funcref))
    (func (result i32 f64 funcref) (global.get $i) (global.get $f) (global.get $r)))
  (core instance $a (instantiate $a))
  (core instance $b (instantiate $b (with "a" (instance $a)))))
;;= -- for every target
;;= -- clif core 1 0
;;= function %root:b::func[0](i64 vmctx) -> i32, f64, i64 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     gv2 = symbol colocated userextname1
;;=     sig0 = (i64 vmctx) tail
;;=     fn0 = colocated %root:a::f sig0
;;=
;;=                                 block0(v0: i64):
;;= @0096                               v1 = iconst.i32 5
;;= @0098                               v2 = f64const 0x1.4000000000000p1
;;= @009a                               v3 = func_addr.i64 fn0
;;= @009a                               v4 = symbol_value.i64 gv2
;;= @009a                               v5 = isub v3, v4
;;= @009a                               v6 = iconst.i64 0x0001_0000_0000
;;= @009a                               v7 = bor v5, v6  ; v6 = 0x0001_0000_0000
;;= @009c                               return v1, v2, v7  ; v1 = 5, v2 = 0x1.4000000000000p1
;;= }
