;; A component whose memory has 64-bit addresses: its strings and lists have 64-bit pointers and lengths.
;;
;; RUN: --features all --invoke 'length("wörld")'
;; STDOUT: 6
;; RUN: --features all --invoke 'echo(["a", "", "日本"])'
;; STDOUT: ["a", "", "日本"]
;; RUN: --features all --invoke 'points([(1, 2.5), (3, -4)])'
;; STDOUT: [(1, 2.5), (3, -4)]
;; RUN: --features all --invoke 'bad(18446744073709551615, 1)'
;; EXIT: 134
;; STDERR: string content out-of-bounds
(component
  (core module $m
    (memory (export "memory") i64 1)
    (global $next (mut i64) (i64.const 1024))
    (func (export "realloc")
      (param $old i64) (param $old-size i64) (param $align i64) (param $size i64) (result i64)
      (local $new i64)
      (local.set $new
        (i64.and
          (i64.add (global.get $next) (i64.sub (local.get $align) (i64.const 1)))
          (i64.sub (i64.const 0) (local.get $align))))
      (global.set $next (i64.add (local.get $new) (local.get $size)))
      (local.get $new))
    (func (export "length") (param i64 i64) (result i32)
      (i32.wrap_i64 (local.get 1)))
    (func (export "pair") (param i64 i64) (result i64)
      (i64.store (i64.const 16) (local.get 0))
      (i64.store (i64.const 24) (local.get 1))
      (i64.const 16)))
  (core instance $i (instantiate $m))
  (alias core export $i "memory" (core memory $memory))
  (alias core export $i "realloc" (core func $realloc))
  (func (export "length") (param "text" string) (result u32)
    (canon lift (core func $i "length") (memory $memory) (realloc $realloc)))
  (func (export "echo") (param "all" (list string)) (result (list string))
    (canon lift (core func $i "pair") (memory $memory) (realloc $realloc)))
  (func (export "points") (param "all" (list (tuple u8 f64))) (result (list (tuple u8 f64)))
    (canon lift (core func $i "pair") (memory $memory) (realloc $realloc)))
  (func (export "bad") (param "address" u64) (param "length" u64) (result string)
    (canon lift (core func $i "pair") (memory $memory))))
