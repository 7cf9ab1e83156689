;; The caller's memory has the results when post-return runs: its realloc has been called by then.
;;
;; CanonicalABI.md, `canon lift`, `canon lower`: `on_resolve` lowers the results. Both sides are the same
;; module here, so that it can see the order: the component lifts a function and lowers it again.
;; wasmtime 48: fails, it lets no instance call itself.
(component
  (core module $M
    (memory (export "mem") 1)
    (global $log (mut i32) (i32.const 0))
    (func $note (param i32)
      (global.set $log (i32.add (i32.mul (global.get $log) (i32.const 10)) (local.get 0))))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (call $note (i32.const 2)) (i32.const 1024))
    (func (export "f") (result i32)
      (call $note (i32.const 1))
      (i64.store (i32.const 64) (i64.const 0x0000000300000080))
      (i32.store (i32.const 128) (i32.const 0x00636261))
      (i32.const 64))
    (func (export "post") (param i32) (call $note (i32.const 3)))
    (func (export "log") (result i32) (global.get $log)))
  (core instance $m (instantiate $M))
  (func $f (result string)
    (canon lift (core func $m "f") (memory (core memory $m "mem")) (post-return (core func $m "post"))))
  (core func $f' (canon lower (func $f) (memory (core memory $m "mem")) (realloc (core func $m "realloc"))))
  (core module $N
    (import "" "f" (func $f (param i32)))
    (import "" "log" (func $log (result i32)))
    (func (export "run") (result i32)
      (call $f (i32.const 16))
      (call $log)))
  (core instance $n (instantiate $N (with "" (instance (export "f" (func $f')) (export "log" (func $m "log"))))))
  (func (export "run") (result u32) (canon lift (core func $n "run")))
)
(assert_return (invoke "run") (u32.const 123))
