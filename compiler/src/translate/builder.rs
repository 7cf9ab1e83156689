//! The vocabulary of every translation: a CLIF function under construction that knows the program.

use super::{Env, FuncKey, namespace};
use crate::index::*;
use crate::link::Program;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{
    self, AbiParam, ArgumentPurpose, Block, BlockArg, InstBuilder, MemFlagsData, Signature,
    TrapCode, UserExternalName, Value, types,
};
use cranelift_codegen::isa::CallConv;
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext};
use std::collections::HashMap;
use weldc_abi::Trap;
use weldc_abi::symbols::{Function as RuntimeFn, Word};

/// The CLIF type of addresses, function references and every other word.
pub const WORD: ir::Type = types::I64;

/// A part of a zone's state that no access to another part touches (Cranelift's alias regions).
///
/// In one function every access to such a part carries its region, or none does: a load without a region
/// is not ordered after a store with one. A call is ordered against everything, so functions that call
/// each other need not agree, but functions that are inlined into each other must.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Region {
    /// Wasm locals that live in the function's frame.
    Locals,
    Global(GlobalId),
    Memory(MemoryId),
    Table(TableId),
    /// Headers of objects: written before anything else can read them.
    Header,
    /// Fields of structs at this offset. Objects do not overlap, so neither do fields at different offsets.
    Field(u32),
    /// Elements of arrays of this kind.
    Elements(u32),
    /// Where the next object goes.
    Allocation,
    /// Up to where objects go.
    AllocationLimit,
    /// References that calls find in the frame.
    Frame(ir::StackSlot),
}

impl Region {
    /// Globals share this many regions: the alias analysis keeps a word per region and block.
    const GLOBALS: u32 = 16;
    /// So do fields, and slots of the frame.
    const FIELDS: u32 = 16;
    const SLOTS: u32 = 8;

    /// Behind those of all memories and tables.
    const OBJECTS: u32 = 1 << 31;

    /// Memories, and tables, share this many: Cranelift has room for 65,535 kinds of accesses in a function.
    const OTHERS: u32 = 1 << 12;

    /// The region's number, the same throughout a program.
    fn number(self) -> u32 {
        match self {
            Region::Locals => 0,
            Region::Global(id) => 1 + id.as_u32() % Region::GLOBALS,
            Region::Memory(id) => 1 + Region::GLOBALS + 2 * (id.as_u32() % Region::OTHERS),
            Region::Table(id) => 2 + Region::GLOBALS + 2 * (id.as_u32() % Region::OTHERS),
            Region::Header => Region::OBJECTS,
            Region::Allocation => Region::OBJECTS + 1,
            Region::AllocationLimit => Region::OBJECTS + 2,
            Region::Frame(slot) => Region::OBJECTS + 3 + slot.as_u32() % Region::SLOTS,
            Region::Field(offset) => Region::OBJECTS + 16 + offset / 4 % Region::FIELDS,
            Region::Elements(kind) => Region::OBJECTS + 32 + kind,
        }
    }

    fn data(self) -> ir::AliasRegionData {
        ir::AliasRegionData { user_id: self.number(), description: self.name().into() }
    }

    fn name(self) -> &'static str {
        match self {
            Region::Locals => "locals",
            Region::Global(_) => "global",
            Region::Memory(_) => "memory",
            Region::Table(_) => "table",
            Region::Header => "header",
            Region::Field(_) => "field",
            Region::Elements(_) => "elements",
            Region::Allocation => "allocation",
            Region::AllocationLimit => "allocation limit",
            Region::Frame(_) => "frame",
        }
    }
}

/// A function under construction. `ins` is the usual Cranelift builder.
pub struct Builder<'a> {
    pub env: Env<'a>,
    pub ins: FunctionBuilder<'a>,
    /// The context's address: the function's first parameter.
    pub context: Value,
    /// Parameters after the context.
    pub params: Vec<Value>,
    funcs: HashMap<(u32, u32), ir::FuncRef>,
    symbols: HashMap<(u32, u32), ir::GlobalValue>,
    /// Slots of the frame, used again and again for what is kept during one call ([`Self::keep`]).
    kept: Vec<ir::StackSlot>,
}

