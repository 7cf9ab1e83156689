(module
  (memory 1)
  (table 2 funcref)
  (func $f (i32.store (i32.const 0) (i32.const 7)))
  (data (i32.const 65535) "ab")
  (elem (i32.const 1) func $f $f))
;; start
;; has call fn0()
;; has trap user5
