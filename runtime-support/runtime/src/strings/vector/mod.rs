//! Conversions for processors with vectors, written once for vectors of 32 bytes.
//!
//! A [`Vector`] can be made only by who knows that the processor has what its type is named after; every function
//! here that makes one asks for that. All of it is inlined into the functions that [`functions!`] makes, which are
//! compiled for such a processor.
//!
//! ```text
//!  order   in what order bytes go to be next to each other once some are left out
//!  valid   validation of UTF-8
//!  utf8, utf8_latin1, utf16, latin1   copies and conversions from each encoding
//! ```

mod latin1;
mod order;
mod utf16;
mod utf8;
mod utf8_latin1;
mod valid;

pub use latin1::{latin1_to_ascii, latin1_to_utf8, latin1_to_utf16};
pub use utf8::{copy_utf8, utf8_to_utf16, validate_utf8};
pub use utf8_latin1::utf8_to_latin1;
pub use utf16::{copy_utf16, narrow, utf16_to_utf8};

#[cfg(target_arch = "aarch64")]
pub use super::aarch64::available;
#[cfg(target_arch = "x86_64")]
pub use super::x86_64::available;

/// Bytes of a vector.
pub const BYTES: usize = 32;
/// Units of UTF-16 of a vector.
pub const LANES: usize = 16;

/// Sixteen bytes, half a vector.
pub type Order = [u8; 16];

/// Names no byte in an [`Order`].
pub const NONE: u8 = 0x80;

/// Thirty-two bytes, or sixteen lanes of 16 bits. Masks have all bits of a byte or lane, or none.
///
/// # Safety
/// What is loaded is read as a whole, wherever it begins; the same goes for stores. All functions that are unsafe
/// ask for that, or for a processor that has such vectors.
pub trait Vector: Copy {
    type Half: Copy;

    unsafe fn load(from: *const u8) -> Self;
    /// Sixteen bytes, each widened to a lane.
    unsafe fn widen(from: *const u8) -> Self;
    unsafe fn splat(byte: u8) -> Self;
    unsafe fn splat_lanes(lane: u16) -> Self;
    /// The table twice.
    unsafe fn table(table: &[u8; 16]) -> Self;
    unsafe fn store(self, to: *mut u8);

    fn and(self, other: Self) -> Self;
    fn or(self, other: Self) -> Self;
    fn xor(self, other: Self) -> Self;
    /// This where `mask` is set, the other one elsewhere.
    fn select(self, mask: Self, other: Self) -> Self;
    fn is_zero(self) -> bool;
    /// The top bit of each byte, the first one's lowest.
    fn top_bits(self) -> u32;

    /// Of a table, what these bytes, each below 16, stand for.
    fn look_up(self, table: Self) -> Self;
    fn high_nibbles(self) -> Self;
    fn saturating_sub(self, other: Self) -> Self;
    fn equal(self, other: Self) -> Self;
    /// Compares bytes as signed numbers.
    fn above(self, other: Self) -> Self;
    /// The bytes one before these, where `before` comes before this.
    fn back1(self, before: Self) -> Self;
    fn back2(self, before: Self) -> Self;
    fn back3(self, before: Self) -> Self;

    fn shift_left<const N: i32>(self) -> Self;
    fn shift_right<const N: i32>(self) -> Self;
    fn add_lanes(self, other: Self) -> Self;
    fn equal_lanes(self, other: Self) -> Self;
    /// Lanes up to 255, and those of `more`, as bytes.
    fn narrow(self, more: Self) -> Self;
    /// A bit for each lane of a mask.
    fn lane_bits(self) -> u32;

    fn halves(self) -> [Self::Half; 2];
    fn join(low: Self::Half, high: Self::Half) -> Self;
    /// Lanes of this and the other one by turns.
    fn zip(self, other: Self) -> [Self::Half; 4];
    /// The order of bytes that two words of eight are.
    unsafe fn half(low: u64, high: u64) -> Self::Half;
    unsafe fn load_half(from: &Order) -> Self::Half;
    unsafe fn store_half(half: Self::Half, to: *mut u8);
    /// The bytes of `half` that `order` names by their numbers, each below 16, or 0 for `NONE`.
    fn in_order(half: Self::Half, order: Self::Half) -> Self::Half;
}

/// Whether any byte is above 0x7f.
#[inline(always)]
fn is_ascii<V: Vector>(vector: V) -> bool {
    vector.top_bits() == 0
}

/// All conversions with vectors of a type, compiled for processors with these features.
macro_rules! functions {
    ($vector:ty, $features:literal) => {{
        use $crate::strings::functions::Functions;
        functions! { $vector, $features:
            validate_utf8(source: &[u8]) -> bool;
            copy_utf8(source: &[u8], out: *mut u8) -> bool;
            copy_utf16(source: &[u16], out: *mut u16) -> bool;
            utf8_to_utf16(source: &[u8], out: *mut u16) -> Option<usize>;
            utf8_to_latin1(source: &[u8], out: *mut u8) -> Option<(usize, usize)>;
            utf16_to_utf8(source: &[u16], out: *mut u8) -> Option<usize>;
            narrow(source: *const u16, units: usize, out: *mut u8, limit: u16) -> usize;
            latin1_to_ascii(source: &[u8], out: *mut u8) -> usize;
            latin1_to_utf8(source: &[u8], out: *mut u8) -> usize;
            latin1_to_utf16(source: *const u8, units: usize, out: *mut u16) -> ();
        }
    }};
    ($vector:ty, $features:literal:
        $($name:ident($($param:ident: $ty:ty),*) -> $result:ty;)*) => {{
        $(
            #[target_feature(enable = $features)]
            unsafe fn $name($($param: $ty),*) -> $result {
                // SAFETY: the caller's: the processor has these features.
                unsafe { $crate::strings::vector::$name::<$vector>($($param),*) }
            }
        )*
        Functions { $($name),* }
    }};
}
pub(super) use functions;
