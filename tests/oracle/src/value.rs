//! Values as a guest lays them out: bytes in its memory and words that it passes.
//!
//! What the Canonical ABI ignores is random: padding, the bytes of payloads that are not there, the upper bits
//! of narrow integers, unknown flags. Honest values are valid; [`Writer::spots`] says where they can be
//! made something else.

use crate::edge::Side;
use weldc_tests::roundtrip::rng::Rng;
use weldc_tests::roundtrip::types::{Kind, Type, Types};

/// What a place in memory, or a word, holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Pointer,
    Length,
    /// Of a sum with so many cases.
    Discriminant(u32),
    Char,
    /// Code units of a string, of so many bytes.
    Units(u32),
    Handle,
    Other,
}

/// Where.
#[derive(Clone, Copy, Debug)]
pub struct Spot {
    /// Offset from the beginning of the written memory.
    pub at: usize,
    pub bytes: usize,
    pub role: Role,
}

/// Handles that a side owns: for each kind the indices of those that were not passed on yet.
#[derive(Clone, Debug, Default)]
pub struct Handles {
    pub owned: [Vec<u32>; 2],
    /// What the other side will get, in the order of lowering.
    pub passed: Vec<Passed>,
}

/// A handle that was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passed {
    Own(usize),
    Borrow(usize),
}

/// Writes values into a piece of a side's memory.
pub struct Writer<'a> {
    pub types: &'a Types,
    pub side: Side,
    pub rng: &'a mut Rng,
    /// Address of the first byte.
    pub base: u64,
    pub bytes: Vec<u8>,
    pub spots: Vec<Spot>,
    pub handles: Handles,
    /// How many more elements there may be in lists.
    budget: u64,
}

