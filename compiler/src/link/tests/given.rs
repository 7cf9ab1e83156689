//! Core modules and components that are given for imports of the root.

use super::*;
use crate::parse::{Given, Sources};

/// A component, and files `(import, text)`.
fn sources(component: &str, given: &[(&str, &str)]) -> Sources {
    let given = given.iter().map(|(import, text)| Given {
        import: import.to_string(),
        file: format!("{import}.wat"),
        bytes: wat::parse_str(text).unwrap(),
    });
    Sources { component: wat::parse_str(component).unwrap(), given: given.collect() }
}

fn linked_with_given(component: &str, given: &[(&str, &str)]) -> Result<(Program, Recorder)> {
    let parsed = parse::parse(sources(component, given), WasmFeatures::all())?;
    let mut policy = Recorder::default();
    Ok((link(&parsed, &mut policy)?, policy))
}

fn refused(component: &str, given: &[(&str, &str)]) -> Error {
    match linked_with_given(component, given) {
        Ok(_) => panic!("it is accepted"),
        Err(error) => error,
    }
}

#[test]
fn a_given_module_is_instantiated_like_a_nested_one() {
    let (program, _) = linked_with_given(
        r#"(component
             (import "m" (core module $m (export "f" (func (result i32)))))
             (core instance $a (instantiate $m))
             (core instance (instantiate $m))
             (func (export "f") (result u32) (canon lift (core func $a "f"))))"#,
        &[("m", r#"(module (memory 3) (func (export "f") (result i32) i32.const 1))"#)],
    )
    .unwrap();
    assert_eq!(program.instances.len(), 2);
    assert_eq!(exports(&program), ["f = lift0"]);
}

#[test]
fn types_of_given_modules_are_those_of_the_component() {
    let user = "(rec (type $a (struct (field (ref null $b)))) (type $b (struct)))
                (func (param (ref null $a)))";
    let (program, _) = linked_with_given(
        &format!(
            r#"(component
                 (import "m" (core module $m))
                 (core module $n {user})
                 (core instance (instantiate $m))
                 (core instance (instantiate $n)))"#
        ),
        &[("m", &format!("(module {user})"))],
    )
    .unwrap();
    assert_eq!(program.objects.len(), 2);
}

#[test]
fn a_given_instance_shares_the_hosts_resources() {
    let plug = r#"(component
        (import "a:b/c" (instance $i (export "r" (type (sub resource)))
                                     (export "other" (func))))
        (alias export $i "r" (type $r))
        (core module $m (func (export "f") (param i32)))
        (core instance $m (instantiate $m))
        (func (export "f") (param "x" (own $r)) (canon lift (core func $m "f"))))"#;
    let root = r#"(component
        (import "x:y/z" (instance $z (export "e" (func))))
        (import "a:b/c" (instance $i (export "r" (type (sub resource)))))
        (alias export $i "r" (type $r))
        (import "plug" (instance $p (export "f" (func (param "x" (own $r))))))
        (core func (canon resource.drop $r))
        (export "f" (func $p "f")))"#;
    let (program, _) = linked_with_given(root, &[("plug", plug)]).unwrap();
    assert_eq!(program.resources.len(), 1);
    let lift = &program.lifts[LiftId::new(0)];
    let param = program.types.get(program.types.func(lift.ty).params[0].ty);
    assert_eq!(*param, Type::Own(ResourceId::new(0)));
    // A resource of its own is not the host's.
    let other = plug.replace("a:b/c", "a:b/d");
    let error = refused(root, &[("plug", &other)]);
    assert!(error.to_string().contains("resource types are not the same"), "{error}");
    // What both import must be one thing.
    let differs = plug.replace(r#"(export "other" (func))"#, r#"(export "e" (func (result u8)))"#);
    let error = refused(root, &[("plug", &differs.replace("a:b/c", "x:y/z"))]);
    assert!(error.to_string().contains("both import `x:y/z`"), "{error}");
}

