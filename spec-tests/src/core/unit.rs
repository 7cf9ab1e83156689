//! Instances of a script, compiled as one component and living in one zone.
//!
//! All that is not safe is here: code is called through addresses that the loader gives.

use super::compose::{Composed, Part, compose};
use super::script::Instance;
use super::value::Slot;
use crate::{Config, symbol};
use anyhow::{Context, Result};
use std::collections::HashMap;
use std::ffi::c_void;
use std::ptr::{null, null_mut};
use wasmparser::{FuncType, ValType, WasmFeatures};
use weldc_abi::Trap;
use weldc_compiler::driver::Compilation;
use weldc_compiler::index::{CoreExportId, InstanceId};
use weldc_compiler::link::{Binding, CoreExport, ImportPolicy};
use weldc_compiler::names;
use weldc_compiler::options::CodeOptions;
use weldc_compiler::translate::FuncKey;
use weldc_compiler::types::QualifiedName;
use weldc_loader::Loaded;
use weldc_runtime::Zone;

/// The code's symbols begin so.
const PREFIX: &str = "script";

/// Instances of a script, named by their number in it.
pub struct Unit {
    zone: Zone,
    /// Named by the number of the instance in the script.
    stages: HashMap<usize, Stage>,
    exports: HashMap<(usize, String), Export>,
    /// Last, so that the code outlives the zone.
    _loaded: Loaded,
}

/// `extern "C" (context) -> status`
type Stage = unsafe extern "C" fn(*mut c_void) -> i32;
/// `extern "C" (context, arguments, results) -> status`
type Entry = unsafe extern "C" fn(*mut c_void, *const Slot, *mut Slot) -> i32;

struct Export {
    entry: Entry,
    ty: FuncType,
}

/// Why instances could not be made.
pub enum Refusal {
    /// The compiler's reason. If it is known which instance is to blame, its number in the script.
    Compiler { error: weldc_compiler::Error, instance: Option<usize> },
    /// Something else went wrong.
    Other(String),
}

/// The instances of a script that make a unit: their numbers, ascending, with everything they need.
pub struct Plan<'a> {
    pub instances: &'a [Instance],
    pub members: Vec<usize>,
    /// What the script uses of them: instance and name of the export.
    pub exports: Vec<(usize, String)>,
}

impl Plan<'_> {
    pub fn compose(&self) -> Composed {
        let number = |instance| self.members.iter().position(|&member| member == instance);
        let part = |&member: &usize| {
            let Instance { module, args } = &self.instances[member];
            let args = args.iter().filter_map(|(name, &arg)| Some((name.as_str(), number(arg)?)));
            Part { module, args: args.collect() }
        };
        compose(&self.members.iter().map(part).collect::<Vec<_>>())
    }

    /// What the script calls a member.
    fn id(&self, instance: usize) -> Option<InstanceId> {
        let number = self.members.iter().position(|&member| member == instance)?;
        Some(InstanceId::from_u32(number as u32))
    }
}

/// Nothing is imported.
struct NoImports;

impl ImportPolicy for NoImports {
    fn func(&mut self, _: &QualifiedName, _: &str) -> weldc_compiler::Result<Binding> {
        Ok(Binding::Trap)
    }
    fn resource(&mut self, _: &QualifiedName) -> weldc_compiler::Result<Binding> {
        Ok(Binding::Nothing)
    }
}

impl Unit {
    pub fn new(plan: &Plan<'_>, config: &Config) -> Result<Unit, Refusal> {
        let composed = plan.compose();
        let blame = |error: weldc_compiler::Error| {
            let part = error.offset().and_then(|offset| composed.part_at(offset));
            let alone = (plan.members.len() == 1).then_some(0);
            let instance = part.or(alone).map(|part| plan.members[part]);
            Refusal::Compiler { error, instance }
        };
        let compilation = Compilation::new(
            composed.bytes.clone(),
            config.features | WasmFeatures::COMPONENT_MODEL,
            &mut NoImports,
            options(plan, config),
            &mut |_| {},
        )
        .map_err(blame)?;
        let code = compilation.compile(&|| {}).map_err(blame)?;
        let object = compilation.object(&code).map_err(blame)?;
        start(plan, &compilation, &object).map_err(|error| Refusal::Other(format!("{error:#}")))
    }

