//! Where the lines of a script begin.

use wast::token::Span;

pub struct Lines(Vec<usize>);

impl Lines {
    pub fn new(text: &str) -> Lines {
        Lines(std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect())
    }

    /// The line of a place, from 1.
    pub fn at(&self, span: Span) -> usize {
        self.0.partition_point(|&start| start <= span.offset())
    }
}
