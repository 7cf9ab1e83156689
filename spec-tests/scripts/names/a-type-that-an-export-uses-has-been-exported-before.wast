;; Records, variants, enums, flags and resources in the type of an import or export have a name by then: that
;; of an import or export before it. Tuples, options, results and lists need none.
;;
;; Explainer.md, External Visibility of Types.
(component (component
  (type $t (list (option (tuple u8 (result string)))))
  (import "f" (func (param "t" $t)))))
(assert_invalid
  (component (component
    (type $t (record (field "a" u8)))
    (import "f" (func (param "t" $t)))))
  "func not valid to be used as import")
(assert_invalid
  (component (component
    (type $t (variant (case "a")))
    (import "f" (func (param "t" $t)))))
  "func not valid to be used as import")
(assert_invalid
  (component (component
    (type $t (enum "a"))
    (import "f" (func (param "t" $t)))))
  "func not valid to be used as import")
(assert_invalid
  (component (component
    (type $t (flags "a"))
    (import "f" (func (param "t" $t)))))
  "func not valid to be used as import")
;; however deep
(assert_invalid
  (component (component
    (type $t (enum "a"))
    (import "f" (func (result (list $t))))))
  "func not valid to be used as import")
(component (component
  (type $t (enum "a"))
  (import "t" (type $u (eq $t)))
  (import "f" (func (result (list $u))))))
;; a resource
(assert_invalid
  (component
    (type $t (resource (rep i32)))
    (core module $m (func (export "f") (result i32) unreachable))
    (core instance $m (instantiate $m))
    (func $f (result (own $t)) (canon lift (core func $m "f")))
    (export "f" (func $f)))
  "func not valid to be used as export")
;; imports do not depend on exports
(assert_invalid
  (component (component
    (type $t (enum "a"))
    (export $u "t" (type $t))
    (import "f" (func (param "t" $u)))))
  "func not valid to be used as import")
