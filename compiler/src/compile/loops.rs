//! Where a function should begin so that its inner loops touch few cache lines.
//!
//! Processors fetch code by lines of 64 bytes. A short loop that lies across the end of one takes up to half
//! as long again, and Cranelift does not align loops; but where the function begins decides where they are.

use cranelift_codegen::CompiledCode;

/// Bytes that are fetched at once.
pub const LINE: u32 = 64;
/// Bytes of a loop from which on one line more makes no difference.
const LARGE: u32 = 512;
/// Where functions begin if nothing speaks for another place.
const USUAL: u64 = 0x0001_0001_0001_0001;

/// The code of a loop, from its header on.
struct Loop {
    start: u32,
    end: u32,
}

/// The good places in a line for the first byte of this function, as a set of bits; never empty. `align` is
/// a power of two that all of them are multiples of.
pub fn places(code: &CompiledCode, align: u32) -> u64 {
    choose(&loops(code), align)
}

fn choose(loops: &[Loop], align: u32) -> u64 {
    let weighed = weigh(loops);
    let aligned = (0..LINE).filter(|place| place.is_multiple_of(align));
    let costs: Vec<(u32, u64)> = aligned.map(|place| (place, cost(&weighed, place))).collect();
    let least = costs.iter().map(|&(_, cost)| cost).min().unwrap_or(0);
    let best = costs.iter().filter(|&&(_, cost)| cost == least);
    let best = best.fold(0, |places, (place, _)| places | 1 << place);
    if best & USUAL == 0 { best } else { best & USUAL }
}

/// Loops by where they start, one for each header.
fn loops(code: &CompiledCode) -> Vec<Loop> {
    let end_of = |block: u32| {
        let after = code.bb_starts.partition_point(|&start| start <= block);
        code.bb_starts.get(after).copied().unwrap_or(code.buffer.total_size())
    };
    let back = code.bb_edges.iter().filter(|(from, to)| to <= from);
    let mut loops: Vec<Loop> =
        back.map(|&(from, to)| Loop { start: to, end: end_of(from) }).collect();
    loops.sort_unstable_by_key(|it| (it.start, std::cmp::Reverse(it.end)));
    loops.dedup_by_key(|it| it.start);
    loops
}

/// The innermost loops, if they are not large, and what a line more costs in each: more in a deeper one, and
/// in a shorter one.
fn weigh(loops: &[Loop]) -> Vec<(&Loop, u64)> {
    let mut around: Vec<u32> = Vec::new();
    let mut weighed = Vec::new();
    for (index, it) in loops.iter().enumerate() {
        around.retain(|&end| end > it.start);
        let innermost = loops.get(index + 1).is_none_or(|next| next.start >= it.end);
        if innermost && it.end - it.start <= LARGE {
            let lines = u64::from((it.end - it.start).div_ceil(LINE));
            weighed.push((it, (64 << (2 * around.len().min(8))) / lines));
        }
        around.push(it.end);
    }
    weighed
}

/// The price of the lines that the loops touch beyond the least number, if the function begins at `place`.
fn cost(weighed: &[(&Loop, u64)], place: u32) -> u64 {
    let price = |(it, weight): &(&Loop, u64)| {
        let size = it.end - it.start;
        let touched = ((place + it.start) % LINE + size).div_ceil(LINE);
        u64::from(touched - size.div_ceil(LINE)) * weight
    };
    weighed.iter().map(price).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(ranges: &[(u32, u32)], align: u32) -> Vec<u32> {
        let loops: Vec<Loop> = ranges.iter().map(|&(start, end)| Loop { start, end }).collect();
        let places = choose(&loops, align);
        (0..LINE).filter(|place| places >> place & 1 == 1).collect()
    }

    #[test]
    fn without_loops_a_function_begins_where_functions_do() {
        assert_eq!(chosen(&[], 8), [0, 16, 32, 48]);
        assert_eq!(chosen(&[], 32), [0, 32]);
    }

    #[test]
    fn a_short_loop_lies_in_one_line() {
        assert_eq!(chosen(&[(40, 80)], 8), [32, 48]);
        // Only a place between the usual ones will do.
        assert_eq!(chosen(&[(12, 72)], 8), [56]);
    }

    #[test]
    fn a_long_loop_begins_with_a_line() {
        assert_eq!(chosen(&[(16, 144)], 8), [48]);
        assert_eq!(chosen(&[(16, 16 + LARGE + 1)], 8), [0, 16, 32, 48]);
    }

    #[test]
    fn the_deeper_loop_wins() {
        let (outer, inner, other) = ((0, 200), (8, 64), (210, 266));
        assert_eq!(chosen(&[outer, inner, other], 8), [0]);
        assert_eq!(chosen(&[other], 8), [48]);
    }
}
