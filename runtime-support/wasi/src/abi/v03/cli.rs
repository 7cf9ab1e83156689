//! `wasi:cli`

use super::super::call::functions;
use super::super::ends::Readable;
use super::super::values::Res;
use super::super::wit::signature;
use super::wit::wit03;
use crate::filesystem::ErrorCode;
use crate::state::Stop;
use crate::waiting::Verdict;

/// `error-code` of `wasi:cli/types`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum StandardError {
    Io,
    IllegalByteSequence,
    Pipe,
}

/// How a standard stream ended.
pub(crate) type StandardVerdict = Res<(), StandardError>;

impl Verdict for StandardVerdict {
    fn new(result: Result<(), ErrorCode>) -> Self {
        Res::new(result.map_err(|code| match code {
            ErrorCode::IllegalByteSequence => StandardError::IllegalByteSequence,
            ErrorCode::Pipe => StandardError::Pipe,
            _ => StandardError::Io,
        }))
    }
}

functions! {
    "wasi:cli/environment" @ V03 {
        "get-initial-cwd" weldc_wasi3_cli_environment_get_initial_cwd() -> Option<String>
            = initial_cwd, signature!(=> "option<string>");
    }
    "wasi:cli/stdin" @ V03 {
        "read-via-stream" weldc_wasi3_cli_stdin_read_via_stream()
            -> Result<(Readable, Readable), Stop> = stdin_stream,
            signature!(=> concat!("tuple<", wit03!(bytes), ", ", wit03!(stdio), ">"));
    }
    "wasi:cli/stdout" @ V03 {
        "write-via-stream" weldc_wasi3_cli_stdout_write_via_stream(data: Readable)
            -> Result<Readable, Stop> = stdout_stream, signature!(wit03!(bytes) => wit03!(stdio));
    }
    "wasi:cli/stderr" @ V03 {
        "write-via-stream" weldc_wasi3_cli_stderr_write_via_stream(data: Readable)
            -> Result<Readable, Stop> = stderr_stream, signature!(wit03!(bytes) => wit03!(stdio));
    }
}
