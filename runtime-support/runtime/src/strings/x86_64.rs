//! Vectors of x86-64: AVX2, or pairs of SSE4.1's.

use super::functions::Functions;
use super::vector::{Order, Vector, functions};
use core::arch::x86_64::*;

/// The implementations that this processor can run, the best first.
pub fn available() -> impl Iterator<Item = &'static Functions> {
    static AVX2: Functions = functions!(Avx2, "avx2,bmi1,bmi2,lzcnt,popcnt");
    static SSE41: Functions = functions!(Sse41, "ssse3,sse4.1,popcnt");
    let Found { avx2, sse41 } = find();
    [(avx2, &AVX2), (sse41, &SSE41)]
        .into_iter()
        .filter_map(|(has, functions)| has.then_some(functions))
}

struct Found {
    avx2: bool,
    sse41: bool,
}

/// What the processor has, and the system saves when it changes threads. (`is_x86_feature_detected` needs std.)
fn find() -> Found {
    let bit = |register: u32, bit: u32| register >> bit & 1 == 1;
    if __cpuid(0).eax < 1 {
        return Found { avx2: false, sse41: false };
    }
    let basic = __cpuid(1).ecx;
    let [ssse3, sse41, popcnt, osxsave, avx] = [9, 19, 23, 27, 28].map(|at| bit(basic, at));
    let sse41 = ssse3 && sse41 && popcnt;
    if !(sse41 && osxsave && avx && __cpuid(0).eax >= 7 && __cpuid(0x8000_0000).eax >= 0x8000_0001)
    {
        return Found { avx2: false, sse41 };
    }
    // SAFETY: OSXSAVE says that the instruction is there.
    let saved = unsafe { saved_registers() };
    let [bmi1, avx2, bmi2] = [3, 5, 8].map(|at| bit(__cpuid_count(7, 0).ebx, at));
    let lzcnt = bit(__cpuid(0x8000_0001).ecx, 5);
    Found { avx2: saved & 6 == 6 && avx2 && bmi1 && bmi2 && lzcnt, sse41 }
}

/// Which registers the system saves: bit 1 is those of SSE, bit 2 the upper halves of AVX's.
///
/// # Safety
/// The processor has XSAVE, and the system uses it.
#[target_feature(enable = "xsave")]
unsafe fn saved_registers() -> u64 {
    // SAFETY: the caller's.
    unsafe { _xgetbv(0) }
}

/// # Safety
/// There is none unless the processor has AVX2.
#[derive(Clone, Copy)]
pub struct Avx2(__m256i);

// SAFETY (all blocks): who makes the first vector knows that the processor has AVX2; addresses are the caller's.
#[allow(clippy::undocumented_unsafe_blocks)]
impl Vector for Avx2 {
    type Half = __m128i;

