//! The artefact record of a real component, read as the runtime reads it.

use crate::compile::{Code, CompiledFunction};
use crate::driver::Compilation;
use crate::emit::frames::Frames;
use crate::emit::images::Memories;
use crate::emit::sites::{self, Site};
use crate::emit::tables::{self, Tables};
use crate::emit::text::Text;
use crate::emit::{blob::Place, function_labels, target};
use crate::error::Result;
use crate::index::FuncId;
use crate::link::{Binding, ImportPolicy};
use crate::options::CodeOptions;
use crate::translate::{DataKey, FuncKey};
use crate::types::QualifiedName;
use std::mem::{offset_of, size_of};
use weldc_abi::Trap;
use weldc_abi::artefact::{Artefact, Entry, Function, MAGIC, Memory, NO_FRAME, function};

const COMPONENT: &str = r#"(component
    (core module $m
        (memory (export "memory") 1)
        (data (i32.const 100) "hello")
        (data $passive "passive")
        (table 3 funcref)
        (elem (i32.const 1) func $div)
        (elem $refs funcref (ref.func $div) (ref.null func) (ref.func $init))
        (func $div (export "div") (param i32 i32) (result i32)
            (drop (call $init (i32.const 1)))
            (memory.init $passive (i32.const 0) (i32.const 0) (i32.const 7))
            (table.init $refs (i32.const 0) (i32.const 0) (i32.const 3))
            (i32.div_u (local.get 0) (local.get 1)))
        (func $init (param i32) (result i32) (i32.load (local.get 0))))
    (core instance $i (instantiate $m))
    (func (export "div") (param "a" u32) (param "b" u32) (result u32)
        (canon lift (core func $i "div"))))"#;

struct NoImports;

impl ImportPolicy for NoImports {
    fn func(&mut self, _: &QualifiedName, _: &str) -> Result<Binding> {
        Ok(Binding::Trap)
    }
    fn resource(&mut self, _: &QualifiedName) -> Result<Binding> {
        Ok(Binding::Nothing)
    }
}

fn compilation() -> Compilation {
    let bytes = wat::parse_str(COMPONENT).unwrap();
    let features = wasmparser::WasmFeatures::all();
    let options = CodeOptions::default();
    Compilation::new(bytes, features, &mut NoImports, options, &mut |_| ()).unwrap()
}

struct Written {
    compilation: Compilation,
    code: Code,
    text: Text,
    tables: Tables,
}

fn written() -> Written {
    let compilation = compilation();
    let code = compilation.compile(&|| ()).unwrap();
    let env = compilation.env();
    let target = target::target(env.isa.triple()).unwrap();
    let text = Text::lay_out(target, &code).unwrap();
    let memories = Memories::new(env.layout);
    let tables = tables::write(env, &code, &text, &memories, &function_labels(env), None).unwrap();
    Written { compilation, code, text, tables }
}

impl Written {
    fn u32(&self, offset: usize) -> u32 {
        u32::from_le_bytes(self.tables.bytes[offset..][..4].try_into().unwrap())
    }

    fn u64(&self, offset: usize) -> u64 {
        u64::from_le_bytes(self.tables.bytes[offset..][..8].try_into().unwrap())
    }

    /// Where a `Rel` leads, in the tables.
    fn follow(&self, offset: usize) -> usize {
        offset.wrapping_add_signed(self.u32(offset) as i32 as isize)
    }

    /// Where the linker makes a `Rel` lead.
    fn link(&self, offset: usize) -> Option<Place> {
        self.tables.links.iter().find(|l| l.offset as usize == offset).map(|l| l.target)
    }

    fn function(&self, id: FuncId) -> &CompiledFunction {
        self.code.functions[id].as_ref().expect("something refers to it")
    }

    fn func(&self, index: u32) -> FuncId {
        let instance = self.compilation.program.instances.keys().next().unwrap();
        self.compilation.funcs.id(FuncKey::Core { instance, func: index })
    }
}

#[test]
fn the_head_describes_the_program() {
    let w = written();
    let layout = &w.compilation.layout;
    assert_eq!(w.u32(offset_of!(Artefact, magic)), MAGIC);
    assert_eq!(w.u32(offset_of!(Artefact, version)), weldc_abi::ABI_VERSION);
    assert_eq!(w.link(offset_of!(Artefact, text)), Some(Place::Text(0)));
    assert_eq!(w.u32(offset_of!(Artefact, text_size)), w.text.bytes.len() as u32);
    assert_eq!(w.u32(offset_of!(Artefact, context_size)), layout.context_size);
    assert_eq!(w.u32(offset_of!(Artefact, context_reserved)), layout.context_reserved);
    assert_eq!(w.u32(offset_of!(Artefact, memory_count)), 1);
    assert_eq!(w.u32(offset_of!(Artefact, table_count)), 1);
    assert_eq!(w.u32(offset_of!(Artefact, function_count)), w.code.present().count() as u32);
    assert_eq!(w.u32(offset_of!(Artefact, import_count)), 0);
    // Nothing is left to run, so there is no start.
    assert!(layout.steps.is_empty());
    assert_eq!(w.u32(offset_of!(Artefact, start)), 0);
    assert_eq!(w.link(offset_of!(Artefact, start)), None);
}

