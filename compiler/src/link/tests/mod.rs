//! Linking, told by small components in the text format.

mod concurrent;
mod core;
mod given;
mod subtyping;
mod values;

use self::core::instance;
use super::*;
use crate::parse;
use crate::types::Type;
use cranelift_entity::EntityRef;
use wasmparser::WasmFeatures;

/// Binds everything to a symbol and remembers what it was asked.
#[derive(Default)]
pub struct Recorder {
    pub funcs: Vec<String>,
    pub resources: Vec<String>,
    pub implemented: Vec<String>,
}

impl ImportPolicy for Recorder {
    fn func(&mut self, name: &QualifiedName, signature: &str) -> Result<Binding> {
        if name.name == "forbidden" {
            return Err(Error::new("nobody serves `forbidden`"));
        }
        let name = unversioned(name);
        self.funcs.push(format!("{name}: {signature}"));
        Ok(Binding::Symbol { symbol: name, receiver: Receiver::Host })
    }

    fn resource(&mut self, name: &QualifiedName) -> Result<Binding> {
        self.resources.push(unversioned(name));
        Ok(Binding::Symbol { symbol: unversioned(name), receiver: Receiver::Host })
    }

    fn implements(&mut self, name: &str, interface: &str) {
        self.implemented.push(format!("{name}: {interface}"));
    }
}

fn parsed(text: &str) -> Parsed {
    parse::parse(wat::parse_str(text).unwrap(), WasmFeatures::all()).unwrap()
}

fn linked_with(text: &str) -> (Program, Recorder) {
    let mut policy = Recorder::default();
    let program = link(&parsed(text), &mut policy).unwrap();
    (program, policy)
}

fn linked(text: &str) -> Program {
    linked_with(text).0
}

fn refusal(text: &str) -> Error {
    link(&parsed(text), &mut Recorder::default()).unwrap_err()
}

/// `interface/name` of every export, with what it is.
fn exports(program: &Program) -> Vec<String> {
    program
        .exports
        .values()
        .map(|export| {
            let name = match &export.name.interface {
                Some(interface) => format!("{interface}/{}", export.name.name),
                None => export.name.name.clone(),
            };
            let item = match export.item {
                ExportItem::Func { func: Func::Lift(id), .. } => format!("{id}"),
                ExportItem::Func { func: Func::Import(id), .. } => format!("{id}"),
                ExportItem::Value { value, .. } => format!("{value}"),
                ExportItem::Type(id) => format!("{:?}", program.types.get(id)),
                ExportItem::Resource(id) => format!("{id}"),
                ExportItem::Definition(what) => what.to_string(),
            };
            format!("{name} = {item}")
        })
        .collect()
}

#[test]
fn nested_components_are_instantiated_with_their_arguments() {
    let program = linked(
        r#"(component $root
             (component $leaf
               (core module $m (func (export "f") (result i32) i32.const 1))
               (core instance $i (instantiate $m))
               (func (export "f") (result u32) (canon lift (core func $i "f"))))
             (component $middle
               (import "leaf" (component $leaf (export "f" (func (result u32)))))
               (instance $l (instantiate $leaf))
               (export "g" (func $l "f")))
             (instance $m (instantiate $middle (with "leaf" (component $leaf))))
             (export "h" (func $m "g")))"#,
    );
    assert_eq!(exports(&program), ["h = lift0"]);
    let lift = &program.lifts[LiftId::new(0)];
    assert_eq!(lift.name, "f");
    let names: Vec<_> = program.component_instances.values().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["root", "root/middle", "root/middle/leaf"]);
    let leaf = &program.component_instances[lift.instance];
    assert_eq!(leaf.parent, Some(ComponentInstanceId::new(1)));
}

#[test]
fn outer_aliases_see_the_environment_of_the_definition() {
    let program = linked(
        r#"(component
             (type $t (record (field "a" u8)))
             (core module $m (memory (export "m") 3))
             (component $c
               (alias outer 1 $t (type $u))
               (component $d
                 (alias outer 2 $m (core module $n))
                 (alias outer 1 $u (type $v))
                 (core instance (instantiate $n))
                 (export "v" (type $v)))
               (instance $d (instantiate $d))
               (export "d" (instance $d)))
             (instance $c (instantiate $c))
             (export "c" (instance $c)))"#,
    );
    assert_eq!(program.memories.values().map(|m| m.ty.initial).collect::<Vec<_>>(), [3]);
    assert!(exports(&program)[0].starts_with("c/d/v = Record"));
    // The alias is the type, so both have one id and one name.
    let ExportItem::Type(id) = program.exports[ExportId::new(0)].item else { panic!() };
    let name = program.types.def(id).name.clone().unwrap();
    assert_eq!((name.interface.as_deref(), name.name.as_str()), (Some("c/d"), "v"));
}

