//! `weldc wast`: what it prints of a script, and how it exits.

use crate::{Weldc, exit_code, finish, scratch, text};

const CORE: &str = r#"(module (func (export "f") (result i32) (i32.const 1)))
(assert_return (invoke "f") (i32.const 1))
"#;

/// The last directive fails; those before it need a feature that the script names.
const COMPONENTS: &str = r#";;! features: cm-fixed-length-lists
(component $c
  (core module $m (func (export "f") (param i32 i32) (result i32) (local.get 1)))
  (core instance $i (instantiate $m))
  (func (export "second") (param "x" (list u8 2)) (result u8) (canon lift (core func $i "f"))))
(component (import "c" (instance $c (export "second" (func (param "x" (list u8 2)) (result u8)))))
  (export "again" (func $c "second")))
(assert_return (invoke "again" (list.const (u8.const 3) (u8.const 4))) (u8.const 4))
(component (core module $m (func (export "f") (unreachable))) (core instance $i (instantiate $m))
  (func (export "f") (canon lift (core func $i "f"))))
(assert_trap (invoke "f") "unreachable")
(assert_return (invoke "f"))
"#;

pub fn run(weldc: &Weldc) {
    let folder = scratch();
    let write = |name: &str, text: &str| {
        std::fs::write(folder.path().join(name), text).expect("a script can be written");
    };
    write("core.wast", CORE);
    write("components.wast", COMPONENTS);
    let wast = |files: &[&str]| {
        let mut command = weldc.command();
        finish(command.current_dir(folder.path()).arg("wast").args(files), b"")
    };
    let passes = wast(&["core.wast"]);
    assert_eq!((text(&passes.stdout).as_str(), exit_code(&passes)), ("2 passed, 0 failed\n", 0));
    let fails = wast(&["core.wast", "components.wast", "-O0", "--checked-memory"]);
    let expected = "components.wast:12: trapped: cannot enter component instance\n\
                    7 passed, 1 failed\n";
    assert_eq!((text(&fails.stdout).as_str(), exit_code(&fails)), (expected, 1));
}
