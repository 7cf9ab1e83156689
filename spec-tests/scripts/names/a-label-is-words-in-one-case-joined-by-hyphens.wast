;; A label's first word begins with a letter; each word is all in lower or all in upper case, with digits in
;; it, and one hyphen between two.
;;
;; Explainer.md, Import and Export Definitions: `label`.
(component
  (component (import "a" (func)))
  (component (import "a1" (func)))
  (component (import "a-b" (func)))
  (component (import "a1-b2" (func)))
  (component (import "abc-DEF-g" (func)))
  (component (import "A" (func)))
  (component (import "ABC-d" (func)))
  (component (import "a-1" (func)))
  (component (import "a-0b" (func)))
  (component (import "a1b2" (func))))
(assert_invalid
  (component (import "" (func)))
  "import name `` is not a valid extern name")
(assert_invalid
  (component (import "1" (func)))
  "import name `1` is not a valid extern name")
(assert_invalid
  (component (import "1a" (func)))
  "import name `1a` is not a valid extern name")
(assert_invalid
  (component (import "-a" (func)))
  "import name `-a` is not a valid extern name")
(assert_invalid
  (component (import "a-" (func)))
  "import name `a-` is not a valid extern name")
(assert_invalid
  (component (import "a--b" (func)))
  "import name `a--b` is not a valid extern name")
(assert_invalid
  (component (import "aB" (func)))
  "import name `aB` is not a valid extern name")
(assert_invalid
  (component (import "Ab" (func)))
  "import name `Ab` is not a valid extern name")
(assert_invalid
  (component (import "a-Bc" (func)))
  "import name `a-Bc` is not a valid extern name")
(assert_invalid
  (component (import "a_b" (func)))
  "import name `a_b` is not a valid extern name")
(assert_invalid
  (component (import "a b" (func)))
  "import name `a b` is not a valid extern name")
(assert_invalid
  (component (import "a.b" (func)))
  "import name `a.b` is not a valid extern name")
(assert_invalid
  (component (import "é" (func)))
  "import name `é` is not a valid extern name")
(assert_invalid
  (component (import "a-é" (func)))
  "import name `a-é` is not a valid extern name")
