//! Resource handles: `own` and `borrow` (CanonicalABI.md, `lift_own`, `lift_borrow`, `lower_own`,
//! `lower_borrow`).
//!
//! What crosses an edge is the resource's representation. A component instance names it by an index into
//! its table of handles, except that the instance which defines a resource is lent the representation
//! itself. The host is like an instance with a table of its own for the guests' resources, and deals in
//! representations where its own resources are concerned.

use super::super::builder::{Builder, WORD};
use super::place::{Dest, Source};
use super::plan::{self, Account};
use super::scalar::access;
use super::side::{Side, Space};
use super::transfer::Transfer;
use crate::error::Result;
use crate::index::{ComponentInstanceId, ResourceId};
use crate::link::ResourceOrigin;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{
    self, Block, BlockArg, InstBuilder, MemFlagsData, StackSlot, StackSlotData, StackSlotKind,
    Value, types,
};
use cranelift_frontend::Variable;
use weldc_abi::symbols::Function as RuntimeFn;
use weldc_abi::{Trap, context, handle, task};

/// The offset of a component instance's handle table.
pub fn instance_table(b: &Builder<'_>, instance: ComponentInstanceId) -> i32 {
    b.env.layout.instances[instance] as i32 + context::instance::HANDLES
}

/// The handles of one table to one resource.
#[derive(Clone, Copy)]
pub struct Handles {
    /// The table's offset in the context.
    pub table: i32,
    pub resource: ResourceId,
}

/// Tag and loans of an entry are one word.
const TAG_AND_LENDS: i32 = {
    assert!(handle::ENTRY_LENDS == handle::ENTRY_TAG + 4);
    handle::ENTRY_TAG
};

impl Handles {
    fn tag(self, kind: u32) -> u32 {
        handle::tag(kind, self.resource.as_u32())
    }

    /// The entry of an owned or borrowed handle.
    pub fn entry(self, b: &mut Builder<'_>, index: Value) -> Value {
        let (entry, wrong) = self.slot(b, index);
        let tag = load(b, types::I32, entry, handle::ENTRY_TAG);
        let own = self.tag(handle::KIND_OWN);
        let kind = b.ins.ins().iadd_imm_s(tag, -i64::from(own));
        let most = i64::from(handle::KIND_BORROW - handle::KIND_OWN);
        let is_handle = b.ins.ins().icmp_imm_u(IntCC::UnsignedLessThanOrEqual, kind, most);
        self.expect(b, is_handle, index, wrong);
        entry
    }

    /// Takes out an owned handle that is not lent; gives its representation.
    pub fn take(self, b: &mut Builder<'_>, index: Value) -> Value {
        let (entry, wrong) = self.slot(b, index);
        let state = load(b, types::I64, entry, TAG_AND_LENDS);
        let own = i64::from(self.tag(handle::KIND_OWN));
        let is_own = b.ins.ins().icmp_imm_u(IntCC::Equal, state, own);
        self.expect(b, is_own, index, wrong);
        self.release(b, index, entry)
    }

