//! The artefact record and everything it points to, except code and memory images.
//!
//! All of it lies in one read-only section, the record first, so that almost every reference is a
//! distance known here. The records of `weldc_abi::artefact` are written field by field, in their order,
//! little endian, whatever the host is.

use super::blob::{Blob, Link, Place};
use super::frames::{self, Frames};
use super::gc;
use super::images::{self, Memories};
use super::linkage;
use super::sites;
use super::tasks;
use super::text::Text;
use crate::compile::{Code, labels};
use crate::debug::Sources;
use crate::error::Result;
use crate::index::{DataId, FuncId, ResourceId};
use crate::link::{Binding, ResourceOrigin};
use crate::translate::funcs::Api;
use crate::translate::{Env, FuncKey};
use cranelift_entity::PrimaryMap;
use std::collections::HashMap;
use std::mem::size_of;
use std::sync::Arc;
use weldc_abi::artefact::{
    Artefact, Entry, Function, Handler, MAGIC, Memory, Resource, Table, function, handler,
};
use weldc_abi::linkage::NO_SLOT;

/// The read-only section.
pub struct Tables {
    pub bytes: Vec<u8>,
    pub links: Vec<Link>,
    /// Offset of every read-only block.
    pub data: PrimaryMap<DataId, u32>,
}

/// The artefact record is the section's beginning.
pub const ARTEFACT_OFFSET: u32 = 0;
pub const ARTEFACT_SIZE: u64 = size_of::<Artefact>() as u64;

/// Writes the tables. `labels` are the functions' names.
pub fn write(
    env: Env<'_>,
    code: &Code,
    text: &Text,
    memories: &Memories<'_>,
    labels: &PrimaryMap<FuncId, String>,
    sources: Option<&Sources>,
) -> Result<Tables> {
    let mut blob = Blob::default();
    blob.bytes(&[0; size_of::<Artefact>()]);
    let mut strings = Strings::default();
    let context = images::context(env, text)?;
    let handlers = handlers(env, code, text);
    let places = sites::all(text, code);
    let sites = sites::write(&mut blob, &places, &env.parsed.files);
    let known = Frames::new(env, code, &places, sources);
    // In the order in which they are written; the strings come last, when all names are known.
    let head = Head {
        context_image: array(&mut blob, |blob| blob.bytes(&context)),
        memories: array(&mut blob, |blob| write_memories(env, memories, blob)),
        tables: array(&mut blob, |blob| write_tables(env, blob)),
        instances: array(&mut blob, |blob| write_instances(env, blob)),
        resources: array(&mut blob, |blob| write_resources(env, text, &mut strings, blob)),
        functions: array(&mut blob, |blob| {
            write_functions(env, code, text, labels, &mut strings, blob)
        }),
        entries: array(&mut blob, |blob| write_entries(code, text, blob)),
        handlers: array(&mut blob, |blob| write_handlers(&handlers, blob)),
        handler_count: handlers.len() as u32,
        frames: frames::write(&known, &mut strings, &mut blob),
        linkage: linkage::write(env, text, &mut strings, &mut blob),
        tasks: tasks::write(env, text, &mut strings, &mut blob),
        strings: array(&mut blob, |blob| blob.bytes(strings.text.as_bytes())),
        strings_size: strings.text.len() as u32,
        function_count: code.present().count() as u32,
        entry_count: code.present().filter(|(_, f)| f.entry.is_some()).count() as u32,
        context_image_size: context.len() as u32,
        sites,
        gc: if env.program.collects() {
            gc::write(env, code, text, &mut blob)
        } else {
            Place::Nowhere
        },
    };
    let mut data = PrimaryMap::with_capacity(env.data.keys.len());
    for &key in env.data.keys.values() {
        data.push(blob.align(8));
        blob.bytes(&images::data(env, text, key)?);
    }
    blob.head(|blob| record::<Artefact>(blob, |blob| write_head(env, text, &head, blob)));
    let (bytes, links) = blob.finish("tables and data segments")?;
    Ok(Tables { bytes, links, data })
}

/// Where the parts of an artefact lie.
struct Head {
    context_image: Place,
    context_image_size: u32,
    memories: Place,
    tables: Place,
    instances: Place,
    resources: Place,
    sites: sites::Sites,
    functions: Place,
    function_count: u32,
    entries: Place,
    entry_count: u32,
    handlers: Place,
    handler_count: u32,
    frames: frames::Places,
    strings: Place,
    strings_size: u32,
    gc: Place,
    linkage: Place,
    tasks: tasks::Places,
}

/// Writes an array, aligned for every record there is.
pub(super) fn array(blob: &mut Blob, write: impl FnOnce(&mut Blob)) -> Place {
    let place = Place::Here(blob.align(8));
    write(blob);
    place
}

