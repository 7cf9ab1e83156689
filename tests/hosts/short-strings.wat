;; The component of short-strings.c: shows the host a string that ends where the memory does.
(component
  (import "take" (func $take (param "s" string) (result u32)))
  (core module $memory (memory (export "memory") 1))
  (core instance $memory (instantiate $memory))
  (core func $take (canon lower (func $take) (memory (core memory $memory "memory"))))
  (core module $m
    (import "memory" "memory" (memory 1))
    (import "" "take" (func $take (param i32 i32) (result i32)))
    ;; Of this length, all `a` but for one byte, if there is such a place.
    (func (export "say") (param $length i32) (param $place i32) (param $byte i32) (result i32)
      (local $start i32)
      (local.set $start (i32.sub (i32.const 65536) (local.get $length)))
      (memory.fill (local.get $start) (i32.const 97) (local.get $length))
      (if (i32.lt_u (local.get $place) (local.get $length))
        (then (i32.store8 (i32.add (local.get $start) (local.get $place)) (local.get $byte))))
      (call $take (local.get $start) (local.get $length))))
  (core instance $m (instantiate $m
    (with "memory" (instance $memory))
    (with "" (instance (export "take" (func $take))))))
  (func (export "say") (param "length" u32) (param "place" u32) (param "byte" u32) (result u32)
    (canon lift (core func $m "say"))))