    /// Drops a handle that is not lent, owned or borrowed; prints what is done with the representation of an
    /// owned one.
    pub fn drop(
        self,
        b: &mut Builder<'_>,
        index: Value,
        print: impl FnOnce(&mut Builder<'_>, Value),
    ) {
        let (entry, wrong) = self.slot(b, index);
        let state = load(b, types::I64, entry, TAG_AND_LENDS);
        let [owned, other, done] = [(); 3].map(|()| b.ins.create_block());
        let own = i64::from(self.tag(handle::KIND_OWN));
        let is_own = b.ins.ins().icmp_imm_u(IntCC::Equal, state, own);
        b.ins.ins().brif(is_own, owned, &[], other, &[]);
        begin(b, other);
        let borrow = i64::from(self.tag(handle::KIND_BORROW));
        let is_borrow = b.ins.ins().icmp_imm_u(IntCC::Equal, state, borrow);
        self.expect(b, is_borrow, index, wrong);
        let owner = load(b, WORD, entry, handle::ENTRY_OWNER);
        add(b, owner, 0, -1);
        self.release(b, index, entry);
        b.ins.ins().jump(done, &[]);
        begin(b, owned);
        let representation = self.release(b, index, entry);
        print(b, representation);
        b.ins.ins().jump(done, &[]);
        begin(b, done);
    }

    /// A new owned handle; gives its index.
    pub fn add_own(self, b: &mut Builder<'_>, representation: Value) -> Value {
        self.add(b, representation, handle::KIND_OWN, None)
    }

    /// A new borrowed handle, counted at `owner`; gives its index.
    fn add_borrow(self, b: &mut Builder<'_>, representation: Value, owner: Value) -> Value {
        let index = self.add(b, representation, handle::KIND_BORROW, Some(owner));
        add(b, owner, 0, 1);
        index
    }

    /// A new handle in the first free slot; the runtime makes one if there is none.
    fn add(
        self,
        b: &mut Builder<'_>,
        representation: Value,
        kind: u32,
        owner: Option<Value>,
    ) -> Value {
        let tag = self.tag(kind);
        let [there, full, done] = [(); 3].map(|()| b.ins.create_block());
        b.ins.set_cold_block(full);
        let result = b.ins.append_block_param(done, types::I32);
        let free = b.load_context(types::I32, self.table + handle::FREE);
        b.ins.ins().brif(free, there, &[], full, &[]);

        begin(b, there);
        let entry = entry_address(b, self.table, free);
        let next = load(b, types::I32, entry, handle::ENTRY_REP);
        b.store_context(next, self.table + handle::FREE);
        store(b, representation, entry, handle::ENTRY_REP);
        let state = b.iconst(i64::from(tag));
        store(b, state, entry, TAG_AND_LENDS);
        if let Some(owner) = owner {
            store(b, owner, entry, handle::ENTRY_OWNER);
        }
        b.ins.ins().jump(done, &[BlockArg::from(free)]);

        begin(b, full);
        let (table, tag) = (b.iconst32(self.table as u32), b.iconst32(tag));
        let owner = owner.unwrap_or_else(|| b.iconst(0));
        let args = [b.context, table, representation, tag, owner];
        let index = b.runtime_value(RuntimeFn::HandleNew, &args);
        b.trap_unless(index, Trap::HandleTableFull);
        b.ins.ins().jump(done, &[BlockArg::from(index)]);
        begin(b, done);
        result
    }

    /// The entry at an index, and where to go if it is the wrong one.
    fn slot(self, b: &mut Builder<'_>, index: Value) -> (Value, Block) {
        let wrong = b.ins.create_block();
        b.ins.set_cold_block(wrong);
        let length = b.load_context(types::I32, self.table + handle::LENGTH);
        let inside = b.ins.ins().icmp(IntCC::UnsignedLessThan, index, length);
        let good = b.ins.create_block();
        b.ins.ins().brif(inside, good, &[], wrong, &[]);
        begin(b, good);
        (entry_address(b, self.table, index), wrong)
    }

    /// Goes on if the condition holds; else the zone ends for the reason that the runtime finds.
    fn expect(self, b: &mut Builder<'_>, condition: Value, index: Value, wrong: Block) {
        let good = b.ins.create_block();
        b.ins.ins().brif(condition, good, &[], wrong, &[]);
        begin(b, wrong);
        let (table, resource) = (b.iconst32(self.table as u32), b.iconst32(self.resource.as_u32()));
        let args = [b.context, table, index, resource];
        let trap = b.runtime_value(RuntimeFn::HandleTrap, &args);
        b.trap_dynamic(trap);
        begin(b, good);
    }

    /// Frees the slot of an entry; gives the representation that was in it.
    fn release(self, b: &mut Builder<'_>, index: Value, entry: Value) -> Value {
        let representation = representation(b, entry);
        let free = b.load_context(types::I32, self.table + handle::FREE);
        let free = b.ins.ins().uextend(types::I64, free);
        let nothing = b.iconst(0);
        store(b, free, entry, handle::ENTRY_REP);
        store(b, nothing, entry, TAG_AND_LENDS);
        b.store_context(index, self.table + handle::FREE);
        representation
    }
}

/// The representation that an entry holds.
pub fn representation(b: &mut Builder<'_>, entry: Value) -> Value {
    load(b, types::I64, entry, handle::ENTRY_REP)
}

/// The entry at an index that the table has.
fn entry_address(b: &mut Builder<'_>, table: i32, index: Value) -> Value {
    let entries = b.load_context(WORD, table + handle::ENTRIES);
    let index = b.ins.ins().uextend(WORD, index);
    let offset = b.ins.ins().imul_imm_u(index, i64::from(handle::ENTRY_SIZE));
    b.ins.ins().iadd(entries, offset)
}

fn load(b: &mut Builder<'_>, ty: ir::Type, entry: Value, offset: i32) -> Value {
    b.ins.ins().load(ty, MemFlagsData::trusted(), entry, offset)
}

fn store(b: &mut Builder<'_>, value: Value, entry: Value, offset: i32) {
    b.ins.ins().store(MemFlagsData::trusted(), value, entry, offset);
}

/// Adds to a word of 32 bits in memory.
fn add(b: &mut Builder<'_>, address: Value, offset: i32, difference: i64) {
    let old = load(b, types::I32, address, offset);
    let new = b.ins.ins().iadd_imm_s(old, difference);
    store(b, new, address, offset);
}

fn begin(b: &mut Builder<'_>, block: Block) {
    b.ins.switch_to_block(block);
    b.ins.seal_block(block);
}

/// What a call's adapter keeps account of in its own frame (see `plan::Account`): which handles it has lent, and how
/// many borrowed handles its callee has.
#[derive(Default)]
pub struct Frame {
    loans: Vec<Loan>,
    borrowed: Option<StackSlot>,
}

/// A handle that is lent during the call. What is lent inside of a sum may not be.
struct Loan {
    table: i32,
    /// 0 if nothing was lent.
    index: Variable,
    /// The index where it was lent.
    lent: Value,
}

/// Where account is kept of what a call lends, and of the borrowed handles that it makes, as far as the function
/// that transfers its parameters knows.
pub enum Ledger<'t> {
    /// In the innermost scope; or nowhere, because no call is lent the values.
    Scope,
    /// In this function's frame (or the scope, if the plan says so), and the address where borrowed handles are counted.
    Frame(&'t mut Frame, Option<Value>),
    /// In the record of the call at this address.
    Record(Value),
}

impl Frame {
    /// Begins to count borrowed handles; gives the count's address.
    pub fn count(&mut self, b: &mut Builder<'_>) -> Value {
        let slot = StackSlotData::new(StackSlotKind::ExplicitSlot, 4, 2);
        let slot = b.ins.create_sized_stack_slot(slot);
        let none = b.iconst32(0);
        b.ins.ins().stack_store(WORD, none, slot, 0);
        self.borrowed = Some(slot);
        b.ins.ins().stack_addr(WORD, slot, 0)
    }

