;;! reachable
;;! calls
(component
  (import "host" (func $host async))
  (component $callee
    (core func $return (canon task.return))
    (core func $yield (canon thread.yield))
    (core instance $built-in (export "return" (func $return)) (export "yield" (func $yield)))
    (core module $m
      (import "built-in" "return" (func $return))
      (import "built-in" "yield" (func $yield (result i32)))
      (func (export "plain"))
      (func (export "yields") (drop (call $yield)))
      (func (export "callback") (result i32) (call $return) (i32.const 0))
      (func (export "event") (param i32 i32 i32) (result i32) (i32.const 0)))
    (core instance $m (instantiate $m (with "built-in" (instance $built-in))))
    (func (export "sync") (canon lift (core func $m "plain")))
    (func (export "closed") async (canon lift (core func $m "plain")))
    (func (export "callback") async
      (canon lift (core func $m "callback") async (callback (core func $m "event"))))
    (func (export "yields") async (canon lift (core func $m "yields"))))
  (component $open
    (core module $m (func (export "plain")))
    (core instance $m (instantiate $m))
    (func (export "open") async (canon lift (core func $m "plain"))))
  (instance $callee (instantiate $callee))
  (instance $open (instantiate $open))
  (core module $memory (memory (export "m") 1))
  (core instance $memory (instantiate $memory))
  (core func $host (canon lower (func $host)))
  (core func $sync (canon lower (func $callee "sync")))
  (core func $open (canon lower (func $open "open")))
  (core func $open-async (canon lower (func $open "open") async (memory (core memory $memory "m"))))
  (core func $closed (canon lower (func $callee "closed")))
  (core func $callback (canon lower (func $callee "callback") async (memory (core memory $memory "m"))))
  (core func $yields (canon lower (func $callee "yields") async (memory (core memory $memory "m"))))
  (core instance $i
    (export "host" (func $host)) (export "sync" (func $sync)) (export "open" (func $open))
    (export "open-async" (func $open-async)) (export "closed" (func $closed))
    (export "callback" (func $callback)) (export "yields" (func $yields)))
  (core module $m
    (import "i" "host" (func $host))
    (import "i" "sync" (func $sync))
    (import "i" "open" (func $open))
    (import "i" "open-async" (func $open-async (result i32)))
    (import "i" "closed" (func $closed))
    (import "i" "callback" (func $callback (result i32)))
    (import "i" "yields" (func $yields (result i32)))
    (func (export "ordinary") (call $sync) (call $open) (drop (call $open-async)))
    (func (export "starts") (drop (call $callback)) (drop (call $yields)))
    (func (export "waits") (call $host) (call $closed)))
  (core instance $m (instantiate $m (with "i" (instance $i))))
  (func (export "ordinary") (canon lift (core func $m "ordinary")))
  (func (export "starts") (canon lift (core func $m "starts")))
  (func (export "waits") async (canon lift (core func $m "waits"))))
;;= -- reachable
;;= -- calls
;;= root->host::host: a record, on the caller's stack
;;= root->root/callee::sync: an ordinary call
;;= root->root/open::open: an ordinary call
;;= root->root/open::open: an ordinary call
;;= root->root/callee::closed: a record, on the caller's stack
;;= root->root/callee::callback: a record, on the caller's stack
;;= root->root/callee::yields: a record and a stack
;;= export ordinary: an ordinary call
;;= export starts: an ordinary call
;;= export waits: a record and a stack
