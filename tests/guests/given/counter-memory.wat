;; Given for the import `memory`: it exports more than is asked for, and imports less.
(module $counter-memory
  (memory (export "memory") 2)
  (global $next (mut i32) (i32.const 10))
  (func (export "next") (result i32)
    (global.set $next (i32.add (global.get $next) (i32.const 1)))
    (global.get $next))
  (func (export "not-asked-for")))
