;; Names that said where something is to be had, or which dependency it is, are no names any more.
;;
;; Explainer.md, Import and Export Definitions.
;; wasmtime 48: fails, it takes them.
(assert_invalid
  (component (import "url=<https://a.b/c>" (instance)))
  "import name `url=<https://a.b/c>` is not a valid extern name")
(assert_invalid
  (component (import "unlocked-dep=<a:b>" (instance)))
  "import name `unlocked-dep=<a:b>` is not a valid extern name")
(assert_invalid
  (component (import "locked-dep=<a:b@1.0.0>" (instance)))
  "import name `locked-dep=<a:b@1.0.0>` is not a valid extern name")
(assert_invalid
  (component (import "integrity=<sha256-abcd>" (instance)))
  "import name `integrity=<sha256-abcd>` is not a valid extern name")
