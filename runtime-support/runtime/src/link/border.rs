//! Typed access to what an artefact says about its border.

use crate::artefact::{Loaded, array, follow};
use crate::context::Context;
use core::cmp::Ordering;
use core::ffi::c_void;
use weldc_abi::artefact::Resource;
use weldc_abi::context;
use weldc_abi::linkage::{Item, Linkage, Part, Type};

/// The border of a checked artefact.
#[derive(Clone, Copy)]
pub struct Border {
    pub artefact: Loaded,
    /// Null for a program that has none.
    linkage: *const Linkage,
}

/// `array!(self, field, count)`: the array of this field.
macro_rules! array {
    ($this:ident, $field:ident, $count:ident) => {
        if $this.linkage.is_null() {
            &[]
        } else {
            // SAFETY: the compiler put a record there.
            unsafe { array(&raw const (*$this.linkage).$field, (*$this.linkage).$count) }
        }
    };
}

impl Border {
    pub fn new(artefact: Loaded) -> Border {
        Border { artefact, linkage: artefact.linkage() }
    }

    /// That of a zone, which may be of another copy of this runtime; `None` if it is not of this version.
    ///
    /// # Safety
    /// The context is null or that of a living zone.
    pub unsafe fn of(zone: Context) -> Option<Border> {
        if zone.0.is_null() {
            return None;
        }
        // SAFETY: the caller's; the field is where it is in every version, and the artefact is loaded.
        unsafe { Loaded::check(zone.load(context::ARTEFACT as u32)) }.map(Border::new)
    }

    pub fn imports(&self) -> &[Item] {
        array!(self, imports, import_count)
    }
    fn exports(&self) -> &[Item] {
        array!(self, exports, export_count)
    }
    pub fn types(&self) -> &[Type] {
        array!(self, types, type_count)
    }

    /// What is inside a type.
    pub fn parts(&self, ty: &Type) -> &[Part] {
        let parts: &[Part] = array!(self, parts, part_count);
        let range = ty.first as usize..(ty.first as usize).saturating_add(ty.count as usize);
        parts.get(range).unwrap_or_default()
    }

    pub fn resource(&self, number: u32) -> Option<&Resource> {
        self.artefact.resources().get(number as usize)
    }

    pub fn interface(&self, item: &Item) -> &[u8] {
        self.artefact.name(item.interface, item.interface_size)
    }
    pub fn name(&self, item: &Item) -> &[u8] {
        self.artefact.name(item.name, item.name_size)
    }
    pub fn part_name(&self, part: &Part) -> &[u8] {
        self.artefact.name(part.name, part.name_size)
    }

    /// The export of this name.
    pub fn export(&self, interface: &[u8], name: &[u8]) -> Option<&Item> {
        let order = |item: &Item| match self.interface(item).cmp(interface) {
            Ordering::Equal => self.name(item).cmp(name),
            other => other,
        };
        let index = self.exports().binary_search_by(order).ok()?;
        self.exports().get(index)
    }

    /// The code of an exported function.
    pub fn entry(item: &Item) -> *const c_void {
        follow(&raw const item.entry)
    }
}
