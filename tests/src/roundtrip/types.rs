//! Random types, and what the Canonical ABI says of them for memories with pointers of 4 and of 8 bytes:
//! written from the specification once more, to compare with.

use super::rng::Rng;

/// An index of [`Types::all`].
pub type Type = usize;

#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// What one core value holds: name, bytes, flat form, C type. Handles are such, too.
    Number(&'static str, u32, &'static str, &'static str),
    Text,
    List(Type),
    FixedList(Type, u32),
    Map(Type, Type),
    Record(Vec<Type>),
    Tuple(Vec<Type>),
    Variant(Vec<Option<Type>>),
    Enum(u32),
    Optional(Type),
    Fallible(Option<Type>, Option<Type>),
    Flags(u32),
}
use Kind::*;

const NUMBERS: [Kind; 12] = [
    Number("bool", 1, "i32", "uint8_t"),
    Number("s8", 1, "i32", "int8_t"),
    Number("u8", 1, "i32", "uint8_t"),
    Number("s16", 2, "i32", "int16_t"),
    Number("u16", 2, "i32", "uint16_t"),
    Number("s32", 4, "i32", "int32_t"),
    Number("u32", 4, "i32", "uint32_t"),
    Number("s64", 8, "i64", "int64_t"),
    Number("u64", 8, "i64", "uint64_t"),
    Number("f32", 4, "f32", "float"),
    Number("f64", 8, "f64", "double"),
    Number("char", 4, "i32", "uint32_t"),
];

/// How deep types are nested.
const DEPTH: u32 = 3;

/// Of a hundred types that could be a handle, how many are, where there are any.
const HANDLES: u64 = 25;

#[derive(Clone, Default)]
pub struct Types {
    /// What a type is made of stands before it.
    pub all: Vec<Kind>,
    /// Handles that may occur in types made from now on.
    pub handles: Vec<Kind>,
}

impl Types {
    fn add(&mut self, kind: Kind) -> Type {
        let known = self.all.iter().position(|k| *k == kind);
        known.unwrap_or_else(|| {
            self.all.push(kind);
            self.all.len() - 1
        })
    }

    pub fn tuple(&mut self, fields: Vec<Type>) -> Type {
        self.add(Tuple(fields))
    }

    pub fn random(&mut self, rng: &mut Rng) -> Type {
        self.random_to(rng, DEPTH)
    }

    /// A type nested at most so deep.
    pub fn random_to(&mut self, rng: &mut Rng, depth: u32) -> Type {
        let depth = rng.below(u64::from(depth) + 1) as u32;
        self.nested(rng, depth)
    }

    fn nested(&mut self, rng: &mut Rng, depth: u32) -> Type {
        if !self.handles.is_empty() && rng.percent(HANDLES) {
            let handle = self.handles[rng.below(self.handles.len() as u64) as usize].clone();
            return self.add(handle);
        }
        if depth == 0 || rng.percent(30) {
            return match rng.percent(30) {
                true => self.add(Text),
                false => self.number(rng, 12),
            };
        }
        let depth = depth - 1;
        let kind = match rng.below(12) {
            0 | 1 => List(self.nested(rng, depth)),
            2 => FixedList(self.nested(rng, depth), rng.pick(&[1, 2, 3, 7, 20])),
            3 => self.map(rng, depth),
            4 => Record(self.several(rng, depth, 5)),
            5 => Tuple(self.several(rng, depth, 4)),
            6 | 7 => self.variant(rng, depth),
            8 => Enum(rng.pick(&[1, 2, 3, 7, 255, 256, 257, 300])),
            9 => Optional(self.nested(rng, depth)),
            10 => Fallible(self.maybe(rng, depth), self.maybe(rng, depth)),
            _ => Flags(rng.pick(&[1, 3, 7, 8, 9, 15, 16, 17, 31, 32])),
        };
        self.add(kind)
    }

    fn number(&mut self, rng: &mut Rng, of: u64) -> Type {
        self.add(NUMBERS[rng.below(of) as usize].clone())
    }

    /// Keys are neither floats nor compounds, values have no handles.
    fn map(&mut self, rng: &mut Rng, depth: u32) -> Kind {
        let key = match rng.percent(40) {
            true => self.add(Text),
            false => self.number(rng, 9),
        };
        let handles = std::mem::take(&mut self.handles);
        let value = self.nested(rng, depth);
        self.handles = handles;
        Map(key, value)
    }

    fn several(&mut self, rng: &mut Rng, depth: u32, most: u64) -> Vec<Type> {
        (0..1 + rng.below(most)).map(|_| self.nested(rng, depth)).collect()
    }

    fn maybe(&mut self, rng: &mut Rng, depth: u32) -> Option<Type> {
        (!rng.percent(30)).then(|| self.nested(rng, depth))
    }

    fn variant(&mut self, rng: &mut Rng, depth: u32) -> Kind {
        Variant((0..rng.pick(&[1, 2, 3, 4, 6])).map(|_| self.maybe(rng, depth)).collect())
    }

