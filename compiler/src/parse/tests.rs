//! Parsing, told by small binaries.

use super::component::TypeDef;
use super::component::*;
use super::module::*;
use super::*;

fn parse_wat(text: &str) -> Parsed {
    parse(wat::parse_str(text).unwrap(), WasmFeatures::all()).unwrap()
}

fn refusal(bytes: impl Into<Vec<u8>>) -> Error {
    parse(bytes.into(), WasmFeatures::default()).unwrap_err()
}

/// The first core module of a component that holds this one.
fn module(text: &str) -> Module {
    let mut parsed = parse_wat(&format!("(component {text})"));
    std::mem::take(&mut parsed.modules[ModuleId::new(0)])
}

#[test]
fn a_core_module_is_refused_with_advice() {
    let error = refusal(wat::parse_str("(module)").unwrap());
    assert!(error.to_string().contains("is a core module, not a component"), "{error}");
    assert!(error.advice().unwrap().contains("wasm-tools component new"));
}

#[test]
fn other_inputs_are_refused_at_an_offset() {
    assert_eq!(refusal("").offset(), Some(0));
    assert!(refusal("\n (component)").advice().unwrap().contains("wasm-tools parse"));
    assert!(refusal("\0asm").offset().is_some());
    assert!(refusal("garbage that is long enough").offset().is_some());
}

#[test]
fn truncated_input_is_refused_at_an_offset() {
    let bytes = wat::parse_str(r#"(component (core module (func (export "f"))))"#).unwrap();
    for end in 9..bytes.len() {
        assert!(refusal(&bytes[..end]).offset().is_some(), "{end}");
    }
}

#[test]
fn value_definitions_are_refused_by_name() {
    // One value: `(value u8 1)`.
    let bytes = b"\0asm\x0d\0\x01\0\x0c\x04\x01\x7d\x01\x01";
    let error = parse(bytes.to_vec(), WasmFeatures::all()).unwrap_err();
    assert!(error.to_string().contains("value definitions (section 12)"), "{error}");
    assert_eq!(error.offset(), Some(10));
    assert!(error.advice().unwrap().contains("imported"));
}

#[test]
fn of_several_invalid_bodies_the_first_is_reported() {
    let bad = "(func (result i32) i64.const 0)";
    let text = format!("(component (core module {}))", bad.repeat(50));
    let bytes = wat::parse_str(&text).unwrap();
    let first = refusal(bytes.clone()).offset();
    assert!((0..20).all(|_| refusal(bytes.clone()).offset() == first));
    assert!(first.unwrap() < bytes.len() / 2);
}

#[test]
fn nested_definitions_are_owned_by_their_component() {
    let parsed = parse_wat(
        r#"(component $outer
             (core module $m)
             (component $inner (core module $n) (component))
             (type (func)))"#,
    );
    assert_eq!(parsed.modules.len(), 2);
    assert_eq!(parsed.components.len(), 3);
    let root = &parsed.components[parsed.root];
    assert_eq!(root.name.as_deref(), Some("outer"));
    assert!(matches!(
        root.defs.iter().map(|d| &d.item).collect::<Vec<_>>()[..],
        [Def::CoreModule(_), Def::Component(_), Def::Type(TypeDef::Func(_))]
    ));
    let inner = &parsed.components[ComponentId::new(1)];
    assert_eq!(inner.name.as_deref(), Some("inner"));
    assert!(inner.defs.iter().all(|d| inner.range.contains(&d.offset)));
    assert_eq!(parsed.modules[ModuleId::new(1)].name.as_deref(), Some("n"));
    assert_eq!(&parsed.bytes[parsed.modules[ModuleId::new(1)].range.clone()][..4], b"\0asm");
}

