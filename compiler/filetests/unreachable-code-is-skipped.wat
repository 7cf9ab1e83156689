;;! for every target
;;! clif core 0 1
;;! clif core 0 2
;;! clif core 0 3
;;! clif core 0 4
(component
  (core module $m
    (memory 1)
    (func $f (param i32))
    (func (result i32)
      (block (result i32)
        (br 0 (i32.const 1))
        (block (loop (if (i32.const 0) (then (br 1)) (else (call $f (i32.load (i32.const 0))) (br_table 0 1 2 (i32.const 0))))))
        (call $f)
        (i32.add)))
    (func (result i32) unreachable (i64.add) (drop) (select) (drop) (i32.const 1))
    (func (result i32) (loop (result i32) (br 0)) (i32.eqz) (drop) (i32.const 1))
    (func (result i32) (return (i32.const 1)) (if (result i32) (then (i32.const 1)) (else (i32.const 2))))
    (func (param i32) (result i32)
      (if (result i32) (local.get 0) (then (unreachable)) (else (return (i32.const 2)))))
    (func (param i32) (result i32)
      (if (result i32) (local.get 0) (then (unreachable) (if (then) (else))) (else (i32.const 2))))
    (func (param i32) (if (local.get 0) (then (unreachable))))
    (func (param i32) (block (br_if 0 (local.get 0)) (unreachable)))
    (func (block (block (br 1)) (unreachable)))
    (func (param i64 i32) (result i64)
      (local.get 0)
      (if (param i64) (result i64) (local.get 1) (then (unreachable)))))
  (core instance (instantiate $m)))
;;= -- for every target
;;= -- clif core 0 1
;;= function %root:m::func[1](i64 vmctx) -> i32 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64):
;;= @004f                               v1 = iconst.i32 1
;;= @0051                               jump block1(v1)  ; v1 = 1
;;=
;;=                                 block1(v2: i32):
;;= @0073                               return v2
;;= }
;;= -- clif core 0 2
;;= function %root:m::func[2](i64 vmctx) -> i32 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = () system_v
;;=     fn0 = colocated %trap::Unreachable sig0
;;=
;;=                                 block0(v0: i64):
;;= @0076                               call fn0()
;;= @0076                               trap user1
;;= }
;;= -- clif core 0 3
;;= function %root:m::func[3](i64 vmctx) -> i32 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64):
;;= @0080                               jump block1
;;=
;;=                                 block1:
;;= @0082                               jump block1
;;= }
;;= -- clif core 0 4
;;= function %root:m::func[4](i64 vmctx) -> i32 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64):
;;= @008c                               v1 = iconst.i32 1
;;= @008e                               return v1  ; v1 = 1
;;= }
