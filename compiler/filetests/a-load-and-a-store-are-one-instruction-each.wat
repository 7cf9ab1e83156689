;;! clif core 0 0
;;! asm core 0 0
(component
  (core module $m
    (memory (export "memory") 1)
    (func (export "move") (param $to i32) (param $from i32)
      (i64.store offset=8 (local.get $to) (i64.load offset=16 (local.get $from)))))
  (core instance $i (instantiate $m))
  (func (export "move") (param "to" u32) (param "from" u32)
    (canon lift (core func $i "move"))))
;;= -- clif core 0 0
;;= function %root:m::func[0](i64 vmctx, i32, i32) tail {
;;=     region0 = 17 "memory"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=
;;=                                 block0(v0: i64, v1: i32, v2: i32):
;;= @003f                               v3 = uextend.i64 v2
;;= @003f                               v4 = load.i64 notrap aligned readonly can_move v0+128
;;= @003f                               v5 = iadd v4, v3
;;= @003f                               v6 = load.i64 little region0 v5+16
;;= @0042                               v7 = uextend.i64 v1
;;= @0042                               v8 = load.i64 notrap aligned readonly can_move v0+128
;;= @0042                               v9 = iadd v8, v7
;;= @0042                               store little region0 v6, v9+8
;;= @0045                               return
;;= }
;;= -- asm core 0 0
;;= root:m::func[0]:
;;=      0:  pushq   %rbp
;;=      1:  movq    %rsp, %rbp
;;=      4:  movq    0x80(%rdi), %rdi                 ; @3f
;;=      b:  movl    %edx, %r8d
;;=      e:  movq    0x10(%rdi, %r8), %r8             ; trap: MemoryOutOfBounds
;;=     13:  movl    %esi, %r9d                       ; @42
;;=     16:  movq    %r8, 8(%rdi, %r9)                ; trap: MemoryOutOfBounds
;;=     1b:  movq    %rbp, %rsp                       ; @45
;;=     1e:  popq    %rbp
;;=     1f:  retq
