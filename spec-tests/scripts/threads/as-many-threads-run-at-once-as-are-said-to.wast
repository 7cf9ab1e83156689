;;! features: shared-everything-threads
;; thread.available-parallelism says how many threads may run at once: at least one, and always the same
;; number.
;;
;; CanonicalABI.md, `canon thread.available-parallelism`.
;; wasmtime 48: does not compile it.
(component definition $Given
  (core func $n (canon thread.available_parallelism))
  (core module $M
    (type $t (shared (func (result i32))))
    (type $u (func (result i32)))
    (import "" "n" (func $n (type $t)))
    (func (export "constant") (type $u)
      (i32.and (i32.ge_s (call $n) (i32.const 1)) (i32.eq (call $n) (call $n)))))
  (core instance $m (instantiate $M (with "" (instance (export "n" (func $n))))))
  (func (export "constant") (result u32) (canon lift (core func $m "constant")))
)
(component instance $i $Given)
(assert_return (invoke "constant") (u32.const 1))
