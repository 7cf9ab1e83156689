//! What structs and arrays share: how they are made, what their fields and elements are as values.

use crate::error::Result;
use crate::index::ObjectTypeId;
use crate::link::core_types::size;
use crate::translate::builder::{Builder, Region, WORD, new_function, trap_code, value_type};
use crate::translate::{Env, FuncKey};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::immediates::{Ieee32, Ieee64};
use cranelift_codegen::ir::{
    self, AbiParam, BlockArg, InstBuilder, MemFlagsData, Signature, Value, types,
};
use cranelift_codegen::isa::CallConv;
use cranelift_frontend::FunctionBuilderContext;
use wasmparser::{StorageType, ValType};
use weldc_abi::symbols::Function as RuntimeFn;
use weldc_abi::{Trap, context, gc};

/// Nothing is mapped below this address.
const NULL_PAGE: u32 = 4096;

/// Most words that [`allocate`] is given to keep; more are better live across it.
pub const MOST_KEPT: usize = 16;

/// An object with this header and of this size, a multiple of 8. What is in it is not known, and must be
/// stored before anything else can be called. Every object may move; the traced words among the operands of the
/// instruction are replaced by what they are then.
pub fn allocate(b: &mut Builder<'_>, header: Value, size: Value, operands: &mut [Value]) -> Value {
    let next = b.flags_in(Region::Allocation, MemFlagsData::trusted());
    let limit = b.flags_in(Region::AllocationLimit, MemFlagsData::trusted());
    let new = b.ins.ins().load(WORD, next, b.context, context::gc::ALLOC);
    let limit = b.ins.ins().load(WORD, limit, b.context, context::gc::LIMIT);
    let end = b.ins.ins().iadd(new, size);
    let too_far = b.ins.ins().icmp(IntCC::UnsignedGreaterThan, end, limit);
    let cold = b.ins.create_block();
    let fast = b.ins.create_block();
    let done = b.ins.create_block();
    let object = b.ins.append_block_param(done, WORD);
    b.ins.set_cold_block(cold);
    b.ins.ins().brif(too_far, cold, &[], fast, &[]);
    b.ins.seal_block(cold);
    b.ins.seal_block(fast);

    let arguments = |object, operands: &[Value]| -> Vec<BlockArg> {
        std::iter::once(object).chain(operands.iter().copied()).map(BlockArg::from).collect()
    };
    b.ins.switch_to_block(cold);
    let kept = b.keep(operands, |b| {
        let stub = b.func(b.env.funcs.id(FuncKey::Allocate), stub_signature);
        let args = [b.context, header, size];
        b.ins.ins().call(stub, &args)
    });
    let made = b.load_context(WORD, context::gc::MADE);
    b.ins.ins().jump(done, &arguments(made, &kept));

    b.ins.switch_to_block(fast);
    b.ins.ins().store(next, end, b.context, context::gc::ALLOC);
    let flags = b.flags_in(Region::Header, MemFlagsData::trusted());
    b.ins.ins().store(flags, header, new, gc::TYPE);
    b.ins.ins().jump(done, &arguments(new, operands));

    b.ins.seal_block(done);
    for operand in operands {
        *operand = b.ins.append_block_param(done, WORD);
    }
    b.ins.switch_to_block(done);
    b.trace(object);
    object
}

/// As [`allocate`]; `types` are those of the operands.
pub fn allocate_for(
    b: &mut Builder<'_>,
    header: Value,
    size: Value,
    operands: &mut [Value],
    types: impl Iterator<Item = StorageType>,
) -> Value {
    let traced = types.enumerate().filter(|&(_, ty)| is_traced(b, ty)).map(|(index, _)| index);
    let traced: Vec<usize> = traced.collect();
    if traced.len() > MOST_KEPT {
        return allocate(b, header, size, &mut []);
    }
    let mut kept: Vec<Value> = traced.iter().map(|&index| operands[index]).collect();
    let object = allocate(b, header, size, &mut kept);
    for (index, word) in traced.into_iter().zip(kept) {
        operands[index] = word;
    }
    object
}

/// `(context, header, size)`; all registers are as they were, so that code which hardly ever calls this need
/// not keep any free. There is no result in this convention; it goes through the context.
fn stub_signature() -> Signature {
    let mut signature = Signature::new(CallConv::PreserveAll);
    signature.params.extend([AbiParam::new(WORD); 3]);
    signature
}

