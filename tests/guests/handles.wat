;; Handles: indices are reused last in, first out; what is lent stays; what is borrowed is given back;
;; nothing passes for what it is not. A provider defines two resources, a peer holds them for others.
;;
;; RUN: --invoke 'indices()'
;; STDOUT: [1, 2, 1, 3]
;; RUN: --invoke 'own-through-peer()'
;; STDOUT: 1
;; RUN: --invoke 'borrow-and-give-back()'
;; STDOUT: 70
;; RUN: --invoke 'borrow-and-pass-on()'
;; STDOUT: 70
;; RUN: --invoke 'borrow-kept()'
;; EXIT: 1
;; STDERR: borrow handles still remain at the end of the call
;; RUN: --invoke 'borrow-as-own()'
;; EXIT: 1
;; STDERR: cannot lift own resource from a borrow
;; RUN: --invoke 'lend-and-give()'
;; EXIT: 1
;; STDERR: cannot remove owned resource while borrowed
;; RUN: --invoke 'give-and-lend()'
;; EXIT: 1
;; STDERR: unknown handle index
;; RUN: --invoke 'lend-twice()'
;; STDOUT: 140
;; RUN: --invoke 'give-twice()'
;; EXIT: 1
;; STDERR: unknown handle index
;; RUN: --invoke 'wrong-type()'
;; EXIT: 1
;; STDERR: used with the wrong type, expected guest-defined resource but found
;; RUN: --invoke 'drop-wrong-type()'
;; EXIT: 1
;; STDERR: used with the wrong type, expected guest-defined resource but found
;; RUN: --invoke 'drop-twice()'
;; EXIT: 1
;; STDERR: unknown handle index
;; RUN: --invoke 'index-zero()'
;; EXIT: 1
;; STDERR: unknown handle index
;; RUN: --invoke 'listed()'
;; STDOUT: 210
(component
  (component $provider
    (core module $m
      (global $dropped (mut i32) (i32.const 0))
      (func (export "dtor") (param i32)
        (global.set $dropped (i32.add (global.get $dropped) (i32.const 1))))
      (func (export "dropped") (result i32) (global.get $dropped))
      (memory (export "memory") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
      (func (export "look") (param i32) (result i32) (local.get 0))
      (func (export "look2") (param i32 i32) (result i32)
        (i32.add (local.get 0) (local.get 1)))
      ;; Borrowed by the instance that defines them, a list of representations.
      (func (export "look-all") (param $ptr i32) (param $len i32) (result i32)
        (local $sum i32)
        (loop $next
          (if (local.get $len)
            (then
              (local.set $sum (i32.add (local.get $sum) (i32.load (local.get $ptr))))
              (local.set $ptr (i32.add (local.get $ptr) (i32.const 4)))
              (local.set $len (i32.sub (local.get $len) (i32.const 1)))
              (br $next))))
        (local.get $sum)))
    (core instance $m (instantiate $m))
    (type $r' (resource (rep i32) (dtor (core func $m "dtor"))))
    (export $r "r" (type $r'))
    (type $other' (resource (rep i32)))
    (export $other "other" (type $other'))
    (core func $new (canon resource.new $r))
    (core func $drop (canon resource.drop $r))
    (core func $new-other (canon resource.new $other))
    (core module $n
      (import "" "new" (func $new (param i32) (result i32)))
      (import "" "new-other" (func $new-other (param i32) (result i32)))
      (import "" "drop" (func $drop (param i32)))
      (func (export "make") (result i32) (call $new (i32.const 70)))
      (func (export "make-other") (result i32) (call $new-other (i32.const 71)))
      (func (export "take") (param i32) (call $drop (local.get 0)))
      (func (export "lend-and-give") (param i32 i32) (call $drop (local.get 1)))
      (func (export "give-and-lend") (param i32 i32) (call $drop (local.get 0)))
      (func (export "give-twice") (param i32 i32)))
    (core instance $n (instantiate $n (with "" (instance
      (export "new" (func $new)) (export "new-other" (func $new-other))
      (export "drop" (func $drop))))))
    (func (export "make") (result (own $r)) (canon lift (core func $n "make")))
    (func (export "make-other") (result (own $other)) (canon lift (core func $n "make-other")))
    (func (export "take") (param "x" (own $r)) (canon lift (core func $n "take")))
    (func (export "dropped") (result u32) (canon lift (core func $m "dropped")))
    (func (export "look") (param "x" (borrow $r)) (result u32) (canon lift (core func $m "look")))
    (func (export "look2") (param "x" (borrow $r)) (param "y" (borrow $r)) (result u32)
      (canon lift (core func $m "look2")))
    (func (export "look-all") (param "x" (list (borrow $r))) (result u32)
      (canon lift (core func $m "look-all") (memory (core memory $m "memory"))
        (realloc (core func $m "realloc"))))
    (func (export "lend-and-give") (param "x" (borrow $r)) (param "y" (own $r))
      (canon lift (core func $n "lend-and-give")))
    (func (export "give-and-lend") (param "x" (own $r)) (param "y" (borrow $r))
      (canon lift (core func $n "give-and-lend")))
    (func (export "give-twice") (param "x" (own $r)) (param "y" (own $r))
      (canon lift (core func $n "give-twice"))))
  (instance $provider (instantiate $provider))
  (alias export $provider "r" (type $r))
  (alias export $provider "other" (type $other))

  (component $peer
    (import "r" (type $r (sub resource)))
    (import "look" (func $look (param "x" (borrow $r)) (result u32)))
    (import "take" (func $take (param "x" (own $r))))
    (core func $look (canon lower (func $look)))
    (core func $take (canon lower (func $take)))
    (core func $drop (canon resource.drop $r))
    (core module $m
      (import "" "look" (func $look (param i32) (result i32)))
      (import "" "take" (func $take (param i32)))
      (import "" "drop" (func $drop (param i32)))
      (func (export "hold") (param i32) (call $drop (local.get 0)))
      (func (export "give-back") (param i32) (result i32)
        (call $look (local.get 0))
        (call $drop (local.get 0)))
      (func (export "keep") (param i32))
      (func (export "steal") (param i32) (call $take (local.get 0))))
    (core instance $m (instantiate $m (with "" (instance
      (export "look" (func $look)) (export "take" (func $take)) (export "drop" (func $drop))))))
    (func (export "hold") (param "x" (own $r)) (canon lift (core func $m "hold")))
    (func (export "give-back") (param "x" (borrow $r)) (result u32)
      (canon lift (core func $m "give-back")))
    (func (export "keep") (param "x" (borrow $r)) (canon lift (core func $m "keep")))
    (func (export "steal") (param "x" (borrow $r)) (canon lift (core func $m "steal"))))
  (instance $peer (instantiate $peer
    (with "r" (type $r))
    (with "look" (func $provider "look"))
    (with "take" (func $provider "take"))))

  (core module $libc (memory (export "memory") 1))
  (core instance $libc (instantiate $libc))
  (core func $make (canon lower (func $provider "make")))
  (core func $make-other (canon lower (func $provider "make-other")))
  (core func $dropped (canon lower (func $provider "dropped")))
  (core func $look (canon lower (func $provider "look")))
  (core func $look2 (canon lower (func $provider "look2")))
  (core func $look-all (canon lower (func $provider "look-all") (memory (core memory $libc "memory"))))
  (core func $lend-and-give (canon lower (func $provider "lend-and-give")))
  (core func $give-and-lend (canon lower (func $provider "give-and-lend")))
  (core func $give-twice (canon lower (func $provider "give-twice")))
  (core func $hold (canon lower (func $peer "hold")))
  (core func $give-back (canon lower (func $peer "give-back")))
  (core func $keep (canon lower (func $peer "keep")))
  (core func $steal (canon lower (func $peer "steal")))
  (core func $drop (canon resource.drop $r))
  (core func $drop-other (canon resource.drop $other))
  (core module $main
    (import "libc" "memory" (memory 1))
    (import "" "make" (func $make (result i32)))
    (import "" "make-other" (func $make-other (result i32)))
    (import "" "dropped" (func $dropped (result i32)))
    (import "" "look" (func $look (param i32) (result i32)))
    (import "" "look2" (func $look2 (param i32 i32) (result i32)))
    (import "" "look-all" (func $look-all (param i32 i32) (result i32)))
    (import "" "lend-and-give" (func $lend-and-give (param i32 i32)))
    (import "" "give-and-lend" (func $give-and-lend (param i32 i32)))
    (import "" "give-twice" (func $give-twice (param i32 i32)))
    (import "" "hold" (func $hold (param i32)))
    (import "" "give-back" (func $give-back (param i32) (result i32)))
    (import "" "keep" (func $keep (param i32)))
    (import "" "steal" (func $steal (param i32)))
    (import "" "drop" (func $drop (param i32)))
    (import "" "drop-other" (func $drop-other (param i32)))
    (func (export "indices") (result i32)
      (i32.store (i32.const 16) (call $make))
      (i32.store (i32.const 20) (call $make-other))
      (call $drop (i32.load (i32.const 16)))
      (i32.store (i32.const 24) (call $make))
      (i32.store (i32.const 28) (call $make))
      (i32.store (i32.const 0) (i32.const 16))
      (i32.store (i32.const 4) (i32.const 4))
      (i32.const 0))
    (func (export "own-through-peer") (result i32)
      (call $hold (call $make))
      (call $dropped))
    (func (export "borrow-and-give-back") (result i32)
      (local $h i32)
      (local.set $h (call $make))
      (call $give-back (local.get $h))
      ;; It is not lent any more.
      (call $drop (local.get $h)))
    (func (export "borrow-and-pass-on") (result i32) (call $look (call $make)))
    (func (export "borrow-kept") (result i32)
      (call $keep (call $make))
      (i32.const 0))
    (func (export "borrow-as-own") (result i32)
      (call $steal (call $make))
      (i32.const 0))
    (func (export "lend-and-give") (result i32)
      (local $h i32)
      (local.set $h (call $make))
      (call $lend-and-give (local.get $h) (local.get $h))
      (i32.const 0))
    (func (export "give-and-lend") (result i32)
      (local $h i32)
      (local.set $h (call $make))
      (call $give-and-lend (local.get $h) (local.get $h))
      (i32.const 0))
    (func (export "lend-twice") (result i32)
      (local $h i32)
      (local.set $h (call $make))
      (call $look2 (local.get $h) (local.get $h)))
    (func (export "give-twice") (result i32)
      (local $h i32)
      (local.set $h (call $make))
      (call $give-twice (local.get $h) (local.get $h))
      (i32.const 0))
    (func (export "wrong-type") (result i32) (call $look (call $make-other)))
    (func (export "drop-wrong-type") (result i32)
      (call $drop (call $make-other))
      (i32.const 0))
    (func (export "drop-twice") (result i32)
      (local $h i32)
      (local.set $h (call $make-other))
      (call $drop-other (local.get $h))
      (call $drop-other (local.get $h))
      (i32.const 0))
    (func (export "index-zero") (result i32)
      (call $drop (i32.const 0))
      (i32.const 0))
    (func (export "listed") (result i32)
      (i32.store (i32.const 64) (call $make))
      (i32.store (i32.const 68) (call $make))
      (i32.store (i32.const 72) (i32.load (i32.const 64)))
      (call $look-all (i32.const 64) (i32.const 3))
      (call $drop (i32.load (i32.const 64)))
      (call $drop (i32.load (i32.const 68)))))
  (core instance $main (instantiate $main
    (with "libc" (instance $libc))
    (with "" (instance
      (export "make" (func $make)) (export "make-other" (func $make-other))
      (export "dropped" (func $dropped)) (export "look" (func $look))
      (export "look2" (func $look2)) (export "look-all" (func $look-all))
      (export "lend-and-give" (func $lend-and-give)) (export "give-and-lend" (func $give-and-lend))
      (export "give-twice" (func $give-twice)) (export "hold" (func $hold))
      (export "give-back" (func $give-back)) (export "keep" (func $keep))
      (export "steal" (func $steal)) (export "drop" (func $drop))
      (export "drop-other" (func $drop-other))))))
  (func (export "indices") (result (list u32))
    (canon lift (core func $main "indices") (memory (core memory $libc "memory"))))
  (func (export "own-through-peer") (result u32) (canon lift (core func $main "own-through-peer")))
  (func (export "borrow-and-give-back") (result u32)
    (canon lift (core func $main "borrow-and-give-back")))
  (func (export "borrow-and-pass-on") (result u32)
    (canon lift (core func $main "borrow-and-pass-on")))
  (func (export "borrow-kept") (result u32) (canon lift (core func $main "borrow-kept")))
  (func (export "borrow-as-own") (result u32) (canon lift (core func $main "borrow-as-own")))
  (func (export "lend-and-give") (result u32) (canon lift (core func $main "lend-and-give")))
  (func (export "give-and-lend") (result u32) (canon lift (core func $main "give-and-lend")))
  (func (export "lend-twice") (result u32) (canon lift (core func $main "lend-twice")))
  (func (export "give-twice") (result u32) (canon lift (core func $main "give-twice")))
  (func (export "wrong-type") (result u32) (canon lift (core func $main "wrong-type")))
  (func (export "drop-wrong-type") (result u32) (canon lift (core func $main "drop-wrong-type")))
  (func (export "drop-twice") (result u32) (canon lift (core func $main "drop-twice")))
  (func (export "index-zero") (result u32) (canon lift (core func $main "index-zero")))
  (func (export "listed") (result u32) (canon lift (core func $main "listed"))))
