//! What a person reads about a zone that stopped.
//!
//! ```text
//! wasm trap: integer divide by zero
//!     0:   0x1a2b - inlined
//!                     at /source/file.c:12:5
//!                 - module!function
//!                     at /source/file.c:20:10
//!     1:   0x1c00 - module!caller
//!     in a task of component::export
//! ```
//! The last line is there if a call with a record trapped: no caller's frames are below its task's.
//! Offsets are those of the component's binary. Functions that do not come from a core module are left out, unless
//! one that does was inlined into them. The lines
//! below a number are one native frame: a function, with what was inlined into it before it.

use super::walk::{Kind, Trace};
use crate::artefact::Loaded;
use crate::context::Context;
use core::ffi::{CStr, c_char};
use core::fmt::{self, Write};
use rust_alloc::format;
use rust_alloc::string::String;
use rust_alloc::vec::Vec;
use weldc_abi::Trap;
use weldc_abi::artefact::function;

/// Message and backtrace of the trap that ended the zone, valid as long as the zone is; an empty string if
/// it has not trapped, or if there is no zone (null).
///
/// # Safety
/// `context` is null or that of a living zone that is not running.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_zone_message(context: Context) -> *const c_char {
    if context.0.is_null() {
        return c"".as_ptr();
    }
    // SAFETY: the caller's.
    unsafe { message_of(context) }.as_ptr()
}

/// As [`weldc_rt_zone_message`].
///
/// # Safety
/// `context` is that of a living zone that is not running.
pub unsafe fn message_of<'a>(context: Context) -> &'a CStr {
    // SAFETY: the caller's.
    let (state, record) = unsafe { (context.state(), context.record()) };
    if state == 0 {
        return c"";
    }
    if record.message.is_empty() {
        let text = trap_text(Trap::from_status(state), record.refused);
        record.message = render(record.artefact, &text, &record.trace, record.trapped_in);
    }
    CStr::from_bytes_until_nul(&record.message).unwrap_or(c"")
}

/// What happened; where it is about the index of a handle, with that, unless it happened in another zone.
fn trap_text(trap: Trap, handle: Option<u32>) -> String {
    const INDEX: &str = "handle index";
    match (trap.text().split_once(INDEX), handle) {
        (Some((before, after)), Some(handle)) => format!("{before}{INDEX} {handle}{after}"),
        _ => String::from(trap.text()),
    }
}

/// The message as the bytes of a C string.
fn render(artefact: Loaded, text: &str, trace: &Trace, call: Option<(u32, u32)>) -> Vec<u8> {
    let mut details = String::new();
    // Writing to a string cannot fail.
    let _ = backtrace(&mut details, artefact, trace);
    if let Some((name, size)) = call {
        details.push_str("\n    in a task of ");
        push_lossy(&mut details, artefact.name(name, size));
    }
    with_details(text, &details)
}

/// A message with these lines behind the first, as the bytes of a C string.
pub fn with_details(what: &str, details: &str) -> Vec<u8> {
    let mut text = String::from("wasm trap: ");
    text.push_str(what);
    text.push_str(details);
    text.retain(|c| c != '\0');
    text.push('\0');
    text.into_bytes()
}

fn backtrace(out: &mut String, artefact: Loaded, trace: &Trace) -> fmt::Result {
    let mut number = 0;
    for (index, &offset) in trace.kept().iter().enumerate() {
        let is_fault = index == 0 && trace.kind == Kind::Fault;
        // A call can be a function's last instruction; its return address is outside then.
        let inside = if is_fault { offset } else { offset.saturating_sub(1) };
        let Some(function) = artefact.function(inside) else { continue };
        let site = artefact.site(offset);
        let has_frame = site.as_ref().is_some_and(|site| site.frame.is_some());
        if function.kind != function::WASM && !has_frame {
            continue;
        }
        write!(out, "\n{number:5}: ")?;
        match site.and_then(|site| site.wasm) {
            Some(wasm) => write!(out, "{wasm:#8x}")?,
            None => write!(out, "{:>8}", "?")?,
        }
        let name = artefact.name(function.name, function.name_size);
        match site.and_then(|site| site.frame) {
            Some(frame) => frames(out, artefact, frame, name)?,
            None => function_name(out, name),
        }
        number += 1;
    }
    match trace.count as usize - trace.kept().len() {
        0 => Ok(()),
        more => write!(out, "\n       ... {more} more frames"),
    }
}

/// The functions that are active at a site from the innermost, number `frame`, to the one that is called `name`.
fn frames(out: &mut String, artefact: Loaded, mut number: u32, name: &[u8]) -> fmt::Result {
    let mut indent = "";
    while let Some(frame) = artefact.frame(number) {
        out.push_str(indent);
        function_name(
            out,
            match frame.name_size {
                0 => name,
                size => artefact.name(frame.name, size),
            },
        );
        if frame.file_size > 0 {
            out.push_str("\n                    at ");
            push_lossy(out, artefact.name(frame.file, frame.file_size));
            write!(out, ":{}", frame.line)?;
            if frame.column > 0 {
                write!(out, ":{}", frame.column)?;
            }
        }
        // Callers come earlier, so this ends.
        if frame.caller >= number {
            break;
        }
        number = frame.caller;
        indent = "\n               ";
    }
    Ok(())
}

fn function_name(out: &mut String, name: &[u8]) {
    out.push_str(" - ");
    push_lossy(out, name);
}

fn push_lossy(out: &mut String, name: &[u8]) {
    for chunk in name.utf8_chunks() {
        out.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            out.push('\u{fffd}');
        }
    }
}
