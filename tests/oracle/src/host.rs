//! The host's side of a call: values of a component's as the host gets them, looked at byte by byte.
//!
//! Their layout is that of a guest with pointers of 8 bytes over all memory, and they are valid: the adapter
//! has checked them.

use std::ffi::c_void;
use std::slice;
use weldc_tests::roundtrip::types::{Kind, Type, Types};

/// What the host's function is told: the type of its parameter.
#[derive(Default)]
pub struct Receiver {
    pub expected: Option<(Types, Type)>,
    /// How often it was called.
    pub calls: usize,
}

/// The linker symbol of [`receive`].
pub const SYMBOL: &str = "oracle_receive";

/// The function that the component imports: of any type that is passed by address.
///
/// # Safety
/// `receiver` is a [`Receiver`] that nobody else uses now; `value` is of the type that it expects.
pub unsafe extern "C" fn receive(receiver: *mut c_void, value: *const u8) -> i32 {
    // SAFETY: the caller's.
    unsafe {
        let receiver = &mut *receiver.cast::<Receiver>();
        receiver.calls += 1;
        if let Some((types, ty)) = &receiver.expected {
            look(types, *ty, value);
        }
    }
    0
}

/// Reads all of a value, and panics if it is not one.
///
/// # Safety
/// A value of this type, as the host has it, lies at `at`, unless there is a mistake to be found.
pub unsafe fn look(types: &Types, ty: Type, at: *const u8) {
    let field = |field, offset: u32| {
        // SAFETY: part of the value.
        unsafe { look(types, field, at.wrapping_add(offset as usize)) }
    };
    // SAFETY: the caller's.
    unsafe {
        match &types.all[ty] {
            Kind::Number(name, size, ..) => number(name, unsigned(at, *size)),
            Kind::Flags(count) => {
                let value = unsigned(at, types.layout(ty, 8).0);
                assert!(*count == 32 || value >> count == 0, "unknown flags");
            }
            Kind::Text => {
                let (start, length) = pair(at);
                let bytes = if length == 0 { &[] } else { slice::from_raw_parts(start, length) };
                assert!(str::from_utf8(bytes).is_ok(), "a string that is not UTF-8");
            }
            Kind::List(element) => run(types, &[*element], at),
            Kind::Map(key, value) => run(types, &[*key, *value], at),
            Kind::FixedList(element, length) => {
                let size = types.layout(*element, 8).0;
                (0..*length).for_each(|i| field(*element, i * size));
            }
            Kind::Record(fields) | Kind::Tuple(fields) => {
                let (offsets, ..) = types.fields(fields, 8);
                fields.iter().zip(offsets).for_each(|(&f, offset)| field(f, offset));
            }
            Kind::Variant(_) | Kind::Enum(_) | Kind::Optional(_) | Kind::Fallible(..) => {
                let cases = types.cases(ty).unwrap_or_default();
                let tag: u32 = if cases.len() <= 256 { 1 } else { 2 };
                let case = unsigned(at, tag) as usize;
                assert!(case < cases.len(), "case {case} of {}", cases.len());
                if let Some(payload) = cases[case] {
                    field(payload, tag.next_multiple_of(types.payload(&cases, 8).1));
                }
            }
        }
    }
}

/// # Safety
/// As [`look`], for a list of these fields.
unsafe fn run(types: &Types, fields: &[Type], at: *const u8) {
    let (offsets, size, _) = types.fields(fields, 8);
    // SAFETY: the caller's.
    unsafe {
        let (start, length) = pair(at);
        for i in 0..length {
            for (&field, offset) in fields.iter().zip(&offsets) {
                look(types, field, start.wrapping_add(i * size as usize + *offset as usize));
            }
        }
    }
}

fn number(name: &str, value: u64) {
    match name {
        "bool" => assert!(value <= 1, "the bool {value}"),
        "char" => assert!(char::from_u32(value as u32).is_some(), "the char {value:#x}"),
        _ => {}
    }
}

/// # Safety
/// An address and a length can be read.
unsafe fn pair(at: *const u8) -> (*const u8, usize) {
    // SAFETY: the caller's.
    unsafe { (at.cast::<*const u8>().read(), at.cast::<usize>().add(1).read()) }
}

/// # Safety
/// So many bytes can be read, and are aligned.
unsafe fn unsigned(at: *const u8, bytes: u32) -> u64 {
    // SAFETY: the caller's.
    unsafe {
        match bytes {
            1 => at.read().into(),
            2 => at.cast::<u16>().read().into(),
            4 => at.cast::<u32>().read().into(),
            _ => at.cast::<u64>().read(),
        }
    }
}
