//! The artefact's tables of what the runtime keeps records of: calls and copies (`weldc_abi::artefact::{Edge, Copy}`).

use super::blob::{Blob, Place};
use super::tables::{Strings, array, record};
use super::text::Text;
use crate::compile::labels;
use crate::facts::{Caller, Edge as Call, Tasks};
use crate::index::{ComponentInstanceId, EdgeId, FuncTypeId, TrampolineId};
use crate::link::{CanonOptions, ExportItem, Func, Lift, Program, TrampolineKind};
use crate::translate::adapter::plan;
use crate::translate::{Env, FuncKey};
use crate::types::layout::{MAX_FLAT_ASYNC_PARAMS, MAX_FLAT_PARAMS, MAX_FLAT_RESULTS};
use crate::types::{Abi, Layout, Type};
use std::sync::Arc;
use weldc_abi::artefact::{Copy, Edge};
use weldc_abi::task::{copy, edge};

/// Where the tables are.
pub struct Places {
    pub edges: Place,
    pub copies: Place,
    pub thread: Place,
    pub thread_wide: Place,
}

/// Writes the tables.
pub fn write(env: Env<'_>, text: &Text, strings: &mut Strings, blob: &mut Blob) -> Places {
    let (edges, copies) = (&env.facts.tasks.edges, &env.facts.tasks.copies);
    let entry = |wide| match offset(env, text, FuncKey::Thread { wide }) {
        Some(offset) => Place::Text(offset),
        None => Place::Nowhere,
    };
    Places {
        edges: array_of(edges.is_empty(), blob, |blob| {
            edges.iter().for_each(|(id, call)| write_edge(env, text, id, call, strings, blob));
        }),
        copies: array_of(copies.is_empty(), blob, |blob| {
            copies.iter().for_each(|(_, &id)| write_copy(env, text, id, blob));
        }),
        thread: entry(false),
        thread_wide: entry(true),
    }
}

fn array_of(is_empty: bool, blob: &mut Blob, write: impl FnOnce(&mut Blob)) -> Place {
    if is_empty { Place::Nowhere } else { array(blob, write) }
}

/// The code offset of a function, if there is one.
fn offset(env: Env<'_>, text: &Text, key: FuncKey) -> Option<u32> {
    env.funcs.has(key).then(|| text.start(env.funcs.id(key)))
}

fn write_edge(
    env: Env<'_>,
    text: &Text,
    id: EdgeId,
    call: &Call,
    strings: &mut Strings,
    blob: &mut Blob,
) {
    let program = env.program;
    let code = |key| offset(env, text, key).unwrap_or(0);
    let caller = Lowered::new(program, call.caller);
    let lift = match call.callee {
        Func::Lift(id) => Some((id, &program.lifts[id])),
        Func::Import(_) => None,
    };
    let of = |instance: Option<ComponentInstanceId>| {
        instance.map_or(0, |instance| env.layout.instances[instance])
    };
    let callback = lift.filter(|(_, lift)| lift.options.callback.is_some());
    let result = program.types.func(caller.ty).result;
    let name = labels::component_func(program, call.callee);
    record::<Edge>(blob, |blob| {
        blob.u32(code(FuncKey::Enter(id)));
        blob.u32(code(FuncKey::Resolve(id)));
        blob.u32(code(FuncKey::ResolveBody(id)));
        blob.u32(callback.map_or(0, |(id, _)| code(FuncKey::Callback(id))));
        blob.u32(flags(env, call, &caller));
        blob.u32(of(caller.instance));
        blob.u32(of(lift.map(|(_, lift)| lift.instance)));
        blob.u32(lift.map_or(0, |(_, lift)| returns(env, lift)));
        blob.u32(caller.words(program));
        blob.u32(match (lift, result) {
            (None, Some(result)) => program.types.layout(Abi::NATIVE, result).size,
            _ => 0,
        });
        blob.u32(env.layout.spares[id]);
        strings.shared(blob, &Arc::from(name));
    });
}

/// The number of what `task.return` must have.
fn returns(env: Env<'_>, lift: &Lift) -> u32 {
    let result = env.program.types.func(lift.ty).result;
    env.facts.tasks.returns(env.program, result, &lift.options)
}

fn flags(env: Env<'_>, call: &Call, caller: &Lowered) -> u32 {
    let (program, tasks) = (env.program, &env.facts.tasks);
    let none = CanonOptions::default();
    let options = match call.callee {
        Func::Lift(id) => &program.lifts[id].options,
        Func::Import(_) => &none,
    };
    [
        (program.types.func(caller.ty).async_, edge::ASYNC_TYPE),
        (options.async_, edge::ASYNC_LIFT),
        (options.callback.is_some(), edge::CALLBACK),
        (caller.options.is_some_and(|options| options.async_), edge::ASYNC_LOWER),
        (call.own_stack, edge::OWN_STACK),
        (matches!(call.callee, Func::Import(_)), edge::HOST_CALLEE),
        (names_threads(program, tasks, call), edge::THREAD_INDEX),
    ]
    .into_iter()
    .filter(|&(is_set, _)| is_set)
    .fold(0, |flags, (_, flag)| flags | flag)
}