#[test]
fn every_instantiation_makes_its_own_resources() {
    let program = linked(
        r#"(component
             (component $c
               (core module $m
                 (func (export "dtor") (param i32))
                 (func (export "make") (result i32) unreachable))
               (core instance $m (instantiate $m))
               (type $r' (resource (rep i32) (dtor (core func $m "dtor"))))
               (export $r "r" (type $r'))
               (core func (canon resource.new $r))
               (func (export "make") (result (own $r)) (canon lift (core func $m "make"))))
             (instance $a (instantiate $c))
             (instance $b (instantiate $c))
             (export "a" (instance $a))
             (export "b" (instance $b)))"#,
    );
    assert_eq!(program.resources.len(), 2);
    let results: Vec<_> = program
        .lifts
        .values()
        .map(|lift| program.types.get(program.types.func(lift.ty).result.unwrap()).clone())
        .collect();
    let (r0, r1) = (ResourceId::new(0), ResourceId::new(1));
    assert_eq!(results, [Type::Own(r0), Type::Own(r1)]);
    assert_eq!(unversioned(&program.resources[r0].name), "a/r");
    assert_eq!(unversioned(&program.resources[r1].name), "b/r");
    let owner = |id: ResourceId| match program.resources[id].origin {
        ResourceOrigin::Guest { instance, dtor, .. } => (instance.as_u32(), dtor.unwrap()),
        ResourceOrigin::Host { .. } => panic!(),
    };
    assert_eq!(owner(r0), (1, instance(&program, 0).funcs[0]));
    assert_eq!(owner(r1).0, 2);
    assert!(matches!(
        program.trampolines[TrampolineId::new(1)].kind,
        TrampolineKind::ResourceNew(id) if id == r1
    ));
}

#[test]
fn type_imports_are_the_argument() {
    let program = linked(
        r#"(component
             (type $r (resource (rep i32)))
             (component $c
               (import "t" (type $t (sub resource)))
               (import "f" (func $f (param "x" (own $t))))
               (core func (canon lower (func $f)))
               (core func (canon resource.drop $t)))
             (core module $m (func (export "f") (param i32)))
             (core instance $m (instantiate $m))
             (func $f (param "x" (own $r)) (canon lift (core func $m "f")))
             (instance (instantiate $c (with "t" (type $r)) (with "f" (func $f)))))"#,
    );
    let kinds: Vec<_> = program.trampolines.values().map(|t| &t.kind).collect();
    let (TrampolineKind::Lower { func, ty, .. }, TrampolineKind::ResourceDrop(dropped)) =
        (kinds[0], kinds[1])
    else {
        panic!("{kinds:?}")
    };
    assert_eq!(*func, Func::Lift(LiftId::new(0)));
    let param = program.types.get(program.types.func(*ty).params[0].ty);
    assert_eq!(*param, Type::Own(*dropped));
    assert_eq!(program.resources.len(), 1);
}

#[test]
fn the_host_is_asked_for_what_is_used_only() {
    let (program, policy) = linked_with(
        r#"(component
             (import "wasi:io/streams@0.2.12" (instance $i
               (export "output-stream" (type $r (sub resource)))
               (export "pollable" (type (sub resource)))
               (type $v (variant (case "closed") (case "other" string)))
               (export "error" (type $e (eq $v)))
               (export "write" (func (param "self" (borrow $r)) (param "b" (list u8))
                 (result (result (error $e)))))
               (export "forbidden" (func))))
             (import "bare" (func $bare (result u32)))
             (core module $m (memory (export "m") 1)
               (func (export "r") (param i32 i32 i32 i32) (result i32) unreachable))
             (core instance $m (instantiate $m))
             (core func (canon lower (func $i "write") (memory (core memory $m "m")) (realloc (core func $m "r"))))
             (core func (canon lower (func $i "write") (memory (core memory $m "m")) (realloc (core func $m "r"))))
             (core func (canon lower (func $bare))))"#,
    );
    assert_eq!(
        policy.funcs,
        [
            "wasi:io/streams/write: (borrow<wasi:io/streams/output-stream>, list<u8>) -> \
             result<_, variant{closed, other(string)}>",
            "bare: () -> u32",
        ]
    );
    assert_eq!(policy.resources, ["wasi:io/streams/output-stream"]);
    let import = &program.imports[ImportId::new(0)];
    assert_eq!(import.name.interface.as_deref(), Some("wasi:io/streams@0.2.12"));
    assert_eq!(program.imports[ImportId::new(1)].name.interface, None);
    let names: Vec<_> = program.types.iter().filter_map(|(_, def)| def.name.clone()).collect();
    assert_eq!(names.iter().map(unversioned).collect::<Vec<_>>(), ["wasi:io/streams/error"]);
}

