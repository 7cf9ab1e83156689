;; A component with resources inside another that uses them: own and borrow cross from one to the other,
;; a destructor runs, and handles that are wrong trap.
;;
;; RUN: --invoke 'sum(3, 4)'
;; STDOUT: 7
;; RUN: --invoke 'live-after-drop()'
;; STDOUT: 1
;; RUN: --invoke 'merged(20, 22)'
;; STDOUT: 42
;; RUN: --invoke 'use-after-drop()'
;; EXIT: 1
;; STDERR: unknown handle index
;; RUN: --invoke 'wrong-type()'
;; EXIT: 1
;; STDERR: unknown handle index
;; RUN: --invoke 'names(2)'
;; STDOUT: ["counter", "counter"]
(component
  (component $provider
    (core module $state
      (memory (export "memory") 1)
      (data (i32.const 16) "counter")
      ;; Counters are words from 256 on; the word at 0 says where the next goes, that at 4 how many live.
      (func (export "new") (param $start i32) (result i32)
        (local $rep i32)
        (local.set $rep (i32.add (i32.const 256) (i32.load (i32.const 0))))
        (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.const 4)))
        (i32.store (i32.const 4) (i32.add (i32.load (i32.const 4)) (i32.const 1)))
        (i32.store (local.get $rep) (local.get $start))
        (local.get $rep))
      (func (export "dtor") (param $rep i32)
        (i32.store (i32.const 4) (i32.sub (i32.load (i32.const 4)) (i32.const 1)))))
    (core instance $state (instantiate $state))
    (type $counter' (resource (rep i32) (dtor (core func $state "dtor"))))
    (export $counter "counter" (type $counter'))
    (core func $new (canon resource.new $counter'))
    (core func $rep (canon resource.rep $counter'))
    (core func $drop (canon resource.drop $counter'))
    (core module $main
      (import "state" "memory" (memory 1))
      (import "state" "new" (func $new-rep (param i32) (result i32)))
      (import "handles" "new" (func $new (param i32) (result i32)))
      (import "handles" "rep" (func $rep (param i32) (result i32)))
      (import "handles" "drop" (func $drop (param i32)))
      (func $make (export "make") (param i32) (result i32)
        (call $new (call $new-rep (local.get 0))))
      ;; A borrowed counter is its representation here.
      (func (export "get") (param i32) (result i32)
        (i32.load (local.get 0)))
      (func (export "inc") (param $self i32) (param $by i32) (result i32)
        (i32.store (local.get $self) (i32.add (i32.load (local.get $self)) (local.get $by)))
        (i32.load (local.get $self)))
      (func (export "merge") (param $a i32) (param $b i32) (result i32)
        (local $sum i32)
        (local.set $sum
          (i32.add (i32.load (call $rep (local.get $a))) (i32.load (call $rep (local.get $b)))))
        (call $drop (local.get $a))
        (call $drop (local.get $b))
        (call $make (local.get $sum)))
      (func (export "name") (param $self i32) (result i32)
        (i32.store (i32.const 8) (i32.const 16))
        (i32.store (i32.const 12) (i32.const 7))
        (i32.const 8))
      (func (export "live") (result i32)
        (i32.load (i32.const 4))))
    (core instance $main (instantiate $main
      (with "state" (instance $state))
      (with "handles" (instance
        (export "new" (func $new)) (export "rep" (func $rep)) (export "drop" (func $drop))))))
    (func (export "[constructor]counter") (param "start" u32) (result (own $counter))
      (canon lift (core func $main "make")))
    (func (export "[method]counter.get") (param "self" (borrow $counter)) (result u32)
      (canon lift (core func $main "get")))
    (func (export "[method]counter.inc") (param "self" (borrow $counter)) (param "by" u32) (result u32)
      (canon lift (core func $main "inc")))
    (func (export "[method]counter.name") (param "self" (borrow $counter)) (result string)
      (canon lift (core func $main "name") (memory (core memory $state "memory"))))
    (func (export "[static]counter.merge")
      (param "a" (own $counter)) (param "b" (own $counter)) (result (own $counter))
      (canon lift (core func $main "merge")))
    (func (export "live") (result u32)
      (canon lift (core func $main "live"))))

  (component $consumer
    (import "counters" (instance $counters
      (export "counter" (type $counter (sub resource)))
      (export "[constructor]counter" (func (param "start" u32) (result (own $counter))))
      (export "[method]counter.get" (func (param "self" (borrow $counter)) (result u32)))
      (export "[method]counter.inc"
        (func (param "self" (borrow $counter)) (param "by" u32) (result u32)))
      (export "[method]counter.name" (func (param "self" (borrow $counter)) (result string)))
      (export "[static]counter.merge"
        (func (param "a" (own $counter)) (param "b" (own $counter)) (result (own $counter))))
      (export "live" (func (result u32)))))
    (alias export $counters "counter" (type $counter))
    (core module $memory
      (memory (export "memory") 1)
      (global $next (mut i32) (i32.const 1024))
      (func (export "realloc") (param i32 i32 i32) (param $size i32) (result i32)
        (global.get $next)
        (global.set $next (i32.add (global.get $next) (local.get $size)))))
    (core instance $memory (instantiate $memory))
    (core func $make (canon lower (func $counters "[constructor]counter")))
    (core func $get (canon lower (func $counters "[method]counter.get")))
    (core func $inc (canon lower (func $counters "[method]counter.inc")))
    (core func $name (canon lower (func $counters "[method]counter.name")
      (memory (core memory $memory "memory")) (realloc (core func $memory "realloc"))))
    (core func $merge (canon lower (func $counters "[static]counter.merge")))
    (core func $live (canon lower (func $counters "live")))
    (core func $drop (canon resource.drop $counter))
    (core module $main
      (import "memory" "memory" (memory 1))
      (import "counters" "make" (func $make (param i32) (result i32)))
      (import "counters" "get" (func $get (param i32) (result i32)))
      (import "counters" "inc" (func $inc (param i32 i32) (result i32)))
      (import "counters" "name" (func $name (param i32 i32)))
      (import "counters" "merge" (func $merge (param i32 i32) (result i32)))
      (import "counters" "live" (func $live (result i32)))
      (import "counters" "drop" (func $drop (param i32)))
      (func (export "sum") (param i32 i32) (result i32)
        (local $counter i32)
        (local.set $counter (call $make (local.get 0)))
        (call $inc (local.get $counter) (local.get 1)))
      (func (export "live-after-drop") (result i32)
        (drop (call $make (i32.const 1)))
        (call $drop (call $make (i32.const 2)))
        (call $live))
      (func (export "merged") (param i32 i32) (result i32)
        (local $counter i32)
        (local.set $counter
          (call $merge (call $make (local.get 0)) (call $make (local.get 1))))
        ;; Of three counters two are gone.
        (if (i32.ne (call $live) (i32.const 1)) (then unreachable))
        (call $get (local.get $counter)))
      (func (export "use-after-drop") (result i32)
        (local $counter i32)
        (local.set $counter (call $make (i32.const 1)))
        (call $drop (local.get $counter))
        (call $get (local.get $counter)))
      (func (export "wrong-type") (result i32)
        (call $get (i32.const 1234)))
      ;; A list of strings at 64, each the name of a new counter.
      (func (export "names") (param $count i32) (result i32)
        (local $i i32)
        (loop $next
          (if (i32.lt_u (local.get $i) (local.get $count))
            (then
              (call $name (call $make (local.get $i))
                (i32.add (i32.const 64) (i32.shl (local.get $i) (i32.const 3))))
              (local.set $i (i32.add (local.get $i) (i32.const 1)))
              (br $next))))
        (i32.store (i32.const 0) (i32.const 64))
        (i32.store (i32.const 4) (local.get $count))
        (i32.const 0)))
    (core instance $main (instantiate $main
      (with "memory" (instance $memory))
      (with "counters" (instance
        (export "make" (func $make)) (export "get" (func $get)) (export "inc" (func $inc))
        (export "name" (func $name)) (export "merge" (func $merge)) (export "live" (func $live))
        (export "drop" (func $drop))))))
    (func (export "sum") (param "a" u32) (param "b" u32) (result u32)
      (canon lift (core func $main "sum")))
    (func (export "live-after-drop") (result u32)
      (canon lift (core func $main "live-after-drop")))
    (func (export "merged") (param "a" u32) (param "b" u32) (result u32)
      (canon lift (core func $main "merged")))
    (func (export "use-after-drop") (result u32)
      (canon lift (core func $main "use-after-drop")))
    (func (export "wrong-type") (result u32)
      (canon lift (core func $main "wrong-type")))
    (func (export "names") (param "count" u32) (result (list string))
      (canon lift (core func $main "names") (memory (core memory $memory "memory")))))

  (instance $provider (instantiate $provider))
  (instance $consumer (instantiate $consumer (with "counters" (instance $provider))))
  (export "sum" (func $consumer "sum"))
  (export "live-after-drop" (func $consumer "live-after-drop"))
  (export "merged" (func $consumer "merged"))
  (export "use-after-drop" (func $consumer "use-after-drop"))
  (export "wrong-type" (func $consumer "wrong-type"))
  (export "names" (func $consumer "names")))
