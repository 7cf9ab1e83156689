(component
  (import "log" (func $log (param "x" u32)))
  (import "unused" (func $unused (param "x" u32)))
  (core func $log' (canon lower (func $log)))
  (core func $unused' (canon lower (func $unused)))
  (core module $m
    (type $number (func (param i32) (result i32)))
    (type $action (func))
    (type $nobody (func (param i64)))
    (import "host" "log" (func $log (param i32)))
    (import "host" "unused" (func $unused (param i32)))
    (table 4 funcref)
    (elem (i32.const 0) func $called-as-number $too $never-called-so)
    (func $called-as-number (type $number) (local.get 0))
    (func $too (type $number) (call $helper (local.get 0)))
    (func $never-called-so (type $nobody))
    (func $helper (type $number) (call $log (local.get 0)) (i32.const 1))
    (func $circle (call $round))
    (func $round (call $circle) (call $unused (i32.const 0)))
    (func $run (export "run") (param i32) (result i32)
      (call_indirect (type $number) (local.get 0) (local.get 0))))
  (core instance $i (instantiate $m (with "host" (instance
    (export "log" (func $log')) (export "unused" (func $unused'))))))
  (func (export "run") (param "x" u32) (result u32) (canon lift (core func $i "run"))))
;;! reachable
;;! functions
;;= -- reachable
;;= -- functions
;;= root:m::called-as-number
;;= root:m::helper
;;= root:m::run
;;= root->host::log
