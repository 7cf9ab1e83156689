//! From UTF-8.

use super::super::functions::ReadAndWritten;
use super::valid::Validator;
use super::{BYTES, LANES, Vector, is_ascii, order};

/// Whether it is valid.
///
/// # Safety
/// The processor has such vectors.
#[inline(always)]
pub unsafe fn validate_utf8<V: Vector>(source: &[u8]) -> bool {
    // SAFETY: the caller's.
    unsafe { pass_on::<V, Nowhere>(source, Nowhere) }
}

/// Copies what is valid; whether it is.
///
/// # Safety
/// The processor has such vectors; as many bytes can be written.
#[inline(always)]
pub unsafe fn copy_utf8<V: Vector>(source: &[u8], out: *mut u8) -> bool {
    // SAFETY: the caller's.
    unsafe { pass_on::<V, To>(source, To(out)) }
}

/// What becomes of what was looked at. (Not a closure, which would not be inlined in several places.)
trait Sink {
    const STORES: bool;

    /// # Safety
    /// The sink has room for a vector at this offset.
    unsafe fn put<V: Vector>(&self, at: usize, vector: V);
}

struct Nowhere;

impl Sink for Nowhere {
    const STORES: bool = false;

    #[inline(always)]
    unsafe fn put<V: Vector>(&self, _at: usize, _vector: V) {}
}

struct To(*mut u8);

impl Sink for To {
    const STORES: bool = true;

    #[inline(always)]
    unsafe fn put<V: Vector>(&self, at: usize, vector: V) {
        // SAFETY: the caller's.
        unsafe { vector.store(self.0.add(at)) }
    }
}

/// Validates at least a vector of bytes, and passes on what was looked at. Whether it is valid: otherwise not all was
/// passed on.
///
/// # Safety
/// The processor has such vectors; the sink has room for the source.
#[inline(always)]
unsafe fn pass_on<V: Vector, S: Sink>(source: &[u8], sink: S) -> bool {
    let start = source.as_ptr();
    let mut read = 0;
    // SAFETY: the caller's; what is loaded lies within the source, or within the copy of its rest.
    unsafe {
        let mut validator = Validator::<V>::new();
        while read + 2 * BYTES <= source.len() {
            let pair = [V::load(start.add(read)), V::load(start.add(read + BYTES))];
            let is_ascii = is_ascii(pair[0].or(pair[1])) && validator.is_after_ascii();
            if !is_ascii {
                validator.check(pair[0]);
                validator.check(pair[1]);
                if validator.has_failed() {
                    return false;
                }
            }
            sink.put(read, pair[0]);
            sink.put(read + BYTES, pair[1]);
            read += 2 * BYTES;
            // (What is stored takes the longer for larger steps.)
            if is_ascii && !S::STORES {
                read += ascii_ahead::<V>(&source[read..]);
            }
        }
        let left = source.len() - read;
        if left == 0 {
            return validator.finish();
        }
        // Two vectors that overlap what came before, or each other, unless they are just what is left.
        let last = source.len() - BYTES;
        let first = read.min(last);
        let pair = [V::load(start.add(first)), V::load(start.add(last))];
        sink.put(first, pair[0]);
        sink.put(last, pair[1]);
        if is_ascii(pair[0].or(pair[1])) && validator.is_after_ascii() {
            return true;
        }
        let rest = Rest::new::<V>(source);
        let from = rest.last(left);
        validator.check(V::load(from));
        validator.check(V::load(from.add(BYTES)));
        // The last of these bytes is a 0, so nothing is missing.
        !validator.has_failed()
    }
}

/// How many bytes are certain to be ASCII: whole steps of four vectors only.
///
/// # Safety
/// The processor has such vectors.
#[inline(always)]
unsafe fn ascii_ahead<V: Vector>(source: &[u8]) -> usize {
    let start = source.as_ptr();
    let mut read = 0;
    while read + 4 * BYTES <= source.len() {
        // SAFETY: the caller's; the vectors lie within the source.
        let is_ascii = unsafe {
            let at = start.add(read);
            let first = V::load(at).or(V::load(at.add(BYTES)));
            is_ascii(first.or(V::load(at.add(2 * BYTES))).or(V::load(at.add(3 * BYTES))))
        };
        if !is_ascii {
            break;
        }
        read += 4 * BYTES;
    }
    read
}

/// The end of a source, and zeros behind it.
struct Rest([u8; Rest::END + Rest::ZEROS]);

impl Rest {
    /// The most that can be left.
    const END: usize = 2 * BYTES;
    const ZEROS: usize = 2 * BYTES + AHEAD;

