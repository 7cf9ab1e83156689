//! Core values: a script's, as slots of entries, and as what a script expects.

use wasmparser::ValType;
use wast::core::{NanPattern, V128Pattern, WastArgCore, WastRetCore};
use weldc_abi::gc;

/// What an entry reads arguments from and stores results to (`FuncKey::CoreEntry`).
#[derive(Clone, Copy, Default)]
#[repr(C, align(16))]
pub struct Slot([u8; 16]);

impl Slot {
    fn new<const N: usize>(bytes: [u8; N]) -> Slot {
        let mut slot = Slot::default();
        slot.0[..N].copy_from_slice(&bytes);
        slot
    }

    fn bytes<const N: usize>(self) -> [u8; N] {
        std::array::from_fn(|i| self.0[i])
    }

    fn word(self) -> u64 {
        u64::from_le_bytes(self.bytes())
    }
}

/// The word that stands for a host's reference.
fn host_reference(number: u32) -> u64 {
    gc::host(number.into())
}

/// An argument for a parameter of type `ty`.
pub fn argument(arg: &WastArgCore<'_>, ty: ValType) -> Result<Slot, String> {
    let slot = match (arg, ty) {
        (WastArgCore::I32(v), ValType::I32) => Slot::new(v.to_le_bytes()),
        (WastArgCore::I64(v), ValType::I64) => Slot::new(v.to_le_bytes()),
        (WastArgCore::F32(v), ValType::F32) => Slot::new(v.bits.to_le_bytes()),
        (WastArgCore::F64(v), ValType::F64) => Slot::new(v.bits.to_le_bytes()),
        (WastArgCore::V128(v), ValType::V128) => Slot(v.to_le_bytes()),
        (WastArgCore::RefNull(_), ValType::Ref(_)) => Slot::default(),
        (WastArgCore::RefExtern(n) | WastArgCore::RefHost(n), ValType::Ref(_)) => {
            Slot::new(host_reference(*n).to_le_bytes())
        }
        _ => return Err(format!("the argument {arg:?} is no {ty}")),
    };
    Ok(slot)
}

/// Whether a result of type `ty` is what is expected.
pub fn is_expected(expected: &WastRetCore<'_>, ty: ValType, slot: Slot) -> bool {
    use WastRetCore::*;
    match (expected, ty) {
        (I32(v), ValType::I32) => slot.bytes() == v.to_le_bytes(),
        (I64(v), ValType::I64) => slot.bytes() == v.to_le_bytes(),
        (F32(pattern), ValType::F32) => is_f32(pattern, u32::from_le_bytes(slot.bytes())),
        (F64(pattern), ValType::F64) => is_f64(pattern, slot.word()),
        (V128(pattern), ValType::V128) => is_v128(pattern, slot),
        (RefNull(_), ValType::Ref(_)) => slot.word() == 0,
        (RefExtern(Some(n)) | RefHost(n), ValType::Ref(_)) => slot.word() == host_reference(*n),
        (RefFunc(_), ValType::Ref(_)) => slot.word() != 0,
        (RefExtern(None) | RefAny, ValType::Ref(_)) => kind(slot) != Kind::Null,
        (RefEq, ValType::Ref(_)) => matches!(kind(slot), Kind::I31 | Kind::Object),
        (RefArray | RefStruct, ValType::Ref(_)) => kind(slot) == Kind::Object,
        (RefI31 | RefI31Shared, ValType::Ref(_)) => kind(slot) == Kind::I31,
        (Either(choices), ty) => choices.iter().any(|choice| is_expected(choice, ty, slot)),
        _ => false,
    }
}

/// What a reference outside of the func hierarchy refers to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Null,
    I31,
    Host,
    Object,
}

fn kind(slot: Slot) -> Kind {
    match slot.word() {
        0 => Kind::Null,
        word if word & 1 != 0 => Kind::I31,
        word if word & gc::TAG_MASK == gc::HOST_TAG => Kind::Host,
        _ => Kind::Object,
    }
}

/// Whether an `f32` of these bits is what a pattern says.
pub fn is_f32(pattern: &NanPattern<wast::token::F32>, bits: u32) -> bool {
    const QUIET: u32 = 0x7fc0_0000;
    match pattern {
        NanPattern::CanonicalNan => bits & !(1 << 31) == QUIET,
        NanPattern::ArithmeticNan => bits & QUIET == QUIET,
        NanPattern::Value(value) => bits == value.bits,
    }
}

/// Whether an `f64` of these bits is what a pattern says.
pub fn is_f64(pattern: &NanPattern<wast::token::F64>, bits: u64) -> bool {
    const QUIET: u64 = 0x7ff8_0000_0000_0000;
    match pattern {
        NanPattern::CanonicalNan => bits & !(1 << 63) == QUIET,
        NanPattern::ArithmeticNan => bits & QUIET == QUIET,
        NanPattern::Value(value) => bits == value.bits,
    }
}

fn is_v128(pattern: &V128Pattern, slot: Slot) -> bool {
    fn lanes<const N: usize>(slot: Slot) -> impl Iterator<Item = [u8; N]> {
        (0..16 / N).map(move |lane| std::array::from_fn(|i| slot.0[lane * N + i]))
    }
    match pattern {
        V128Pattern::I8x16(v) => lanes(slot).eq(v.map(i8::to_le_bytes)),
        V128Pattern::I16x8(v) => lanes(slot).eq(v.map(i16::to_le_bytes)),
        V128Pattern::I32x4(v) => lanes(slot).eq(v.map(i32::to_le_bytes)),
        V128Pattern::I64x2(v) => lanes(slot).eq(v.map(i64::to_le_bytes)),
        V128Pattern::F32x4(v) => {
            lanes(slot).map(u32::from_le_bytes).zip(v).all(|(bits, p)| is_f32(p, bits))
        }
        V128Pattern::F64x2(v) => {
            lanes(slot).map(u64::from_le_bytes).zip(v).all(|(bits, p)| is_f64(p, bits))
        }
    }
}

/// A result as text.
pub fn describe(ty: ValType, slot: Slot) -> String {
    match ty {
        ValType::I32 => format!("i32 {}", i32::from_le_bytes(slot.bytes())),
        ValType::I64 => format!("i64 {}", i64::from_le_bytes(slot.bytes())),
        ValType::F32 => {
            let bits = u32::from_le_bytes(slot.bytes());
            format!("f32 {} ({bits:#010x})", f32::from_bits(bits))
        }
        ValType::F64 => format!("f64 {} ({:#018x})", f64::from_bits(slot.word()), slot.word()),
        ValType::V128 => format!("v128 {:#034x}", u128::from_le_bytes(slot.0)),
        ValType::Ref(_) => format!("{ty} {:#x}", slot.word()),
    }
}
