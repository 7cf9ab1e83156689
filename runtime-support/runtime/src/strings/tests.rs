//! Every conversion against the standard library's, on strings of every kind and length.

#![cfg(all(target_arch = "x86_64", unix))]

use super::*;
use crate::testing::Random;
use std::string::String;
use std::vec;
use std::vec::Vec;

/// Ranges of characters; a string draws from some of them.
const KINDS: [(u32, u32); 5] =
    [(0, 0x7f), (0x80, 0xff), (0x100, 0x7ff), (0x800, 0xffff), (0x10000, 0x10ffff)];

fn string(random: &mut Random) -> String {
    let length = random.below(80) * random.below(4);
    // Mostly one kind, sometimes others in between: runs of ASCII are the common case.
    let usual = random.below(5) as usize;
    let others = random.below(5) as usize + 1;
    let rare = random.below(40) + 1;
    let mut character = || loop {
        let kind =
            if random.below(rare) == 0 { random.below(others as u64) as usize } else { usual };
        let (from, to) = KINDS[kind];
        let code = from + random.below(u64::from(to - from + 1)) as u32;
        if let Some(c) = char::from_u32(code) {
            return c;
        }
    };
    (0..length).map(|_| character()).collect()
}

/// Bytes that are nearly UTF-8.
fn damaged(random: &mut Random) -> Vec<u8> {
    let mut bytes = string(random).into_bytes();
    for _ in 0..random.below(3) {
        if !bytes.is_empty() {
            let at = random.below(bytes.len() as u64) as usize;
            match random.below(3) {
                0 => bytes[at] = random.next() as u8,
                1 => bytes.truncate(at),
                _ => drop(bytes.remove(at)),
            }
        }
    }
    bytes
}

/// Units that are nearly UTF-16.
fn damaged_units(random: &mut Random) -> Vec<u16> {
    let mut units: Vec<u16> = string(random).encode_utf16().collect();
    for _ in 0..random.below(3) {
        if !units.is_empty() {
            let at = random.below(units.len() as u64) as usize;
            match random.below(3) {
                0 => units[at] = 0xd800 + random.below(0x800) as u16,
                1 => units.truncate(at),
                _ => drop(units.remove(at)),
            }
        }
    }
    units
}

