//! Canonical definitions: the built-ins on tasks, waitables, streams, futures and threads.
//!
//! Core signatures are those of Binary.md, "Canonical Definitions"; addresses and counts have the memory's type.

use super::Linker;
use super::canon::core_type;
use super::env::*;
use super::instantiate::Frame;
use crate::error::Result;
use crate::index::*;
use crate::link::{CanonOptions, Channel, CopyEnd, TrampolineKind};
use crate::parse::component::{Canon, CoreType};
use crate::types::layout::MAX_FLAT_PARAMS;
use crate::types::{FlatType, Type};
use wasmparser::ValType;
use weldc_abi::task::switch;

impl<'a> Linker<'a, '_> {
    /// Runs a canonical definition of these.
    pub fn concurrent(
        &mut self,
        frame: &Frame<'a>,
        canon: &'a Canon,
        offset: usize,
    ) -> Result<CoreFuncVal> {
        use ValType::I32;
        let env = frame.env;
        let (params, results, kind): (Vec<ValType>, &[ValType], _) = match canon {
            Canon::TaskReturn { result, options } => {
                let result = result.map(|ty| self.val_type(env, ty)).transpose()?;
                let options = self.options(env, options)?;
                let params = self.returned(result, &options);
                (params, &[], TrampolineKind::TaskReturn { result, options })
            }
            Canon::TaskCancel => (vec![], &[], TrampolineKind::TaskCancel),
            Canon::SubtaskCancel { async_ } => {
                (vec![I32], &[I32], TrampolineKind::SubtaskCancel { async_: *async_ })
            }
            Canon::SubtaskDrop => (vec![I32], &[], TrampolineKind::SubtaskDrop),
            Canon::WaitableSetNew => (vec![], &[I32], TrampolineKind::WaitableSetNew),
            Canon::WaitableSetWait { memory } => {
                let (memory, pointer) = self.events(env, *memory)?;
                (vec![I32, pointer], &[I32], TrampolineKind::WaitableSetWait { memory })
            }
            Canon::WaitableSetPoll { memory } => {
                let (memory, pointer) = self.events(env, *memory)?;
                (vec![I32, pointer], &[I32], TrampolineKind::WaitableSetPoll { memory })
            }
            Canon::WaitableSetDrop => (vec![I32], &[], TrampolineKind::WaitableSetDrop),
            Canon::WaitableJoin => (vec![I32; 2], &[], TrampolineKind::WaitableJoin),
            Canon::ThreadIndex => (vec![], &[I32], TrampolineKind::ThreadIndex),
            Canon::ThreadNewIndirect { ty, table } => {
                return self.thread_new(frame, *ty, *table, offset);
            }
            Canon::ThreadResumeLater => (vec![I32], &[], TrampolineKind::ThreadResumeLater),
            Canon::ThreadSwitch(how) => {
                let other = !matches!(*how, switch::YIELD | switch::SUSPEND);
                (vec![I32; other.into()], &[I32], TrampolineKind::ThreadSwitch(*how))
            }
            Canon::ThreadAvailableParallelism => {
                (vec![], &[I32], TrampolineKind::ThreadAvailableParallelism)
            }
            copies => self.copies(env, copies)?,
        };
        let sig = self.signature(&params, results);
        Ok(self.trampoline(frame, sig, kind))
    }

    /// The built-ins on streams and futures.
    fn copies(
        &mut self,
        env: EnvId,
        canon: &Canon,
    ) -> Result<(Vec<ValType>, &'static [ValType], TrampolineKind)> {
        use ValType::{I32, I64};
        Ok(match *canon {
            Canon::CopyNew { ty } => {
                (vec![], &[I64], TrampolineKind::CopyNew(self.channel(env, ty)?))
            }
            Canon::Copy { ty, write, ref options } => {
                let end = CopyEnd { channel: self.channel(env, ty)?, write };
                let options = self.options(env, options)?;
                let wide = self.pointer(options.memory) == FlatType::I64;
                let pointer = if wide { I64 } else { I32 };
                let kind = TrampolineKind::Copy { end, options };
                match (end.channel.future, wide) {
                    (true, _) => (vec![I32, pointer], &[I32], kind),
                    (false, false) => (vec![I32, I32, I32], &[I32], kind),
                    (false, true) => (vec![I32, I64, I64], &[I64], kind),
                }
            }
            Canon::CopyCancel { ty, write, async_ } => {
                let end = CopyEnd { channel: self.channel(env, ty)?, write };
                (vec![I32], &[I32], TrampolineKind::CopyCancel { end, async_ })
            }
            Canon::CopyDrop { ty, write } => {
                let end = CopyEnd { channel: self.channel(env, ty)?, write };
                (vec![I32], &[], TrampolineKind::CopyDrop(end))
            }
            Canon::CopyForward { ty } => {
                (vec![I32; 2], &[], TrampolineKind::CopyForward(self.channel(env, ty)?))
            }
            _ => return Err(invalid("a canonical definition is of no known kind")),
        })
    }

    /// The core parameters of `task.return`: those of a function with the result as its parameter.
    fn returned(&self, result: Option<TypeId>, options: &CanonOptions) -> Vec<ValType> {
        let abi = self.abi(options.memory);
        let flat = self.program.types.flatten_all(abi, result, MAX_FLAT_PARAMS);
        let flat = flat.unwrap_or_else(|| vec![self.pointer(options.memory)]);
        flat.into_iter().map(core_type).collect()
    }

    /// Where events go, and the type of addresses there.
    fn events(&self, env: EnvId, memory: u32) -> Result<(MemoryId, ValType)> {
        let memory = get(&self.envs[env].core_memories, memory)?;
        Ok((memory, core_type(self.pointer(Some(memory)))))
    }

    /// The stream or future of a type index.
    fn channel(&self, env: EnvId, index: u32) -> Result<Channel> {
        let TypeVal::Value(ty) = get(&self.envs[env].types, index)? else {
            return Err(invalid("a type is no value type"));
        };
        match *self.program.types.get(ty) {
            Type::Stream(element) => Ok(Channel { future: false, element }),
            Type::Future(element) => Ok(Channel { future: true, element }),
            _ => Err(invalid("a type is neither a stream nor a future")),
        }
    }

    fn thread_new(
        &mut self,
        frame: &Frame<'a>,
        ty: u32,
        table: u32,
        offset: usize,
    ) -> Result<CoreFuncVal> {
        let table = get(&self.envs[frame.env].core_tables, table)?;
        let CoreType::Func(ty) = get(&self.envs[frame.env].core_types, ty)? else {
            let what = "thread.new-indirect of a type with subtypes";
            return Ok(CoreFuncVal::Missing(Missing { what, offset }));
        };
        let sig = self.intern(ty.clone());
        let argument = ty.params().first().copied();
        let argument = argument.ok_or_else(|| invalid("a thread's function has no parameter"))?;
        let wide = self.program.tables[table].ty.table64;
        let index = if wide { ValType::I64 } else { ValType::I32 };
        let own = self.signature(&[index, argument], &[ValType::I32]);
        Ok(self.trampoline(frame, own, TrampolineKind::ThreadNew { sig, table }))
    }
}
