//! One function: what Cranelift knows after compiling it, in weldc's words.

use super::isa::with_flag;
use super::{CompiledFunction, Positions, StackMap, demand, loops};
use crate::error::{Error, Result};
use cranelift_codegen::control::ControlPlane;
use cranelift_codegen::ir::{SourceLoc, TrapCode};
use cranelift_codegen::isa::TargetIsa;
use cranelift_codegen::{
    CodegenError, CodegenResult, CompiledCode, Context, Final, FinalizedMachCallSite,
    FinalizedMachExceptionHandler, MachSrcLoc,
};
use cranelift_module::ModuleReloc;
use weldc_abi::Trap;
use weldc_abi::artefact::{Entry, Handler, handler};

/// What kind of function is compiled.
#[derive(Clone, Copy, Debug, Default)]
pub struct Form {
    /// It has exactly one call with a handler, where traps land.
    pub entry: bool,
    /// It is wanted where the code of every wasm instruction begins.
    pub locations: bool,
}

/// Compiles `context.func`, in which `positions` are known.
pub fn compile_clif(
    isa: &dyn TargetIsa,
    context: &mut Context,
    positions: Positions,
    Form { entry, locations }: Form,
) -> Result<CompiledFunction> {
    let code = &compile_code(isa, context)?;
    let buffer = &code.buffer;
    // A tail call is a site, too, although it leaves no return address; one at the very end would name
    // an address outside of the function.
    let inside = |site: &FinalizedMachCallSite<'_>| site.ret_addr < buffer.total_size();
    let mut calls: Vec<u32> = buffer.call_sites().filter(inside).map(|s| s.ret_addr).collect();
    calls.sort_unstable();
    calls.dedup();
    let traps = traps(code)?;
    let known = buffer.get_srclocs_sorted();
    let sources: Vec<SourceLoc> = (traps.iter().map(|&(pc, _)| source(known, pc)))
        .chain(calls.iter().map(|&pc| source(known, pc - 1)))
        .collect();
    Ok(CompiledFunction {
        bytes: buffer.data().to_vec(),
        places: loops::places(code, buffer.alignment.max(isa.function_alignment().minimum)),
        relocs: relocs(context, code),
        traps,
        calls,
        wasm_offsets: sources.iter().map(|&source| positions.offset(source)).collect(),
        sources,
        locations: if locations { self::locations(known, &positions) } else { Vec::new() },
        positions,
        entry: if entry { Some(landing(code)?) } else { None },
        handlers: if entry { Vec::new() } else { handlers(code)? },
        stack_maps: stack_maps(code),
        unwind: code.create_unwind_info(isa).map_err(|e| failed(&e.to_string()))?,
    })
}

/// Runs Cranelift on `context.func`.
pub(super) fn compile_code(isa: &dyn TargetIsa, context: &mut Context) -> Result<CompiledCode> {
    let result = match demand::is_large(&context.func) {
        true => compile_large(isa, context)?,
        false => compile_usual(isa, context),
    };
    result.map_err(|error| {
        failed(&cranelift_codegen::print_errors::pretty_error(&context.func, error))
    })
}

fn compile_usual(isa: &dyn TargetIsa, context: &mut Context) -> CodegenResult<CompiledCode> {
    context.compile(isa, &mut ControlPlane::default()).map_err(|error| error.inner)?;
    let code = context.take_compiled_code();
    code.ok_or_else(|| CodegenError::Unsupported("there is no code".to_string()))
}

/// As [`compile_usual`], but step by step: what would take too long is left out or done by other means.
fn compile_large(
    isa: &dyn TargetIsa,
    context: &mut Context,
) -> Result<CodegenResult<CompiledCode>> {
    let control = &mut ControlPlane::default();
    let plain = match demand::is_deep(context) {
        true => Some(with_flag(isa, "opt_level", "none")?),
        false => None,
    };
    let isa = plain.as_deref().unwrap_or(isa);
    if let Err(error) = context.verify_if(isa).and_then(|()| context.optimize(isa, control)) {
        return Ok(Err(error));
    }
    let single_pass = match demand::is_crowded(&context.func) {
        true => Some(with_flag(isa, "regalloc_algorithm", "single_pass")?),
        false => None,
    };
    let isa = single_pass.as_deref().unwrap_or(isa);
    let Context { func, domtree, want_disasm, .. } = context;
    let code = isa.compile_function(func, domtree, &mut Default::default(), *want_disasm, control);
    Ok(code.map(|code| code.apply_params(&func.params)))
}

fn failed(reason: &str) -> Error {
    Error::new(format!("cannot generate code: {}", reason.trim_end()))
}

fn relocs(context: &Context, code: &CompiledCode) -> Vec<ModuleReloc> {
    let name = context.func.name.get_user().map_or(0, |name| name.index);
    let id = cranelift_module::FuncId::from_u32(name);
    let convert = |reloc| ModuleReloc::from_mach_reloc(reloc, &context.func, id);
    code.buffer.relocs().iter().map(convert).collect()
}

