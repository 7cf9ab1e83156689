;;! asm core 0 0
;;! asm core 0 1
;;! asm core 0 2
(component
  (core module $m
    (type $fields (struct (field i64) (field (mut i8)) (field (mut i16)) (field (mut f32))))
    (func $get (param (ref null $fields)) (result i32) (struct.get_s $fields 1 (local.get 0)))
    (func $set (param (ref null $fields) f32) (struct.set $fields 3 (local.get 0) (local.get 1)))
    ;; A store to one field does not change another.
    (func $again (param (ref null $fields) i32) (result i64)
      (struct.get $fields 0 (local.get 0))
      (struct.set $fields 2 (local.get 0) (local.get 1))
      (i64.add (struct.get $fields 0 (local.get 0))))
    (func (export "run") (param i32) (result i32)
      (call $set (ref.null $fields) (f32.const 1))
      (drop (call $again (ref.null $fields) (local.get 0)))
      (call $get (ref.null $fields))))
  (core instance $m (instantiate $m))
  (func (export "run") (param "n" u32) (result u32) (canon lift (core func $m "run"))))
;;= -- asm core 0 0
;;= root:m::get:
;;=      0:  pushq   %rbp
;;=      1:  movq    %rsp, %rbp
;;=      4:  movsbq  0x10(%rsi), %rax                 ; @4f, trap: NullReference
;;=      9:  movq    %rbp, %rsp                       ; @53
;;=      c:  popq    %rbp
;;=      d:  retq
;;= -- asm core 0 1
;;= root:m::set:
;;=      0:  pushq   %rbp
;;=      1:  movq    %rsp, %rbp
;;=      4:  movss   %xmm0, 0x14(%rsi)                ; @5a, trap: NullReference
;;=      9:  movq    %rbp, %rsp                       ; @5e
;;=      c:  popq    %rbp
;;=      d:  retq
;;= -- asm core 0 2
;;= root:m::again:
;;=      0:  pushq   %rbp
;;=      1:  movq    %rsp, %rbp
;;=      4:  movq    %rsi, %rdi
;;=      7:  movq    8(%rdi), %rsi                    ; @63, trap: NullReference
;;=      b:  movw    %dx, 0x12(%rdi)                  ; @6b, trap: NullReference
;;=      f:  leaq    (%rsi, %rsi), %rax               ; @75
;;=     13:  movq    %rbp, %rsp                       ; @76
;;=     16:  popq    %rbp
;;=     17:  retq