    /// Of a source of at least a vector.
    ///
    /// # Safety
    /// The processor has such vectors.
    #[inline(always)]
    unsafe fn new<V: Vector>(source: &[u8]) -> Self {
        let mut rest = [0; Self::END + Self::ZEROS];
        let last = source.len() - BYTES;
        let first = last.saturating_sub(BYTES);
        // SAFETY: the caller's; both vectors lie within the source, and are stored where they end at `END` and lie to
        // each other as there. (A call of `memcpy` takes longer than what it would copy.)
        unsafe {
            let to = rest.as_mut_ptr().add(Self::END - source.len().min(Self::END));
            V::load(source.as_ptr().add(first)).store(to);
            V::load(source.as_ptr().add(last)).store(rest.as_mut_ptr().add(Self::END - BYTES));
        }
        Rest(rest)
    }

    /// Where the last `left` bytes of the source begin: at most [`Rest::END`], and no more than there were.
    #[inline(always)]
    fn last(&self, left: usize) -> *const u8 {
        self.0[Self::END - left..].as_ptr()
    }
}

/// How far behind a vector a conversion looks: a character's further bytes.
const AHEAD: usize = 2;

/// Units written, if the source, of at least a vector, is valid.
///
/// # Safety
/// The processor has such vectors; as many units can be written as the source has bytes.
#[inline(always)]
pub unsafe fn utf8_to_utf16<V: Vector>(source: &[u8], out: *mut u16) -> Option<usize> {
    let (mut read, mut written) = (0, 0);
    // SAFETY: the caller's. What is loaded lies within the source, or within the copy of its rest. Units written are
    // at most as many as bytes read, and there is room for a vector of them as long as there is one to read.
    unsafe {
        let mut to_utf16 = ToUtf16::<V>::new();
        while read + BYTES + AHEAD <= source.len() {
            let (rest, to) = (&source[read..], out.add(written));
            let (bytes, units) = match to_utf16.characters {
                ASCII if rest.len() >= 2 * BYTES => to_utf16.convert_ascii(rest, to),
                ..=MOST_OF_THREE if rest.len() >= OF_THREE + AHEAD => {
                    to_utf16.convert_threes(rest.as_ptr(), to)
                }
                _ => (BYTES, to_utf16.convert(rest.as_ptr(), to)),
            };
            (read, written) = (read + bytes, written + units);
            if to_utf16.validator.has_failed() {
                return None;
            }
        }
        let more = to_utf16.finish(source, source.len() - read, out.add(written))?;
        Some(written + more)
    }
}

/// Bytes that are converted together if all of their characters have three: three vectors.
const OF_THREE: usize = 3 * BYTES;
/// The most characters of three bytes that begin in a vector.
const MOST_OF_THREE: u32 = BYTES as u32 / 3 + 1;

/// More characters than there can be: there is nothing but ASCII, and nothing is pending.
const ASCII: u32 = u32::MAX;

struct ToUtf16<V> {
    validator: Validator<V>,
    /// The lowest bit: whether the next byte is the second of a character of four.
    expected: u32,
    /// How many characters began in the last vector, or [`ASCII`].
    characters: u32,
}

impl<V: Vector> ToUtf16<V> {
    /// # Safety
    /// The processor has such vectors.
    #[inline(always)]
    unsafe fn new() -> Self {
        // SAFETY: the caller's.
        ToUtf16 { validator: unsafe { Validator::new() }, expected: 0, characters: ASCII }
    }

    /// Validates and converts a vector's bytes; how many units that are. If they are invalid, so are the units.
    ///
    /// # Safety
    /// [`AHEAD`] bytes more can be read, as many units written as the vector has bytes.
    #[inline(always)]
    unsafe fn convert(&mut self, from: *const u8, to: *mut u16) -> usize {
        // SAFETY: the caller's; there are such vectors already.
        unsafe {
            let vector = V::load(from);
            if is_ascii(vector) && self.validator.is_after_ascii() {
                V::widen(from).store(to.cast());
                V::widen(from.add(LANES)).store(to.add(LANES).cast());
                self.characters = ASCII;
                return BYTES;
            }
            self.validator.check(vector);
            let leads = vector.above(V::splat(0xbf)).top_bits();
            self.characters = leads.count_ones();
            let fours = vector.saturating_sub(V::splat(0xf0 - 0x80)).top_bits();
            if fours | self.expected == 0 {
                let written = compress::<V>(units_of_three(from), leads, to);
                let (from, to) = (from.add(LANES), to.add(written));
                return written + compress::<V>(units_of_three(from), leads >> LANES, to);
            }
            // The second byte of four becomes the second surrogate.
            let kept = leads | fours << 1 | self.expected;
            self.expected = fours >> (BYTES - 1);
            let written = compress::<V>(units_of_four(from), kept, to);
            let (from, to) = (from.add(LANES), to.add(written));
            written + compress::<V>(units_of_four(from), kept >> LANES, to)
        }
    }
}

