//! What an import gave: the strings, lists and error contexts in its result, which go once it is lowered, and ends of
//! streams and futures, which go if they have not been.
//!
//! Lowering calls the guest's `realloc` and finds out what is wrong with the value, so it may trap anywhere. The
//! result therefore lies in temporary memory of the call, where the zone finds it and the function that releases
//! it (`weldc_abi::context::GIVEN`), and goes as a whole: here, or with the zone.

use super::super::builder::{Builder, WORD, new_function};
use super::super::{Env, FuncKey};
use super::memory::allocate_layout;
use super::outline::MOST_INLINE;
use super::place::Address;
use super::side::Side;
use crate::error::Result;
use crate::index::TypeId;
use crate::types::layout::discriminant_size;
use crate::types::{Abi, Layout, Type, Types};
use cranelift_codegen::ir::{self, AbiParam, InstBuilder, MemFlagsData, Signature, Value};
use cranelift_frontend::{FunctionBuilderContext, Switch};
use std::collections::HashSet;
use weldc_abi::context::{self, given};
use weldc_abi::symbols::Function as RuntimeFn;

/// The result of an import that owns memory, before and while it is lowered.
#[derive(Clone, Copy)]
pub struct Given {
    ty: TypeId,
    /// As `weldc_abi::context::given` has it.
    record: Value,
}

impl Given {
    /// Room for the result, in the call's scope.
    pub fn new(b: &mut Builder<'_>, ty: TypeId) -> Result<Given> {
        let Layout { size, align } = b.env.program.types.layout(Abi::NATIVE, ty);
        let size = size.saturating_add(given::VALUE as u32);
        let layout = Layout { size, align: align.max(WORD.bytes()) };
        let record = allocate_layout(b, &Side::native(), layout)?.address;
        Ok(Given { ty, record })
    }

    pub fn value(self, b: &mut Builder<'_>) -> Value {
        b.ins.ins().iadd_imm_u(self.record, i64::from(given::VALUE))
    }

    /// The import has returned: from here on the zone releases the result if it ends.
    pub fn keep(self, b: &mut Builder<'_>) {
        let signature = signature(b.env);
        let release = b.func(b.env.funcs.id(FuncKey::Release(self.ty)), || signature);
        let release = b.ins.ins().func_addr(WORD, release);
        b.ins.ins().store(MemFlagsData::trusted(), release, self.record, given::RELEASE);
        b.store_context(self.record, context::GIVEN);
    }

    /// The result is lowered.
    pub fn release(self, b: &mut Builder<'_>) {
        let none = b.iconst(0);
        b.store_context(none, context::GIVEN);
        value(b, self.ty, Address { base: self.record, offset: given::VALUE });
    }
}

/// The types that a function releases, for imports with a result of this type: itself, and what is inside of it
/// and too large to be released where it occurs.
pub fn find(types: &Types, id: TypeId) -> Vec<TypeId> {
    let mut search = Search { types, seen: HashSet::from([id]), found: vec![id] };
    search.children(id);
    search.found
}

struct Search<'t> {
    types: &'t Types,
    seen: HashSet<TypeId>,
    found: Vec<TypeId>,
}

impl Search<'_> {
    /// Recursion is bounded: the validator limits the depth of types.
    fn children(&mut self, id: TypeId) {
        for child in self.types.children(id) {
            if is_called(self.types, child) && self.seen.insert(child) {
                self.found.push(child);
                self.children(child);
            }
        }
    }
}

/// Whether a value inside of another one is released by a function.
fn is_called(types: &Types, id: TypeId) -> bool {
    types.owns_memory(id) && types.weight(id) > MOST_INLINE
}

fn signature(env: Env<'_>) -> Signature {
    let mut signature = Signature::new(env.isa.default_call_conv());
    signature.params.extend([AbiParam::new(WORD), AbiParam::new(WORD)]);
    signature
}

/// `extern "C" (context, value)`: releases a value at an address of the host's.
pub fn function(
    env: Env<'_>,
    id: TypeId,
    scratch: &mut FunctionBuilderContext,
) -> Result<ir::Function> {
    let mut function = new_function(env, FuncKey::Release(id), signature(env));
    let mut b = Builder::new(env, &mut function, scratch);
    let at = Address::new(b.params[0]);
    inside(&mut b, id, at);
    b.ins.ins().return_(&[]);
    b.finish();
    Ok(function)
}

