//! `wasi:io`

use super::Buffer;
use super::call::{functions, resources};
use super::values::{Bytes, Handles, Lower, Res};
use super::wit::{signature, wit};
use crate::io::{Failed, Input, Output, Pollable, StreamFailure, StreamResult};
use crate::state::{Stop, Wasi};
use crate::table::Handle;
use std::mem::MaybeUninit;

/// `stream-error`
#[derive(Clone, Copy)]
#[repr(C)]
pub struct StreamError {
    tag: u8,
    error: MaybeUninit<u64>,
}

impl StreamError {
    const CLOSED: StreamError = StreamError { tag: 1, error: MaybeUninit::uninit() };

    fn last_operation_failed(error: Handle<Failed>) -> StreamError {
        StreamError { tag: 0, error: MaybeUninit::new(error.bits()) }
    }

    #[cfg(test)]
    pub(super) fn error(&self) -> Option<u64> {
        // SAFETY: written with this tag.
        (self.tag == 0).then(|| unsafe { self.error.assume_init() })
    }
}

impl<T: Lower> Lower for StreamResult<T> {
    type Raw = Res<T::Raw, StreamError>;

    fn lower(self, wasi: &mut Wasi) -> Result<Self::Raw, Stop> {
        Ok(Res::new(match self {
            Ok(value) => Ok(value.lower(wasi)?),
            Err(StreamFailure::Closed) => Err(StreamError::CLOSED),
            Err(StreamFailure::LastOperationFailed(error)) => {
                Err(StreamError::last_operation_failed(wasi.errors.insert(Failed(error))))
            }
            Err(StreamFailure::Stop(stop)) => return Err(stop),
        }))
    }
}

functions! {
    "wasi:io/error" @ V02 {
        "[method]error.to-debug-string" weldc_wasi_io_error_error_to_debug_string(
            error: Handle<Failed>
        ) -> Result<String, Stop> = error_to_debug_string, signature!(wit!(error) => "string");
    }
    "wasi:io/poll" @ V02 {
        "[method]pollable.ready" weldc_wasi_io_poll_pollable_ready(pollable: Handle<Pollable>)
            -> Result<bool, Stop> = pollable_ready, signature!(wit!(pollable) => "bool");
        "[method]pollable.block" weldc_wasi_io_poll_pollable_block(pollable: Handle<Pollable>)
            = pollable_block, signature!(wit!(pollable));
        "poll" weldc_wasi_io_poll_poll(list: Handles<Pollable>) -> Result<Vec<u32>, Stop>
            = poll, signature!("list<borrow<wasi:io/poll/pollable>>" => "list<u32>");
    }
    "wasi:io/streams" @ V02 {
        "[method]input-stream.read" weldc_wasi_io_streams_input_stream_read(
            stream: Handle<Input>, len: u64
        ) -> StreamResult<Buffer> = input_read,
            signature!(wit!(input), "u64" => wit!(io (wit!(bytes))));
        "[method]input-stream.blocking-read" weldc_wasi_io_streams_input_stream_blocking_read(
            stream: Handle<Input>, len: u64
        ) -> StreamResult<Buffer> = input_blocking_read,
            signature!(wit!(input), "u64" => wit!(io (wit!(bytes))));
        "[method]input-stream.skip" weldc_wasi_io_streams_input_stream_skip(
            stream: Handle<Input>, len: u64
        ) -> StreamResult<u64> = input_skip, signature!(wit!(input), "u64" => wit!(io u64));
        "[method]input-stream.blocking-skip" weldc_wasi_io_streams_input_stream_blocking_skip(
            stream: Handle<Input>, len: u64
        ) -> StreamResult<u64> = input_blocking_skip,
            signature!(wit!(input), "u64" => wit!(io u64));
        "[method]input-stream.subscribe" weldc_wasi_io_streams_input_stream_subscribe(
            stream: Handle<Input>
        ) -> Result<Handle<Pollable>, Stop> = input_subscribe,
            signature!(wit!(input) => wit!(own pollable));

        "[method]output-stream.check-write" weldc_wasi_io_streams_output_stream_check_write(
            stream: Handle<Output>
        ) -> StreamResult<u64> = output_check_write, signature!(wit!(output) => wit!(io u64));
        "[method]output-stream.write" weldc_wasi_io_streams_output_stream_write(
            stream: Handle<Output>, contents: Bytes
        ) -> StreamResult<()> = output_write, signature!(wit!(output), wit!(bytes) => wit!(io _));
        "[method]output-stream.blocking-write-and-flush"
            weldc_wasi_io_streams_output_stream_blocking_write_and_flush(
                stream: Handle<Output>, contents: Bytes
            ) -> StreamResult<()> = output_blocking_write_and_flush,
            signature!(wit!(output), wit!(bytes) => wit!(io _));
        "[method]output-stream.flush" weldc_wasi_io_streams_output_stream_flush(
            stream: Handle<Output>
        ) -> StreamResult<()> = output_flush, signature!(wit!(output) => wit!(io _));
        "[method]output-stream.blocking-flush" weldc_wasi_io_streams_output_stream_blocking_flush(
            stream: Handle<Output>
        ) -> StreamResult<()> = output_flush, signature!(wit!(output) => wit!(io _));
        "[method]output-stream.subscribe" weldc_wasi_io_streams_output_stream_subscribe(
            stream: Handle<Output>
        ) -> Result<Handle<Pollable>, Stop> = output_subscribe,
            signature!(wit!(output) => wit!(own pollable));
        "[method]output-stream.write-zeroes" weldc_wasi_io_streams_output_stream_write_zeroes(
            stream: Handle<Output>, len: u64
        ) -> StreamResult<()> = output_write_zeroes,
            signature!(wit!(output), "u64" => wit!(io _));
        "[method]output-stream.blocking-write-zeroes-and-flush"
            weldc_wasi_io_streams_output_stream_blocking_write_zeroes_and_flush(
                stream: Handle<Output>, len: u64
            ) -> StreamResult<()> = output_blocking_write_zeroes_and_flush,
            signature!(wit!(output), "u64" => wit!(io _));
        "[method]output-stream.splice" weldc_wasi_io_streams_output_stream_splice(
            stream: Handle<Output>, source: Handle<Input>, len: u64
        ) -> StreamResult<u64> = output_splice,
            signature!(wit!(output), wit!(input), "u64" => wit!(io u64));
        "[method]output-stream.blocking-splice"
            weldc_wasi_io_streams_output_stream_blocking_splice(
                stream: Handle<Output>, source: Handle<Input>, len: u64
            ) -> StreamResult<u64> = output_blocking_splice,
            signature!(wit!(output), wit!(input), "u64" => wit!(io u64));
    }
}

resources! {
    "wasi:io/error" @ V02 {
        "error" weldc_wasi_io_error_error_drop = drop_error;
    }
    "wasi:io/poll" @ V02 {
        "pollable" weldc_wasi_io_poll_pollable_drop = drop_pollable;
    }
    "wasi:io/streams" @ V02 {
        "input-stream" weldc_wasi_io_streams_input_stream_drop = drop_input;
        "output-stream" weldc_wasi_io_streams_output_stream_drop = drop_output;
    }
}
