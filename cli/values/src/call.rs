//! The call itself, and what it returned: the only part that needs `unsafe`.

use crate::Value;
use crate::fetch::{self, Blocks};
use crate::store::{self, Memory};
use anyhow::{Result, ensure};
use std::ffi::c_void;
use weldc_compiler::index::{FuncTypeId, TypeId};
use weldc_compiler::types::{Abi, Types};
use weldc_runtime::weldc_rt_free;

/// `EntryForm::Packed`.
type PackedEntry = unsafe extern "C" fn(*mut c_void, *const u8, *mut u8) -> i32;

/// A call that is ready to be made: arguments in memory, room for the result.
pub struct Call<'a> {
    types: &'a Types,
    memory: Memory,
    /// Blocks of `memory`.
    arguments: usize,
    result: usize,
    result_type: Option<TypeId>,
}

impl<'a> Call<'a> {
    /// Lays out the arguments of a function of type `ty`; fails if they are not what it takes.
    pub fn new(types: &'a Types, ty: FuncTypeId, arguments: &[Value]) -> Result<Call<'a>> {
        let func = types.func(ty);
        let (wanted, found) = (func.params.len(), arguments.len());
        ensure!(wanted == found, "the function takes {wanted} arguments and is given {found}");
        let params: Vec<_> = func.params.iter().map(|param| param.ty).collect();
        let mut memory = Memory::default();
        let arguments = store::record(&mut memory, types, &params, arguments)?;
        let size = func.result.map_or(0, |id| types.layout(Abi::NATIVE, id).size);
        let result = memory.block(size as usize);
        Ok(Call { types, memory, arguments, result, result_type: func.result })
    }

    /// Makes the call. The error is the status: why the zone ended.
    ///
    /// # Safety
    /// `entry` is the packed entry of a function of the type that the call was made for, and `context` a
    /// zone of the same program.
    pub unsafe fn make(
        mut self,
        entry: *const u8,
        context: *mut c_void,
    ) -> Result<Returned<'a>, i32> {
        let arguments = self.memory.address(self.arguments);
        let result = self.memory.address_mut(self.result);
        // SAFETY: the caller says that this is a packed entry; its address is never null.
        let entry = unsafe { std::mem::transmute::<*const u8, PackedEntry>(entry) };
        // SAFETY: the blocks have the layout that the entry expects, both derived from the same types, and
        // live until after the call.
        let status = unsafe { entry(context, arguments, result) };
        if status != 0 {
            return Err(status);
        }
        let bytes = self.memory.bytes(self.result);
        Ok(Returned { types: self.types, bytes, ty: self.result_type })
    }
}

/// What a call returned. Strings and lists in it are freed when its value is taken.
pub struct Returned<'a> {
    types: &'a Types,
    bytes: Vec<u8>,
    ty: Option<TypeId>,
}

impl Returned<'_> {
    /// The result, if the function has one.
    pub fn value(self) -> Result<Option<Value>> {
        self.ty.map(|id| fetch::value(self.types, &mut Received, id, &self.bytes)).transpose()
    }
}

/// Memory that a call allocated for its result.
struct Received;

impl Blocks for Received {
    fn take(&mut self, address: usize, length: usize) -> Vec<u8> {
        let start = std::ptr::with_exposed_provenance_mut::<u8>(address);
        let bytes = match length {
            0 => Vec::new(),
            // SAFETY: the call has succeeded, so every `{ address, length }` in its result describes memory
            // that it allocated for us (docs/native-abi.md), and each is taken once.
            _ => unsafe { std::slice::from_raw_parts(start, length) }.to_vec(),
        };
        // SAFETY: as above; it came from `weldc_rt_alloc`, or is null.
        unsafe { weldc_rt_free(start) };
        bytes
    }
}
