//! What a component's library, or the runtime in this process, offers for tasks: its C interface.

use core::ffi::{c_char, c_void};
use core::mem::transmute;

/// How the caller of an asynchronous function learns of its end: `PREFIX_completion_t`.
#[repr(C)]
pub struct Completion {
    /// Set by the caller: `(completion, status)`.
    pub done: Option<unsafe extern "C" fn(*mut Completion, i32)>,
    /// The caller's own.
    pub caller: *mut c_void,
    /// Set by a callee that goes on: a request to end the call.
    pub cancel: Option<unsafe extern "C" fn(*mut Completion)>,
    /// The callee's own.
    pub callee: *mut c_void,
}

/// An operation on an end of a stream or future: `PREFIX_copy_t`.
#[repr(C)]
pub struct Copy {
    pub done: unsafe extern "C" fn(*mut Copy, i32),
    /// The host's own.
    pub caller: *mut c_void,
}

/// `wake(data)`
pub type Wake = unsafe extern "C" fn(*mut c_void);

/// The functions of a component's library that belong to no export; [`library!`](crate::library) fills it in.
#[derive(Clone, Copy, Debug)]
pub struct Library {
    pub delete: unsafe extern "C" fn(*mut c_void),
    pub message: unsafe extern "C" fn(*const c_void) -> *const c_char,
    pub tick: unsafe extern "C" fn(*mut c_void) -> i32,
    pub set_waker: unsafe extern "C" fn(*mut c_void, Option<Wake>, *mut c_void),
    pub end_new: unsafe extern "C" fn(i32, usize, usize, *mut u64) -> i32,
    pub end_read: unsafe extern "C" fn(u64, *mut c_void, usize, *mut Copy) -> i32,
    pub end_write: unsafe extern "C" fn(u64, *const c_void, usize, *mut Copy) -> i32,
    pub end_cancel: unsafe extern "C" fn(u64) -> i32,
    pub end_drop: unsafe extern "C" fn(u64),
}

impl Library {
    /// The functions of a component that was loaded into this process; `None` if it does not have all.
    ///
    /// # Safety
    /// `find` gives the addresses of the symbols of an object or a library that weldc made with this prefix, and that
    /// stays as long as anything of it is used.
    pub unsafe fn find(prefix: &str, find: impl Fn(&str) -> Option<*const u8>) -> Option<Library> {
        let find = |name: &str| find(&format!("{prefix}_{name}"));
        // SAFETY: the caller's: these are their types (docs/native-abi.md).
        unsafe {
            Some(Library {
                delete: transmute::<*const u8, unsafe extern "C" fn(*mut c_void)>(find("delete")?),
                message: transmute::<*const u8, unsafe extern "C" fn(*const c_void) -> *const c_char>(
                    find("message")?,
                ),
                tick: transmute::<*const u8, unsafe extern "C" fn(*mut c_void) -> i32>(find(
                    "tick",
                )?),
                set_waker: transmute::<
                    *const u8,
                    unsafe extern "C" fn(*mut c_void, Option<Wake>, *mut c_void),
                >(find("set_waker")?),
                end_new: transmute::<
                    *const u8,
                    unsafe extern "C" fn(i32, usize, usize, *mut u64) -> i32,
                >(find("end_new")?),
                end_read: transmute::<
                    *const u8,
                    unsafe extern "C" fn(u64, *mut c_void, usize, *mut Copy) -> i32,
                >(find("end_read")?),
                end_write: transmute::<
                    *const u8,
                    unsafe extern "C" fn(u64, *const c_void, usize, *mut Copy) -> i32,
                >(find("end_write")?),
                end_cancel: transmute::<*const u8, unsafe extern "C" fn(u64) -> i32>(find(
                    "end_cancel",
                )?),
                end_drop: transmute::<*const u8, unsafe extern "C" fn(u64)>(find("end_drop")?),
            })
        }
    }
}

/// The [`Library`] of a component that is linked into the program under a prefix: `library!("inventory")`. It must have
/// been made from a component that has asynchronous functions, streams or futures.
#[macro_export]
macro_rules! library {
    ($prefix:literal) => {{
        use ::core::ffi::{c_char, c_void};
        unsafe extern "C" {
            #[link_name = concat!($prefix, "_delete")]
            fn delete(instance: *mut c_void);
            #[link_name = concat!($prefix, "_message")]
            fn message(instance: *const c_void) -> *const c_char;
            #[link_name = concat!($prefix, "_tick")]
            fn tick(instance: *mut c_void) -> i32;
            #[link_name = concat!($prefix, "_set_waker")]
            fn set_waker(instance: *mut c_void, wake: Option<$crate::Wake>, data: *mut c_void);
            #[link_name = concat!($prefix, "_end_new")]
            fn end_new(is_future: i32, size: usize, alignment: usize, ends: *mut u64) -> i32;
            #[link_name = concat!($prefix, "_end_read")]
            fn end_read(end: u64, to: *mut c_void, count: usize, copy: *mut $crate::Copy) -> i32;
            #[link_name = concat!($prefix, "_end_write")]
            fn end_write(
                end: u64,
                from: *const c_void,
                count: usize,
                copy: *mut $crate::Copy,
            ) -> i32;
            #[link_name = concat!($prefix, "_end_cancel")]
            fn end_cancel(end: u64) -> i32;
            #[link_name = concat!($prefix, "_end_drop")]
            fn end_drop(end: u64);
        }
        $crate::Library {
            delete,
            message,
            tick,
            set_waker,
            end_new,
            end_read,
            end_write,
            end_cancel,
            end_drop,
        }
    }};
}
