//! Every conversion against the standard library's: strings of every kind and length, and damaged ones, by each
//! implementation that the processor can run.

use super::functions::{Functions, PORTABLE};
use super::*;
use std::string::String;
use std::vec;

/// Numbers that look random (xorshift), the same in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }
}

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

/// Runs a test with every implementation, many times, each with its own numbers.
fn repeat(test: impl Fn(&mut Random, &Functions)) {
    for functions in vector::available().chain([&PORTABLE]) {
        for seed in 1..4000u64 {
            test(&mut Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)), functions);
        }
    }
}

/// What no conversion writes where it should not: room of the exact size, with guards around it.
struct Room<T> {
    units: Vec<T>,
    guard: T,
}

const GUARDS: usize = 64;

impl<T: Copy + PartialEq + core::fmt::Debug> Room<T> {
    fn new(room: usize, guard: T) -> Self {
        Room { units: vec![guard; room + 2 * GUARDS], guard }
    }
    fn start(&mut self) -> *mut T {
        self.units[GUARDS..].as_mut_ptr()
    }
    /// What was written; the guards must be as they were.
    fn written(self, length: usize) -> Vec<T> {
        let end = self.units.len() - GUARDS;
        assert!(self.units[..GUARDS].iter().all(|unit| *unit == self.guard), "before the room");
        assert!(self.units[end..].iter().all(|unit| *unit == self.guard), "behind the room");
        assert!(GUARDS + length <= end);
        self.units[GUARDS..GUARDS + length].to_vec()
    }
}

/// A conversion's result: what was written to room for `room` units.
fn run<S, D: Copy + PartialEq + core::fmt::Debug + From<u8>>(
    convert: impl Fn(&[S], *mut D) -> Option<usize>,
    source: &[S],
    room: usize,
) -> Option<Vec<D>> {
    let mut out = Room::new(room, D::from(0xa5));
    let length = convert(source, out.start());
    let written = out.written(length.unwrap_or(0));
    length.map(|_| written)
}

/// Hands on a copy of a source behind which nothing can be read.
fn at_the_end<T: Copy>(units: &[T], test: impl FnOnce(&[T])) {
    const SIZE: usize = 1 << 16;
    std::thread_local! {
        static START: *mut u8 = {
            let (all, none) = (libc::PROT_READ | libc::PROT_WRITE, libc::PROT_NONE);
            let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS;
            // SAFETY: a new mapping, of which the second half is taken away. It is never unmapped.
            unsafe {
                let start = libc::mmap(core::ptr::null_mut(), 2 * SIZE, all, flags, -1, 0);
                assert_ne!(start, libc::MAP_FAILED);
                assert_eq!(libc::mprotect(start.add(SIZE), SIZE, none), 0);
                start.cast()
            }
        };
    }
    let bytes = size_of_val(units);
    assert!(bytes <= SIZE);
    // SAFETY: the last bytes of the first half, aligned since that ends at a page's end.
    let place = unsafe {
        let place = START.with(|start| start.add(SIZE - bytes)).cast::<T>();
        place.copy_from(units.as_ptr(), units.len());
        slice::from_raw_parts(place, units.len())
    };
    test(place);
}

/// The functions for a source of this length.
fn for_length(functions: &Functions, length: usize) -> &Functions {
    if length < SHORT { &PORTABLE } else { functions }
}

fn check_utf8(bytes: &[u8], functions: &Functions) {
    at_the_end(bytes, |bytes| check_utf8_here(bytes, functions));
}

fn check_utf8_here(bytes: &[u8], functions: &Functions) {
    let functions = for_length(functions, bytes.len());
    let text = core::str::from_utf8(bytes).ok();
    let length = bytes.len();
    // SAFETY: the processor can run it; the room is what is asked for.
    unsafe {
        assert_eq!((functions.validate_utf8)(bytes), text.is_some(), "{bytes:x?}");
        let copy = |s: &[u8], to| (functions.copy_utf8)(s, to).then_some(length);
        assert_eq!(run(copy, bytes, length), text.map(|_| bytes.to_vec()), "{bytes:x?}");
        let units = text.map(|text| text.encode_utf16().collect());
        let convert = |s: &[u8], to| (functions.utf8_to_utf16)(s, to);
        assert_eq!(run(convert, bytes, length), units, "{bytes:x?}");
        let mut consumed = None;
        let mut out = Room::new(length, 0xa5);
        let done = (functions.utf8_to_latin1)(bytes, out.start());
        let written = out.written(done.map_or(0, |(_, written)| written));
        if let Some((read, _)) = done {
            consumed = Some((read, written));
        }
        assert_eq!(consumed, expected_latin1(bytes), "{bytes:x?}");
    }
}

fn check_utf16(units: &[u16], functions: &Functions) {
    at_the_end(units, |units| check_utf16_here(units, functions));
}

