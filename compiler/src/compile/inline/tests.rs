//! What is copied, told by small components.

use crate::compile::{Code, CompiledFunction};
use crate::driver::Compilation;
use crate::index::{ExportId, FuncId, InstanceId};
use crate::link::tests::Recorder;
use crate::options::CodeOptions;
use crate::translate::{FuncKey, namespace};
use cranelift_entity::EntityRef;
use cranelift_module::ModuleRelocTarget;
use wasmparser::WasmFeatures;
use weldc_abi::Trap;

struct Compiled {
    compilation: Compilation,
    code: Code,
}

/// A component with one core module of these fields, whose export `f` it lifts.
fn compiled(fields: &str) -> Compiled {
    let text = format!(
        "(component (core module $m {fields}) (core instance $m (instantiate $m))
           (func (export \"f\") (result u32) (canon lift (core func $m \"f\"))))"
    );
    let options = CodeOptions { verify: true, ..CodeOptions::default() };
    let (bytes, features) = (wat::parse_str(text).unwrap(), WasmFeatures::all());
    let compilation =
        Compilation::new(bytes, features, &mut Recorder::default(), options, &mut |_| ()).unwrap();
    let code = compilation.compile(&|| ()).unwrap();
    Compiled { compilation, code }
}

impl Compiled {
    fn id(&self, func: u32) -> FuncId {
        self.compilation.funcs.id(FuncKey::Core { instance: InstanceId::new(0), func })
    }

    /// The body of the component's export, where everything is copied to.
    fn root(&self) -> FuncId {
        self.compilation.funcs.id(FuncKey::Export(ExportId::new(0)))
    }

    fn function(&self, id: FuncId) -> &CompiledFunction {
        self.code.functions[id].as_ref().expect("it is compiled")
    }

    fn is_compiled(&self, func: u32) -> bool {
        self.code.functions[self.id(func)].is_some()
    }

    /// The core functions that the code of one refers to.
    fn referred_by(&self, id: FuncId) -> Vec<u32> {
        let target = |name: &ModuleRelocTarget| match *name {
            ModuleRelocTarget::User { namespace: namespace::FUNC, index } => {
                match self.compilation.funcs.keys[FuncId::from_u32(index)] {
                    FuncKey::Core { func, .. } => Some(func),
                    _ => None,
                }
            }
            _ => None,
        };
        self.function(id).relocs.iter().filter_map(|reloc| target(&reloc.name)).collect()
    }

    /// The opcode of the instruction at which `trap` can happen in a function.
    fn opcode_of(&self, id: FuncId, trap: Trap) -> u8 {
        let function = self.function(id);
        let position = function.traps.iter().position(|&(_, found)| found == trap).unwrap();
        self.compilation.parsed.bytes[function.wasm_offsets[position] as usize]
    }
}

#[test]
fn a_copied_function_is_gone_and_its_instructions_keep_their_positions() {
    let c = compiled(
        r#"(func $divide (param i32 i32) (result i32) (i32.div_u (local.get 0) (local.get 1)))
           (func (export "f") (result i32)
             (call $divide (i32.const 7) (call $divide (i32.const 9) (i32.const 0))))"#,
    );
    assert!(!c.is_compiled(0) && !c.is_compiled(1));
    assert_eq!(c.referred_by(c.root()), []);
    assert_eq!(c.opcode_of(c.root(), Trap::IntegerDivideByZero), 0x6e);
}

#[test]
fn what_is_copied_contains_copies() {
    let c = compiled(
        r#"(func $divide (param i32 i32) (result i32) (i32.div_u (local.get 0) (local.get 1)))
           (func $tail (param i32) (result i32) (return_call $divide (local.get 0) (i32.const 0)))
           (func (export "f") (result i32) (call $tail (i32.const 7)))"#,
    );
    assert!((0..3).all(|func| !c.is_compiled(func)));
    assert_eq!(c.opcode_of(c.root(), Trap::IntegerDivideByZero), 0x6e);
}

#[test]
fn what_a_table_refers_to_is_compiled_all_the_same() {
    let c = compiled(
        r#"(type $t (func (result i32)))
           (table (export "t") 2 funcref)
           (global $index (mut i32) (i32.const 0))
           (elem (i32.const 0) func $one $two)
           (func $one (result i32) (i32.const 1))
           (func $two (result i32) (i32.const 2))
           (func (export "f") (result i32)
             (global.set $index (i32.const 1))
             (i32.add (call $one) (call_indirect (type $t) (global.get $index))))"#,
    );
    assert!(c.is_compiled(0) && c.is_compiled(1));
    assert_eq!(c.referred_by(c.root()), []);
}

#[test]
fn circles_stay_calls() {
    let c = compiled(
        r#"(func $even (param i32) (result i32)
             (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 1))
               (else (call $odd (i32.sub (local.get 0) (i32.const 1))))))
           (func $odd (param i32) (result i32)
             (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 0))
               (else (call $even (i32.sub (local.get 0) (i32.const 1))))))
           (func (export "f") (result i32) (call $even (i32.const 10)))"#,
    );
    assert_eq!(c.referred_by(c.id(0)), [1]);
    assert_eq!(c.referred_by(c.id(1)), [0]);
}

#[test]
fn what_is_copied_into_one_function_is_bounded() {
    let call = "(drop (call $g (i32.const 1)))".repeat(1000);
    let mix = "(i32.mul (i32.xor (local.get 0) (i32.const 77)) (local.get 0))";
    let c = compiled(&format!(
        r#"(func $g (param i32) (result i32)
             (i32.add {mix} (i32.add (i32.rotl {mix} {mix}) {mix})))
           (func (export "f") (result i32) {call} (i32.const 1))"#,
    ));
    let calls = c.referred_by(c.id(1)).len();
    assert!((1..1000).contains(&calls), "{calls}");
}

/// A copy of a function that refers to a block of data refers to that block.
#[test]
fn copies_refer_to_the_same_symbols() {
    let c = compiled(
        r#"(memory 1) (data $a "aaa") (data $b "bbb")
           (func $init (memory.init $b (i32.const 0) (i32.const 0) (i32.const 3)))
           (func (export "f") (result i32)
             (memory.init $a (i32.const 0) (i32.const 0) (i32.const 3))
             (call $init)
             (i32.load (i32.const 0)))"#,
    );
    let data = c.function(c.id(1)).relocs.iter().filter_map(|reloc| match reloc.name {
        ModuleRelocTarget::User { namespace: namespace::DATA, index } => Some(index),
        _ => None,
    });
    let mut data: Vec<u32> = data.collect();
    data.sort_unstable();
    assert_eq!(data, [0, 1]);
}
