//! The functions of the output, numbered before any of them is made.

use super::adapter::element::Elements;
use super::adapter::outline::{self, Outlined};
use super::adapter::{edge, release};
use super::api::TASK_API;
use crate::facts::{Caller, Facts};
use crate::index::*;
use crate::link::{Binding, CoreFunc, ExportItem, Func, Program, ResourceOrigin, TrampolineKind};
use crate::options::CodeOptions;
use crate::parse::Parsed;
use crate::types::Types;
use cranelift_entity::PrimaryMap;
use std::collections::HashMap;
use weldc_abi::Trap;
use weldc_abi::symbols::Function as RuntimeFn;

/// What a function of the output is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FuncKey {
    /// A function that the module of a core instance defines; `func` counts imported functions, too.
    Core {
        instance: InstanceId,
        func: u32,
    },
    /// A lowered function or a built-in: tail convention, core parameters.
    Trampoline(TrampolineId),
    /// Transfers a value of a large type, for adapters: tail convention; see `adapter::outline::Outlined`.
    Transfer(TransferId),
    /// `extern "C" (context, value)`: releases what a result of an import owns.
    Release(TypeId),
    /// The body of an exported function, or of one that gives an exported value: tail convention, `(context, parameter…, result: *mut T)` as in
    /// [`EntryForm::Direct`], no results.
    Export(ExportId),
    /// A call of a component function that instantiation makes: tail convention, `(context)`.
    StartCall(StartCallId),
    /// C convention, the functions that `weldc_abi::artefact::Edge` names: they enter the zone.
    Enter(EdgeId),
    Resolve(EdgeId),
    /// What these call: tail convention.
    EnterBody(EdgeId),
    ResolveBody(EdgeId),
    /// The callback of a lift, for all edges to it.
    Callback(LiftId),
    /// `weldc_abi::artefact::Copy::transfer`
    Element(CopyId),
    /// What that calls: tail convention.
    ElementBody(CopyId),
    /// Releases what elements own that were read: tail convention.
    ElementRelease(CopyId),
    /// `weldc_abi::artefact::Artefact::thread` and `thread_wide`
    Thread {
        wide: bool,
    },
    /// What the host calls: enters the zone and calls the body.
    Entry(ExportId, EntryForm),
    /// `extern "C" (context, rep: u64) -> status`: enters the zone and runs a resource's destructor.
    Destructor(ResourceId),
    /// `extern "C" (context, rep: u64)`: tells the host that an owned handle to a resource of its went
    /// with the zone. No code of the guest's runs.
    HostDrop(ResourceId),
    /// The run-time part of instantiation: tail convention, `(context)`.
    Start,
    /// `extern "C" (context) -> status`: enters the zone and calls `Start`.
    StartEntry,
    /// The run-time part of one core instance's instantiation (`CodeOptions::staged`): tail convention,
    /// `(context)`.
    Stage(InstanceId),
    /// `extern "C" (context) -> status`: enters the zone and calls `Stage`.
    StageEntry(InstanceId),
    /// `extern "C" (context, arguments: *const [u8; 16], results: *mut [u8; 16]) -> status`: enters the
    /// zone and calls a core function, or reads a global; a core value at the start of each slot.
    CoreEntry(CoreExportId),
    /// Ends the zone with this trap, one that the program can have; called by `call` from the place that traps, no arguments, C
    /// convention, does not return.
    Trap(Trap),
    /// The same with the trap as an `i32` argument.
    TrapDynamic,
    /// Unwinds to where an exception is caught: tail convention, `(context, exception)`, does not return. In
    /// programs that have tags.
    Throw,
    /// Asks the runtime for an object: `preserve_all` convention, `(context, header, size)`; stores the address
    /// at `context::gc::MADE`. In programs that have objects.
    Allocate,
    /// A function of the C interface.
    Api(Api),
}

/// Functions of the C interface of libraries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Api {
    /// `status PREFIX_new(const PREFIX_imports_t *imports, void *host, PREFIX_t **out)`
    New,
    /// `status PREFIX_new_linked(const PREFIX_imports_t *imports, void *host, const PREFIX_provider_t *providers,
    /// size_t provider_count, PREFIX_t **out)`, in programs that have a table of imports
    NewLinked,
    /// `void PREFIX_delete(PREFIX_t *)`
    Delete,
    /// `const char *PREFIX_message(const PREFIX_t *)`
    Message,
    /// `int main(int argc, char **argv)` of an executable: calls `weldc_wasi_main(argc, argv, artefact,
    /// entry, grants, size)`, see [`MAIN`].
    Main(ExportId),
    /// A function on error contexts.
    ErrorContext(ErrorContextApi),
    /// `status PREFIX_RESOURCE_drop(PREFIX_t *, uint64_t handle)` for a guest-defined resource
    DropResource(ResourceId),
    /// One of [`super::api::TASK_API`]: a function of the runtime's, under the library's name.
    Task(RuntimeFn),
    /// A function of WASI's on the instance's state, in programs with tasks.
    Wasi(WasiApi),
}

