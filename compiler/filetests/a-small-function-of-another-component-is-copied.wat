;;! with inlining
;;! asm core 1 1
(component
  (component $callee
    (core module $m
      (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))
    (core instance $m (instantiate $m))
    (func (export "add") (param "a" u32) (param "b" u32) (result u32)
      (canon lift (core func $m "add"))))
  (instance $callee (instantiate $callee))
  (core func $add (canon lower (func $callee "add")))
  (core module $m
    (import "callee" "add" (func $add (param i32 i32) (result i32)))
    (func (export "f") (param i32) (result i32) (call $add (local.get 0) (i32.const 5))))
  (core instance $m (instantiate $m (with "callee" (instance (export "add" (func $add))))))
  (func (export "f") (param "a" u32) (result u32) (canon lift (core func $m "f"))))
;;= -- with inlining
;;= -- asm core 1 1
;;= root:m::func[1]:
;;=      0:  pushq   %rbp
;;=      1:  movq    %rsp, %rbp
;;=      4:  leal    5(%rsi), %eax                    ; @3c
;;=      7:  movq    %rbp, %rsp                       ; @f9
;;=      a:  popq    %rbp
;;=      b:  retq
