(component
  (core module $a
    (memory (export "m") 1)
    (table (export "t") 2 4 funcref)
    (func $grow (drop (memory.grow (i32.const 1))) (drop (table.grow (ref.null func) (i32.const 1))))
    (start $grow))
  (core module $b
    (import "a" "m" (memory 1))
    (import "a" "t" (table 2 funcref))
    (func $f)
    (data (i32.const 65535) "ab")
    (elem (i32.const 1) func $f $f))
  (core instance $a (instantiate $a))
  (core instance $b (instantiate $b (with "a" (instance $a)))))
;; start
;; has call fn0(v0)
;; has icmp* ugt
;; has symbol_value
;; has call
;; has return
