;; The caller's realloc may grow its memory: what comes after it, and the place that the caller gave for the
;; results, are in the memory as it is then.
;;
;; CanonicalABI.md, `canon lower`; Storing.
(component
  (component $C
    (core module $CM
      (memory (export "mem") 1)
      (data (i32.const 16) "\40\00\00\00\03\00\00\00" "\50\00\00\00\02\00\00\00" "\2a\00\00\00")
      (data (i32.const 64) "one")
      ;; a list of two strings
      (data (i32.const 80) "\40\00\00\00\02\00\00\00" "\41\00\00\00\01\00\00\00")
      (func (export "f") (result i32) (i32.const 16)))
    (core instance $cm (instantiate $CM))
    (func (export "f") (result (tuple string (list string) u32)) (canon lift (core func $cm "f") (memory (core memory $cm "mem")))))
  (component $D
    (import "f" (func $f (result (tuple string (list string) u32))))
    (core module $Memory
      (memory (export "mem") 1)
      ;; each block is a new page's last bytes
      (func (export "realloc") (param i32 i32) (param $align i32) (param $size i32) (result i32)
        (if (i32.eq (memory.grow (i32.const 1)) (i32.const -1)) (then unreachable))
        (i32.and
          (i32.sub (i32.shl (memory.size) (i32.const 16)) (local.get $size))
          (i32.sub (i32.const 0) (local.get $align)))))
    (core instance $memory (instantiate $Memory))
    (core func $f' (canon lower (func $f) (memory (core memory $memory "mem")) (realloc (core func $memory "realloc"))))
    (core module $DM
      (import "" "f" (func $f (param i32)))
      (import "" "mem" (memory 1))
      (func (export "f") (param i32) (result i32) (call $f (local.get 0)) (local.get 0))
      (func (export "size") (result i32) (memory.size)))
    (core instance $dm (instantiate $DM (with "" (instance (export "f" (func $f')) (export "mem" (memory $memory "mem"))))))
    (func (export "f") (param "at" u32) (result (tuple string (list string) u32))
      (canon lift (core func $dm "f") (memory (core memory $memory "mem"))))
    (func (export "size") (result u32) (canon lift (core func $dm "size"))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "f" (func $c "f"))))
  (export "f" (func $d "f"))
  (export "size" (func $d "size"))
)
(assert_return (invoke "f" (u32.const 65516)) (tuple.const (str.const "one") (list.const (str.const "on") (str.const "n")) (u32.const 42)))
(assert_return (invoke "size") (u32.const 5))
;; where the results go was out of bounds when the call began; it is checked when they are there, before
;; anything is allocated
(assert_trap (invoke "f" (u32.const 327664)) "pointer out of bounds of memory")
