;;! clif core 1 1
;;! asm core 1 1
(component
  (core module $m
    (import "" "rare" (func $rare (result i32)))
    (func (export "run") (param i32) (result i32)
      (block $failed
        (i32.eqz (local.get 0))
        (@metadata.code.branch_hint "\00") br_if $failed
        (i32.eq (local.get 0) (i32.const 7))
        (@metadata.code.branch_hint "\00") if (drop (call $rare)) end
        (return (i32.add (local.get 0) (i32.const 1))))
      (call $rare)))
  (core module $other (func (export "rare") (result i32) (i32.const 5)))
  (core instance $other (instantiate $other))
  (core instance $m (instantiate $m (with "" (instance $other))))
  (func (export "run") (param "n" u32) (result u32) (canon lift (core func $m "run"))))
;;= -- clif core 1 1
;;= function %root:m::func[1](i64 vmctx, i32) -> i32 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64 vmctx) -> i32 tail
;;=     fn0 = colocated %root:other::func[0] sig0
;;=     stack_limit = gv1
;;=
;;=                                 block0(v0: i64, v1: i32):
;;= @0065                               v2 = iconst.i32 0
;;= @0065                               v3 = icmp eq v1, v2  ; v2 = 0
;;= @0065                               v4 = uextend.i32 v3
;;= @0066                               brif v4, block1, block2
;;=
;;=                                 block2:
;;= @006a                               v5 = iconst.i32 7
;;= @006c                               v6 = icmp.i32 eq v1, v5  ; v5 = 7
;;= @006c                               v7 = uextend.i32 v6
;;= @006d                               brif v7, block3, block4
;;=
;;=                                 block3 cold:
;;= @006f                               v8 = call fn0(v0)
;;= @0072                               jump block5
;;=
;;=                                 block4:
;;= @0072                               jump block5
;;=
;;=                                 block5:
;;= @0075                               v10 = iconst.i32 1
;;= @0077                               v11 = iadd.i32 v1, v10  ; v10 = 1
;;= @0078                               return v11
;;=
;;=                                 block1 cold:
;;= @007a                               v12 = call fn0(v0)
;;= @007c                               return v12
;;= }
;;= -- asm core 1 1
;;= root:m::func[1]:
;;=      0:  pushq   %rbp
;;=      1:  movq    %rsp, %rbp
;;=      4:  movq    (%rdi), %r10
;;=      7:  addq    $0x20, %r10
;;=      b:  cmpq    %rsp, %r10
;;=      e:  ja      0x62
;;=     14:  subq    $0x10, %rsp
;;=     18:  movq    %r12, (%rsp)
;;=     1c:  testl   %esi, %esi                       ; @66
;;=     1e:  je      0x50
;;=     24:  cmpl    $7, %esi                         ; @6d
;;=     27:  movq    %rsi, %r12
;;=     2a:  je      0x43
;;=     30:  movq    %r12, %rsi
;;=     33:  leal    1(%rsi), %eax                    ; @77
;;=     36:  movq    (%rsp), %r12                     ; @78
;;=     3a:  addq    $0x10, %rsp
;;=     3e:  movq    %rbp, %rsp
;;=     41:  popq    %rbp
;;=     42:  retq
;;=     43:  callq   0x48                             ; @6f, X86CallPCRel4 root:other::func[0]-4
;;=     48:  movq    %r12, %rsi
;;=     4b:  jmp     0x33                             ; @72
;;=     50:  callq   0x55                             ; @7a, X86CallPCRel4 root:other::func[0]-4
;;=     55:  movq    (%rsp), %r12                     ; @7c
;;=     59:  addq    $0x10, %rsp
;;=     5d:  movq    %rbp, %rsp
;;=     60:  popq    %rbp
;;=     61:  retq
;;=     62:  ud2                                      ; trap: StackOverflow
