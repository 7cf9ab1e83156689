;; Each option of a canonical definition may be given once, and only where it means something.
;;
;; CanonicalABI.md, `canonopt` Validation.
;; post-return is for lifting
(component
  (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $libc (instantiate $libc))
  (core module $m (func (export "f")) (func (export "pr")) (func (export "bad") (param i32)) (func (export "cb") (param i32 i32 i32) (result i32) unreachable) (func (export "fa") (result i32) unreachable) (func (export "re") (param i32 i32 i32) (result i32) unreachable) (func (export "s") (param i32 i32)))
  (core instance $m (instantiate $m))
  (func  (canon lift (core func $m "f") (post-return (core func $m "pr")))))
(assert_invalid
  (component (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core module $m (func (export "f")) (func (export "pr")) (func (export "bad") (param i32)) (func (export "cb") (param i32 i32 i32) (result i32) unreachable) (func (export "fa") (result i32) unreachable) (func (export "re") (param i32 i32 i32) (result i32) unreachable) (func (export "s") (param i32 i32)))
    (core instance $m (instantiate $m))
    (import "g" (func $g ))
    (core func (canon lower (func $g) (post-return (core func $m "pr"))))))
  "canonical option `post-return` cannot be specified for lowerings")
;; its parameters are the results of the core function
(assert_invalid
  (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core module $m (func (export "f")) (func (export "pr")) (func (export "bad") (param i32)) (func (export "cb") (param i32 i32 i32) (result i32) unreachable) (func (export "fa") (result i32) unreachable) (func (export "re") (param i32 i32 i32) (result i32) unreachable) (func (export "s") (param i32 i32)))
    (core instance $m (instantiate $m))
    (func  (canon lift (core func $m "f") (post-return (core func $m "bad")))))
  "canonical option `post-return` uses a core function with an incorrect signature")
;; not for async functions
(assert_invalid
  (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core module $m (func (export "f")) (func (export "pr")) (func (export "bad") (param i32)) (func (export "cb") (param i32 i32 i32) (result i32) unreachable) (func (export "fa") (result i32) unreachable) (func (export "re") (param i32 i32 i32) (result i32) unreachable) (func (export "s") (param i32 i32)))
    (core instance $m (instantiate $m))
    (func async (canon lift (core func $m "fa") async (callback (core func $m "cb")) (post-return (core func $m "pr")))))
  "cannot specify post-return function in async")
;; callback is for lifting async functions
(component
  (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $libc (instantiate $libc))
  (core module $m (func (export "f")) (func (export "pr")) (func (export "bad") (param i32)) (func (export "cb") (param i32 i32 i32) (result i32) unreachable) (func (export "fa") (result i32) unreachable) (func (export "re") (param i32 i32 i32) (result i32) unreachable) (func (export "s") (param i32 i32)))
  (core instance $m (instantiate $m))
  (func async (canon lift (core func $m "fa") async (callback (core func $m "cb")))))
(assert_invalid
  (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core module $m (func (export "f")) (func (export "pr")) (func (export "bad") (param i32)) (func (export "cb") (param i32 i32 i32) (result i32) unreachable) (func (export "fa") (result i32) unreachable) (func (export "re") (param i32 i32 i32) (result i32) unreachable) (func (export "s") (param i32 i32)))
    (core instance $m (instantiate $m))
    (func  (canon lift (core func $m "f") (callback (core func $m "cb")))))
  "cannot specify callback without async")
(assert_invalid
  (component (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core module $m (func (export "f")) (func (export "pr")) (func (export "bad") (param i32)) (func (export "cb") (param i32 i32 i32) (result i32) unreachable) (func (export "fa") (result i32) unreachable) (func (export "re") (param i32 i32 i32) (result i32) unreachable) (func (export "s") (param i32 i32)))
    (core instance $m (instantiate $m))
    (import "g" (func $g ))
    (core func (canon lower (func $g) (callback (core func $m "cb"))))))
  "cannot specify callback without async")
