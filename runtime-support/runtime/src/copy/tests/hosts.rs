//! What the host does from inside of the calls that it gets, and what it must not do.

#![expect(clippy::undocumented_unsafe_blocks, reason = "all are calls on ends of a living zone")]

use super::rules::{DROPPED, INSTANCE, READABLE, WRITABLE, copy, make, memory};
use super::{one_at_a_time, take_for_other};
use crate::copy::end::End;
use crate::copy::host::Operation;
use crate::copy::*;
use crate::testing::{TestZone, layout};
use core::ptr::{self, null_mut};
use std::vec::Vec;
use weldc_abi::context::instance;
use weldc_abi::handle::{self, tag};
use weldc_abi::task::PENDING;

/// A host that reads on, four bytes at a time, whenever it has read; and stops after some.
#[repr(C)]
struct Reader {
    operation: Operation,
    end: *const End,
    buffer: [u8; 4],
    read: Vec<u8>,
    most: usize,
}

unsafe extern "C" fn read_on(operation: *mut Operation, result: i32) {
    let reader = operation.cast::<Reader>();
    unsafe {
        let count = result as usize >> 4;
        let bytes = (*reader).buffer;
        (*reader).read.extend(&bytes[..count]);
        if result & 15 != 0 || (*reader).read.len() >= (*reader).most {
            weldc_rt_end_drop((*reader).end);
            (*reader).end = ptr::null();
            return;
        }
        start_reading(reader);
    }
}

unsafe fn start_reading(reader: *mut Reader) {
    unsafe {
        let buffer = (&raw mut (*reader).buffer).cast();
        let seen = weldc_rt_end_read(&*(*reader).end, buffer, 4, reader.cast());
        if seen != PENDING {
            read_on(reader.cast(), seen);
        }
    }
}

#[test]
fn a_host_may_answer_at_once() {
    let _guard = one_at_a_time();
    let before = live();
    let test = TestZone::new();
    let [readable, writable] = make(test.0, layout::BYTE, false);
    let table = INSTANCE + instance::HANDLES as u32;
    let end = unsafe { take_for_other(test.0, table, READABLE, readable) };
    let operation = Operation { done: read_on, data: null_mut() };
    let mut reader = Reader { operation, end, buffer: [0; 4], read: Vec::new(), most: 14 };
    unsafe { start_reading(&raw mut reader) };
    for offset in 0..30 {
        unsafe { memory(&test, 0).add(offset).write(offset as u8) };
    }
    let write = |address, count| copy(test.0, true, writable, address, count);
    assert_eq!(write(0, 3), Ok(3 << 4));
    assert_eq!(write(3, 10), Ok(4 << 4));
    assert_eq!(write(7, 0), Ok(0));
    assert_eq!(write(7, 4), Ok(4 << 4));
    // The host has had enough while the guest writes: that counts at once.
    assert_eq!(write(11, 10), Ok(4 << 4));
    assert!(reader.end.is_null());
    assert_eq!(reader.read, (0..15).collect::<Vec<u8>>());
    assert_eq!(write(15, 1), Ok(DROPPED));
    assert_eq!(unsafe { weldc_rt_copy_drop(test.0, INSTANCE, WRITABLE, writable) }, 0);
    // A host that asks whether the writer is there, and reads once it is: the write has ended when it returns.
    let [readable, writable] = make(test.0, layout::BYTE, false);
    let end = unsafe { take_for_other(test.0, table, READABLE, readable) };
    reader.end = end;
    reader.read.clear();
    let buffer = (&raw mut reader.buffer).cast();
    assert_eq!(unsafe { weldc_rt_end_read(&*end, buffer, 0, (&raw mut reader).cast()) }, PENDING);
    assert_eq!(copy(test.0, true, writable, 0, 3), Ok(3 << 4));
    assert_eq!(reader.read, [0, 1, 2]);
    drop(test);
    // The zone's end was told, and the host dropped its own.
    assert!(reader.end.is_null());
    assert_eq!(live(), before);
}

unsafe extern "C" fn told_nothing(_operation: *mut Operation, _result: i32) {}

#[test]
fn what_a_host_must_not_do_does_no_harm() {
    let _guard = one_at_a_time();
    let before = live();
    let mut ends = [ptr::null::<End>(); 2];
    unsafe {
        assert_eq!(weldc_rt_end_new(0, 1, 1, &raw mut ends), 0);
        let [readable, writable] = ends.map(|end| &*end);
        let mut operation = Operation { done: read_on, data: null_mut() };
        let op = &raw mut operation;
        let mut bytes = [0u8; 4];
        let buffer = bytes.as_mut_ptr();
        assert_eq!(weldc_rt_end_write(readable, buffer, 1, op), 2);
        assert_eq!(weldc_rt_end_cancel(readable), 2);
        assert_eq!(weldc_rt_end_read(readable, buffer, 1, op), PENDING);
        assert_eq!(weldc_rt_end_read(readable, buffer, 1, op), 2);
        assert_eq!(weldc_rt_end_cancel(readable), 2);
        weldc_rt_end_drop(writable);
        assert_eq!(weldc_rt_end_read(readable, buffer, 1, op), DROPPED as i32);
        assert_eq!(weldc_rt_end_read(readable, buffer, 1, op), DROPPED as i32);
        let zone = TestZone::new();
        let table = INSTANCE + instance::HANDLES as u32;
        let add = |tag, end: *const End| weldc_rt_end_add(zone.0, table, tag, end.cast_mut());
        assert_eq!(add(tag(handle::KIND_FUTURE_READABLE, layout::BYTE), readable), 0);
        assert_eq!(add(READABLE, ptr::null()), 0);
        let index = add(READABLE, readable);
        assert_eq!(add(READABLE, readable), 0);
        assert_eq!(weldc_rt_end_read(readable, buffer, 1, op), 2);
        weldc_rt_end_drop(readable);
        assert_eq!(weldc_rt_copy_drop(zone.0, INSTANCE, READABLE, index), 0);
        weldc_rt_end_drop(ptr::null());
        // A future has one value, whatever the host says.
        assert_eq!(weldc_rt_end_new(1, 1, 1, &raw mut ends), 0);
        let [readable, writable] = ends.map(|end| &*end);
        let mut operation = Operation { done: told_nothing, data: null_mut() };
        let mut values = [7, 8, 9];
        let writing = weldc_rt_end_write(writable, values.as_mut_ptr(), 3, &raw mut operation);
        assert_eq!(writing, PENDING);
        assert_eq!(weldc_rt_end_read(readable, buffer, 3, null_mut()), 0);
        assert_eq!(bytes, [7, 0, 0, 0]);
        ends.into_iter().for_each(|end| weldc_rt_end_drop(end));
    }
    assert_eq!(live(), before);
}
