(module
  (type $t (func (param i32)))
  (table 3 funcref)
  (elem (i32.const 0) func $a $b)
  (func $a (type $t))
  (func $b)
  (func (call_indirect (type $t) (i32.const 7) (i32.const 1)))
  (func (call_indirect (type $t) (i32.const 7) (i32.const 2)))
  (func (call_indirect (type $t) (i32.const 7) (i32.const 3)))
  (func (call_indirect (type $t) (i32.const 7) (i32.const 0)))
  (func (param i32) (call_indirect (type $t) (i32.const 7) (local.get 0)))
  (func (param i32) (return_call_indirect (type $t) (i32.const 7) (local.get 0))))
;; func 2
;; has call_indirect
;; func 3
;; has call_indirect
;; func 4
;; has call_indirect
;; func 5
;; has call fn
;; not call_indirect
The only index where that type is.
;; func 6
;; has icmp eq
;; has brif
;; has call fn
;; not call_indirect
;; func 7
;; has return_call fn