fn write_head(env: Env<'_>, text: &Text, head: &Head, blob: &mut Blob) {
    blob.u32(MAGIC);
    blob.u32(weldc_abi::ABI_VERSION);
    blob.rel(Place::Text(0));
    blob.u32(text.bytes.len() as u32);
    blob.u32(env.layout.context_size);
    blob.u32(env.layout.context_reserved);
    blob.rel(head.context_image);
    blob.u32(head.context_image_size);
    blob.rel(head.memories);
    blob.u32(env.layout.memories.len() as u32);
    blob.rel(head.tables);
    blob.u32(env.layout.tables.len() as u32);
    blob.rel(head.instances);
    blob.u32(env.program.component_instances.len() as u32);
    blob.rel(head.resources);
    blob.u32(env.program.resources.len() as u32);
    blob.rel(head.sites.pc);
    blob.rel(head.sites.wasm);
    blob.rel(head.sites.code);
    blob.u32(head.sites.count);
    blob.rel(head.functions);
    blob.u32(head.function_count);
    blob.rel(head.entries);
    blob.u32(head.entry_count);
    blob.rel(head.handlers);
    blob.u32(head.handler_count);
    blob.rel(head.strings);
    blob.u32(head.strings_size);
    blob.rel(start(env, text));
    blob.u32(env.program.import_slots());
    blob.u32(env.layout.imports);
    blob.rel(head.frames.sites);
    blob.rel(head.frames.frames);
    blob.u32(head.frames.count);
    blob.rel(head.gc);
    blob.rel(head.linkage);
    blob.rel(head.tasks.edges);
    blob.u32(env.facts.tasks.edges.len() as u32);
    blob.rel(head.tasks.copies);
    blob.u32(env.facts.tasks.copies.len() as u32);
    blob.rel(head.tasks.thread);
    blob.rel(head.tasks.thread_wide);
    blob.bytes(&images::identity(env.layout));
}

/// What instantiation runs, if anything is left to run.
fn start(env: Env<'_>, text: &Text) -> Place {
    if env.options.staged || env.layout.steps.is_empty() {
        return Place::Nowhere;
    }
    Place::Text(text.start(env.funcs.id(FuncKey::StartEntry)))
}

fn write_memories(env: Env<'_>, images: &Memories<'_>, blob: &mut Blob) {
    for (memory, image) in env.layout.memories.values().zip(&images.offsets) {
        record::<Memory>(blob, |blob| {
            blob.u64(memory.minimum);
            blob.u64(memory.maximum);
            blob.u64(memory.reserved);
            blob.u64(memory.image_start);
            blob.u64(memory.image.len() as u64);
            blob.rel(image.map_or(Place::Nowhere, Place::Images));
            blob.u32(memory.state);
            blob.u32(memory.page_bits);
            blob.u32(0);
        });
    }
}

fn write_tables(env: Env<'_>, blob: &mut Blob) {
    for table in env.layout.tables.values() {
        record::<Table>(blob, |blob| {
            blob.u32(table.state);
            blob.u32(table.elements);
            blob.u32(table.minimum);
            blob.u32(table.maximum);
        });
    }
}

fn write_instances(env: Env<'_>, blob: &mut Blob) {
    for id in env.program.component_instances.keys() {
        blob.u32(env.layout.instances[id]);
    }
}

fn write_resources(env: Env<'_>, text: &Text, strings: &mut Strings, blob: &mut Blob) {
    for (id, resource) in env.program.resources.iter() {
        let place = |key| Place::Text(text.start(env.funcs.id(key)));
        let (drop, host_drop) = match &resource.origin {
            ResourceOrigin::Guest { dtor: Some(_), .. } => {
                (place(FuncKey::Destructor(id)), Place::Nowhere)
            }
            ResourceOrigin::Host { drop } if drop.is_callable() => {
                (Place::Nowhere, place(FuncKey::HostDrop(id)))
            }
            _ => (Place::Nowhere, Place::Nowhere),
        };
        record::<Resource>(blob, |blob| {
            blob.rel(drop);
            blob.rel(host_drop);
            strings.name(blob, &labels::qualified(&resource.name));
            blob.rel(release(env, text, id));
            blob.u32(env.layout.origins[id].unwrap_or(0));
            blob.u32(match resource.origin {
                ResourceOrigin::Host { drop: Binding::Table { slot } } => slot,
                _ => NO_SLOT,
            });
        });
    }
}

/// What drops a handle to a guest's resource that others hold.
fn release(env: Env<'_>, text: &Text, id: ResourceId) -> Place {
    let key = FuncKey::Api(Api::DropResource(id));
    match env.program.resources[id].origin {
        ResourceOrigin::Guest { .. } if env.funcs.has(key) => {
            Place::Text(text.start(env.funcs.id(key)))
        }
        _ => Place::Nowhere,
    }
}