/// [`FuncKey::Allocate`].
pub fn stub(env: Env<'_>, scratch: &mut FunctionBuilderContext) -> Result<ir::Function> {
    let mut function = new_function(env, FuncKey::Allocate, stub_signature());
    let mut b = Builder::new(env, &mut function, scratch);
    let args: Vec<Value> = std::iter::once(b.context).chain(b.params.iter().copied()).collect();
    let made = b.runtime(RuntimeFn::GcAllocate, &args).expect("returns an address");
    b.trap_if_code(made);
    b.store_context(made, context::gc::MADE);
    b.ins.ins().return_(&[]);
    b.finish();
    Ok(function)
}

/// The first half of the header of an object of this type.
pub fn type_word(b: &Builder<'_>, id: ObjectTypeId) -> u32 {
    gc::type_word(b.env.program.objects[id].numbers.first)
}

/// Flags of accesses, `offset` bytes from the address of an object, that trap if the reference is null.
pub fn flags(
    b: &mut Builder<'_>,
    reference: Value,
    may_be_null: bool,
    offset: u32,
    region: Region,
) -> MemFlagsData {
    let flags = MemFlagsData::new();
    let flags = if !may_be_null {
        flags.with_notrap()
    } else if b.env.options.guard_pages && offset < NULL_PAGE {
        flags.with_trap_code(Some(trap_code(Trap::NullReference)))
    } else {
        b.trap_unless(reference, Trap::NullReference);
        flags.with_notrap()
    };
    b.flags_in(region, flags)
}

/// How a packed value becomes an `i32`.
#[derive(Clone, Copy)]
pub enum Extension {
    Sign,
    Zero,
}

/// Loads a field or an element; `extension` is for packed ones.
pub fn load(
    b: &mut Builder<'_>,
    ty: StorageType,
    extension: Extension,
    flags: MemFlagsData,
    address: Value,
    offset: u32,
) -> Value {
    let offset = offset as i32;
    let ins = b.ins.ins();
    let value = match (ty, extension) {
        (StorageType::I8, Extension::Sign) => ins.sload8(types::I32, flags, address, offset),
        (StorageType::I8, Extension::Zero) => ins.uload8(types::I32, flags, address, offset),
        (StorageType::I16, Extension::Sign) => ins.sload16(types::I32, flags, address, offset),
        (StorageType::I16, Extension::Zero) => ins.uload16(types::I32, flags, address, offset),
        (StorageType::Val(ty), _) => ins.load(value_type(ty), flags, address, offset),
    };
    trace(b, ty, value);
    value
}

/// Stores a field or an element.
pub fn store(
    b: &mut Builder<'_>,
    ty: StorageType,
    flags: MemFlagsData,
    value: Value,
    address: Value,
    offset: u32,
) {
    let offset = offset as i32;
    match ty {
        StorageType::I8 => b.ins.ins().istore8(flags, value, address, offset),
        StorageType::I16 => b.ins.ins().istore16(flags, value, address, offset),
        StorageType::Val(_) => b.ins.ins().store(flags, value, address, offset),
    };
}

/// Notes that a value of a canonical type is a traced word, if it is one.
fn trace(b: &mut Builder<'_>, ty: StorageType, value: Value) {
    if is_traced(b, ty) {
        b.trace(value);
    }
}

fn is_traced(b: &Builder<'_>, ty: StorageType) -> bool {
    matches!(ty, StorageType::Val(ty) if b.env.program.traces_canonical(ty))
}

/// The default value of a type.
pub fn zero(b: &mut Builder<'_>, ty: StorageType) -> Value {
    match ty {
        StorageType::I8 | StorageType::I16 | StorageType::Val(ValType::I32) => b.iconst32(0),
        StorageType::Val(ValType::I64 | ValType::Ref(_)) => b.iconst(0),
        StorageType::Val(ValType::F32) => b.ins.ins().f32const(Ieee32::with_bits(0)),
        StorageType::Val(ValType::F64) => b.ins.ins().f64const(Ieee64::with_bits(0)),
        StorageType::Val(ValType::V128) => {
            let constant = b.ins.func.dfg.constants.insert([0; 16].as_slice().into());
            b.ins.ins().vconst(types::I8X16, constant)
        }
    }
}

/// Stores zeros.
pub fn clear(b: &mut Builder<'_>, address: Value, bytes: Value) {
    let zero = b.iconst32(0);
    b.runtime(RuntimeFn::MemoryFill, &[address, zero, bytes]);
}

/// log2 of the bytes of a field or an element.
pub fn size_bits(ty: StorageType) -> i64 {
    i64::from(size(ty).trailing_zeros())
}

/// The word of the i31 with the low 31 bits of an `i32`.
pub fn i31(b: &mut Builder<'_>, value: Value) -> Value {
    let shifted: ir::Value = b.ins.ins().ishl_imm_u(value, 1);
    let tagged = b.ins.ins().bor_imm_u(shifted, 1);
    b.ins.ins().uextend(WORD, tagged)
}
