;; Constructors, methods and static functions are functions; what is in brackets belongs to the name by which
;; they are exported, imported and linked. The resource comes before them, and their types fit.
;;
;; Explainer.md, Import and Export Definitions: `annotatedname`.
(component
  (component $C
    (type $Blob' (resource (rep i32)))
    (export $Blob "blob" (type $Blob'))
    (core func $new (canon resource.new $Blob'))
    (core module $M
      (import "" "new" (func $new (param i32) (result i32)))
      (global $made (mut i32) (i32.const 0))
      (func (export "new") (param i32) (result i32)
        (global.set $made (i32.add (global.get $made) (i32.const 1)))
        (call $new (local.get 0)))
      (func (export "size") (param i32) (result i32) (local.get 0))
      (func (export "count") (result i32) (global.get $made)))
    (core instance $m (instantiate $M (with "" (instance (export "new" (func $new))))))
    (func (export "[constructor]blob") (param "size" u32) (result (own $Blob)) (canon lift (core func $m "new")))
    (func (export "[method]blob.size") (param "self" (borrow $Blob)) (result u32) (canon lift (core func $m "size")))
    (func (export "[static]blob.count") (result u32) (canon lift (core func $m "count"))))
  (component $D
    (import "c" (instance $c
      (export "blob" (type $Blob (sub resource)))
      (export "[static]blob.count" (func (result u32)))
      (export "[method]blob.size" (func (param "self" (borrow $Blob)) (result u32)))
      (export "[constructor]blob" (func (param "size" u32) (result (own $Blob))))))
    (core func $new (canon lower (func $c "[constructor]blob")))
    (core func $size (canon lower (func $c "[method]blob.size")))
    (core func $count (canon lower (func $c "[static]blob.count")))
    (core module $M
      (import "" "new" (func $new (param i32) (result i32)))
      (import "" "size" (func $size (param i32) (result i32)))
      (import "" "count" (func $count (result i32)))
      (func (export "run") (result i32)
        (drop (call $new (i32.const 1)))
        (i32.add (i32.mul (call $size (call $new (i32.const 7))) (i32.const 10)) (call $count))))
    (core instance $m (instantiate $M (with "" (instance (export "new" (func $new)) (export "size" (func $size)) (export "count" (func $count))))))
    (func (export "run") (result u32) (canon lift (core func $m "run"))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "c" (instance $c))))
  (export "run" (func $d "run"))
)
(assert_return (invoke "run") (u32.const 72))
;; no such resource
(assert_invalid
  (component (component
    (import "[static]r.f" (func))))
  "import name `[static]r.f` is not valid")
;; a method has a self
(assert_invalid
  (component (component
    (import "r" (type $r (sub resource)))
    (import "[method]r.f" (func))))
  "import name `[method]r.f` is not valid")
;; of that name
(assert_invalid
  (component (component
    (import "r" (type $r (sub resource)))
    (import "[method]r.f" (func (param "this" (borrow $r))))))
  "import name `[method]r.f` is not valid")
;; which is lent
(assert_invalid
  (component (component
    (import "r" (type $r (sub resource)))
    (import "[method]r.f" (func (param "self" (own $r))))))
  "import name `[method]r.f` is not valid")
;; a constructor makes one
(assert_invalid
  (component (component
    (import "r" (type $r (sub resource)))
    (import "[constructor]r" (func))))
  "import name `[constructor]r` is not valid")
;; or fails
(component (component
  (import "r" (type $r (sub resource)))
  (import "[constructor]r" (func (result (result (own $r) (error string)))))))
