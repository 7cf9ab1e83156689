//! Validation of UTF-8, as John Keiser and Daniel Lemire do it (Validating UTF-8 In Less Than One Instruction Per
//! Byte, 2021): what is wrong with two bytes in a row is found by looking up three of their nibbles, what is wrong
//! with three or four by comparing where third and fourth bytes should be with where they are.

use super::{Vector, is_ascii};

/// What cannot follow what: a set of first bytes and a set of second ones. Each set has all bytes whose high nibble
/// is one of some and whose low nibble is one of some; only the high one counts for second bytes.
struct Fault {
    bit: u8,
    first: &'static [(u8, u8)],
    second: &'static [(u8, u8)],
}

const CONTINUATION: (u8, u8) = (0x80, 0xbf);

/// A continuation behind a continuation is a fault only where no third or fourth byte should be.
const TWO_CONTINUATIONS: u8 = 0x80;

const FAULTS: [Fault; 8] = [
    Fault { bit: TWO_CONTINUATIONS, first: &[CONTINUATION], second: &[CONTINUATION] },
    // A lead without a continuation; a continuation without a lead.
    Fault { bit: 1, first: &[(0xc0, 0xff)], second: &[(0, 0x7f), (0xc0, 0xff)] },
    Fault { bit: 2, first: &[(0, 0x7f)], second: &[CONTINUATION] },
    // More bytes than needed: below U+0080, U+0800, and U+10000, with those far above U+10FFFF.
    Fault { bit: 4, first: &[(0xc0, 0xc1)], second: &[CONTINUATION] },
    Fault { bit: 8, first: &[(0xe0, 0xe0)], second: &[(0x80, 0x9f)] },
    Fault { bit: 16, first: &[(0xf0, 0xf0), (0xf5, 0xff)], second: &[(0x80, 0x8f)] },
    // Surrogates; above U+10FFFF.
    Fault { bit: 32, first: &[(0xed, 0xed)], second: &[(0xa0, 0xbf)] },
    Fault { bit: 64, first: &[(0xf4, 0xff)], second: &[(0x90, 0xbf)] },
];

/// The faults that a first byte's high nibble, its low nibble, and a second byte's high nibble allow.
struct Tables {
    high: [u8; 16],
    low: [u8; 16],
    next: [u8; 16],
}

static TABLES: Tables = tables();

const fn tables() -> Tables {
    let mut tables = Tables { high: [0; 16], low: [0; 16], next: [0; 16] };
    let mut i = 0;
    while i < FAULTS.len() {
        let Fault { bit, first, second } = FAULTS[i];
        let mut byte = 0;
        while byte < 256 {
            if contains(first, byte as u8) {
                tables.high[byte >> 4] |= bit;
                tables.low[byte & 15] |= bit;
            }
            if contains(second, byte as u8) {
                tables.next[byte >> 4] |= bit;
            }
            byte += 1;
        }
        i += 1;
    }
    tables
}

const fn contains(ranges: &[(u8, u8)], byte: u8) -> bool {
    let mut i = 0;
    while i < ranges.len() {
        if ranges[i].0 <= byte && byte <= ranges[i].1 {
            return true;
        }
        i += 1;
    }
    false
}

/// Validation under way.
pub struct Validator<V> {
    /// The vector before the next one.
    before: V,
    /// Not 0 once something was wrong.
    faults: V,
    high: V,
    low: V,
    next: V,
}

impl<V: Vector> Validator<V> {
    /// # Safety
    /// The processor has such vectors.
    #[inline(always)]
    pub unsafe fn new() -> Self {
        // SAFETY: the caller's.
        unsafe {
            Validator {
                before: V::splat(0),
                faults: V::splat(0),
                high: V::table(&TABLES.high),
                low: V::table(&TABLES.low),
                next: V::table(&TABLES.next),
            }
        }
    }

    /// Whether nothing is pending: what follows begins with a character if what came before was valid.
    #[inline(always)]
    pub fn is_after_ascii(&self) -> bool {
        is_ascii(self.before)
    }

    /// Looks at what comes next.
    #[inline(always)]
    pub fn check(&mut self, vector: V) {
        // SAFETY: there is such a vector already.
        let [nibble, third, fourth, top] = unsafe {
            [V::splat(0x0f), V::splat(0xe0 - 0x80), V::splat(0xf0 - 0x80), V::splat(0x80)]
        };
        let first = vector.back1(self.before);
        let pairs = first.high_nibbles().look_up(self.high);
        let pairs = pairs.and(first.and(nibble).look_up(self.low));
        let pairs = pairs.and(vector.high_nibbles().look_up(self.next));
        let is_third = vector.back2(self.before).saturating_sub(third);
        let is_fourth = vector.back3(self.before).saturating_sub(fourth);
        let later = is_third.or(is_fourth).and(top);
        self.faults = self.faults.or(later.xor(pairs));
        self.before = vector;
    }

    /// Whether something was wrong so far.
    #[inline(always)]
    pub fn has_failed(&self) -> bool {
        !self.faults.is_zero()
    }

    /// Whether all of it was valid, and nothing is missing.
    #[inline(always)]
    pub fn finish(mut self) -> bool {
        if !self.is_after_ascii() {
            // SAFETY: there is such a vector already.
            self.check(unsafe { V::splat(0) });
        }
        !self.has_failed()
    }
}
