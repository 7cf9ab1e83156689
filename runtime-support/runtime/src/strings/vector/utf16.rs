//! From UTF-16.

use super::super::scalar;
use super::{LANES, Vector, order};

/// Which units of a vector are surrogates.
#[derive(Clone, Copy)]
struct Surrogates {
    first: u32,
    second: u32,
}

impl Surrogates {
    #[inline(always)]
    fn of<V: Vector>(units: V) -> Self {
        // SAFETY: there is such a vector already.
        let [mask, first, second] =
            unsafe { [V::splat_lanes(0xfc00), V::splat_lanes(0xd800), V::splat_lanes(0xdc00)] };
        let kinds = units.and(mask);
        Surrogates {
            first: kinds.equal_lanes(first).lane_bits(),
            second: kinds.equal_lanes(second).lane_bits(),
        }
    }

    /// Whether each first one is followed by a second one; `expected` says whether a first one came before. Whether
    /// a second one must come next.
    #[inline(always)]
    fn paired(self, expected: u32) -> Option<u32> {
        let follow = (self.first << 1 | expected) & ALL;
        (follow == self.second).then_some(self.first >> (LANES - 1))
    }
}

/// Whether there is a surrogate among these.
#[inline(always)]
fn has_surrogate<V: Vector>(units: V) -> bool {
    // SAFETY: there is such a vector already.
    let [mask, surrogate] = unsafe { [V::splat_lanes(0xf800), V::splat_lanes(0xd800)] };
    !units.and(mask).equal_lanes(surrogate).is_zero()
}

/// Copies what is valid; whether it is.
///
/// # Safety
/// The processor has such vectors; as many units can be written.
#[inline(always)]
pub unsafe fn copy_utf16<V: Vector>(source: &[u16], out: *mut u16) -> bool {
    let (mut done, mut expected) = (0, 0);
    // SAFETY: the caller's; what is loaded lies within the source, and what is stored at the same offset.
    unsafe {
        while done + LANES <= source.len() {
            let units = V::load(source.as_ptr().add(done).cast());
            if expected != 0 || has_surrogate(units) {
                match Surrogates::of(units).paired(expected) {
                    Some(next) => expected = next,
                    None => return false,
                }
            }
            units.store(out.add(done).cast());
            done += LANES;
        }
        done -= expected as usize;
        scalar::utf16::copy(&source[done..], out.add(done))
    }
}

/// As [`scalar::utf16::narrow`].
///
/// # Safety
/// The processor has such vectors; `units` can be read and as many bytes written. Source and destination may be at
/// the same address.
#[inline(always)]
pub unsafe fn narrow<V: Vector>(
    start: *const u16,
    units: usize,
    out: *mut u8,
    limit: u16,
) -> usize {
    let mut done = 0;
    // SAFETY: the caller's. What is read is written afterwards, at or below where it was read.
    unsafe {
        let above = V::splat_lanes(!limit);
        while done + 2 * LANES <= units {
            let from = start.add(done);
            let pair = [V::load(from.cast()), V::load(from.add(LANES).cast())];
            if !pair[0].or(pair[1]).and(above).is_zero() {
                break;
            }
            pair[0].narrow(pair[1]).store(out.add(done));
            done += 2 * LANES;
        }
        done + scalar::utf16::narrow(start.add(done), units - done, out.add(done), limit)
    }
}

/// A bit for each unit of a vector.
const ALL: u32 = (1 << LANES) - 1;

/// How many units more than a vector there must be: stores go beyond what they are for, by less than these become.
const SPARE: usize = 2;

/// Bytes written, if the source is valid.
///
/// # Safety
/// The processor has such vectors; three times as many bytes can be written as the source has units.
#[inline(always)]
pub unsafe fn utf16_to_utf8<V: Vector>(source: &[u16], out: *mut u8) -> Option<usize> {
    let (mut read, mut written, mut expected) = (0, 0, 0);
    // SAFETY: the caller's. What is loaded lies within the source. Bytes written are at most three times as many as
    // units read; a store goes at most four bytes beyond that.
    unsafe {
        let mut before = V::splat(0);
        while read + LANES + SPARE <= source.len() {
            let units = V::load(source.as_ptr().add(read).cast());
            let to = out.add(written);
            read += LANES;
            if expected == 0 && units.and(V::splat_lanes(0xff80)).is_zero() {
                let [low, _] = units.narrow(units).halves();
                V::store_half(low, to);
                written += LANES;
            } else if expected == 0 && units.and(V::splat_lanes(0xf800)).is_zero() {
                written += store_two(units, to);
            } else if expected != 0 || has_surrogate(units) {
                let surrogates = Surrogates::of(units);
                expected = surrogates.paired(expected)?;
                written += store_four(units, before, to);
            } else {
                let [first, third] = bytes_of_three(units);
                let threes = above_two(units) & ALL;
                written += match threes {
                    ALL => store_three(first, third, ALL, ALL, to),
                    _ => store_three(first, third, above_ascii(units), threes, to),
                };
            }
            before = units;
        }
        // The first half of a character is written again with its second half: it became two bytes.
        (read, written) = (read - expected as usize, written - 2 * expected as usize);
        let more = scalar::utf16::to_utf8(&source[read..], out.add(written))?;
        Some(written + more)
    }
}

