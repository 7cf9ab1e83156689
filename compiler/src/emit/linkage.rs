//! What an artefact says about its border (`weldc_abi::linkage`): names and types of what it exports and imports.
//!
//! Types are numbered so that equal ones are one, whatever their authors call them; whoever compares those of two
//! artefacts then looks at each once.

use super::blob::{Blob, Place};
use super::tables::{Strings, array, record};
use super::text::Text;
use crate::index::{FuncTypeId, ResourceId, TypeId};
use crate::link::{Binding, ExportItem, Program, ResourceOrigin, UnusedItem};
use crate::translate::{EntryForm, Env, FuncKey};
use crate::types::{self, QualifiedName, Types};
use std::collections::HashMap;
use std::sync::Arc;
use weldc_abi::linkage::{Item, Linkage, NO_SLOT, NO_TYPE, Part, Type, item, kind};

/// Writes the record and what it refers to; nothing for programs that end in an executable, and for those without
/// a border.
pub fn write(env: Env<'_>, text: &Text, strings: &mut Strings, blob: &mut Blob) -> Place {
    if env.options.main.is_some() {
        return Place::Nowhere;
    }
    let mut described = Described::new(&env.program.types);
    let exports = exports(env, text, &mut described);
    let imports = imports(env.program, &mut described);
    if exports.is_empty() && imports.is_empty() {
        return Place::Nowhere;
    }
    let exports_at = array(blob, |blob| write_items(&exports, strings, blob));
    let imports_at = array(blob, |blob| write_items(&imports, strings, blob));
    let types_at = array(blob, |blob| {
        for &ty in &described.types {
            record::<Type>(blob, |blob| {
                for word in [ty.kind, ty.value, ty.first, ty.count] {
                    blob.u32(word);
                }
            });
        }
    });
    let parts_at = array(blob, |blob| {
        for (name, ty) in &described.parts {
            record::<Part>(blob, |blob| {
                strings.shared(blob, name);
                blob.u32(*ty);
            });
        }
    });
    array(blob, |blob| {
        record::<Linkage>(blob, |blob| {
            for (at, count) in [
                (exports_at, exports.len()),
                (imports_at, imports.len()),
                (types_at, described.types.len()),
                (parts_at, described.parts.len()),
            ] {
                blob.rel(at);
                blob.u32(count as u32);
            }
        });
    })
}

/// An [`Item`] to be written.
struct Bordering<'p> {
    name: &'p QualifiedName,
    kind: u32,
    index: u32,
    slot: u32,
    entry: Place,
}

/// In the order of their names.
fn exports<'p>(env: Env<'p>, text: &Text, described: &mut Described<'p>) -> Vec<Bordering<'p>> {
    let mut items = Vec::new();
    for (id, export) in env.program.exports.iter() {
        let (kind, index, entry) = match export.item {
            ExportItem::Func { ty, .. } | ExportItem::Value { ty, .. } => {
                // An asynchronous function has one form on both sides.
                let is_async = env.program.types.func(ty).async_;
                let form = if is_async { EntryForm::Async } else { EntryForm::Direct };
                let key = FuncKey::Entry(id, form);
                let entry = if env.funcs.has(key) {
                    Place::Text(text.start(env.funcs.id(key)))
                } else {
                    Place::Nowhere
                };
                let kind = match export.item {
                    ExportItem::Value { .. } => item::VALUE,
                    _ => item::FUNC,
                };
                (kind, described.func(ty), entry)
            }
            ExportItem::Resource(id) => (item::RESOURCE, id.as_u32(), Place::Nowhere),
            ExportItem::Type(_) | ExportItem::Definition(_) => continue,
        };
        items.push(Bordering { name: &export.name, kind, index, slot: NO_SLOT, entry });
    }
    let key = |name: &'p QualifiedName| (name.interface.as_deref().unwrap_or(""), &*name.name);
    items.sort_by_key(|item| key(item.name));
    items
}

/// What is bound at run time, and what is demanded though it is not used. Resources come first: functions mention
/// them.
fn imports<'p>(program: &'p Program, described: &mut Described<'p>) -> Vec<Bordering<'p>> {
    let mut resources = Vec::new();
    let mut funcs = Vec::new();
    let resource = |name, id: ResourceId, slot| Bordering {
        name,
        kind: item::RESOURCE,
        index: id.as_u32(),
        slot,
        entry: Place::Nowhere,
    };
    for (id, found) in program.resources.iter() {
        if let ResourceOrigin::Host { drop: Binding::Table { slot } } = found.origin {
            resources.push(resource(&found.name, id, slot));
        }
    }
    let mut func = |name, kind, ty, slot| {
        let index = described.func(ty);
        funcs.push(Bordering { name, kind, index, slot, entry: Place::Nowhere });
    };
    for (id, import) in program.imports.iter() {
        if let Binding::Table { slot } = import.binding {
            let kind = if program.is_value(id) { item::VALUE } else { item::FUNC };
            func(&import.name, kind, import.ty, slot);
        }
    }
    for unused in &program.unused {
        match unused.item {
            UnusedItem::Func(ty) => func(&unused.name, item::FUNC, ty, NO_SLOT),
            UnusedItem::Resource(id) => resources.push(resource(&unused.name, id, NO_SLOT)),
        }
    }
    resources.append(&mut funcs);
    resources
}