/// Runs a test many times, each with its own numbers.
fn repeat(test: impl Fn(&mut Random)) {
    for seed in 1..4000u64 {
        test(&mut Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
    }
}

/// A conversion of the runtime's as a function on slices: the result's length, and what was written to
/// room for `room` units.
fn run<S, D: Copy + Default>(
    convert: unsafe extern "C" fn(*const S, u64, *mut D) -> u64,
    source: &[S],
    room: usize,
) -> Option<Vec<D>> {
    let mut out = vec![D::default(); room];
    // SAFETY: both are as long as the conversion asks for.
    let length = unsafe { convert(source.as_ptr(), source.len() as u64, out.as_mut_ptr()) };
    (length != INVALID).then(|| out[..length as usize].to_vec())
}

#[test]
fn validation_agrees() {
    repeat(|random| {
        let (bytes, units) = (damaged(random), damaged_units(random));
        // SAFETY: the whole slices.
        let (utf8, utf16) = unsafe {
            (
                weldc_rt_validate_utf8(bytes.as_ptr(), bytes.len() as u64),
                weldc_rt_validate_utf16(units.as_ptr(), units.len() as u64),
            )
        };
        assert_eq!(utf8 == 1, core::str::from_utf8(&bytes).is_ok());
        assert_eq!(utf16 == 1, String::from_utf16(&units).is_ok());
    });
}

#[test]
fn utf8_to_utf16_agrees() {
    repeat(|random| {
        let bytes = damaged(random);
        let expected = core::str::from_utf8(&bytes).ok().map(|s| s.encode_utf16().collect());
        assert_eq!(run(weldc_rt_utf8_to_utf16, &bytes, bytes.len()), expected);
    });
}

#[test]
fn utf16_to_utf8_agrees() {
    repeat(|random| {
        let units = damaged_units(random);
        let expected = String::from_utf16(&units).ok().map(String::into_bytes);
        assert_eq!(run(weldc_rt_utf16_to_utf8, &units, units.len() * 3), expected);
    });
}

#[test]
fn prefixes_in_ascii_agree() {
    repeat(|random| {
        let units = damaged_units(random);
        let expected: Vec<u8> =
            units.iter().take_while(|&&unit| unit < 0x80).map(|&unit| unit as u8).collect();
        assert_eq!(run(weldc_rt_utf16_to_ascii, &units, units.len()), Some(expected));
        let bytes = damaged(random);
        let expected: Vec<u8> = bytes.iter().copied().take_while(u8::is_ascii).collect();
        assert_eq!(run(weldc_rt_latin1_to_ascii, &bytes, bytes.len()), Some(expected));
    });
}

#[test]
fn latin1_agrees() {
    repeat(|random| {
        let bytes = damaged(random);
        let text: String = bytes.iter().map(|&byte| char::from(byte)).collect();
        let utf8 = run(weldc_rt_latin1_to_utf8, &bytes, bytes.len() * 2);
        assert_eq!(utf8, Some(text.as_bytes().to_vec()));
        let expected: Vec<u16> = text.encode_utf16().collect();
        let mut out = vec![0u16; bytes.len()];
        let length = bytes.len() as u64;
        // SAFETY: room for as many units; the second time, the units hold the bytes.
        unsafe {
            weldc_rt_latin1_to_utf16(bytes.as_ptr(), length, out.as_mut_ptr());
            assert_eq!(out, expected);
            out.as_mut_ptr().cast::<u8>().copy_from(bytes.as_ptr(), bytes.len());
            weldc_rt_latin1_to_utf16(out.as_ptr().cast(), length, out.as_mut_ptr());
        }
        assert_eq!(out, expected, "in place");
    });
}

#[test]
fn utf16_to_latin1_agrees() {
    repeat(|random| {
        let mut units = damaged_units(random);
        let expected: Vec<u8> =
            units.iter().take_while(|&&unit| unit < 0x100).map(|&unit| unit as u8).collect();
        assert_eq!(run(weldc_rt_utf16_to_latin1, &units, units.len()), Some(expected.clone()));
        let (start, length) = (units.as_mut_ptr(), units.len() as u64);
        // SAFETY: in place, as the function allows; the bytes lie in the units.
        let written = unsafe {
            let count = weldc_rt_utf16_to_latin1(start, length, start.cast());
            core::slice::from_raw_parts(start.cast::<u8>(), count as usize)
        };
        assert_eq!(written, expected, "in place");
    });
}

/// What `weldc_rt_utf8_to_latin1` should do: bytes consumed and written.
fn expected_latin1(bytes: &[u8]) -> Option<(usize, Vec<u8>)> {
    let valid = match core::str::from_utf8(bytes) {
        Ok(valid) => valid,
        Err(error) => core::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap(),
    };
    let stop = valid.find(|c| c > '\u{ff}');
    let consumed = stop.or((valid.len() == bytes.len()).then_some(bytes.len()))?;
    Some((consumed, valid[..consumed].chars().map(|c| c as u8).collect()))
}

#[test]
fn utf8_to_latin1_agrees() {
    repeat(|random| {
        let bytes = damaged(random);
        let mut out = vec![0u8; bytes.len()];
        let mut consumed = 0;
        let (start, length) = (bytes.as_ptr(), bytes.len() as u64);
        // SAFETY: room for as many bytes.
        let written =
            unsafe { weldc_rt_utf8_to_latin1(start, length, out.as_mut_ptr(), &mut consumed) };
        let result = (written != INVALID).then(|| (consumed, out[..written as usize].to_vec()));
        assert_eq!(result, expected_latin1(&bytes));
    });
}

#[test]
fn nothing_is_read_or_written_for_empty_strings() {
    let (bytes, units) = (core::ptr::null_mut::<u8>(), core::ptr::null_mut::<u16>());
    let mut consumed = 1;
    // SAFETY: an address may be anything if its length is 0.
    unsafe {
        assert_eq!(weldc_rt_validate_utf8(bytes, 0), 1);
        assert_eq!(weldc_rt_validate_utf16(units, 0), 1);
        assert_eq!(weldc_rt_utf8_to_utf16(bytes, 0, units), 0);
        assert_eq!(weldc_rt_utf16_to_ascii(units, 0, bytes), 0);
        assert_eq!(weldc_rt_utf16_to_utf8(units, 0, bytes), 0);
        assert_eq!(weldc_rt_latin1_to_ascii(bytes, 0, bytes), 0);
        assert_eq!(weldc_rt_latin1_to_utf8(bytes, 0, bytes), 0);
        weldc_rt_latin1_to_utf16(bytes, 0, units);
        assert_eq!(weldc_rt_utf8_to_latin1(bytes, 0, bytes, &mut consumed), 0);
        assert_eq!(weldc_rt_utf16_to_latin1(units, 0, bytes), 0);
    }
    assert_eq!(consumed, 0);
}
