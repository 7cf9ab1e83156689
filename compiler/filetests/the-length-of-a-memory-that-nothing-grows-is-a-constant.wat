(component
  (core module $m
    (memory i64 2 100)
    (func (export "run") (param i64) (result i32)
      (i32.load (local.get 0)))
    (func (export "never") (drop (memory.grow (i64.const 1)))))
  (core instance $i (instantiate $m))
  (func (export "run") (param "x" u64) (result u32) (canon lift (core func $i "run"))))
;;! reachable
;;! clif core 0 0