fn traps(code: &CompiledCode) -> Result<Vec<(u32, Trap)>> {
    let mut traps = Vec::with_capacity(code.buffer.traps().len());
    for site in code.buffer.traps() {
        let Some(trap) = trap(site.code) else {
            return Err(failed(&format!("it uses the unknown trap code {}", site.code)));
        };
        traps.push((site.offset, trap));
    }
    traps.sort_by_key(|&(pc, _)| pc);
    // One instruction, one trap: the first that Cranelift records for it.
    traps.dedup_by_key(|&mut (pc, _)| pc);
    Ok(traps)
}

/// The trap that a code of Cranelift's stands for.
pub(super) fn trap(code: TrapCode) -> Option<Trap> {
    match code {
        TrapCode::STACK_OVERFLOW => Some(Trap::StackOverflow),
        TrapCode::HEAP_OUT_OF_BOUNDS => Some(Trap::MemoryOutOfBounds),
        TrapCode::INTEGER_OVERFLOW => Some(Trap::IntegerOverflow),
        TrapCode::INTEGER_DIVISION_BY_ZERO => Some(Trap::IntegerDivideByZero),
        TrapCode::BAD_CONVERSION_TO_INTEGER => Some(Trap::BadConversionToInteger),
        code => Trap::from_code(code.as_raw().get()),
    }
}

/// Where the instruction at `pc` comes from.
fn source(locations: &[MachSrcLoc<Final>], pc: u32) -> SourceLoc {
    let after = locations.partition_point(|location| location.start <= pc);
    let found = locations[..after].last().filter(|location| pc < location.end);
    found.map_or(SourceLoc::default(), |location| location.loc)
}

/// The check of the stack in a function's prologue comes before any wasm instruction; it is said to be at the body's
/// first byte.
pub(super) fn place_prologue(function: &mut CompiledFunction, body: u32) {
    let places = function.wasm_offsets.iter_mut().zip(&mut function.sources);
    for (&(_, trap), (offset, source)) in function.traps.iter().zip(places) {
        if trap == Trap::StackOverflow && *offset == u32::MAX {
            (*offset, *source) = (body, SourceLoc::new(body));
        }
    }
}

/// Where the code of another wasm instruction begins, by byte offset in the component, and where code begins that
/// comes from none.
fn locations(sources: &[MachSrcLoc<Final>], positions: &Positions) -> Vec<(u32, u32)> {
    let none = SourceLoc::default().bits();
    let mut locations: Vec<(u32, u32)> = Vec::new();
    let mut add = |start, offset| {
        if locations.last().is_none_or(|last| last.1 != offset) {
            locations.push((start, offset));
        }
    };
    let mut end = 0;
    for location in sources {
        if location.start > end {
            add(end, none);
        }
        add(location.start, positions.offset(location.loc));
        end = location.end;
    }
    add(end, none);
    locations
}

/// Where traps land in an entry: at the handler of its only call that has one.
fn landing(code: &CompiledCode) -> Result<Entry> {
    let mut sites = code.buffer.call_sites().filter_map(|site| {
        let handler = site.exception_handlers.iter().find_map(|handler| match handler {
            FinalizedMachExceptionHandler::Default(offset) => Some(*offset),
            _ => None,
        })?;
        Some((site.ret_addr, handler, site.frame_offset?))
    });
    let (Some((return_address, handler, frame_size)), None) = (sites.next(), sites.next()) else {
        return Err(failed("an entry must have exactly one call that traps return from"));
    };
    let context_slot = context_slot(code)?;
    Ok(Entry { return_address, handler, frame_size, context_slot })
}

/// The frontend keeps traced words in slots of the frame during calls.
fn stack_maps(code: &CompiledCode) -> Vec<StackMap> {
    let maps = code.buffer.user_stack_maps().iter();
    maps.map(|(return_address, frame_size, map)| {
        let mut slots: Vec<u32> = map.entries().map(|(_, offset)| offset).collect();
        slots.sort_unstable();
        StackMap { return_address: *return_address, frame_size: *frame_size, slots }
    })
    .collect()
}

/// What calls do with exceptions, by return address; those of one call in the order in which they are tried.
fn handlers(code: &CompiledCode) -> Result<Vec<Handler>> {
    let mut handlers = Vec::new();
    for site in code.buffer.call_sites() {
        for handler in site.exception_handlers {
            let (tag, handler) = match *handler {
                FinalizedMachExceptionHandler::Tag(tag, offset) => (tag.as_u32(), offset),
                FinalizedMachExceptionHandler::Default(offset) => (handler::ALL, offset),
                FinalizedMachExceptionHandler::Context(_) => continue,
            };
            let frame_size =
                site.frame_offset.ok_or_else(|| failed("a call does not know its frame"))?;
            handlers.push(Handler { return_address: site.ret_addr, tag, handler, frame_size });
        }
    }
    handlers.sort_by_key(|handler| handler.return_address);
    Ok(handlers)
}

/// Offset from the stack pointer of the slot that holds the context: the one with a key, or the only one.
fn context_slot(code: &CompiledCode) -> Result<u32> {
    let slots = code.buffer.frame_layout().map(|frame| &frame.stackslots);
    let slots: Vec<_> = slots.into_iter().flat_map(|slots| slots.values()).collect();
    let keyed = slots.iter().find(|slot| slot.key.is_some());
    match (keyed, &slots[..]) {
        (Some(slot), _) => Ok(slot.offset),
        (None, [slot]) => Ok(slot.offset),
        _ => Err(failed("an entry must have a stack slot for the context")),
    }
}
