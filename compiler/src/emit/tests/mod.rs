//! Objects made from handmade functions, linked by real linkers and run.

mod artefact;
mod link;

use super::blob::{Blob, Place};
use super::object::{Contents, FunctionSymbol, write};
use super::tables::Tables;
use super::target;
use super::text::{Referent, Text, Undefined};
use super::unwind;
use crate::compile::{Code, CompiledFunction, handmade};
use crate::index::FuncId;
use cranelift_codegen::isa::OwnedTargetIsa;
use cranelift_entity::PrimaryMap;

/// An object with the functions of [`handmade`] and a small artefact.
pub fn object(isa: &OwnedTargetIsa) -> Vec<u8> {
    let target = target::target(isa.triple()).unwrap();
    let code = handmade::program(isa);
    let text = Text::lay_out(target, &code).unwrap();
    let unwind = unwind::write(&**isa, &text, &code).unwrap();
    let mut image = b"image".to_vec();
    image.resize(weldc_abi::HOST_PAGE as usize, 0);
    let contents = Contents {
        text: &text,
        tables: &tables(&code, &text),
        images: &image,
        unwind: &unwind,
        debug: &[],
        functions: &symbols(&code, &text),
        artefact: "test_artefact",
        undefined: &|undefined| match undefined {
            Undefined::LibCall(call) => Some(cranelift_module::default_libcall_names()(call)),
            _ => Some("host_step".to_string()),
        },
        customs: &[(".wasm.custom.producers".to_string(), b"weldc")],
    };
    write(target, &contents).unwrap()
}

/// Where the tables of this object hold what the program in C looks at.
fn tables(code: &Code, text: &Text) -> Tables {
    let mut blob = Blob::default();
    blob.rel(Place::Text(0));
    blob.rel(Place::Images(0));
    blob.u32(weldc_abi::HOST_PAGE as u32);
    let entry = FuncId::from_u32(handmade::ENTRY);
    let landing = code.functions[entry].as_ref().and_then(|f| f.entry).expect("is an entry");
    blob.u32(text.start(entry) + landing.return_address);
    blob.u32(text.start(entry) + landing.handler);
    blob.u32(landing.frame_size);
    blob.u32(landing.context_slot);
    let mut data = PrimaryMap::new();
    data.push(blob.align(8));
    blob.u64(0);
    blob.u32(handmade::DATA_WORD);
    let (bytes, links) = blob.finish("tables").unwrap();
    Tables { bytes, links, data }
}

fn symbols(code: &Code, text: &Text) -> Vec<FunctionSymbol> {
    let names = ["root:m::helper", "root:m::body", "test_entry", "test_floor"];
    let symbol = |((id, function), name): ((FuncId, &CompiledFunction), &str)| FunctionSymbol {
        name: name.to_string(),
        global: name.starts_with("test_"),
        start: text.start(id),
        size: function.bytes.len() as u32,
    };
    code.present().zip(names).map(symbol).collect()
}

#[test]
fn equal_inputs_give_equal_bytes() {
    for target in ["x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu"] {
        let isa = handmade::isa(target);
        assert_eq!(object(&isa), object(&isa));
    }
}

#[test]
fn calls_between_functions_need_no_relocations() {
    for target in ["x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu"] {
        let isa = handmade::isa(target);
        let code = handmade::program(&isa);
        let text = Text::lay_out(target::target(isa.triple()).unwrap(), &code).unwrap();
        let calls = text.references.iter().filter(|r| {
            matches!(r.target, Referent::Text(_)) && format!("{:?}", r.kind).contains("Call")
        });
        assert_eq!(calls.count(), 0, "{target}");
        assert!(code.present().all(|(id, _)| text.start(id).is_multiple_of(16)));
    }
}

#[test]
fn traps_and_calls_know_their_wasm_offsets() {
    let code = handmade::program(&handmade::isa("x86_64-unknown-linux-gnu"));
    let body = code.functions[FuncId::from_u32(handmade::BODY)].as_ref().unwrap();
    assert_eq!(body.calls.len(), 2);
    assert_eq!(body.wasm_offsets.len(), body.traps.len() + body.calls.len());
    let division = body.traps.iter().position(|t| t.1 == weldc_abi::Trap::IntegerDivideByZero);
    assert_eq!(body.wasm_offsets[division.unwrap()], handmade::DIVISION);
    assert_eq!(body.wasm_offsets[body.traps.len()], u32::MAX);
}
