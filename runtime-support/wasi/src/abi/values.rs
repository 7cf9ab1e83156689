//! The types that cross the boundary, as C has them.

use super::memory::{self, Buffer};
use crate::state::{Stop, Wasi};
use crate::table::Handle;
use std::mem::MaybeUninit;

/// A string in UTF-8.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Str {
    pub(super) start: *mut u8,
    pub(super) len: usize,
}

#[derive(Clone, Copy)]
#[repr(C)]
pub struct List<T> {
    pub(super) start: *mut T,
    pub(super) len: usize,
}

/// `option<T>`
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Opt<T: Copy> {
    tag: u8,
    value: MaybeUninit<T>,
}

/// `result<T, E>`
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Res<T: Copy, E: Copy> {
    tag: u8,
    value: Payload<T, E>,
}

#[derive(Clone, Copy)]
#[repr(C)]
union Payload<T: Copy, E: Copy> {
    ok: T,
    err: E,
}

/// `tuple<A, B>`
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Pair<A, B>(pub(super) A, pub(super) B);

impl<T: Copy> Opt<T> {
    pub(super) fn new(value: Option<T>) -> Opt<T> {
        match value {
            None => Opt { tag: 0, value: MaybeUninit::uninit() },
            Some(value) => Opt { tag: 1, value: MaybeUninit::new(value) },
        }
    }
}

impl<T: Copy, E: Copy> Res<T, E> {
    pub(super) fn new(value: Result<T, E>) -> Res<T, E> {
        match value {
            Ok(ok) => Res { tag: 0, value: Payload { ok } },
            Err(err) => Res { tag: 1, value: Payload { err } },
        }
    }
}

/// The type of a parameter: how it is passed, and what a method of [`Wasi`] gets.
pub(super) trait Param {
    type Raw: Copy;
    type Value<'a>;

    /// # Safety
    /// What the parent module demands of parameters; `'a` ends before the call does.
    unsafe fn lift<'a>(raw: Self::Raw) -> Result<Self::Value<'a>, Stop>;
}

/// The type of a result: its layout, and how it gets there.
pub(super) trait Lower {
    type Raw: Copy;

    fn lower(self, wasi: &mut Wasi) -> Result<Self::Raw, Stop>;
}

/// Types that are passed by value and mean what they say.
macro_rules! plain {
    ($($ty:ty),*) => { $(
        impl Param for $ty {
            type Raw = $ty;
            type Value<'a> = $ty;

            unsafe fn lift<'a>(raw: $ty) -> Result<Self::Value<'a>, Stop> {
                Ok(raw)
            }
        }
    )* lowered_as_it_is!($($ty),*); };
}

/// Types whose layout in Rust is the one that crosses.
macro_rules! lowered_as_it_is {
    ($($ty:ty),*) => { $(
        impl Lower for $ty {
            type Raw = $ty;

            fn lower(self, _: &mut Wasi) -> Result<$ty, Stop> {
                Ok(self)
            }
        }
    )* };
}
pub(super) use lowered_as_it_is;

plain!(u8, u32, u64, i32, i64);
lowered_as_it_is!((), bool);

impl<T> Param for Handle<T> {
    type Raw = u64;
    type Value<'a> = Handle<T>;

    unsafe fn lift<'a>(raw: u64) -> Result<Self::Value<'a>, Stop> {
        Ok(Handle::from_bits(raw))
    }
}

impl<T> Lower for Handle<T> {
    type Raw = u64;

    fn lower(self, _: &mut Wasi) -> Result<u64, Stop> {
        Ok(self.bits())
    }
}

/// A `string` parameter.
pub(super) enum Text {}

impl Param for Text {
    type Raw = *const Str;
    type Value<'a> = &'a str;

    unsafe fn lift<'a>(raw: *const Str) -> Result<Self::Value<'a>, Stop> {
        // SAFETY: as the caller promises.
        let bytes = unsafe { slice((*raw).start, (*raw).len) };
        std::str::from_utf8(bytes).map_err(|_| Stop::Failed("a string is not UTF-8"))
    }
}

