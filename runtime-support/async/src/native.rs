//! Values in the host's layout (docs/native-abi.md).

use core::ffi::c_void;
use core::fmt;
use core::mem::size_of;
use core::ops::Deref;
use core::slice;

/// A type whose values lie in memory as those of a component type do for the host, and own what they point to.
///
/// Records and tuples are `#[repr(C)]` structs of fields that are `Native`; a `char` is a `u32`, since what is read
/// need not be trusted to be one; resources, streams and futures are `u64`.
///
/// # Safety
/// The layout is that of the component type; every pattern that the component may give is a value; addresses in it
/// come from `malloc`, and dropping the value frees them.
pub unsafe trait Native: Send + 'static {}

macro_rules! numbers {
    ($($number:ty)*) => {
        // SAFETY: numbers of the component model are those of C.
        $(unsafe impl Native for $number {})*
    };
}
numbers!(u8 i8 u16 i16 u32 i32 u64 i64 f32 f64);

// SAFETY: no bytes: what functions without a result and streams without elements have.
unsafe impl Native for () {}

/// `list<T>`: `{ T *ptr; size_t len; }` with memory from `malloc`.
#[repr(C)]
pub struct List<T> {
    ptr: *mut T,
    len: usize,
}

// SAFETY: it owns its elements.
unsafe impl<T: Send> Send for List<T> {}
// SAFETY: shared, it gives shared elements only.
unsafe impl<T: Sync> Sync for List<T> {}
// SAFETY: the layout of a list; the component's lists come from `malloc`.
unsafe impl<T: Native> Native for List<T> {}

impl<T> List<T> {
    pub const fn new() -> List<T> {
        List { ptr: core::ptr::null_mut(), len: 0 }
    }

    pub fn as_slice(&self) -> &[T] {
        if self.len == 0 {
            return &[];
        }
        // SAFETY: made below or by the component: so many elements at an address of their alignment.
        unsafe { slice::from_raw_parts(self.ptr, self.len) }
    }

    fn with_capacity(count: usize) -> List<T> {
        assert!(align_of::<T>() <= align_of::<libc::max_align_t>(), "malloc aligns no further");
        let size = count.checked_mul(size_of::<T>()).expect("a size");
        // SAFETY: any size may be asked for.
        let ptr = unsafe { libc::malloc(size.max(1)) }.cast::<T>();
        assert!(!ptr.is_null(), "no memory");
        List { ptr, len: 0 }
    }
}

impl<T> Default for List<T> {
    fn default() -> List<T> {
        List::new()
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(items: Vec<T>) -> List<T> {
        let mut list = List::<T>::with_capacity(items.len());
        for item in items {
            // SAFETY: there is room for all items.
            unsafe { list.ptr.add(list.len).write(item) };
            list.len += 1;
        }
        list
    }
}

impl<T> Deref for List<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        self.as_slice()
    }
}

impl<T> Drop for List<T> {
    fn drop(&mut self) {
        if self.len > 0 {
            // SAFETY: they are this list's, and not used again.
            unsafe { core::ptr::slice_from_raw_parts_mut(self.ptr, self.len).drop_in_place() };
        }
        // SAFETY: it came from `malloc`, or is null.
        unsafe { libc::free(self.ptr.cast::<c_void>()) };
    }
}

impl<T: fmt::Debug> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_slice().fmt(f)
    }
}

/// `string`: a list of bytes in UTF-8.
#[repr(transparent)]
#[derive(Default)]
pub struct Str(List<u8>);

// SAFETY: the layout of a string, with memory from `malloc`.
unsafe impl Native for Str {}

impl Str {
    pub fn as_str(&self) -> &str {
        // SAFETY: what a component gives is UTF-8, and so is what this was made from.
        unsafe { core::str::from_utf8_unchecked(&self.0) }
    }
}

impl From<&str> for Str {
    fn from(text: &str) -> Str {
        let mut list = List::<u8>::with_capacity(text.len());
        // SAFETY: there is room for all bytes.
        unsafe { list.ptr.copy_from_nonoverlapping(text.as_ptr(), text.len()) };
        list.len = text.len();
        Str(list)
    }
}

impl Deref for Str {
    type Target = str;
    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Debug for Str {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}