/// The signature of a core function: tail convention, the context, then the core parameters.
pub fn core_signature(ty: &wasmparser::FuncType) -> Signature {
    let mut signature = tail_signature();
    signature.params.extend(ty.params().iter().map(|&t| AbiParam::new(value_type(t))));
    signature.returns.extend(ty.results().iter().map(|&t| AbiParam::new(value_type(t))));
    signature
}

/// Tail convention, the context as the only parameter.
pub fn tail_signature() -> Signature {
    let mut signature = Signature::new(CallConv::Tail);
    signature.params.push(AbiParam::special(WORD, ArgumentPurpose::VMContext));
    signature
}

/// The CLIF type of a core value. References are words.
pub fn value_type(ty: wasmparser::ValType) -> ir::Type {
    match ty {
        wasmparser::ValType::I32 => types::I32,
        wasmparser::ValType::I64 => types::I64,
        wasmparser::ValType::F32 => types::F32,
        wasmparser::ValType::F64 => types::F64,
        wasmparser::ValType::V128 => types::I8X16,
        wasmparser::ValType::Ref(_) => WORD,
    }
}

/// The signature of a function of the runtime.
pub fn runtime_signature(env: Env<'_>, func: RuntimeFn) -> Signature {
    let clif = |word: &Word| match word {
        Word::I32 => AbiParam::new(types::I32),
        Word::I64 => AbiParam::new(types::I64),
        Word::Pointer => AbiParam::new(WORD),
    };
    let mut signature = Signature::new(env.isa.default_call_conv());
    signature.params.extend(func.params().iter().map(clif));
    signature.returns.extend(func.result().iter().map(clif));
    signature
}

/// A new CLIF function for `key`, named so that relocations and `--emit clif` can tell.
pub fn new_function(env: Env<'_>, key: FuncKey, signature: Signature) -> ir::Function {
    let name = ir::UserFuncName::user(namespace::FUNC, env.funcs.id(key).as_u32());
    ir::Function::with_name_signature(name, signature)
}

impl<'a> Builder<'a> {
    /// Begins a function: its entry block is current and sealed, and its parameters are bound. The first
    /// parameter must be the context (or, for stubs without parameters, there is none and `context` is
    /// meaningless).
    pub fn new(
        env: Env<'a>,
        func: &'a mut ir::Function,
        scratch: &'a mut FunctionBuilderContext,
    ) -> Self {
        let mut ins = FunctionBuilder::new(func, scratch);
        if env.program.collects() {
            ins.make_stack_map_alias_region(Box::new(|regions, _, slot, _| {
                Some(regions.insert(Region::Frame(slot).data()))
            }));
        }
        let entry = ins.create_block();
        ins.append_block_params_for_function_params(entry);
        ins.switch_to_block(entry);
        ins.seal_block(entry);
        let params = ins.block_params(entry).to_vec();
        let context = params.first().copied().unwrap_or(Value::from_u32(0));
        Builder {
            env,
            ins,
            context,
            params: params.into_iter().skip(1).collect(),
            funcs: HashMap::new(),
            symbols: HashMap::new(),
            kept: Vec::new(),
        }
    }

    /// Makes the function's prologue check the zone's stack limit.
    pub fn check_stack(&mut self) {
        let func = &mut self.ins.func;
        let context = func.create_global_value(ir::GlobalValueData::VMContext);
        let flags = func.dfg.mem_flags.insert(MemFlagsData::trusted()).expect("few distinct flags");
        let limit = func.create_global_value(ir::GlobalValueData::Load {
            base: context,
            offset: weldc_abi::context::STACK_LIMIT.into(),
            global_type: WORD,
            flags,
        });
        func.stack_limit = Some(limit);
    }