fn write_items(items: &[Bordering<'_>], strings: &mut Strings, blob: &mut Blob) {
    for found in items {
        record::<Item>(blob, |blob| {
            strings.shared(blob, &Arc::from(found.name.interface.as_deref().unwrap_or("")));
            strings.shared(blob, &Arc::from(&*found.name.name));
            blob.u32(found.kind);
            blob.u32(found.index);
            blob.u32(found.slot);
            blob.rel(found.entry);
        });
    }
}

/// A part of a type: its name and its type.
type Inner = (Arc<str>, u32);

/// The types that the border mentions.
struct Described<'p> {
    all: &'p Types,
    types: Vec<Type>,
    parts: Vec<Inner>,
    /// Kind, value and parts of every type that there is.
    known: HashMap<(u32, u32, Vec<Inner>), u32>,
    numbers: HashMap<TypeId, u32>,
}

impl<'p> Described<'p> {
    fn new(all: &'p Types) -> Self {
        let (types, parts) = (Vec::new(), Vec::new());
        Described { all, types, parts, known: HashMap::new(), numbers: HashMap::new() }
    }

    /// The number of a function's type.
    fn func(&mut self, id: FuncTypeId) -> u32 {
        let func = self.all.func(id);
        let mut parts: Vec<Inner> =
            func.params.iter().map(|param| self.part(&param.name, Some(param.ty))).collect();
        parts.push(self.part("", func.result));
        self.number(kind::FUNC, func.async_.into(), parts)
    }

    /// The number of a value type. Recursion is bounded: the validator limits the depth of types.
    fn value(&mut self, id: TypeId) -> u32 {
        if let Some(&number) = self.numbers.get(&id) {
            return number;
        }
        let ty = self.all.get(id);
        let (kind, value) = head(ty);
        let parts = self.inside(ty);
        let number = self.number(kind, value, parts);
        self.numbers.insert(id, number);
        number
    }

    fn part(&mut self, name: &str, ty: Option<TypeId>) -> Inner {
        (Arc::from(name), ty.map_or(NO_TYPE, |ty| self.value(ty)))
    }

    fn inside(&mut self, ty: &types::Type) -> Vec<Inner> {
        use types::Type::{Enum, Flags, Future, Record, Result, Stream, Variant};
        match ty {
            Record(fields) => fields.iter().map(|f| self.part(&f.name, Some(f.ty))).collect(),
            Variant(cases) => cases.iter().map(|c| self.part(&c.name, c.ty)).collect(),
            Enum(names) | Flags(names) => names.iter().map(|n| self.part(n, None)).collect(),
            Result { ok, err } => [*ok, *err].map(|ty| self.part("", ty)).into(),
            Stream(ty) | Future(ty) => vec![self.part("", *ty)],
            _ => ty.children().into_iter().map(|ty| self.part("", Some(ty))).collect(),
        }
    }

    fn number(&mut self, kind: u32, value: u32, parts: Vec<Inner>) -> u32 {
        let key = (kind, value, parts);
        if let Some(&number) = self.known.get(&key) {
            return number;
        }
        let number = self.types.len() as u32;
        let (first, count) = (self.parts.len() as u32, key.2.len() as u32);
        self.types.push(Type { kind, value, first, count });
        self.parts.extend(key.2.iter().cloned());
        self.known.insert(key, number);
        number
    }
}

/// What a type is, but for what is inside it.
fn head(ty: &types::Type) -> (u32, u32) {
    use types::Type;
    match *ty {
        Type::Bool => (kind::BOOL, 0),
        Type::S8 => (kind::S8, 0),
        Type::U8 => (kind::U8, 0),
        Type::S16 => (kind::S16, 0),
        Type::U16 => (kind::U16, 0),
        Type::S32 => (kind::S32, 0),
        Type::U32 => (kind::U32, 0),
        Type::S64 => (kind::S64, 0),
        Type::U64 => (kind::U64, 0),
        Type::F32 => (kind::F32, 0),
        Type::F64 => (kind::F64, 0),
        Type::Char => (kind::CHAR, 0),
        Type::String => (kind::STRING, 0),
        Type::ErrorContext => (kind::ERROR_CONTEXT, 0),
        Type::List(_) => (kind::LIST, 0),
        Type::FixedList(_, length) => (kind::FIXED_LIST, length),
        Type::Map(..) => (kind::MAP, 0),
        Type::Record(_) => (kind::RECORD, 0),
        Type::Tuple(_) => (kind::TUPLE, 0),
        Type::Variant(_) => (kind::VARIANT, 0),
        Type::Enum(_) => (kind::ENUM, 0),
        Type::Option(_) => (kind::OPTION, 0),
        Type::Result { .. } => (kind::RESULT, 0),
        Type::Flags(_) => (kind::FLAGS, 0),
        Type::Own(resource) => (kind::OWN, resource.as_u32()),
        Type::Borrow(resource) => (kind::BORROW, resource.as_u32()),
        Type::Stream(_) => (kind::STREAM, 0),
        Type::Future(_) => (kind::FUTURE, 0),
    }
}
