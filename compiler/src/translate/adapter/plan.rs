//! What can be said of an edge from its types alone, before a line of it is printed.

use super::apart;
use super::outline::MOST_INLINE;
use super::side::{Side, Space};
use crate::error::Error;
use crate::index::{ComponentInstanceId, FuncTypeId, ResourceId, TypeId};
use crate::link::{CanonOptions, Lift, Program, ResourceOrigin};
use crate::parse::component::StringEncoding;
use crate::types::layout::{MAX_FLAT_ASYNC_PARAMS, MAX_FLAT_PARAMS, MAX_FLAT_RESULTS};
use crate::types::{Abi, FlatType, Type, Types};
use std::collections::HashSet;

/// Larger temporaries of an import call do not go to the stack.
pub const MAX_STACK_TEMPORARY: u32 = 1024;

/// One end of a call.
#[derive(Clone, Copy, Debug)]
pub struct End {
    pub side: Side,
    /// The function's type as this end sees it.
    pub ty: FuncTypeId,
    limits: Limits,
}

/// The most flat values of parameters, and of a result, that are not in memory (CanonicalABI.md,
/// `flatten_functype`).
#[derive(Clone, Copy, Debug)]
struct Limits {
    params: usize,
    result: usize,
}

impl Limits {
    const SYNC: Limits = Limits { params: MAX_FLAT_PARAMS, result: MAX_FLAT_RESULTS };
    /// What an asynchronous lower returns is no part of the result.
    const ASYNC_LOWER: Limits = Limits { params: MAX_FLAT_ASYNC_PARAMS, result: 0 };
    /// The result is the parameters of `task.return`.
    const ASYNC_LIFT: Limits = Limits { params: MAX_FLAT_PARAMS, result: MAX_FLAT_PARAMS };
}

impl End {
    /// The host.
    pub fn native(ty: FuncTypeId) -> End {
        End { side: Side::native(), ty, limits: Limits::SYNC }
    }

    /// A component instance that calls a function which it lowered with these options.
    pub fn lower(
        program: &Program,
        instance: ComponentInstanceId,
        options: &CanonOptions,
        ty: FuncTypeId,
    ) -> End {
        let limits = if options.async_ { Limits::ASYNC_LOWER } else { Limits::SYNC };
        End { side: Side::guest(program, instance, options), ty, limits }
    }

    /// A component instance whose function is called.
    pub fn lift(program: &Program, lift: &Lift) -> End {
        let limits = if lift.options.async_ { Limits::ASYNC_LIFT } else { Limits::SYNC };
        let side = Side::guest(program, lift.instance, &lift.options);
        End { side, ty: lift.ty, limits }
    }

    /// The flat form of the parameters; `None` if they are spilled to memory.
    pub fn flat_params(&self, types: &Types) -> Option<Vec<FlatType>> {
        types.flatten_all(self.side.abi, params(types, self.ty), self.limits.params)
    }

    /// The flat form of the result; `None` if it is in memory.
    pub fn flat_result(&self, types: &Types) -> Option<Vec<FlatType>> {
        types.flatten_all(self.side.abi, types.func(self.ty).result, self.limits.result)
    }
}

/// What an edge needs. Each fact is about the whole edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Plan {
    /// A lent handle must not be dropped or passed on before the call returns, and something might try.
    pub lends: bool,
    /// Who keeps account of the handles that are lent.
    pub account: Account,
    /// The callee gets borrowed handles, which are counted.
    pub borrows: bool,
    /// The call has a scope: it keeps the account, or owns temporary memory, such as what is not small and what
    /// owns memory in an import's result.
    pub scope: bool,
    /// All parameters are lifted before the first of them is lowered; see `apart`.
    pub params_apart: bool,
    /// The result is lifted as a whole before anything of it is lowered.
    pub result_apart: bool,
}

/// Who keeps account of the handles that a call lends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Account {
    /// The adapter in its frame: it knows them all.
    Frame,
    /// The call's scope: there are as many as lists are long, or they are lifted by functions of their own.
    Scope,
    /// The runtime in the record of the call (`weldc_abi::task::call`), which may outlive its adapter.
    Record,
}

