;; context.get and context.set name one of two slots.
;;
;; CanonicalABI.md, `canon context.get`, `canon context.set`.
(component (component
  (core func (canon context.get i32 1))
  (core func (canon context.set i32 1))))
(assert_invalid
  (component (component
    (core func (canon context.get i32 2))))
  "`context.get` immediate must be zero or one: 2")
(assert_invalid
  (component (component
    (core func (canon context.set i32 2))))
  "`context.set` immediate must be zero or one: 2")
