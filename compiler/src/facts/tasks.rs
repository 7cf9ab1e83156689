//! Which calls have records at run time, and which code may block: what is asynchronous about a program.
//!
//! A call that nobody can tell from an ordinary one is an ordinary one, whatever its options say. The others are
//! [`Edge`]s: the runtime makes a task, a thread and, if the caller goes on before the callee returns, a subtask.

use crate::index::{CopyId, EdgeId, ExportId, StartCallId, TrampolineId};
use crate::link::Func;
use cranelift_entity::PrimaryMap;
use std::collections::HashMap;

/// Calls and operations that the runtime keeps records of.
#[derive(Debug, Default)]
pub struct Tasks {
    pub edges: PrimaryMap<EdgeId, Edge>,
    by_caller: HashMap<Caller, EdgeId>,
    /// The trampolines of `stream.read`, `stream.write`, `future.read` and `future.write` that can run.
    pub copies: PrimaryMap<CopyId, TrampolineId>,
    by_copy: HashMap<TrampolineId, CopyId>,
}

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

    pub(super) fn add_edge(&mut self, edge: Edge) {
        let id = self.edges.push(edge);
        self.by_caller.insert(edge.caller, id);
    }

    pub(super) fn add_copy(&mut self, trampoline: TrampolineId) {
        let id = self.copies.push(trampoline);
        self.by_copy.insert(trampoline, id);
    }
}
