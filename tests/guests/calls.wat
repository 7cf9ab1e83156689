;; What surrounds a call: the order of what can be observed, exceptions that would leave an instance anywhere, and
;; destructors, which run in the instance that defines the resource and may call out again.
;;
;; In the sequence, 1000 + n is the callee's realloc of n bytes, 2000 + n one that moves n bytes, 3000 the callee,
;; 4000 + n the caller's realloc, 5000 post-return, 6000 the caller when it goes on. The parameters' memory comes
;; first; strings of no bytes ask for memory as others do; results are lowered before post-return.
;;
;; RUN: --invoke 'sequence()'
;; STDOUT: [1088, 1004, 1000, 1024, 1001, 1000, 1002, 1000, 1002, 3000, 4003, 4000, 5000, 6000]
;; RUN: --invoke 'transcoded()'
;; STDOUT: [1003, 2009, 2004, 3000, 6000]
;; RUN: --invoke 'throw-in-realloc()'
;; EXIT: 134
;; STDERR: uncaught exception
;; RUN: --invoke 'throw-in-post-return()'
;; EXIT: 134
;; STDERR: uncaught exception
;; RUN: --invoke 'throw-in-callee()'
;; EXIT: 134
;; STDERR: uncaught exception
;; RUN: --invoke 'drop(0)'
;; STDOUT: 0
;; RUN: --invoke 'drop(7)'
;; STDOUT: 7
;; RUN: --invoke 'drop(1)'
;; EXIT: 134
;; STDERR: uncaught exception
;; RUN: --invoke 'drop(2)'
;; EXIT: 134
;; STDERR: wasm `unreachable` instruction executed
;; RUN: --invoke 'drop(3)'
;; STDOUT: 42
;; RUN: --invoke 'drop-in-definer(7)'
;; STDOUT: 7
;; RUN: --invoke 'drop-in-definer(1)'
;; EXIT: 134
;; STDERR: uncaught exception
(component
  (core module $log
    (memory (export "log") 1)
    (global $count (export "count") (mut i32) (i32.const 0))
    (func (export "put") (param i32)
      (i32.store (i32.add (i32.const 256) (i32.mul (global.get $count) (i32.const 4))) (local.get 0))
      (global.set $count (i32.add (global.get $count) (i32.const 1))))
    (func (export "take") (result i32)
      (i32.store (i32.const 0) (i32.const 256))
      (i32.store (i32.const 4) (global.get $count))
      (global.set $count (i32.const 0))
      (i32.const 0)))
  (core instance $log (instantiate $log))

  ;; Both sides: memories of their own.
  (core module $side
    (import "log" "put" (func $put (param i32)))
    (import "kind" "new" (global $new i32))
    (import "kind" "moved" (global $moved i32))
    (memory (export "memory") 1)
    (tag $tag)
    (global $next (mut i32) (i32.const 1024))
    (func $realloc (export "realloc")
      (param $old i32) (param $old-size i32) (param $align i32) (param $size i32) (result i32)
      (local $at i32)
      (call $put (i32.add (local.get $size)
        (select (global.get $moved) (global.get $new) (local.get $old-size))))
      (local.set $at
        (i32.and (i32.add (global.get $next) (i32.sub (local.get $align) (i32.const 1)))
          (i32.sub (i32.const 0) (local.get $align))))
      (global.set $next (i32.add (local.get $at) (local.get $size)))
      (memory.copy (local.get $at) (local.get $old) (local.get $old-size))
      (local.get $at))
    (func (export "throwing-realloc") (param i32 i32 i32 i32) (result i32) (throw $tag))
    ;; The result: ("abc", "").
    (func (export "callee") (param i32) (result i32)
      (call $put (i32.const 3000))
      (i32.store (i32.const 16) (i32.const 64))
      (i32.store (i32.const 20) (i32.const 3))
      (i32.store (i32.const 24) (i32.const 64))
      (i32.store (i32.const 28) (i32.const 0))
      (i32.const 16))
    (func (export "short") (param i32 i32) (call $put (i32.const 3000)))
    (func (export "post") (param i32) (call $put (i32.const 5000)))
    (func (export "throwing-post") (throw $tag))
    (func (export "nothing"))
    (func (export "throw") (throw $tag))
    (data (i32.const 64) "abcdefgh")
    ;; The parameters: "abcd", "", ["a", "", "bc"] and what fills 88 bytes; as UTF-16, "abc" at 96.
    (data (i32.const 128)
      "\40\00\00\00\04\00\00\00" "\40\00\00\00\00\00\00\00" "\e0\00\00\00\03\00\00\00")
    (data (i32.const 224)
      "\40\00\00\00\01\00\00\00" "\40\00\00\00\00\00\00\00" "\41\00\00\00\02\00\00\00")
    (data (i32.const 96) "a\00\fc\00c\00"))
  (core module $kinds
    (global (export "one") i32 (i32.const 1000))
    (global (export "two") i32 (i32.const 2000))
    (global (export "four") i32 (i32.const 4000)))
  (core instance $kinds (instantiate $kinds))
  (core instance $callee (instantiate $side
    (with "log" (instance $log))
    (with "kind" (instance
      (export "new" (global $kinds "one")) (export "moved" (global $kinds "two"))))))
  (core instance $caller (instantiate $side
    (with "log" (instance $log))
    (with "kind" (instance
      (export "new" (global $kinds "four")) (export "moved" (global $kinds "four"))))))
  (alias core export $callee "memory" (core memory $callee-memory))
  (alias core export $callee "realloc" (core func $callee-realloc))
  (alias core export $caller "memory" (core memory $caller-memory))
  (alias core export $caller "realloc" (core func $caller-realloc))

  (func $f (param "a" string) (param "b" string) (param "c" (list string)) (param "d" (list u8))
    (param "e" (list u8)) (param "f" u64) (param "g" u64) (param "h" u64) (param "i" u64)
    (param "j" u64) (param "k" u32) (param "l" u32)
    (result (tuple string string))
    (canon lift (core func $callee "callee") (memory $callee-memory) (realloc $callee-realloc)
      (post-return (core func $callee "post"))))
  (core func $f' (canon lower (func $f) (memory $caller-memory) (realloc $caller-realloc)))
  (func $g (param "a" string)
    (canon lift (core func $callee "short") (memory $callee-memory) (realloc $callee-realloc)))
  (core func $g' (canon lower (func $g) (memory $caller-memory) string-encoding=utf16))
  (func $throw-in-realloc (param "a" string)
    (canon lift (core func $callee "short") (memory $callee-memory)
      (realloc (core func $callee "throwing-realloc"))))
  (core func $throw-in-realloc' (canon lower (func $throw-in-realloc) (memory $caller-memory)))
  (func $throw-in-post-return
    (canon lift (core func $callee "nothing") (post-return (core func $callee "throwing-post"))))
  (core func $throw-in-post-return' (canon lower (func $throw-in-post-return)))
  (func $throw-in-callee (canon lift (core func $callee "throw")))
  (core func $throw-in-callee' (canon lower (func $throw-in-callee)))

  ;; A destructor that throws, traps, calls its parent, or stores.
  (core module $answers (func (export "answer") (result i32) (i32.const 42)))
  (core instance $answers (instantiate $answers))
  (func $answer (result u32) (canon lift (core func $answers "answer")))
  (component $definer
    (import "answer" (func $answer (result u32)))
    (core func $answer' (canon lower (func $answer)))
    (core module $dtor
      (import "" "answer" (func $answer (result i32)))
      (tag $tag)
      (global $last (mut i32) (i32.const 0))
      (func (export "dtor") (param i32)
        (if (i32.eq (local.get 0) (i32.const 1)) (then (throw $tag)))
        (if (i32.eq (local.get 0) (i32.const 2)) (then (unreachable)))
        (if (i32.eq (local.get 0) (i32.const 3)) (then (local.set 0 (call $answer))))
        (global.set $last (local.get 0)))
      (func (export "last") (result i32) (global.get $last)))
    (core instance $dtor (instantiate $dtor (with "" (instance (export "answer" (func $answer'))))))
    (type $r' (resource (rep i32) (dtor (core func $dtor "dtor"))))
    (export $r "r" (type $r'))
    (core func $new (canon resource.new $r'))
    (core func $drop (canon resource.drop $r'))
    (core module $m
      (import "" "new" (func $new (param i32) (result i32)))
      (import "" "drop" (func $drop (param i32)))
      (tag $tag)
      (func (export "new") (param i32) (result i32) (call $new (local.get 0)))
      ;; Nothing is caught: the destructor runs as if it was called from outside.
      (func (export "drop") (param i32)
        (block $caught
          (try_table (catch_all $caught) (call $drop (call $new (local.get 0)))))))
    (core instance $m (instantiate $m (with "" (instance
      (export "new" (func $new)) (export "drop" (func $drop))))))
    (func (export "new") (param "rep" u32) (result (own $r)) (canon lift (core func $m "new")))
    (func (export "drop") (param "rep" u32) (canon lift (core func $m "drop")))
    (func (export "last") (result u32) (canon lift (core func $dtor "last"))))
  (instance $definer (instantiate $definer (with "answer" (func $answer))))
  (alias export $definer "r" (type $r))
  (core func $new (canon lower (func $definer "new")))
  (core func $drop (canon resource.drop $r))
  (core func $drop-inside (canon lower (func $definer "drop")))
  (core func $last (canon lower (func $definer "last")))

  (core module $main
    (import "caller" "memory" (memory 1))
    (import "log" "put" (func $put (param i32)))
    (import "log" "take" (func $take (result i32)))
    (import "" "f" (func $f (param i32 i32)))
    (import "" "g" (func $g (param i32 i32)))
    (import "" "throw-in-realloc" (func $throw-in-realloc (param i32 i32)))
    (import "" "throw-in-post-return" (func $throw-in-post-return))
    (import "" "throw-in-callee" (func $throw-in-callee))
    (import "" "new" (func $new (param i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (import "" "drop-inside" (func $drop-inside (param i32)))
    (import "" "last" (func $last (result i32)))
    (func (export "sequence") (result i32)
      (i32.store (i32.const 152) (i32.const 64))
      (i32.store (i32.const 156) (i32.const 0))
      (i32.store (i32.const 160) (i32.const 64))
      (i32.store (i32.const 164) (i32.const 2))
      (call $f (i32.const 128) (i32.const 32))
      (call $put (i32.const 6000))
      (call $take))
    (func (export "transcoded") (result i32)
      (call $g (i32.const 96) (i32.const 3))
      (call $put (i32.const 6000))
      (call $take))
    (func (export "throw-in-realloc")
      (block $caught
        (try_table (catch_all $caught) (call $throw-in-realloc (i32.const 64) (i32.const 1)))))
    (func (export "throw-in-post-return")
      (block $caught (try_table (catch_all $caught) (call $throw-in-post-return))))
    (func (export "throw-in-callee")
      (block $caught (try_table (catch_all $caught) (call $throw-in-callee))))
    (func (export "drop") (param i32) (result i32)
      (block $caught (try_table (catch_all $caught) (call $drop (call $new (local.get 0)))))
      (call $last))
    (func (export "drop-in-definer") (param i32) (result i32)
      (call $drop-inside (local.get 0))
      (call $last)))
  (core instance $main (instantiate $main
    (with "caller" (instance $caller))
    (with "log" (instance $log))
    (with "" (instance
      (export "f" (func $f')) (export "g" (func $g'))
      (export "throw-in-realloc" (func $throw-in-realloc'))
      (export "throw-in-post-return" (func $throw-in-post-return'))
      (export "throw-in-callee" (func $throw-in-callee'))
      (export "new" (func $new)) (export "drop" (func $drop))
      (export "drop-inside" (func $drop-inside)) (export "last" (func $last))))))
  (alias core export $log "log" (core memory $log-memory))
  (func (export "sequence") (result (list u32))
    (canon lift (core func $main "sequence") (memory $log-memory)))
  (func (export "transcoded") (result (list u32))
    (canon lift (core func $main "transcoded") (memory $log-memory)))
  (func (export "throw-in-realloc") (canon lift (core func $main "throw-in-realloc")))
  (func (export "throw-in-post-return") (canon lift (core func $main "throw-in-post-return")))
  (func (export "throw-in-callee") (canon lift (core func $main "throw-in-callee")))
  (func (export "drop") (param "rep" u32) (result u32) (canon lift (core func $main "drop")))
  (func (export "drop-in-definer") (param "rep" u32) (result u32)
    (canon lift (core func $main "drop-in-definer"))))