    /// The payloads of a sum.
    pub fn cases(&self, ty: Type) -> Option<Vec<Option<Type>>> {
        match &self.all[ty] {
            Variant(cases) => Some(cases.clone()),
            Enum(count) => Some(vec![None; *count as usize]),
            Optional(t) => Some(vec![None, Some(*t)]),
            Fallible(ok, err) => Some(vec![*ok, *err]),
            _ => None,
        }
    }

    /// Whether the host passes it by value.
    pub fn is_scalar(&self, ty: Type) -> bool {
        matches!(self.all[ty], Number(..) | Flags(_) | Enum(_))
    }

    /// The types that a type is made of.
    pub fn children(&self, ty: Type) -> Vec<Type> {
        match &self.all[ty] {
            Number(..) | Text | Flags(_) => Vec::new(),
            List(t) | FixedList(t, _) => vec![*t],
            Map(key, value) => vec![*key, *value],
            Record(fields) | Tuple(fields) => fields.clone(),
            Variant(_) | Enum(_) | Optional(_) | Fallible(..) => {
                self.cases(ty).unwrap_or_default().into_iter().flatten().collect()
            }
        }
    }

    /// Size and alignment in a memory with pointers of so many bytes.
    pub fn layout(&self, ty: Type, pointer: u32) -> (u32, u32) {
        match &self.all[ty] {
            Number(_, size, ..) => (*size, *size),
            Text | List(_) | Map(..) => (2 * pointer, pointer),
            FixedList(element, length) => {
                let (size, align) = self.layout(*element, pointer);
                (size.saturating_mul(*length), align)
            }
            Record(fields) | Tuple(fields) => {
                let (_, size, align) = self.fields(fields, pointer);
                (size, align)
            }
            Flags(count) => {
                let size = if *count <= 8 { 1 } else { (count.div_ceil(16) * 2).min(4) };
                (size, size)
            }
            Variant(_) | Enum(_) | Optional(_) | Fallible(..) => {
                let cases = self.cases(ty).unwrap_or_default();
                let tag = if cases.len() <= 256 { 1 } else { 2 };
                let (size, align) = self.payload(&cases, pointer);
                let most = align.max(tag);
                (tag.next_multiple_of(align).saturating_add(size).next_multiple_of(most), most)
            }
        }
    }

    /// Offsets of consecutive fields; size and alignment of all of them.
    pub fn fields(&self, fields: &[Type], pointer: u32) -> (Vec<u32>, u32, u32) {
        let (mut end, mut most) = (0u32, 1);
        let mut offsets = Vec::new();
        for &field in fields {
            let (size, align) = self.layout(field, pointer);
            let offset = end.next_multiple_of(align);
            offsets.push(offset);
            end = offset.saturating_add(size);
            most = most.max(align);
        }
        (offsets, end.next_multiple_of(most), most)
    }

    /// Size and alignment of what follows a discriminant.
    pub fn payload(&self, cases: &[Option<Type>], pointer: u32) -> (u32, u32) {
        let payloads: Vec<_> = cases.iter().flatten().map(|&t| self.layout(t, pointer)).collect();
        let size = payloads.iter().map(|p| p.0).max().unwrap_or(0);
        (size, payloads.iter().map(|p| p.1).max().unwrap_or(1))
    }

    /// The flat form.
    pub fn flat(&self, ty: Type, pointer: u32) -> Vec<&'static str> {
        match &self.all[ty] {
            Number(_, _, flat, _) => vec![flat],
            Text | List(_) | Map(..) => vec![address(pointer); 2],
            FixedList(element, length) => self.flat(*element, pointer).repeat(*length as usize),
            Record(fields) | Tuple(fields) => {
                fields.iter().flat_map(|&f| self.flat(f, pointer)).collect()
            }
            Flags(_) => vec!["i32"],
            Variant(_) | Enum(_) | Optional(_) | Fallible(..) => {
                let mut joined = self.joined(&self.cases(ty).unwrap_or_default(), pointer);
                joined.insert(0, "i32");
                joined
            }
        }
    }

    /// The flat values that follow the discriminant of a sum.
    pub fn joined(&self, cases: &[Option<Type>], pointer: u32) -> Vec<&'static str> {
        let mut joined: Vec<&str> = Vec::new();
        for &case in cases.iter().flatten() {
            for (i, flat) in self.flat(case, pointer).into_iter().enumerate() {
                match joined.get_mut(i) {
                    Some(slot) => *slot = join(slot, flat),
                    None => joined.push(flat),
                }
            }
        }
        joined
    }
}

/// The core type of addresses.
pub fn address(pointer: u32) -> &'static str {
    if pointer == 8 { "i64" } else { "i32" }
}

fn join(a: &'static str, b: &'static str) -> &'static str {
    match (a, b) {
        _ if a == b => a,
        ("i32", "f32") | ("f32", "i32") => "i32",
        _ => "i64",
    }
}
