;; Imports of definitions, which are given when compiling.
;;
;; RUN: --with memory=$HERE/given/counter-memory.wat --with twice=$HERE/given/twice.wat --with test:given/store@1.0.0=$HERE/given/store.wat --invoke "run()"
;; STDOUT: 132
;; RUN: --with memory=$HERE/given/counter-memory.wat --with twice=$HERE/given/twice.wat --with test:given/store@1.0.0=$HERE/given/store.wat --invoke "again-run()"
;; STDOUT: 121
;; RUN: --with memory=$HERE/given/counter-memory.wat --with twice=$HERE/given/twice.wat --with test:given/store@1.0.0=$HERE/given/store.wat --invoke "pages()"
;; STDOUT: 2
;; RUN: --with memory=$HERE/given/counter-memory.wat --with twice=$HERE/given/twice.wat --with test:given/store@1.0.0=$HERE/given/store.wat --invoke "store()"
;; STDOUT: 2121
;; RUN: --with memory=$HERE/given/counter-memory.wat --with twice=$HERE/given/twice.wat --with test:given/store@1.0.0=$HERE/given/store.wat --invoke "fail()"
;; EXIT: 134
;; STDERR: unreachable
;; STDERR: fail
;; RUN: --with memory=$HERE/given/counter-memory.wat --with twice=$HERE/given/twice.wat --with test:given/store@1.0.0=$HERE/given/store.wat --invoke "not-asked-for()"
;; EXIT: 1
;; STDERR: exports no function `not-asked-for`
;; RUN: --with memory=$HERE/given/counter-memory.wat --with test:given/store@1.0.0=$HERE/given/store.wat --invoke "run()"
;; EXIT: 1
;; STDERR: the import `twice` is a component, and none is given
;; STDERR: --with twice=FILE
;; RUN: --with memory=$HERE/given/twice.wat --invoke "run()"
;; EXIT: 1
;; STDERR: twice.wat is not what the import `memory` asks for: that is a core module, this a component
;; RUN: --with twice=$HERE/given/store.wat --invoke "run()"
;; EXIT: 1
;; STDERR: store.wat is not what the import `twice` asks for: missing import named `wasi:io/error@0.2.0`
;; RUN: --with test:given/store@1.0.0=$HERE/given/twice.wat --invoke "run()"
;; EXIT: 1
;; STDERR: twice.wat is not what the import `test:given/store@1.0.0` asks for: it does not export `item`
;; RUN: --with nothing=$HERE/given/twice.wat --invoke "run()"
;; EXIT: 1
;; STDERR: the component has no such import
;; STDERR: it imports `memory`, `twice`
(component $given
  (import "memory" (core module $memory
    (import "not" "imported" (func))
    (export "memory" (memory 1))
    (export "next" (func (result i32)))))
  (import "twice" (component $twice
    (import "step" (func (result u32)))
    (import "not-imported" (func))
    (export "run" (func (result u32)))
    (export "fail" (func (result u32)))))
  (import "wasi:io/error@0.2.0" (instance $error (export "error" (type (sub resource)))))
  (alias export $error "error" (type $error))
  (import "test:given/store@1.0.0" (instance $store
    (export "item" (type $item (sub resource)))
    (export "[constructor]item" (func (param "n" u32) (result (own $item))))
    (export "[method]item.value" (func (param "self" (borrow $item)) (result u32)))
    (export "last" (func (result u32)))
    (export "take" (func (param "e" (own $error))))))
  (core module $empty (func (export "imported")))
  (core instance $empty (instantiate $empty))
  (core instance $m (instantiate $memory (with "not" (instance $empty))))
  (func $step (result u32) (canon lift (core func $m "next")))
  (func $nothing (canon lift (core func $empty "imported")))

  (instance $t (instantiate $twice (with "step" (func $step)) (with "not-imported" (func $nothing))))
  (export "run" (func $t "run"))
  (export "fail" (func $t "fail"))

  ;; Another instance of the given module is another counter.
  (core instance $m2 (instantiate $memory (with "not" (instance $empty))))
  (core module $always (func (export "eleven") (result i32) i32.const 11))
  (core instance $always (instantiate $always))
  (func $eleven (result u32) (canon lift (core func $always "eleven")))
  (instance $again (instantiate $twice
    (with "step" (func $eleven)) (with "not-imported" (func $nothing))))
  (export "again-run" (func $again "run"))

  (core module $pages (import "m" "memory" (memory 1))
    (func (export "pages") (result i32) memory.size))
  (core instance $pages (instantiate $pages (with "m" (instance $m2))))
  (func (export "pages") (result u32) (canon lift (core func $pages "pages")))

  (alias export $store "item" (type $item))
  (core func $new (canon lower (func $store "[constructor]item")))
  (core func $value (canon lower (func $store "[method]item.value")))
  (core func $last (canon lower (func $store "last")))
  (core func $drop (canon resource.drop $item))
  (core module $user
    (import "" "new" (func $new (param i32) (result i32)))
    (import "" "value" (func $value (param i32) (result i32)))
    (import "" "last" (func $last (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (func (export "store") (result i32)
      (local $item i32) (local $value i32)
      (local.set $item (call $new (i32.const 3)))
      (local.set $value (call $value (local.get $item)))
      (call $drop (local.get $item))
      (i32.add (i32.mul (local.get $value) (i32.const 100)) (call $last))))
  (core instance $user (instantiate $user (with "" (instance
    (export "new" (func $new)) (export "value" (func $value))
    (export "last" (func $last)) (export "drop" (func $drop))))))
  (func (export "store") (result u32) (canon lift (core func $user "store")))
)
