//! Tables of resources, and the typed handles that name their entries.
//!
//! A handle is what generated code keeps as a resource's representation: an index and the generation of its
//! slot. Each kind of resource has its own table, so a wrong handle can only ever find a live value of the
//! right type, or nothing.

use crate::state::Stop;
use std::marker::PhantomData;

/// The 64-bit representation of a resource of type `T`.
#[repr(transparent)]
pub(crate) struct Handle<T> {
    bits: u64,
    resource: PhantomData<fn() -> T>,
}

impl<T> Clone for Handle<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Handle<T> {}

impl<T> Handle<T> {
    pub(crate) const fn from_bits(bits: u64) -> Self {
        Handle { bits, resource: PhantomData }
    }

    pub(crate) const fn bits(self) -> u64 {
        self.bits
    }

    fn new(index: usize, generation: u32) -> Self {
        Handle::from_bits(u64::from(generation) << 32 | index as u64)
    }

    fn index(self) -> usize {
        (self.bits & u64::from(u32::MAX)) as usize
    }

    fn generation(self) -> u32 {
        (self.bits >> 32) as u32
    }
}

/// All live resources of one kind.
pub(crate) struct Table<T> {
    slots: Vec<Slot<T>>,
    free: Option<usize>,
}

struct Slot<T> {
    generation: u32,
    content: Content<T>,
}

enum Content<T> {
    Live(T),
    Free { next: Option<usize> },
}

impl<T> Table<T> {
    pub(crate) const fn new() -> Self {
        Table { slots: Vec::new(), free: None }
    }

    pub(crate) fn insert(&mut self, value: T) -> Handle<T> {
        let Some(index) = self.free else {
            self.slots.push(Slot { generation: 0, content: Content::Live(value) });
            return Handle::new(self.slots.len() - 1, 0);
        };
        let slot = &mut self.slots[index];
        if let Content::Free { next } = slot.content {
            self.free = next;
        }
        slot.content = Content::Live(value);
        Handle::new(index, slot.generation)
    }

    pub(crate) fn get(&self, handle: Handle<T>) -> Result<&T, Stop> {
        match self.slots.get(handle.index()) {
            Some(Slot { generation, content: Content::Live(value) })
                if *generation == handle.generation() =>
            {
                Ok(value)
            }
            _ => Err(Stop::UNKNOWN_RESOURCE),
        }
    }

    pub(crate) fn get_mut(&mut self, handle: Handle<T>) -> Result<&mut T, Stop> {
        match self.slots.get_mut(handle.index()) {
            Some(Slot { generation, content: Content::Live(value) })
                if *generation == handle.generation() =>
            {
                Ok(value)
            }
            _ => Err(Stop::UNKNOWN_RESOURCE),
        }
    }

    /// Ends a resource. A handle that names none is ignored: there is nobody to tell.
    pub(crate) fn remove(&mut self, handle: Handle<T>) -> Option<T> {
        self.get(handle).ok()?;
        let slot = &mut self.slots[handle.index()];
        slot.generation = slot.generation.wrapping_add(1);
        let content = std::mem::replace(&mut slot.content, Content::Free { next: self.free });
        self.free = Some(handle.index());
        match content {
            Content::Live(value) => Some(value),
            Content::Free { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_outlives_its_resource_without_finding_another() {
        let mut table = Table::new();
        let first = table.insert("first");
        assert_eq!(table.remove(first), Some("first"));
        let second = table.insert("second");
        assert_eq!(second.index(), first.index());
        assert!(table.get(first).is_err());
        assert!(table.remove(first).is_none());
        assert_eq!(table.get(second).ok(), Some(&"second"));
    }

    #[test]
    fn unknown_handles_are_refused() {
        let mut table = Table::new();
        table.insert(1u8);
        for bits in [1, u64::MAX, 1 << 32] {
            assert!(table.get(Handle::from_bits(bits)).is_err());
            assert!(table.get_mut(Handle::from_bits(bits)).is_err());
        }
    }

    #[test]
    fn freed_slots_are_used_again() {
        let mut table = Table::new();
        let handles: Vec<_> = (0..4).map(|n| table.insert(n)).collect();
        for &handle in &handles {
            table.remove(handle);
        }
        for n in 0..4 {
            table.insert(n);
        }
        assert_eq!(table.slots.len(), 4);
    }
}