impl<'a> Writer<'a> {
    pub fn new(types: &'a Types, side: Side, rng: &'a mut Rng, base: u64) -> Writer<'a> {
        let (bytes, spots, handles) = Default::default();
        let budget = rng.pick(&[4, 40, 40, 150]);
        Writer { types, side, rng, base, bytes, spots, handles, budget }
    }

    /// An address with room for a value, filled with anything.
    pub fn allocate(&mut self, size: u64, align: u32) -> u64 {
        while !(self.base + self.bytes.len() as u64).is_multiple_of(u64::from(align)) {
            self.bytes.push(0xa5);
        }
        let at = self.base + self.bytes.len() as u64;
        for _ in 0..size {
            let byte = self.rng.word() as u8;
            self.bytes.push(byte);
        }
        at
    }

    /// A product of these types in memory.
    pub fn spilled(&mut self, fields: &[Type]) -> u64 {
        let (offsets, size, align) = self.types.fields(fields, self.side.pointer);
        let at = self.allocate(size.into(), align);
        for (offset, &field) in offsets.iter().zip(fields) {
            self.store(field, at + u64::from(*offset));
        }
        at
    }

    fn put(&mut self, at: u64, bytes: usize, value: u64, role: Role) {
        let at = (at - self.base) as usize;
        self.bytes[at..at + bytes].copy_from_slice(&value.to_le_bytes()[..bytes]);
        self.spots.push(Spot { at, bytes, role });
    }

    /// Stores a value of this type.
    pub fn store(&mut self, ty: Type, at: u64) {
        match &self.types.all[ty] {
            Kind::Number(name, size, ..) => {
                let (value, role) = self.number(name, *size);
                self.put(at, *size as usize, value, role);
            }
            Kind::Text | Kind::List(_) | Kind::Map(..) => {
                let pair = self.run(ty);
                let size = self.side.pointer as usize;
                self.put(at, size, pair[0], Role::Pointer);
                self.put(at + size as u64, size, pair[1], Role::Length);
            }
            Kind::FixedList(element, length) => {
                let size = u64::from(self.types.layout(*element, self.side.pointer).0);
                (0..u64::from(*length)).for_each(|i| self.store(*element, at + i * size));
            }
            Kind::Record(fields) | Kind::Tuple(fields) => {
                let (offsets, ..) = self.types.fields(fields, self.side.pointer);
                for (offset, &field) in offsets.iter().zip(fields) {
                    self.store(field, at + u64::from(*offset));
                }
            }
            Kind::Flags(_) => {
                let size = self.types.layout(ty, 4).0 as usize;
                let value = self.rng.word();
                self.put(at, size, value, Role::Other);
            }
            Kind::Variant(_) | Kind::Enum(_) | Kind::Optional(_) | Kind::Fallible(..) => {
                self.store_sum(ty, at);
            }
        }
    }

    fn store_sum(&mut self, ty: Type, at: u64) {
        let cases = self.types.cases(ty).unwrap_or_default();
        let case = self.rng.below(cases.len() as u64);
        let tag: u32 = if cases.len() <= 256 { 1 } else { 2 };
        self.put(at, tag as usize, case, Role::Discriminant(cases.len() as u32));
        if let Some(payload) = cases[case as usize] {
            let (_, align) = self.types.payload(&cases, self.side.pointer);
            self.store(payload, at + u64::from(tag.next_multiple_of(align)));
        }
    }

    /// A value as it is passed; the words are of the type's flat form.
    pub fn words(&mut self, ty: Type) -> Vec<(u64, Role)> {
        match &self.types.all[ty] {
            Kind::Number(name, size, flat, _) => {
                let (value, role) = self.number(name, *size);
                let value = match (role, *flat) {
                    (Role::Other, "i32") => self.upper_bits(value, *size),
                    _ => value,
                };
                vec![(value, role)]
            }
            Kind::Text | Kind::List(_) | Kind::Map(..) => {
                let [pointer, length] = self.run(ty);
                vec![(pointer, Role::Pointer), (length, Role::Length)]
            }
            Kind::FixedList(element, length) => {
                (0..*length).flat_map(|_| self.words(*element)).collect()
            }
            Kind::Record(fields) | Kind::Tuple(fields) => {
                fields.iter().flat_map(|&field| self.words(field)).collect()
            }
            Kind::Flags(_) => vec![(self.rng.word() & 0xffff_ffff, Role::Other)],
            Kind::Variant(_) | Kind::Enum(_) | Kind::Optional(_) | Kind::Fallible(..) => {
                self.sum_words(ty)
            }
        }
    }

    fn sum_words(&mut self, ty: Type) -> Vec<(u64, Role)> {
        let cases = self.types.cases(ty).unwrap_or_default();
        let case = self.rng.below(cases.len() as u64);
        let payload = cases[case as usize];
        let values = payload.map(|ty| self.words(ty)).unwrap_or_default();
        let flat = payload.map(|ty| self.types.flat(ty, self.side.pointer)).unwrap_or_default();
        let mut words = vec![(case, Role::Discriminant(cases.len() as u32))];
        for (i, joined) in self.types.joined(&cases, self.side.pointer).into_iter().enumerate() {
            words.push(match values.get(i) {
                // The upper half is ignored.
                Some(&(value, role)) if is_wider(joined, flat[i]) => {
                    (value | self.rng.word() << 32, role)
                }
                Some(&word) => word,
                None => (truncate(self.rng.word(), joined), Role::Other),
            });
        }
        words
    }

    /// Anything above the bits that count.
    fn upper_bits(&mut self, value: u64, size: u32) -> u64 {
        let mask = u64::MAX >> (64 - 8 * size);
        (value & mask | self.rng.word() & !mask) & 0xffff_ffff
    }

    fn number(&mut self, name: &str, size: u32) -> (u64, Role) {
        let mask = u64::MAX >> (64 - 8 * size);
        let value = match name {
            "char" => return (char_of(self.rng).into(), Role::Char),
            "(own $r0)" => return self.own(0),
            "(own $r1)" => return self.own(1),
            "(borrow $r0)" => return self.borrow(0),
            "(borrow $r1)" => return self.borrow(1),
            "f32" if self.rng.percent(20) => {
                self.rng.pick(&[0x7fa0_0001, 0xffc0_0000, 0x8000_0000])
            }
            "f64" if self.rng.percent(20) => {
                self.rng.pick(&[0x7ff4_0000_0000_0001, 0xfff8_0000_0000_0000, 1 << 63])
            }
            "bool" if self.rng.percent(30) => 0,
            _ => self.rng.word(),
        };
        (value & mask, Role::Other)
    }

    fn own(&mut self, kind: usize) -> (u64, Role) {
        self.handles.passed.push(Passed::Own(kind));
        (self.handles.owned[kind].pop().unwrap_or(0).into(), Role::Handle)
    }

    fn borrow(&mut self, kind: usize) -> (u64, Role) {
        self.handles.passed.push(Passed::Borrow(kind));
        (self.handles.owned[kind].first().copied().unwrap_or(0).into(), Role::Handle)
    }

    /// Address and length of a string, a list or a map that is written now.
    fn run(&mut self, ty: Type) -> [u64; 2] {
        let fields = match &self.types.all[ty] {
            Kind::List(element) => vec![*element],
            Kind::Map(key, value) => vec![*key, *value],
            _ => return self.text(),
        };
        let (offsets, size, align) = self.types.fields(&fields, self.side.pointer);
        let most = self.rng.pick(&[0, 1, 3, 20, 70]).min(self.budget);
        let length = self.rng.below(most + 1);
        self.budget -= length;
        let at = self.allocate(length * u64::from(size), align);
        for i in 0..length {
            for (offset, &field) in offsets.iter().zip(&fields) {
                self.store(field, at + i * u64::from(size) + u64::from(*offset));
            }
        }
        [at, length]
    }

    fn text(&mut self) -> [u64; 2] {
        let most = self.rng.pick(&[0, 1, 5, 20, 20, 70, 200]).min(2 * self.budget);
        let (count, style) = (self.rng.below(most + 1), self.rng.below(5));
        self.budget -= count.min(self.budget) / 8;
        let text: String = (0..count).map(|_| styled(self.rng, style)).collect();
        let is_latin1 = text.chars().all(|c| c <= '\u{ff}');
        let utf16 = || text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let tag = 1 << (8 * self.side.pointer - 1);
        let (bytes, unit, tag) = match self.side.encoding {
            "utf8" => (text.clone().into_bytes(), 1, 0),
            "utf16" => (utf16(), 2, 0),
            // What could be Latin-1 may be UTF-16 all the same.
            _ if is_latin1 && self.rng.percent(60) => {
                (text.chars().map(|c| c as u8).collect(), 1, 0)
            }
            _ => (utf16(), 2, tag),
        };
        let align = if self.side.encoding == "utf8" { 1 } else { 2 };
        let at = self.allocate(bytes.len() as u64, align);
        let offset = (at - self.base) as usize;
        self.bytes[offset..].copy_from_slice(&bytes);
        self.spots.push(Spot { at: offset, bytes: bytes.len(), role: Role::Units(unit) });
        [at, (bytes.len() as u64 / u64::from(unit)) | tag]
    }
}

fn is_wider(joined: &str, flat: &str) -> bool {
    joined == "i64" && (flat == "i32" || flat == "f32")
}

fn truncate(value: u64, ty: &str) -> u64 {
    if ty.ends_with("32") { value & 0xffff_ffff } else { value }
}

fn char_of(rng: &mut Rng) -> char {
    let style = rng.below(5);
    styled(rng, style)
}

/// A character of one of five kinds of text.
fn styled(rng: &mut Rng, style: u64) -> char {
    let range = match (style, rng.percent(70)) {
        (0, _) | (1..=3, true) => 0x20..0x7f,
        (1, _) => 0x80..0x100,
        (2, _) => 0x100..0xd800,
        (3, _) => 0x1_0000..0x11_0000,
        (_, true) => 0..0x100,
        (_, false) => 0..0x11_0000,
    };
    let code = range.start + rng.below(u64::from(range.end - range.start)) as u32;
    char::from_u32(code).unwrap_or('\u{fffd}')
}
