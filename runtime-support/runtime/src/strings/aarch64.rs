//! Vectors of aarch64: pairs of NEON's, which every such processor has.

use super::functions::Functions;
use super::vector::{Order, Vector, functions};
use core::arch::aarch64::*;

/// The implementations that this processor can run, the best first.
pub fn available() -> impl Iterator<Item = &'static Functions> {
    static NEON: Functions = functions!(Neon, "neon");
    [&NEON].into_iter()
}

#[derive(Clone, Copy)]
pub struct Neon([uint8x16_t; 2]);

/// A vector as lanes of 16 bits, and back.
#[inline(always)]
fn lanes(half: uint8x16_t) -> uint16x8_t {
    // SAFETY: the target has NEON.
    unsafe { vreinterpretq_u16_u8(half) }
}

#[inline(always)]
fn bytes(half: uint16x8_t) -> uint8x16_t {
    // SAFETY: the target has NEON.
    unsafe { vreinterpretq_u8_u16(half) }
}

impl Neon {
    #[inline(always)]
    fn each(self, other: Self, operate: impl Fn(uint8x16_t, uint8x16_t) -> uint8x16_t) -> Self {
        Neon([operate(self.0[0], other.0[0]), operate(self.0[1], other.0[1])])
    }

    #[inline(always)]
    fn each_lane(
        self,
        other: Self,
        operate: impl Fn(uint16x8_t, uint16x8_t) -> uint16x8_t,
    ) -> Self {
        self.each(other, |a, b| bytes(operate(lanes(a), lanes(b))))
    }
}

const WEIGHTS: Order = [1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128];

// SAFETY (all blocks): the target has NEON; addresses are the caller's.
#[allow(clippy::undocumented_unsafe_blocks, unused_unsafe)]
impl Vector for Neon {
    type Half = uint8x16_t;

