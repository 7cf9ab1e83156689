//! Resource handles: `own` and `borrow` (CanonicalABI.md, `lift_own`, `lift_borrow`, `lower_own`,
//! `lower_borrow`).
//!
//! What crosses an edge is the resource's representation. A component instance names it by an index into
//! its table of handles, except that the instance which defines a resource is lent the representation
//! itself. The host is like an instance with a table of its own for the guests' resources, and deals in
//! representations where its own resources are concerned.

use super::super::builder::{Builder, WORD};
use super::place::{Dest, Source};
use super::plan;
use super::scalar::access;
use super::side::{Side, Space};
use super::transfer::Transfer;
use crate::error::Result;
use crate::index::{ComponentInstanceId, ResourceId};
use crate::link::ResourceOrigin;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{InstBuilder, MemFlagsData, Value, types};
use weldc_abi::symbols::Function as RuntimeFn;
use weldc_abi::{Trap, context, handle};

/// The offset of a component instance's handle table.
pub fn instance_table(b: &Builder<'_>, instance: ComponentInstanceId) -> i32 {
    b.env.layout.instances[instance] as i32 + context::instance::HANDLES
}

/// Calls a runtime function that finds a handle; gives its entry's address.
pub fn entry(
    b: &mut Builder<'_>,
    function: RuntimeFn,
    table: i32,
    index: Value,
    resource: ResourceId,
) -> Result<Value> {
    let table = b.iconst32(table as u32);
    let resource = b.iconst32(resource.as_u32());
    let entry = b.runtime(function, &[b.context, table, index, resource]);
    let entry = entry.ok_or_else(plan::mismatch)?;
    b.trap_if_code(entry);
    Ok(entry)
}

/// The representation that an entry holds.
pub fn representation(b: &mut Builder<'_>, entry: Value) -> Value {
    b.ins.ins().load(types::I64, MemFlagsData::trusted(), entry, handle::ENTRY_REP)
}

/// A new owned handle; gives its index.
pub fn new_own(
    b: &mut Builder<'_>,
    table: i32,
    representation: Value,
    resource: ResourceId,
) -> Result<Value> {
    let table = b.iconst32(table as u32);
    let tag = b.iconst32(handle::tag(handle::KIND_OWN, resource.as_u32()));
    let index = b.runtime(RuntimeFn::HandleNew, &[b.context, table, representation, tag]);
    let index = index.ok_or_else(plan::mismatch)?;
    b.trap_unless(index, Trap::HandleTableFull);
    Ok(index)
}

/// A new borrowed handle of the innermost scope; gives its index.
fn new_borrow(
    b: &mut Builder<'_>,
    table: i32,
    representation: Value,
    resource: ResourceId,
) -> Result<Value> {
    let table = b.iconst32(table as u32);
    let resource = b.iconst32(resource.as_u32());
    let args = [b.context, table, representation, resource];
    let index = b.runtime(RuntimeFn::ScopeBorrow, &args).ok_or_else(plan::mismatch)?;
    b.trap_unless(index, Trap::HandleTableFull);
    Ok(index)
}

/// The offset of the table that this side's handles are indices of.
pub fn table(b: &Builder<'_>, side: &Side) -> i32 {
    match side.space {
        Space::Guest(guest) => instance_table(b, guest.instance),
        Space::Native => context::HOST_HANDLES,
    }
}

impl Transfer<'_, '_> {
    /// Lifts an owned handle, which the source loses, and lowers it.
    pub fn own(
        &mut self,
        from: ResourceId,
        source: Source<'_>,
        to: ResourceId,
        dest: Dest<'_>,
    ) -> Result<()> {
        let name = self.handle(source)?;
        let representation = if self.deals_in_representations(self.source, from) {
            name
        } else {
            let entry = self.find(RuntimeFn::HandleTake, name, from)?;
            representation(self.b, entry)
        };
        let name = if self.deals_in_representations(self.dest, to) {
            representation
        } else {
            let table = table(self.b, &self.dest);
            new_own(self.b, table, representation, to)?
        };
        self.put_handle(name, dest)
    }