    /// Notes that a value is a traced word, which the collector must find and may change.
    pub fn trace(&mut self, value: Value) {
        self.ins.declare_value_needs_stack_map(value);
    }

    /// Keeps traced words in the frame during the call that `call` makes, and gives what they are after it. Code
    /// that goes around the call has nothing to do with that, as it would if they were live across it.
    pub fn keep(
        &mut self,
        words: &[Value],
        call: impl FnOnce(&mut Self) -> ir::Inst,
    ) -> Vec<Value> {
        while self.kept.len() < words.len() {
            let slot = ir::StackSlotData::new(ir::StackSlotKind::ExplicitSlot, 8, 3);
            let slot = self.ins.create_sized_stack_slot(slot);
            self.kept.push(slot);
        }
        for (index, &word) in words.iter().enumerate() {
            self.ins.ins().stack_store(WORD, word, self.kept[index], 0);
        }
        let inst = call(self);
        let mut after = Vec::with_capacity(words.len());
        for index in 0..words.len() {
            let slot = self.kept[index];
            let entry = ir::UserStackMapEntry { ty: WORD, slot, offset: 0 };
            self.ins.func.dfg.append_user_stack_map_entry(inst, entry);
            after.push(self.ins.ins().stack_load(WORD, WORD, slot, 0));
        }
        after
    }

    /// Ends the function.
    pub fn finish(self) {
        self.ins.finalize(self.env.isa.frontend_config());
    }

    fn import(
        &mut self,
        space: u32,
        index: u32,
        signature: impl FnOnce() -> Signature,
    ) -> ir::FuncRef {
        if let Some(&func) = self.funcs.get(&(space, index)) {
            return func;
        }
        let name = self
            .ins
            .func
            .declare_imported_user_function(UserExternalName { namespace: space, index });
        let signature = self.ins.import_signature(signature());
        let func = self.ins.import_function(ir::ExtFuncData {
            name: ir::ExternalName::user(name),
            signature,
            colocated: true,
            patchable: false,
        });
        self.funcs.insert((space, index), func);
        func
    }

    /// A reference to a generated function. `signature` is what it was, or will be, made with.
    pub fn func(&mut self, id: FuncId, signature: impl FnOnce() -> Signature) -> ir::FuncRef {
        self.import(namespace::FUNC, id.as_u32(), signature)
    }

    /// A reference to a core function of the program.
    pub fn core_func(&mut self, func: crate::link::CoreFunc) -> ir::FuncRef {
        let env = self.env;
        let id = env.funcs.core(func);
        self.func(id, || {
            let sig = env.program.signature_of(env.parsed, func);
            core_signature(&env.program.signatures[sig])
        })
    }

    /// Calls a core function with the context and these core arguments.
    pub fn call_core(&mut self, func: crate::link::CoreFunc, args: &[Value]) -> Vec<Value> {
        let func = self.core_func(func);
        let args: Vec<Value> = std::iter::once(self.context).chain(args.iter().copied()).collect();
        let call = self.ins.ins().call(func, &args);
        self.ins.inst_results(call).to_vec()
    }

    /// A reference to a symbol of the host's, with this signature.
    pub fn extern_func(&mut self, symbol: &str, signature: Signature) -> ir::FuncRef {
        let index = self.env.funcs.extern_id(symbol);
        self.import(namespace::EXTERN, index, || signature)
    }

    /// Whether the target has instructions that round.
    pub fn has_rounding(&self) -> bool {
        let isa = self.env.isa;
        let has_sse41 =
            || isa.isa_flags().iter().any(|f| f.name == "has_sse41" && f.as_bool() == Some(true));
        isa.triple().architecture != target_lexicon::Architecture::X86_64 || has_sse41()
    }

    /// A signature in the target's C convention.
    pub fn c_signature(&self) -> Signature {
        Signature::new(self.env.isa.default_call_conv())
    }

