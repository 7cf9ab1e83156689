;; Given for the import `twice`: a component that calls what it is given twice, and exports more than is
;; asked for.
(component $twice
  (import "step" (func $step (result u32)))
  (core func $step (canon lower (func $step)))
  (core module $m
    (import "" "step" (func $step (result i32)))
    (func (export "run") (result i32) (i32.mul (call $step) (call $step)))
    (func (export "fail") (result i32) unreachable))
  (core instance $i (instantiate $m (with "" (instance (export "step" (func $step))))))
  (func (export "run") (result u32) (canon lift (core func $i "run")))
  (func (export "fail") (result u32) (canon lift (core func $i "fail")))
  (func (export "not-asked-for") (result u32) (canon lift (core func $i "run"))))
