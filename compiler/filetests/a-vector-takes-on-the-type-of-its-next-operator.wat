;; A load becomes one of the type that is wanted, so that it can be an operand in memory; a local is settled as
;; i8x16 where control flow meets, and nowhere else.
;;! clif core 0 0
;;! for x86_64-unknown-linux-gnu has_sse3 has_ssse3 has_sse41 has_sse42 has_avx
;;! asm core 0 0
(component
  (core module $m
    (memory (export "memory") 1)
    (func (export "scale") (param $at i32) (param $end i32) (param $factor v128) (result v128)
      (loop $again
        (v128.store (local.get $at) (f32x4.mul (local.get $factor) (v128.load (local.get $at))))
        (local.set $factor (f32x4.neg (local.get $factor)))
        (br_if $again
          (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $end))))
      (f32x4.sqrt (local.get $factor))))
  (core instance $i (instantiate $m)))
;;= -- clif core 0 0
;;= function %root:m::func[0](i64 vmctx, i32, i32, i8x16) -> i8x16 tail {
;;=     region0 = 17 "memory"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64, v1: i32, v2: i32, v3: i8x16):
;;= @003f                               v28 = uextend.i64 v1
;;= @003f                               jump block1(v28, v3)
;;=
;;=                                 block1(v26: i64, v5: i8x16):
;;= @0047                               v27 = ireduce.i32 v26
;;= @0047                               v7 = load.i64 notrap aligned readonly can_move v0+128
;;= @0047                               v8 = iadd v7, v26
;;= @0047                               v10 = load.f32x4 little region0 v8
;;= @0047                               v9 = bitcast.i8x16 little v10
;;= @004b                               v11 = bitcast.f32x4 little v5
;;= @004b                               v12 = fmul v11, v10
;;= @004e                               v14 = load.i64 notrap aligned readonly can_move v0+128
;;= @004e                               v15 = iadd v14, v26
;;= @004e                               store little region0 v12, v15
;;= @0054                               v16 = bitcast.f32x4 little v5
;;= @0054                               v17 = fneg v16
;;= @0057                               v18 = bitcast.i8x16 little v17
;;= @005b                               v19 = iconst.i32 16
;;= @005d                               v20 = iadd v27, v19  ; v19 = 16
;;= @0062                               v22 = icmp ult v20, v2
;;= @0062                               v23 = uextend.i32 v22
;;= @0063                               v29 = uextend.i64 v20
;;= @0063                               brif v23, block1(v29, v18), block2
;;=
;;=                                 block2:
;;= @0068                               v24 = sqrt.f32x4 v17
;;= @006b                               v25 = bitcast.i8x16 little v24
;;= @006b                               return v25
;;= }
;;= -- for x86_64-unknown-linux-gnu has_sse3 has_ssse3 has_sse41 has_sse42 has_avx
;;= -- asm core 0 0
;;= root:m::func[0]:
;;=      0:  pushq   %rbp
;;=      1:  movq    %rsp, %rbp
;;=      4:  movl    %esi, %esi                       ; @3f
;;=      6:  movq    0x80(%rdi), %rax                 ; @47
;;=      d:  vmulps  (%rax, %rsi), %xmm0, %xmm1       ; @4b, trap: MemoryOutOfBounds
;;=     12:  vmovups %xmm1, (%rax, %rsi)              ; @4e, trap: MemoryOutOfBounds
;;=     17:  addl    $0x10, %esi
;;=     1d:  vpcmpeqd%xmm1, %xmm1, %xmm1              ; @54
;;=     21:  vpslld  $0x1f, %xmm1, %xmm1
;;=     26:  vxorps  %xmm1, %xmm0, %xmm0
;;=     2a:  cmpl    %edx, %esi                       ; @63
;;=     2c:  jb      0xd
;;=     32:  vsqrtps %xmm0, %xmm0                     ; @68
;;=     36:  movq    %rbp, %rsp                       ; @6b
;;=     39:  popq    %rbp
;;=     3a:  retq
