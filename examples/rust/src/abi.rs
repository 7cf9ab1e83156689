//! The C interface of the component, as `weldc build inventory.wasm --imports table -o inventory.h` says
//! it, for the part that this program uses.

use std::ffi::{CStr, c_char, c_void};
use std::marker::PhantomData;
use std::slice;

pub type Status = i32;

pub const UNREACHABLE: Status = 1;

/// An instance; only its address matters.
#[repr(C)]
pub struct Instance {
    _private: [u8; 0],
}

/// A list: a parameter borrows what it points to, a result owns it ([`Owned`]).
#[repr(C)]
#[derive(Clone, Copy)]
pub struct List<'a, T> {
    pub ptr: *const T,
    pub len: usize,
    _borrows: PhantomData<&'a T>,
}

impl<'a, T> List<'a, T> {
    pub fn new(items: &'a [T]) -> Self {
        List { ptr: items.as_ptr(), len: items.len(), _borrows: PhantomData }
    }

    pub fn items(&self) -> &'a [T] {
        if self.len == 0 {
            return &[];
        }
        // SAFETY: made from a slice, or by the component, whose lists are valid: for the call if this
        // is a parameter of an import, until it is freed if it is a result.
        unsafe { slice::from_raw_parts(self.ptr, self.len) }
    }
}

/// A string is a list of bytes in UTF-8.
pub type Str<'a> = List<'a, u8>;

impl<'a> Str<'a> {
    pub fn text(&self) -> &'a str {
        std::str::from_utf8(self.items()).expect("the component's strings are UTF-8")
    }
}

impl<'a> From<&'a str> for Str<'a> {
    fn from(text: &'a str) -> Self {
        List::new(text.as_bytes())
    }
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Opt<T> {
    pub is_some: u8,
    pub value: T,
}

#[repr(C)]
pub struct Item<'a> {
    pub name: Str<'a>,
    pub category: u8,
    pub price: u32,
    pub labels: u8,
    pub tags: List<'a, Str<'a>>,
    pub note: Opt<Str<'a>>,
}

pub const FOOD: u8 = 1;
pub const FRAGILE: u8 = 1;

#[repr(C)]
pub struct Query {
    pub tag: u8,
    pub val: QueryPayload,
}

#[repr(C)]
pub union QueryPayload {
    pub named: Str<'static>,
    pub cheaper_than: u32,
}

pub const CHEAPER_THAN: u8 = 2;

#[repr(C)]
pub struct Found {
    pub item: Item<'static>,
    pub count: u32,
}

#[repr(C)]
pub struct Problem {
    pub tag: u8,
    pub val: ProblemPayload,
}

#[repr(C)]
pub union ProblemPayload {
    pub unknown_item: Str<'static>,
    pub too_few: [u32; 2],
}

pub const UNKNOWN_ITEM: u8 = 0;
pub const TOO_FEW: u8 = 1;

#[repr(C)]
pub struct Outcome {
    pub is_err: u8,
    pub val: OutcomePayload,
}

#[repr(C)]
pub union OutcomePayload {
    pub ok: u64,
    pub err: std::mem::ManuallyDrop<Problem>,
}

/// The functions that the component calls, in the order of the header.
#[repr(C)]
pub struct Imports {
    pub journal_drop: extern "C" fn(*mut c_void, u64),
    pub journal_new: extern "C" fn(*mut c_void, &Str, &mut u64) -> Status,
    pub journal_append: extern "C" fn(*mut c_void, u64, &Str, &mut Opt<u64>) -> Status,
    pub tax: extern "C" fn(*mut c_void, &Item, &mut f64) -> Status,
    pub titles: extern "C" fn(*mut c_void, &mut List<'static, Str<'static>>) -> Status,
}

#[rustfmt::skip]
unsafe extern "C" {
    pub fn inventory_new(imports: &Imports, host: *mut c_void, instance: &mut *mut Instance) -> Status;
    pub fn inventory_delete(instance: *mut Instance);
    pub fn inventory_message(instance: *const Instance) -> *const c_char;
    pub fn inventory_stock_warehouse_new(i: *mut Instance, name: &Str, result: &mut u64) -> Status;
    pub fn inventory_stock_warehouse_drop(i: *mut Instance, handle: u64) -> Status;
    pub fn inventory_stock_warehouse_add(
        i: *mut Instance, handle: u64, item: &Item, count: u32, result: *mut Outcome) -> Status;
    pub fn inventory_stock_warehouse_remove(
        i: *mut Instance, handle: u64, name: &Str, count: u32, result: *mut Outcome) -> Status;
    pub fn inventory_stock_warehouse_find(
        i: *mut Instance, handle: u64, query: &Query, result: *mut List<'static, Found>) -> Status;
    pub fn inventory_stock_warehouse_value(i: *mut Instance, handle: u64, result: &mut f64) -> Status;
    pub fn inventory_stock_audit(
        i: *mut Instance, all: &List<u64>, result: *mut List<'static, Str<'static>>) -> Status;
    pub fn inventory_stock_crash(i: *mut Instance, depth: u32) -> Status;
    fn malloc(size: usize) -> *mut c_void;
    fn free(address: *mut c_void);
}

/// The message of the trap that ended an instance.
///
/// # Safety
/// The instance is one, or null.
pub unsafe fn message(instance: *const Instance) -> String {
    if instance.is_null() {
        return String::new();
    }
    // SAFETY: the caller vouches for the instance; the message is a C string that lives as long.
    unsafe { CStr::from_ptr(inventory_message(instance)) }.to_string_lossy().into_owned()
}

/// A copy of `items` from malloc: what an import returns.
pub fn give<T: Copy>(items: &[T]) -> List<'static, T> {
    // SAFETY: `malloc` gives room for the items, which are plain data.
    let ptr = unsafe {
        let ptr = malloc(size_of_val(items).max(1)).cast::<T>();
        assert!(!ptr.is_null(), "no memory");
        ptr.copy_from_nonoverlapping(items.as_ptr(), items.len());
        ptr
    };
    List { ptr, len: items.len(), _borrows: PhantomData }
}

/// What has strings or lists in it that must be freed.
pub trait Free {
    fn free(&self);
}

impl<T: Free> Free for List<'static, T> {
    fn free(&self) {
        self.items().iter().for_each(T::free);
        // SAFETY: lists in results come from malloc, and this one is not used again.
        unsafe { free(self.ptr.cast_mut().cast()) };
    }
}

impl Free for u8 {
    fn free(&self) {}
}

impl Free for Found {
    fn free(&self) {
        self.item.name.free();
        self.item.tags.free();
        if self.item.note.is_some != 0 {
            self.item.note.value.free();
        }
    }
}

impl Free for Outcome {
    fn free(&self) {
        if let Err(problem) = self.get()
            && problem.tag == UNKNOWN_ITEM
        {
            // SAFETY: the tag says that there is a name.
            unsafe { problem.val.unknown_item }.free();
        }
    }
}

impl Outcome {
    pub fn get(&self) -> Result<u64, &Problem> {
        // SAFETY: `is_err` says which of the two it is.
        unsafe { if self.is_err == 0 { Ok(self.val.ok) } else { Err(&self.val.err) } }
    }
}

/// A result: freed when it goes.
pub struct Owned<T: Free>(pub T);

impl<T: Free> Drop for Owned<T> {
    fn drop(&mut self) {
        self.0.free();
    }
}
