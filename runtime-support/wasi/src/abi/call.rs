//! What surrounds every function: receiver, status, panics; and the macros that make the symbols.

use super::completion::{Begun, Completion, Waiter};
use super::values::Lower;
use crate::state::{Stop, Wasi};
use std::ffi::c_void;
use std::panic::{AssertUnwindSafe, catch_unwind};
use weldc_abi::task;

/// The address of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address(pub *const c_void);

// SAFETY: nothing is read or written through it, and a function is the same for every thread.
unsafe impl Sync for Address {}
// SAFETY: as above.
unsafe impl Send for Address {}

/// Runs one function and stores its result; returns the status.
///
/// # Safety
/// `wasi` is null or a [`Wasi`] that nothing else uses meanwhile; `result` is null or valid for a write.
pub(super) unsafe fn enter<R: Lower>(
    wasi: *mut c_void,
    result: *mut R::Raw,
    body: impl FnOnce(&mut Wasi) -> Result<R, Stop>,
) -> i32 {
    // SAFETY: as the caller promises.
    let Some(wasi) = (unsafe { wasi.cast::<Wasi>().as_mut() }) else {
        return Stop::PANICKED.status();
    };
    // A panic may leave a table with a slot lost, which does no harm: the zone ends here.
    let run = AssertUnwindSafe(|| body(wasi)?.lower(wasi));
    match catch_unwind(run).unwrap_or(Err(Stop::PANICKED)) {
        Ok(value) => {
            if !result.is_null() {
                // SAFETY: as the caller promises.
                unsafe { result.write(value) };
            }
            0
        }
        Err(stop) => {
            wasi.note(stop);
            stop.status()
        }
    }
}

/// Ends a resource.
///
/// # Safety
/// As for [`enter`].
pub(super) unsafe fn end(wasi: *mut c_void, body: impl FnOnce(&mut Wasi)) {
    // SAFETY: as the caller promises.
    if let Some(wasi) = unsafe { wasi.cast::<Wasi>().as_mut() } {
        // There is no status to return; what was being dropped is lost.
        let _ = catch_unwind(AssertUnwindSafe(|| body(wasi)));
    }
}

/// As [`enter`], for a function that may be waited for: gives `PENDING` if it has taken the completion.
///
/// # Safety
/// As for [`enter`]; `completion` is valid until `done` has been called.
pub(super) unsafe fn begin(
    wasi: *mut c_void,
    completion: *mut Completion,
    body: impl FnOnce(&mut Wasi, Waiter) -> Result<Begun, Stop>,
) -> i32 {
    let mut begun = Begun::Done;
    // SAFETY: as the caller promises.
    let status = unsafe {
        enter::<()>(wasi, std::ptr::null_mut(), |state| {
            let waiter = Waiter::new(completion, wasi).ok_or(Stop::NO_COMPLETION)?;
            begun = body(state, waiter)?;
            Ok(())
        })
    };
    match (status, begun) {
        (0, Begun::Pending) => task::PENDING,
        (status, _) => status,
    }
}