#[test]
fn resources_of_a_given_instance_stand_for_imported_ones() {
    let plug = r#"(component
        (type $r' (resource (rep i32)))
        (export $r "r" (type $r'))
        (core module $m (func (export "f") (param i32)))
        (core instance $m (instantiate $m))
        (func (export "f") (param "x" (own $r)) (canon lift (core func $m "f"))))"#;
    let taker = r#"(component
        (import "given" (instance $i (export "r" (type (sub resource)))))
        (alias export $i "r" (type $r))
        (core module $m (func (export "g") (param i32)))
        (core instance $m (instantiate $m))
        (func (export "g") (param "x" (own $r)) (canon lift (core func $m "g"))))"#;
    let root = r#"(component
        (import "given" (instance $i
          (export "r" (type $r (sub resource)))
          (export "f" (func (param "x" (own $r))))))
        (alias export $i "r" (type $r))
        (import "taker" (component $t
          (import "given" (instance $i (export "r" (type (sub resource)))))
          (alias export $i "r" (type $r))
          (export "g" (func (param "x" (own $r))))))
        (instance $t (instantiate $t (with "given" (instance $i))))
        (export "given" (instance $i))
        (export "g" (func $t "g")))"#;
    let (program, _) = linked_with_given(root, &[("given", plug), ("taker", taker)]).unwrap();
    assert_eq!(program.resources.len(), 1);
    assert_eq!(unversioned(&program.resources[ResourceId::new(0)].name), "given/r");
    assert_eq!(program.lifts.len(), 2);
}

#[test]
fn what_does_not_fit_is_refused_with_its_name() {
    let root = r#"(component
        (import "m" (core module $m (import "a" "b" (func)) (export "f" (func (result i32)))))
        (import "f" (func))
        (core module $n))"#;
    let cases = [
        ("m", "(component)", "is a core module, this a component"),
        ("m", "(module)", "missing expected export `f`"),
        ("m", r#"(module (func (export "f")))"#, "type mismatch in export `f`"),
        (
            "m",
            r#"(module (import "a" "c" (func)) (func (export "f") (result i32) unreachable))"#,
            "missing expected import `a::c`",
        ),
        ("f", "(module)", "only core modules, components and instances"),
        ("x", "(module)", "no such import"),
    ];
    for (import, text, message) in cases {
        let error = refused(root, &[(import, text)]);
        assert!(error.to_string().contains(message), "{error}");
        assert!(error.to_string().contains(&format!("{import}.wat")), "{error}");
    }
    let error = refused(root, &[]);
    assert!(error.to_string().contains("`m` is a core module, and none is given"), "{error}");
    assert!(error.advice().unwrap().contains("--with m=FILE"));
    let fits = r#"(module (func (export "f") (result i32) unreachable))"#;
    let error = refused(root, &[("m", fits), ("m", fits)]);
    assert!(error.to_string().contains("two files for the import `m`"), "{error}");
}

