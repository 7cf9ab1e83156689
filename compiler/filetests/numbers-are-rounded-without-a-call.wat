;;! asm core 0 0
;;! for x86_64-unknown-linux-gnu has_sse3 has_ssse3 has_sse41
;;! asm core 0 0
(component
  (core module $m
    (func $floor (export "floor") (param f64) (result f64) (f64.floor (local.get 0))))
  (core instance $m (instantiate $m))
  (func (export "floor") (param "x" f64) (result f64) (canon lift (core func $m "floor"))))
;;= -- asm core 0 0
;;= root:m::floor:
;;=      0:  pushq   %rbp
;;=      1:  movq    %rsp, %rbp
;;=      4:  xorpd   %xmm5, %xmm5                     ; @30
;;=      8:  movsd   %xmm0, %xmm5
;;=      c:  pcmpeqd %xmm1, %xmm1
;;=     10:  psrlq   $1, %xmm1
;;=     15:  movdqa  %xmm5, %xmm3
;;=     19:  andpd   %xmm1, %xmm3
;;=     1d:  movupd  0x6b(%rip), %xmm1
;;=     25:  movdqa  %xmm3, %xmm0
;;=     29:  cmpltpd %xmm1, %xmm0
;;=     2e:  movdqa  %xmm0, %xmm4
;;=     32:  addpd   %xmm1, %xmm3
;;=     36:  subpd   %xmm1, %xmm3
;;=     3a:  movupd  0x5e(%rip), %xmm0
;;=     42:  movdqa  %xmm5, %xmm1
;;=     46:  andpd   %xmm0, %xmm1
;;=     4a:  orpd    %xmm1, %xmm3
;;=     4e:  movdqa  %xmm5, %xmm2
;;=     52:  cmpltpd %xmm3, %xmm2
;;=     57:  movupd  0x51(%rip), %xmm0
;;=     5f:  andpd   %xmm0, %xmm2
;;=     63:  subpd   %xmm2, %xmm3
;;=     67:  orpd    %xmm1, %xmm3
;;=     6b:  xorpd   %xmm0, %xmm0
;;=     6f:  subpd   %xmm0, %xmm5
;;=     73:  movdqa  %xmm4, %xmm0
;;=     77:  andpd   %xmm0, %xmm3
;;=     7b:  andnpd  %xmm5, %xmm0
;;=     7f:  orpd    %xmm3, %xmm0
;;=     83:  movq    %rbp, %rsp                       ; @31
;;=     86:  popq    %rbp
;;=     87:  retq
;;=     88:  addb    %al, (%rax)
;;=     8a:  addb    %al, (%rax)
;;=     8c:  addb    %al, (%rax)
;;=     8e:  addb    %al, (%rax)
;;=     90:  addb    %al, (%rax)
;;=     92:  addb    %al, (%rax)
;;=     94:  addb    %al, (%rax)
;;=     96:  xorb    %al, (%rbx)
;;=     99:  addb    %al, (%rax)
;;=     9b:  addb    %al, (%rax)
;;=     9d:  addb    %dh, (%rax)
;;=     9f:  addb    %al, (%r8)
;;=     a2:  addb    %al, (%rax)
;;=     a4:  addb    %al, (%rax)
;;=     a6:  addb    %al, (%rax)
;;=     ac:  addb    %al, (%rax)
;;=     ae:  addb    %al, (%rax)
;;=     b4:  addb    %al, (%rax)
;;=     b6:  .byte   0xf0
;;=     b7:  .byte   0x3f
;;=     b8:  addb    %al, (%rax)
;;=     ba:  addb    %al, (%rax)
;;=     bc:  addb    %al, (%rax)
;;=     be:  .byte   0xf0
;;=     bf:  .byte   0x3f
;;= -- for x86_64-unknown-linux-gnu has_sse3 has_ssse3 has_sse41
;;= -- asm core 0 0
;;= root:m::floor:
;;=      0:  pushq   %rbp
;;=      1:  movq    %rsp, %rbp
;;=      4:  roundsd $1, %xmm0, %xmm0                 ; @30
;;=      a:  movq    %rbp, %rsp                       ; @31
;;=      d:  popq    %rbp
;;=      e:  retq
