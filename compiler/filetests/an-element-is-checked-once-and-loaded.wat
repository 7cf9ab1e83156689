;;! asm core 0 0
;;! asm core 0 1
(component
  (core module $m
    (type $numbers (array (mut i32)))
    (type $bytes (array (mut i8)))
    (func $get (param (ref null $numbers) i32) (result i32) (array.get $numbers (local.get 0) (local.get 1)))
    (func $set (param (ref null $bytes) i32 i32) (array.set $bytes (local.get 0) (local.get 1) (local.get 2)))
    (func (export "run") (param i32) (result i32)
      (call $set (ref.null $bytes) (local.get 0) (i32.const 1))
      (call $get (ref.null $numbers) (local.get 0))))
  (core instance $m (instantiate $m))
  (func (export "run") (param "n" u32) (result u32) (canon lift (core func $m "run"))))
;;= -- asm core 0 0
;;= root:m::get:
;;=      0:  pushq   %rbp
;;=      1:  movq    %rsp, %rbp
;;=      4:  movq    (%rdi), %r10
;;=      7:  addq    $0x10, %r10
;;=      b:  cmpq    %rsp, %r10
;;=      e:  ja      0x31
;;=     14:  movl    4(%rsi), %edi                    ; @47, trap: NullReference
;;=     17:  cmpl    %edi, %edx
;;=     19:  jae     0x2a
;;=     1f:  movl    %edx, %edi                       ; @47
;;=     21:  movl    8(%rsi, %rdi, 4), %eax
;;=     25:  movq    %rbp, %rsp                       ; @4a
;;=     28:  popq    %rbp
;;=     29:  retq
;;=     2a:  callq   0x2f                             ; @47, X86CallPCRel4 trap::ArrayOutOfBounds-4
;;=     2f:  ud2                                      ; trap: ArrayOutOfBounds
;;=     31:  ud2                                      ; trap: StackOverflow
;;= -- asm core 0 1
;;= root:m::set:
;;=      0:  pushq   %rbp
;;=      1:  movq    %rsp, %rbp
;;=      4:  movq    (%rdi), %r10
;;=      7:  addq    $0x10, %r10
;;=      b:  cmpq    %rsp, %r10
;;=      e:  ja      0x31
;;=     14:  movl    4(%rsi), %edi                    ; @53, trap: NullReference
;;=     17:  cmpl    %edi, %edx
;;=     19:  jae     0x2a
;;=     1f:  movl    %edx, %edi                       ; @53
;;=     21:  movb    %cl, 8(%rsi, %rdi)
;;=     25:  movq    %rbp, %rsp                       ; @56
;;=     28:  popq    %rbp
;;=     29:  retq
;;=     2a:  callq   0x2f                             ; @53, X86CallPCRel4 trap::ArrayOutOfBounds-4
;;=     2f:  ud2                                      ; trap: ArrayOutOfBounds
;;=     31:  ud2                                      ; trap: StackOverflow
