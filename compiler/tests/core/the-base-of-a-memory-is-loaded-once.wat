(module
  (memory 1)
  (func (param i32) (result i32) (local i32)
    (loop
      (i32.store (local.get 0) (local.get 1))
      (local.set 1 (i32.add (local.get 1) (i32.load offset=4 (local.get 0))))
      (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 4)))))
    (local.get 1)))
;; func 0 optimized
;; has load.i64 notrap aligned readonly can_move v0+
;; has jump block
;; has store*little
;; has brif
