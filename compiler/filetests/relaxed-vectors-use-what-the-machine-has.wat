;; What differs between machines: with no features, with those of a common one, and on Arm.
;;! asm core 0 0
;;! clif core 0 1
;;! for x86_64-unknown-linux-gnu has_sse3 has_ssse3 has_sse41 has_sse42 has_avx has_avx2 has_fma
;;! asm core 0 0
;;! clif core 0 1
;;! for aarch64-unknown-linux-gnu
;;! clif core 0 0
;;! clif core 0 1
(component
  (core module $m
    (memory (export "memory") 1)
    (func (export "numbers") (param $a v128) (param $b v128) (param $c v128) (result v128 v128 v128)
      (f32x4.relaxed_nmadd (local.get $a) (local.get $b) (local.get $c))
      (f64x2.relaxed_min (local.get $a) (local.get $b))
      (i32x4.relaxed_trunc_f64x2_s_zero (local.get $c)))
    (func (export "lanes") (param $a v128) (param $b v128) (param $c v128) (result v128 v128 v128)
      (i16x8.relaxed_laneselect (local.get $a) (local.get $b) (local.get $c))
      (i16x8.relaxed_q15mulr_s (local.get $a) (local.get $b))
      (i32x4.relaxed_dot_i8x16_i7x16_add_s (local.get $a) (local.get $b) (local.get $c))))
  (core instance $i (instantiate $m)))