    /// Lifts a handle that the source lends during the call, and lowers it.
    pub fn borrow(
        &mut self,
        from: ResourceId,
        source: Source<'_>,
        to: ResourceId,
        dest: Dest<'_>,
    ) -> Result<()> {
        let name = self.handle(source)?;
        let representation = if self.deals_in_representations(self.source, from) {
            name
        } else {
            self.lend(name, from)?
        };
        let name = if plan::borrow_is_handle(self.b.env.program, &self.dest, to) {
            let table = table(self.b, &self.dest);
            new_borrow(self.b, table, representation, to)?
        } else {
            self.lent_to_definer(representation, to)
        };
        self.put_handle(name, dest)
    }

    /// A representation as the side gets it that defines the resource: a component instance in 32 bits, whatever
    /// the resource's has. The specification does not say what becomes of others; here they trap.
    fn lent_to_definer(&mut self, representation: Value, resource: ResourceId) -> Value {
        let origin = &self.b.env.program.resources[resource].origin;
        if let (ResourceOrigin::Guest { wide: true, .. }, Space::Guest(_)) =
            (origin, self.dest.space)
        {
            let most = i64::from(u32::MAX);
            let ins = self.b.ins.ins();
            let large = ins.icmp_imm_u(IntCC::UnsignedGreaterThan, representation, most);
            self.b.trap_if(large, Trap::IntegerOverflow);
        }
        representation
    }

    /// Lifts a lent handle, owned or itself borrowed; either is lent until the call returns.
    fn lend(&mut self, name: Value, resource: ResourceId) -> Result<Value> {
        let entry = self.find(RuntimeFn::HandleGet, name, resource)?;
        let representation = representation(self.b, entry);
        if self.plan.lends {
            self.b.runtime(RuntimeFn::ScopeLend, &[self.b.context, entry]);
        }
        Ok(representation)
    }

    fn find(&mut self, function: RuntimeFn, name: Value, resource: ResourceId) -> Result<Value> {
        let index = self.index(name);
        let table = table(self.b, &self.source);
        entry(self.b, function, table, index, resource)
    }

    /// The index that a handle of the source's is; the host passes it in 64 bits.
    fn index(&mut self, name: Value) -> Value {
        if self.source.handle() == types::I32 {
            return name;
        }
        let most = i64::from(u32::MAX);
        let unknown = self.b.ins.ins().icmp_imm_u(IntCC::UnsignedGreaterThan, name, most);
        self.b.trap_if(unknown, Trap::UnknownHandle);
        self.b.ins.ins().ireduce(types::I32, name)
    }

    /// The host's own resources are not in any table of its.
    fn deals_in_representations(&self, side: Side, resource: ResourceId) -> bool {
        side.is_native() && plan::is_host_resource(self.b.env.program, resource)
    }

    /// The handle at its place.
    pub fn handle(&mut self, source: Source<'_>) -> Result<Value> {
        match source {
            Source::Flat(values) => values.first().copied().ok_or_else(plan::mismatch),
            Source::Memory(at) => {
                let flags = access(self.b, &self.source)?;
                let ty = self.source.handle();
                Ok(self.b.ins.ins().load(ty, flags, at.base, at.offset))
            }
        }
    }

    /// Lowers an index (32 bits) or a representation (64 bits) as the destination's handles are passed.
    pub fn put_handle(&mut self, name: Value, dest: Dest<'_>) -> Result<()> {
        let have = self.b.ins.func.dfg.value_type(name);
        let want = self.dest.handle();
        let name = match (have, want) {
            (types::I32, types::I64) => self.b.ins.ins().uextend(WORD, name),
            (types::I64, types::I32) => self.b.ins.ins().ireduce(want, name),
            _ => name,
        };
        self.put_sized(name, self.dest.abi.handle, dest)
    }
}