/// Where characters begin in three vectors if all have three bytes, by where the first one does.
const BEGINNINGS: [[u32; 3]; 3] = [
    [0x4924_9249, 0x9249_2492, 0x2492_4924],
    [0x9249_2492, 0x2492_4924, 0x4924_9249],
    [0x2492_4924, 0x4924_9249, 0x9249_2492],
];

impl<V: Vector> ToUtf16<V> {
    /// Widens pairs of vectors as long as they are ASCII, or converts one vector: bytes read, and units written.
    ///
    /// # Safety
    /// There is a pair of vectors; as many units can be written as the source has bytes.
    #[inline(always)]
    unsafe fn convert_ascii(&mut self, source: &[u8], to: *mut u16) -> ReadAndWritten {
        let mut done = 0;
        // SAFETY: the caller's; what is loaded lies within the source.
        unsafe {
            while done + 2 * BYTES <= source.len() {
                let (from, to) = (source.as_ptr().add(done), to.add(done));
                if !is_ascii(V::load(from).or(V::load(from.add(BYTES)))) {
                    break;
                }
                V::widen(from).store(to.cast());
                V::widen(from.add(LANES)).store(to.add(LANES).cast());
                V::widen(from.add(2 * LANES)).store(to.add(2 * LANES).cast());
                V::widen(from.add(3 * LANES)).store(to.add(3 * LANES).cast());
                done += 2 * BYTES;
            }
            match done {
                0 => (BYTES, self.convert(source.as_ptr(), to)),
                _ => (done, done),
            }
        }
    }

    /// Converts three vectors if every third byte begins a character in them, else one: bytes read, and units written.
    ///
    /// # Safety
    /// Three vectors and [`AHEAD`] bytes can be read, as many units written as they have bytes.
    #[inline(always)]
    unsafe fn convert_threes(&mut self, from: *const u8, to: *mut u16) -> ReadAndWritten {
        // SAFETY: the caller's.
        unsafe {
            match self.threes(from, to) {
                Some(units) => (OF_THREE, units),
                None => (BYTES, self.convert(from, to)),
            }
        }
    }

    /// As [`Self::convert_threes`]; `None` if characters begin elsewhere.
    ///
    /// # Safety
    /// The same.
    #[inline(always)]
    unsafe fn threes(&mut self, from: *const u8, to: *mut u16) -> Option<usize> {
        // SAFETY: the caller's; there are such vectors already.
        unsafe {
            let vector = V::load(from);
            let leads = |vector: V| vector.above(V::splat(0xbf)).top_bits();
            let first = leads(vector).trailing_zeros() as usize;
            let [one, two, three] = *BEGINNINGS.get(first)?;
            // The last character ends in the next vector, or is one of fewer bytes: no pattern shows that.
            let last = from.add(first + OF_THREE - 3).read();
            if leads(vector) != one || last & 0xf0 != 0xe0 || self.expected != 0 {
                return None;
            }
            let more = [V::load(from.add(BYTES)), V::load(from.add(2 * BYTES))];
            if leads(more[0]) != two || leads(more[1]) != three {
                return None;
            }
            self.validator.check(vector);
            self.validator.check(more[0]);
            self.validator.check(more[1]);
            units_of_threes::<V>(from.add(first)).store(to.cast());
            units_of_threes::<V>(from.add(first + OF_THREE / 2)).store(to.add(LANES).cast());
            Some(OF_THREE / 3)
        }
    }

    /// Converts the last `left` bytes of a source: at most a vector and [`AHEAD`], all of it having a vector at least.
    ///
    /// # Safety
    /// As many units can be written.
    #[inline(always)]
    unsafe fn finish(mut self, source: &[u8], left: usize, out: *mut u16) -> Option<usize> {
        let mut units = [0; 2 * BYTES];
        // SAFETY: the caller's. Each byte of 0 behind the rest becomes a unit, if the rest is valid.
        unsafe {
            let rest = Rest::new::<V>(source);
            let from = rest.last(left);
            let mut written = self.convert(from, units.as_mut_ptr());
            let mut read = BYTES;
            if left > BYTES {
                written += self.convert(from.add(BYTES), units.as_mut_ptr().add(written));
                read += BYTES;
            }
            if !self.validator.finish() {
                return None;
            }
            let count = written - (read - left);
            out.copy_from_nonoverlapping(units.as_ptr(), count);
            Some(count)
        }
    }
}

