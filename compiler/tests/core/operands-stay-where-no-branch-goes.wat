(module
  (func (param i32) (result i32)
    (block (result i32) (block (result i32) (block (result i32) (local.get 0))))))
;; func 0
;; has return v1
;; not block1
