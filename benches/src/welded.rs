//! Libraries that weldc made, and their instances, through the C functions.

use anyhow::{Context, Result, ensure};
use libloading::Library;
use std::ffi::{CStr, c_char, c_void};
use std::path::Path;
use std::ptr::null_mut;
use std::rc::Rc;

type New = unsafe extern "C" fn(*const c_void, *mut c_void, *mut *mut c_void) -> i32;
type Delete = unsafe extern "C" fn(*mut c_void);
type Message = unsafe extern "C" fn(*const c_void) -> *const c_char;

/// A loaded library. The function pointers live as long as it.
pub struct Welded {
    prefix: String,
    new: New,
    delete: Delete,
    message: Message,
    library: Library,
}

impl Welded {
    /// # Safety
    /// The file is a library of weldc's, made with this prefix.
    pub unsafe fn open(path: &Path, prefix: String) -> Result<Welded> {
        // SAFETY: the caller's; the types are those of every such library.
        unsafe {
            let library = Library::new(path).with_context(|| path.display().to_string())?;
            let new = *library.get::<New>(format!("{prefix}_new"))?;
            let delete = *library.get::<Delete>(format!("{prefix}_delete"))?;
            let message = *library.get::<Message>(format!("{prefix}_message"))?;
            Ok(Welded { prefix, new, delete, message, library })
        }
    }

    /// The C function of an export.
    ///
    /// # Safety
    /// `F` is the type that the header gives the function; it is not called after the library has gone.
    pub unsafe fn function<F: Copy>(&self, name: &str) -> Result<F> {
        let symbol = format!("{}_{name}", self.prefix);
        // SAFETY: the caller's.
        unsafe { Ok(*self.library.get::<F>(symbol)?) }
    }
}

pub struct Instance {
    context: *mut c_void,
    library: Rc<Welded>,
}

impl Instance {
    /// # Safety
    /// `imports` is what the component's header asks for, and lives as long as the instance.
    pub unsafe fn new(library: &Rc<Welded>, imports: *const c_void) -> Result<Instance> {
        let mut context = null_mut();
        // SAFETY: the caller's.
        let status = unsafe { (library.new)(imports, null_mut(), &mut context) };
        let instance = Instance { context, library: library.clone() };
        ensure!(status == 0, "{}_new: {}", library.prefix, instance.message().to_string_lossy());
        Ok(instance)
    }

    /// What every function gets first.
    pub fn context(&self) -> *mut c_void {
        self.context
    }

    pub fn library(&self) -> &Welded {
        &self.library
    }

    /// What the trap was that ended it; empty if none did.
    pub fn message(&self) -> &CStr {
        if self.context.is_null() {
            return c"";
        }
        // SAFETY: the instance lives, and the message as long as it.
        unsafe { CStr::from_ptr((self.library.message)(self.context)) }
    }
}

impl Instance {
    /// Frees it ahead of time. Must not be called into afterwards.
    pub fn end(&mut self) {
        // SAFETY: null is allowed, and a context is freed once.
        unsafe { (self.library.delete)(std::mem::replace(&mut self.context, null_mut())) }
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        self.end();
    }
}
