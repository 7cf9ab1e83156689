//! Sizes, alignments, offsets and flat forms (CanonicalABI.md, "Alignment", "Element Size",
//! "Flattening").
//!
//! One set of rules serves guests and the host alike: the host's side is the same ABI with 64-bit
//! pointers and 64-bit handles, which is what a C compiler does with the corresponding structs.

use super::{Type, Types};
use crate::index::TypeId;

/// What layouts depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Abi {
    /// Bytes of a pointer or length.
    pub pointer: u32,
    /// Bytes of an `own` or `borrow`.
    pub handle: u32,
}

impl Abi {
    /// A component with a 32-bit memory.
    pub const WASM32: Abi = Abi { pointer: 4, handle: 4 };
    /// A component with a 64-bit memory.
    pub const WASM64: Abi = Abi { pointer: 8, handle: 4 };
    /// The host.
    pub const NATIVE: Abi = Abi { pointer: 8, handle: 8 };

    pub(super) const ALL: [Abi; 3] = [Abi::WASM32, Abi::WASM64, Abi::NATIVE];

    /// A string or a list: its address, and its length.
    pub const fn pair(self) -> Layout {
        layout(2 * self.pointer, self.pointer)
    }

    /// The position in [`Self::ALL`].
    fn index(self) -> usize {
        match self {
            Abi { pointer: 4, .. } => 0,
            Abi { handle: 4, .. } => 1,
            _ => 2,
        }
    }
}

/// Size and alignment in bytes; the size is a multiple of the alignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    pub size: u32,
    pub align: u32,
}

/// A sum's layout: a discriminant of `tag` bytes at offset 0, payloads at `payload`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VariantLayout {
    pub tag: u32,
    pub payload: u32,
    pub layout: Layout,
}

/// A core value in a flattened signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlatType {
    I32,
    I64,
    F32,
    F64,
}

pub use weldc_abi::limits::{MAX_FLAT_ASYNC_PARAMS, MAX_FLAT_PARAMS, MAX_FLAT_RESULTS};

const fn layout(size: u32, align: u32) -> Layout {
    Layout { size, align }
}

pub(crate) fn align_to(offset: u32, align: u32) -> u32 {
    offset.next_multiple_of(align)
}

/// Bytes of the discriminant of a sum with `cases` cases.
pub fn discriminant_size(cases: usize) -> u32 {
    match cases {
        0..=0x100 => 1,
        0x101..=0x1_0000 => 2,
        _ => 4,
    }
}

/// Bytes of a `flags` with `labels` labels.
pub fn flags_size(labels: usize) -> u32 {
    match labels {
        0..=8 => 1,
        9..=16 => 2,
        _ => 4,
    }
}

impl Types {
    /// Size and alignment of a value in memory.
    pub fn layout(&self, abi: Abi, id: TypeId) -> Layout {
        self.facts[id].layouts[abi.index()]
    }

    pub(super) fn layout_of(&self, abi: Abi, ty: &Type) -> Layout {
        match ty {
            Type::Bool | Type::S8 | Type::U8 => layout(1, 1),
            Type::S16 | Type::U16 => layout(2, 2),
            Type::S32 | Type::U32 | Type::F32 | Type::Char => layout(4, 4),
            Type::S64 | Type::U64 | Type::F64 => layout(8, 8),
            Type::String | Type::List(_) | Type::Map(..) => abi.pair(),
            Type::FixedList(element, length) => {
                let element = self.layout(abi, *element);
                layout(element.size.saturating_mul(*length), element.align)
            }
            Type::Record(_) | Type::Tuple(_) => {
                self.product(abi, &ty.fields().unwrap_or_default()).1
            }
            Type::Variant(_) | Type::Enum(_) | Type::Option(_) | Type::Result { .. } => {
                self.sum(abi, &ty.cases().unwrap_or_default()).layout
            }
            Type::Flags(labels) => {
                let size = flags_size(labels.len());
                layout(size, size)
            }
            Type::Own(_) | Type::Borrow(_) => layout(abi.handle, abi.handle),
            Type::Stream(_) | Type::Future(_) | Type::ErrorContext => {
                layout(abi.handle, abi.handle)
            }
        }
    }

