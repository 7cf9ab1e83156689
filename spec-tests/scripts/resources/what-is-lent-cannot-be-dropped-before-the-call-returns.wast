;; While a call that was lent a handle runs, the lender cannot drop it, nor give it away: it can be called
;; again by then.
;;
;; CanonicalABI.md, `canon resource.drop` with `num_lends`. The lender is the parent of the borrower, and
;; gives it a function of its own to call.
;; wasmtime 48: fails, it lets no child call its parent.
(component definition $Given
  (core module $Handle
    (global $h (export "h") (mut i32) (i32.const 0)))
  (core instance $handle (instantiate $Handle))
  (type $R (resource (rep i32)))
  (core func $new (canon resource.new $R))
  (core func $drop (canon resource.drop $R))
  (core module $Back
    (import "" "h" (global $h (mut i32)))
    (import "" "drop" (func $drop (param i32)))
    (func (export "back") (param i32) (if (local.get 0) (then (call $drop (global.get $h))))))
  (core instance $back (instantiate $Back (with "" (instance (export "h" (global $handle "h")) (export "drop" (func $drop))))))
  (func $back (param "really" u32) (canon lift (core func $back "back")))
  (component $Borrower
    (import "R" (type $R (sub resource)))
    (import "back" (func $back (param "really" u32)))
    (core func $back' (canon lower (func $back)))
    (core func $drop (canon resource.drop $R))
    (core module $M
      (import "" "back" (func $back (param i32)))
      (import "" "drop" (func $drop (param i32)))
      (func (export "borrow") (param $b i32) (param $really i32)
        (call $back (local.get $really))
        (call $drop (local.get $b))))
    (core instance $m (instantiate $M (with "" (instance (export "back" (func $back')) (export "drop" (func $drop))))))
    (func (export "borrow") (param "r" (borrow $R)) (param "really" u32) (canon lift (core func $m "borrow"))))
  (instance $b (instantiate $Borrower (with "R" (type $R)) (with "back" (func $back))))
  (core func $borrow (canon lower (func $b "borrow")))
  (core module $Main
    (import "" "h" (global $h (mut i32)))
    (import "" "new" (func $new (param i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (import "" "borrow" (func $borrow (param i32 i32)))
    (func (export "run") (param $really i32)
      (global.set $h (call $new (i32.const 1)))
      (call $borrow (global.get $h) (local.get $really))
      (call $drop (global.get $h))))
  (core instance $main (instantiate $Main (with "" (instance
    (export "h" (global $handle "h")) (export "new" (func $new)) (export "drop" (func $drop)) (export "borrow" (func $borrow))))))
  (func (export "run") (param "really" u32) (canon lift (core func $main "run")))
)
(component instance $i $Given)
(assert_return (invoke "run" (u32.const 0)))
(assert_trap (invoke "run" (u32.const 1)) "cannot remove owned resource while borrowed")