#[test]
fn a_memory_refers_to_its_image() {
    let w = written();
    let memory = w.follow(offset_of!(Artefact, memories));
    assert_eq!(w.u64(memory + offset_of!(Memory, minimum)), 65536);
    assert_eq!(w.u64(memory + offset_of!(Memory, image_size)), 65536);
    assert_eq!(w.link(memory + offset_of!(Memory, image)), Some(Place::Images(0)));
    let images = Memories::new(&w.compilation.layout);
    assert_eq!(&images.bytes[100..105], b"hello");
}

#[test]
fn function_references_are_code_offsets_and_signatures() {
    let w = written();
    let word = |func| {
        let program = &w.compilation.program;
        let instance = program.instances.values().next().unwrap();
        let core = instance.funcs[func as usize];
        let sig = program.signature_of(&w.compilation.parsed, core);
        u64::from(w.text.start(w.func(func))) | (u64::from(sig.as_u32()) + 1) << 32
    };
    // In the context's image: element 1 of the table.
    let image = w.follow(offset_of!(Artefact, context_image));
    let table = w.compilation.layout.tables.values().next().unwrap();
    assert_eq!(w.u64(image + table.elements as usize + 8), word(0));
    // In the block of the passive segment.
    let instance = w.compilation.program.instances.keys().next().unwrap();
    let block = w.tables.data[w.compilation.data.id(DataKey::Elements(instance, 1))] as usize;
    assert_eq!([0, 8, 16].map(|i| w.u64(block + i)), [word(0), 0, word(1)]);
    // And a data segment's bytes.
    let module = w.compilation.program.instances[instance].module;
    let block = w.tables.data[w.compilation.data.id(DataKey::Data(module, 1))] as usize;
    assert_eq!(&w.tables.bytes[block..][..7], b"passive");
}

#[test]
fn sites_are_sorted_and_name_traps() {
    let w = written();
    let count = w.u32(offset_of!(Artefact, site_count)) as usize;
    let pc = w.follow(offset_of!(Artefact, site_pc));
    let code = w.follow(offset_of!(Artefact, site_code));
    let wasm = w.follow(offset_of!(Artefact, site_wasm));
    let pcs: Vec<u32> = (0..count).map(|i| w.u32(pc + 4 * i)).collect();
    assert!(pcs.is_sorted());
    let site = |function: u32, trap: Trap| {
        let start = w.text.start(w.func(function));
        let end = start + w.function(w.func(function)).bytes.len() as u32;
        let here =
            |&i: &usize| (start..end).contains(&pcs[i]) && w.tables.bytes[code + i] == trap as u8;
        (0..count).find(here).map(|i| w.u32(wasm + 4 * i))
    };
    // The wasm offset is that of the instruction in the component.
    let opcode = |offset: Option<u32>| w.compilation.parsed.bytes[offset.unwrap() as usize];
    assert_eq!(opcode(site(0, Trap::IntegerDivideByZero)), 0x6e);
    assert_eq!(opcode(site(1, Trap::MemoryOutOfBounds)), 0x28);
}

/// Function 0 calls function 1, of which it has a copy.
#[test]
fn code_from_another_function_names_both() {
    let w = written();
    let sites = sites::all(&w.text, &w.code);
    let at = |func, trap: Trap| -> Vec<Site> {
        let found = |site: &&Site| site.func == w.func(func) && site.code == trap as u8;
        sites.iter().filter(found).copied().collect()
    };
    let (copied, plain) = (at(0, Trap::MemoryOutOfBounds), at(0, Trap::IntegerDivideByZero));
    let frames = |sites: &[Site]| Frames::new(w.compilation.env(), &w.code, sites, None);
    let both = frames(&[plain[0], copied[0]]);
    assert_eq!(both.of_site, [NO_FRAME, 1]);
    let shown: Vec<_> = both.frames.iter().map(|f| (&*f.name, f.caller)).collect();
    assert_eq!(shown, [("", NO_FRAME), ("root:m::init", 0)]);
    // Sites of their own functions alone need no table.
    assert!(frames(&plain).of_site.is_empty());
}

#[test]
fn functions_and_entries_are_found_by_offset() {
    let w = written();
    let functions = w.follow(offset_of!(Artefact, functions));
    let strings = w.follow(offset_of!(Artefact, strings));
    for (index, (id, _)) in w.code.present().enumerate() {
        let record = functions + index * size_of::<Function>();
        assert_eq!(w.u32(record + offset_of!(Function, start)), w.text.start(id));
        let size = w.function(id).bytes.len() as u32;
        assert_eq!(w.u32(record + offset_of!(Function, size)), size);
    }
    let first = &w.tables.bytes[strings + w.u32(functions + offset_of!(Function, name)) as usize..]
        [..w.u32(functions + offset_of!(Function, name_size)) as usize];
    assert!(first.ends_with(b"::div"), "{}", String::from_utf8_lossy(first));
    assert_eq!(w.u32(functions + offset_of!(Function, kind)), function::WASM);

    let entries = w.follow(offset_of!(Artefact, entries));
    let count = w.u32(offset_of!(Artefact, entry_count)) as usize;
    assert!(count >= 2);
    let returns = |i| w.u32(entries + i * size_of::<Entry>() + offset_of!(Entry, return_address));
    assert!((1..count).all(|i| returns(i - 1) < returns(i)));
}

#[test]
fn the_object_does_not_depend_on_the_number_of_threads() {
    let object = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let compilation = compilation();
            compilation.object(&compilation.compile(&|| ()).unwrap()).unwrap()
        })
    };
    assert_eq!(object(1), object(4));
}
