//! `.eh_frame`, so that debuggers, profilers and `backtrace` walk through generated code.
//!
//! Addresses are 32-bit distances, relocated against the code's section and not against a function's
//! symbol: the first because absolute addresses would need dynamic relocations in read-only memory, the
//! second because a linker refuses distances to symbols that could be interposed. The format's end mark
//! is left to the linker.

use super::section::Section;
use super::text::Text;
use crate::compile::Code;
use crate::error::{Error, Result};
use cranelift_codegen::isa::TargetIsa;
use cranelift_codegen::isa::unwind::UnwindInfo;
use gimli::write::{Address, EhFrame, FrameTable};
use gimli::{DW_EH_PE_pcrel, DW_EH_PE_sdata4};

/// The section, and the places in it that hold the distance to a code offset.
#[derive(Default)]
pub struct Unwind {
    pub bytes: Vec<u8>,
    pub links: Vec<(u32, u32)>,
}

/// Writes the frames of all functions.
pub fn write(isa: &dyn TargetIsa, text: &Text, code: &Code) -> Result<Unwind> {
    let Some(mut cie) = isa.create_systemv_cie() else { return Ok(Unwind::default()) };
    cie.fde_address_encoding = gimli::DwEhPe(DW_EH_PE_pcrel.0 | DW_EH_PE_sdata4.0);
    let mut table = FrameTable::default();
    let cie = table.add_cie(cie);
    for (id, function) in code.present() {
        if let Some(UnwindInfo::SystemV(info)) = &function.unwind {
            let address = Address::Symbol { symbol: 0, addend: i64::from(text.start(id)) };
            table.add_fde(cie, info.to_fde(address));
        }
    }
    let mut section = EhFrame(Section::default());
    table
        .write_eh_frame(&mut section)
        .map_err(|error| Error::new(format!("cannot write unwind tables: {error}")))?;
    let Section { bytes, links } = section.0;
    // Each is an offset in the code.
    let links = links.iter().map(|link| (link.offset, link.addend as u32)).collect();
    Ok(Unwind { bytes: bytes.into_vec(), links })
}