    /// Calls a function of the runtime; `None` if it returns nothing.
    pub fn runtime(&mut self, func: RuntimeFn, args: &[Value]) -> Option<Value> {
        let signature = runtime_signature(self.env, func);
        let index = RuntimeFn::ALL.iter().position(|&f| f == func).expect("listed") as u32;
        let func = self.import(namespace::RUNTIME, index, || signature);
        let call = self.ins.ins().call(func, args);
        self.ins.inst_results(call).first().copied()
    }

    /// Calls a function of the runtime that returns something.
    pub fn runtime_value(&mut self, func: RuntimeFn, args: &[Value]) -> Value {
        self.runtime(func, args).expect("it has a result")
    }

    /// The address of the code's first byte, of a data block, or of the artefact.
    pub fn symbol(&mut self, space: u32, index: u32) -> Value {
        let global = match self.symbols.get(&(space, index)) {
            Some(&global) => global,
            None => {
                let name = self
                    .ins
                    .func
                    .declare_imported_user_function(UserExternalName { namespace: space, index });
                let global = self.ins.create_global_value(ir::GlobalValueData::Symbol {
                    name: ir::ExternalName::user(name),
                    offset: 0.into(),
                    colocated: true,
                    tls: false,
                });
                self.symbols.insert((space, index), global);
                global
            }
        };
        self.ins.ins().symbol_value(WORD, global)
    }

    /// A reference to a core function as a word (see `abi::context::funcref`).
    pub fn funcref(&mut self, func: crate::link::CoreFunc) -> Value {
        let sig = self.env.program.signature_of(self.env.parsed, func);
        let func = self.core_func(func);
        let address = self.ins.ins().func_addr(WORD, func);
        let text = self.symbol(namespace::TEXT, 0);
        let offset = self.ins.ins().isub(address, text);
        let tag = i64::from(signature_tag(self.env.program, sig))
            << weldc_abi::context::funcref::SIGNATURE_SHIFT;
        let tag = self.iconst(tag);
        self.ins.ins().bor(offset, tag)
    }

    pub fn iconst(&mut self, value: i64) -> Value {
        self.ins.ins().iconst(WORD, value)
    }

    pub fn iconst32(&mut self, value: u32) -> Value {
        self.ins.ins().iconst(types::I32, i64::from(value))
    }

    /// Loads from the context.
    pub fn load_context(&mut self, ty: ir::Type, offset: i32) -> Value {
        self.ins.ins().load(ty, MemFlagsData::trusted(), self.context, offset)
    }

    /// Loads from the context a field that never changes while the zone lives.
    pub fn load_context_readonly(&mut self, ty: ir::Type, offset: i32) -> Value {
        let flags = MemFlagsData::trusted().with_readonly().with_can_move();
        self.ins.ins().load(ty, flags, self.context, offset)
    }

    /// Stores to the context.
    pub fn store_context(&mut self, value: Value, offset: i32) {
        self.ins.ins().store(MemFlagsData::trusted(), value, self.context, offset);
    }

    /// `flags` for accesses within `region`.
    pub fn flags_in(&mut self, region: Region, flags: MemFlagsData) -> MemFlagsData {
        let region = self.ins.func.dfg.alias_regions.insert(region.data());
        flags.with_alias_region(Some(region))
    }

    /// Ends the zone with `trap`; the current block is filled.
    pub fn trap(&mut self, trap: Trap) {
        let env = self.env;
        let key = FuncKey::Trap(trap);
        if !env.funcs.has(key) {
            let code = self.iconst32(trap as u32);
            return self.trap_dynamic(code);
        }
        let convention = env.isa.default_call_conv();
        let func = self.func(env.funcs.id(key), || Signature::new(convention));
        self.ins.ins().call(func, &[]);
        self.ins.ins().trap(trap_code(trap));
    }

