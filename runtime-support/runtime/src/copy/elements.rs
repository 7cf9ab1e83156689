//! Elements go from one buffer to another.
//!
//! Elements with the same bytes on both sides are moved from memory to memory. All others are lifted to the host's
//! layout and lowered from there, by generated code: straight from or to the host's buffer if one side is the host's,
//! else by way of memory of this module's, in pieces. What a lift gives is complete, as a result to the host is; a
//! lower consumes what it is given, also if it traps: this module owns nothing but its memory.

use super::end::End;
use super::host;
use crate::alloc::{weldc_rt_alloc, weldc_rt_free};
use crate::context::Context;
use core::mem::MaybeUninit;
use core::ptr;
use weldc_abi::Trap;

/// Lifts or lowers so many elements ([`weldc_abi::artefact::Copy::transfer`]).
pub type Transfer =
    unsafe extern "C" fn(zone: Context, guest: *mut u8, count: u64, native: *mut u8) -> i32;

/// What the elements of an operation are.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Buffer {
    /// `None` if elements have the same bytes everywhere, and of the host's.
    pub transfer: Option<Transfer>,
    /// Of the host's: whom to tell.
    pub host: *mut host::Operation,
    /// Bytes from one element to the next; of the host's, 0: the other side, or the stream, says.
    pub stride: u32,
    /// The same in the host's layout; 0 of the host's.
    pub native_stride: u32,
    /// The component instance, by the offset of its record.
    pub instance: u32,
    /// Whether one instance may have both ends: there are no elements, or they are numbers.
    pub may_meet_itself: bool,
}

impl Buffer {
    pub const NONE: Buffer = Buffer {
        transfer: None,
        host: ptr::null_mut(),
        stride: 0,
        native_stride: 0,
        instance: 0,
        may_meet_itself: true,
    };
}

/// Which side's code trapped, and how: its zone is at an end.
pub struct Fault {
    pub is_writer: bool,
    pub trap: Trap,
}

/// Bytes that are lifted at a time, unless one element has more.
const PIECE: u64 = 64 << 10;

/// Pieces of at most so many bytes need no allocation.
const SMALL_PIECE: usize = 1 << 10;

/// Copies `count` elements, of which both ends have as many left and more than none.
pub fn copy(writer: &End, reader: &End, count: u32) -> Result<(), Fault> {
    let (from, to) = (writer.buffer.get(), reader.buffer.get());
    match (from.transfer, to.transfer) {
        (None, None) => {
            let size = [from.stride, to.stride].into_iter().find(|&size| size != 0);
            let size = size.map_or(writer.element_size, u64::from);
            let bytes = (u64::from(count) * size) as usize;
            // SAFETY: both buffers have room for so many elements of this size: guests' were checked when the
            // operations began, and memories do not shrink; for its own the host vouches.
            unsafe { move_bytes(writer.address.get(), reader.address.get(), bytes) };
            advance(writer, reader, count, [size, size]);
            Ok(())
        }
        (Some(_), None) => {
            lift(writer, count, reader.address.get())?;
            advance(writer, reader, count, [from.stride, from.native_stride].map(u64::from));
            Ok(())
        }
        (None, Some(_)) => {
            lower(reader, count, writer.address.get())?;
            advance(writer, reader, count, [to.native_stride, to.stride].map(u64::from));
            Ok(())
        }
        (Some(_), Some(_)) => by_pieces(writer, reader, count),
    }
}

/// Copies bytes; without a call if they are those of one number. The two ranges may overlap.
///
/// # Safety
/// There are so many bytes at both addresses, and nobody else uses them.
#[inline]
unsafe fn move_bytes(from: *const u8, to: *mut u8, bytes: usize) {
    // SAFETY: the caller's.
    unsafe {
        match bytes {
            1 => to.write(from.read()),
            2 => to.cast::<u16>().write_unaligned(from.cast::<u16>().read_unaligned()),
            4 => to.cast::<u32>().write_unaligned(from.cast::<u32>().read_unaligned()),
            8 => to.cast::<u64>().write_unaligned(from.cast::<u64>().read_unaligned()),
            _ => ptr::copy(from, to, bytes),
        }
    }
}

fn advance(writer: &End, reader: &End, count: u32, strides: [u64; 2]) {
    writer.advance(count, strides[0]);
    reader.advance(count, strides[1]);
}

/// Copies from guest to guest by way of the host's layout. (Its frame is large; those who need no pieces have none.)
#[inline(never)]
fn by_pieces(writer: &End, reader: &End, count: u32) -> Result<(), Fault> {
    let stride = u64::from(writer.buffer.get().native_stride.max(1));
    let most = u64::from(count).min((PIECE / stride).max(1));
    let bytes = most * stride;
    let mut small = MaybeUninit::<[u128; SMALL_PIECE / 16]>::uninit();
    if bytes <= SMALL_PIECE as u64 {
        return by_way_of(small.as_mut_ptr().cast(), most as u32, writer, reader, count);
    }
    let piece = weldc_rt_alloc(bytes, 16);
    if piece.is_null() {
        return Err(Fault { is_writer: true, trap: Trap::OutOfMemory });
    }
    let copied = by_way_of(piece, most as u32, writer, reader, count);
    // SAFETY: just allocated, and used no more.
    unsafe { weldc_rt_free(piece) };
    copied
}

/// Copies by way of memory at `piece`, with room for `most` elements.
fn by_way_of(
    piece: *mut u8,
    most: u32,
    writer: &End,
    reader: &End,
    count: u32,
) -> Result<(), Fault> {
    let strides = [writer.buffer.get().stride, reader.buffer.get().stride].map(u64::from);
    let mut left = count;
    while left != 0 {
        let now = left.min(most);
        lift(writer, now, piece)?;
        lower(reader, now, piece)?;
        advance(writer, reader, now, strides);
        left -= now;
    }
    Ok(())
}

/// Lifts the writer's next elements to the host's layout at `native`.
fn lift(writer: &End, count: u32, native: *mut u8) -> Result<(), Fault> {
    transfer(writer, count, native).map_err(|trap| Fault { is_writer: true, trap })
}

/// Lowers elements in the host's layout to where the reader wants its next ones.
fn lower(reader: &End, count: u32, native: *mut u8) -> Result<(), Fault> {
    transfer(reader, count, native).map_err(|trap| Fault { is_writer: false, trap })
}

fn transfer(end: &End, count: u32, native: *mut u8) -> Result<(), Trap> {
    let Some(transfer) = end.buffer.get().transfer else { return Ok(()) };
    // SAFETY: the compiler made this function for this zone, which lives and has not trapped (`meet` looked); there
    // is room for so many elements on either side. No reference but to the two ends, which stay, is in use.
    match unsafe { transfer(end.zone.get(), end.address.get(), u64::from(count), native) } {
        0 => Ok(()),
        status => Err(Trap::from_status(status as u32)),
    }
}
