//! What WASI 0.3 has in place of blocking streams: functions that give or take a stream, and a future that tells
//! how it ended. Everything else of 0.3 is what 0.2 has.

use crate::abi::Buffer;
use crate::abi::ends::{Readable, Writer};
use crate::abi::v03::{Entries, FileVerdict, StandardVerdict, lower_entries};
use crate::filesystem::{Descriptor, ErrorCode, FsFailure, FsResult, Listing};
use crate::io::{Sink, StandardInput};
use crate::state::{Stop, Wasi};
use crate::table::Handle;
use crate::waiting::{Incoming, Next, Outgoing, Promise, Source, StreamAndFuture, Verdict};

/// Most random bytes that are given at a time.
const RANDOM: u64 = 1 << 20;
/// Entries of a directory that are read at a time.
const ENTRIES: usize = 32;

impl Wasi {
    pub(crate) fn stdin_stream(&mut self) -> Result<StreamAndFuture, Stop> {
        let stdin = StandardInput::new(self.stdin, &self.unread);
        self.give::<_, StandardVerdict>(Ok(stdin))
    }

    pub(crate) fn stdout_stream(&mut self, data: Readable) -> Result<Readable, Stop> {
        self.take::<StandardVerdict>(Ok(Sink::stdout(self.stdout)), data)
    }

    pub(crate) fn stderr_stream(&mut self, data: Readable) -> Result<Readable, Stop> {
        self.take::<StandardVerdict>(Ok(Sink::stderr(self.stderr)), data)
    }

    pub(crate) fn file_read_stream(
        &mut self,
        handle: Handle<Descriptor>,
        offset: u64,
    ) -> Result<StreamAndFuture, Stop> {
        let input = self.file_input(handle, offset);
        self.give::<_, FileVerdict>(input)
    }

    pub(crate) fn file_write_stream(
        &mut self,
        handle: Handle<Descriptor>,
        data: Readable,
        offset: u64,
    ) -> Result<Readable, Stop> {
        let output = self.file_output(handle, Some(offset));
        self.take::<FileVerdict>(output.map(Sink::File), data)
    }

    pub(crate) fn file_append_stream(
        &mut self,
        handle: Handle<Descriptor>,
        data: Readable,
    ) -> Result<Readable, Stop> {
        let output = self.file_output(handle, None);
        self.take::<FileVerdict>(output.map(Sink::File), data)
    }

    pub(crate) fn directory_stream(
        &mut self,
        handle: Handle<Descriptor>,
    ) -> Result<StreamAndFuture, Stop> {
        let listing = self.listing(handle);
        self.give::<_, FileVerdict>(listing.map(|listing| Directory { listing, end: None }))
    }

    /// A stream of what the source has; without one, a stream that has ended.
    fn give<S: Source, V: Verdict>(
        &mut self,
        source: FsResult<S>,
    ) -> Result<StreamAndFuture, Stop> {
        let source = match source {
            Ok(source) => source,
            Err(FsFailure::Stop(stop)) => return Err(stop),
            Err(FsFailure::Code(code)) => {
                let (_, ended) = Writer::<S::Elements>::new()?;
                return Ok((ended, self.failed::<V>(code)?));
            }
        };
        let (job, given) = Outgoing::<S, V>::new(source)?;
        self.waiting.begin(job);
        Ok(given)
    }

    /// A future of how writing the stream to the sink ends; without one, the stream is dropped.
    fn take<V: Verdict>(&mut self, sink: FsResult<Sink>, data: Readable) -> Result<Readable, Stop> {
        let sink = match sink {
            Ok(sink) => sink,
            Err(FsFailure::Stop(stop)) => return Err(stop),
            Err(FsFailure::Code(code)) => return self.failed::<V>(code),
        };
        let (job, future) = Incoming::<V>::new(sink, data)?;
        self.waiting.begin(job);
        Ok(future)
    }

    fn failed<V: Verdict>(&mut self, code: ErrorCode) -> Result<Readable, Stop> {
        let (mut promise, future) = Promise::<V>::new()?;
        promise.settle(Err(code));
        self.waiting.begin(promise);
        Ok(future)
    }

    /// As many as it likes, but some.
    pub(crate) fn some_random_bytes(&mut self, max_len: u64) -> Result<Buffer, Stop> {
        self.random_bytes(max_len.min(RANDOM))
    }

    pub(crate) fn some_insecure_bytes(&mut self, max_len: u64) -> Result<Buffer, Stop> {
        self.insecure_bytes(max_len.min(RANDOM))
    }
}

/// The entries of a directory.
struct Directory {
    listing: Listing,
    /// What came after the last entries.
    end: Option<Result<(), ErrorCode>>,
}

impl Source for Directory {
    type Elements = Entries;

    fn next(&mut self) -> Next<Entries> {
        let mut entries = Vec::new();
        while self.end.is_none() && entries.len() < ENTRIES {
            match self.listing.next() {
                Ok(Some(entry)) => entries.push(entry),
                Ok(None) => self.end = Some(Ok(())),
                Err(error) => self.end = Some(Err(error)),
            }
        }
        match self.end {
            Some(end) if entries.is_empty() => Next::End(end),
            _ => match lower_entries(entries) {
                Ok(entries) => Next::Elements(entries),
                Err(_) => Next::End(Err(ErrorCode::InsufficientMemory)),
            },
        }
    }
}
