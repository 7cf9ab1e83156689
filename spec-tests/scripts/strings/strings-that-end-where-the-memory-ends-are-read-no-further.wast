;; A string may end with the last byte of the memory, on both sides, in every encoding and at every length.
;;
;; CanonicalABI.md, Loading: `load_string_from_range`; Storing: `store_string_into_range`.
(component
  (component $C
    (core module $CM
      (memory (export "mem") 1 1)
      ;; as far back as it goes; each string has it to itself, and what was there is moved
      (func (export "realloc") (param $old i32) (param $old-size i32) (param i32) (param $size i32) (result i32)
        (local $at i32)
        (local.set $at (i32.and (i32.sub (i32.const 65536) (local.get $size)) (i32.const -2)))
        (memory.copy (local.get $at) (local.get $old)
          (select (local.get $old-size) (local.get $size) (i32.lt_u (local.get $old-size) (local.get $size))))
        (local.get $at))
      ;; a number of what is in it
      (func $hash (param $ptr i32) (param $bytes i32) (result i32)
        (local $h i32)
        (loop $each
          (if (local.get $bytes)
            (then
              (local.set $h (i32.add (i32.mul (local.get $h) (i32.const 31)) (i32.load8_u (local.get $ptr))))
              (local.set $ptr (i32.add (local.get $ptr) (i32.const 1)))
              (local.set $bytes (i32.sub (local.get $bytes) (i32.const 1)))
              (br $each))))
        (local.get $h))
      (func (export "take-8") (param i32 i32) (result i32) (call $hash (local.get 0) (local.get 1)))
      (func (export "take-16") (param i32 i32) (result i32) (call $hash (local.get 0) (i32.shl (local.get 1) (i32.const 1))))
      (func (export "take-1") (param i32 i32) (result i32)
        (if (result i32) (i32.lt_s (local.get 1) (i32.const 0))
          (then (call $hash (local.get 0) (i32.shl (local.get 1) (i32.const 1))))
          (else (call $hash (local.get 0) (local.get 1))))))
    (core instance $cm (instantiate $CM))
    (func (export "utf-8") (param "s" string) (result u32)
      (canon lift (core func $cm "take-8") string-encoding=utf8 (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "utf-16") (param "s" string) (result u32)
      (canon lift (core func $cm "take-16") string-encoding=utf16 (memory (core memory $cm "mem")) (realloc (core func $cm "realloc"))))
    (func (export "latin-1") (param "s" string) (result u32)
      (canon lift (core func $cm "take-1") string-encoding=latin1+utf16 (memory (core memory $cm "mem")) (realloc (core func $cm "realloc")))))
  (component $D
    (import "c" (instance $c
      (export "utf-8" (func (param "s" string) (result u32)))
      (export "utf-16" (func (param "s" string) (result u32)))
      (export "latin-1" (func (param "s" string) (result u32)))))
    (core module $Memory (memory (export "mem") 1 1))
    (core instance $memory (instantiate $Memory))
    (core func $utf-8-utf-8 (canon lower (func $c "utf-8") string-encoding=utf8 (memory (core memory $memory "mem"))))
    (core func $utf-8-utf-16 (canon lower (func $c "utf-16") string-encoding=utf8 (memory (core memory $memory "mem"))))
    (core func $utf-8-latin-1 (canon lower (func $c "latin-1") string-encoding=utf8 (memory (core memory $memory "mem"))))
    (core func $utf-16-utf-8 (canon lower (func $c "utf-8") string-encoding=utf16 (memory (core memory $memory "mem"))))
    (core func $utf-16-utf-16 (canon lower (func $c "utf-16") string-encoding=utf16 (memory (core memory $memory "mem"))))
    (core func $utf-16-latin-1 (canon lower (func $c "latin-1") string-encoding=utf16 (memory (core memory $memory "mem"))))
    (core func $latin-1-utf-8 (canon lower (func $c "utf-8") string-encoding=latin1+utf16 (memory (core memory $memory "mem"))))
    (core func $latin-1-utf-16 (canon lower (func $c "utf-16") string-encoding=latin1+utf16 (memory (core memory $memory "mem"))))
    (core func $latin-1-latin-1 (canon lower (func $c "latin-1") string-encoding=latin1+utf16 (memory (core memory $memory "mem"))))
    (core module $M
      (import "" "mem" (memory 1 1))
      (type $t (func (param i32 i32) (result i32)))
      (import "" "utf-8-utf-8" (func $utf-8-utf-8 (type $t)))
      (import "" "utf-8-utf-16" (func $utf-8-utf-16 (type $t)))
      (import "" "utf-8-latin-1" (func $utf-8-latin-1 (type $t)))
      (import "" "utf-16-utf-8" (func $utf-16-utf-8 (type $t)))
      (import "" "utf-16-utf-16" (func $utf-16-utf-16 (type $t)))
      (import "" "utf-16-latin-1" (func $utf-16-latin-1 (type $t)))
      (import "" "latin-1-utf-8" (func $latin-1-utf-8 (type $t)))
      (import "" "latin-1-utf-16" (func $latin-1-utf-16 (type $t)))
      (import "" "latin-1-latin-1" (func $latin-1-latin-1 (type $t)))
      (table funcref (elem
        $utf-8-utf-8 $utf-8-utf-16 $utf-8-latin-1
        $utf-16-utf-8 $utf-16-utf-16 $utf-16-latin-1
        $latin-1-utf-8 $latin-1-utf-16 $latin-1-latin-1))
      ;; lengths of 0 to 100 units; the last is an é in UTF-16 and Latin-1, in UTF-8 the last two; or all are letters
      (func (export "run") (param $which i32) (param $letters i32) (result i32)
        (local $n i32) (local $h i32)
        (memory.fill (i32.const 0) (i32.const 0x61) (i32.const 65536))
        (if (i32.eq (i32.div_u (local.get $which) (i32.const 3)) (i32.const 1))
          (then
            (local.set $n (i32.const 65024))
            (loop $each
              (i32.store16 (local.get $n) (i32.const 0x61))
              (local.set $n (i32.add (local.get $n) (i32.const 2)))
              (br_if $each (i32.lt_u (local.get $n) (i32.const 65536))))
            (local.set $n (i32.const 0))))
        (if (i32.eqz (local.get $letters))
          (then
            (if (i32.eq (i32.div_u (local.get $which) (i32.const 3)) (i32.const 0))
              (then (i32.store16 (i32.const 65534) (i32.const 0xa9c3)) (local.set $n (i32.const 2))))
            (if (i32.eq (i32.div_u (local.get $which) (i32.const 3)) (i32.const 1))
              (then (i32.store16 (i32.const 65534) (i32.const 0xe9))))
            (if (i32.eq (i32.div_u (local.get $which) (i32.const 3)) (i32.const 2))
              (then (i32.store8 (i32.const 65535) (i32.const 0xe9))))))
        (loop $lengths
          (if (i32.eqz (i32.and (i32.eq (i32.div_u (local.get $which) (i32.const 3)) (i32.const 2)) (local.get $n)))
            (then
              (local.set $h (i32.add (i32.mul (local.get $h) (i32.const 7))
                (call_indirect (type $t)
                  (i32.sub (i32.const 65536)
                    (i32.shl (local.get $n) (i32.eq (i32.div_u (local.get $which) (i32.const 3)) (i32.const 1))))
                  (local.get $n)
                  (local.get $which)))))
            ;; Latin-1 is aligned to two: even lengths end at the end
            (else
              (if (i32.eqz (i32.and (local.get $n) (i32.const 1)))
                (then
                  (local.set $h (i32.add (i32.mul (local.get $h) (i32.const 7))
                    (call_indirect (type $t) (i32.sub (i32.const 65536) (local.get $n)) (local.get $n) (local.get $which))))))))
          (local.set $n (i32.add (local.get $n) (i32.const 1)))
          (br_if $lengths (i32.le_u (local.get $n) (i32.const 100))))
        (local.get $h)))
    (core instance $m (instantiate $M (with "" (instance
      (export "mem" (memory $memory "mem"))
      (export "utf-8-utf-8" (func $utf-8-utf-8))
      (export "utf-8-utf-16" (func $utf-8-utf-16))
      (export "utf-8-latin-1" (func $utf-8-latin-1))
      (export "utf-16-utf-8" (func $utf-16-utf-8))
      (export "utf-16-utf-16" (func $utf-16-utf-16))
      (export "utf-16-latin-1" (func $utf-16-latin-1))
      (export "latin-1-utf-8" (func $latin-1-utf-8))
      (export "latin-1-utf-16" (func $latin-1-utf-16))
      (export "latin-1-latin-1" (func $latin-1-latin-1))))))
    (func (export "run") (param "which" u32) (param "letters" bool) (result u32) (canon lift (core func $m "run"))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "c" (instance $c))))
  (export "run" (func $d "run"))
)
;; utf-8 to utf-8
(assert_return (invoke "run" (u32.const 0) (bool.const true)) (u32.const 0x882893ee))
(assert_return (invoke "run" (u32.const 0) (bool.const false)) (u32.const 0x981af66d))
;; utf-8 to utf-16
(assert_return (invoke "run" (u32.const 1) (bool.const true)) (u32.const 0xf39508fe))
(assert_return (invoke "run" (u32.const 1) (bool.const false)) (u32.const 0x576c1e46))
;; utf-8 to latin-1
(assert_return (invoke "run" (u32.const 2) (bool.const true)) (u32.const 0x882893ee))
(assert_return (invoke "run" (u32.const 2) (bool.const false)) (u32.const 0xe8a7ffaa))
;; utf-16 to utf-8
(assert_return (invoke "run" (u32.const 3) (bool.const true)) (u32.const 0x882893ee))
(assert_return (invoke "run" (u32.const 3) (bool.const false)) (u32.const 0xd2b9fb42))
;; utf-16 to utf-16
(assert_return (invoke "run" (u32.const 4) (bool.const true)) (u32.const 0xf39508fe))
(assert_return (invoke "run" (u32.const 4) (bool.const false)) (u32.const 0x5710187e))
;; utf-16 to latin-1
(assert_return (invoke "run" (u32.const 5) (bool.const true)) (u32.const 0x882893ee))
(assert_return (invoke "run" (u32.const 5) (bool.const false)) (u32.const 0x494d946e))
;; latin-1 to utf-8
(assert_return (invoke "run" (u32.const 6) (bool.const true)) (u32.const 0xad854020))
(assert_return (invoke "run" (u32.const 6) (bool.const false)) (u32.const 0x3922fb58))
;; latin-1 to utf-16
(assert_return (invoke "run" (u32.const 7) (bool.const true)) (u32.const 0xfedf70fe))
(assert_return (invoke "run" (u32.const 7) (bool.const false)) (u32.const 0x49603ebe))
;; latin-1 to latin-1
(assert_return (invoke "run" (u32.const 8) (bool.const true)) (u32.const 0xad854020))
(assert_return (invoke "run" (u32.const 8) (bool.const false)) (u32.const 0x4cd3ba60))

