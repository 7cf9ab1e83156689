(component
  (core module $m
    (type $unary (func (param i32) (result i32)))
    (type $lonely (func (result i32)))
    (table $mixed 6 funcref)
    (elem (table $mixed) (i32.const 1) func $a $b $c)
    (table $alike 2 funcref)
    (elem (table $alike) (i32.const 0) func $a $b)
    (table $written 2 funcref)
    (elem (table $written) (i32.const 0) func $a $c)
    (func $a (type $unary) (local.get 0))
    (func $b (type $unary) (i32.const 1))
    (func $c (type $lonely) (i32.const 2))
    (func (export "constant") (result i32)
      (call_indirect $mixed (type $unary) (i32.const 7) (i32.const 2)))
    (func (export "candidate") (param i32) (result i32)
      (call_indirect $mixed (type $lonely) (local.get 0)))
    (func (export "several") (param i32) (result i32)
      (call_indirect $mixed (type $unary) (i32.const 7) (local.get 0)))
    (func (export "alike") (param i32) (result i32)
      (call_indirect $alike (type $unary) (i32.const 7) (local.get 0)))
    (func (export "written") (param i32) (result i32)
      (table.set $written (local.get 0) (ref.null func))
      (call_indirect $written (type $lonely) (i32.const 1))))
  (core instance (instantiate $m)))
