(module
  (table $t 4 funcref)
  (table $x 1 8 externref)
  (table $n 2 2 funcref)
  (elem $e func $f $f)
  (elem $active (table $n) (i32.const 0) func $f)
  (func $f)
  (func (param i32) (result funcref) (table.get $t (local.get 0)))
  (func (param i32) (table.set $t (local.get 0) (ref.func $f)))
  (func (result i32 i32) (table.size $n) (table.size $x))
  (func (param externref i32) (result i32) (table.grow $x (local.get 0) (local.get 1)))
  (func (param i32 externref i32) (table.fill $x (local.get 0) (local.get 1) (local.get 2)))
  (func (param i32 i32 i32) (table.copy $t $n (local.get 0) (local.get 1) (local.get 2)))
  (func (param i32 i32 i32) (table.init $t $e (local.get 0) (local.get 1) (local.get 2)))
  (func (param i32 i32 i32) (table.init $t $active (local.get 0) (local.get 1) (local.get 2)))
  (func (elem.drop $e) (elem.drop $active))
  (func (param i32) (result i32) (ref.is_null (table.get $x (local.get 0)))))
;; func 1
;; has icmp* uge
;; has load.i64 notrap aligned region0
;; func 2
;; has func_addr
;; has store*notrap aligned region0
;; func 4
;; has call fn0(v0,
;; has ireduce.i32
;; func 6
;; has iadd
;; has icmp* ugt
;; has iadd
;; has icmp* ugt
;; has call
;; func 7
;; has load.i64 notrap aligned v0+
;; has symbol_value
;; has call
An active segment is empty once the module is instantiated.
;; func 8
;; not symbol_value
;; func 9
;; has store*notrap aligned *v0+
