;; As wit-component makes it: the table is there before the functions that it will hold.
(component
  (import "log" (func $log (param "x" string)))
  (core module $shim
    (type $t (func (param i32 i32)))
    (table (export "table") 1 1 funcref)
    (func (export "log") (type $t)
      (call_indirect (type $t) (local.get 0) (local.get 1) (i32.const 0))))
  (core module $fixup
    (import "" "table" (table 1 1 funcref))
    (import "" "log" (func (param i32 i32)))
    (elem (i32.const 0) func 0))
  (core module $m
    (import "host" "log" (func $log (param i32 i32)))
    (memory (export "memory") 1)
    (func (export "run") (call $log (i32.const 8) (i32.const 2))))
  (core instance $shim (instantiate $shim))
  (core instance $i (instantiate $m (with "host" (instance (export "log" (func $shim "log"))))))
  (core func $log' (canon lower (func $log) (memory $i "memory")))
  (core instance (instantiate $fixup (with "" (instance
    (export "table" (table $shim "table")) (export "log" (func $log'))))))
  (func (export "run") (canon lift (core func $i "run"))))
;;! reachable
;;! functions
;;! clif core 1 1