/// What the host does with error contexts. `PREFIX_error_context_t` is an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorContextApi {
    /// `PREFIX_error_context_t PREFIX_error_context_new(const PREFIX_string_t *message)`
    New,
    /// `PREFIX_error_context_t PREFIX_error_context_clone(PREFIX_error_context_t)`
    Clone,
    /// `PREFIX_string_t PREFIX_error_context_debug_message(PREFIX_error_context_t)`: a view.
    DebugMessage,
    /// `void PREFIX_error_context_drop(PREFIX_error_context_t)`
    Drop,
}

impl ErrorContextApi {
    pub const ALL: [ErrorContextApi; 4] = [
        ErrorContextApi::New,
        ErrorContextApi::Clone,
        ErrorContextApi::DebugMessage,
        ErrorContextApi::Drop,
    ];

    /// The end of its symbol.
    pub const fn suffix(self) -> &'static str {
        match self {
            ErrorContextApi::New => "_error_context_new",
            ErrorContextApi::Clone => "_error_context_clone",
            ErrorContextApi::DebugMessage => "_error_context_debug_message",
            ErrorContextApi::Drop => "_error_context_drop",
        }
    }
}

/// What a host with a loop of its own does for WASI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WasiApi {
    /// `int32_t PREFIX_idle(PREFIX_t *, int32_t may_wait)`
    Idle,
    /// `size_t PREFIX_pollfds(PREFIX_t *, struct pollfd *fds, size_t room, int *timeout)`
    Pollfds,
}

impl WasiApi {
    pub const ALL: [WasiApi; 2] = [WasiApi::Idle, WasiApi::Pollfds];

    /// The end of its symbol.
    pub const fn suffix(self) -> &'static str {
        match self {
            WasiApi::Idle => "_idle",
            WasiApi::Pollfds => "_pollfds",
        }
    }

    /// The function of WASI's, which has the state in place of the instance.
    pub const fn callee(self) -> &'static str {
        match self {
            WasiApi::Idle => "weldc_wasi_idle",
            WasiApi::Pollfds => "weldc_wasi_pollfds",
        }
    }
}

/// `int weldc_wasi_main(int argc, char **argv, const artefact *, entry, const uint8_t *grants, size_t)`
/// where `entry` is the direct entry of wasi:cli/run's `run`.
pub const MAIN: &str = "weldc_wasi_main";
/// The same for programs with tasks, which wait for what WASI waits for.
pub const MAIN_OF_TASKS: &str = "weldc_wasi_main_of_tasks";
/// The one that this program's `main` calls.
pub fn main_symbol(program: &Program) -> &'static str {
    if program.waits_for_wasi() { MAIN_OF_TASKS } else { MAIN }
}
/// `void *weldc_wasi_new(void)`: the state of WASI with nothing granted but the standard streams.
pub const WASI_NEW: &str = "weldc_wasi_new";
/// `void weldc_wasi_attach(void *, context)`: has the blocking calls of a zone wait for what WASI waits for.
pub const WASI_ATTACH: &str = "weldc_wasi_attach";
/// `void weldc_wasi_delete(void *)`
pub const WASI_DELETE: &str = "weldc_wasi_delete";

/// How the host passes arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryForm {
    /// `(context, arguments: *const u8, result: *mut u8) -> status`: the parameters as the fields of
    /// one record in the host's layout, the result at `result`.
    Packed,
    /// `(context, parameter…, result: *mut T) -> status`: numbers, `bool`, `char`, enums, flags and
    /// handles by value, everything else by `const *`; no `result` if there is none.
    Direct,
    /// The same with a `PREFIX_completion_t *` behind it ([`weldc_abi::task::completion`]): the call may go on when
    /// the entry returns. Functions with an asynchronous type have it beside [`EntryForm::Direct`].
    Async,
}

/// All functions of the output, in the order in which they lie in the text.
#[derive(Debug, Default)]
pub struct FuncTable {
    pub keys: PrimaryMap<FuncId, FuncKey>,
    ids: HashMap<FuncKey, FuncId>,
    /// What the functions of `FuncKey::Transfer` are for.
    pub transfers: PrimaryMap<TransferId, Outlined>,
    transfer_ids: HashMap<Outlined, TransferId>,
    /// Symbols of the host's that generated code calls.
    pub externs: Vec<String>,
    extern_ids: HashMap<String, u32>,
}

