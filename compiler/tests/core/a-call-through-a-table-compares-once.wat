(module
  (type $t (func (param i32) (result i32)))
  (table 10 10 funcref)
  (table $grows 10 20 funcref)
  (func (param i32) (result i32) (call_indirect (type $t) (local.get 0) (local.get 0)))
  (func (param i32) (result i32) (return_call_indirect (type $t) (local.get 0) (local.get 0)))
  (func (param i32) (result i32) (call_indirect $grows (type $t) (local.get 0) (local.get 0)))
  (func (result i32) (table.grow $grows (ref.null func) (i32.const 1))))
The length of a table that nobody grows is a constant.
;; func 0
;; has icmp* uge
;; has brif
;; has load.i32 notrap aligned region0 *+4
;; has icmp* eq
;; has brif
;; has uload32.i64 notrap aligned region0
;; has symbol_value.i64 gv
;; has call_indirect sig*(v0, v1)
;; func 1
;; has return_call_indirect
;; not return v
;; func 2
;; has load.i64 notrap aligned v0+
;; has load.i32 notrap aligned region0 *+4
;; has call_indirect
