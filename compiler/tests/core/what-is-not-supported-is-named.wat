(module
  (func (result i32) (i31.get_s (ref.i31 (i32.const 1)))))
;; func 0
;; fails the operator RefI31 is not supported
