//! A small program in handmade CLIF: what weldc's translations produce, in miniature.
//!
//! For tests of everything after CLIF. `int entry(void *context, int x)` enters `body`, which calls `extern int host_step(void *context, int)`
//! through `helper`, adds a word of a data block, and divides by `x - 7`. A trap lands in `entry`, which
//! then returns the status with its sign changed.

use super::{Code, Form, Positions, compile_clif, target_isa};
use crate::options::{CodeOptions, OptLevel};
use crate::translate::namespace;
use cranelift_codegen::Context;
use cranelift_codegen::ir::{
    self, AbiParam, ArgumentPurpose, BlockArg, BlockCall, ExceptionTableData, ExceptionTableItem,
    ExternalName, InstBuilder, MemFlagsData, Signature, SourceLoc, StackSlotData, StackSlotKey,
    StackSlotKind, UserExternalName, types::*,
};
use cranelift_codegen::isa::{CallConv, OwnedTargetIsa};
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext};

pub const HELPER: u32 = 0;
pub const BODY: u32 = 1;
pub const ENTRY: u32 = 2;
pub const FLOOR: u32 = 3;
/// Added by `body` from the data block.
pub const DATA_WORD: u32 = 1000;
/// The source location of the division in `body`.
pub const DIVISION: u32 = 0x1234;

pub fn isa(target: &str) -> OwnedTargetIsa {
    let options = CodeOptions {
        target: target.parse().unwrap(),
        opt: OptLevel::Speed,
        verify: true,
        ..CodeOptions::default()
    };
    target_isa(&options).unwrap()
}

pub fn program(isa: &OwnedTargetIsa) -> Code {
    let compile = |func, entry| {
        Some(
            compile_clif(
                &**isa,
                &mut Context::for_function(func),
                Positions::default(),
                Form { entry, locations: false },
            )
            .expect("compiles"),
        )
    };
    let functions = [
        compile(helper(isa), false),
        compile(body(isa), false),
        compile(entry(isa), true),
        compile(floor(isa), false),
    ];
    Code { functions: functions.into_iter().collect() }
}

fn tail(isa: &OwnedTargetIsa) -> Signature {
    let _ = isa;
    let mut signature = Signature::new(CallConv::Tail);
    signature.params.push(AbiParam::special(I64, ArgumentPurpose::VMContext));
    signature.params.push(AbiParam::new(I32));
    signature.returns.push(AbiParam::new(I32));
    signature
}

fn c(isa: &OwnedTargetIsa) -> Signature {
    let mut signature = Signature::new(isa.default_call_conv());
    signature.params.extend([AbiParam::new(I64), AbiParam::new(I32)]);
    signature.returns.push(AbiParam::new(I32));
    signature
}

