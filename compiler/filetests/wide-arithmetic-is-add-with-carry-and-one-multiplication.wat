;;! clif core 0 0
;;! asm core 0 0
;;! asm core 0 1
(component
  (core module $m
    (func (export "add") (param i64 i64 i64 i64) (result i64 i64)
      (i64.add128 (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
    (func (export "mul") (param i64 i64) (result i64 i64)
      (i64.mul_wide_u (local.get 0) (local.get 1))))
  (core instance $i (instantiate $m)))
;;= -- clif core 0 0
;;= function %root:m::func[0](i64 vmctx, i64, i64, i64, i64) -> i64, i64 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64, v1: i64, v2: i64, v3: i64, v4: i64):
;;= @0046                               v5 = iconcat v3, v4
;;= @0046                               v6 = iconcat v1, v2
;;= @0046                               v7 = iadd v6, v5
;;= @0046                               v8, v9 = isplit v7
;;= @0048                               return v8, v9
;;= }
;;= -- asm core 0 0
;;= root:m::func[0]:
;;=      0:  pushq   %rbp
;;=      1:  movq    %rsp, %rbp
;;=      4:  movq    %rsi, %rax
;;=      7:  addq    %rcx, %rax                       ; @46
;;=      a:  movq    %rdx, %rcx
;;=      d:  adcq    %r8, %rcx
;;=     10:  movq    %rbp, %rsp                       ; @48
;;=     13:  popq    %rbp
;;=     14:  retq
;;= -- asm core 0 1
;;= root:m::func[1]:
;;=      0:  pushq   %rbp
;;=      1:  movq    %rsp, %rbp
;;=      4:  movq    %rsi, %rax
;;=      7:  mulq    %rdx                             ; @4f
;;=      a:  movq    %rdx, %rcx
;;=      d:  movq    %rbp, %rsp                       ; @51
;;=     10:  popq    %rbp
;;=     11:  retq
