;;! asm core 0 0
(component
  (core module $m
    (memory (export "memory") 2)
    (func (export "clear")
      (local $at i32)
      (loop $next
        (i32.store8 (local.get $at) (i32.const 1))
        (br_if $next
          (i32.ne (local.tee $at (i32.add (local.get $at) (i32.const 1))) (i32.const 65536))))))
  (core instance $i (instantiate $m))
  (func (export "clear") (canon lift (core func $i "clear"))))
;;= -- asm core 0 0
;;= root:m::func[0]:
;;=      0:  pushq   %rbp
;;=      1:  movq    %rsp, %rbp
;;=      4:  xorq    %rdx, %rdx                       ; @3c
;;=      7:  movq    0x80(%rdi), %rsi                 ; @42
;;=      e:  movb    $1, (%rsi, %rdx)                 ; @42, trap: MemoryOutOfBounds
;;=     12:  addl    $1, %edx
;;=     18:  cmpq    $0x10000, %rdx                   ; @51
;;=     1f:  jne     0xe
;;=     25:  movq    %rbp, %rsp                       ; @54
;;=     28:  popq    %rbp
;;=     29:  retq