    fn lend(&mut self, b: &mut Builder<'_>, table: i32, index: Value) {
        // On ways on which it is not defined, a variable is 0.
        let variable = b.ins.declare_var(types::I32);
        b.ins.def_var(variable, index);
        self.loans.push(Loan { table, index: variable, lent: index });
    }

    /// The call has returned: what it was lent is given back, and the callee must have dropped what it borrowed.
    pub fn end(self, b: &mut Builder<'_>) {
        for loan in self.loans {
            let index = b.ins.use_var(loan.index);
            if index == loan.lent {
                give_back(b, loan.table, index);
                continue;
            }
            let [lent, done] = [(); 2].map(|()| b.ins.create_block());
            b.ins.ins().brif(index, lent, &[], done, &[]);
            begin(b, lent);
            give_back(b, loan.table, index);
            b.ins.ins().jump(done, &[]);
            begin(b, done);
        }
        if let Some(slot) = self.borrowed {
            let count = b.ins.ins().stack_load(WORD, types::I32, slot, 0);
            b.trap_if(count, Trap::BorrowsRemain);
        }
    }
}

/// Where the record of a call counts its borrowed handles.
fn borrows(b: &mut Builder<'_>, call: Value) -> Value {
    b.ins.ins().iadd_imm_s(call, i64::from(task::call::BORROWS))
}

/// The task of the call at this address is about to return: it must have dropped what it borrowed.
pub fn expect_no_borrows(b: &mut Builder<'_>, call: Value) {
    let count = load(b, types::I32, call, task::call::BORROWS);
    b.trap_if(count, Trap::BorrowsRemain);
}

/// A lent handle stays in its slot, but the table may have moved.
fn give_back(b: &mut Builder<'_>, table: i32, index: Value) {
    let entry = entry_address(b, table, index);
    add(b, entry, handle::ENTRY_LENDS, -1);
}

/// The offset of the table that this side's handles are indices of.
pub fn table(b: &Builder<'_>, side: &Side) -> i32 {
    match side.space {
        Space::Guest(guest) => instance_table(b, guest.instance),
        Space::Native | Space::Lifted(_) => context::HOST_HANDLES,
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
            let index = self.index(name);
            self.source_handles(from).take(self.b, index)
        };
        let name = if self.deals_in_representations(self.dest, to) {
            representation
        } else {
            let table = table(self.b, &self.dest);
            Handles { table, resource: to }.add_own(self.b, representation)
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
            self.lend(name, from)
        };
        let name = if plan::borrow_is_handle(self.b.env.program, &self.dest, to) {
            self.new_borrow(representation, to)?
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
    fn lend(&mut self, name: Value, resource: ResourceId) -> Value {
        let index = self.index(name);
        let handles = self.source_handles(resource);
        let entry = handles.entry(self.b, index);
        let representation = representation(self.b, entry);
        match (&mut self.ledger, self.plan.lends) {
            (_, false) => {}
            (Ledger::Frame(frame, _), true) if self.plan.account == Account::Frame => {
                add(self.b, entry, handle::ENTRY_LENDS, 1);
                frame.lend(self.b, handles.table, index);
            }
            (&mut Ledger::Record(call), true) => {
                let table = self.b.iconst32(handles.table as u32);
                self.b.runtime(RuntimeFn::CallLend, &[self.b.context, call, table, index]);
            }
            _ => {
                let table = self.b.iconst32(handles.table as u32);
                self.b.runtime(RuntimeFn::ScopeLend, &[self.b.context, table, index]);
            }
        }
        representation
    }

    /// A new borrowed handle of the call's; gives its index.
    fn new_borrow(&mut self, representation: Value, resource: ResourceId) -> Result<Value> {
        let table = table(self.b, &self.dest);
        let count = match self.ledger {
            Ledger::Frame(_, count) => count,
            Ledger::Record(call) => Some(borrows(self.b, call)),
            Ledger::Scope => None,
        };
        if let Some(count) = count {
            return Ok(Handles { table, resource }.add_borrow(self.b, representation, count));
        }
        let (table, resource) = (self.b.iconst32(table as u32), self.b.iconst32(resource.as_u32()));
        let args = [self.b.context, table, representation, resource];
        let index = self.b.runtime_value(RuntimeFn::ScopeBorrow, &args);
        self.b.trap_unless(index, Trap::HandleTableFull);
        Ok(index)
    }

    fn source_handles(&self, resource: ResourceId) -> Handles {
        Handles { table: table(self.b, &self.source), resource }
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

    /// The host's own resources are not in any table of its, and what is lifted is in none.
    fn deals_in_representations(&self, side: Side, resource: ResourceId) -> bool {
        match side.space {
            Space::Guest(_) => false,
            Space::Native => plan::is_host_resource(self.b.env.program, resource),
            Space::Lifted(_) => true,
        }
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
