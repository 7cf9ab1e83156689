//! Zones that stop, in every way.

use crate::context::Context;
use crate::testing::*;
use crate::trap::fault_at;
use core::ffi::{c_int, c_void};
use std::format;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus};
use weldc_abi::{Trap, context};

#[test]
fn a_call_that_returns_leaves_no_trace() {
    let zone = TestZone::new();
    assert_eq!(zone.call(weldc_test_return, 0), 0);
    assert_eq!(zone.message(), "");
    assert_eq!(zone.load::<u32>(context::STATE as u32), 0);
}

#[test]
fn an_explicit_trap_lands_in_the_entry() {
    let zone = TestZone::new();
    assert_eq!(zone.call(weldc_test_raise, 0), Trap::Unreachable as i32);
    assert_eq!(zone.load::<u32>(context::STATE as u32), Trap::Unreachable as u32);
    assert_eq!(
        zone.message(),
        "wasm trap: wasm `unreachable` instruction executed\n    0:     0x10 - m!raise"
    );
}

#[test]
fn a_fault_in_a_memory_is_a_trap() {
    let zone = TestZone::new();
    let base: usize = zone.load(layout::MEMORY_0);
    assert_eq!(zone.call(weldc_test_load, base), 0);
    assert_eq!(zone.call(weldc_test_load, base + 65536), Trap::MemoryOutOfBounds as i32);
    assert_eq!(zone.message(), "wasm trap: out of bounds memory access\n    0:     0x20 - m!load");
}

#[test]
fn a_division_by_zero_is_a_trap() {
    let zone = TestZone::new();
    assert_eq!(zone.call(weldc_test_divide, 1), 0);
    assert_eq!(zone.call(weldc_test_divide, 0), Trap::IntegerDivideByZero as i32);
    let expected = "    0:     0x30 - m!raise
                    at d.rs:30:2
                - m!divide
                    at d.rs:7";
    assert!(zone.message().ends_with(expected), "{}", zone.message());
}

#[test]
fn an_exhausted_stack_is_a_trap() {
    let zone = TestZone::new();
    let here = 0u8;
    let limit = (&raw const here as usize) - (64 << 10);
    assert_eq!(zone.call(weldc_test_overflow, limit), Trap::StackOverflow as i32);
    let message = zone.message();
    let mut lines = message.lines();
    assert_eq!(lines.next(), Some("wasm trap: call stack exhausted"));
    assert_eq!(lines.next(), Some("    0:     0x41 - m!overflow"));
    assert_eq!(lines.next(), Some("    1:     0x40 - m!overflow"));
}

#[test]
fn a_hundred_thousand_frames_are_walked() {
    let deep = || {
        let zone = TestZone::new();
        assert_eq!(zone.call(weldc_test_recurse, 99_999), Trap::Unreachable as i32);
        let message = zone.message();
        // The innermost call has no site: its offset is not known.
        assert!(message.contains("\n    0:        ? - m!recurse\n    1:     0x50 - m!recurse"));
        assert!(message.ends_with("\n   63:     0x50 - m!recurse\n       ... 99936 more frames"));
    };
    std::thread::Builder::new().stack_size(16 << 20).spawn(deep).unwrap().join().unwrap();
}

#[test]
fn registers_that_calls_preserve_survive_a_trap() {
    let zone = TestZone::new();
    let (mut r12, mut r13, mut r14, mut r15) = (12u64, 13u64, 14u64, 15u64);
    let status: u64;
    // SAFETY: the call of `TestZone::call`, with values of our own in these registers.
    unsafe {
        core::arch::asm!(
            "call {entry}",
            entry = sym weldc_test_entry,
            in("rdi") zone.0.0,
            in("rsi") weldc_test_raise as *const (),
            in("rdx") 0,
            inout("r12") r12,
            inout("r13") r13,
            inout("r14") r14,
            inout("r15") r15,
            lateout("rax") status,
            clobber_abi("sysv64"),
        );
    }
    assert_eq!(status as u32, Trap::Unreachable as u32);
    assert_eq!([r12, r13, r14, r15], [12, 13, 14, 15]);
}

/// What a host's function sees of the zone that calls it.
extern "C" fn host_that_traps_inside(zone: Context) -> i32 {
    // SAFETY: the zone that is calling.
    let status = unsafe { weldc_test_entry(zone, weldc_test_divide, 0) };
    assert_eq!(status, Trap::IntegerDivideByZero as i32);
    status
}

extern "C" fn host_that_traps_elsewhere(_zone: Context) -> i32 {
    let other = TestZone::new();
    assert_eq!(other.call(weldc_test_raise, 0), Trap::Unreachable as i32);
    0
}

