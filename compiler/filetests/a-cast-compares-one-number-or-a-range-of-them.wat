;;! asm core 0 0
;;! asm core 0 1
;;! asm core 0 2
;;! asm core 0 3
(component
  (core module $m
    (type $any_shape (sub (struct (field i32))))
    (type $other (sub $any_shape (struct (field i32) (field f32))))
    (type $shape (sub $any_shape (struct (field i32) (field i64))))
    (type $circle (sub final $shape (struct (field i32) (field i64) (field f64))))
    (type $square (sub final $shape (struct (field i32) (field i64) (field i32))))
    (table 1 anyref)
    ;; No type below: one number.
    (func $to_circle (param (ref null $any_shape)) (result (ref $circle))
      (ref.cast (ref $circle) (local.get 0)))
    ;; Two types below: three numbers.
    (func $to_shape (param (ref null $any_shape)) (result (ref null $shape))
      (ref.cast (ref null $shape) (local.get 0)))
    ;; It may be something else than an object.
    (func $from_any (param anyref) (result (ref $circle)) (ref.cast (ref $circle) (local.get 0)))
    (func $is_struct (param anyref) (result i32) (ref.test (ref struct) (local.get 0)))
    (func (export "run") (param i32) (result i32)
      (table.set (i32.const 0) (call $to_circle (ref.null $any_shape)))
      (table.set (i32.const 0) (call $to_shape (ref.null $any_shape)))
      (table.set (i32.const 0) (call $from_any (ref.null any)))
      (call $is_struct (table.get (i32.const 0)))))
  (core instance $m (instantiate $m))
  (func (export "run") (param "n" u32) (result u32) (canon lift (core func $m "run"))))
;;= -- asm core 0 0
;;= root:m::to_circle:
;;=      0:  pushq   %rbp
;;=      1:  movq    %rsp, %rbp
;;=      4:  movl    (%rsi), %edx                     ; @80, trap: CastFailure
;;=      6:  movq    %rsi, %rax
;;=      9:  cmpl    $7, %edx
;;=      c:  jne     0x17
;;=     12:  movq    %rbp, %rsp                       ; @83
;;=     15:  popq    %rbp
;;=     16:  retq
;;=     17:  callq   0x1c                             ; @80, X86CallPCRel4 trap::CastFailure-4
;;=     1c:  ud2                                      ; trap: CastFailure
;;= -- asm core 0 1
;;= root:m::to_shape:
;;=      0:  pushq   %rbp
;;=      1:  movq    %rsp, %rbp
;;=      4:  testq   %rsi, %rsi                       ; @88
;;=      7:  jne     0x15
;;=      d:  movq    %rsi, %rax
;;=     10:  jmp     0x28
;;=     15:  movl    $0xfffffffb, %edi                ; @88
;;=     1a:  addl    (%rsi), %edi
;;=     1c:  movq    %rsi, %rax
;;=     1f:  cmpl    $4, %edi
;;=     22:  ja      0x2d
;;=     28:  movq    %rbp, %rsp                       ; @8b
;;=     2b:  popq    %rbp
;;=     2c:  retq
;;=     2d:  callq   0x32                             ; @88, X86CallPCRel4 trap::CastFailure-4
;;=     32:  ud2                                      ; trap: CastFailure
;;= -- asm core 0 2
;;= root:m::from_any:
;;=      0:  pushq   %rbp
;;=      1:  movq    %rsp, %rbp
;;=      4:  testq   $7, %rsi                         ; @90
;;=      b:  jne     0x24
;;=     11:  movl    (%rsi), %edi                     ; @90, trap: CastFailure
;;=     13:  movq    %rsi, %rax
;;=     16:  cmpl    $7, %edi
;;=     19:  jne     0x24
;;=     1f:  movq    %rbp, %rsp                       ; @93
;;=     22:  popq    %rbp
;;=     23:  retq
;;=     24:  callq   0x29                             ; @90, X86CallPCRel4 trap::CastFailure-4
;;=     29:  ud2                                      ; trap: CastFailure
;;= -- asm core 0 3
;;= root:m::is_struct:
;;=      0:  pushq   %rbp
;;=      1:  movq    %rsp, %rbp
;;=      4:  xorl    %eax, %eax                       ; @98
;;=      6:  testq   %rsi, %rsi
;;=      9:  je      0x33
;;=      f:  xorl    %eax, %eax
;;=     11:  testq   $7, %rsi                         ; @98
;;=     18:  jne     0x33
;;=     1e:  movl    (%rsi), %edx                     ; @98
;;=     20:  movl    $1, %ecx
;;=     25:  xorl    %eax, %eax
;;=     27:  cmpl    $9, %edx                         ; @98
;;=     2a:  ja      0x33
;;=     30:  movq    %rcx, %rax
;;=     33:  movq    %rbp, %rsp                       ; @9b
;;=     36:  popq    %rbp
;;=     37:  retq