;; and has one type
(assert_invalid
  (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core module $m (func (export "f")) (func (export "pr")) (func (export "bad") (param i32)) (func (export "cb") (param i32 i32 i32) (result i32) unreachable) (func (export "fa") (result i32) unreachable) (func (export "re") (param i32 i32 i32) (result i32) unreachable) (func (export "s") (param i32 i32)))
    (core instance $m (instantiate $m))
    (func async (canon lift (core func $m "fa") async (callback (core func $m "f")))))
  "canonical option `callback` uses a core function with an incorrect signature")
;; async is for async functions
(assert_invalid
  (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core module $m (func (export "f")) (func (export "pr")) (func (export "bad") (param i32)) (func (export "cb") (param i32 i32 i32) (result i32) unreachable) (func (export "fa") (result i32) unreachable) (func (export "re") (param i32 i32 i32) (result i32) unreachable) (func (export "s") (param i32 i32)))
    (core instance $m (instantiate $m))
    (func  (canon lift (core func $m "fa") async (callback (core func $m "cb")))))
  "the `async` canonical option requires an async function type")
(assert_invalid
  (component (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core module $m (func (export "f")) (func (export "pr")) (func (export "bad") (param i32)) (func (export "cb") (param i32 i32 i32) (result i32) unreachable) (func (export "fa") (result i32) unreachable) (func (export "re") (param i32 i32 i32) (result i32) unreachable) (func (export "s") (param i32 i32)))
    (core instance $m (instantiate $m))
    (import "g" (func $g ))
    (core func (canon lower (func $g) async (memory (core memory $libc "mem"))))))
  "the `async` canonical option requires an async function type")
(component (component
  (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $libc (instantiate $libc))
  (core module $m (func (export "f")) (func (export "pr")) (func (export "bad") (param i32)) (func (export "cb") (param i32 i32 i32) (result i32) unreachable) (func (export "fa") (result i32) unreachable) (func (export "re") (param i32 i32 i32) (result i32) unreachable) (func (export "s") (param i32 i32)))
  (core instance $m (instantiate $m))
  (import "g" (func $g async))
  (core func (canon lower (func $g) async (memory (core memory $libc "mem"))))))
;; realloc needs a memory
(assert_invalid
  (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core module $m (func (export "f")) (func (export "pr")) (func (export "bad") (param i32)) (func (export "cb") (param i32 i32 i32) (result i32) unreachable) (func (export "fa") (result i32) unreachable) (func (export "re") (param i32 i32 i32) (result i32) unreachable) (func (export "s") (param i32 i32)))
    (core instance $m (instantiate $m))
    (func  (canon lift (core func $m "f") (realloc (core func $libc "realloc")))))
  "canonical option `realloc` requires `memory` to also be specified")
;; and has one type
(assert_invalid
  (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core module $m (func (export "f")) (func (export "pr")) (func (export "bad") (param i32)) (func (export "cb") (param i32 i32 i32) (result i32) unreachable) (func (export "fa") (result i32) unreachable) (func (export "re") (param i32 i32 i32) (result i32) unreachable) (func (export "s") (param i32 i32)))
    (core instance $m (instantiate $m))
    (func  (canon lift (core func $m "f") (memory (core memory $libc "mem")) (realloc (core func $m "re")))))
  "canonical option `realloc` uses a core function with an incorrect signature")
;; what is not needed may be given
(component
  (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $libc (instantiate $libc))
  (core module $m (func (export "f")) (func (export "pr")) (func (export "bad") (param i32)) (func (export "cb") (param i32 i32 i32) (result i32) unreachable) (func (export "fa") (result i32) unreachable) (func (export "re") (param i32 i32 i32) (result i32) unreachable) (func (export "s") (param i32 i32)))
  (core instance $m (instantiate $m))
  (func  (canon lift (core func $m "f") (memory (core memory $libc "mem")) (realloc (core func $libc "realloc")))))
