//! How components that were compiled apart meet at run time.
//!
//! An artefact describes what can be called from outside and what the program wants from there, with types, so
//! that one zone's exports can be bound to another's imports. Two types of different artefacts are the same if
//! they have the same structure and their resources are the same.

use crate::artefact::Rel;

/// What an artefact says about its border.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Linkage {
    /// `[Item; export_count]`, sorted by the bytes of interface and name.
    pub exports: Rel,
    pub export_count: u32,
    /// `[Item; import_count]`
    pub imports: Rel,
    pub import_count: u32,
    /// `[Type; type_count]`: no two are equal, and those inside another come before it.
    pub types: Rel,
    pub type_count: u32,
    /// `[Part; part_count]`
    pub parts: Rel,
    pub part_count: u32,
}

/// A function, a resource type or a value at the border.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct Item {
    /// Offset and size in the artefact's strings of the name of the instance that it is in (`/` between the
    /// names of nested ones); a size of 0 for what the root has itself.
    pub interface: u32,
    pub interface_size: u32,
    /// Offset and size of its own name.
    pub name: u32,
    pub name_size: u32,
    /// An [`item`] kind.
    pub kind: u32,
    /// Which of [`Linkage::types`] is the function's, or that of the function that gives the value; which of [`crate::artefact::Artefact::resources`] it is.
    pub index: u32,
    /// Of an import, where its words are ([`crate::context::import`]); [`NO_SLOT`] if nothing in the program
    /// uses it, and for exports.
    pub slot: u32,
    /// Of an exported function or value: `extern "C" (context, parameter…, result) -> status`, the host's form of a call;
    /// 0 if it has none, and for everything else.
    pub entry: Rel,
}

/// No words.
pub const NO_SLOT: u32 = u32::MAX;

/// Kinds of [`Item`].
pub mod item {
    pub const FUNC: u32 = 0;
    pub const RESOURCE: u32 = 1;
    /// A value, by a function without parameters that gives it.
    pub const VALUE: u32 = 2;
}

/// A type of values or of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(C)]
pub struct Type {
    /// A [`kind`].
    pub kind: u32,
    /// The length of a list of fixed length, the number of the resource of a handle, 1 for an asynchronous
    /// function; 0 for everything else.
    pub value: u32,
    /// Which of [`Linkage::parts`] are inside.
    pub first: u32,
    pub count: u32,
}

/// A field, case, label, element, payload, parameter or result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(C)]
pub struct Part {
    /// Offset and size of its name in the artefact's strings; a size of 0 if it has none.
    pub name: u32,
    pub name_size: u32,
    /// The number of its type, [`NO_TYPE`] if it has none.
    pub ty: u32,
}

/// No type.
pub const NO_TYPE: u32 = u32::MAX;

/// Kinds of [`Type`].
pub mod kind {
    pub const BOOL: u32 = 0;
    pub const S8: u32 = 1;
    pub const U8: u32 = 2;
    pub const S16: u32 = 3;
    pub const U16: u32 = 4;
    pub const S32: u32 = 5;
    pub const U32: u32 = 6;
    pub const S64: u32 = 7;
    pub const U64: u32 = 8;
    pub const F32: u32 = 9;
    pub const F64: u32 = 10;
    pub const CHAR: u32 = 11;
    pub const STRING: u32 = 12;
    pub const ERROR_CONTEXT: u32 = 13;
    pub const LIST: u32 = 14;
    pub const FIXED_LIST: u32 = 15;
    /// Parts: key, value.
    pub const MAP: u32 = 16;
    pub const RECORD: u32 = 17;
    pub const TUPLE: u32 = 18;
    pub const VARIANT: u32 = 19;
    pub const ENUM: u32 = 20;
    pub const OPTION: u32 = 21;
    /// Parts: success, failure.
    pub const RESULT: u32 = 22;
    pub const FLAGS: u32 = 23;
    pub const OWN: u32 = 24;
    pub const BORROW: u32 = 25;
    pub const STREAM: u32 = 26;
    pub const FUTURE: u32 = 27;
    /// Parts: the parameters, then the result.
    pub const FUNC: u32 = 28;
}

/// An instance that serves imports of another: what `PREFIX_new_linked` takes.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Provider {
    /// `const char *`: the import that is served, an instance's name or that of a function or resource type of the
    /// root's. Null for whatever the instance exports under the name of an import.
    pub import: *const core::ffi::c_char,
    /// The context of its zone.
    pub instance: *mut core::ffi::c_void,
    /// `const char *`: the export that serves it, null for one of the same name. For an import that is an
    /// instance, the empty string names the component itself; for another one, `INTERFACE#NAME` names something in
    /// an exported instance.
    pub export_name: *const core::ffi::c_char,
}