impl Plan {
    /// Of values that no call is lent, because none is made, and that need no temporary memory of one.
    pub const VALUES: Plan = Plan {
        lends: false,
        account: Account::Frame,
        borrows: false,
        scope: false,
        params_apart: false,
        result_apart: false,
    };

    /// The plan of a call. `reenters`: whether guest code can run in the caller before it returns.
    pub fn new(program: &Program, caller: &End, callee: &End, reenters: bool) -> Plan {
        let needs = Needs::of_params(program, caller, callee, reenters);
        let owned = |id| large(&program.types, id) || program.types.owns_memory(id);
        let result = program.types.func(callee.ty).result;
        let has_result = callee.side.is_native() && result.is_some_and(owned);
        let account = if needs.dynamic { Account::Scope } else { Account::Frame };
        let scope = needs.dynamic || has_result;
        Plan::of(
            &program.types,
            caller,
            callee,
            Plan { account, scope: needs.memory || scope, ..needs.plan() },
        )
    }

    /// The plan of a call that has a record: anything can happen before it returns. Its scope is for temporary
    /// memory of the parameters alone.
    pub fn recorded(program: &Program, caller: &End, callee: &End) -> Plan {
        let needs = Needs::of_params(program, caller, callee, true);
        let plan = Plan { account: Account::Record, ..needs.plan() };
        Plan::of(&program.types, caller, callee, plan)
    }

    /// Adds what follows from the ends of a call to what its parameters need.
    fn of(types: &Types, caller: &End, callee: &End, needs: Plan) -> Plan {
        let params_apart = apart::params(types, caller, callee);
        let result_apart = apart::result(types, caller, callee);
        Plan { params_apart, result_apart, scope: needs.scope || params_apart, ..needs }
    }
}

/// Whether a value of the host's is too large for a temporary on the stack.
fn large(types: &Types, id: TypeId) -> bool {
    types.layout(Abi::NATIVE, id).size > MAX_STACK_TEMPORARY
}

/// What parameters need during a call.
struct Needs<'p> {
    program: &'p Program,
    source: Side,
    dest: Side,
    lends: bool,
    /// Temporary memory.
    memory: bool,
    /// Borrowed handles.
    borrows: bool,
    /// An account of loans, or of borrowed handles, that the adapter's frame has no place for.
    dynamic: bool,
    /// Types that were begun with, and whether in a place that may come again.
    seen: HashSet<(TypeId, TypeId, bool)>,
}

