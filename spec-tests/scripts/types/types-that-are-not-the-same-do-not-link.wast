;; Value types have no subtypes: where one is expected, one that is equal part by part is given, and nothing
;; that is only like it.
;;
;; Explainer.md, Type Checking.
;; equal, though each was written for itself
(component
  (component $c (type $t (record (field "a" (list (option (tuple u8 string)))))) (import "t" (type (eq $t))))
  (type $t (record (field "a" (list (option (tuple u8 string))))))
  (instance (instantiate $c (with "t" (type $t)))))
;; a field has another label
(assert_invalid
  (component
    (component $c (type $t (record (field "a" u8))) (import "t" (type (eq $t))))
    (type $t (record (field "b" u8)))
    (instance (instantiate $c (with "t" (type $t)))))
  "type mismatch for import `t`")
;; the fields are in another order
(assert_invalid
  (component
    (component $c (type $t (record (field "a" u8) (field "b" u8))) (import "t" (type (eq $t))))
    (type $t (record (field "b" u8) (field "a" u8)))
    (instance (instantiate $c (with "t" (type $t)))))
  "type mismatch for import `t`")
;; there is one more
(assert_invalid
  (component
    (component $c (type $t (record (field "a" u8))) (import "t" (type (eq $t))))
    (type $t (record (field "a" u8) (field "b" u8)))
    (instance (instantiate $c (with "t" (type $t)))))
  "type mismatch for import `t`")
;; a case has another label
(assert_invalid
  (component
    (component $c (type $t (enum "a" "b")) (import "t" (type (eq $t))))
    (type $t (enum "a" "c"))
    (instance (instantiate $c (with "t" (type $t)))))
  "type mismatch for import `t`")
;; the cases are in another order
(assert_invalid
  (component
    (component $c (type $t (enum "a" "b")) (import "t" (type (eq $t))))
    (type $t (enum "b" "a"))
    (instance (instantiate $c (with "t" (type $t)))))
  "type mismatch for import `t`")
;; a case has a payload
(assert_invalid
  (component
    (component $c (type $t (variant (case "a") (case "b"))) (import "t" (type (eq $t))))
    (type $t (variant (case "a") (case "b" u8)))
    (instance (instantiate $c (with "t" (type $t)))))
  "type mismatch for import `t`")
;; an enum is no variant
(assert_invalid
  (component
    (component $c (type $t (enum "a" "b")) (import "t" (type (eq $t))))
    (type $t (variant (case "a") (case "b")))
    (instance (instantiate $c (with "t" (type $t)))))
  "type mismatch for import `t`")
;; an option is no variant
(assert_invalid
  (component
    (component $c (type $t (option u8)) (import "t" (type (eq $t))))
    (type $t (variant (case "none") (case "some" u8)))
    (instance (instantiate $c (with "t" (type $t)))))
  "type mismatch for import `t`")
;; a result is no variant
(assert_invalid
  (component
    (component $c (type $t (result)) (import "t" (type (eq $t))))
    (type $t (enum "ok" "error"))
    (instance (instantiate $c (with "t" (type $t)))))
  "type mismatch for import `t`")
;; a tuple is no record
(assert_invalid
  (component
    (component $c (type $t (tuple u8 u8)) (import "t" (type (eq $t))))
    (type $t (record (field "a" u8) (field "b" u8)))
    (instance (instantiate $c (with "t" (type $t)))))
  "type mismatch for import `t`")
;; a string is no list
(assert_invalid
  (component
    (component $c (type $t string) (import "t" (type (eq $t))))
    (type $t (list u8))
    (instance (instantiate $c (with "t" (type $t)))))
  "type mismatch for import `t`")
;; a map is no list of pairs
(assert_invalid
  (component
    (component $c (type $t (map u8 u8)) (import "t" (type (eq $t))))
    (type $t (list (tuple u8 u8)))
    (instance (instantiate $c (with "t" (type $t)))))
  "type mismatch for import `t`")
;; a list of fixed length is none of any length
(assert_invalid
  (component
    (component $c (type $t (list u8 4)) (import "t" (type (eq $t))))
    (type $t (list u8))
    (instance (instantiate $c (with "t" (type $t)))))
  "type mismatch for import `t`")
;; nor of another
(assert_invalid
  (component
    (component $c (type $t (list u8 4)) (import "t" (type (eq $t))))
    (type $t (list u8 5))
    (instance (instantiate $c (with "t" (type $t)))))
  "type mismatch for import `t`")
;; a sign counts
(assert_invalid
  (component
    (component $c (type $t u32) (import "t" (type (eq $t))))
    (type $t s32)
    (instance (instantiate $c (with "t" (type $t)))))
  "type mismatch for import `t`")
;; so does a width
(assert_invalid
  (component
    (component $c (type $t u32) (import "t" (type (eq $t))))
    (type $t u64)
    (instance (instantiate $c (with "t" (type $t)))))
  "type mismatch for import `t`")
;; flags are told apart by their labels
(assert_invalid
  (component
    (component $c (type $t (flags "a")) (import "t" (type (eq $t))))
    (type $t (flags "b"))
    (instance (instantiate $c (with "t" (type $t)))))
  "type mismatch for import `t`")