/// Whether the threads of a call have indices.
fn names_threads(program: &Program, tasks: &Tasks, call: &Call) -> bool {
    match call.callee {
        Func::Lift(id) => tasks.names_threads(program.lifts[id].instance),
        Func::Import(_) => false,
    }
}

/// The caller's side of a call; the host has no instance and no options.
struct Lowered {
    instance: Option<ComponentInstanceId>,
    options: Option<CanonOptions>,
    ty: FuncTypeId,
}

impl Lowered {
    fn new(program: &Program, caller: Caller) -> Lowered {
        let host = |ty| Lowered { instance: None, options: None, ty };
        match caller {
            Caller::Lower(id) => {
                let trampoline = &program.trampolines[id];
                match &trampoline.kind {
                    TrampolineKind::Lower { ty, options, .. } => Lowered {
                        instance: Some(trampoline.instance),
                        options: Some(*options),
                        ty: *ty,
                    },
                    _ => unreachable!("edges of trampolines are those of `lower`"),
                }
            }
            Caller::Export(id) => match program.exports[id].item {
                ExportItem::Func { ty, .. } => host(ty),
                _ => unreachable!("edges of exports are those of functions"),
            },
            Caller::Start(id) => host(program.start_calls[id].ty),
        }
    }

    /// How many words its arguments are.
    fn words(&self, program: &Program) -> u32 {
        let types = &program.types;
        let func = types.func(self.ty);
        let params = plan::params(types, self.ty);
        let Some(options) = self.options else {
            return (params.len() + usize::from(func.result.is_some())) as u32;
        };
        let wide = options.memory.is_some_and(|id| program.memories[id].ty.memory64);
        let abi = if wide { Abi::WASM64 } else { Abi::WASM32 };
        let most = if options.async_ { MAX_FLAT_ASYNC_PARAMS } else { MAX_FLAT_PARAMS };
        let params = types.flatten_all(abi, params, most).map_or(1, |flat| flat.len());
        let results = if options.async_ { 0 } else { MAX_FLAT_RESULTS };
        let result = types.flatten_all(abi, func.result, results);
        // A flat result comes back in the first word.
        match result {
            None => params as u32 + 1,
            Some(flat) => params.max(flat.len()) as u32,
        }
    }
}

fn write_copy(env: Env<'_>, text: &Text, id: TrampolineId, blob: &mut Blob) {
    let program = env.program;
    let trampoline = &program.trampolines[id];
    let TrampolineKind::Copy { end, options } = &trampoline.kind else {
        unreachable!("copies are trampolines of copies")
    };
    let types = &program.types;
    let element = end.channel.element;
    let wide = options.memory.is_some_and(|id| program.memories[id].ty.memory64);
    let none = Layout { size: 0, align: 1 };
    let layout = |abi| element.map_or(none, |id| types.layout(abi, id));
    let guest = layout(if wide { Abi::WASM64 } else { Abi::WASM32 });
    let native = layout(Abi::NATIVE);
    let is_plain =
        element.is_none_or(|id| plan::is_plain(types, &[id]) && plan::is_dense(types, &[id]));
    let flags = [
        (options.async_, copy::ASYNC),
        (end.channel.future, copy::FUTURE),
        (end.write, copy::WRITE),
        (element.is_none_or(|id| is_number(types.get(id))), copy::NUMBER),
        (is_plain, copy::PLAIN),
        (wide, copy::WIDE),
    ];
    let flags = flags.into_iter().filter(|&(is_set, _)| is_set).fold(0, |all, (_, f)| all | f);
    let transfer = env.facts.tasks.copy(id).map(FuncKey::Element);
    record::<Copy>(blob, |blob| {
        blob.u32(transfer.and_then(|key| offset(env, text, key)).unwrap_or(0));
        blob.u32(flags);
        blob.u32(program.types.element_number(element));
        blob.u32(guest.size);
        blob.u32(guest.align);
        blob.u32(native.size);
        blob.u32(native.align);
        blob.u32(env.layout.instances[trampoline.instance]);
        blob.u32(options.memory.map_or(0, |id| env.layout.memories[id].state));
    });
}

/// CanonicalABI.md, `none_or_number_type`.
fn is_number(ty: &Type) -> bool {
    use Type::{F32, F64, S8, S16, S32, S64, U8, U16, U32, U64};
    matches!(ty, U8 | U16 | U32 | U64 | S8 | S16 | S32 | S64 | F32 | F64)
}
