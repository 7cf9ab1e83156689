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
;;=      4:  movl    4(%rsi), %edi                    ; @47, trap: NullReference
;;=      7:  cmpl    %edi, %edx
;;=      9:  jae     0x1a
;;=      f:  movl    %edx, %edi                       ; @47
;;=     11:  movl    8(%rsi, %rdi, 4), %eax
;;=     15:  movq    %rbp, %rsp                       ; @4a
;;=     18:  popq    %rbp
;;=     19:  retq
;;=     1a:  callq   0x1f                             ; @47, X86CallPCRel4 trap::ArrayOutOfBounds-4
;;=     1f:  ud2                                      ; trap: ArrayOutOfBounds
;;= -- asm core 0 1
;;= root:m::set:
;;=      0:  pushq   %rbp
;;=      1:  movq    %rsp, %rbp
;;=      4:  movl    4(%rsi), %edi                    ; @53, trap: NullReference
;;=      7:  cmpl    %edi, %edx
;;=      9:  jae     0x1a
;;=      f:  movl    %edx, %edi                       ; @53
;;=     11:  movb    %cl, 8(%rsi, %rdi)
;;=     15:  movq    %rbp, %rsp                       ; @56
;;=     18:  popq    %rbp
;;=     19:  retq
;;=     1a:  callq   0x1f                             ; @53, X86CallPCRel4 trap::ArrayOutOfBounds-4
;;=     1f:  ud2                                      ; trap: ArrayOutOfBounds