fn write_functions(
    env: Env<'_>,
    code: &Code,
    text: &Text,
    labels: &PrimaryMap<FuncId, String>,
    strings: &mut Strings,
    blob: &mut Blob,
) {
    for (id, function) in code.present() {
        record::<Function>(blob, |blob| {
            blob.u32(text.start(id));
            blob.u32(function.bytes.len() as u32);
            strings.name(blob, &labels[id]);
            blob.u32(kind(env.funcs.keys[id]));
        });
    }
}

fn kind(key: FuncKey) -> u32 {
    match key {
        FuncKey::Core { .. } => function::WASM,
        FuncKey::Trampoline(_)
        | FuncKey::Transfer(_)
        | FuncKey::Export(_)
        | FuncKey::EnterBody(_)
        | FuncKey::ResolveBody(_)
        | FuncKey::ElementBody(_)
        | FuncKey::StartCall(_) => function::ADAPTER,
        FuncKey::Entry(..)
        | FuncKey::Destructor(_)
        | FuncKey::StartEntry
        | FuncKey::StageEntry(_)
        | FuncKey::CoreEntry(_)
        | FuncKey::Enter(_)
        | FuncKey::Resolve(_)
        | FuncKey::Callback(_)
        | FuncKey::Element(_)
        | FuncKey::Thread { .. }
        | FuncKey::Api(_) => function::ENTRY,
        FuncKey::HostDrop(_)
        | FuncKey::Release(_)
        | FuncKey::ElementRelease(_)
        | FuncKey::Start
        | FuncKey::Stage(_)
        | FuncKey::Trap(_)
        | FuncKey::TrapDynamic
        | FuncKey::Throw
        | FuncKey::Allocate => function::STUB,
    }
}

fn write_entries(code: &Code, text: &Text, blob: &mut Blob) {
    for (id, function) in code.present() {
        let start = text.start(id);
        if let Some(Entry { return_address, handler, frame_size, context_slot }) = function.entry {
            record::<Entry>(blob, |blob| {
                blob.u32(start + return_address);
                blob.u32(start + handler);
                blob.u32(frame_size);
                blob.u32(context_slot);
            });
        }
    }
}

/// What every call does with exceptions, if there can be any. No exception passes an adapter: it would leave
/// the component instance that was called.
fn handlers(env: Env<'_>, code: &Code, text: &Text) -> Vec<Handler> {
    let mut handlers = Vec::new();
    if env.program.tags.is_empty() {
        return handlers;
    }
    for (id, function) in code.present() {
        let start = text.start(id);
        let moved = |found: &Handler| Handler {
            return_address: start + found.return_address,
            handler: start + found.handler,
            ..*found
        };
        let barrier = |&call: &u32| Handler {
            return_address: start + call,
            tag: handler::BARRIER,
            handler: 0,
            frame_size: 0,
        };
        match kind(env.funcs.keys[id]) {
            function::ADAPTER => handlers.extend(function.calls.iter().map(barrier)),
            _ => handlers.extend(function.handlers.iter().map(moved)),
        }
    }
    handlers
}

fn write_handlers(handlers: &[Handler], blob: &mut Blob) {
    for &Handler { return_address, tag, handler, frame_size } in handlers {
        record::<Handler>(blob, |blob| {
            blob.u32(return_address);
            blob.u32(tag);
            blob.u32(handler);
            blob.u32(frame_size);
        });
    }
}

/// Writes one record of the size of `T`.
pub(super) fn record<T>(blob: &mut Blob, write: impl FnOnce(&mut Blob)) {
    let start = blob.offset() as usize;
    write(blob);
    debug_assert_eq!(blob.offset() as usize - start, size_of::<T>());
}

/// The bytes that names refer to.
#[derive(Default)]
pub(super) struct Strings {
    text: String,
    /// Where those are that may come again.
    shared: HashMap<Arc<str>, u32>,
}

impl Strings {
    /// Writes a name's offset and size.
    fn name(&mut self, blob: &mut Blob, name: &str) {
        blob.u32(self.text.len() as u32);
        blob.u32(name.len() as u32);
        self.text.push_str(name);
    }

    /// As [`Strings::name`]; equal names are there once.
    pub fn shared(&mut self, blob: &mut Blob, name: &Arc<str>) {
        let offset = *self.shared.entry(name.clone()).or_insert_with(|| {
            self.text.push_str(name);
            (self.text.len() - name.len()) as u32
        });
        blob.u32(offset);
        blob.u32(name.len() as u32);
    }
}