/// The units of sixteen characters of three bytes.
///
/// # Safety
/// Their 48 bytes can be read; there are such vectors.
#[inline(always)]
unsafe fn units_of_threes<V: Vector>(from: *const u8) -> V {
    // SAFETY: the caller's.
    unsafe {
        let parts = [0, 8, 24, 32].map(|at| from.add(at));
        let load = |part: usize| V::load_half(&*parts[part].cast());
        let [a, b, c, d] = [load(0), load(1), load(2), load(3)];
        let [low, high] = &order::FIRST_OF_THREE;
        let [low, high] = [V::load_half(low), V::load_half(high)];
        let first = V::join(V::in_order(a, low), V::in_order(c, low));
        let first = first.or(V::join(V::in_order(b, high), V::in_order(d, high)));
        let [low, high] = &order::LAST_OF_THREE;
        let [low, high] = [V::load_half(low), V::load_half(high)];
        let last = V::join(V::in_order(a, low), V::in_order(c, low));
        let last = last.or(V::join(V::in_order(b, high), V::in_order(d, high)));
        let six_bits = V::splat_lanes(0x3f);
        let top = first.shift_left::<4>().and(V::splat_lanes(0xf000));
        top.or(first.and(six_bits).shift_left::<6>()).or(last.and(six_bits))
    }
}

/// Stores the lanes whose bits are set; how many. As many are written as there are.
///
/// # Safety
/// There is room for a vector, if all of its lanes are kept; else for the half in which the last one kept ends.
#[inline(always)]
unsafe fn compress<V: Vector>(lanes: V, kept: u32, to: *mut u16) -> usize {
    let [low, high] = lanes.halves();
    let (bits, more) = ((kept & 0xff) as usize, (kept >> 8 & 0xff) as usize);
    let count = bits.count_ones() as usize;
    // SAFETY: the caller's.
    unsafe {
        V::store_half(V::in_order(low, V::load_half(&order::LANES[bits])), to.cast());
        let high = V::in_order(high, V::load_half(&order::LANES[more]));
        V::store_half(high, to.add(count).cast());
    }
    count + more.count_ones() as usize
}

/// The units that characters of up to three bytes are, at their first byte's place.
///
/// # Safety
/// Sixteen bytes and [`AHEAD`] more can be read; there are such vectors.
#[inline(always)]
unsafe fn units_of_three<V: Vector>(from: *const u8) -> V {
    // SAFETY: the caller's.
    unsafe {
        let six_bits = V::splat_lanes(0x3f);
        let first = V::widen(from);
        let second = V::widen(from.add(1)).and(six_bits);
        let third = V::widen(from.add(2)).and(six_bits);
        let two = first.and(V::splat_lanes(0x1f)).shift_left::<6>().or(second);
        let three = first.shift_left::<12>().or(second.shift_left::<6>()).or(third);
        let is_two = first.and(V::splat_lanes(0xe0)).equal_lanes(V::splat_lanes(0xc0));
        let is_three = first.and(V::splat_lanes(0xf0)).equal_lanes(V::splat_lanes(0xe0));
        three.select(is_three, two.select(is_two, first))
    }
}

/// The units that characters are, at their first byte's place, and the second surrogates at their second byte's.
///
/// # Safety
/// As for [`units_of_three`].
#[inline(always)]
unsafe fn units_of_four<V: Vector>(from: *const u8) -> V {
    // SAFETY: the caller's.
    unsafe {
        let six_bits = V::splat_lanes(0x3f);
        let first = V::widen(from);
        let second = V::widen(from.add(1)).and(six_bits);
        let third = V::widen(from.add(2)).and(six_bits);
        // The bits above the lower ten; 0x10000 of them are not encoded.
        let high = first.and(V::splat_lanes(0x07)).shift_left::<8>().or(second.shift_left::<2>());
        let high = high.or(third.shift_right::<4>()).add_lanes(V::splat_lanes(0xd7c0));
        let low = second.and(V::splat_lanes(0x0f)).shift_left::<6>().or(third);
        let low = low.or(V::splat_lanes(0xdc00));
        let is_four = first.and(V::splat_lanes(0xf8)).equal_lanes(V::splat_lanes(0xf0));
        let is_later = first.and(V::splat_lanes(0xc0)).equal_lanes(V::splat_lanes(0x80));
        high.select(is_four, low.select(is_later, units_of_three(from)))
    }
}