fn check_utf16_here(units: &[u16], functions: &Functions) {
    let functions = for_length(functions, units.len());
    let text = String::from_utf16(units).ok();
    let length = units.len();
    // SAFETY: the processor can run it; the room is what is asked for.
    unsafe {
        let copy = |s: &[u16], to| (functions.copy_utf16)(s, to).then_some(length);
        let copied = text.as_ref().map(|_| units.to_vec());
        assert_eq!(run(copy, units, length), copied, "{units:x?}");
        let convert = |s: &[u16], to| (functions.utf16_to_utf8)(s, to);
        let bytes = text.map(String::into_bytes);
        assert_eq!(run(convert, units, length * 3), bytes, "{units:x?}");
        for limit in [0x7f, 0xff] {
            let narrow = |s: &[u16], to| Some((functions.narrow)(s.as_ptr(), s.len(), to, limit));
            let expected: Vec<u8> =
                units.iter().take_while(|&&unit| unit <= limit).map(|&unit| unit as u8).collect();
            assert_eq!(run(narrow, units, length), Some(expected.clone()), "{units:x?}");
            let mut place = units.to_vec();
            let count =
                (functions.narrow)(place.as_ptr(), length, place.as_mut_ptr().cast(), limit);
            let bytes = slice::from_raw_parts(place.as_ptr().cast::<u8>(), count);
            assert_eq!(bytes, expected, "in place");
        }
    }
}

fn check_latin1(bytes: &[u8], functions: &Functions) {
    at_the_end(bytes, |bytes| check_latin1_here(bytes, functions));
}

fn check_latin1_here(bytes: &[u8], functions: &Functions) {
    let functions = for_length(functions, bytes.len());
    let text: String = bytes.iter().map(|&byte| char::from(byte)).collect();
    let length = bytes.len();
    // SAFETY: the processor can run it; the room is what is asked for.
    unsafe {
        let convert = |s: &[u8], to| Some((functions.latin1_to_utf8)(s, to));
        assert_eq!(run(convert, bytes, length * 2), Some(text.as_bytes().to_vec()));
        let ascii: Vec<u8> = bytes.iter().copied().take_while(u8::is_ascii).collect();
        let convert = |s: &[u8], to| Some((functions.latin1_to_ascii)(s, to));
        assert_eq!(run(convert, bytes, length), Some(ascii));
        let units: Vec<u16> = text.encode_utf16().collect();
        let convert = |s: &[u8], to| {
            (functions.latin1_to_utf16)(s.as_ptr(), length, to);
            Some(length)
        };
        assert_eq!(run(convert, bytes, length), Some(units.clone()));
        let mut place = vec![0u16; length];
        place.as_mut_ptr().cast::<u8>().copy_from(bytes.as_ptr(), length);
        (functions.latin1_to_utf16)(place.as_ptr().cast(), length, place.as_mut_ptr());
        assert_eq!(place, units, "in place");
    }
}

/// What a conversion to Latin-1 should do: bytes consumed and written.
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
fn strings_of_all_kinds_agree() {
    repeat(|random, functions| {
        check_utf8(&damaged(random), functions);
        check_utf16(&damaged_units(random), functions);
        check_latin1(&damaged(random), functions);
    });
}

/// A character of each kind, and each way to be invalid, at each offset in front of each length of rest, so that
/// every boundary of a vector lies everywhere in them.
#[test]
fn characters_at_every_offset_agree() {
    let parts: [&[u8]; 22] = [
        "é".as_bytes(),
        "ÿ".as_bytes(),
        "Ā".as_bytes(),
        "\u{7ff}".as_bytes(),
        "\u{800}".as_bytes(),
        "\u{ffff}".as_bytes(),
        "\u{10000}".as_bytes(),
        "\u{10ffff}".as_bytes(),
        "é\u{10000}ÿ世".as_bytes(),
        b"\x80",
        b"\xc3",
        b"\xe4\xb8",
        b"\xf0\x9f\x98",
        b"\xc1\xbf",
        b"\xe0\x9f\xbf",
        b"\xf0\x8f\xbf\xbf",
        b"\xed\xa0\x80",
        b"\xed\xbf\xbf",
        b"\xf4\x90\x80\x80",
        b"\xf5\x80\x80\x80",
        b"\xff",
        b"\xc3\xa9\xa9",
    ];
    for functions in vector::available().chain([&PORTABLE]) {
        for part in parts {
            for filler in ["a", "é", "世", "😀"] {
                for offset in 0..70 {
                    for rest in [0, 1, 2, 31, 33, 64, 150] {
                        let mut bytes = filler.repeat(offset / filler.len()).into_bytes();
                        bytes.extend("abc".bytes().take(offset % filler.len()));
                        bytes.extend(part);
                        bytes.extend(filler.repeat(rest / filler.len()).bytes());
                        check_utf8(&bytes, functions);
                    }
                }
            }
        }
    }
}

