//! `weldc run`: compiles in memory, loads, runs.

mod execute;
mod profile;

use crate::args::{GuestArgs, Profile, RunArgs, usage_error};
use crate::input::Input;
use crate::invoke::{self, Call, Target};
use crate::progress::Clock;
use crate::report::Failure;
use crate::{report, reproducer, session, target, wasi};
use anyhow::{Context, Result};
use execute::Instance;
use weldc_compiler::driver::Compilation;
use weldc_compiler::index::ExportId;
use weldc_compiler::names;
use weldc_compiler::options::{CodeOptions, DebugInfo};
use weldc_compiler::translate::{EntryForm, FuncKey};
use weldc_loader::Loaded;
use weldc_wasi::Wasi;

/// Every symbol of the component begins so; nobody sees them.
const PREFIX: &str = "component";

/// Runs the component; the exit code is the guest's.
pub fn run(args: &RunArgs) -> Result<i32> {
    let guest = args.guest().unwrap_or_else(|message| usage_error("run", &message));
    let input = Input::read(&guest.file, &guest.with)?;
    if let Some(dir) = &args.compile.save_dir {
        reproducer::save(dir, &input, &guest.file, &args.compile)?;
    }
    let mut clock = Clock::new(args.compile.time);
    let form = match guest.invoke {
        Some(_) => EntryForm::Packed,
        None => EntryForm::Direct,
    };
    let options = options(args, form)?;
    // Before the long part, since a directory may not be there.
    let wasi = Box::new(Wasi::new(wasi::run_grants(&guest, &input.file_name)?)?);
    let compilation = session::front(&input, &args.compile, None, options, &mut clock)?;
    let task = Task::new(&guest, &compilation, &input)?;
    let loaded = load(&input, &compilation, args.profile, &mut clock)?;
    drop(clock);
    let stack = args.compile.max_wasm_stack;
    execute::with_stack(stack, || task.run(&compilation, &loaded, wasi))
}

fn options(args: &RunArgs, form: EntryForm) -> Result<CodeOptions> {
    let cpu_features = target::host_features(&args.compile.cpu)?;
    Ok(CodeOptions {
        cpu_features,
        opt: args.compile.opt.into(),
        inline: args.compile.inlines(),
        prefix: PREFIX.to_string(),
        entry_forms: vec![form],
        stack_size: args.compile.max_wasm_stack,
        debug: DebugInfo::Backtraces,
        verify: args.compile.verify || cfg!(debug_assertions),
        ..CodeOptions::default()
    })
}

fn load(
    input: &Input,
    compilation: &Compilation,
    profile: Option<Profile>,
    clock: &mut Clock,
) -> Result<Loaded> {
    let object = session::object(input, compilation, clock)?;
    clock.phase("load");
    let symbols = wasi::symbols();
    let loaded = Loaded::load(&object, &|name| symbols.get(name).copied())?;
    match profile {
        Some(Profile::Perfmap) => profile::perf_map(&loaded, &object)?,
        None => {}
    }
    Ok(loaded)
}

/// What is to be called, prepared as far as possible before anything is compiled.
enum Task<'a> {
    Command(ExportId),
    Invoke { name: String, target: Target, call: weldc_values::Call<'a> },
}

impl<'a> Task<'a> {
    fn new(guest: &GuestArgs, compilation: &'a Compilation, input: &Input) -> Result<Task<'a>> {
        let program = &compilation.program;
        let Some(text) = &guest.invoke else {
            return match program.command() {
                Some(run) => Ok(Task::Command(run)),
                None => Err(not_a_command(input).into()),
            };
        };
        let call = Call::parse(text)?;
        let target = invoke::find(program, call.name)?;
        let name = call.name.to_string();
        Ok(Task::Invoke { name, target, call: invoke::prepare(&call, program, &target)? })
    }

    /// Makes a zone and calls; returns the exit code.
    fn run(self, compilation: &Compilation, loaded: &Loaded, wasi: Box<Wasi>) -> Result<i32> {
        let program = &compilation.program;
        let artefact = symbol(loaded, &names::artefact(PREFIX))?;
        let entry = |id, form| {
            let name = names::symbol(program, PREFIX, FuncKey::Entry(id, form));
            symbol(loaded, &name.context("the export has no entry")?)
        };
        match self {
            Task::Command(id) => {
                let entry = entry(id, EntryForm::Direct)?;
                // SAFETY: both were compiled from one program and stay loaded until after the call.
                Ok(unsafe { execute::command(artefact, entry, wasi) })
            }
            Task::Invoke { name, target, call } => {
                let entry = entry(target.export, EntryForm::Packed)?;
                // SAFETY: as above; the program is the one that was linked to make the object.
                let mut instance = match unsafe { Instance::new(artefact, wasi) } {
                    Ok(instance) => instance,
                    Err(code) => return Ok(code),
                };
                // SAFETY: `call` was made for this export.
                match unsafe { instance.invoke(&name, entry, call) } {
                    Ok(returned) => {
                        let value = returned.value()?;
                        let text = invoke::result(program, &target, value.as_ref())?;
                        report::print(&(text + "\n"))?;
                        Ok(0)
                    }
                    Err(code) => Ok(code),
                }
            }
        }
    }
}

fn symbol(loaded: &Loaded, name: &str) -> Result<*const u8> {
    loaded.symbol(name).with_context(|| format!("the object has no symbol {name}"))
}

fn not_a_command(input: &Input) -> Failure {
    Failure::new(format!("{} is not a command: it does not export wasi:cli/run", input.display))
        .help(
            "call one of its functions: --invoke 'function(arguments)'; `weldc inspect` lists them",
        )
}
