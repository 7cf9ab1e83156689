//! `main`, as far as it comes without a compiled component.

use super::super::command::*;
use crate::{Grants, weldc_wasi_main};
use std::ffi::{CStr, c_char, c_int, c_void};
use std::ptr::{null, null_mut};

/// No zone exists that it could be called for.
unsafe extern "C" fn never(_: *mut c_void, _: *mut u8) -> i32 {
    unreachable!()
}

fn main(arguments: &[&CStr], grants: &[u8]) -> c_int {
    let argv: Vec<*const c_char> = arguments.iter().map(|argument| argument.as_ptr()).collect();
    let argc = argv.len() as c_int;
    unsafe { weldc_wasi_main(argc, argv.as_ptr(), null(), never, grants.as_ptr(), grants.len()) }
}

#[test]
fn a_trap_is_an_abort() {
    assert_eq!(main(&[c"program", c"argument"], &Grants::default().encode()), 134);
    assert_eq!(main(&[], &[]), 134);
}

#[test]
fn what_cannot_be_granted_is_an_error() {
    assert_eq!(main(&[c"program"], b"damaged"), 1);
    assert_eq!(main(&[c"\xff"], &[]), 1);
    let mut grants = Grants::default();
    grants.add_dir("/surely/not/there").unwrap();
    assert_eq!(main(&[c"program"], &grants.encode()), 1);
}

#[test]
fn a_command_without_an_artefact_traps() {
    let mut wasi = crate::Wasi::new(Grants::default()).unwrap();
    let command =
        Command { artefact: null(), run: never, attach: None, imports: null(), host: null_mut() };
    assert_eq!(unsafe { run_command(&mut wasi, &command) }, 134);
}