impl FuncTable {
    /// Numbers everything that `program` needs: of the core functions those that can run. One that only
    /// forwards to another has that one's number.
    pub fn new(
        parsed: &Parsed,
        program: &Program,
        facts: &Facts,
        options: &CodeOptions,
    ) -> FuncTable {
        let mut table = FuncTable::default();
        table.add_core(parsed, program, facts);
        for outlined in outline::find(program, facts) {
            let id = table.transfers.push(outlined);
            table.transfer_ids.insert(outlined, id);
            table.add(FuncKey::Transfer(id));
        }
        for (id, export) in program.exports.iter() {
            match export.item {
                ExportItem::Func { func, ty } => {
                    if facts.tasks.edge(Caller::Export(id)).is_none() {
                        table.add(FuncKey::Export(id));
                    }
                    if let Func::Import(import) = func {
                        table.add_extern(&program.imports[import].binding);
                    }
                    for &form in &options.entry_forms {
                        table.add(FuncKey::Entry(id, form));
                    }
                    if program.types.func(ty).async_
                        && options.entry_forms.contains(&EntryForm::Direct)
                    {
                        table.add(FuncKey::Entry(id, EntryForm::Async));
                    }
                }
                ExportItem::Value { .. } => {
                    table.add(FuncKey::Export(id));
                    for &form in &options.entry_forms {
                        table.add(FuncKey::Entry(id, form));
                    }
                }
                ExportItem::Resource(id) => table.add_once(FuncKey::Api(Api::DropResource(id))),
                ExportItem::Type(_) | ExportItem::Definition(_) => {}
            }
        }
        for (id, resource) in program.resources.iter() {
            match &resource.origin {
                ResourceOrigin::Guest { dtor, .. } => {
                    if dtor.is_some() {
                        table.add(FuncKey::Destructor(id));
                    }
                }
                ResourceOrigin::Host { drop } => {
                    table.add_extern(drop);
                    if drop.is_callable() {
                        table.add(FuncKey::HostDrop(id));
                    }
                }
            }
        }
        table.add_instantiation(program, options);
        for &trap in Trap::ALL {
            let of_objects = matches!(trap, Trap::CastFailure | Trap::ArrayOutOfBounds);
            if !trap.is_of_tasks() && (!of_objects || program.collects()) {
                table.add(FuncKey::Trap(trap));
            }
        }
        table.add(FuncKey::TrapDynamic);
        // Behind a function that there always is: none of these has the offset 0, which stands for none.
        table.add_tasks(program, facts);
        if !program.tags.is_empty() {
            table.add(FuncKey::Throw);
        }
        if program.collects() {
            table.add(FuncKey::Allocate);
        }
        for api in [Api::New, Api::Delete, Api::Message] {
            table.add(FuncKey::Api(api));
        }
        if program.has_error_contexts() {
            for api in ErrorContextApi::ALL {
                table.add(FuncKey::Api(Api::ErrorContext(api)));
            }
        }
        if program.has_tasks() {
            for function in TASK_API {
                table.add(FuncKey::Api(Api::Task(function)));
            }
        }
        if program.waits_for_wasi() {
            for api in WasiApi::ALL {
                table.add(FuncKey::Api(Api::Wasi(api)));
                table.add_symbol(api.callee());
            }
        }
        if program.import_slots() > 0 {
            table.add(FuncKey::Api(Api::NewLinked));
        }
        if program.uses_wasi() {
            table.add_symbol(WASI_NEW);
            if program.waits_for_wasi() {
                table.add_symbol(WASI_ATTACH);
            }
            table.add_symbol(WASI_DELETE);
        }
        if options.main.is_some()
            && let Some(run) = program.command()
        {
            table.add(FuncKey::Api(Api::Main(run)));
            table.add_symbol(main_symbol(program));
        }
        table
    }

    fn add_core(&mut self, parsed: &Parsed, program: &Program, facts: &Facts) {
        let mut detours = Vec::new();
        for (instance, core) in program.instances.iter() {
            let module = &parsed.modules[core.module];
            for func in module.imported.funcs..module.funcs.len() as u32 {
                let (key, func) =
                    (FuncKey::Core { instance, func }, CoreFunc::Wasm { instance, func });
                let target = facts.target(func);
                if !facts.is_live(func) {
                    continue;
                } else if target == func {
                    self.add(key);
                } else {
                    detours.push((key, target));
                }
            }
        }
        for (id, trampoline) in program.trampolines.iter() {
            if !facts.is_live(CoreFunc::Trampoline(id)) {
                continue;
            }
            self.add(FuncKey::Trampoline(id));
            if let TrampolineKind::Lower { func: Func::Import(import), .. } = trampoline.kind {
                self.add_import(program, import);
            }
        }
        for (key, target) in detours {
            let id = self.core(target);
            self.ids.insert(key, id);
        }
    }

