;;! asm core 0 0
;;! asm core 0 1
(component
  (core module $m
    (type $list (struct (field $value i32) (field $next (ref null $list))))
    (type $values (array (mut f64)))
    (table 1 externref)
    (func $cons (param i32 (ref null $list)) (result (ref $list))
      (struct.new $list (local.get 0) (local.get 1)))
    (func $three (param f64) (result (ref $values))
      (array.new_fixed $values 3 (local.get 0) (local.get 0) (local.get 0)))
    (func (export "run") (param i32) (result i32)
      (table.set (i32.const 0) (extern.convert_any (call $cons (local.get 0) (ref.null $list))))
      (array.len (call $three (f64.const 1)))))
  (core instance $m (instantiate $m))
  (func (export "run") (param "n" u32) (result u32) (canon lift (core func $m "run"))))
;;= -- asm core 0 0
;;= root:m::cons:
;;=      0:  pushq   %rbp
;;=      1:  movq    %rsp, %rbp
;;=      4:  movq    (%rdi), %r10
;;=      7:  addq    $0x20, %r10
;;=      b:  cmpq    %rsp, %r10
;;=      e:  ja      0x75
;;=     14:  subq    $0x10, %rsp
;;=     18:  movq    %rsi, %r8
;;=     1b:  movq    0x58(%rdi), %rax                 ; @51
;;=     1f:  movq    0x60(%rdi), %rcx
;;=     23:  leaq    0x18(%rax), %rsi
;;=     27:  cmpq    %rcx, %rsi
;;=     2a:  ja      0x52
;;=     30:  leaq    0x18(%rax), %rcx
;;=     34:  movq    %rcx, 0x58(%rdi)                 ; @51
;;=     38:  movq    $1, (%rax)
;;=     3f:  movq    %r8, %rsi
;;=     42:  movl    %esi, 8(%rax)                    ; @51
;;=     45:  movq    %rdx, 0x10(%rax)
;;=     49:  addq    $0x10, %rsp                      ; @54
;;=     4d:  movq    %rbp, %rsp
;;=     50:  popq    %rbp
;;=     51:  retq
;;=     52:  movq    %rdx, (%rsp)                     ; @51
;;=     56:  movl    $1, %esi
;;=     5b:  movl    $0x18, %edx
;;=     60:  callq   0x65                             ; @51, X86CallPCRel4 allocate-4
;;=     65:  movq    (%rsp), %rdx
;;=     69:  movq    0x70(%rdi), %rax
;;=     6d:  movq    %r8, %rsi
;;=     70:  jmp     0x42
;;=     75:  ud2                                      ; trap: StackOverflow
;;= -- asm core 0 1
;;= root:m::three:
;;=      0:  pushq   %rbp
;;=      1:  movq    %rsp, %rbp
;;=      4:  movq    0x58(%rdi), %rax                 ; @5d
;;=      8:  movq    0x60(%rdi), %r11
;;=      c:  leaq    0x20(%rax), %rcx
;;=     10:  cmpq    %r11, %rcx
;;=     13:  ja      0x42
;;=     19:  leaq    0x20(%rax), %rcx
;;=     1d:  movq    %rcx, 0x58(%rdi)                 ; @5d
;;=     21:  movabsq $0x300000003, %rcx
;;=     2b:  movq    %rcx, (%rax)
;;=     2e:  movsd   %xmm0, 8(%rax)                   ; @5d
;;=     33:  movsd   %xmm0, 0x10(%rax)
;;=     38:  movsd   %xmm0, 0x18(%rax)
;;=     3d:  movq    %rbp, %rsp                       ; @61
;;=     40:  popq    %rbp
;;=     41:  retq
;;=     42:  movabsq $0x300000003, %rsi
;;=     4c:  movl    $0x20, %edx
;;=     51:  callq   0x56                             ; @5d, X86CallPCRel4 allocate-4
;;=     56:  movq    0x70(%rdi), %rax
;;=     5a:  jmp     0x2e
