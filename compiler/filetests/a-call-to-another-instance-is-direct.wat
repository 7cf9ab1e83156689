;;! clif core 1 1
;;! asm core 1 1
(component
  (core module $a
    (global $g (mut i32) (i32.const 7))
    (func (export "next") (result i32)
      (global.set $g (i32.add (global.get $g) (i32.const 1)))
      (global.get $g)))
  (core module $b
    (import "a" "next" (func $next (result i32)))
    (func (export "twice") (result i32) (i32.add (call $next) (call $next))))
  (core instance $a (instantiate $a))
  (core instance $b (instantiate $b (with "a" (instance $a))))
  (func (export "twice") (result u32) (canon lift (core func $b "twice"))))
;;= -- clif core 1 1
;;= function %root:b::func[1](i64 vmctx) -> i32 tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64 vmctx) -> i32 tail
;;=     fn0 = colocated %root:a::func[0] sig0
;;=     stack_limit = gv1
;;=
;;=                                 block0(v0: i64):
;;= @0080                               v1 = call fn0(v0)
;;= @0082                               v2 = call fn0(v0)
;;= @0084                               v3 = iadd v1, v2
;;= @0085                               return v3
;;= }
;;= -- asm core 1 1
;;= root:b::func[1]:
;;=      0:  pushq   %rbp
;;=      1:  movq    %rsp, %rbp
;;=      4:  movq    (%rdi), %r10
;;=      7:  addq    $0x20, %r10
;;=      b:  cmpq    %rsp, %r10
;;=      e:  ja      0x42
;;=     14:  subq    $0x10, %rsp
;;=     18:  movq    %r12, (%rsp)
;;=     1c:  movq    %rdi, %r12
;;=     1f:  callq   0x24                             ; @80, X86CallPCRel4 root:a::func[0]-4
;;=     24:  movq    %r12, %rdi
;;=     27:  movq    %rax, %r12
;;=     2a:  callq   0x2f                             ; @82, X86CallPCRel4 root:a::func[0]-4
;;=     2f:  movq    %r12, %r9
;;=     32:  addl    %r9d, %eax                       ; @84
;;=     35:  movq    (%rsp), %r12                     ; @85
;;=     39:  addq    $0x10, %rsp
;;=     3d:  movq    %rbp, %rsp
;;=     40:  popq    %rbp
;;=     41:  retq
;;=     42:  ud2                                      ; trap: StackOverflow