/// A bit for each unit that needs two bytes or more.
#[inline(always)]
fn above_ascii<V: Vector>(units: V) -> u32 {
    // SAFETY: there is such a vector already.
    let [mask, zero] = unsafe { [V::splat_lanes(0xff80), V::splat(0)] };
    !units.and(mask).equal_lanes(zero).lane_bits()
}

/// A bit for each unit that is above U+07FF.
#[inline(always)]
fn above_two<V: Vector>(units: V) -> u32 {
    // SAFETY: there is such a vector already.
    let [mask, zero] = unsafe { [V::splat_lanes(0xf800), V::splat(0)] };
    !units.and(mask).equal_lanes(zero).lane_bits()
}

/// The low six bits of each lane with the mark of a continuation.
#[inline(always)]
fn continuation<V: Vector>(lanes: V) -> V {
    // SAFETY: there is such a vector already.
    let [six_bits, mark] = unsafe { [V::splat_lanes(0x3f), V::splat_lanes(0x80)] };
    lanes.and(six_bits).or(mark)
}

/// The two bytes of units below U+0800, the first one's in the low half of a lane.
#[inline(always)]
fn bytes_of_two<V: Vector>(units: V) -> V {
    // SAFETY: there is such a vector already.
    let mark = unsafe { V::splat_lanes(0xc0) };
    units.shift_right::<6>().or(mark).or(continuation(units).shift_left::<8>())
}

/// Stores units below U+0800; how many bytes that are.
///
/// # Safety
/// There is room for two bytes of each.
#[inline(always)]
pub unsafe fn store_two<V: Vector>(units: V, to: *mut u8) -> usize {
    let twos = above_ascii(units);
    // SAFETY: the caller's; there are such vectors already.
    unsafe {
        let is_one = units.and(V::splat_lanes(0xff80)).equal_lanes(V::splat(0));
        let [low, high] = units.select(is_one, bytes_of_two(units)).halves();
        let (bits, more) = ((twos & 0xff) as usize, (twos >> 8 & 0xff) as usize);
        let count = LANES / 2 + bits.count_ones() as usize;
        V::store_half(V::in_order(low, V::load_half(&order::ONE_OR_TWO[bits])), to);
        let high = V::in_order(high, V::load_half(&order::ONE_OR_TWO[more]));
        V::store_half(high, to.add(count));
        count + LANES / 2 + more.count_ones() as usize
    }
}

/// The bytes of units that are no surrogates: the first two as lanes, and the third.
#[inline(always)]
fn bytes_of_three<V: Vector>(units: V) -> [V; 2] {
    // SAFETY: there is such a vector already.
    let (is_one, is_two, mark) = unsafe {
        let zero = V::splat(0);
        (
            units.and(V::splat_lanes(0xff80)).equal_lanes(zero),
            units.and(V::splat_lanes(0xf800)).equal_lanes(zero),
            V::splat_lanes(0xe0),
        )
    };
    let second = continuation(units.shift_right::<6>()).shift_left::<8>();
    let three = units.shift_right::<12>().or(mark).or(second);
    let first = units.select(is_one, bytes_of_two(units).select(is_two, three));
    [first, continuation(units)]
}

/// Stores a lane's bytes and the third where these bits are set; how many bytes that are.
///
/// # Safety
/// There is room for three bytes of each and four more.
#[inline(always)]
unsafe fn store_three<V: Vector>(first: V, third: V, twos: u32, threes: u32, to: *mut u8) -> usize {
    let mut written = 0;
    let groups = first.zip(third);
    let mut group = 0;
    while group < groups.len() {
        let (twos, threes) = (twos >> (4 * group) & 15, threes >> (4 * group) & 15);
        let bits = (twos | threes << 4) as usize;
        // SAFETY: the caller's.
        unsafe {
            let order = V::load_half(&order::ONE_TO_THREE[bits]);
            V::store_half(V::in_order(groups[group], order), to.add(written));
        }
        written += 4 + bits.count_ones() as usize;
        group += 1;
    }
    written
}

/// Stores units of all kinds, of which `before` came before. Of a character's four bytes, each surrogate becomes two.
///
/// # Safety
/// As for [`store_three`].
#[inline(always)]
unsafe fn store_four<V: Vector>(units: V, before: V, to: *mut u8) -> usize {
    // SAFETY: the caller's; there are such vectors already.
    unsafe {
        let [ten_bits, beyond] = [V::splat_lanes(0x3ff), V::splat_lanes(0x40)];
        // The bits above the lower ten, with the 0x10000 that is not encoded.
        let high = units.and(ten_bits).add_lanes(beyond);
        let first = high.shift_right::<8>().or(V::splat_lanes(0xf0));
        let first = first.or(continuation(high.shift_right::<2>()).shift_left::<8>());
        let two_bits = units.back2(before).and(V::splat_lanes(0x03)).shift_left::<4>();
        let second = units.shift_right::<6>().and(V::splat_lanes(0x0f)).or(two_bits);
        let second = continuation(second).or(continuation(units).shift_left::<8>());
        let kinds = units.and(V::splat_lanes(0xfc00));
        let is_first = kinds.equal_lanes(V::splat_lanes(0xd800));
        let is_second = kinds.equal_lanes(V::splat_lanes(0xdc00));
        let [others, third] = bytes_of_three(units);
        let bytes = first.select(is_first, second.select(is_second, others));
        let threes = above_two(units) & !is_first.or(is_second).lane_bits();
        store_three(bytes, third, above_ascii(units), threes, to)
    }
}