;;! clif core 0 3
;;! asm core 0 4
;;! asm core 0 5
;;! asm core 0 6
;;! clif core 0 7
;;= -- clif core 0 3
;;= function %root:m::func[3](i64 vmctx) -> i32 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64 vmctx, i32) -> i32 tail
;;=     fn0 = colocated %root:m::b sig0
;;=     stack_limit = gv1
;;=
;;=                                 block0(v0: i64):
;;= @009f                               v1 = iconst.i32 7
;;= @00a1                               v2 = iconst.i32 2
;;= @00a3                               v3 = uextend.i64 v2  ; v2 = 2
;;= @00a3                               v4 = call fn0(v0, v1)  ; v1 = 7
;;= @00a6                               return v4
;;= }
;;= -- asm core 0 4
;;= root:m::func[4]:
;;=      0:  pushq   %rbp
;;=      1:  movq    %rsp, %rbp
;;=      4:  movq    (%rdi), %r10
;;=      7:  addq    $0x10, %r10
;;=      b:  cmpq    %rsp, %r10
;;=      e:  ja      0x5a
;;=     14:  movl    %esi, %esi                       ; @ab
;;=     16:  cmpq    $3, %rsi
;;=     1a:  jne     0x2a
;;=     20:  callq   0x25                             ; @ab, X86CallPCRel4 root:m::c-4
;;=     25:  movq    %rbp, %rsp                       ; @ae
;;=     28:  popq    %rbp
;;=     29:  retq
;;=     2a:  cmpq    $6, %rsi                         ; @ab
;;=     2e:  jae     0x53
;;=     34:  movl    0xb4(%rdi, %rsi, 8), %r9d        ; @ab
;;=     3c:  testl   %r9d, %r9d
;;=     3f:  jne     0x4c
;;=     45:  callq   0x4a                             ; @ab, X86CallPCRel4 trap::UninitializedElement-4
;;=     4a:  ud2                                      ; trap: UninitializedElement
;;=     4c:  callq   0x51                             ; @ab, X86CallPCRel4 trap::IndirectCallTypeMismatch-4
;;=     51:  ud2                                      ; trap: IndirectCallTypeMismatch
;;=     53:  callq   0x58                             ; @ab, X86CallPCRel4 trap::UndefinedElement-4
;;=     58:  ud2                                      ; trap: UndefinedElement
;;=     5a:  ud2                                      ; trap: StackOverflow
;;= -- asm core 0 5
;;= root:m::func[5]:
;;=      0:  pushq   %rbp
;;=      1:  movq    %rsp, %rbp
;;=      4:  movq    (%rdi), %r10
;;=      7:  addq    $0x10, %r10
;;=      b:  cmpq    %rsp, %r10
;;=      e:  ja      0x6f
;;=     14:  movl    %esi, %r9d                       ; @b5
;;=     17:  cmpq    $6, %r9
;;=     1b:  jae     0x68
;;=     21:  movl    0xb4(%rdi, %r9, 8), %r11d        ; @b5
;;=     29:  cmpl    $1, %r11d
;;=     2d:  jne     0x51
;;=     33:  movl    0xb0(%rdi, %r9, 8), %eax         ; @b5
;;=     3b:  leaq    (%rip), %rcx                     ; X86CallPCRel4 text-4
;;=     42:  addq    %rcx, %rax
;;=     45:  movl    $7, %esi                         ; @b1
;;=     4a:  callq   *%rax                            ; @b5
;;=     4c:  movq    %rbp, %rsp                       ; @b8
;;=     4f:  popq    %rbp
;;=     50:  retq
;;=     51:  testl   %r11d, %r11d                     ; @b5
;;=     54:  jne     0x61
;;=     5a:  callq   0x5f                             ; @b5, X86CallPCRel4 trap::UninitializedElement-4
;;=     5f:  ud2                                      ; trap: UninitializedElement
;;=     61:  callq   0x66                             ; @b5, X86CallPCRel4 trap::IndirectCallTypeMismatch-4
;;=     66:  ud2                                      ; trap: IndirectCallTypeMismatch
;;=     68:  callq   0x6d                             ; @b5, X86CallPCRel4 trap::UndefinedElement-4
;;=     6d:  ud2                                      ; trap: UndefinedElement
;;=     6f:  ud2                                      ; trap: StackOverflow
;;= -- asm core 0 6
;;= root:m::func[6]:
;;=      0:  pushq   %rbp
;;=      1:  movq    %rsp, %rbp
;;=      4:  movq    (%rdi), %r10
;;=      7:  addq    $0x10, %r10
;;=      b:  cmpq    %rsp, %r10
;;=      e:  ja      0x47
;;=     14:  movl    %esi, %r8d                       ; @bf
;;=     17:  cmpq    $2, %r8
;;=     1b:  jae     0x40
;;=     21:  movl    0xe0(%rdi, %r8, 8), %r10d        ; @bf
;;=     29:  leaq    (%rip), %r11                     ; X86CallPCRel4 text-4
;;=     30:  addq    %r11, %r10
;;=     33:  movl    $7, %esi                         ; @bb
;;=     38:  callq   *%r10                            ; @bf
;;=     3b:  movq    %rbp, %rsp                       ; @c2
;;=     3e:  popq    %rbp
;;=     3f:  retq
;;=     40:  callq   0x45                             ; @bf, X86CallPCRel4 trap::UndefinedElement-4
;;=     45:  ud2                                      ; trap: UndefinedElement
;;=     47:  ud2                                      ; trap: StackOverflow
;;= -- clif core 0 7
;;= function %root:m::func[7](i64 vmctx, i32) -> i32 tail {
;;=     region0 = 22 "table"
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     gv2 = symbol colocated userextname4
;;=     sig0 = () system_v
;;=     sig1 = () system_v
;;=     sig2 = () system_v
;;=     sig3 = () system_v
;;=     sig4 = (i64 vmctx) -> i32 tail
;;=     fn0 = colocated %trap::TableOutOfBounds sig0
;;=     fn1 = colocated %trap::UndefinedElement sig1
;;=     fn2 = colocated %trap::UninitializedElement sig2
;;=     fn3 = colocated %trap::IndirectCallTypeMismatch sig3
;;=     stack_limit = gv1
;;=
;;=                                 block0(v0: i64, v1: i32):
;;= @00c7                               v2 = iconst.i64 0
;;= @00c9                               v3 = uextend.i64 v1
;;= @00c9                               v4 = iconst.i64 2
;;= @00c9                               v5 = icmp uge v3, v4  ; v4 = 2
;;= @00c9                               brif v5, block1, block2
;;=
;;=                                 block1 cold:
;;= @00c9                               call fn0()
;;= @00c9                               trap user6
;;=
;;=                                 block2:
;;= @00c9                               v6 = iconst.i64 3
;;= @00c9                               v7 = ishl.i64 v3, v6  ; v6 = 3
;;= @00c9                               v8 = iconst.i64 240
;;= @00c9                               v9 = iadd.i64 v0, v8  ; v8 = 240
;;= @00c9                               v10 = iadd v9, v7
;;= @00c9                               store.i64 notrap aligned region0 v2, v10  ; v2 = 0
;;= @00cb                               v11 = iconst.i32 1
;;= @00cd                               v12 = uextend.i64 v11  ; v11 = 1
;;= @00cd                               v13 = iconst.i64 2
;;= @00cd                               v14 = icmp uge v12, v13  ; v13 = 2
;;= @00cd                               brif v14, block3, block4
;;=
;;=                                 block3 cold:
;;= @00cd                               call fn1()
;;= @00cd                               trap user7
;;=
;;=                                 block4:
;;= @00cd                               v15 = iconst.i64 3
;;= @00cd                               v16 = ishl.i64 v12, v15  ; v15 = 3
;;= @00cd                               v17 = iconst.i64 240
;;= @00cd                               v18 = iadd.i64 v0, v17  ; v17 = 240
;;= @00cd                               v19 = iadd v18, v16
;;= @00cd                               v20 = load.i32 notrap aligned region0 v19+4
;;= @00cd                               v21 = iconst.i32 2
;;= @00cd                               v22 = icmp eq v20, v21  ; v21 = 2
;;= @00cd                               brif v22, block6, block5
;;=
;;=                                 block5 cold:
;;= @00cd                               v23 = load.i32 notrap aligned region0 v19+4
;;= @00cd                               brif v23, block8, block7
;;=
;;=                                 block7 cold:
;;= @00cd                               call fn2()
;;= @00cd                               trap user8
;;=
;;=                                 block8 cold:
;;= @00cd                               call fn3()
;;= @00cd                               trap user9
;;=
;;=                                 block6:
;;= @00cd                               v24 = uload32.i64 notrap aligned region0 v19
;;= @00cd                               v25 = symbol_value.i64 gv2
;;= @00cd                               v26 = iadd v25, v24
;;= @00cd                               v27 = call_indirect sig4, v26(v0)
;;= @00d0                               return v27
;;= }
