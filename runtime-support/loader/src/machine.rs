//! What differs between processors when code is loaded.

/// A processor's relocations.
pub trait Machine: Sync {
    /// A jump to any address, placed where calls reach it.
    fn stub(&self, target: u64) -> [u8; STUB_SIZE];

    /// Whether a relocation of this type refers to an entry in the table of addresses.
    fn needs_entry(&self, r_type: u32) -> bool;

    /// Writes the relocated value to `place`, which begins at the relocation's offset.
    fn apply(&self, r_type: u32, place: &mut [u8], values: &Values) -> Result<(), Failure>;
}

pub const STUB_SIZE: usize = 16;

/// What a relocation's formula can mention, by the letters that the psABI documents use.
#[derive(Clone, Copy, Debug)]
pub struct Values {
    /// P: the address of the place.
    pub place: u64,
    /// S: the address of the symbol.
    pub symbol: u64,
    /// A
    pub addend: i64,
    /// L: where a call to the symbol goes: to its stub, if it has one.
    pub callee: u64,
    /// G + GOT: the address of the symbol's entry in the table of addresses.
    pub entry: Option<u64>,
}

impl Values {
    /// `target` + A − P
    pub fn distance(&self, target: u64) -> i64 {
        target.wrapping_add_signed(self.addend).wrapping_sub(self.place) as i64
    }
}

/// Why a relocation cannot be applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    Unknown,
    TooFar,
    Outside,
}

/// Writes `value`, which must fit, as four bytes.
pub fn write_i32(place: &mut [u8], value: i64) -> Result<(), Failure> {
    let value = i32::try_from(value).map_err(|_| Failure::TooFar)?;
    write(place, value.to_le_bytes())
}

pub fn write<const N: usize>(place: &mut [u8], bytes: [u8; N]) -> Result<(), Failure> {
    *place.first_chunk_mut().ok_or(Failure::Outside)? = bytes;
    Ok(())
}
