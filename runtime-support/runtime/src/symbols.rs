//! What loaders must find: every symbol that generated code refers to.

use crate::arch::LIBCALLS;
use crate::{
    alloc, arch, copy, error_context, handles, memory, strings, task, trap, wait, waitable, zone,
};
use core::ffi::c_void;

/// Rounding and fused multiply-add, for targets whose instructions lack them.
mod math {
    #[cfg_attr(unix, link(name = "m"))]
    unsafe extern "C" {
        pub fn ceilf(x: f32) -> f32;
        pub fn ceil(x: f64) -> f64;
        pub fn floorf(x: f32) -> f32;
        pub fn floor(x: f64) -> f64;
        pub fn truncf(x: f32) -> f32;
        pub fn trunc(x: f64) -> f64;
        pub fn nearbyintf(x: f32) -> f32;
        pub fn nearbyint(x: f64) -> f64;
        pub fn fmaf(x: f32, y: f32, z: f32) -> f32;
        pub fn fma(x: f64, y: f64, z: f64) -> f64;
    }
}

mod bytes {
    use super::c_void;
    unsafe extern "C" {
        pub fn memcpy(to: *mut c_void, from: *const c_void, size: usize) -> *mut c_void;
        pub fn memmove(to: *mut c_void, from: *const c_void, size: usize) -> *mut c_void;
        pub fn memset(to: *mut c_void, byte: i32, size: usize) -> *mut c_void;
        pub fn memcmp(one: *const c_void, other: *const c_void, size: usize) -> i32;
    }
}

type Symbol = (&'static str, *const ());

struct Table<const N: usize>([Symbol; N]);
// SAFETY: addresses of functions, never written to.
unsafe impl<const N: usize> Sync for Table<N> {}

/// `one`, then `other`.
const fn concat<const N: usize>(one: &[Symbol], other: &[Symbol]) -> [Symbol; N] {
    let mut all = [("", core::ptr::null()); N];
    let mut at = 0;
    while at < N {
        all[at] = if at < one.len() { one[at] } else { other[at - one.len()] };
        at += 1;
    }
    all
}

macro_rules! table {
    ($($module:ident: $($function:ident)*;)*) => {
        const PORTABLE: &[Symbol] =
            &[$($((stringify!($function), $module::$function as *const ())),*),*];
        static TABLE: Table<{ PORTABLE.len() + LIBCALLS.len() }> =
            Table(concat(PORTABLE, &LIBCALLS));
    };
}

table! {
    trap: weldc_rt_raise weldc_rt_zone_message weldc_rt_throw;
    arch: weldc_rt_gc_allocate;
    memory: weldc_rt_memory_grow weldc_rt_table_grow;
    wait: weldc_rt_atomic_wait32 weldc_rt_atomic_wait64 weldc_rt_atomic_notify;
    handles: weldc_rt_handle_new weldc_rt_handle_trap
        weldc_rt_scope_enter weldc_rt_scope_exit weldc_rt_scope_lend weldc_rt_scope_borrow
        weldc_rt_scope_alloc weldc_rt_host_drop weldc_rt_error_context_new weldc_rt_error_context_get
        weldc_rt_error_context_add weldc_rt_error_context_drop weldc_rt_error_context_lend;
    task: weldc_rt_call weldc_rt_call_finish weldc_rt_call_export weldc_rt_call_export_finish
        weldc_rt_call_lend weldc_rt_task_returned
        weldc_rt_task_return weldc_rt_task_cancel weldc_rt_subtask_cancel weldc_rt_subtask_drop
        weldc_rt_backpressure weldc_rt_thread_index weldc_rt_thread_new
        weldc_rt_thread_resume_later weldc_rt_thread_switch weldc_rt_tick weldc_rt_set_waker
        weldc_rt_set_idle;
    waitable: weldc_rt_waitable_set_new weldc_rt_waitable_set_wait weldc_rt_waitable_set_poll
        weldc_rt_waitable_set_drop weldc_rt_waitable_join;
    error_context: weldc_rt_error_context_give weldc_rt_error_context_make
        weldc_rt_error_context_retain weldc_rt_error_context_release;
    copy: weldc_rt_copy_new weldc_rt_copy weldc_rt_copy_cancel weldc_rt_copy_drop
        weldc_rt_copy_forward weldc_rt_end_take weldc_rt_end_add weldc_rt_end_new
        weldc_rt_end_read weldc_rt_end_write weldc_rt_end_cancel weldc_rt_end_drop;
    alloc: weldc_rt_alloc weldc_rt_free weldc_rt_gift_alloc weldc_rt_gifts_keep
        weldc_rt_gifts_own;
    strings: weldc_rt_validate_utf8 weldc_rt_copy_utf8 weldc_rt_copy_utf16 weldc_rt_utf8_to_utf16
        weldc_rt_utf16_to_ascii weldc_rt_utf16_to_utf8 weldc_rt_latin1_to_ascii
        weldc_rt_latin1_to_utf8 weldc_rt_latin1_to_utf16 weldc_rt_utf8_to_latin1
        weldc_rt_utf16_to_latin1;
    zone: weldc_rt_zone_new weldc_rt_zone_link weldc_rt_zone_drop;
    bytes: memcpy memmove memset memcmp;
    math: ceilf ceil floorf floor truncf trunc nearbyintf nearbyint fmaf fma;
}

/// Names and addresses of everything in the runtime, the C library and the mathematical library that
/// generated code may refer to.
pub fn symbols() -> &'static [(&'static str, *const ())] {
    &TABLE.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;
    use weldc_abi::symbols::Function;

    #[test]
    fn every_function_of_the_runtime_is_there() {
        let known: HashMap<_, _> = symbols().iter().copied().collect();
        assert_eq!(known.len(), symbols().len(), "twice the same name");
        for function in Function::ALL {
            assert!(known.contains_key(function.symbol()), "{}", function.symbol());
        }
    }
}
