//! A section of read-only data under construction: little endian, with references that are distances.

use crate::error::{Error, Result};

/// The section's bytes and what the linker has to fill in.
#[derive(Debug, Default)]
pub struct Blob {
    bytes: Vec<u8>,
    links: Vec<Link>,
}

/// A `Rel` whose target lies in another section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    pub offset: u32,
    pub target: Place,
}

/// What a `Rel` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Nothing: 0.
    Nowhere,
    /// An offset in this section.
    Here(u32),
    /// An offset in the code.
    Text(u32),
    /// An offset in the section of images.
    Images(u64),
}

/// Largest section: offsets in it are distances, too.
const MAX_BYTES: usize = i32::MAX as usize;

impl Blob {
    /// The offset of what is written next.
    pub fn offset(&self) -> u32 {
        self.bytes.len() as u32
    }

    pub fn align(&mut self, align: usize) -> u32 {
        self.bytes.resize(self.bytes.len().next_multiple_of(align), 0);
        self.offset()
    }

    pub fn bytes(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    pub fn u8(&mut self, value: u8) {
        self.bytes.push(value);
    }

    pub fn u32(&mut self, value: u32) {
        self.bytes(&value.to_le_bytes());
    }

    pub fn u64(&mut self, value: u64) {
        self.bytes(&value.to_le_bytes());
    }

    /// A `weldc_abi::artefact::Rel`.
    pub fn rel(&mut self, target: Place) {
        let offset = self.offset();
        let distance = match target {
            Place::Nowhere => 0,
            Place::Here(to) => to.wrapping_sub(offset),
            Place::Text(_) | Place::Images(_) => {
                self.links.push(Link { offset, target });
                0
            }
        };
        self.u32(distance);
    }

    /// Writes over the section's first bytes, which were reserved.
    pub fn head(&mut self, fill: impl FnOnce(&mut Blob)) {
        let mut head = Blob::default();
        fill(&mut head);
        self.bytes[..head.bytes.len()].copy_from_slice(&head.bytes);
        self.links.extend(head.links);
    }

    /// The finished section. `what` names it in the error about its size.
    pub fn finish(self, what: &str) -> Result<(Vec<u8>, Vec<Link>)> {
        if self.bytes.len() > MAX_BYTES {
            let size = self.bytes.len() >> 20;
            return Err(Error::new(format!("the {what} are too large: {size} MiB")));
        }
        Ok((self.bytes, self.links))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_distances_from_themselves() {
        let mut blob = Blob::default();
        blob.u32(0);
        blob.rel(Place::Here(12));
        blob.rel(Place::Here(0));
        blob.rel(Place::Nowhere);
        blob.rel(Place::Text(7));
        let (bytes, links) = blob.finish("tables").unwrap();
        let words: Vec<i32> =
            bytes.chunks(4).map(|c| i32::from_le_bytes(c.try_into().unwrap())).collect();
        assert_eq!(words, [0, 8, -8, 0, 0]);
        assert_eq!(links, [Link { offset: 16, target: Place::Text(7) }]);
    }

    #[test]
    fn a_reserved_head_is_filled_in_later() {
        let mut blob = Blob::default();
        blob.u64(0);
        blob.bytes(b"tail");
        blob.head(|blob| {
            blob.u32(1);
            blob.rel(Place::Here(8));
        });
        assert_eq!(blob.finish("tables").unwrap().0, b"\x01\0\0\0\x04\0\0\0tail");
    }
}