(assert_invalid
  (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core module $m (func (export "f")) (func (export "pr")) (func (export "bad") (param i32)) (func (export "cb") (param i32 i32 i32) (result i32) unreachable) (func (export "fa") (result i32) unreachable) (func (export "re") (param i32 i32 i32) (result i32) unreachable) (func (export "s") (param i32 i32)))
    (core instance $m (instantiate $m))
    (func  (canon lift (core func $m "f") string-encoding=utf8 string-encoding=utf8)))
  "canonical encoding option `utf8` conflicts with option `utf8`")
(assert_invalid
  (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core module $m (func (export "f")) (func (export "pr")) (func (export "bad") (param i32)) (func (export "cb") (param i32 i32 i32) (result i32) unreachable) (func (export "fa") (result i32) unreachable) (func (export "re") (param i32 i32 i32) (result i32) unreachable) (func (export "s") (param i32 i32)))
    (core instance $m (instantiate $m))
    (func  (canon lift (core func $m "f") (memory (core memory $libc "mem")) (memory (core memory $libc "mem")))))
  "canonical option `memory` is specified more than once")
(assert_invalid
  (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core module $m (func (export "f")) (func (export "pr")) (func (export "bad") (param i32)) (func (export "cb") (param i32 i32 i32) (result i32) unreachable) (func (export "fa") (result i32) unreachable) (func (export "re") (param i32 i32 i32) (result i32) unreachable) (func (export "s") (param i32 i32)))
    (core instance $m (instantiate $m))
    (func  (canon lift (core func $m "f") (memory (core memory $libc "mem")) (realloc (core func $libc "realloc")) (realloc (core func $libc "realloc")))))
  "canonical option `realloc` is specified more than once")
(assert_invalid
  (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core module $m (func (export "f")) (func (export "pr")) (func (export "bad") (param i32)) (func (export "cb") (param i32 i32 i32) (result i32) unreachable) (func (export "fa") (result i32) unreachable) (func (export "re") (param i32 i32 i32) (result i32) unreachable) (func (export "s") (param i32 i32)))
    (core instance $m (instantiate $m))
    (func  (canon lift (core func $m "f") (post-return (core func $m "pr")) (post-return (core func $m "pr")))))
  "canonical option `post-return` is specified more than once")
(assert_invalid
  (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core module $m (func (export "f")) (func (export "pr")) (func (export "bad") (param i32)) (func (export "cb") (param i32 i32 i32) (result i32) unreachable) (func (export "fa") (result i32) unreachable) (func (export "re") (param i32 i32 i32) (result i32) unreachable) (func (export "s") (param i32 i32)))
    (core instance $m (instantiate $m))
    (func async (canon lift (core func $m "fa") async async (callback (core func $m "cb")))))
  "canonical option `async` is specified more than once")
;; task.return lifts: it needs no realloc
(assert_invalid
  (component (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core func (canon task.return (memory (core memory $libc "mem")) (realloc (core func $libc "realloc"))))))
  "cannot specify `realloc` option on `task.return`")
;; where there is something to read, a memory is needed
(assert_invalid
  (component (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (type $t (stream u32))
    (core func (canon stream.read $t async))))
  "canonical option `memory` is required")
;; and realloc, where it has a string
(assert_invalid
  (component (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (type $t (stream string))
    (core func (canon stream.read $t async (memory (core memory $libc "mem"))))))
  "canonical option `realloc` is required")
;; which writing does not need
(component (component
  (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $libc (instantiate $libc))
  (type $t (stream string))
  (core func (canon stream.write $t async (memory (core memory $libc "mem"))))))
;; a message is a string
(assert_invalid
  (component (component
    (core module $libc (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $libc (instantiate $libc))
    (core func (canon error-context.debug-message (memory (core memory $libc "mem"))))))
  "canonical option `realloc` is required")
