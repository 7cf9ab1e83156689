;; The memory and the realloc of a function are given one by one: neither need be of the module that is
;; called.
;;
;; CanonicalABI.md, Canonical ABI Options.
(component
  (component $C
    (core module $Memory (memory (export "mem") 1))
    (core instance $memory (instantiate $Memory))
    ;; its own memory is not that of the list
    (core module $Realloc
      (memory 1)
      (global $calls (mut i32) (i32.const 0))
      (func (export "realloc") (param i32 i32 i32 i32) (result i32)
        (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
        (i32.store (i32.const 1024) (i32.const 0x0a0a0a0a))
        (i32.const 1024))
      (func (export "calls") (result i32) (global.get $calls)))
    (core instance $realloc (instantiate $Realloc))
    (core module $CM
      (import "" "mem" (memory $theirs 1))
      (memory $ours 1)
      (func (export "take") (param $ptr i32) (param $len i32) (result i32)
        (i32.load $theirs (local.get $ptr))))
    (core instance $cm (instantiate $CM (with "" (instance (export "mem" (memory $memory "mem"))))))
    (func (export "take") (param "v" (list u8)) (result u32)
      (canon lift (core func $cm "take") (memory (core memory $memory "mem")) (realloc (core func $realloc "realloc"))))
    (func (export "calls") (result u32) (canon lift (core func $realloc "calls"))))
  (instance $c (instantiate $C))
  (export "take" (func $c "take"))
  (export "calls" (func $c "calls"))
)
(assert_return (invoke "take" (list.const (u8.const 1) (u8.const 2) (u8.const 3) (u8.const 4))) (u32.const 0x04030201))
(assert_return (invoke "calls") (u32.const 1))
