//! `splice`: from one stream to another.

use super::output::PERMIT;
use super::{Input, Output, StreamResult, Wait};
use crate::state::Wasi;
use crate::table::Handle;

impl Wasi {
    pub(crate) fn output_splice(
        &mut self,
        stream: Handle<Output>,
        source: Handle<Input>,
        len: u64,
    ) -> StreamResult<u64> {
        self.splice(stream, source, len, Wait::No)
    }

    pub(crate) fn output_blocking_splice(
        &mut self,
        stream: Handle<Output>,
        source: Handle<Input>,
        len: u64,
    ) -> StreamResult<u64> {
        self.splice(stream, source, len, Wait::Yes)
    }

    fn splice(
        &mut self,
        stream: Handle<Output>,
        source: Handle<Input>,
        len: u64,
        wait: Wait,
    ) -> StreamResult<u64> {
        let output = self.outputs.get_mut(stream)?;
        output.check_write()?;
        let bytes = self.inputs.get_mut(source)?.read(len.min(PERMIT), wait)?;
        let count = bytes.as_slice().len() as u64;
        output.take_permit(count)?;
        output.write_all(bytes.as_slice())?;
        Ok(count)
    }
}
