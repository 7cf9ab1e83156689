//! Error contexts (CanonicalABI.md, `lift_error_context`, `canon error-context.new` and its neighbours).
//!
//! What crosses an edge is the address of an object (`weldc_abi::error_context`). An instance names it by an
//! index into its handle table, whose slot has a reference to the object; lifting takes none away, lowering
//! adds one. The host is passed the address: lent for the length of a call, or with a reference of its own.

use super::super::builder::{Builder, WORD};
use super::call::{enter_scope, exit_scope, spilled};
use super::handle::{Ledger, instance_table};
use super::place::{Address, Dest, Source};
use super::plan::{self, Plan};
use super::side::{Ownership, Side, Space};
use super::transfer::Transfer;
use crate::error::Result;
use crate::index::ComponentInstanceId;
use crate::link::CanonOptions;
use crate::parse::component::StringEncoding;
use cranelift_codegen::ir::{InstBuilder, MemFlagsData, Value};
use weldc_abi::symbols::Function as RuntimeFn;
use weldc_abi::{Trap, error_context as abi};

/// `error-context.new`: the host's side keeps the message in UTF-8. Gives the index.
pub fn new(
    b: &mut Builder<'_>,
    instance: ComponentInstanceId,
    options: &CanonOptions,
    string: &[Value],
) -> Result<Value> {
    let source = Side::guest(b.env.program, instance, options);
    let is_copied = options.encoding != StringEncoding::Utf8;
    let scope = is_copied.then(|| enter_scope(b));
    let (dest, ownership) = (Side::native(), Ownership::Lent);
    let mut message = Vec::new();
    let mut transfer =
        Transfer { b, source, dest, plan: Plan::VALUES, ownership, ledger: Ledger::Scope };
    transfer.string(Source::Flat(string), Dest::Flat(&mut message))?;
    let [address, bytes] = message[..] else { return Err(plan::mismatch()) };
    let table = instance_table(b, instance);
    let table = b.iconst32(table as u32);
    let args = [b.context, table, address, bytes];
    let index = b.runtime(RuntimeFn::ErrorContextNew, &args).ok_or_else(plan::mismatch)?;
    b.trap_unless(index, Trap::HandleTableFull);
    exit_scope(b, scope);
    Ok(index)
}

/// `error-context.debug-message`: stores a string at `out`.
pub fn debug_message(
    b: &mut Builder<'_>,
    instance: ComponentInstanceId,
    options: &CanonOptions,
    [index, out]: [Value; 2],
) -> Result<()> {
    let table = instance_table(b, instance);
    let object = get(b, table, index)?;
    let dest = Side::guest(b.env.program, instance, options);
    let out = spilled(b, &dest, out, dest.abi.pair())?;
    let message = message(b, object);
    // The instance cannot drop the error context while it runs its `realloc`.
    let ownership = Ownership::Lent;
    let source = Side::native();
    let mut transfer =
        Transfer { b, source, dest, plan: Plan::VALUES, ownership, ledger: Ledger::Scope };
    transfer.string(Source::Flat(&message), Dest::Memory(Address::new(out)))
}

/// `error-context.drop`.
pub fn drop(b: &mut Builder<'_>, instance: ComponentInstanceId, index: Value) -> Result<()> {
    let table = instance_table(b, instance);
    let table = b.iconst32(table as u32);
    let args = [b.context, table, index];
    let status = b.runtime(RuntimeFn::ErrorContextDrop, &args).ok_or_else(plan::mismatch)?;
    b.trap_if_status(status);
    Ok(())
}

/// Address and length of an object's message.
pub fn message(b: &mut Builder<'_>, object: Value) -> [Value; 2] {
    let address = b.ins.ins().iadd_imm_u(object, i64::from(abi::MESSAGE));
    let flags = MemFlagsData::trusted();
    [address, b.ins.ins().load(WORD, flags, object, abi::LENGTH)]
}

/// The object that an index stands for.
fn get(b: &mut Builder<'_>, table: i32, index: Value) -> Result<Value> {
    let table = b.iconst32(table as u32);
    let args = [b.context, table, index];
    let object = b.runtime(RuntimeFn::ErrorContextGet, &args).ok_or_else(plan::mismatch)?;
    b.trap_if_code(object);
    Ok(object)
}

impl Transfer<'_, '_> {
    /// Lifts an error context, which the source keeps, and lowers it.
    pub fn error_context(&mut self, source: Source<'_>, dest: Dest<'_>) -> Result<()> {
        let name = self.handle(source)?;
        let object = match self.source.space {
            Space::Native => {
                self.b.trap_unless(name, Trap::UnknownHandle);
                name
            }
            Space::Guest(guest) => {
                let table = instance_table(self.b, guest.instance);
                get(self.b, table, name)?
            }
            Space::Lifted(_) => name,
        };
        let name = match self.dest.space {
            Space::Native => self.hand(object)?,
            Space::Guest(guest) => self.add(guest.instance, object)?,
            // The source cannot drop it before it is lowered.
            Space::Lifted(_) => object,
        };
        self.put_handle(name, dest)
    }

    /// A new index of the destination's.
    fn add(&mut self, instance: ComponentInstanceId, object: Value) -> Result<Value> {
        let table = instance_table(self.b, instance);
        let table = self.b.iconst32(table as u32);
        let args = [self.b.context, table, object];
        let index = self.b.runtime(RuntimeFn::ErrorContextAdd, &args);
        let index = index.ok_or_else(plan::mismatch)?;
        self.b.trap_unless(index, Trap::HandleTableFull);
        Ok(index)
    }

    /// The object as the host gets it.
    fn hand(&mut self, object: Value) -> Result<Value> {
        let function = match self.ownership {
            Ownership::Lent => RuntimeFn::ErrorContextLend,
            Ownership::Given => RuntimeFn::ErrorContextGive,
        };
        let done = self.b.runtime(function, &[self.b.context, object]);
        self.b.trap_unless(done.ok_or_else(plan::mismatch)?, Trap::OutOfMemory);
        Ok(object)
    }
}
