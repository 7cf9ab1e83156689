//! Whether the header of a line program may be given to gimli.
//!
//! In version 5 the header says how its lists of directories and files are encoded, and how long they are. Where an
//! entry needs no byte, a list has as many entries as it likes to say: more than there is memory.

use super::read::Bytes;
use gimli::constants as dw;
use gimli::{DebugLine, DebugLineOffset, DwForm, Format, Reader, Section};

/// Whether every list ends where the section does at the latest.
pub fn is_bounded(lines: &DebugLine<Bytes<'_>>, offset: DebugLineOffset) -> bool {
    check(*lines.reader(), offset).unwrap_or(false)
}

fn check(mut bytes: Bytes<'_>, offset: DebugLineOffset) -> gimli::Result<bool> {
    bytes.skip(offset.0)?;
    let (_, format) = bytes.read_initial_length()?;
    if bytes.read_u16()? < 5 {
        return Ok(true);
    }
    // Sizes of addresses and selectors, the header's length, five numbers about instructions.
    bytes.skip(2)?;
    bytes.read_length(format)?;
    bytes.skip(5)?;
    let opcode_base = usize::from(bytes.read_u8()?);
    bytes.skip(opcode_base.saturating_sub(1))?;
    // Directories, then files.
    Ok(list_is_bounded(&mut bytes, format)? && list_is_bounded(&mut bytes, format)?)
}

/// Skips a list; false if it may be endless.
fn list_is_bounded(bytes: &mut Bytes<'_>, format: Format) -> gimli::Result<bool> {
    let mut forms = Vec::new();
    for _ in 0..bytes.read_u8()? {
        bytes.read_uleb128()?;
        forms.push(DwForm(bytes.read_uleb128_u16()?));
    }
    let count = bytes.read_uleb128()?;
    if forms.is_empty() {
        return Ok(count == 0);
    }
    for _ in 0..count {
        for &form in &forms {
            if !skip(bytes, form, format)? {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// Skips at least one byte, or says that this is not a form that compilers use here.
fn skip(bytes: &mut Bytes<'_>, form: DwForm, format: Format) -> gimli::Result<bool> {
    match form {
        dw::DW_FORM_string => bytes.read_null_terminated_slice().map(drop)?,
        dw::DW_FORM_strp | dw::DW_FORM_line_strp => bytes.read_offset(format).map(drop)?,
        dw::DW_FORM_udata => bytes.read_uleb128().map(drop)?,
        dw::DW_FORM_data1 => bytes.skip(1)?,
        dw::DW_FORM_data2 => bytes.skip(2)?,
        dw::DW_FORM_data4 => bytes.skip(4)?,
        dw::DW_FORM_data8 => bytes.skip(8)?,
        dw::DW_FORM_data16 => bytes.skip(16)?,
        dw::DW_FORM_block => {
            let size = bytes.read_uleb128()?;
            bytes.skip(usize::try_from(size).unwrap_or(usize::MAX))?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}