/// `interface @ releases: "name" symbol(parameter: Type, …) -> Result = method, signature;`
///
/// makes the function `symbol` and an element of `FUNCTIONS`. Types are [`super::values::Param`]s and
/// [`Lower`]s; the signature is what the compiler's `signature_text` says of the import. Before the symbol of a
/// function whose type is async stands `[done]` if it is done when it returns, `[waits]` if it may be waited for.
macro_rules! functions {
    ($($interface:literal @ $releases:ident {$(
        $name:literal $([$mode:ident])? $symbol:ident($($param:ident: $ty:ty),*) $(-> $result:ty)?
            = $method:ident, $signature:expr;
    )*})*) => {
        $($(functions!(@one $($mode)? $symbol($($param: $ty),*) $(-> $result)? = $method);)*)*

        pub(in $crate::abi) const FUNCTIONS: &[$crate::imports::Import] = &[$($(
            $crate::imports::Import {
                interface: $interface,
                releases: $crate::imports::Releases::$releases,
                name: $name,
                signature: functions!(@signature $($mode)? $signature),
                symbol: stringify!($symbol),
                address: $crate::abi::Address($symbol as *const std::ffi::c_void),
            },
        )*)*];

        #[cfg(test)]
        pub(in $crate::abi) fn shapes() -> Vec<$crate::abi::shape::Shape> {
            vec![$($($crate::abi::shape::Shape {
                symbol: stringify!($symbol),
                params: vec![$($crate::abi::shape::param::<$ty>()),*],
                result: functions!(@result $($result)?),
            },)*)*]
        }
    };
    (@one done $symbol:ident($($param:ident: $ty:ty),*) -> $result:ty = $method:ident) => {
        // The completion, the last argument, is not used.
        functions!(@one $symbol($($param: $ty),*) -> $result = $method);
    };
    (@one waits $symbol:ident($($param:ident: $ty:ty),*) = $method:ident) => {
        /// # Safety
        /// See the module's head.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $symbol(
            wasi: *mut std::ffi::c_void,
            $($param: <$ty as $crate::abi::values::Param>::Raw,)*
            completion: *mut $crate::abi::completion::Completion,
        ) -> i32 {
            // SAFETY: see the module's head.
            unsafe {
                $crate::abi::call::begin(wasi, completion, |wasi, waiter| {
                    wasi.$method($(<$ty as $crate::abi::values::Param>::lift($param)?,)* waiter)
                })
            }
        }
    };
    (@one $symbol:ident($($param:ident: $ty:ty),*) = $method:ident) => {
        /// # Safety
        /// See the module's head.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $symbol(
            wasi: *mut std::ffi::c_void,
            $($param: <$ty as $crate::abi::values::Param>::Raw,)*
        ) -> i32 {
            // SAFETY: see the module's head.
            unsafe {
                $crate::abi::call::enter::<()>(wasi, std::ptr::null_mut(), |wasi| {
                    wasi.$method($(<$ty as $crate::abi::values::Param>::lift($param)?),*)
                })
            }
        }
    };
    (@one $symbol:ident($($param:ident: $ty:ty),*) -> $result:ty = $method:ident) => {
        /// # Safety
        /// See the module's head.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $symbol(
            wasi: *mut std::ffi::c_void,
            $($param: <$ty as $crate::abi::values::Param>::Raw,)*
            result: *mut <$result as $crate::abi::values::Lower>::Raw,
        ) -> i32 {
            // SAFETY: see the module's head.
            unsafe {
                $crate::abi::call::enter::<$result>(wasi, result, |wasi| {
                    let value =
                        wasi.$method($(<$ty as $crate::abi::values::Param>::lift($param)?),*);
                    Ok(<$result>::from(value))
                })
            }
        }
    };
    (@signature $mode:ident $signature:expr) => { concat!("async ", $signature) };
    (@signature $signature:expr) => { $signature };
    (@result) => { None };
    (@result $result:ty) => { Some($crate::abi::shape::result::<$result>()) };
}
pub(super) use functions;

/// `interface @ releases: "resource" symbol = method;` makes the destructor `symbol` and an element of
/// `RESOURCES`.
macro_rules! resources {
    ($($interface:literal @ $releases:ident {$($resource:literal $symbol:ident = $method:ident;)*})*) => {
        $($(
            /// # Safety
            /// See the module's head.
            #[unsafe(no_mangle)]
            pub unsafe extern "C" fn $symbol(wasi: *mut std::ffi::c_void, rep: u64) {
                // SAFETY: see the module's head.
                unsafe {
                    $crate::abi::call::end(wasi, |wasi| {
                        wasi.$method($crate::table::Handle::from_bits(rep));
                    });
                }
            }
        )*)*

        pub(in $crate::abi) const RESOURCES: &[$crate::imports::Drop] = &[$($(
            $crate::imports::Drop {
                interface: $interface,
                releases: $crate::imports::Releases::$releases,
                resource: $resource,
                symbol: stringify!($symbol),
                address: $crate::abi::Address($symbol as *const std::ffi::c_void),
            },
        )*)*];
    };
}
pub(super) use resources;
