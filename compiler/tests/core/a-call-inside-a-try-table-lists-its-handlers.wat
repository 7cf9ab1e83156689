(module
  (tag $a)
  (tag $b (param i32))
  (func $f (throw $a))
  (func $outside (call $f))
  (func (result i32)
    (block $all
      (block $b (result i32)
        (try_table (catch_all $all)
          (try_table (catch $b $b) (call $f)))
        (i32.const 1))
      (return))
    (i32.const 2))
  (func (result i32)
    (block $a
      (block $b (result i32)
        (try_table (catch $a $a) (catch $b $b) (throw $b (i32.const 7)))
        (i32.const 1))
      (return))
    (i32.const 2))
  (func (throw $b (i32.const 3)))
  (func
    (block $a
      (try_table (catch $a $a) (return_call $f)))))
Outside of handlers a call is a call; inside, the innermost clause comes first. What is thrown and caught in
one function needs no unwinding. A tail call has no handlers.
;; func 1
;; has call fn
;; not try_call
;; func 2
;; has try_call fn0(v0), sig0, block*, [ tag1: block*(exn0), default: block*(exn0) ]
;; func 3
;; has call fn*(v0, v
;; has jump block
;; not try_call
;; func 4
;; has call fn*(v0, v
;; has call fn*(v0, v
;; has trap
;; func 5
;; has return_call
;; not try_call
