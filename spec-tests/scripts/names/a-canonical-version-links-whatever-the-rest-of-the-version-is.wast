;;! features: cm-canon-names
;; Behind its gate the version in a name is only what compatibility depends on: the major one, or 0 and the
;; minor one, or 0, 0 and the patch. The rest is beside the name, and an argument is given by what is in the
;; name.
;;
;; Explainer.md, Canonical Interface Name 🔗.
;; wasmtime 48: has no such names.
(component
  (component
    (import "a:b/c@1" (version-suffix ".2.3") (instance))
    (import "a:b/c@0.2" (version-suffix ".3") (instance))
    (import "a:b/c@0.0.3" (instance))
    (import "a:b/c@2" (version-suffix ".0.0+build") (instance))))
;; too much is in the name
(assert_invalid
  (component (import "a:b/c@1.2" (version-suffix ".3") (instance)))
  "import name `a:b/c@1.2` is not valid")
;; too little
(assert_invalid
  (component (import "a:b/c@0" (version-suffix ".2.3") (instance)))
  "import name `a:b/c@0` is not valid")
;; the rest is missing
(assert_invalid
  (component (import "a:b/c@1" (version-suffix ".2") (instance)))
  "import name `a:b/c@1` is not valid")
;; there is no version
(assert_invalid
  (component (import "a:b/c" (version-suffix ".2.3") (instance)))
  "import name `a:b/c` is not valid")
