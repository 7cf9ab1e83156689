//! What guests can lie about.

use super::{Draft, Lie};
use crate::control::{MAX_LIES, PAGE};
use crate::edge::Side;
use crate::value::{Role, Spot};
use weldc_tests::roundtrip::rng::Rng;

/// Changes one thing about a side.
pub fn lie(rng: &mut Rng, draft: &mut Draft, side: Side) {
    match rng.below(10) {
        0..4 if !draft.spots.is_empty() => spot(rng, draft, side),
        0..6 if !draft.input.words.is_empty() => word(rng, draft, side),
        6 if !draft.input.drops.is_empty() => drop(rng, draft),
        7 if !draft.input.bytes.is_empty() => {
            let at = rng.below(draft.input.bytes.len() as u64) as usize;
            draft.input.bytes[at] = rng.word() as u8;
        }
        _ => realloc(rng, draft, side),
    }
}

/// A place in memory. The roles that matter are rarer than the others, so some are passed over.
fn spot(rng: &mut Rng, draft: &mut Draft, side: Side) {
    let mut at = rng.below(draft.spots.len() as u64) as usize;
    for _ in 0..4 {
        if draft.spots[at].role != Role::Other {
            break;
        }
        at = rng.below(draft.spots.len() as u64) as usize;
    }
    let Spot { at, bytes, role } = draft.spots[at];
    if let Role::Units(unit) = role {
        return units(rng, &mut draft.input.bytes[at..at + bytes], unit);
    }
    let old = le(&draft.input.bytes[at..at + bytes]);
    let value = wrong(rng, role, old, side).to_le_bytes();
    draft.input.bytes[at..at + bytes].copy_from_slice(&value[..bytes]);
}

fn le(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |value, &byte| value << 8 | u64::from(byte))
}

fn word(rng: &mut Rng, draft: &mut Draft, side: Side) {
    let at = rng.below(draft.input.words.len() as u64) as usize;
    let old = draft.input.words[at];
    draft.input.words[at] = wrong(rng, draft.roles[at], old, side);
}

/// A value that may be wrong for its role.
fn wrong(rng: &mut Rng, role: Role, old: u64, side: Side) -> u64 {
    match role {
        Role::Pointer => address(rng, old, side),
        Role::Length => length(rng, old, side),
        Role::Discriminant(cases) => {
            let cases = u64::from(cases);
            rng.pick(&[
                cases,
                cases + 1,
                0xff,
                0x100,
                0xffff,
                0xffff_ffff,
                cases - 1,
                old | 1 << 31,
            ])
        }
        Role::Char => {
            rng.pick(&[0xd7ff, 0xd800, 0xdfff, 0xe000, 0x10_ffff, 0x11_0000, 0xffff_ffff])
        }
        Role::Handle => rng.pick(&[0, 1, 2, 9, 10, 17, 18, 1 << 28, 0xffff_ffff, old ^ 1]),
        Role::Units(_) | Role::Other => rng.word(),
    }
}

fn address(rng: &mut Rng, old: u64, side: Side) -> u64 {
    let near = PAGE - rng.below(40);
    let more = |bytes| old.wrapping_add(bytes);
    let mut candidates =
        vec![0, 1, more(1), more(2), more(4), near, near, PAGE, PAGE + 8, 4 * PAGE];
    candidates.extend([0x7fff_ffff, 0x8000_0000, 0xffff_ff00, 0xffff_fff0, 0xffff_ffff]);
    if side.pointer == 8 {
        candidates.extend([old | 1 << 32, old | 1 << 63, 1 << 32, u64::MAX, u64::MAX - 7]);
        candidates.extend([u64::MAX - 0xffff, 1 << 36, 1 << 47, rng.word(), rng.word() & !7]);
    }
    rng.pick(&candidates)
}

fn length(rng: &mut Rng, old: u64, side: Side) -> u64 {
    let more = |units| old.wrapping_add(units);
    let mut candidates = vec![0, more(1), more(2), more(old), old.saturating_sub(1)];
    candidates.extend([0x7fff, 0xffff, 0x1_0000, 0x07ff_ffff, 0x0fff_ffff, 0x1000_0000]);
    candidates.extend([0x7fff_ffff, 0x8000_0000, 0x8000_0001, 0xffff_ffff, 0x2000_0001]);
    candidates.push(old ^ 1 << (8 * side.pointer - 1));
    if side.pointer == 8 {
        candidates.extend([1 << 32, old | 1 << 32, 1 << 60, 1 << 61, 1 << 62, 1 << 63, u64::MAX]);
        candidates.extend([old | 1 << 62, u64::MAX >> 1, rng.word()]);
    }
    rng.pick(&candidates)
}

/// Code units that are not what the encoding allows; which they are depends on what is around them.
fn units(rng: &mut Rng, bytes: &mut [u8], unit: u32) {
    if bytes.is_empty() {
        return;
    }
    let at = rng.below(bytes.len() as u64) as usize / unit as usize * unit as usize;
    let value: &[u8] = match unit {
        1 => {
            [&[0x80][..], &[0xff], &[0xc0, 0x80], &[0xe0, 0x80], &[0xed, 0xa0, 0x80], &[0xf4, 0x90]]
                [rng.below(6) as usize]
        }
        _ => {
            [&[0x00, 0xd8][..], &[0xff, 0xdb], &[0x00, 0xdc], &[0xff, 0xdf]][rng.below(4) as usize]
        }
    };
    for (to, from) in bytes[at..].iter_mut().zip(value) {
        *to = *from;
    }
}

fn drop(rng: &mut Rng, draft: &mut Draft) {
    let drops = &mut draft.input.drops;
    let at = rng.below(drops.len() as u64) as usize;
    match rng.below(4) {
        // Kept after the call.
        0 => {
            drops.remove(at);
        }
        1 => drops[at].0 ^= 1,
        2 => drops[at].1 = rng.pick(&[0, 1, 40, 1 << 28, u32::MAX]),
        _ => drops[at] = drops[0],
    }
}

fn realloc(rng: &mut Rng, draft: &mut Draft, side: Side) {
    let at = rng.below(MAX_LIES as u64) as usize;
    // The first calls are those that are sure to come.
    let at = if rng.percent(70) { at / 5 } else { at };
    let near = PAGE - rng.below(80);
    draft.input.lies[at] = match rng.below(8) {
        0 => Lie::Trap,
        1 => Lie::Forget,
        2..4 => Lie::Address(near),
        4 => Lie::Address(rng.below(PAGE)),
        5 => Lie::Address(rng.below(PAGE) & !7),
        _ => {
            let address = address(rng, draft.input.bump, side);
            Lie::Address(if side.pointer == 4 { address & 0xffff_ffff } else { address })
        }
    };
}