    /// Offsets of consecutive fields, and the layout of the whole.
    pub fn product(&self, abi: Abi, fields: &[TypeId]) -> (Vec<u32>, Layout) {
        let mut end = 0u32;
        let mut align = 1;
        let offsets = fields
            .iter()
            .map(|&field| {
                let field = self.layout(abi, field);
                let offset = align_to(end, field.align);
                end = offset.saturating_add(field.size);
                align = align.max(field.align);
                offset
            })
            .collect();
        (offsets, layout(end.checked_next_multiple_of(align).unwrap_or(u32::MAX), align))
    }

    /// The layout of a sum with these payloads.
    pub fn sum(&self, abi: Abi, cases: &[Option<TypeId>]) -> VariantLayout {
        let tag = discriminant_size(cases.len());
        let mut size = 0;
        let mut align = tag;
        let mut payload_align = 1;
        for case in cases.iter().flatten() {
            let case = self.layout(abi, *case);
            size = size.max(case.size);
            align = align.max(case.align);
            payload_align = payload_align.max(case.align);
        }
        let payload = align_to(tag, payload_align);
        let end = payload.saturating_add(size);
        VariantLayout {
            tag,
            payload,
            layout: layout(end.checked_next_multiple_of(align).unwrap_or(u32::MAX), align),
        }
    }

    /// The element type of a list or, for a map, the fields of its entries: what lies one after the
    /// other in the list's memory.
    pub fn element(&self, id: TypeId) -> Option<Vec<TypeId>> {
        match self.get(id) {
            Type::List(t) => Some(vec![*t]),
            Type::Map(k, v) => Some(vec![*k, *v]),
            _ => None,
        }
    }

    /// Appends the flat form of a value; stops early once `out` holds more than `limit` values.
    pub fn flatten(&self, abi: Abi, id: TypeId, limit: usize, out: &mut Vec<FlatType>) {
        if out.len() > limit {
            return;
        }
        let pointer = if abi.pointer == 8 { FlatType::I64 } else { FlatType::I32 };
        match self.get(id) {
            Type::S64 | Type::U64 => out.push(FlatType::I64),
            Type::F32 => out.push(FlatType::F32),
            Type::F64 => out.push(FlatType::F64),
            Type::String | Type::List(_) | Type::Map(..) => out.extend([pointer, pointer]),
            Type::FixedList(element, length) => {
                for _ in 0..*length {
                    if out.len() > limit {
                        return;
                    }
                    self.flatten(abi, *element, limit, out);
                }
            }
            Type::Record(_) | Type::Tuple(_) => {
                for field in self.fields(id).unwrap_or_default() {
                    self.flatten(abi, field, limit, out);
                }
            }
            Type::Variant(_) | Type::Enum(_) | Type::Option(_) | Type::Result { .. } => {
                let start = out.len();
                out.push(FlatType::I32);
                let mut joined: Vec<FlatType> = Vec::new();
                for case in self.cases(id).unwrap_or_default().into_iter().flatten() {
                    let mut flat = Vec::new();
                    self.flatten(abi, case, limit.saturating_sub(start), &mut flat);
                    for (i, ty) in flat.into_iter().enumerate() {
                        match joined.get_mut(i) {
                            Some(slot) => *slot = join(*slot, ty),
                            None => joined.push(ty),
                        }
                    }
                }
                out.extend(joined);
            }
            Type::Own(_) | Type::Borrow(_) if abi.handle == 8 => out.push(FlatType::I64),
            Type::ErrorContext | Type::Stream(_) | Type::Future(_) if abi.handle == 8 => {
                out.push(FlatType::I64);
            }
            _ => out.push(FlatType::I32),
        }
    }

    /// The flat form of several values; `None` if it is longer than `limit`.
    pub fn flatten_all(
        &self,
        abi: Abi,
        ids: impl IntoIterator<Item = TypeId>,
        limit: usize,
    ) -> Option<Vec<FlatType>> {
        let mut out = Vec::new();
        for id in ids {
            self.flatten(abi, id, limit, &mut out);
            if out.len() > limit {
                return None;
            }
        }
        Some(out)
    }
}

/// The core type that holds either of two (CanonicalABI.md, `join`).
pub fn join(a: FlatType, b: FlatType) -> FlatType {
    match (a, b) {
        _ if a == b => a,
        (FlatType::I32, FlatType::F32) | (FlatType::F32, FlatType::I32) => FlatType::I32,
        _ => FlatType::I64,
    }
}