    #[inline(always)]
    unsafe fn load(from: *const u8) -> Self {
        Avx2(unsafe { _mm256_loadu_si256(from.cast()) })
    }
    #[inline(always)]
    unsafe fn widen(from: *const u8) -> Self {
        Avx2(unsafe { _mm256_cvtepu8_epi16(_mm_loadu_si128(from.cast())) })
    }
    #[inline(always)]
    unsafe fn splat(byte: u8) -> Self {
        Avx2(unsafe { _mm256_set1_epi8(byte as i8) })
    }
    #[inline(always)]
    unsafe fn splat_lanes(lane: u16) -> Self {
        Avx2(unsafe { _mm256_set1_epi16(lane as i16) })
    }
    #[inline(always)]
    unsafe fn table(table: &[u8; 16]) -> Self {
        Avx2(unsafe { _mm256_broadcastsi128_si256(_mm_loadu_si128(table.as_ptr().cast())) })
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut u8) {
        unsafe { _mm256_storeu_si256(to.cast(), self.0) }
    }
    #[inline(always)]
    fn and(self, other: Self) -> Self {
        Avx2(unsafe { _mm256_and_si256(self.0, other.0) })
    }
    #[inline(always)]
    fn or(self, other: Self) -> Self {
        Avx2(unsafe { _mm256_or_si256(self.0, other.0) })
    }
    #[inline(always)]
    fn xor(self, other: Self) -> Self {
        Avx2(unsafe { _mm256_xor_si256(self.0, other.0) })
    }
    #[inline(always)]
    fn select(self, mask: Self, other: Self) -> Self {
        Avx2(unsafe { _mm256_blendv_epi8(other.0, self.0, mask.0) })
    }
    #[inline(always)]
    fn is_zero(self) -> bool {
        unsafe { _mm256_testz_si256(self.0, self.0) == 1 }
    }
    #[inline(always)]
    fn top_bits(self) -> u32 {
        unsafe { _mm256_movemask_epi8(self.0) as u32 }
    }
    #[inline(always)]
    fn look_up(self, table: Self) -> Self {
        Avx2(unsafe { _mm256_shuffle_epi8(table.0, self.0) })
    }
    #[inline(always)]
    fn high_nibbles(self) -> Self {
        Avx2(unsafe { _mm256_and_si256(_mm256_srli_epi16::<4>(self.0), _mm256_set1_epi8(15)) })
    }
    #[inline(always)]
    fn saturating_sub(self, other: Self) -> Self {
        Avx2(unsafe { _mm256_subs_epu8(self.0, other.0) })
    }
    #[inline(always)]
    fn equal(self, other: Self) -> Self {
        Avx2(unsafe { _mm256_cmpeq_epi8(self.0, other.0) })
    }
    #[inline(always)]
    fn above(self, other: Self) -> Self {
        Avx2(unsafe { _mm256_cmpgt_epi8(self.0, other.0) })
    }
    #[inline(always)]
    fn back1(self, before: Self) -> Self {
        Avx2(unsafe {
            let between = _mm256_permute2x128_si256::<0x21>(before.0, self.0);
            _mm256_alignr_epi8::<15>(self.0, between)
        })
    }
    #[inline(always)]
    fn back2(self, before: Self) -> Self {
        Avx2(unsafe {
            let between = _mm256_permute2x128_si256::<0x21>(before.0, self.0);
            _mm256_alignr_epi8::<14>(self.0, between)
        })
    }
    #[inline(always)]
    fn back3(self, before: Self) -> Self {
        Avx2(unsafe {
            let between = _mm256_permute2x128_si256::<0x21>(before.0, self.0);
            _mm256_alignr_epi8::<13>(self.0, between)
        })
    }
    #[inline(always)]
    fn shift_left<const N: i32>(self) -> Self {
        Avx2(unsafe { _mm256_slli_epi16::<N>(self.0) })
    }
    #[inline(always)]
    fn shift_right<const N: i32>(self) -> Self {
        Avx2(unsafe { _mm256_srli_epi16::<N>(self.0) })
    }
    #[inline(always)]
    fn add_lanes(self, other: Self) -> Self {
        Avx2(unsafe { _mm256_add_epi16(self.0, other.0) })
    }
    #[inline(always)]
    fn equal_lanes(self, other: Self) -> Self {
        Avx2(unsafe { _mm256_cmpeq_epi16(self.0, other.0) })
    }
    #[inline(always)]
    fn narrow(self, more: Self) -> Self {
        // Packing works on the halves by themselves: their quarters are then put in order.
        let packed = unsafe { _mm256_packus_epi16(self.0, more.0) };
        Avx2(unsafe { _mm256_permute4x64_epi64::<0b11_01_10_00>(packed) })
    }
    #[inline(always)]
    fn lane_bits(self) -> u32 {
        let bits = unsafe { _mm256_movemask_epi8(_mm256_packs_epi16(self.0, self.0)) as u32 };
        bits & 0xff | bits >> 8 & 0xff00
    }
    #[inline(always)]
    fn halves(self) -> [__m128i; 2] {
        unsafe { [_mm256_castsi256_si128(self.0), _mm256_extracti128_si256::<1>(self.0)] }
    }
    #[inline(always)]
    fn join(low: __m128i, high: __m128i) -> Self {
        Avx2(unsafe { _mm256_inserti128_si256::<1>(_mm256_castsi128_si256(low), high) })
    }
    #[inline(always)]
    fn zip(self, other: Self) -> [__m128i; 4] {
        let [low, high] = unsafe {
            let [low, high] =
                [_mm256_unpacklo_epi16(self.0, other.0), _mm256_unpackhi_epi16(self.0, other.0)];
            [Avx2(low).halves(), Avx2(high).halves()]
        };
        [low[0], high[0], low[1], high[1]]
    }
    #[inline(always)]
    unsafe fn half(low: u64, high: u64) -> __m128i {
        unsafe { _mm_set_epi64x(high as i64, low as i64) }
    }
    #[inline(always)]
    unsafe fn load_half(from: &Order) -> __m128i {
        unsafe { _mm_loadu_si128(from.as_ptr().cast()) }
    }
    #[inline(always)]
    unsafe fn store_half(half: __m128i, to: *mut u8) {
        unsafe { _mm_storeu_si128(to.cast(), half) }
    }
    #[inline(always)]
    fn in_order(half: __m128i, order: __m128i) -> __m128i {
        unsafe { _mm_shuffle_epi8(half, order) }
    }
}

