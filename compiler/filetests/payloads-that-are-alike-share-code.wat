;;! clif trampoline 0
(component
  (component $callee
    (core module $m
      (memory (export "memory") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64))
      (func (export "f") (param i32 i32 i32)))
    (core instance $m (instantiate $m))
    ;; Alike but for the names in them.
    (type $ok (tuple u8 u16))
    (type $err' (record (field "a" u8) (field "b" u16)))
    (export $err "err" (type $err'))
    (func (export "f") (param "a" (result $ok (error $err)))
      (canon lift (core func $m "f") (memory (core memory $m "memory")) (realloc (core func $m "realloc"))
        string-encoding=utf8)))
  (instance $callee (instantiate $callee))
  (core module $libc (memory (export "memory") 1))
  (core instance $libc (instantiate $libc))
  (core func $f (canon lower (func $callee "f") (memory (core memory $libc "memory")) string-encoding=utf8)))
;;= -- clif trampoline 0
;;= function %root->root/callee::f(i64 vmctx, i32, i32, i32) tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     sig1 = (i64 vmctx, i32, i32, i32) tail
;;=     fn0 = colocated %trap::InvalidDiscriminant sig0
;;=     fn1 = colocated %root/callee:m::func[1] sig1
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i32, v2: i32, v3: i32):
;;=     v4 = iconst.i32 2
;;=     v5 = icmp uge v1, v4  ; v4 = 2
;;=     brif v5, block1, block2
;;=
;;= block1 cold:
;;=     call fn0()
;;=     trap user33
;;=
;;= block2:
;;=     jump block3
;;=
;;= block3:
;;=     v8 = iconst.i32 255
;;=     v9 = band.i32 v2, v8  ; v8 = 255
;;=     v10 = iconst.i32 0xffff
;;=     v11 = band.i32 v3, v10  ; v10 = 0xffff
;;=     jump block4(v9, v11)
;;=
;;= block4(v6: i32, v7: i32):
;;=     call fn1(v0, v1, v6, v7)
;;=     return
;;= }
