;; When post-return runs, the results have been copied: it may free them, and overwrite them. It gets what the
;; core function returned.
;;
;; CanonicalABI.md, `canon lift`: `task.return_` comes before `post_return`.
(component
  (component $C
    (core module $CM
      (memory (export "mem") 1)
      (global $seen (mut i32) (i32.const 0))
      (func (export "f") (result i32)
        (i64.store (i32.const 64) (i64.const 0x0000000300000080))
        (i32.store (i32.const 128) (i32.const 0x00636261))
        (i32.const 64))
      (func (export "post") (param i32)
        (global.set $seen (local.get 0))
        (memory.fill (i32.const 0) (i32.const 0x78) (i32.const 1024)))
      (func (export "seen") (result i32) (global.get $seen)))
    (core instance $cm (instantiate $CM))
    (func (export "f") (result string)
      (canon lift (core func $cm "f") (memory (core memory $cm "mem")) (post-return (core func $cm "post"))))
    (func (export "seen") (result u32) (canon lift (core func $cm "seen"))))
  (component $D
    (import "f" (func $f (result string)))
    (core module $Memory
      (memory (export "mem") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024)))
    (core instance $memory (instantiate $Memory))
    (core func $f' (canon lower (func $f) (memory (core memory $memory "mem")) (realloc (core func $memory "realloc"))))
    (core module $DM
      (import "" "f" (func $f (param i32)))
      (func (export "f") (result i32) (call $f (i32.const 16)) (i32.const 16)))
    (core instance $dm (instantiate $DM (with "" (instance (export "f" (func $f'))))))
    (func (export "f") (result string) (canon lift (core func $dm "f") (memory (core memory $memory "mem")))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "f" (func $c "f"))))
  (export "f" (func $c "f"))
  (export "f-between" (func $d "f"))
  (export "seen" (func $c "seen"))
)
(assert_return (invoke "f-between") (str.const "abc"))
(assert_return (invoke "seen") (u32.const 64))
(assert_return (invoke "f") (str.const "abc"))