#[test]
fn units_at_every_offset_agree() {
    let parts: [&[u16]; 8] = [
        &[0x7f, 0x80],
        &[0x7ff, 0x800],
        &[0xd800, 0xdc00],
        &[0xdbff, 0xdfff],
        &[0xd800],
        &[0xdc00],
        &[0xd800, 0xd800, 0xdc00],
        &[0xd800, 0xdc00, 0xdc00],
    ];
    for functions in vector::available().chain([&PORTABLE]) {
        for part in parts {
            for filler in ["a", "é", "世", "😀"] {
                let units: Vec<u16> = filler.encode_utf16().collect();
                for offset in 0..40 {
                    for rest in [0, 1, 2, 17, 40] {
                        let mut source = units.repeat(offset / units.len());
                        source.extend(part);
                        source.extend(units.repeat(rest / units.len()));
                        check_utf16(&source, functions);
                    }
                }
            }
        }
    }
}

#[test]
fn a_source_under_its_destination_is_converted_as_it_was() {
    let text = "Größe: 世界, naïve. ".repeat(8);
    let expected: Vec<u16> = text.encode_utf16().collect();
    for distance in [-9i64, -2, 0, 1, 2, 31, 40] {
        let mut memory = vec![0u16; 1024];
        // SAFETY: both lie within the memory, and the destination is aligned.
        unsafe {
            let out = memory.as_mut_ptr().add(300);
            let source = out.cast::<u8>().offset(distance as isize);
            source.copy_from(text.as_ptr(), text.len());
            let units = weldc_rt_utf8_to_utf16(source, text.len() as u64, out);
            assert_eq!(slice::from_raw_parts(out, units as usize), expected, "{distance}");
            source.copy_from(text.as_ptr(), text.len());
            let to = out.cast::<u8>();
            assert_eq!(weldc_rt_copy_utf8(source, text.len() as u64, to), 1);
            assert_eq!(slice::from_raw_parts(to, text.len()), text.as_bytes(), "{distance}");
        }
    }
}

#[test]
fn short_strings_agree() {
    for seed in 1..4000u64 {
        let random = &mut Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let (mut bytes, mut units) = (damaged(random), damaged_units(random));
        bytes.truncate(random.below(40) as usize);
        units.truncate(random.below(40) as usize);
        let (length, start) = (bytes.len(), bytes.as_ptr());
        let is_valid = core::str::from_utf8(&bytes).is_ok();
        let mut out = Room::new(length, 0xa5);
        let mut units_out = Room::new(units.len(), 0xa5a5);
        // SAFETY: the room is what is asked for.
        unsafe {
            assert_eq!(weldc_rt_validate_utf8(start, length as u64) == 1, is_valid);
            assert_eq!(weldc_rt_copy_utf8(start, length as u64, out.start()) == 1, is_valid);
            let copied = weldc_rt_copy_utf16(units.as_ptr(), units.len() as u64, units_out.start());
            assert_eq!(copied == 1, String::from_utf16(&units).is_ok());
            if copied == 1 {
                assert_eq!(units_out.written(units.len()), units);
            }
        }
        if is_valid {
            assert_eq!(out.written(length), bytes);
        }
    }
}

/// Of every length up to several vectors, with one byte that ASCII does not have, at every place, or none; all at the
/// end of a page.
#[test]
fn a_byte_beyond_ascii_is_found_wherever_it_is() {
    let validate = |bytes: &[u8]| {
        // SAFETY: a slice.
        unsafe { weldc_rt_validate_utf8(bytes.as_ptr(), bytes.len() as u64) }
    };
    for length in 0..=300 {
        let text: Vec<u8> = (0..length).map(|at| b'a' + (at % 26) as u8).collect();
        at_the_end(&text, |bytes| assert_eq!(validate(bytes), 1, "{length}"));
        for place in 0..length {
            let mut text = text.clone();
            for bad in [0x80, 0xc3, 0xff] {
                text[place] = bad;
                at_the_end(&text, |bytes| assert_eq!(validate(bytes), 0, "{place} of {length}"));
            }
            if let Some(pair) = text.get_mut(place..place + 2) {
                pair.copy_from_slice("é".as_bytes());
                at_the_end(&text, |bytes| assert_eq!(validate(bytes), 1, "{place} of {length}"));
            }
        }
    }
}

#[test]
fn nothing_is_read_or_written_for_empty_strings() {
    let (bytes, units) = (core::ptr::null_mut::<u8>(), core::ptr::null_mut::<u16>());
    let mut consumed = 1;
    // SAFETY: an address may be anything if its length is 0.
    unsafe {
        assert_eq!(weldc_rt_validate_utf8(bytes, 0), 1);
        assert_eq!(weldc_rt_copy_utf8(bytes, 0, bytes), 1);
        assert_eq!(weldc_rt_copy_utf16(units, 0, units), 1);
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
