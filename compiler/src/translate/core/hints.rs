//! Branch hints: which way a branch goes as a rule (Branch Hinting proposal, `metadata.code.branch_hint`).
//!
//! Hints of a function are sorted by offset, and so are its operators, so one walk finds all. One that is not
//! in its place, and everything from a malformed one on, is passed over.

use std::ops::Range;
use wasmparser::{BinaryReader, BranchHint, SectionLimited, SectionLimitedIntoIter};

/// The hints of a function, from the next operator on.
pub(super) struct Hints<'a> {
    rest: Option<SectionLimitedIntoIter<'a, BranchHint>>,
    next: Option<BranchHint>,
}

impl<'a> Hints<'a> {
    /// Those at this place in the input, if there are any.
    pub fn new(input: &'a [u8], place: Option<&Range<usize>>) -> Hints<'a> {
        let bytes = place.and_then(|place| input.get(place.clone()));
        let list = bytes.and_then(|bytes| SectionLimited::new(BinaryReader::new(bytes, 0)).ok());
        let mut hints = Hints { rest: list.map(IntoIterator::into_iter), next: None };
        hints.advance();
        hints
    }

    /// Whether the branch at this offset from the body's start is taken as a rule, if there is a hint.
    /// Offsets must not decrease from call to call.
    pub fn at(&mut self, offset: usize) -> Option<bool> {
        while self.next.is_some_and(|hint| (hint.func_offset as usize) < offset) {
            self.advance();
        }
        self.next.filter(|hint| hint.func_offset as usize == offset).map(|hint| hint.taken)
    }

    fn advance(&mut self) {
        self.next = self.rest.as_mut().and_then(|rest| rest.next()?.ok());
    }
}