;;= -- asm core 0 0
;;= root:m::func[0]:
;;=      0:  pushq   %rbp
;;=      1:  movq    %rsp, %rbp
;;=      4:  movdqa  %xmm0, %xmm3
;;=      8:  mulps   %xmm1, %xmm3                     ; @52
;;=      b:  movdqa  %xmm2, %xmm7
;;=      f:  subps   %xmm3, %xmm7
;;=     12:  minpd   %xmm0, %xmm1                     ; @59
;;=     16:  cvttpd2dq%xmm2, %xmm2                    ; @5e
;;=     1a:  movdqa  %xmm7, %xmm0
;;=     1e:  movq    %rbp, %rsp                       ; @61
;;=     21:  popq    %rbp
;;=     22:  retq
;;= -- clif core 0 1
;;= function %root:m::func[1](i64 vmctx, i8x16, i8x16, i8x16) -> i8x16, i8x16, i8x16 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64, v1: i8x16, v2: i8x16, v3: i8x16):
;;= @006a                               v4 = bitcast.i16x8 little v3
;;= @006a                               v5 = bitcast.i16x8 little v2
;;= @006a                               v6 = bitcast.i16x8 little v1
;;= @006a                               v7 = bitselect v4, v6, v5
;;= @0071                               v8 = bitcast.i16x8 little v2
;;= @0071                               v9 = bitcast.i16x8 little v1
;;= @0071                               v10 = sqmul_round_sat v9, v8
;;= @007a                               v11 = bitcast.i32x4 little v3
;;= @007a                               v12 = swiden_low v1
;;= @007a                               v13 = swiden_low v2
;;= @007a                               v14 = imul v12, v13
;;= @007a                               v15 = swiden_high v1
;;= @007a                               v16 = swiden_high v2
;;= @007a                               v17 = imul v15, v16
;;= @007a                               v18 = iadd_pairwise v14, v17
;;= @007a                               v19 = swiden_low v18
;;= @007a                               v20 = swiden_high v18
;;= @007a                               v21 = iadd_pairwise v19, v20
;;= @007a                               v22 = iadd v21, v11
;;= @007d                               v23 = bitcast.i8x16 little v7
;;= @007d                               v24 = bitcast.i8x16 little v10
;;= @007d                               v25 = bitcast.i8x16 little v22
;;= @007d                               return v23, v24, v25
;;= }
;;= -- for x86_64-unknown-linux-gnu has_sse3 has_ssse3 has_sse41 has_sse42 has_avx has_avx2 has_fma
;;= -- asm core 0 0
;;= root:m::func[0]:
;;=      0:  pushq   %rbp
;;=      1:  movq    %rsp, %rbp
;;=      4:  movdqa  %xmm0, %xmm6
;;=      8:  vfnmadd213ps%xmm2, %xmm1, %xmm6          ; @52
;;=      d:  vminpd  %xmm0, %xmm1, %xmm1              ; @59
;;=     11:  vcvttpd2dq%xmm2, %xmm2                   ; @5e
;;=     15:  movdqa  %xmm6, %xmm0
;;=     19:  movq    %rbp, %rsp                       ; @61
;;=     1c:  popq    %rbp
;;=     1d:  retq
;;= -- clif core 0 1
;;= function %root:m::func[1](i64 vmctx, i8x16, i8x16, i8x16) -> i8x16, i8x16, i8x16 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64, v1: i8x16, v2: i8x16, v3: i8x16):
;;= @006a                               v4 = bitcast.i16x8 little v3
;;= @006a                               v5 = iconst.i32 15
;;= @006a                               v6 = sshr v4, v5  ; v5 = 15
;;= @006a                               v7 = bitcast.i8x16 little v6
;;= @006a                               v8 = blendv v7, v1, v2
;;= @0071                               v9 = bitcast.i16x8 little v2
;;= @0071                               v10 = bitcast.i16x8 little v1
;;= @0071                               v11 = x86_pmulhrsw v10, v9
;;= @007a                               v12 = bitcast.i32x4 little v3
;;= @007a                               v13 = x86_pmaddubsw v1, v2
;;= @007a                               v14 = swiden_low v13
;;= @007a                               v15 = swiden_high v13
;;= @007a                               v16 = iadd_pairwise v14, v15
;;= @007a                               v17 = iadd v16, v12
;;= @007d                               v18 = bitcast.i8x16 little v11
;;= @007d                               v19 = bitcast.i8x16 little v17
;;= @007d                               return v8, v18, v19
;;= }
;;= -- for aarch64-unknown-linux-gnu
;;= -- clif core 0 0
;;= function %root:m::func[0](i64 vmctx, i8x16, i8x16, i8x16) -> i8x16, i8x16, i8x16 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     const0 = 0x00000000000000000000000000000000
;;=
;;=                                 block0(v0: i64, v1: i8x16, v2: i8x16, v3: i8x16):
;;= @0052                               v4 = bitcast.f32x4 little v3
;;= @0052                               v5 = bitcast.f32x4 little v2
;;= @0052                               v6 = bitcast.f32x4 little v1
;;= @0052                               v7 = fneg v6
;;= @0052                               v8 = fma v7, v5, v4
;;= @0059                               v9 = bitcast.f64x2 little v2
;;= @0059                               v10 = bitcast.f64x2 little v1
;;= @0059                               v11 = fmin v10, v9
;;= @005e                               v12 = bitcast.f64x2 little v3
;;= @005e                               v13 = fcvt_to_sint_sat.i64x2 v12
;;= @005e                               v14 = vconst.i64x2 const0
;;= @005e                               v15 = snarrow v13, v14  ; v14 = const0
;;= @0061                               v16 = bitcast.i8x16 little v8
;;= @0061                               v17 = bitcast.i8x16 little v11
;;= @0061                               v18 = bitcast.i8x16 little v15
;;= @0061                               return v16, v17, v18
;;= }
;;= -- clif core 0 1
;;= function %root:m::func[1](i64 vmctx, i8x16, i8x16, i8x16) -> i8x16, i8x16, i8x16 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64, v1: i8x16, v2: i8x16, v3: i8x16):
;;= @006a                               v4 = bitcast.i16x8 little v3
;;= @006a                               v5 = bitcast.i16x8 little v2
;;= @006a                               v6 = bitcast.i16x8 little v1
;;= @006a                               v7 = bitselect v4, v6, v5
;;= @0071                               v8 = bitcast.i16x8 little v2
;;= @0071                               v9 = bitcast.i16x8 little v1
;;= @0071                               v10 = sqmul_round_sat v9, v8
;;= @007a                               v11 = bitcast.i32x4 little v3
;;= @007a                               v12 = swiden_low v1
;;= @007a                               v13 = swiden_low v2
;;= @007a                               v14 = imul v12, v13
;;= @007a                               v15 = swiden_high v1
;;= @007a                               v16 = swiden_high v2
;;= @007a                               v17 = imul v15, v16
;;= @007a                               v18 = iadd_pairwise v14, v17
;;= @007a                               v19 = swiden_low v18
;;= @007a                               v20 = swiden_high v18
;;= @007a                               v21 = iadd_pairwise v19, v20
;;= @007a                               v22 = iadd v21, v11
;;= @007d                               v23 = bitcast.i8x16 little v7
;;= @007d                               v24 = bitcast.i8x16 little v10
;;= @007d                               v25 = bitcast.i8x16 little v22
;;= @007d                               return v23, v24, v25
;;= }
