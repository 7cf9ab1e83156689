(module
  (memory $a 1)
  (memory $b i64 1)
  (data $d "abc")
  (data $active (i32.const 0) "def")
  (func (param i32 i32 i32) (memory.fill $a (local.get 0) (local.get 1) (local.get 2)))
  (func (param i32 i32 i32) (memory.copy $a $a (local.get 0) (local.get 1) (local.get 2)))
  (func (param i64 i32 i32) (memory.copy $b $a (local.get 0) (local.get 1) (local.get 2)))
  (func (param i64 i64 i64) (memory.copy $b $b (local.get 0) (local.get 1) (local.get 2)))
  (func (param i32 i32 i32) (memory.init $a $d (local.get 0) (local.get 1) (local.get 2)))
  (func (param i64 i32 i32) (memory.init $b $d (local.get 0) (local.get 1) (local.get 2)))
  (func (param i32 i32 i32) (memory.init $a $active (local.get 0) (local.get 1) (local.get 2)))
  (func (data.drop $d) (data.drop $active))
  (func (result i32 i64) (memory.size $a) (memory.size $b))
  (func (result i32 i64) (memory.grow $a (i32.const 1)) (memory.grow $b (i64.const 1))))
;; func 0
;; has iadd
;; has icmp* ugt
;; has brif
;; has call
;; func 1
;; has brif
;; has brif
;; has call
;; func 2
;; has brif
;; has brif
;; has call
;; func 3
;; has icmp* ugt
;; has bor
;; func 4
;; has brif
;; has brif
;; has symbol_value
;; has call
;; func 6
;; not symbol_value
;; func 7
;; has store*notrap aligned *v0+
;; func 8
;; has ushr
;; has ireduce
;; func 9
;; has call
;; has ireduce
;; has call
