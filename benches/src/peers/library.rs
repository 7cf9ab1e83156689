//! Shared libraries of C functions, one for each kernel.

use super::Program;
use crate::kernels::Kernel;
use anyhow::Result;
use libloading::{Library, Symbol};
use std::path::Path;

type Function = unsafe extern "C" fn(u32) -> u64;

pub struct CLibrary(Library);

impl CLibrary {
    /// # Safety
    /// The file is a library made of the kernels' source.
    pub unsafe fn open(path: &Path) -> Result<CLibrary> {
        // SAFETY: the caller's; such a library runs no code when it is loaded.
        Ok(CLibrary(unsafe { Library::new(path) }?))
    }
}

impl Program for CLibrary {
    fn call(&mut self, kernel: &Kernel, n: u32) -> Result<u64> {
        // SAFETY: every kernel has this type, and runs in one thread at a time since we are borrowed.
        unsafe {
            let function: Symbol<'_, Function> = self.0.get(kernel.symbol())?;
            Ok(function(n))
        }
    }
}