#[test]
fn a_module_keeps_everything_but_its_code() {
    let module = module(
        r#"(core module $m
             (type $t (func (param i32) (result i32)))
             (import "a" "f" (func $f (type $t)))
             (import "a" "g" (global $g i32))
             (import "a" "t" (table 1 funcref))
             (func $h (export "h") (type $t) (local i64) local.get 0)
             (memory (export "mem") 1 2)
             (global (mut i32) (i32.add (global.get $g) (i32.const 2)))
             (table 3 funcref)
             (tag (param i32))
             (elem (table 1) (offset (i32.const 1)) func $f $h)
             (elem declare func $h)
             (data (i32.const 8) "abc")
             (data "passive"))"#,
    );
    assert_eq!(module.funcs.len(), 2);
    assert_eq!((module.imported.funcs, module.imported.globals, module.imported.tables), (1, 1, 1));
    assert_eq!(module.func_type(1).params(), [wasmparser::ValType::I32]);
    assert_eq!(module.export("h"), Some(Entity::Func(1)));
    assert_eq!(module.export("mem"), Some(Entity::Memory(0)));
    assert_eq!(module.func_names[&1], "h");
    assert_eq!(module.bodies.len(), 1);
    assert_eq!(module.tags.len(), 1);
    let init = module.globals[1].init.as_ref().unwrap();
    assert_eq!(init[..], [ConstOp::GlobalGet(0), ConstOp::I32(2), ConstOp::I32Add]);
    assert!(matches!(module.elements[0].mode, SegmentMode::Active { target: 1, .. }));
    assert_eq!(module.elements[0].items, [[ConstOp::RefFunc(0)], [ConstOp::RefFunc(1)]]);
    assert!(matches!(module.elements[1].mode, SegmentMode::Declared));
    assert_eq!(module.data[0].range.len(), 3);
    assert!(matches!(module.data[1].mode, SegmentMode::Passive));
    assert!(module.unsupported.is_none());
    assert!(module.customs.iter().any(|custom| custom.name == "name"));
}

#[test]
fn ranges_refer_to_the_input() {
    let parsed = parse_wat(
        r#"(component
             (core module
               (func (result i32) i32.const 42)
               (memory 1)
               (data (i32.const 8) "abc")
               (@custom "note" "kept")))"#,
    );
    let module = &parsed.modules[ModuleId::new(0)];
    assert_eq!(parsed.bytes[module.data[0].range.clone()], *b"abc");
    // No locals, `i32.const 42`, `end`.
    assert_eq!(parsed.bytes[module.bodies[0].clone()], [0, 0x41, 42, 0x0b]);
    let custom = module.customs.iter().find(|custom| custom.name == "note").unwrap();
    assert_eq!(parsed.bytes[custom.range.clone()], *b"kept");
}

#[test]
fn what_a_module_cannot_express_is_noted() {
    let stacks = module("(core module (type $f (func)) (type (cont $f)) (func (type $f)))");
    assert_eq!(stacks.types.len(), 2);
    assert!(stacks.unsupported.unwrap().what.contains("continuation"));
    let shared = module("(core module (global (ref (shared i31)) (ref.i31_shared (i32.const 1))))");
    assert!(shared.unsupported.is_some_and(|it| it.offset > 0));
}

#[test]
fn canonical_definitions_keep_their_options() {
    let parsed = parse_wat(
        r#"(component
             (import "f" (func $f (param "s" string)))
             (core module $m (memory (export "m") 1)
               (func (export "r") (param i32 i32 i32 i32) (result i32) unreachable))
             (core instance $i (instantiate $m))
             (core func (canon lower (func $f) (memory (core memory $i "m")) (realloc (core func $i "r"))
               string-encoding=utf16))
             (core func (canon task.cancel)))"#,
    );
    let canons: Vec<_> = parsed.components[parsed.root]
        .defs
        .iter()
        .filter_map(|def| match &def.item {
            Def::Canon(canon) => Some(canon),
            _ => None,
        })
        .collect();
    let Canon::Lower { func: 0, options } = canons[0] else { panic!("{canons:?}") };
    assert_eq!(options.encoding, StringEncoding::Utf16);
    assert_eq!((options.memory, options.realloc), (Some(0), Some(0)));
    assert!(matches!(canons[1], Canon::TaskCancel));
}

#[test]
fn a_broken_name_section_is_no_error() {
    let text = r#"(component (core module (@custom "name" "\01\ff\ff")))"#;
    assert!(parse_wat(text).modules[ModuleId::new(0)].name.is_none());
    parse_wat(r#"(component (@custom "component-name" "\00\ff\ff"))"#);
}
