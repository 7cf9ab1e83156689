//! A Rust program with a "rich" library linked in, see rich.c.

use std::ffi::c_void;
use std::ptr;

#[repr(C)]
struct Str {
    ptr: *const u8,
    len: usize,
}

impl Str {
    fn new(text: &str) -> Str {
        Str { ptr: text.as_ptr(), len: text.len() }
    }

    fn text(&self) -> String {
        // SAFETY: the component's strings are valid until they are freed.
        let bytes = unsafe { std::slice::from_raw_parts(self.ptr, self.len) };
        String::from_utf8_lossy(bytes).into_owned()
    }
}

unsafe extern "C" {
    fn rich_new(imports: *const c_void, host: *mut c_void, rich: &mut *mut c_void) -> i32;
    fn rich_delete(rich: *mut c_void);
    fn rich_api_greet(rich: *mut c_void, name: &Str, result: &mut Str) -> i32;
    fn rich_api_counter_new(rich: *mut c_void, start: u32, result: &mut u64) -> i32;
    fn rich_api_counter_inc(rich: *mut c_void, counter: u64, by: u32, result: &mut u32) -> i32;
    fn rich_api_counter_drop(rich: *mut c_void, counter: u64) -> i32;
    fn free(address: *mut c_void);
}

fn main() {
    let mut rich = ptr::null_mut();
    let mut greeting = Str { ptr: ptr::null(), len: 0 };
    let (mut counter, mut value) = (0, 0);
    // SAFETY: the arguments are those of rich.h.
    unsafe {
        assert_eq!(rich_new(ptr::null(), ptr::null_mut(), &mut rich), 0);
        assert_eq!(rich_api_greet(rich, &Str::new("Rust"), &mut greeting), 0);
        assert!(greeting.text().starts_with("Hello, Rust!"), "{}", greeting.text());
        free(greeting.ptr.cast_mut().cast());
        assert_eq!(rich_api_counter_new(rich, 40, &mut counter), 0);
        assert_eq!(rich_api_counter_inc(rich, counter, 2, &mut value), 0);
        assert_eq!(value, 42);
        assert_eq!(rich_api_counter_drop(rich, counter), 0);
        rich_delete(rich);
    }
    println!("{value}");
}
