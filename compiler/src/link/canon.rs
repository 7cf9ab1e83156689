//! Canonical definitions: `lift`, `lower` and the built-ins but those of `concurrent`.
//!
//! What is valid but not compiled yet binds a [`Missing`]: a component may define more than it uses.

use super::Linker;
use super::env::*;
use super::instantiate::Frame;
use crate::error::Result;
use crate::index::*;
use crate::link::{CanonOptions, CoreFunc, Lift, ResourceOrigin, Trampoline, TrampolineKind};
use crate::parse::component::{self, Canon};
use crate::types::layout::{MAX_FLAT_ASYNC_PARAMS, MAX_FLAT_PARAMS, MAX_FLAT_RESULTS};
use crate::types::{Abi, FlatType};
use wasmparser::{FuncType, ValType};

impl<'a> Linker<'a, '_> {
    /// Runs a canonical definition: appends to the functions or to the core functions.
    pub fn canon(&mut self, frame: &Frame<'a>, canon: &'a Canon, offset: usize) -> Result<()> {
        let missing = |what| CoreFuncVal::Missing(Missing { what, offset });
        let core = match canon {
            Canon::Lift { core_func, ty, options } => {
                let ty = self.func_type_at(frame.env, *ty)?;
                let source = self.lift(frame, *core_func, ty, options)?;
                self.envs[frame.env].funcs.push(FuncVal { source, ty });
                return Ok(());
            }
            Canon::UnsupportedLift { ty } => {
                let ty = self.func_type_at(frame.env, *ty)?;
                let missing = Missing { what: "canon lift with GC options", offset };
                let source = FuncSource::Missing(missing);
                self.envs[frame.env].funcs.push(FuncVal { source, ty });
                return Ok(());
            }
            Canon::Lower { func, options } => self.lower(frame, *func, options)?,
            Canon::ResourceNew(index) => {
                let id = self.resource(frame.env, *index)?;
                let sig = self.signature(&[self.representation(id)], &[ValType::I32]);
                self.trampoline(frame, sig, TrampolineKind::ResourceNew(id))
            }
            Canon::ResourceDrop(index) => {
                let id = self.resource(frame.env, *index)?;
                self.bind_resource(id)?;
                let sig = self.signature(&[ValType::I32], &[]);
                self.trampoline(frame, sig, TrampolineKind::ResourceDrop(id))
            }
            Canon::ResourceRep(index) => {
                let id = self.resource(frame.env, *index)?;
                let sig = self.signature(&[ValType::I32], &[self.representation(id)]);
                self.trampoline(frame, sig, TrampolineKind::ResourceRep(id))
            }
            Canon::ErrorContextNew(options) => {
                let options = self.options(frame.env, options)?;
                let pointer = core_type(self.pointer(options.memory));
                let sig = self.signature(&[pointer, pointer], &[ValType::I32]);
                self.trampoline(frame, sig, TrampolineKind::ErrorContextNew(options))
            }
            Canon::ErrorContextDebugMessage(options) => {
                let options = self.options(frame.env, options)?;
                let pointer = core_type(self.pointer(options.memory));
                let sig = self.signature(&[ValType::I32, pointer], &[]);
                self.trampoline(frame, sig, TrampolineKind::ErrorContextDebugMessage(options))
            }
            Canon::ErrorContextDrop => {
                let sig = self.signature(&[ValType::I32], &[]);
                self.trampoline(frame, sig, TrampolineKind::ErrorContextDrop)
            }
            Canon::ContextGet { ty, slot } => {
                let sig = self.signature(&[], &[*ty]);
                self.trampoline(frame, sig, TrampolineKind::ContextGet { slot: *slot })
            }
            Canon::ContextSet { ty, slot } => {
                let sig = self.signature(&[*ty], &[]);
                self.trampoline(frame, sig, TrampolineKind::ContextSet { slot: *slot })
            }
            Canon::BackpressureInc => {
                let sig = self.signature(&[], &[]);
                self.trampoline(frame, sig, TrampolineKind::BackpressureInc)
            }
            Canon::BackpressureDec => {
                let sig = self.signature(&[], &[]);
                self.trampoline(frame, sig, TrampolineKind::BackpressureDec)
            }
            Canon::Unsupported(what) => missing(*what),
            concurrent => self.concurrent(frame, concurrent, offset)?,
        };
        self.envs[frame.env].core_funcs.push(core);
        Ok(())
    }

    pub(super) fn trampoline(
        &mut self,
        frame: &Frame<'a>,
        sig: SigId,
        kind: TrampolineKind,
    ) -> CoreFuncVal {
        let trampoline = Trampoline { instance: frame.instance, sig, kind };
        CoreFuncVal::Func(CoreFunc::Trampoline(self.program.trampolines.push(trampoline)))
    }

    /// What an import of a core module is bound to if what it asks for is not compiled: a trap, if the policy
    /// says so.
    pub fn trap_instead(
        &mut self,
        instance: ComponentInstanceId,
        sig: SigId,
        missing: Missing,
    ) -> Result<CoreFunc> {
        if !self.policy.traps(missing.what) {
            return Err(missing.error());
        }
        let kind = TrampolineKind::Missing(missing.what);
        let trampoline = Trampoline { instance, sig, kind };
        Ok(CoreFunc::Trampoline(self.program.trampolines.push(trampoline)))
    }

    pub(super) fn signature(&mut self, params: &[ValType], results: &[ValType]) -> SigId {
        let ty = FuncType::new(params.iter().copied(), results.iter().copied());
        self.intern(ty)
    }

    fn lift(
        &mut self,
        frame: &Frame<'a>,
        core_func: u32,
        ty: FuncTypeId,
        options: &component::CanonOptions,
    ) -> Result<FuncSource> {
        let core = get(&self.envs[frame.env].core_funcs, core_func)?.used()?;
        let options = self.options(frame.env, options)?;
        let name = self.core_func_name(core);
        let lift = Lift { instance: frame.instance, core, ty, options, name };
        Ok(FuncSource::Lift(self.program.lifts.push(lift)))
    }

    fn lower(
        &mut self,
        frame: &Frame<'a>,
        func: u32,
        options: &component::CanonOptions,
    ) -> Result<CoreFuncVal> {
        let func = get(&self.envs[frame.env].funcs, func)?;
        if let FuncSource::Missing(missing) = func.source {
            return Ok(CoreFuncVal::Missing(missing));
        }
        let ty = func.ty;
        self.bind_resources(ty)?;
        let func = self.used_func(func)?;
        let options = self.options(frame.env, options)?;
        let sig = self.lowered_signature(ty, &options);
        Ok(self.trampoline(frame, sig, TrampolineKind::Lower { func, ty, options }))
    }

    pub(super) fn options(
        &self,
        env: EnvId,
        options: &component::CanonOptions,
    ) -> Result<CanonOptions> {
        let env = &self.envs[env];
        let func = |index: Option<u32>| match index {
            Some(index) => get(&env.core_funcs, index)?.used().map(Some),
            None => Ok(None),
        };
        Ok(CanonOptions {
            encoding: options.encoding,
            memory: options.memory.map(|index| get(&env.core_memories, index)).transpose()?,
            realloc: func(options.realloc)?,
            post_return: func(options.post_return)?,
            callback: func(options.callback)?,
            async_: options.async_,
        })
    }

    /// The core type of a resource's representation.
    fn representation(&self, id: ResourceId) -> ValType {
        match self.program.resources[id].origin {
            ResourceOrigin::Guest { wide: true, .. } => ValType::I64,
            _ => ValType::I32,
        }
    }

    /// The flat type of addresses in this memory.
    pub(super) fn pointer(&self, memory: Option<MemoryId>) -> FlatType {
        let wide = memory.is_some_and(|id| self.program.memories[id].ty.memory64);
        if wide { FlatType::I64 } else { FlatType::I32 }
    }

    pub(super) fn abi(&self, memory: Option<MemoryId>) -> Abi {
        if self.pointer(memory) == FlatType::I64 { Abi::WASM64 } else { Abi::WASM32 }
    }

    /// CanonicalABI.md, `flatten_functype` for `lower`.
    fn lowered_signature(&mut self, ty: FuncTypeId, options: &CanonOptions) -> SigId {
        let (pointer, abi) = (self.pointer(options.memory), self.abi(options.memory));
        let types = &self.program.types;
        let ty = types.func(ty);
        let most = if options.async_ { MAX_FLAT_ASYNC_PARAMS } else { MAX_FLAT_PARAMS };
        let mut params = types
            .flatten_all(abi, ty.params.iter().map(|p| p.ty), most)
            .unwrap_or_else(|| vec![pointer]);
        let results = if options.async_ {
            params.extend(ty.result.map(|_| pointer));
            vec![FlatType::I32]
        } else {
            types.flatten_all(abi, ty.result, MAX_FLAT_RESULTS).unwrap_or_else(|| {
                params.push(pointer);
                Vec::new()
            })
        };
        let core = |flat: &[FlatType]| flat.iter().copied().map(core_type).collect::<Vec<_>>();
        let (params, results) = (core(&params), core(&results));
        self.signature(&params, &results)
    }
}

pub(super) fn core_type(ty: FlatType) -> ValType {
    match ty {
        FlatType::I32 => ValType::I32,
        FlatType::I64 => ValType::I64,
        FlatType::F32 => ValType::F32,
        FlatType::F64 => ValType::F64,
    }
}