#[test]
fn names_with_attributes_are_matched_by_the_name_and_known_by_the_rest() {
    let (program, policy) = linked_with(
        r#"(component
             (import "store" (implements "a:b/kv@1") (version-suffix ".2.3") (instance $s
               (export "r" (type $r (sub resource)))
               (export "f" (func (param "x" (borrow $r))))))
             (import "a:b/log@0.2" (version-suffix ".1") (instance $l (export "g" (func))))
             (component $c
               (import "a:b/log@0.2" (version-suffix ".7") (instance $l (export "g" (func))))
               (export "a:b/log@0.2" (version-suffix ".7") (instance $l)))
             (instance $c (instantiate $c (with "a:b/log@0.2" (instance $l))))
             (core func (canon lower (func $s "f")))
             (export "a:b/log@0.2" (version-suffix ".9") (instance $c "a:b/log@0.2")))"#,
    );
    assert_eq!(policy.implemented, ["store: a:b/kv@1.2.3"]);
    assert_eq!(policy.funcs, ["store/f: (borrow<a:b/kv/r>)", "a:b/log/g: ()"]);
    let interface = |id: u32| program.imports[ImportId::from_u32(id)].name.interface.as_deref();
    assert_eq!([interface(0), interface(1)], [Some("store"), Some("a:b/log@0.2.1")]);
    assert_eq!(exports(&program), ["a:b/log@0.2.9/g = import1"]);
}

#[test]
fn a_refusal_of_the_host_says_where() {
    let error = refusal(
        r#"(component
             (import "forbidden" (func $f))
             (component $inner (import "f" (func $f)) (core func (canon lower (func $f))))
             (instance (instantiate $inner (with "f" (func $f)))))"#,
    );
    assert!(error.to_string().contains("nobody serves"), "{error}");
    assert_eq!(error.path(), ["component `inner`"]);
    assert!(error.offset().is_some());
}

#[test]
fn an_import_can_be_exported_again() {
    let (program, policy) = linked_with(
        r#"(component
             (import "a:b/c" (instance $i (export "f" (func)) (export "g" (func))))
             (export "x:y/z" (instance $i) (instance (export "f" (func)))))"#,
    );
    assert_eq!(exports(&program), ["x:y/z/f = import0"]);
    assert_eq!(policy.funcs, ["a:b/c/f: ()"]);
}

#[test]
fn what_a_type_hides_is_not_exported() {
    let program = linked(
        r#"(component
             (core module $m (func (export "f")))
             (core instance $m (instantiate $m))
             (func $f (canon lift (core func $m "f")))
             (instance $deep (export "f" (func $f)) (export "g" (func $f)))
             (instance $wide (export "deep" (instance $deep)) (export "f" (func $f)))
             (component $c
               (import "i" (instance $i
                 (export "deep" (instance (export "g" (func))))))
               (export "o" (instance $i)))
             (instance $c (instantiate $c (with "i" (instance $wide))))
             (export "o" (instance $c "o")))"#,
    );
    assert_eq!(exports(&program), ["o/deep/g = lift0"]);
}

#[test]
fn exported_definitions_are_mentioned() {
    let program = linked(
        r#"(component
             (core module $m) (component $c) (type $t u8)
             (export "m" (core module $m)) (export "c" (component $c)) (export "t" (type $t)))"#,
    );
    assert_eq!(exports(&program), ["m = core module", "c = component", "t = U8"]);
}