    /// Ends the zone if `condition` is not 0. The check is out of line; the current block goes on.
    pub fn trap_if(&mut self, condition: Value, trap: Trap) {
        let (bad, good) = self.fork();
        self.ins.ins().brif(condition, bad, &[], good, &[]);
        self.out_of_line(bad, good, |this| this.trap(trap));
    }

    /// Ends the zone if `condition` is 0.
    pub fn trap_unless(&mut self, condition: Value, trap: Trap) {
        let (bad, good) = self.fork();
        self.ins.ins().brif(condition, good, &[], bad, &[]);
        self.out_of_line(bad, good, |this| this.trap(trap));
    }

    /// Ends the zone with the trap whose code is the `i32` `status`, unless that is 0.
    pub fn trap_if_status(&mut self, status: Value) {
        let (bad, good) = self.fork();
        self.ins.ins().brif(status, bad, &[], good, &[]);
        self.out_of_line(bad, good, |this| this.trap_dynamic(status));
    }

    /// For runtime functions that return an address, or a trap's code (below 256) in its place.
    pub fn trap_if_code(&mut self, address: Value) {
        let is_code = self.ins.ins().icmp_imm_u(IntCC::UnsignedLessThan, address, 256);
        let (bad, good) = self.fork();
        self.ins.ins().brif(is_code, bad, &[], good, &[]);
        self.out_of_line(bad, good, |this| {
            let code = this.ins.ins().ireduce(types::I32, address);
            this.trap_dynamic(code);
        });
    }

    /// Ends the zone with the trap whose code this is; the current block is filled.
    pub fn trap_dynamic(&mut self, code: Value) {
        let env = self.env;
        let convention = env.isa.default_call_conv();
        let func = self.func(env.funcs.id(FuncKey::TrapDynamic), || {
            let mut signature = Signature::new(convention);
            signature.params.push(AbiParam::new(types::I32));
            signature
        });
        self.ins.ins().call(func, &[code]);
        self.ins.ins().trap(trap_code(Trap::Unreachable));
    }

    /// A loop over addresses `step` bytes apart, from `first` up to `end`.
    pub fn for_each(
        &mut self,
        first: Value,
        end: Value,
        step: u32,
        body: impl FnOnce(&mut Self, Value),
    ) {
        let header = self.ins.create_block();
        let inside = self.ins.create_block();
        let done = self.ins.create_block();
        let at = self.ins.append_block_param(header, WORD);
        self.ins.ins().jump(header, &[BlockArg::from(first)]);

        self.ins.switch_to_block(header);
        let more = self.ins.ins().icmp(IntCC::NotEqual, at, end);
        self.ins.ins().brif(more, inside, &[], done, &[]);
        self.ins.seal_block(inside);
        self.ins.seal_block(done);

        self.ins.switch_to_block(inside);
        body(self, at);
        let next = self.ins.ins().iadd_imm_s(at, i64::from(step));
        self.ins.ins().jump(header, &[BlockArg::from(next)]);
        self.ins.seal_block(header);

        self.ins.switch_to_block(done);
    }

    fn fork(&mut self) -> (Block, Block) {
        let bad = self.ins.create_block();
        let good = self.ins.create_block();
        self.ins.set_cold_block(bad);
        (bad, good)
    }

    fn out_of_line(&mut self, bad: Block, good: Block, fill: impl FnOnce(&mut Self)) {
        self.ins.seal_block(bad);
        self.ins.seal_block(good);
        self.ins.switch_to_block(bad);
        fill(self);
        self.ins.switch_to_block(good);
    }
}

/// The nonzero number of a signature in function references.
pub fn signature_tag(program: &Program, sig: SigId) -> u32 {
    program.signature_numbers[sig].first + 1
}

/// The Cranelift code of a trap that an instruction itself can raise. Cranelift's own codes
/// (`STACK_OVERFLOW`, `HEAP_OUT_OF_BOUNDS`, …) stand for the traps of those names.
pub fn trap_code(trap: Trap) -> TrapCode {
    TrapCode::user(trap as u8).expect("trap codes are small")
}
