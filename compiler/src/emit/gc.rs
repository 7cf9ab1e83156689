//! What the collector must know: `weldc_abi::artefact::Gc` and what it points to.

use super::blob::{Blob, Place};
use super::tables::{array, record};
use super::text::Text;
use crate::compile::Code;
use crate::link::Tag;
use crate::link::core_types::{ObjectType, Shape, Struct, size};
use crate::place::GlobalPlace;
use crate::translate::Env;
use crate::translate::core::exception;
use wasmparser::{StorageType, ValType};
use weldc_abi::artefact::{Gc, GcType, StackMap, gc_type};
use weldc_abi::{context, gc};

/// Writes everything, the record last.
pub fn write(env: Env<'_>, code: &Code, text: &Text, blob: &mut Blob) -> Place {
    let mut offsets = Vec::new();
    let types = types(env, &mut offsets);
    let mut slots = Vec::new();
    let maps = stack_maps(code, text, &mut slots);
    let (roots, tables) = (roots(env), tables(env));
    let types_place = array(blob, |blob| types.iter().for_each(|ty| write_type(blob, ty)));
    let offsets_place = words(blob, &offsets);
    let roots_place = words(blob, &roots);
    let tables_place = words(blob, &tables);
    let maps_place = array(blob, |blob| maps.iter().for_each(|map| write_map(blob, map)));
    let slots_place = words(blob, &slots);
    array(blob, |blob| {
        record::<Gc>(blob, |blob| {
            blob.u64(gc::DEFAULT_MAXIMUM);
            let parts = [
                (types_place, types.len()),
                (offsets_place, offsets.len()),
                (roots_place, roots.len()),
                (tables_place, tables.len()),
                (maps_place, maps.len()),
                (slots_place, slots.len()),
            ];
            for (place, count) in parts {
                blob.rel(place);
                blob.u32(count as u32);
            }
        });
    })
}

fn words(blob: &mut Blob, words: &[u32]) -> Place {
    array(blob, |blob| words.iter().for_each(|&word| blob.u32(word)))
}

fn write_type(blob: &mut Blob, &GcType { kind, size, first, count }: &GcType) {
    record::<GcType>(blob, |blob| {
        blob.u32(kind);
        blob.u32(size);
        blob.u32(first);
        blob.u32(count);
    });
}

fn write_map(blob: &mut Blob, &StackMap { return_address, frame_size, first, count }: &StackMap) {
    record::<StackMap>(blob, |blob| {
        blob.u32(return_address);
        blob.u32(frame_size);
        blob.u32(first);
        blob.u32(count);
    });
}

/// Appends to a list of which records have parts: where the part begins, and how long it is.
fn append(list: &mut Vec<u32>, part: impl Iterator<Item = u32>) -> (u32, u32) {
    let first = list.len();
    list.extend(part);
    (first as u32, (list.len() - first) as u32)
}

fn is_traced(env: Env<'_>, ty: StorageType) -> bool {
    matches!(ty, StorageType::Val(ty) if env.program.traces_canonical(ty))
}

/// By number (`Program::exception_type`).
fn types(env: Env<'_>, offsets: &mut Vec<u32>) -> Vec<GcType> {
    let mut objects: Vec<&ObjectType> = env.program.objects.values().collect();
    objects.sort_by_key(|object| object.numbers.first);
    let mut types: Vec<GcType> =
        objects.into_iter().map(|object| object_type(env, object, offsets)).collect();
    types.extend(env.program.tags.values().map(|tag| exception_type(env, tag, offsets)));
    types
}

fn object_type(env: Env<'_>, object: &ObjectType, offsets: &mut Vec<u32>) -> GcType {
    match &object.shape {
        Shape::Struct(Struct { fields, size }) => {
            let traced = fields.iter().filter(|field| is_traced(env, field.ty));
            let (first, count) = append(offsets, traced.map(|field| field.offset));
            GcType { kind: gc_type::STRUCT, size: *size, first, count }
        }
        Shape::Array(element) => {
            let traced = is_traced(env, *element);
            let kind = if traced { gc_type::ARRAY_OF_REFERENCES } else { gc_type::ARRAY };
            GcType { kind, size: size(*element), first: 0, count: 0 }
        }
    }
}

/// An exception is an object like a struct, whose fields are its payload.
fn exception_type(env: Env<'_>, tag: &Tag, offsets: &mut Vec<u32>) -> GcType {
    let types = env.program.signatures[tag.ty].params();
    let (places, size) = exception::payload(types);
    let traced = types.iter().zip(places).filter(|&(&ty, _)| env.program.traces_canonical(ty));
    let (first, count) = append(offsets, traced.map(|(_, offset)| offset as u32));
    GcType { kind: gc_type::STRUCT, size: gc::HEADER_SIZE + size, first, count }
}

/// Context offsets of what refers to objects: globals, and segments whose values were computed.
fn roots(env: Env<'_>) -> Vec<u32> {
    let program = env.program;
    let mut roots = Vec::new();
    for (id, place) in env.layout.globals.iter() {
        let global = &program.globals[id];
        let module = program.instances[global.instance].module;
        if let GlobalPlace::Slot(offset) = *place
            && program.traces_in(module, global.ty.content_type)
        {
            roots.push(offset);
        }
    }
    for (id, instance) in program.instances.iter() {
        let module = &env.parsed.modules[instance.module];
        for &segment in &instance.computed_segments {
            let items = &module.elements[segment as usize].items;
            if let Some(&words) = env.layout.computed_segments.get(&(id, segment)) {
                let index = 0..items.len() as u32;
                roots.extend(index.map(|index| words + index * context::table::ELEMENT));
            }
        }
    }
    roots
}

fn tables(env: Env<'_>) -> Vec<u32> {
    let program = env.program;
    let traced = program.tables.iter().filter(|(_, table)| {
        let module = program.instances[table.instance].module;
        program.traces_in(module, ValType::Ref(table.ty.element_type))
    });
    traced.map(|(id, _)| id.as_u32()).collect()
}

fn stack_maps(code: &Code, text: &Text, slots: &mut Vec<u32>) -> Vec<StackMap> {
    let mut maps = Vec::new();
    for (id, function) in code.present() {
        for map in &function.stack_maps {
            let (first, count) = append(slots, map.slots.iter().copied());
            let return_address = text.start(id) + map.return_address;
            maps.push(StackMap { return_address, frame_size: map.frame_size, first, count });
        }
    }
    maps
}