fn define(
    isa: &OwnedTargetIsa,
    index: u32,
    signature: Signature,
    fill: impl FnOnce(&mut FunctionBuilder<'_>, &[ir::Value]),
) -> ir::Function {
    let name = ir::UserFuncName::user(namespace::FUNC, index);
    let mut func = ir::Function::with_name_signature(name, signature);
    let mut scratch = FunctionBuilderContext::new();
    let mut ins = FunctionBuilder::new(&mut func, &mut scratch);
    let block = ins.create_block();
    ins.append_block_params_for_function_params(block);
    ins.switch_to_block(block);
    let params = ins.block_params(block).to_vec();
    fill(&mut ins, &params);
    ins.seal_all_blocks();
    ins.finalize(isa.frontend_config());
    func
}

fn import(
    ins: &mut FunctionBuilder<'_>,
    namespace: u32,
    index: u32,
    signature: Signature,
) -> ir::FuncRef {
    let name = ins.func.declare_imported_user_function(UserExternalName { namespace, index });
    let signature = ins.import_signature(signature);
    let name = ExternalName::user(name);
    ins.import_function(ir::ExtFuncData { name, signature, colocated: true, patchable: false })
}

fn symbol(ins: &mut FunctionBuilder<'_>, namespace: u32, index: u32) -> ir::Value {
    let name = ins.func.declare_imported_user_function(UserExternalName { namespace, index });
    let global = ins.create_global_value(ir::GlobalValueData::Symbol {
        name: ExternalName::user(name),
        offset: 0.into(),
        colocated: true,
        tls: false,
    });
    ins.ins().symbol_value(I64, global)
}

fn helper(isa: &OwnedTargetIsa) -> ir::Function {
    define(isa, HELPER, tail(isa), |ins, params| {
        let host = import(ins, namespace::EXTERN, 0, c(isa));
        let call = ins.ins().call(host, params);
        let result = ins.inst_results(call)[0];
        ins.ins().return_(&[result]);
    })
}

pub fn body(isa: &OwnedTargetIsa) -> ir::Function {
    define(isa, BODY, tail(isa), |ins, params| {
        let helper = import(ins, namespace::FUNC, HELPER, tail(isa));
        let call = ins.ins().call(helper, params);
        let stepped = ins.inst_results(call)[0];
        // The same through a function reference: an offset from the text, as tables hold it.
        let text = symbol(ins, namespace::TEXT, 0);
        let address = ins.ins().func_addr(I64, helper);
        let offset = ins.ins().isub(address, text);
        let address = ins.ins().iadd(text, offset);
        let signature = ins.import_signature(tail(isa));
        let call = ins.ins().call_indirect(signature, address, &[params[0], stepped]);
        let stepped = ins.inst_results(call)[0];
        let data = symbol(ins, namespace::DATA, 0);
        let word = ins.ins().load(I32, MemFlagsData::trusted(), data, 8);
        let sum = ins.ins().iadd(stepped, word);
        let divisor = ins.ins().iadd_imm_s(params[1], -7);
        ins.set_srcloc(SourceLoc::new(DIVISION));
        let quotient = ins.ins().sdiv(sum, divisor);
        ins.ins().return_(&[quotient]);
    })
}

pub fn entry(isa: &OwnedTargetIsa) -> ir::Function {
    define(isa, ENTRY, c(isa), |ins, params| {
        let slot =
            StackSlotData::new_with_key(StackSlotKind::ExplicitSlot, 8, 3, StackSlotKey::new(1));
        let slot = ins.create_sized_stack_slot(slot);
        let address = ins.ins().stack_addr(I64, slot, 0);
        ins.ins().store(MemFlagsData::trusted(), params[0], address, 0);
        let body = import(ins, namespace::FUNC, BODY, tail(isa));
        let (done, landed) = (ins.create_block(), ins.create_block());
        let result = ins.append_block_param(done, I32);
        let status = ins.append_block_param(landed, I64);
        let signature = ins.func.dfg.ext_funcs[body].signature;
        let pool = &mut ins.func.dfg.value_lists;
        let done_call = BlockCall::new(done, [BlockArg::TryCallRet(0)], pool);
        let landed_call = BlockCall::new(landed, [BlockArg::TryCallExn(0)], pool);
        let table = ExceptionTableData::new(
            signature,
            done_call,
            [ExceptionTableItem::Default(landed_call)],
        );
        let table = ins.func.dfg.exception_tables.push(table);
        ins.ins().try_call(body, params, table);
        ins.switch_to_block(done);
        ins.ins().return_(&[result]);
        ins.switch_to_block(landed);
        let status = ins.ins().ireduce(I32, status);
        let status = ins.ins().ineg(status);
        ins.ins().return_(&[status]);
    })
}

/// A function that needs the C library on a plain x86-64.
fn floor(isa: &OwnedTargetIsa) -> ir::Function {
    let mut signature = Signature::new(isa.default_call_conv());
    signature.params.push(AbiParam::new(F64));
    signature.returns.push(AbiParam::new(F64));
    define(isa, FLOOR, signature, |ins, params| {
        let floor = ins.ins().floor(params[0]);
        ins.ins().return_(&[floor]);
    })
}