#[test]
fn functions_are_exported_with_the_types_of_the_ascription() {
    let program = linked(
        r#"(component
             (core module $m (memory (export "m") 1)
               (func (export "f") (result i32) i32.const 0))
             (core instance $m (instantiate $m))
             (type $inner' (record (field "a" u8) (field "b" u32)))
             (component $c
               (alias outer 1 $inner' (type $t))
               (import "f" (func $f (result u32)))
               (export $e "point" (type $t))
               (core module $m (memory (export "m") 1)
                 (func (export "f") (result i32) i32.const 0))
               (core instance $m (instantiate $m))
               (func $g (result $t) (canon lift (core func $m "f") (memory (core memory $m "m"))))
               (export "g" (func $g) (func (result $e))))
             (func $f (result u32) (canon lift (core func $m "f")))
             (instance $s (instantiate $c (with "f" (func $f))))
             (export "my:api/points@1.0.0" (instance $s)))"#,
    );
    let ExportItem::Func { ty, .. } = program.exports[ExportId::new(1)].item else { panic!() };
    let result = program.types.func(ty).result.unwrap();
    let name = program.types.def(result).name.as_ref().unwrap();
    assert_eq!(unversioned(name), "my:api/points/point");
    assert_eq!(signature_text(&program, ty), "() -> record{a: u8, b: u32}");
}

/// Only functions of plain types begin threads.
const OTHER_THREAD: &str = r#"(core module $t (table (export "t") 1 funcref))
    (core instance $t (instantiate $t))
    (core type $start (sub (func (param i32))))
    (alias core export $t "t" (core table $t))
    (core func $c (canon thread.new-indirect $start (core table $t)))"#;

#[test]
fn what_is_not_compiled_fails_only_when_used() {
    assert_eq!(linked(&format!("(component {OTHER_THREAD})")).trampolines.len(), 0);
    let error = refusal(&format!(
        r#"(component {OTHER_THREAD}
             (core module $m (import "i" "c" (func (param i32 i32) (result i32))))
             (core instance $i (export "c" (func $c)))
             (core instance (instantiate $m (with "i" (instance $i)))))"#
    ));
    let text = error.to_string();
    assert!(
        text.contains("`thread.new-indirect of a type with subtypes` is not compiled"),
        "{text}"
    );
    assert!(text.contains("import `i` `c`") && error.offset().is_some(), "{text}");
}

#[test]
fn modules_with_unsupported_types_fail_when_instantiated() {
    let module = "(core module $m (type $f (func)) (type (cont $f)))";
    linked(&format!("(component {module})"));
    let error = refusal(&format!("(component {module} (core instance (instantiate $m)))"));
    assert!(error.to_string().contains("continuation type is not compiled yet"), "{error}");
}

#[test]
fn exponential_instantiation_is_refused() {
    let mut text = "(component $c0 (core module $m) (core instance (instantiate $m)))".to_string();
    for i in 1..25 {
        let twice = format!("(instance (instantiate $c{}))", i - 1).repeat(2);
        text = format!("(component $c{i} {text} {twice})");
    }
    let error = refusal(&text);
    assert!(error.to_string().contains("more than"), "{error}");
    assert!(error.offset().is_some() && !error.path().is_empty(), "{error}");
}

#[test]
fn deep_instantiation_is_refused() {
    let mut text = "(component $c0)".to_string();
    for i in 1..250 {
        text += &format!(
            "(component $c{i} (alias outer 1 $c{0} (component $p)) (instance (instantiate $p)))",
            i - 1
        );
    }
    let error = refusal(&format!("(component {text} (instance (instantiate $c249)))"));
    assert!(error.to_string().contains("levels deep"), "{error}");
    assert!(error.offset().is_some() && error.path().len() > 100, "{error}");
}

#[test]
fn signatures_are_written_structurally() {
    let cases = [
        (
            r#"(param "a" (tuple u8 char)) (param "b" (flags "x" "y"))"#,
            "(tuple<u8, char>, flags{x, y})",
        ),
        (
            r#"(param "a" (enum "x")) (result (option (list s64)))"#,
            "(enum{x}) -> option<list<s64>>",
        ),
        (r#"(result (result))"#, "() -> result"),
        (r#"(result (result string))"#, "() -> result<string>"),
        (r#"(result (result bool (error f32)))"#, "() -> result<bool, f32>"),
        (r#"(param "m" (map string u32))"#, "(map<string, u32>)"),
        (r#"(param "l" (list u8 4))"#, "(list<u8, 4>)"),
    ];
    for (ty, text) in cases {
        // Types with names must be exported before they can be imported in a type.
        let (_, policy) = linked_with(&format!(
            r#"(component
                 (import "i" (instance $i {}))
                 (core module $m (memory (export "m") 1)
                   (func (export "r") (param i32 i32 i32 i32) (result i32) unreachable))
                 (core instance $m (instantiate $m))
                 (core func (canon lower (func $i "f") (memory (core memory $m "m")) (realloc (core func $m "r")))))"#,
            declared(ty)
        ));
        assert_eq!(policy.funcs, [format!("i/f: {text}")]);
    }
}

/// An export of a function whose enums and flags have names, as validation demands.
fn declared(ty: &str) -> String {
    let mut exports = String::new();
    let mut ty = ty.to_string();
    for named in [r#"(flags "x" "y")"#, r#"(enum "x")"#] {
        if ty.contains(named) {
            exports += &format!(r#"(type $d {named}) (export "n" (type $n (eq $d)))"#);
            ty = ty.replace(named, "$n");
        }
    }
    format!(r#"{exports} (export "f" (func {ty}))"#)
}
