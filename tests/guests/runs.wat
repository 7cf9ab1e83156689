;; Lists that are moved by vectors: every length up to 70 at four offsets in a vector, there and back. `check` gives the
;; number of elements that came back as they should; what the `bad` ones have at one place is refused wherever it is.
;;
;; RUN: --invoke 'check-bools()'
;; STDOUT: 9940
;; RUN: --invoke 'check-chars()'
;; STDOUT: 9940
;; RUN: --invoke 'check-enums()'
;; STDOUT: 9940
;; RUN: --invoke 'check-flags()'
;; STDOUT: 9940
;; RUN: --invoke 'check-gaps()'
;; STDOUT: 9940
;; RUN: --invoke 'check-mixed()'
;; STDOUT: 9940
;; RUN: --invoke 'check-wide-enums()'
;; STDOUT: 9940
;; RUN: --invoke 'bad-chars(9, 0, 55296)'
;; EXIT: 134
;; STDERR: invalid `char` bit pattern
;; RUN: --invoke 'bad-chars(9, 3, 57343)'
;; EXIT: 134
;; STDERR: invalid `char` bit pattern
;; RUN: --invoke 'bad-chars(9, 7, 1114112)'
;; EXIT: 134
;; STDERR: invalid `char` bit pattern
;; RUN: --invoke 'bad-chars(9, 8, 4294967295)'
;; EXIT: 134
;; STDERR: invalid `char` bit pattern
;; RUN: --invoke 'bad-chars(9, 2, 1114111)'
;; STDOUT: 9
;; RUN: --invoke 'bad-chars(9, 2, 57344)'
;; STDOUT: 9
;; RUN: --invoke 'bad-enums(33, 0, 3)'
;; EXIT: 134
;; STDERR: invalid variant discriminant
;; RUN: --invoke 'bad-enums(33, 31, 255)'
;; EXIT: 134
;; STDERR: invalid variant discriminant
;; RUN: --invoke 'bad-enums(33, 32, 3)'
;; EXIT: 134
;; STDERR: invalid variant discriminant
;; RUN: --invoke 'bad-wide-enums(33, 17, 257)'
;; EXIT: 134
;; STDERR: invalid variant discriminant
(component
  (component $callee
    (core module $echo
      (memory (export "memory") 1)
      (global $next (mut i32) (i32.const 64))
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (local $at i32)
        (local.set $at (i32.and (i32.add (global.get $next) (i32.const 7)) (i32.const -8)))
        (global.set $next (i32.add (local.get $at) (local.get 3)))
        (local.get $at))
      (func (export "echo") (param i32 i32) (result i32)
        (global.set $next (i32.const 64))
        (i32.store (i32.const 8) (local.get 0))
        (i32.store (i32.const 12) (local.get 1))
        (i32.const 8)))
    (core instance $echo (instantiate $echo))
    (type $enum' (enum "a" "b" "c"))
    (export $enum "enum" (type $enum'))
    (type $flags' (flags "a" "b" "c"))
    (export $flags "flags" (type $flags'))
    (type $gaps' (record (field "a" u8) (field "b" u32)))
    (export $gaps "gaps" (type $gaps'))
    (type $mixed' (record (field "a" u32) (field "b" u16) (field "c" $flags) (field "d" u64) (field "e" u8)))
    (export $mixed "mixed" (type $mixed'))
    (type $wide' (enum "c0" "c1" "c2" "c3" "c4" "c5" "c6" "c7" "c8" "c9" "c10" "c11" "c12" "c13" "c14" "c15" "c16" "c17" "c18" "c19"
      "c20" "c21" "c22" "c23" "c24" "c25" "c26" "c27" "c28" "c29" "c30" "c31" "c32" "c33" "c34" "c35" "c36" "c37"
      "c38" "c39" "c40" "c41" "c42" "c43" "c44" "c45" "c46" "c47" "c48" "c49" "c50" "c51" "c52" "c53" "c54" "c55"
      "c56" "c57" "c58" "c59" "c60" "c61" "c62" "c63" "c64" "c65" "c66" "c67" "c68" "c69" "c70" "c71" "c72" "c73"
      "c74" "c75" "c76" "c77" "c78" "c79" "c80" "c81" "c82" "c83" "c84" "c85" "c86" "c87" "c88" "c89" "c90" "c91"
      "c92" "c93" "c94" "c95" "c96" "c97" "c98" "c99" "c100" "c101" "c102" "c103" "c104" "c105" "c106" "c107" "c108"
      "c109" "c110" "c111" "c112" "c113" "c114" "c115" "c116" "c117" "c118" "c119" "c120" "c121" "c122" "c123"
      "c124" "c125" "c126" "c127" "c128" "c129" "c130" "c131" "c132" "c133" "c134" "c135" "c136" "c137" "c138"
      "c139" "c140" "c141" "c142" "c143" "c144" "c145" "c146" "c147" "c148" "c149" "c150" "c151" "c152" "c153"
      "c154" "c155" "c156" "c157" "c158" "c159" "c160" "c161" "c162" "c163" "c164" "c165" "c166" "c167" "c168"
      "c169" "c170" "c171" "c172" "c173" "c174" "c175" "c176" "c177" "c178" "c179" "c180" "c181" "c182" "c183"
      "c184" "c185" "c186" "c187" "c188" "c189" "c190" "c191" "c192" "c193" "c194" "c195" "c196" "c197" "c198"
      "c199" "c200" "c201" "c202" "c203" "c204" "c205" "c206" "c207" "c208" "c209" "c210" "c211" "c212" "c213"
      "c214" "c215" "c216" "c217" "c218" "c219" "c220" "c221" "c222" "c223" "c224" "c225" "c226" "c227" "c228"
      "c229" "c230" "c231" "c232" "c233" "c234" "c235" "c236" "c237" "c238" "c239" "c240" "c241" "c242" "c243"
      "c244" "c245" "c246" "c247" "c248" "c249" "c250" "c251" "c252" "c253" "c254" "c255" "c256"))
    (export $wide "wide" (type $wide'))
    (func (export "bools") (param "x" (list bool)) (result (list bool)) (canon lift (core func $echo "echo")
      (memory (core memory $echo "memory")) (realloc (core func $echo "realloc"))))
    (func (export "chars") (param "x" (list char)) (result (list char)) (canon lift (core func $echo "echo")
      (memory (core memory $echo "memory")) (realloc (core func $echo "realloc"))))
    (func (export "enums") (param "x" (list $enum)) (result (list $enum)) (canon lift (core func $echo "echo")
      (memory (core memory $echo "memory")) (realloc (core func $echo "realloc"))))
    (func (export "flags-list") (param "x" (list $flags)) (result (list $flags)) (canon lift (core func $echo "echo")
      (memory (core memory $echo "memory")) (realloc (core func $echo "realloc"))))
    (func (export "gaps-list") (param "x" (list $gaps)) (result (list $gaps)) (canon lift (core func $echo "echo")
      (memory (core memory $echo "memory")) (realloc (core func $echo "realloc"))))
    (func (export "mixed-list") (param "x" (list $mixed)) (result (list $mixed)) (canon lift (core func $echo "echo")
      (memory (core memory $echo "memory")) (realloc (core func $echo "realloc"))))
    (func (export "wide-enums") (param "x" (list $wide)) (result (list $wide)) (canon lift (core func $echo "echo")
      (memory (core memory $echo "memory")) (realloc (core func $echo "realloc")))))
  (instance $callee (instantiate $callee))

  (component $caller
    (import "callee" (instance $callee
      (type $enum' (enum "a" "b" "c"))
      (export "enum" (type $enum (eq $enum')))
      (type $flags' (flags "a" "b" "c"))
      (export "flags" (type $flags (eq $flags')))
      (type $gaps' (record (field "a" u8) (field "b" u32)))
      (export "gaps" (type $gaps (eq $gaps')))
      (type $mixed' (record (field "a" u32) (field "b" u16) (field "c" $flags) (field "d" u64) (field "e" u8)))
      (export "mixed" (type $mixed (eq $mixed')))
      (type $wide' (enum "c0" "c1" "c2" "c3" "c4" "c5" "c6" "c7" "c8" "c9" "c10" "c11" "c12" "c13" "c14" "c15" "c16" "c17" "c18" "c19"
      "c20" "c21" "c22" "c23" "c24" "c25" "c26" "c27" "c28" "c29" "c30" "c31" "c32" "c33" "c34" "c35" "c36" "c37"
      "c38" "c39" "c40" "c41" "c42" "c43" "c44" "c45" "c46" "c47" "c48" "c49" "c50" "c51" "c52" "c53" "c54" "c55"
      "c56" "c57" "c58" "c59" "c60" "c61" "c62" "c63" "c64" "c65" "c66" "c67" "c68" "c69" "c70" "c71" "c72" "c73"
      "c74" "c75" "c76" "c77" "c78" "c79" "c80" "c81" "c82" "c83" "c84" "c85" "c86" "c87" "c88" "c89" "c90" "c91"
      "c92" "c93" "c94" "c95" "c96" "c97" "c98" "c99" "c100" "c101" "c102" "c103" "c104" "c105" "c106" "c107" "c108"
      "c109" "c110" "c111" "c112" "c113" "c114" "c115" "c116" "c117" "c118" "c119" "c120" "c121" "c122" "c123"
      "c124" "c125" "c126" "c127" "c128" "c129" "c130" "c131" "c132" "c133" "c134" "c135" "c136" "c137" "c138"
      "c139" "c140" "c141" "c142" "c143" "c144" "c145" "c146" "c147" "c148" "c149" "c150" "c151" "c152" "c153"
      "c154" "c155" "c156" "c157" "c158" "c159" "c160" "c161" "c162" "c163" "c164" "c165" "c166" "c167" "c168"
      "c169" "c170" "c171" "c172" "c173" "c174" "c175" "c176" "c177" "c178" "c179" "c180" "c181" "c182" "c183"
      "c184" "c185" "c186" "c187" "c188" "c189" "c190" "c191" "c192" "c193" "c194" "c195" "c196" "c197" "c198"
      "c199" "c200" "c201" "c202" "c203" "c204" "c205" "c206" "c207" "c208" "c209" "c210" "c211" "c212" "c213"
      "c214" "c215" "c216" "c217" "c218" "c219" "c220" "c221" "c222" "c223" "c224" "c225" "c226" "c227" "c228"
      "c229" "c230" "c231" "c232" "c233" "c234" "c235" "c236" "c237" "c238" "c239" "c240" "c241" "c242" "c243"
      "c244" "c245" "c246" "c247" "c248" "c249" "c250" "c251" "c252" "c253" "c254" "c255" "c256"))
      (export "wide" (type $wide (eq $wide')))
      (export "bools" (func (param "x" (list bool)) (result (list bool))))
      (export "chars" (func (param "x" (list char)) (result (list char))))
      (export "enums" (func (param "x" (list $enum)) (result (list $enum))))
      (export "flags-list" (func (param "x" (list $flags)) (result (list $flags))))
      (export "gaps-list" (func (param "x" (list $gaps)) (result (list $gaps))))
      (export "mixed-list" (func (param "x" (list $mixed)) (result (list $mixed))))
      (export "wide-enums" (func (param "x" (list $wide)) (result (list $wide))))))
    (core module $memory
      (memory (export "memory") 1)
      (global $next (export "next") (mut i32) (i32.const 16384))
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (local $at i32)
        (local.set $at (i32.and (i32.add (global.get $next) (i32.const 7)) (i32.const -8)))
        (global.set $next (i32.add (local.get $at) (local.get 3)))
        (local.get $at)))
    (core instance $memory (instantiate $memory))
    (alias core export $memory "memory" (core memory $mem))
    (alias core export $memory "realloc" (core func $realloc))
    (core func $bools (canon lower (func $callee "bools") (memory $mem) (realloc $realloc)))
    (core func $chars (canon lower (func $callee "chars") (memory $mem) (realloc $realloc)))
    (core func $enums (canon lower (func $callee "enums") (memory $mem) (realloc $realloc)))
    (core func $flags (canon lower (func $callee "flags-list") (memory $mem) (realloc $realloc)))
    (core func $gaps (canon lower (func $callee "gaps-list") (memory $mem) (realloc $realloc)))
    (core func $mixed (canon lower (func $callee "mixed-list") (memory $mem) (realloc $realloc)))
    (core func $wide (canon lower (func $callee "wide-enums") (memory $mem) (realloc $realloc)))
    (core module $check
      (import "memory" "memory" (memory 1))
      (import "memory" "next" (global $next (mut i32)))
      (type $f (func (param i32 i32 i32)))
      (import "f" "bools" (func $bools (type $f)))
      (import "f" "chars" (func $chars (type $f)))
      (import "f" "enums" (func $enums (type $f)))
      (import "f" "flags" (func $flags (type $f)))
      (import "f" "gaps" (func $gaps (type $f)))
      (import "f" "mixed" (func $mixed (type $f)))
      (import "f" "wide" (func $wide (type $f)))
      (table funcref (elem $bools $chars $enums $flags $gaps $mixed $wide))
      ;; Bytes of an element.
      (func $size (param $kind i32) (result i32)
        (i32.and (i32.const 0xff) (i32.wrap_i64 (i64.shr_u (i64.const 0x02_18_08_01_01_04_01)
          (i64.extend_i32_u (i32.mul (local.get $kind) (i32.const 8)))))))
      ;; Writes an element that is valid; of flags and between fields, bits that mean nothing are set.
      (func $put (param $kind i32) (param $at i32) (param $i i32) (local $end i32)
        (local.set $end (i32.add (local.get $at) (call $size (local.get $kind))))
        (if (i32.eq (local.get $kind) (i32.const 1)) (then
          (return (i32.store (local.get $at) (i32.rem_u (i32.mul (local.get $i) (i32.const 7919)) (i32.const 0xd800))))))
        (if (i32.eq (local.get $kind) (i32.const 2)) (then
          (return (i32.store8 (local.get $at) (i32.rem_u (local.get $i) (i32.const 3))))))
        (if (i32.eq (local.get $kind) (i32.const 6)) (then
          (return (i32.store16 (local.get $at) (i32.rem_u (i32.mul (local.get $i) (i32.const 101)) (i32.const 257))))))
        (loop $more
          ;; One in four is 0.
          (i32.store8 (local.get $at) (select
            (i32.const 0)
            (i32.or (i32.const 0x11) (i32.mul (i32.add (local.get $at) (local.get $i)) (i32.const 37)))
            (i32.eqz (i32.and (i32.add (local.get $at) (local.get $i)) (i32.const 3)))))
          (local.set $at (i32.add (local.get $at) (i32.const 1)))
          (br_if $more (i32.lt_u (local.get $at) (local.get $end)))))
      ;; What a byte becomes on the way; where a field ends and the next does not begin, what was there stays.
      (func $expected (param $kind i32) (param $offset i32) (param $byte i32) (result i32)
        (if (i32.eqz (local.get $kind)) (then (return (i32.ne (local.get $byte) (i32.const 0)))))
        (if (i32.eq (local.get $kind) (i32.const 3)) (then (return (i32.and (local.get $byte) (i32.const 7)))))
        (if (i32.eq (local.get $kind) (i32.const 4)) (then
          (return (select (i32.const 0xee) (local.get $byte)
            (i32.and (i32.ge_u (local.get $offset) (i32.const 1)) (i32.lt_u (local.get $offset) (i32.const 4)))))))
        (if (i32.eq (local.get $kind) (i32.const 5)) (then
          (if (i32.eq (local.get $offset) (i32.const 6)) (then (return (i32.and (local.get $byte) (i32.const 7)))))
          (return (select (i32.const 0xee) (local.get $byte)
            (i32.or (i32.eq (local.get $offset) (i32.const 7)) (i32.gt_u (local.get $offset) (i32.const 16)))))))
        (local.get $byte))
      (func $fill (param $kind i32) (param $from i32) (param $n i32) (local $i i32)
        (loop $more
          (if (i32.lt_u (local.get $i) (local.get $n)) (then
            (call $put (local.get $kind)
              (i32.add (local.get $from) (i32.mul (local.get $i) (call $size (local.get $kind)))) (local.get $i))
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (br $more)))))
      ;; Sends a list there and back; traps unless it comes back as it should, with nothing written behind it.
      (func $round (param $kind i32) (param $from i32) (param $n i32) (result i32)
        (local $back i32) (local $bytes i32) (local $i i32)
        (local.set $bytes (i32.mul (local.get $n) (call $size (local.get $kind))))
        (memory.fill (i32.const 16384) (i32.const 0xee) (i32.const 16384))
        (global.set $next (i32.const 16384))
        (call_indirect (type $f) (local.get $from) (local.get $n) (i32.const 8) (local.get $kind))
        (if (i32.ne (i32.load (i32.const 12)) (local.get $n)) (then (unreachable)))
        (local.set $back (i32.load (i32.const 8)))
        (loop $more
          (if (i32.lt_u (local.get $i) (local.get $bytes)) (then
            (if (i32.ne
                  (i32.load8_u (i32.add (local.get $back) (local.get $i)))
                  (call $expected (local.get $kind)
                    (i32.rem_u (local.get $i) (call $size (local.get $kind)))
                    (i32.load8_u (i32.add (local.get $from) (local.get $i)))))
              (then (unreachable)))
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (br $more))))
        (if (i32.ne (i32.load8_u (i32.add (local.get $back) (local.get $bytes))) (i32.const 0xee)) (then (unreachable)))
        (local.get $n))
      (func $check (param $kind i32) (result i32) (local $n i32) (local $offset i32) (local $sum i32)
        (loop $offsets
          (local.set $n (i32.const 0))
          (loop $lengths
            (call $fill (local.get $kind) (i32.add (i32.const 1024) (local.get $offset)) (local.get $n))
            (local.set $sum (i32.add (local.get $sum)
              (call $round (local.get $kind) (i32.add (i32.const 1024) (local.get $offset)) (local.get $n))))
            (local.set $n (i32.add (local.get $n) (i32.const 1)))
            (br_if $lengths (i32.le_u (local.get $n) (i32.const 70))))
          (local.set $offset (i32.add (local.get $offset) (i32.const 8)))
          (br_if $offsets (i32.lt_u (local.get $offset) (i32.const 32))))
        (local.get $sum))
      (func $bad (param $kind i32) (param $n i32) (param $at i32) (param $value i32) (result i32)
        (local $place i32)
        (call $fill (local.get $kind) (i32.const 1024) (local.get $n))
        (local.set $place
          (i32.add (i32.const 1024) (i32.mul (local.get $at) (call $size (local.get $kind)))))
        (if (i32.eq (call $size (local.get $kind)) (i32.const 1)) (then (i32.store8 (local.get $place) (local.get $value))))
        (if (i32.eq (call $size (local.get $kind)) (i32.const 2)) (then (i32.store16 (local.get $place) (local.get $value))))
        (if (i32.eq (call $size (local.get $kind)) (i32.const 4)) (then (i32.store (local.get $place) (local.get $value))))
        (call $round (local.get $kind) (i32.const 1024) (local.get $n)))
      (func (export "check-bools") (result i32) (call $check (i32.const 0)))
      (func (export "check-chars") (result i32) (call $check (i32.const 1)))
      (func (export "bad-chars") (param i32 i32 i32) (result i32)
        (call $bad (i32.const 1) (local.get 0) (local.get 1) (local.get 2)))
      (func (export "check-enums") (result i32) (call $check (i32.const 2)))
      (func (export "bad-enums") (param i32 i32 i32) (result i32)
        (call $bad (i32.const 2) (local.get 0) (local.get 1) (local.get 2)))
      (func (export "check-flags") (result i32) (call $check (i32.const 3)))
      (func (export "check-gaps") (result i32) (call $check (i32.const 4)))
      (func (export "check-mixed") (result i32) (call $check (i32.const 5)))
      (func (export "check-wide-enums") (result i32) (call $check (i32.const 6)))
      (func (export "bad-wide-enums") (param i32 i32 i32) (result i32)
        (call $bad (i32.const 6) (local.get 0) (local.get 1) (local.get 2))))
    (core instance $check (instantiate $check (with "memory" (instance $memory)) (with "f" (instance
      (export "bools" (func $bools)) (export "chars" (func $chars)) (export "enums" (func $enums))
      (export "flags" (func $flags)) (export "gaps" (func $gaps)) (export "mixed" (func $mixed))
      (export "wide" (func $wide))))))
    (func (export "check-bools") (result u32) (canon lift (core func $check "check-bools")))
    (func (export "check-chars") (result u32) (canon lift (core func $check "check-chars")))
    (func (export "bad-chars") (param "n" u32) (param "at" u32) (param "value" u32) (result u32)
      (canon lift (core func $check "bad-chars")))
    (func (export "check-enums") (result u32) (canon lift (core func $check "check-enums")))
    (func (export "bad-enums") (param "n" u32) (param "at" u32) (param "value" u32) (result u32)
      (canon lift (core func $check "bad-enums")))
    (func (export "check-flags") (result u32) (canon lift (core func $check "check-flags")))
    (func (export "check-gaps") (result u32) (canon lift (core func $check "check-gaps")))
    (func (export "check-mixed") (result u32) (canon lift (core func $check "check-mixed")))
    (func (export "check-wide-enums") (result u32) (canon lift (core func $check "check-wide-enums")))
    (func (export "bad-wide-enums") (param "n" u32) (param "at" u32) (param "value" u32) (result u32)
      (canon lift (core func $check "bad-wide-enums"))))
  (instance $caller (instantiate $caller (with "callee" (instance $callee))))
  (export "check-bools" (func $caller "check-bools"))
  (export "check-chars" (func $caller "check-chars"))
  (export "bad-chars" (func $caller "bad-chars"))
  (export "check-enums" (func $caller "check-enums"))
  (export "bad-enums" (func $caller "bad-enums"))
  (export "check-flags" (func $caller "check-flags"))
  (export "check-gaps" (func $caller "check-gaps"))
  (export "check-mixed" (func $caller "check-mixed"))
  (export "check-wide-enums" (func $caller "check-wide-enums"))
  (export "bad-wide-enums" (func $caller "bad-wide-enums")))