    /// What the runtime calls, and what that calls.
    fn add_tasks(&mut self, program: &Program, facts: &Facts) {
        let tasks = &facts.tasks;
        for (id, edge) in tasks.edges.iter() {
            self.add(FuncKey::Enter(id));
            self.add(FuncKey::EnterBody(id));
            if edge::is_resolved(program, edge) {
                self.add(FuncKey::Resolve(id));
                self.add(FuncKey::ResolveBody(id));
            }
            if let Func::Lift(lift) = edge.callee
                && program.lifts[lift].options.callback.is_some()
            {
                self.add_once(FuncKey::Callback(lift));
            }
        }
        for id in tasks.copies.keys() {
            let Some(elements) = Elements::new(program, facts, id) else { continue };
            self.add(FuncKey::Element(id));
            self.add(FuncKey::ElementBody(id));
            if elements.is_released(program) {
                self.add(FuncKey::ElementRelease(id));
                self.add_releases(&program.types, Some(elements.ty));
            }
        }
        for wide in [false, true] {
            if tasks.makes_threads(wide) {
                self.add(FuncKey::Thread { wide });
            }
        }
    }

    /// What is needed to call an import and to take over what it gives.
    fn add_import(&mut self, program: &Program, import: ImportId) {
        let import = &program.imports[import];
        self.add_extern(&import.binding);
        self.add_releases(&program.types, program.types.func(import.ty).result);
    }

    fn add_releases(&mut self, types: &Types, result: Option<TypeId>) {
        if let Some(id) = result.filter(|&id| types.owns_memory(id)) {
            release::find(types, id).into_iter().for_each(|id| self.add_once(FuncKey::Release(id)));
        }
    }

    fn add_instantiation(&mut self, program: &Program, options: &CodeOptions) {
        for (id, call) in program.start_calls.iter() {
            self.add(FuncKey::StartCall(id));
            if let Func::Import(import) = call.func {
                self.add_import(program, import);
            }
        }
        if options.staged {
            for instance in program.instances.keys() {
                self.add(FuncKey::Stage(instance));
                self.add(FuncKey::StageEntry(instance));
            }
        } else {
            self.add(FuncKey::Start);
            self.add(FuncKey::StartEntry);
        }
        for id in program.core_exports.keys() {
            self.add(FuncKey::CoreEntry(id));
        }
    }

    fn add(&mut self, key: FuncKey) {
        let id = self.keys.push(key);
        self.ids.insert(key, id);
    }

    /// For an item that can be exported under several names.
    fn add_once(&mut self, key: FuncKey) {
        if !self.has(key) {
            self.add(key);
        }
    }

    fn add_extern(&mut self, binding: &Binding) {
        if let Binding::Symbol { symbol, .. } = binding {
            self.add_symbol(symbol);
        }
    }

    fn add_symbol(&mut self, symbol: &str) {
        if !self.extern_ids.contains_key(symbol) {
            self.extern_ids.insert(symbol.to_string(), self.externs.len() as u32);
            self.externs.push(symbol.to_string());
        }
    }

    pub fn has(&self, key: FuncKey) -> bool {
        self.ids.contains_key(&key)
    }

    /// # Panics
    /// If the program has no such function.
    pub fn id(&self, key: FuncKey) -> FuncId {
        self.ids[&key]
    }

    /// The function that transfers such values, if they are not transferred where they occur.
    pub fn transfer(&self, outlined: &Outlined) -> Option<FuncId> {
        let &id = self.transfer_ids.get(outlined)?;
        Some(self.id(FuncKey::Transfer(id)))
    }

    /// # Panics
    /// If the function can never run.
    pub fn core(&self, func: CoreFunc) -> FuncId {
        self.ids[&core_key(func)]
    }

    /// The function, if it can run.
    pub fn live_core(&self, func: CoreFunc) -> Option<FuncId> {
        self.ids.get(&core_key(func)).copied()
    }

    /// # Panics
    /// If no binding of the program names this symbol.
    pub fn extern_id(&self, symbol: &str) -> u32 {
        self.extern_ids[symbol]
    }
}

fn core_key(func: CoreFunc) -> FuncKey {
    match func {
        CoreFunc::Wasm { instance, func } => FuncKey::Core { instance, func },
        CoreFunc::Trampoline(id) => FuncKey::Trampoline(id),
    }
}
