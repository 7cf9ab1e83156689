use super::*;
use crate::index::{FuncTypeId, ImportId, LiftId};
use crate::link::{Export, Func, HostImport, Resource};
use crate::types::FuncType;
use cranelift_entity::EntityRef;

fn name(interface: &str, name: &str) -> QualifiedName {
    let interface = (!interface.is_empty()).then(|| interface.to_string());
    QualifiedName { interface, name: name.to_string() }
}

/// A program that exports these functions; an argument `iface#name`.
fn exporting(functions: &[&str]) -> Program {
    let mut program = Program::default();
    let ty = program.types.push_func(FuncType { params: Vec::new(), result: None, async_: false });
    for function in functions {
        let (interface, label) = function.split_once('#').unwrap_or(("", function));
        let item = ExportItem::Func { func: Func::Lift(LiftId::new(0)), ty };
        program.exports.push(Export { name: name(interface, label), item });
    }
    program
}

fn exported(program: &Program) -> Vec<String> {
    let names = Names::new(program, "p");
    program.exports.keys().map(|id| names.export(id).to_string()).collect()
}

#[test]
fn functions_of_interfaces_worlds_and_resources() {
    let program = exporting(&[
        "do-it",
        "a:b/calc@1.0.0#add",
        "a:b/calc@1.0.0#[constructor]counter",
        "a:b/calc@1.0.0#[method]counter.inc",
        "a:b/calc@1.0.0#[static]counter.merge",
        "a:b/calc@1.0.0#[method]counter.drop",
    ]);
    let expected = [
        "p_do_it",
        "p_calc_add",
        "p_calc_counter_new",
        "p_calc_counter_inc",
        "p_calc_counter_merge",
        "p_calc_counter_drop_",
    ];
    assert_eq!(exported(&program), expected);
}

#[test]
fn collisions_are_numbered_in_order() {
    let program = exporting(&["x#a-b", "x-a#b", "x-a-b", "new", "New"]);
    let expected = ["p_x_a_b", "p_x_a_b_", "p_x_a_b__2", "p_new_", "p_new__2"];
    assert_eq!(exported(&program), expected);
}

#[test]
fn an_exported_resource_keeps_its_name_and_its_destructor() {
    let mut program = exporting(&["a:b/c#counter-drop"]);
    let id = program.resources.push(Resource {
        name: name("", "inner"),
        origin: ResourceOrigin::Host { drop: Binding::Nothing },
    });
    let item = ExportItem::Resource(id);
    program.exports.push(Export { name: name("a:b/c", "counter"), item });
    let names = Names::new(&program, "p");
    assert_eq!(names.resource(id), "p_c_counter");
    assert_eq!(names.symbol(FuncKey::Api(Api::DropResource(id))).unwrap(), "p_c_counter_drop");
    assert_eq!(exported(&program)[0], "p_c_counter_drop_");
}

#[test]
fn symbols_of_imports_are_not_taken_by_exports() {
    let mut program = exporting(&["import#log"]);
    let symbol = import("p", &name("", "log"));
    assert_eq!(symbol, "p_import_log");
    let _: ImportId = program.imports.push(HostImport {
        name: name("", "log"),
        ty: FuncTypeId::new(0),
        binding: Binding::Symbol { symbol, receiver: Receiver::Host },
    });
    assert_eq!(exported(&program), ["p_import_log_"]);
}

#[test]
fn different_imports_get_different_symbols() {
    let mut names = ImportNames::default();
    let mut func = |interface, label| names.func("p", &name(interface, label));
    assert_eq!(func("a:b/log@1.0.0", "write"), "p_import_log_write");
    assert_eq!(func("a:b/log@2.0.0", "write"), "p_import_a_b_log_write");
    assert_eq!(func("a:b/log@3.0.0", "write"), "p_import_a_b_log_3_0_0_write");
    assert_eq!(func("a:b/log@1.0.0", "write"), "p_import_log_write");
    assert_eq!(func("", "log-write"), "p_import_log_write__2");
    assert_eq!(func("x", "[method]r.drop"), "p_import_x_r_drop_");
    assert_eq!(names.drop("p", &name("x", "r")), "p_import_x_r_drop");
}

#[test]
fn only_entries_and_the_interface_of_c_are_visible() {
    let program = exporting(&["f"]);
    let id = program.exports.keys().next().unwrap();
    let of = |key| symbol(&program, "p", key);
    assert_eq!(of(FuncKey::Entry(id, EntryForm::Packed)).unwrap(), "p_f__packed");
    assert_eq!(of(FuncKey::Api(Api::New)).unwrap(), "p_new");
    assert_eq!(of(FuncKey::Start), None);
    assert_eq!(of(FuncKey::Export(id)), None);
}

#[test]
fn long_names_are_cut_and_stay_different() {
    let long = "x".repeat(5000);
    let program = exporting(&[&format!("{long}-a"), &format!("{long}-b")]);
    let names = exported(&program);
    assert_ne!(names[0], names[1]);
    assert!(names.iter().all(|name| name.len() < 600));
    let mut imports = ImportNames::default();
    let a = imports.func("p", &name("i", &format!("{long}-a")));
    let b = imports.func("p", &name("i", &format!("{long}-b")));
    assert!(a != b && b.len() < 600);
}
