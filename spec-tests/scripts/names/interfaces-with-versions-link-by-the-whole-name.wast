;; Names of interfaces, with or without a version, are matched as they are written: another version is another
;; name.
;;
;; Explainer.md, Import and Export Definitions: `interfacename`.
(component
  (component $C
    (import "a:b/c" (instance $none (export "f" (func (result u32)))))
    (import "a:b/c@1.0.0" (instance $one (export "f" (func (result u32)))))
    (import "a:b/c@1.0.1-rc.1+build.5" (instance $rc (export "f" (func (result u32)))))
    (core func $none (canon lower (func $none "f")))
    (core func $one (canon lower (func $one "f")))
    (core func $rc (canon lower (func $rc "f")))
    (core module $M
      (import "" "none" (func $none (result i32)))
      (import "" "one" (func $one (result i32)))
      (import "" "rc" (func $rc (result i32)))
      (func (export "run") (result i32)
        (i32.add (i32.mul (call $none) (i32.const 100)) (i32.add (i32.mul (call $one) (i32.const 10)) (call $rc)))))
    (core instance $m (instantiate $M (with "" (instance (export "none" (func $none)) (export "one" (func $one)) (export "rc" (func $rc))))))
    (func $run (result u32) (canon lift (core func $m "run")))
    (instance $i (export "run" (func $run)))
    (export "a:b/c@2.0.0" (instance $i)))
  (component $Number
    (core module $M
      (func (export "one") (result i32) (i32.const 1))
      (func (export "two") (result i32) (i32.const 2))
      (func (export "three") (result i32) (i32.const 3)))
    (core instance $m (instantiate $M))
    (func $one (result u32) (canon lift (core func $m "one")))
    (func $two (result u32) (canon lift (core func $m "two")))
    (func $three (result u32) (canon lift (core func $m "three")))
    (instance $one (export "f" (func $one)))
    (instance $two (export "f" (func $two)))
    (instance $three (export "f" (func $three)))
    (export "a:b/c" (instance $one))
    (export "a:b/c@1.0.0" (instance $two))
    (export "a:b/c@1.0.1-rc.1+build.5" (instance $three)))
  (instance $n (instantiate $Number))
  (instance $c (instantiate $C
    (with "a:b/c@1.0.0" (instance $n "a:b/c@1.0.0"))
    (with "a:b/c@1.0.1-rc.1+build.5" (instance $n "a:b/c@1.0.1-rc.1+build.5"))
    (with "a:b/c" (instance $n "a:b/c"))))
  (alias export $c "a:b/c@2.0.0" (instance $out))
  (export "run" (func $out "run"))
)
(assert_return (invoke "run") (u32.const 123))
;; another version
(assert_invalid
  (component
    (component $c (import "a:b/c@1.0.0" (instance)))
    (instance $i)
    (instance (instantiate $c (with "a:b/c@1.0.1" (instance $i)))))
  "missing import named `a:b/c@1.0.0`")
(assert_invalid
  (component (import "a:b" (instance)))
  "import name `a:b` is not a valid extern name")
(assert_invalid
  (component (import "a/b" (instance)))
  "import name `a/b` is not a valid extern name")
(assert_invalid
  (component (import "a:b/" (instance)))
  "import name `a:b/` is not a valid extern name")
(assert_invalid
  (component (import "a:b/c@" (instance)))
  "import name `a:b/c@` is not valid")
(assert_invalid
  (component (import "a:b/c@1" (instance)))
  "import name `a:b/c@1` is not valid")
(assert_invalid
  (component (import "a:b/c@1.0" (instance)))
  "import name `a:b/c@1.0` is not valid")
(assert_invalid
  (component (import "a:b/c@1.0.0.0" (instance)))
  "import name `a:b/c@1.0.0.0` is not valid")
(assert_invalid
  (component (import "a:b/c@01.0.0" (instance)))
  "import name `a:b/c@01.0.0` is not valid")
(assert_invalid
  (component (import "A:b/c" (instance)))
  "import name `A:b/c` is not a valid extern name")
(assert_invalid
  (component (import "a:b/c/d" (instance)))
  "import name `a:b/c/d` is not a valid extern name")
