;; The host's maps keep their order and their duplicates, too.
;;
;; CanonicalABI.md, Despecialization.
;; wasmtime 48: its scripts have no `map.const`.
(component
  (core module $M
    (memory (export "mem") 1)
    (global $next (mut i32) (i32.const 4096))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (local $at i32)
      (local.set $at
        (i32.and (i32.add (global.get $next) (i32.sub (local.get 2) (i32.const 1))) (i32.sub (i32.const 0) (local.get 2))))
      (global.set $next (i32.add (local.get $at) (local.get 3)))
      (memory.copy (local.get $at) (local.get 0)
        (select (local.get 1) (local.get 3) (i32.lt_u (local.get 1) (local.get 3))))
      (local.get $at))
    (func (export "same") (param i32 i32) (result i32)
      (i32.store (i32.const 4080) (local.get 0))
      (i32.store (i32.const 4084) (local.get 1))
      (i32.const 4080)))
  (core instance $m (instantiate $M))
  (func (export "same") (param "m" (map string (list char))) (result (map string (list char)))
    (canon lift (core func $m "same") (memory (core memory $m "mem")) (realloc (core func $m "realloc"))))
  (func (export "pairs") (param "m" (map char s8)) (result (list (tuple char s8)))
    (canon lift (core func $m "same") (memory (core memory $m "mem")) (realloc (core func $m "realloc"))))
)
(assert_return
  (invoke "same" (map.const (entry (str.const "b") (list.const (char.const "x"))) (entry (str.const "a") (list.const)) (entry (str.const "b") (list.const (char.const "y")))))
  (map.const (entry (str.const "b") (list.const (char.const "x"))) (entry (str.const "a") (list.const)) (entry (str.const "b") (list.const (char.const "y")))))
(assert_return (invoke "same" (map.const)) (map.const))
(assert_return (invoke "pairs" (map.const (entry (char.const "☃") (s8.const -1)) (entry (char.const "☃") (s8.const -1))))
  (list.const (tuple.const (char.const "☃") (s8.const -1)) (tuple.const (char.const "☃") (s8.const -1))))
