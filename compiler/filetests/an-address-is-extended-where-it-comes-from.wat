;;! clif core 0 0
;;! asm core 0 0
(component
  (core module $m
    (memory (export "memory") 1)
    ;; The length of a list: every node is an address, and is compared.
    (func (export "count") (param $node i32) (result i32)
      (local $count i32)
      (loop $next
        (local.set $count (i32.add (local.get $count) (i32.const 1)))
        (br_if $next (i32.ne (local.tee $node (i32.load (local.get $node))) (local.get $count))))
      (local.get $count)))
  (core instance $i (instantiate $m))
  (func (export "count") (param "node" u32) (result u32)
    (canon lift (core func $i "count"))))
;;= -- clif core 0 0
;;= function %root:m::func[0](i64 vmctx, i32) -> i32 tail {
;;=     region0 = 17 "memory"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64, v1: i32):
;;=                                     v13 = iconst.i32 0
;;= @003e                               v17 = uextend.i64 v1
;;= @003e                               jump block1(v13, v17)  ; v13 = 0
;;=
;;=                                 block1(v2: i32, v14: i64):
;;= @0042                               v15 = ireduce.i32 v14
;;= @0042                               v3 = iconst.i32 1
;;= @0044                               v4 = iadd v2, v3  ; v3 = 1
;;= @0049                               v7 = load.i64 notrap aligned readonly can_move v0+128
;;= @0049                               v8 = iadd v7, v14
;;= @0049                               v16 = uload32 little region0 v8
;;= @0049                               v9 = ireduce.i32 v16
;;= @0050                               v10 = icmp ne v9, v4
;;= @0050                               v11 = uextend.i32 v10
;;= @0051                               brif v11, block1(v4, v16), block2
;;=
;;=                                 block2:
;;= @0056                               return v4
;;= }
;;= -- asm core 0 0
;;= root:m::func[0]:
;;=      0:  pushq   %rbp
;;=      1:  movq    %rsp, %rbp
;;=      4:  xorl    %eax, %eax
;;=      6:  movl    %esi, %esi                       ; @3e
;;=      8:  movq    0x80(%rdi), %r10                 ; @49
;;=      f:  movl    (%r10, %rsi), %esi               ; @49, trap: MemoryOutOfBounds
;;=     13:  addl    $1, %eax
;;=     19:  cmpl    %eax, %esi                       ; @51
;;=     1b:  jne     0xf
;;=     21:  movq    %rbp, %rsp                       ; @56
;;=     24:  popq    %rbp
;;=     25:  retq