#[test]
fn errors_in_what_is_given_are_told_at_its_own_offsets() {
    let bytes = wat::parse_str("(module (func (result i32) i64.const 0))").unwrap();
    let given = Given { import: "m".into(), file: "lib.wasm".into(), bytes: bytes.clone() };
    let component = wat::parse_str(r#"(component (import "m" (core module)))"#).unwrap();
    let parse = |given| {
        parse::parse(
            Sources { component: component.clone(), given: vec![given] },
            WasmFeatures::all(),
        )
    };
    let error = parse(given.clone()).unwrap_err();
    assert_eq!(error.file(), Some("lib.wasm"));
    assert_eq!(error.offset(), Some(bytes.len() - 1));
    assert!(error.to_string().ends_with("of lib.wasm)"), "{error}");
    let cut = Given { bytes: bytes[..bytes.len() - 2].to_vec(), ..given.clone() };
    assert_eq!(parse(cut).unwrap_err().file(), Some("lib.wasm"));
    let junk = Given { bytes: b"junk".to_vec(), ..given };
    assert!(parse(junk).unwrap_err().to_string().contains("neither a core module nor"));
}

#[test]
fn what_is_given_sees_nothing_outside() {
    let outer = r#"(component (core module $m) (component (alias outer 1 $m (core module $n))))"#;
    // The inner component of the text, without the one around it.
    let bytes = wat::parse_str(outer).unwrap();
    let inner = bytes.windows(8).rposition(|w| w == b"\0asm\x0d\0\x01\0").unwrap();
    let size = bytes[inner - 1] as usize;
    let given = Given {
        import: "c".into(),
        file: "c.wasm".into(),
        bytes: bytes[inner..inner + size].to_vec(),
    };
    let component =
        wat::parse_str(r#"(component (core module) (import "c" (component)))"#).unwrap();
    let sources = Sources { component, given: vec![given] };
    let error = parse::parse(sources, WasmFeatures::all()).unwrap_err();
    assert_eq!(error.file(), Some("c.wasm"), "{error}");
}

#[test]
fn damaged_files_do_no_harm() {
    let root = r#"(component
        (import "a:b/c" (instance $h (export "r" (type (sub resource)))))
        (alias export $h "r" (type $r))
        (import "m" (core module $m (import "a" "b" (func)) (export "f" (func))))
        (import "i" (instance $i (export "t" (type (sub resource)))
          (export "f" (func (param "x" (own $r)))))))"#;
    let module = r#"(module (import "a" "b" (func)) (func (export "f")) (memory (export "g") 1))"#;
    let component = r#"(component
        (import "a:b/c" (instance $i (export "r" (type (sub resource)))))
        (alias export $i "r" (type $r))
        (type $t (resource (rep i32)))
        (export "t" (type $t))
        (core module $m (func (export "f") (param i32)))
        (core instance $m (instantiate $m))
        (func (export "f") (param "x" (own $r)) (canon lift (core func $m "f"))))"#;
    let intact = sources(root, &[("m", module), ("i", component)]);
    let accepted = |sources: Sources| {
        let parsed = parse::parse(sources, WasmFeatures::all());
        parsed.is_ok_and(|parsed| link(&parsed, &mut Recorder::default()).is_ok())
    };
    assert!(accepted(intact.clone()));
    let mut refused = 0;
    for file in 0..2 {
        for bit in 0..intact.given[file].bytes.len() * 8 {
            let mut damaged = intact.clone();
            damaged.given[file].bytes[bit / 8] ^= 1 << (bit % 8);
            refused += usize::from(!accepted(damaged));
        }
    }
    assert!(refused > 1000, "{refused}");
}

#[test]
fn one_component_can_be_given_for_several_instances() {
    let plug = r#"(component
        (type $r' (resource (rep i32)))
        (core module $m (func (export "f") (param i32)))
        (core instance $m (instantiate $m))
        (component $a (import "r" (type $r (sub resource))) (export "r" (type $r)))
        (instance $a (instantiate $a (with "r" (type $r'))))
        (export $a' "x:y/a" (instance $a))
        (alias export $a' "r" (type $r))
        (func $f (param "x" (own $r)) (canon lift (core func $m "f")))
        (instance $b (export "f" (func $f)) (export "hidden" (func $f)))
        (export "x:y/b" (instance $b)))"#;
    let root = r#"(component
        (import "x:y/a" (instance $a (export "r" (type (sub resource)))))
        (alias export $a "r" (type $r))
        (import "x:y/b" (instance $b (export "f" (func (param "x" (own $r))))))
        (export "f" (func $b "f")))"#;
    let given = |import: &str| Given {
        import: import.to_string(),
        file: "plug.wasm".to_string(),
        bytes: wat::parse_str(plug).unwrap(),
    };
    let component = wat::parse_str(root).unwrap();
    let sources = Sources { component, given: vec![given("x:y/a"), given("x:y/b")] };
    let parsed = parse::parse(sources.clone(), WasmFeatures::all()).unwrap();
    let program = link(&parsed, &mut Recorder::default()).unwrap();
    assert_eq!((program.instances.len(), program.resources.len()), (1, 1));
    assert_eq!(exports(&program), ["f = lift0"]);
    // Another file is another instance, with a resource of its own.
    let mut sources = sources;
    sources.given[1].file = "copy.wasm".to_string();
    let error = parse::parse(sources, WasmFeatures::all()).unwrap_err();
    assert!(error.to_string().contains("resource types are not the same"), "{error}");
}