    #[inline(always)]
    unsafe fn load(from: *const u8) -> Self {
        Neon(unsafe { [vld1q_u8(from), vld1q_u8(from.add(16))] })
    }
    #[inline(always)]
    unsafe fn widen(from: *const u8) -> Self {
        let half = unsafe { vld1q_u8(from) };
        Neon(unsafe { [bytes(vmovl_u8(vget_low_u8(half))), bytes(vmovl_high_u8(half))] })
    }
    #[inline(always)]
    unsafe fn splat(byte: u8) -> Self {
        Neon(unsafe { [vdupq_n_u8(byte); 2] })
    }
    #[inline(always)]
    unsafe fn splat_lanes(lane: u16) -> Self {
        Neon(unsafe { [bytes(vdupq_n_u16(lane)); 2] })
    }
    #[inline(always)]
    unsafe fn table(table: &[u8; 16]) -> Self {
        Neon(unsafe { [vld1q_u8(table.as_ptr()); 2] })
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut u8) {
        unsafe {
            vst1q_u8(to, self.0[0]);
            vst1q_u8(to.add(16), self.0[1]);
        }
    }
    #[inline(always)]
    fn and(self, other: Self) -> Self {
        self.each(other, |a, b| unsafe { vandq_u8(a, b) })
    }
    #[inline(always)]
    fn or(self, other: Self) -> Self {
        self.each(other, |a, b| unsafe { vorrq_u8(a, b) })
    }
    #[inline(always)]
    fn xor(self, other: Self) -> Self {
        self.each(other, |a, b| unsafe { veorq_u8(a, b) })
    }
    #[inline(always)]
    fn select(self, mask: Self, other: Self) -> Self {
        let choose = |i: usize| unsafe { vbslq_u8(mask.0[i], self.0[i], other.0[i]) };
        Neon([choose(0), choose(1)])
    }
    #[inline(always)]
    fn is_zero(self) -> bool {
        unsafe { vmaxvq_u8(vorrq_u8(self.0[0], self.0[1])) == 0 }
    }
    #[inline(always)]
    fn top_bits(self) -> u32 {
        // Each byte's top bit becomes the bit of its number; then neighbours are added up.
        let [a, b] = self.0.map(|half| unsafe {
            let set = vreinterpretq_u8_s8(vshrq_n_s8::<7>(vreinterpretq_s8_u8(half)));
            vandq_u8(set, vld1q_u8(WEIGHTS.as_ptr()))
        });
        unsafe {
            let sums = vpaddq_u8(a, b);
            let sums = vpaddq_u8(sums, sums);
            let sums = vpaddq_u8(sums, sums);
            vgetq_lane_u32::<0>(vreinterpretq_u32_u8(sums))
        }
    }
    #[inline(always)]
    fn look_up(self, table: Self) -> Self {
        self.each(table, |a, b| unsafe { vqtbl1q_u8(b, a) })
    }
    #[inline(always)]
    fn high_nibbles(self) -> Self {
        Neon(self.0.map(|half| unsafe { vshrq_n_u8::<4>(half) }))
    }
    #[inline(always)]
    fn saturating_sub(self, other: Self) -> Self {
        self.each(other, |a, b| unsafe { vqsubq_u8(a, b) })
    }
    #[inline(always)]
    fn equal(self, other: Self) -> Self {
        self.each(other, |a, b| unsafe { vceqq_u8(a, b) })
    }
    #[inline(always)]
    fn above(self, other: Self) -> Self {
        self.each(other, |a, b| unsafe { vcgtq_s8(vreinterpretq_s8_u8(a), vreinterpretq_s8_u8(b)) })
    }
    #[inline(always)]
    fn back1(self, before: Self) -> Self {
        let before = Neon([before.0[1], self.0[0]]);
        self.each(before, |a, b| unsafe { vextq_u8::<15>(b, a) })
    }
    #[inline(always)]
    fn back2(self, before: Self) -> Self {
        let before = Neon([before.0[1], self.0[0]]);
        self.each(before, |a, b| unsafe { vextq_u8::<14>(b, a) })
    }
    #[inline(always)]
    fn back3(self, before: Self) -> Self {
        let before = Neon([before.0[1], self.0[0]]);
        self.each(before, |a, b| unsafe { vextq_u8::<13>(b, a) })
    }
    #[inline(always)]
    fn shift_left<const N: i32>(self) -> Self {
        Neon(self.0.map(|half| bytes(unsafe { vshlq_n_u16::<N>(lanes(half)) })))
    }
    #[inline(always)]
    fn shift_right<const N: i32>(self) -> Self {
        Neon(self.0.map(|half| bytes(unsafe { vshrq_n_u16::<N>(lanes(half)) })))
    }
    #[inline(always)]
    fn add_lanes(self, other: Self) -> Self {
        self.each_lane(other, |a, b| unsafe { vaddq_u16(a, b) })
    }
    #[inline(always)]
    fn equal_lanes(self, other: Self) -> Self {
        self.each_lane(other, |a, b| unsafe { vceqq_u16(a, b) })
    }
    #[inline(always)]
    fn narrow(self, more: Self) -> Self {
        // The low bytes of all lanes.
        let pack = |[low, high]: [uint8x16_t; 2]| unsafe { vuzp1q_u8(low, high) };
        Neon([pack(self.0), pack(more.0)])
    }
    #[inline(always)]
    fn lane_bits(self) -> u32 {
        unsafe {
            let packed = vandq_u8(vuzp1q_u8(self.0[0], self.0[1]), vld1q_u8(WEIGHTS.as_ptr()));
            let sums = vpaddq_u8(packed, packed);
            let sums = vpaddq_u8(sums, sums);
            let sums = vpaddq_u8(sums, sums);
            u32::from(vgetq_lane_u16::<0>(lanes(sums)))
        }
    }
    #[inline(always)]
    fn halves(self) -> [uint8x16_t; 2] {
        self.0
    }
    #[inline(always)]
    fn join(low: uint8x16_t, high: uint8x16_t) -> Self {
        Neon([low, high])
    }
    #[inline(always)]
    fn zip(self, other: Self) -> [uint8x16_t; 4] {
        let [a, b] = [0, 1].map(|i| unsafe {
            let (this, other) = (lanes(self.0[i]), lanes(other.0[i]));
            [bytes(vzip1q_u16(this, other)), bytes(vzip2q_u16(this, other))]
        });
        [a[0], a[1], b[0], b[1]]
    }
    #[inline(always)]
    unsafe fn half(low: u64, high: u64) -> uint8x16_t {
        unsafe { vreinterpretq_u8_u64(vcombine_u64(vcreate_u64(low), vcreate_u64(high))) }
    }
    #[inline(always)]
    unsafe fn load_half(from: &Order) -> uint8x16_t {
        unsafe { vld1q_u8(from.as_ptr()) }
    }
    #[inline(always)]
    unsafe fn store_half(half: uint8x16_t, to: *mut u8) {
        unsafe { vst1q_u8(to, half) }
    }
    #[inline(always)]
    fn in_order(half: uint8x16_t, order: uint8x16_t) -> uint8x16_t {
        unsafe { vqtbl1q_u8(half, order) }
    }
}
