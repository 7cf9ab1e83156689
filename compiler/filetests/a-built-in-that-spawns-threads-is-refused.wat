;;! error
(component
  (core type $t (shared (func (param i32))))
  (core func $spawn (canon thread.spawn-ref $t))
  (core module $m
    (type $t (shared (func (param i32))))
    (type $spawn (shared (func (param (ref null $t) i32) (result i32))))
    (import "" "spawn" (func (type $spawn))))
  (core instance (instantiate $m (with "" (instance (export "spawn" (func $spawn)))))))
;;= -- error
;;= `thread.spawn-ref` is not compiled yet (in import `` `spawn`) (at offset 0x13)