/// The vector of what an instruction makes of each half of its operands.
macro_rules! halves {
    ($name:ident $(::<$constant:tt>)? ($($operand:ident),+)) => {
        // The processor has the instruction, since there is a `Sse41`.
        Sse41(unsafe {
            [$name $(::<$constant>)? ($($operand.0[0]),+), $name $(::<$constant>)? ($($operand.0[1]),+)]
        })
    };
}

/// # Safety
/// There is none unless the processor has SSE4.1 and SSSE3.
#[derive(Clone, Copy)]
pub struct Sse41([__m128i; 2]);

// SAFETY (all blocks): who makes the first vector knows that the processor has SSE4.1 and SSSE3; addresses are the
// caller's.
#[allow(clippy::undocumented_unsafe_blocks)]
impl Vector for Sse41 {
    type Half = __m128i;

    #[inline(always)]
    unsafe fn load(from: *const u8) -> Self {
        Sse41(unsafe { [_mm_loadu_si128(from.cast()), _mm_loadu_si128(from.add(16).cast())] })
    }
    #[inline(always)]
    unsafe fn widen(from: *const u8) -> Self {
        let bytes = unsafe { _mm_loadu_si128(from.cast()) };
        let zero = unsafe { _mm_setzero_si128() };
        Sse41(unsafe { [_mm_unpacklo_epi8(bytes, zero), _mm_unpackhi_epi8(bytes, zero)] })
    }
    #[inline(always)]
    unsafe fn splat(byte: u8) -> Self {
        Sse41(unsafe { [_mm_set1_epi8(byte as i8); 2] })
    }
    #[inline(always)]
    unsafe fn splat_lanes(lane: u16) -> Self {
        Sse41(unsafe { [_mm_set1_epi16(lane as i16); 2] })
    }
    #[inline(always)]
    unsafe fn table(table: &[u8; 16]) -> Self {
        Sse41(unsafe { [_mm_loadu_si128(table.as_ptr().cast()); 2] })
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut u8) {
        unsafe {
            _mm_storeu_si128(to.cast(), self.0[0]);
            _mm_storeu_si128(to.add(16).cast(), self.0[1]);
        }
    }
    #[inline(always)]
    fn and(self, other: Self) -> Self {
        halves!(_mm_and_si128(self, other))
    }
    #[inline(always)]
    fn or(self, other: Self) -> Self {
        halves!(_mm_or_si128(self, other))
    }
    #[inline(always)]
    fn xor(self, other: Self) -> Self {
        halves!(_mm_xor_si128(self, other))
    }
    #[inline(always)]
    fn select(self, mask: Self, other: Self) -> Self {
        halves!(_mm_blendv_epi8(other, self, mask))
    }
    #[inline(always)]
    fn is_zero(self) -> bool {
        unsafe {
            let any = _mm_or_si128(self.0[0], self.0[1]);
            _mm_testz_si128(any, any) == 1
        }
    }
    #[inline(always)]
    fn top_bits(self) -> u32 {
        unsafe {
            let [low, high] = [_mm_movemask_epi8(self.0[0]), _mm_movemask_epi8(self.0[1])];
            low as u32 | (high as u32) << 16
        }
    }
    #[inline(always)]
    fn look_up(self, table: Self) -> Self {
        halves!(_mm_shuffle_epi8(table, self))
    }
    #[inline(always)]
    fn high_nibbles(self) -> Self {
        let shifted = self.shift_right::<4>();
        shifted.and(unsafe { Self::splat(15) })
    }
    #[inline(always)]
    fn saturating_sub(self, other: Self) -> Self {
        halves!(_mm_subs_epu8(self, other))
    }
    #[inline(always)]
    fn equal(self, other: Self) -> Self {
        halves!(_mm_cmpeq_epi8(self, other))
    }
    #[inline(always)]
    fn above(self, other: Self) -> Self {
        halves!(_mm_cmpgt_epi8(self, other))
    }
    #[inline(always)]
    fn back1(self, before: Self) -> Self {
        let before = Sse41([before.0[1], self.0[0]]);
        halves!(_mm_alignr_epi8::<15>(self, before))
    }
    #[inline(always)]
    fn back2(self, before: Self) -> Self {
        let before = Sse41([before.0[1], self.0[0]]);
        halves!(_mm_alignr_epi8::<14>(self, before))
    }
    #[inline(always)]
    fn back3(self, before: Self) -> Self {
        let before = Sse41([before.0[1], self.0[0]]);
        halves!(_mm_alignr_epi8::<13>(self, before))
    }
    #[inline(always)]
    fn shift_left<const N: i32>(self) -> Self {
        halves!(_mm_slli_epi16::<N>(self))
    }
    #[inline(always)]
    fn shift_right<const N: i32>(self) -> Self {
        halves!(_mm_srli_epi16::<N>(self))
    }
    #[inline(always)]
    fn add_lanes(self, other: Self) -> Self {
        halves!(_mm_add_epi16(self, other))
    }
    #[inline(always)]
    fn equal_lanes(self, other: Self) -> Self {
        halves!(_mm_cmpeq_epi16(self, other))
    }
    #[inline(always)]
    fn narrow(self, more: Self) -> Self {
        Sse41(unsafe {
            [_mm_packus_epi16(self.0[0], self.0[1]), _mm_packus_epi16(more.0[0], more.0[1])]
        })
    }
    #[inline(always)]
    fn lane_bits(self) -> u32 {
        unsafe { _mm_movemask_epi8(_mm_packs_epi16(self.0[0], self.0[1])) as u32 }
    }
    #[inline(always)]
    fn halves(self) -> [__m128i; 2] {
        self.0
    }
    #[inline(always)]
    fn join(low: __m128i, high: __m128i) -> Self {
        Sse41([low, high])
    }
    #[inline(always)]
    fn zip(self, other: Self) -> [__m128i; 4] {
        unsafe {
            [
                _mm_unpacklo_epi16(self.0[0], other.0[0]),
                _mm_unpackhi_epi16(self.0[0], other.0[0]),
                _mm_unpacklo_epi16(self.0[1], other.0[1]),
                _mm_unpackhi_epi16(self.0[1], other.0[1]),
            ]
        }
    }
    #[inline(always)]
    unsafe fn half(low: u64, high: u64) -> __m128i {
        unsafe { _mm_set_epi64x(high as i64, low as i64) }
    }
    #[inline(always)]
    unsafe fn load_half(from: &Order) -> __m128i {
        unsafe { _mm_loadu_si128(from.as_ptr().cast()) }
    }
    #[inline(always)]
    unsafe fn store_half(half: __m128i, to: *mut u8) {
        unsafe { _mm_storeu_si128(to.cast(), half) }
    }
    #[inline(always)]
    fn in_order(half: __m128i, order: __m128i) -> __m128i {
        unsafe { _mm_shuffle_epi8(half, order) }
    }
}
