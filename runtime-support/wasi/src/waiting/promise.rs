//! A future of a `result` without a value: how something ended.

use super::{Job, Step};
use crate::abi::ends::{Readable, Value, Writer};
use crate::filesystem::ErrorCode;
use crate::state::Stop;

/// A type of such futures' values, in the layout that crosses.
pub(crate) trait Verdict: Copy + 'static {
    fn new(result: Result<(), ErrorCode>) -> Self;
}

/// A future whose value is still to come. As a job, it waits until the value has been taken.
pub(crate) struct Promise<V: Verdict>(Writer<Value<V>>);

impl<V: Verdict> Promise<V> {
    pub(crate) fn new() -> Result<(Promise<V>, Readable), Stop> {
        let (writer, future) = Writer::new()?;
        Ok((Promise(writer), future))
    }

    /// Done once.
    pub(crate) fn settle(&mut self, result: Result<(), ErrorCode>) {
        self.0.write(Value::new(V::new(result)));
    }
}

impl<V: Verdict> Job for Promise<V> {
    fn step(&mut self) -> Step {
        if self.is_answered() { Step::Over } else { Step::Guest }
    }

    fn is_answered(&self) -> bool {
        self.0.is_finished()
    }
}