/// A `list<u8>` parameter.
pub(super) enum Bytes {}

impl Param for Bytes {
    type Raw = *const List<u8>;
    type Value<'a> = &'a [u8];

    unsafe fn lift<'a>(raw: *const List<u8>) -> Result<Self::Value<'a>, Stop> {
        // SAFETY: as the caller promises.
        Ok(unsafe { slice((*raw).start, (*raw).len) })
    }
}

/// A `list<borrow<T>>` parameter.
pub(super) struct Handles<T>(std::marker::PhantomData<T>);

impl<T: 'static> Param for Handles<T> {
    type Raw = *const List<u64>;
    type Value<'a> = &'a [Handle<T>];

    unsafe fn lift<'a>(raw: *const List<u64>) -> Result<Self::Value<'a>, Stop> {
        // SAFETY: as the caller promises; a handle is its 64 bits.
        Ok(unsafe { slice((*raw).start.cast(), (*raw).len) })
    }
}

/// A `result` parameter without payloads.
pub(super) enum Unit {}

impl Param for Unit {
    type Raw = *const u8;
    type Value<'a> = Result<(), ()>;

    unsafe fn lift<'a>(raw: *const u8) -> Result<Self::Value<'a>, Stop> {
        // SAFETY: as the caller promises.
        Ok(if unsafe { *raw } == 0 { Ok(()) } else { Err(()) })
    }
}

/// # Safety
/// `start` is valid for reading `len` values for as long as `'a`, unless `len` is 0.
unsafe fn slice<'a, T>(start: *const T, len: usize) -> &'a [T] {
    if len == 0 {
        return &[];
    }
    // SAFETY: as the caller promises.
    unsafe { std::slice::from_raw_parts(start, len) }
}

impl Lower for Buffer {
    type Raw = List<u8>;

    fn lower(self, _: &mut Wasi) -> Result<List<u8>, Stop> {
        Ok(self.into_list())
    }
}

impl Lower for String {
    type Raw = Str;

    fn lower(self, _: &mut Wasi) -> Result<Str, Stop> {
        memory::string(&self)
    }
}

impl<T: Lower> Lower for Vec<T> {
    type Raw = List<T::Raw>;

    fn lower(self, wasi: &mut Wasi) -> Result<Self::Raw, Stop> {
        let items: Result<Vec<_>, _> = self.into_iter().map(|item| item.lower(wasi)).collect();
        memory::list(&items?)
    }
}

impl<T: Lower> Lower for Option<T> {
    type Raw = Opt<T::Raw>;

    fn lower(self, wasi: &mut Wasi) -> Result<Self::Raw, Stop> {
        Ok(Opt::new(self.map(|value| value.lower(wasi)).transpose()?))
    }
}

impl<A: Lower, B: Lower> Lower for (A, B) {
    type Raw = Pair<A::Raw, B::Raw>;

    fn lower(self, wasi: &mut Wasi) -> Result<Self::Raw, Stop> {
        Ok(Pair(self.0.lower(wasi)?, self.1.lower(wasi)?))
    }
}

/// A function that returns `T` or ends the zone.
impl<T: Lower> Lower for Result<T, Stop> {
    type Raw = T::Raw;

    fn lower(self, wasi: &mut Wasi) -> Result<Self::Raw, Stop> {
        self?.lower(wasi)
    }
}

#[cfg(test)]
impl<T: Copy, E: Copy> Res<T, E> {
    /// What a test sees of a result that crossed.
    pub(super) fn get(&self) -> Result<T, E> {
        // SAFETY: `new` wrote the field that the tag says.
        unsafe {
            match self.tag {
                0 => Ok(self.value.ok),
                _ => Err(self.value.err),
            }
        }
    }
}

#[cfg(test)]
impl<T: Copy> Opt<T> {
    pub(super) fn get(&self) -> Option<T> {
        // SAFETY: `new` wrote the value if the tag is not 0.
        (self.tag != 0).then(|| unsafe { self.value.assume_init() })
    }
}
