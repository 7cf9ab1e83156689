;; Records, variants, enums, flags and tuples have at least one field, case or label, a fixed-length list at
;; least one element; labels differ; flags are 32 at most.
;;
;; Explainer.md, Type Definitions; Binary.md, Type Definitions.
(assert_invalid
  (component
    (type (record)))
  "record type must have at least one field")
(assert_invalid
  (component
    (type (variant)))
  "variant type must have at least one case")
(assert_invalid
  (component
    (type (enum)))
  "enum type must have at least one variant")
(assert_invalid
  (component
    (type (flags)))
  "flags must have at least one entry")
(assert_invalid
  (component
    (type (tuple)))
  "tuple type must have at least one type")
(assert_invalid
  (component
    (type (list u8 0)))
  "Fixed-length lists must have more than zero elements")
(assert_invalid
  (component
    (type (record (field "a" u8) (field "a" u8))))
  "record field name `a` conflicts with previous field name `a`")
(assert_invalid
  (component
    (type (record (field "a-b" u8) (field "A-b" u8))))
  "record field name `A-b` conflicts with previous field name `a-b`")
(assert_invalid
  (component
    (type (variant (case "x") (case "x" u8))))
  "variant case name `x` conflicts with previous case name `x`")
(assert_invalid
  (component
    (type (enum "a" "b" "a")))
  "enum tag name `a` conflicts with previous tag name `a`")
(assert_invalid
  (component
    (type (flags "a" "a")))
  "flag name `a` conflicts with previous flag name `a`")
(assert_invalid
  (component
    (type (flags "f0" "f1" "f2" "f3" "f4" "f5" "f6" "f7" "f8" "f9" "f10" "f11" "f12" "f13" "f14" "f15" "f16" "f17" "f18" "f19" "f20" "f21" "f22" "f23" "f24" "f25" "f26" "f27" "f28" "f29" "f30" "f31" "f32")))
  "cannot have more than 32 flags")
;; the smallest and the largest
(component
  (type (flags "f0" "f1" "f2" "f3" "f4" "f5" "f6" "f7" "f8" "f9" "f10" "f11" "f12" "f13" "f14" "f15" "f16" "f17" "f18" "f19" "f20" "f21" "f22" "f23" "f24" "f25" "f26" "f27" "f28" "f29" "f30" "f31"))
  (type (record (field "x" u8)))
  (type (variant (case "x")))
  (type (list u8 1)))
