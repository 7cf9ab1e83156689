//! Where code comes from: the source locations of CLIF, with copies told from what was there before.
//!
//! The source location of an instruction is its byte offset in the input. That of an instruction that was copied
//! into a function is a number with the highest bit set: a place in the function's [`Positions`]. So inputs of more
//! than 2 GiB are compiled without copies ([`MAX_INPUT`]).

use crate::index::FuncId;
use cranelift_codegen::ir::SourceLoc;
use std::collections::HashMap;

/// Bytes of the largest input in which a copy can be told from an offset.
pub const MAX_INPUT: usize = COPIED as usize;

const COPIED: u32 = 1 << 31;

/// Where the copied instructions of a function come from.
#[derive(Clone, Debug, Default)]
pub struct Positions(Vec<Position>);

#[derive(Clone, Copy, Debug)]
struct Position {
    /// The byte offset in the input; the default if it has none.
    offset: SourceLoc,
    /// The function that was copied.
    func: FuncId,
    /// Where it was called: a location of the function that this one was copied into.
    call: SourceLoc,
}

impl Positions {
    fn add(&mut self, position: Position) -> SourceLoc {
        self.0.push(position);
        SourceLoc::new(COPIED | (self.0.len() - 1) as u32)
    }

    fn get(&self, location: SourceLoc) -> Option<&Position> {
        let index = location.bits() & !COPIED;
        (!location.is_default() && location.bits() != index).then(|| self.0.get(index as usize))?
    }

    /// Whether a location is that of a copy.
    pub fn is_copied(&self, location: SourceLoc) -> bool {
        self.get(location).is_some()
    }

    /// The functions that are active at a location, and where: first the one whose instruction it is, if it was
    /// copied, at last (`None`) the one whose positions these are. Offsets are those of the input, `u32::MAX` where
    /// there is none.
    pub fn active(&self, location: SourceLoc) -> impl Iterator<Item = (Option<FuncId>, u32)> {
        let mut next = Some(location);
        std::iter::from_fn(move || {
            let location = next?;
            let position = self.get(location);
            next = position.map(|position| position.call);
            Some(match position {
                Some(position) => (Some(position.func), position.offset.bits()),
                None => (None, location.bits()),
            })
        })
    }

    /// The byte offset of the innermost instruction that has one; `u32::MAX` if there is none.
    pub fn offset(&self, location: SourceLoc) -> u32 {
        let none = SourceLoc::default().bits();
        self.active(location)
            .map(|(_, offset)| offset)
            .find(|&offset| offset != none)
            .unwrap_or(none)
    }
}

/// Gives the instructions of one copy their positions in the caller.
pub struct Mover<'a> {
    /// The copied function, its own positions, and where it was called.
    pub func: FuncId,
    pub from: &'a Positions,
    pub call: SourceLoc,
    pub known: HashMap<SourceLoc, SourceLoc>,
}

impl Mover<'_> {
    /// The location in the caller of what is at `location` in the copied function.
    pub fn moved(&mut self, to: &mut Positions, location: SourceLoc) -> SourceLoc {
        if let Some(&moved) = self.known.get(&location) {
            return moved;
        }
        let position = match self.from.get(location) {
            // As deep as calls are nested in what was copied, which is bounded by its weight.
            Some(&Position { offset, func, call }) => {
                Position { offset, func, call: self.moved(to, call) }
            }
            None => Position { offset: location, func: self.func, call: self.call },
        };
        let moved = to.add(position);
        self.known.insert(location, moved);
        moved
    }
}
