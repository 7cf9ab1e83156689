;; A borrow belongs to the call that it was lent to, but any call into the same instance may drop it: the
;; count of the first goes down.
;;
;; Concurrency.md, Borrows; CanonicalABI.md, `canon resource.drop`.
;; wasmtime 48: fails, it lets no child call its parent.
(component definition $Given
  (type $R (resource (rep i32)))
  (core func $new (canon resource.new $R))
  (core func $drop (canon resource.drop $R))
  (core module $Table (table (export "t") 1 funcref))
  (core instance $table (instantiate $Table))
  ;; called by the borrower, calls it again
  (core module $Back
    (import "" "t" (table 1 funcref))
    (type $drop (func (param i32)))
    (func (export "back") (param i32) (call_indirect (type $drop) (local.get 0) (i32.const 0))))
  (core instance $back (instantiate $Back (with "" (instance (export "t" (table $table "t"))))))
  (func $back (param "index" u32) (canon lift (core func $back "back")))
  (component $Borrower
    (import "R" (type $R (sub resource)))
    (import "back" (func $back (param "index" u32)))
    (core func $back' (canon lower (func $back)))
    (core func $drop (canon resource.drop $R))
    (core module $M
      (import "" "back" (func $back (param i32)))
      (import "" "drop" (func $drop (param i32)))
      (func (export "borrow") (param $b i32) (param $again i32)
        (call $back (local.get $b))
        (if (local.get $again) (then (call $drop (local.get $b)))))
      (func (export "drop") (param i32) (call $drop (local.get 0))))
    (core instance $m (instantiate $M (with "" (instance (export "back" (func $back')) (export "drop" (func $drop))))))
    (func (export "borrow") (param "r" (borrow $R)) (param "again" bool) (canon lift (core func $m "borrow")))
    (func (export "drop") (param "index" u32) (canon lift (core func $m "drop"))))
  (instance $b (instantiate $Borrower (with "R" (type $R)) (with "back" (func $back))))
  (core func $borrow (canon lower (func $b "borrow")))
  (core func $drop-there (canon lower (func $b "drop")))
  (core module $Main
    (import "" "t" (table 1 funcref))
    (import "" "new" (func $new (param i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (import "" "borrow" (func $borrow (param i32 i32)))
    (import "" "drop-there" (func $drop-there (param i32)))
    (elem (i32.const 0) func $drop-there)
    (func (export "run") (param $again i32)
      (local $h i32)
      (local.set $h (call $new (i32.const 1)))
      (call $borrow (local.get $h) (local.get $again))
      ;; it is not lent any more
      (call $drop (local.get $h))))
  (core instance $main (instantiate $Main (with "" (instance
    (export "t" (table $table "t")) (export "new" (func $new)) (export "drop" (func $drop))
    (export "borrow" (func $borrow)) (export "drop-there" (func $drop-there))))))
  (func (export "run") (param "again" bool) (canon lift (core func $main "run")))
)
(component instance $i $Given)
(assert_return (invoke "run" (bool.const false)))
(assert_return (invoke "run" (bool.const false)))
(assert_trap (invoke "run" (bool.const true)) "unknown handle index 1")