#[test]
fn the_first_trap_of_nested_calls_is_the_zones() {
    let zone = TestZone::new();
    let status = zone.call(weldc_test_call_host, host_that_traps_inside as *const () as usize);
    assert_eq!(status, Trap::IntegerDivideByZero as i32);
    assert!(zone.message().contains("\n                - m!divide\n"), "{}", zone.message());
}

#[test]
fn a_trap_in_a_zone_does_not_touch_its_caller() {
    let zone = TestZone::new();
    let host = host_that_traps_elsewhere as *const () as usize;
    assert_eq!(zone.call(weldc_test_call_host, host), 0);
    assert_eq!(zone.message(), "");
}

#[test]
fn only_sites_of_artefacts_in_use_are_faults() {
    let _zone = TestZone::new();
    assert_eq!(fault_at(weldc_test_load as *const () as usize), None);
    assert_eq!(fault_at(fault_at as *const () as usize), None);
    assert_eq!(fault_at(0), None);
}

#[test]
fn threads_trap_independently() {
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..200 {
                    let zone = TestZone::new();
                    assert_eq!(zone.call(weldc_test_load, 8), Trap::MemoryOutOfBounds as i32);
                }
            });
        }
    });
}

/// Runs a test of this program as a process of its own, which sees `WELDC_CHILD`.
fn child(test: &str) -> ExitStatus {
    let program = std::env::current_exe().unwrap();
    let name = format!("trap::tests::{test}");
    let mut command = Command::new(program);
    command.args([&name, "--exact", "--nocapture", "--include-ignored"]);
    command.env("WELDC_CHILD", "1").stderr(std::process::Stdio::null()).status().unwrap()
}

fn is_child() -> bool {
    std::env::var_os("WELDC_CHILD").is_some()
}

fn install(signal: c_int, handler: usize, flags: c_int) {
    // SAFETY: a handler of the type that the flags say.
    unsafe {
        let mut action: libc::sigaction = core::mem::zeroed();
        action.sa_sigaction = handler;
        action.sa_flags = flags;
        assert_eq!(libc::sigaction(signal, &action, core::ptr::null_mut()), 0);
    }
}

/// A fault that is no artefact's.
fn fault() {
    // SAFETY: the process is meant to get a signal.
    unsafe { core::arch::asm!("ud2") }
}

extern "C" fn handler_with_information(
    signal: c_int,
    info: *mut libc::siginfo_t,
    context: *mut c_void,
) {
    // SAFETY: the kernel's, handed on.
    unsafe {
        assert!(signal == libc::SIGILL && (*info).si_signo == signal && !context.is_null());
        libc::_exit(42);
    }
}

extern "C" fn plain_handler(_signal: c_int) {
    // SAFETY: no conditions.
    unsafe { libc::_exit(43) };
}

#[test]
fn a_foreign_fault_goes_to_the_previous_handler() {
    if is_child() {
        install(libc::SIGILL, handler_with_information as *const () as usize, libc::SA_SIGINFO);
        let zone = TestZone::new();
        assert_eq!(zone.call(weldc_test_load, 8), Trap::MemoryOutOfBounds as i32);
        return fault();
    }
    let status = child("a_foreign_fault_goes_to_the_previous_handler");
    assert_eq!(status.code(), Some(42));
}

#[test]
fn a_foreign_fault_goes_to_the_previous_plain_handler() {
    if is_child() {
        install(libc::SIGILL, plain_handler as *const () as usize, 0);
        let _zone = TestZone::new();
        return fault();
    }
    let status = child("a_foreign_fault_goes_to_the_previous_plain_handler");
    assert_eq!(status.code(), Some(43));
}

#[test]
fn a_foreign_fault_without_handler_ends_the_process() {
    if is_child() {
        let _zone = TestZone::new();
        return fault();
    }
    let status = child("a_foreign_fault_without_handler_ends_the_process");
    assert_eq!(status.signal(), Some(libc::SIGILL));
}

#[test]
fn a_signal_that_was_sent_is_not_a_fault() {
    if is_child() {
        install(libc::SIGFPE, libc::SIG_IGN, 0);
        let _zone = TestZone::new();
        // SAFETY: no conditions. The first is ignored, the second ends the process.
        unsafe {
            libc::raise(libc::SIGFPE);
            libc::raise(libc::SIGILL);
            libc::_exit(1);
        }
    }
    let status = child("a_signal_that_was_sent_is_not_a_fault");
    assert_eq!(status.signal(), Some(libc::SIGILL));
}

#[test]
fn a_trap_that_no_entry_can_catch_ends_the_process() {
    if is_child() {
        let zone = TestZone::new();
        // SAFETY: the process is meant to end; the body is called as if by an entry.
        return unsafe { weldc_test_raise(zone.0) };
    }
    let status = child("a_trap_that_no_entry_can_catch_ends_the_process");
    assert_eq!(status.signal(), Some(libc::SIGABRT));
}
