;; The type of a component has imports and exports, that of an instance exports alone. The type of a core
;; module has types of its own; only core types reach into it from outside. A type that is not final is told
;; from the type of a module.
;;
;; Binary.md, Type Definitions; Explainer.md, Type Definitions.
(component
  (type (component (import "f" (func)) (export "g" (func))))
  (type (instance (export "g" (func)))))
(assert_malformed
  (component quote "(type (instance (import \"f\" (func))))")
  "unexpected token")
(component
  (core type $f (func (param i32)))
  (core type (module
    (alias outer 1 $f (type $t))
    (import "" "f" (func (type $t)))
    (type $u (func (result f64)))
    (export "g" (func (type $u)))))
  (core type (sub (func (param i32))))
  (core type (sub final (struct (field i32)))))