    /// Runs the stage of an instance.
    pub fn instantiate(&mut self, instance: usize) -> Result<(), Trap> {
        let Some(stage) = self.stages.get(&instance) else { return Ok(()) };
        // SAFETY: the stage was compiled for this zone, whose code is loaded.
        let status = unsafe { stage(self.zone.context()) };
        self.finish(status)
    }

    /// The type of an export: a global is a function without parameters.
    pub fn export_type(&self, instance: usize, name: &str) -> Option<&FuncType> {
        self.exports.get(&(instance, name.to_string())).map(|export| &export.ty)
    }

    /// Calls an export, or reads a global. The arguments have the types of [`Unit::export_type`].
    pub fn call(
        &mut self,
        instance: usize,
        name: &str,
        args: &[Slot],
    ) -> Option<Result<Vec<Slot>, Trap>> {
        let export = self.exports.get(&(instance, name.to_string()))?;
        if args.len() != export.ty.params().len() {
            return None;
        }
        let mut results = vec![Slot::default(); export.ty.results().len()];
        // SAFETY: the entry was compiled for this zone; it reads a slot for each parameter and writes one
        // for each result.
        let status =
            unsafe { (export.entry)(self.zone.context(), args.as_ptr(), results.as_mut_ptr()) };
        Some(self.finish(status).map(|()| results))
    }

    /// After a call: a script goes on with the instance that trapped.
    fn finish(&mut self, status: i32) -> Result<(), Trap> {
        if status == 0 {
            return Ok(());
        }
        self.zone.revive();
        Err(u8::try_from(status).ok().and_then(Trap::from_code).unwrap_or(Trap::BadArtefact))
    }
}

fn options(plan: &Plan<'_>, config: &Config) -> CodeOptions {
    let export = |(instance, name): &(usize, String)| Some((plan.id(*instance)?, name.clone()));
    CodeOptions {
        cpu_features: config.cpu_features.clone(),
        opt: config.opt,
        inline: config.inline,
        prefix: PREFIX.to_string(),
        guard_pages: config.guard_pages,
        staged: true,
        core_exports: plan.exports.iter().filter_map(export).collect(),
        ..CodeOptions::default()
    }
}

/// Loads the object and makes its zone; no stage runs yet.
fn start(plan: &Plan<'_>, compilation: &Compilation, object: &[u8]) -> Result<Unit> {
    let symbols: HashMap<&str, *const ()> = weldc_runtime::symbols().iter().copied().collect();
    let loaded = Loaded::load(object, &|name| symbols.get(name).map(|address| address.cast()))?;
    let artefact = symbol(&loaded, &names::artefact(PREFIX))?;
    // SAFETY: the compiler made the artefact, which is loaded as long as the unit lives; it has no imports.
    let zone = unsafe { Zone::new(artefact.cast(), null(), null_mut(), null_mut()) }?;
    let names = names::Names::new(&compilation.program, PREFIX);
    let entry = |key| symbol(&loaded, &names.symbol(key).context("an entry has no name")?);
    let mut stages = HashMap::new();
    for &member in &plan.members {
        let id = plan.id(member).context("a member is none")?;
        let stage = entry(FuncKey::StageEntry(id))?;
        // SAFETY: entries of stages have this type.
        stages.insert(member, unsafe { std::mem::transmute::<*const u8, Stage>(stage) });
    }
    let mut exports = HashMap::new();
    for (number, export) in plan.exports.iter().enumerate() {
        let id = CoreExportId::from_u32(number as u32);
        let address = entry(FuncKey::CoreEntry(id))?;
        // SAFETY: entries of core exports have this type.
        let entry = unsafe { std::mem::transmute::<*const u8, Entry>(address) };
        exports.insert(export.clone(), Export { entry, ty: export_type(compilation, id) });
    }
    Ok(Unit { zone, stages, exports, _loaded: loaded })
}

fn export_type(compilation: &Compilation, id: CoreExportId) -> FuncType {
    let program = &compilation.program;
    match program.core_exports[id] {
        CoreExport::Func(func) => {
            program.signatures[program.signature_of(&compilation.parsed, func)].clone()
        }
        CoreExport::Global(id) => {
            let ty: ValType = program.globals[id].ty.content_type;
            FuncType::new([], [ty])
        }
    }
}
