;; A thread is an index; thread.new-indirect takes the place of its function in a table, and what it is given.
;;
;; CanonicalABI.md, `canon thread.index` to `canon thread.yield-then-promote`.
;; thread.index: [] -> [i32]
(component (component
  (core func $f (canon thread.index))
  (core module $m (import "" "f" (func (result i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (core func $f (canon thread.index))
    (core module $m (import "" "f" (func)))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; thread.new-indirect $ft: [i32 i32] -> [i32]
(component (component
  (core type $ft (func (param i32)))
  (core module $tab (table (export "t") 1 funcref))
  (core instance $tab (instantiate $tab))
  (core func $f (canon thread.new-indirect $ft (core table $tab "t")))
  (core module $m (import "" "f" (func (param i32 i32) (result i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (core type $ft (func (param i32)))
    (core module $tab (table (export "t") 1 funcref))
    (core instance $tab (instantiate $tab))
    (core func $f (canon thread.new-indirect $ft (core table $tab "t")))
    (core module $m (import "" "f" (func (param i32) (result i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; thread.resume-later: [i32] -> []
(component (component
  (core func $f (canon thread.resume-later))
  (core module $m (import "" "f" (func (param i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (core func $f (canon thread.resume-later))
    (core module $m (import "" "f" (func (param i32) (result i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; thread.suspend: [] -> [i32]
(component (component
  (core func $f (canon thread.suspend))
  (core module $m (import "" "f" (func (result i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (core func $f (canon thread.suspend))
    (core module $m (import "" "f" (func)))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; thread.yield: [] -> [i32]
(component (component
  (core func $f (canon thread.yield))
  (core module $m (import "" "f" (func (result i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (core func $f (canon thread.yield))
    (core module $m (import "" "f" (func)))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; thread.suspend-then-resume: [i32] -> [i32]
(component (component
  (core func $f (canon thread.suspend-then-resume))
  (core module $m (import "" "f" (func (param i32) (result i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (core func $f (canon thread.suspend-then-resume))
    (core module $m (import "" "f" (func (param i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; thread.yield-then-resume: [i32] -> [i32]
(component (component
  (core func $f (canon thread.yield-then-resume))
  (core module $m (import "" "f" (func (param i32) (result i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (core func $f (canon thread.yield-then-resume))
    (core module $m (import "" "f" (func (param i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; thread.suspend-then-promote: [i32] -> [i32]
(component (component
  (core func $f (canon thread.suspend-then-promote))
  (core module $m (import "" "f" (func (param i32) (result i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (core func $f (canon thread.suspend-then-promote))
    (core module $m (import "" "f" (func (result i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
;; thread.yield-then-promote: [i32] -> [i32]
(component (component
  (core func $f (canon thread.yield-then-promote))
  (core module $m (import "" "f" (func (param i32) (result i32))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
(assert_invalid
  (component (component
    (core func $f (canon thread.yield-then-promote))
    (core module $m (import "" "f" (func (result i32))))
    (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))))
  "type mismatch for export `f` of module instantiation argument ``")
