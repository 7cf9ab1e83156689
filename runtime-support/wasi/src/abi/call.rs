//! What surrounds every function: receiver, status, panics; and the macros that make the symbols.

use super::values::Lower;
use crate::state::{Stop, Wasi};
use std::ffi::c_void;
use std::panic::{AssertUnwindSafe, catch_unwind};

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

/// `interface: "name" symbol(parameter: Type, …) -> Result = method, signature;`
///
/// makes the function `symbol` and an element of `FUNCTIONS`. Types are [`super::values::Param`]s and
/// [`Lower`]s; the signature is what the compiler's `signature_text` says of the import.
macro_rules! functions {
    ($($interface:literal {$(
        $name:literal $symbol:ident($($param:ident: $ty:ty),*) $(-> $result:ty)? = $method:ident,
            $signature:expr;
    )*})*) => {
        $($(functions!(@one $symbol($($param: $ty),*) $(-> $result)? = $method);)*)*

        pub(super) const FUNCTIONS: &[$crate::imports::Import] = &[$($(
            $crate::imports::Import {
                interface: $interface,
                name: $name,
                signature: $signature,
                symbol: stringify!($symbol),
                address: $crate::abi::Address($symbol as *const std::ffi::c_void),
            },
        )*)*];

        #[cfg(test)]
        pub(super) fn shapes() -> Vec<$crate::abi::shape::Shape> {
            vec![$($($crate::abi::shape::Shape {
                symbol: stringify!($symbol),
                params: vec![$($crate::abi::shape::param::<$ty>()),*],
                result: functions!(@result $($result)?),
            },)*)*]
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
                    Ok(wasi.$method($(<$ty as $crate::abi::values::Param>::lift($param)?),*))
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
    (@result) => { None };
    (@result $result:ty) => { Some($crate::abi::shape::result::<$result>()) };
}
pub(super) use functions;

/// `interface: "resource" symbol = method;` makes the destructor `symbol` and an element of `RESOURCES`.
macro_rules! resources {
    ($($interface:literal {$($resource:literal $symbol:ident = $method:ident;)*})*) => {
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

        pub(super) const RESOURCES: &[$crate::imports::Drop] = &[$($(
            $crate::imports::Drop {
                interface: $interface,
                resource: $resource,
                symbol: stringify!($symbol),
                address: $crate::abi::Address($symbol as *const std::ffi::c_void),
            },
        )*)*];
    };
}
pub(super) use resources;
