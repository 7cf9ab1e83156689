(module
  (func (result i32) (i31.get_s (ref.i31_shared (i32.const 1)))))
;; func 0
;; fails the operator RefI31Shared is not supported