impl<'p> Needs<'p> {
    fn of_params(program: &'p Program, caller: &End, callee: &End, reenters: bool) -> Needs<'p> {
        let types = &program.types;
        let (from, to) = (types.func(caller.ty), types.func(callee.ty));
        let owns = |ty: &Type| matches!(ty, Type::Own(_));
        let lends = reenters || from.params.iter().any(|p| types.any(p.ty, &owns));
        let (source, dest, seen) = (caller.side, callee.side, HashSet::new());
        let memory = dest.is_native() && to.params.iter().any(|p| large(types, p.ty));
        let mut needs =
            Needs { program, source, dest, lends, memory, borrows: false, dynamic: false, seen };
        for (from, to) in from.params.iter().zip(&to.params) {
            needs.value(from.ty, to.ty, types.weight(from.ty) > MOST_INLINE);
        }
        needs
    }

    /// What they mean for the plan of the call; the account is still to be chosen.
    fn plan(&self) -> Plan {
        let Needs { lends, memory, borrows, .. } = *self;
        Plan { lends, borrows, scope: memory, ..Plan::VALUES }
    }

    /// `again`: whether the place is one of many, or one that another function transfers.
    fn value(&mut self, from: TypeId, to: TypeId, again: bool) {
        if !self.seen.insert((from, to, again)) {
            return;
        }
        let types = &self.program.types;
        let is_list = matches!(types.get(from), Type::List(_) | Type::Map(..));
        let again = again || is_list || matches!(types.get(from), Type::FixedList(..));
        match (types.get(from), types.get(to)) {
            (Type::Borrow(from), Type::Borrow(to)) => self.borrow(*from, *to, again),
            (Type::String, _) => {
                let is_utf8 = self.source.encoding() == StringEncoding::Utf8;
                self.memory |= self.dest.is_native() && !is_utf8;
            }
            // Nothing of their elements crosses the edge now.
            (Type::Stream(_) | Type::Future(_), _) => {}
            // The scope has a reference.
            (Type::ErrorContext, _) => self.memory |= self.dest.is_native(),
            _ => {
                let elements = types.element(from).unwrap_or_default();
                self.memory |= is_list && self.dest.is_native() && !is_plain(types, &elements);
                for (from, to) in types.children(from).into_iter().zip(types.children(to)) {
                    self.value(from, to, again);
                }
            }
        }
    }

    fn borrow(&mut self, from: ResourceId, to: ResourceId, again: bool) {
        let is_name = !self.source.is_native() || !is_host_resource(self.program, from);
        let borrows = borrow_is_handle(self.program, &self.dest, to);
        self.borrows |= borrows;
        self.dynamic |= again && (borrows || (self.lends && is_name));
    }
}

/// Whether a function's result owns memory on the host's side.
pub fn is_gift(types: &Types, ty: FuncTypeId) -> bool {
    types.func(ty).result.is_some_and(|id| types.owns_memory(id))
}

/// Whether a resource is the host's, so that its 64-bit representation stands for it there.
pub fn is_host_resource(program: &Program, id: ResourceId) -> bool {
    matches!(program.resources[id].origin, ResourceOrigin::Host { .. })
}

/// Whether a `borrow` becomes a borrowed handle on this side: the side does not see the representation.
pub fn borrow_is_handle(program: &Program, side: &Side, id: ResourceId) -> bool {
    match side.space {
        Space::Native => !is_host_resource(program, id),
        Space::Lifted(_) => false,
        Space::Guest(guest) => !defines(program, guest.instance, id),
    }
}

/// Whether this component instance defines the resource.
pub fn defines(program: &Program, guest: ComponentInstanceId, id: ResourceId) -> bool {
    matches!(program.resources[id].origin,
        ResourceOrigin::Guest { instance, .. } if instance == guest)
}

/// Whether consecutive values of these types are the same bytes on every side and any bytes are valid:
/// there is nothing to check, nothing to mask, and nothing whose size depends on the side.
pub fn is_plain(types: &Types, ids: &[TypeId]) -> bool {
    ids.iter().all(|&id| match types.get(id) {
        Type::S8 | Type::U8 | Type::S16 | Type::U16 | Type::S32 | Type::U32 => true,
        Type::S64 | Type::U64 | Type::F32 | Type::F64 => true,
        Type::Flags(labels) => matches!(labels.len(), 8 | 16 | 32),
        Type::FixedList(element, _) => is_plain(types, &[*element]),
        Type::Record(_) | Type::Tuple(_) => is_plain(types, &types.children(id)),
        _ => false,
    })
}

/// Whether a plain product leaves no gaps between or after its fields.
pub fn is_dense(types: &Types, ids: &[TypeId]) -> bool {
    let fields: u64 = ids.iter().map(|&id| u64::from(types.layout(Abi::NATIVE, id).size)).sum();
    let (_, whole) = types.product(Abi::NATIVE, ids);
    fields == u64::from(whole.size)
        && ids.iter().all(|&id| match types.get(id) {
            Type::FixedList(element, _) => is_dense(types, &[*element]),
            Type::Record(_) | Type::Tuple(_) => is_dense(types, &types.children(id)),
            _ => true,
        })
}

/// Whether consecutive values may be copied to `dest` as bytes. A guest gets no gaps: they would carry
/// bytes of the source's memory that were never meant for it.
pub fn is_copied(types: &Types, dest: &Side, ids: &[TypeId]) -> bool {
    is_plain(types, ids) && (!dest.is_guest() || is_dense(types, ids))
}

/// The flat form of a value that is known to be passed flat.
pub fn flat(types: &Types, abi: Abi, id: TypeId) -> Vec<FlatType> {
    let mut out = Vec::new();
    types.flatten(abi, id, MAX_FLAT_PARAMS, &mut out);
    out
}

/// The types of a function's parameters.
pub fn params(types: &Types, ty: FuncTypeId) -> Vec<TypeId> {
    types.func(ty).params.iter().map(|p| p.ty).collect()
}

/// For types that `link` has found equal but are not.
pub fn mismatch() -> Error {
    Error::new("the two sides of a call disagree about its type")
}
