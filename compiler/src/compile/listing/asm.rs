//! Machine code as text, with what is known about each instruction beside it.

use super::Names;
use crate::compile::Positions;
use crate::compile::function::{compile_code, trap};
use crate::error::{Error, Result};
use cranelift_codegen::isa::TargetIsa;
use cranelift_codegen::{CompiledCode, Context, FinalizedMachExceptionHandler};
use cranelift_module::{ModuleReloc, ModuleRelocTarget};

#[cfg(feature = "disas")]
pub fn text(
    isa: &dyn TargetIsa,
    context: &mut Context,
    positions: &Positions,
    names: Names<'_>,
) -> Result<String> {
    let code = compile_code(isa, context)?;
    let notes = notes(context, &code, positions, names);
    disassemble(isa, code.code_buffer(), &notes)
        .map_err(|error| Error::new(format!("cannot disassemble: {error}")))
}

#[cfg(not(feature = "disas"))]
pub fn text(
    isa: &dyn TargetIsa,
    context: &mut Context,
    positions: &Positions,
    names: Names<'_>,
) -> Result<String> {
    context.set_disasm(true);
    let code = compile_code(isa, context)?;
    let mut text = code.vcode.clone().unwrap_or_default();
    for (offset, note) in notes(context, &code, positions, names) {
        text.push_str(&format!("{offset:6x}:  {note}\n"));
    }
    Ok(text)
}

/// Remarks and the offsets they belong to, ascending.
type Notes = Vec<(u32, String)>;

fn notes(context: &Context, code: &CompiledCode, positions: &Positions, names: Names<'_>) -> Notes {
    let buffer = &code.buffer;
    let mut notes = Notes::new();
    for location in buffer.get_srclocs_sorted().iter().filter(|l| !l.loc.is_default()) {
        notes.push((location.start, format!("@{:x}", positions.offset(location.loc))));
    }
    for reloc in buffer.relocs() {
        let reloc = ModuleReloc::from_mach_reloc(
            reloc,
            &context.func,
            cranelift_module::FuncId::from_u32(0),
        );
        let addend = if reloc.addend == 0 { String::new() } else { format!("{:+}", reloc.addend) };
        notes.push((
            reloc.offset,
            format!("{:?} {}{addend}", reloc.kind, target(&reloc.name, names)),
        ));
    }
    for site in buffer.traps() {
        let name = trap(site.code).map_or("unknown", weldc_abi::Trap::name);
        notes.push((site.offset, format!("trap: {name}")));
    }
    for site in buffer.call_sites() {
        for handler in site.exception_handlers {
            let note = match handler {
                FinalizedMachExceptionHandler::Default(offset) => format!("lands at {offset:x}"),
                FinalizedMachExceptionHandler::Tag(tag, offset) => {
                    format!("{tag} lands at {offset:x}")
                }
                FinalizedMachExceptionHandler::Context(_) => continue,
            };
            notes.push((site.ret_addr - 1, note));
        }
    }
    notes.sort_by_key(|&(offset, _)| offset);
    notes
}

fn target(name: &ModuleRelocTarget, names: Names<'_>) -> String {
    match *name {
        ModuleRelocTarget::User { namespace, index } => {
            names(namespace, index).unwrap_or_else(|| name.to_string())
        }
        _ => name.to_string(),
    }
}

#[cfg(feature = "disas")]
fn disassemble(isa: &dyn TargetIsa, bytes: &[u8], notes: &Notes) -> capstone::CsResult<String> {
    use std::fmt::Write;
    let mut capstone = isa.to_capstone()?;
    // Constants lie between the instructions; what cannot be decoded is shown as bytes.
    capstone.set_skipdata(true)?;
    let mut text = String::new();
    let mut notes = notes.iter().peekable();
    for instruction in capstone.disasm_all(bytes, 0)?.iter() {
        let mnemonic = instruction.mnemonic().unwrap_or("?");
        let operands = instruction.op_str().unwrap_or("");
        let mut line = format!("{:6x}:  {mnemonic:<8}{operands}", instruction.address());
        let end = instruction.address() + instruction.bytes().len() as u64;
        let mut mark = "  ; ";
        while let Some((_, note)) = notes.next_if(|(offset, _)| u64::from(*offset) < end) {
            let width = if mark == "  ; " { 48 } else { 0 };
            line = format!("{line:width$}{mark}{note}");
            mark = ", ";
        }
        let _ = writeln!(text, "{}", line.trim_end());
    }
    Ok(text)
}

#[cfg(all(test, feature = "disas"))]
mod tests {
    use super::text;
    use crate::compile::{Positions, handmade};
    use cranelift_codegen::Context;

    #[test]
    fn every_line_says_what_is_known() {
        for target in ["x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu"] {
            let isa = handmade::isa(target);
            let names = |space, index| Some(format!("name{space}.{index}"));
            let text_of = |func| {
                text(&*isa, &mut Context::for_function(func), &Positions::default(), &names)
                    .expect("compiles")
            };
            let body = text_of(handmade::body(&isa));
            for part in ["@1234", "trap: IntegerDivideByZero", "name0.0", "name1.0"] {
                assert!(body.contains(part), "{part} in\n{body}");
            }
            let entry = text_of(handmade::entry(&isa));
            assert!(entry.contains("name0.1") && entry.contains("lands at"), "{entry}");
            assert!(entry.lines().all(|line| line == line.trim_end()));
        }
    }
}
