//! Which calls have records at run time, and which code may block: what is asynchronous about a program.
//!
//! A call that nobody can tell from an ordinary one is an ordinary one, whatever its options say. The others are
//! [`Edge`]s: the runtime makes a task, a thread and, if the caller goes on before the callee returns, a subtask.

use super::nodes::{NodeSet, Nodes};
use crate::index::{
    ComponentInstanceId, CopyId, EdgeId, ExportId, MemoryId, StartCallId, TrampolineId, TypeId,
};
use crate::link::{CanonOptions, CoreFunc, Func, Program};
use crate::parse::component::StringEncoding;
use crate::types::layout::MAX_FLAT_PARAMS;
use crate::types::{Abi, Type, Types};
use cranelift_entity::{EntitySet, PrimaryMap};
use std::collections::HashMap;

/// Calls and operations that the runtime keeps records of.
#[derive(Debug, Default)]
pub struct Tasks {
    pub edges: PrimaryMap<EdgeId, Edge>,
    by_caller: HashMap<Caller, EdgeId>,
    /// The trampolines of `stream.read`, `stream.write`, `future.read` and `future.write` that can run.
    pub copies: PrimaryMap<CopyId, TrampolineId>,
    by_copy: HashMap<TrampolineId, CopyId>,
    /// What `task.return` and lifts have to agree about, numbered from 1.
    returns: HashMap<Returns, u32>,
    /// Whether there is anything that the runtime keeps with an instance.
    pub(super) in_use: bool,
    /// Instances whose code uses thread-local storage.
    pub(super) storages: EntitySet<ComponentInstanceId>,
    /// Instances whose code can name threads.
    pub(super) namers: EntitySet<ComponentInstanceId>,
    pub(super) blocking: NodeSet,
    pub(super) observing: NodeSet,
    /// The first functions of threads: whether there are some with a parameter of 32 bits, and of 64.
    pub(super) threads: [bool; 2],
}

/// Result type, its memory, and encoding.
type Returns = (Option<TypeId>, Option<MemoryId>, StringEncoding);

/// Who calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Caller {
    /// A component instance, by this lowered function.
    Lower(TrampolineId),
    /// The host, what the root exports.
    Export(ExportId),
    /// Instantiation.
    Start(StartCallId),
}

/// A call that has a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Edge {
    pub caller: Caller,
    pub callee: Func,
    /// The callee's code may block with frames on the stack.
    pub own_stack: bool,
    /// Generated code begins the call by itself, and ends it if the callee returns at once: the callee needs no stack
    /// of its own and no index for its thread, and is lent nothing.
    pub at_once: bool,
}

impl Tasks {
    /// The edge of a call; `None` if it is an ordinary call.
    pub fn edge(&self, caller: Caller) -> Option<EdgeId> {
        self.by_caller.get(&caller).copied()
    }

    /// The operation that a trampoline is, if it is one that can run.
    pub fn copy(&self, trampoline: TrampolineId) -> Option<CopyId> {
        self.by_copy.get(&trampoline).copied()
    }

    /// Whether the runtime keeps anything of the program's: tasks, waitables, ends, threads.
    pub fn in_use(&self) -> bool {
        self.in_use
    }

    /// Whether code of the instance uses the storage of its threads.
    pub fn uses_storage(&self, instance: ComponentInstanceId) -> bool {
        self.storages.contains(instance)
    }

    /// Whether code of the instance can name threads, so that they all have indices.
    pub fn names_threads(&self, instance: ComponentInstanceId) -> bool {
        self.namers.contains(instance)
    }

    /// Whether threads begin with functions whose parameter has 64 bits (`wide`), or 32.
    pub fn makes_threads(&self, wide: bool) -> bool {
        self.threads[usize::from(wide)]
    }

    /// The number of what `task.return` must have to return from a task: equal for a lift and a `task.return` of
    /// which it may; 0 if no `task.return` has the like.
    pub fn returns(
        &self,
        program: &Program,
        result: Option<TypeId>,
        options: &CanonOptions,
    ) -> u32 {
        self.returns.get(&key(program, result, options)).copied().unwrap_or(0)
    }

    pub(super) fn add_edge(&mut self, edge: Edge) {
        let id = self.edges.push(edge);
        self.by_caller.insert(edge.caller, id);
    }

    pub(super) fn add_copy(&mut self, trampoline: TrampolineId) {
        let id = self.copies.push(trampoline);
        self.by_copy.insert(trampoline, id);
    }

    pub(super) fn add_return(
        &mut self,
        program: &Program,
        result: Option<TypeId>,
        options: &CanonOptions,
    ) {
        let next = self.returns.len() as u32 + 1;
        self.returns.entry(key(program, result, options)).or_insert(next);
    }

    /// Whether a function may block its thread.
    pub(super) fn may_block(&self, nodes: &Nodes, func: CoreFunc) -> bool {
        self.blocking.contains(nodes.number(func))
    }

    /// Whether a function may look at the thread or task that runs it.
    pub(super) fn observes(&self, nodes: &Nodes, func: CoreFunc) -> bool {
        self.observing.contains(nodes.number(func))
    }
}

/// The memory counts if anything of the result lies in it.
fn key(program: &Program, result: Option<TypeId>, options: &CanonOptions) -> Returns {
    let memory = options.memory.filter(|_| result.is_some_and(|ty| is_in_memory(program, ty)));
    (result.map(|ty| program.types.equal(ty)), memory, options.encoding)
}

fn is_in_memory(program: &Program, ty: TypeId) -> bool {
    let types = &program.types;
    types.flatten_all(Abi::WASM32, [ty], MAX_FLAT_PARAMS).is_none() || has_address(types, ty)
}

/// Whether a value of this type has addresses in it. Elements of streams and futures are not part of one. Recursion is
/// bounded: the validator limits the depth of types.
fn has_address(types: &Types, ty: TypeId) -> bool {
    match types.get(ty) {
        Type::String | Type::List(_) | Type::Map(..) => true,
        Type::Stream(_) | Type::Future(_) => false,
        ty => ty.children().into_iter().any(|child| has_address(types, child)),
    }
}