fn value(b: &mut Builder<'_>, id: TypeId, at: Address) {
    let types = &b.env.program.types;
    if !types.owns_memory(id) {
        return;
    }
    if !is_called(types, id) {
        return inside(b, id, at);
    }
    let signature = signature(b.env);
    let func = b.func(b.env.funcs.id(FuncKey::Release(id)), || signature);
    let address = b.ins.ins().iadd_imm_s(at.base, i64::from(at.offset));
    b.ins.ins().call(func, &[b.context, address]);
}

/// Releases what a value owns, not by a call of its own.
fn inside(b: &mut Builder<'_>, id: TypeId, at: Address) {
    let types = &b.env.program.types;
    match types.get(id) {
        Type::String => free(b, at),
        Type::List(_) | Type::Map(..) => {
            let element = types.element(id).unwrap_or_default();
            if element.iter().any(|&id| types.owns_memory(id)) {
                let first = load(b, at);
                let length = load(b, at.plus(Abi::NATIVE.pointer));
                run(b, &element, first, length);
            }
            free(b, at);
        }
        Type::FixedList(element, length) => {
            let first = b.ins.ins().iadd_imm_s(at.base, i64::from(at.offset));
            let length = b.iconst(i64::from(*length));
            run(b, &[*element], first, length);
        }
        Type::ErrorContext => {
            let object = load(b, at);
            b.runtime(RuntimeFn::ErrorContextRelease, &[object]);
        }
        // One that has been lowered is the guest's, and stays.
        Type::Stream(_) | Type::Future(_) => {
            let end = load(b, at);
            b.runtime(RuntimeFn::EndDrop, &[end]);
        }
        _ => match (types.fields(id), types.cases(id)) {
            (Some(of), _) => fields(b, &of, at),
            (_, Some(cases)) => sum(b, &cases, at),
            _ => {}
        },
    }
}

fn load(b: &mut Builder<'_>, at: Address) -> Value {
    b.ins.ins().load(WORD, MemFlagsData::trusted(), at.base, at.offset)
}

/// Frees the memory that the pointer here names.
fn free(b: &mut Builder<'_>, at: Address) {
    let pointer = load(b, at);
    b.runtime(RuntimeFn::Free, &[pointer]);
}

/// Releases elements that lie one after the other.
pub fn run(b: &mut Builder<'_>, element: &[TypeId], first: Value, length: Value) {
    let (_, layout) = b.env.program.types.product(Abi::NATIVE, element);
    let bytes = b.ins.ins().imul_imm_u(length, i64::from(layout.size));
    let end = b.ins.ins().iadd(first, bytes);
    b.for_each(first, end, layout.size, |b, at| fields(b, element, Address::new(at)));
}

fn fields(b: &mut Builder<'_>, of: &[TypeId], at: Address) {
    let (offsets, _) = b.env.program.types.product(Abi::NATIVE, of);
    for (&id, offset) in of.iter().zip(offsets) {
        value(b, id, at.plus(offset));
    }
}

/// A case that there is not has no payload; lowering the value traps.
fn sum(b: &mut Builder<'_>, cases: &[Option<TypeId>], at: Address) {
    let types = &b.env.program.types;
    let payload = at.plus(types.sum(Abi::NATIVE, cases).payload);
    let flags = MemFlagsData::trusted();
    let case = match discriminant_size(cases.len()) {
        1 => b.ins.ins().uload8(ir::types::I32, flags, at.base, at.offset),
        2 => b.ins.ins().uload16(ir::types::I32, flags, at.base, at.offset),
        _ => b.ins.ins().load(ir::types::I32, flags, at.base, at.offset),
    };
    let done = b.ins.create_block();
    let mut switch = Switch::new();
    let mut arms: indexmap::IndexMap<TypeId, (TypeId, ir::Block)> = indexmap::IndexMap::new();
    for (index, id) in (0u32..).zip(cases) {
        let Some(id) = id.filter(|&id| types.owns_memory(id)) else { continue };
        let arm = arms.entry(types.alike(id));
        let (_, block) = *arm.or_insert_with(|| (id, b.ins.create_block()));
        switch.set_entry(u128::from(index), block);
    }
    switch.emit(&mut b.ins, case, done);
    for (id, block) in arms.into_values() {
        b.ins.switch_to_block(block);
        b.ins.seal_block(block);
        value(b, id, payload);
        b.ins.ins().jump(done, &[]);
    }
    b.ins.switch_to_block(done);
    b.ins.seal_block(done);
}
