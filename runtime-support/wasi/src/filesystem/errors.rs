//! `error-code`, and which one the system's errors are.

use rustix::io::Errno;
use std::io;

macro_rules! codes {
    ($($name:ident $(= $errno:ident)*,)*) => {
        /// `error-code`, in the order of the WIT.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub(crate) enum ErrorCode { $($name),* }

        /// A list, not a `match`: which of them are the same number depends on the platform.
        const ERRNOS: &[(Errno, ErrorCode)] = &[$($((Errno::$errno, ErrorCode::$name),)*)*];
    };
}

codes! {
    Access = ACCESS,
    WouldBlock = AGAIN = WOULDBLOCK,
    Already = ALREADY,
    BadDescriptor = BADF,
    Busy = BUSY,
    Deadlock = DEADLK,
    Quota = DQUOT,
    Exist = EXIST,
    FileTooLarge = FBIG,
    IllegalByteSequence = ILSEQ,
    InProgress = INPROGRESS,
    Interrupted = INTR,
    Invalid = INVAL,
    Io = IO,
    IsDirectory = ISDIR,
    Loop = LOOP,
    TooManyLinks = MLINK,
    MessageSize = MSGSIZE,
    NameTooLong = NAMETOOLONG,
    NoDevice = NODEV,
    NoEntry = NOENT,
    NoLock = NOLCK,
    InsufficientMemory = NOMEM = NOBUFS = NFILE = MFILE,
    InsufficientSpace = NOSPC,
    NotDirectory = NOTDIR,
    NotEmpty = NOTEMPTY,
    NotRecoverable = NOTRECOVERABLE,
    Unsupported = NOTSUP = OPNOTSUPP = NOSYS,
    NoTty = NOTTY,
    NoSuchDevice = NXIO,
    Overflow = OVERFLOW,
    NotPermitted = PERM,
    Pipe = PIPE,
    ReadOnly = ROFS,
    InvalidSeek = SPIPE,
    TextFileBusy = TXTBSY,
    CrossDevice = XDEV,
}

impl From<Errno> for ErrorCode {
    fn from(error: Errno) -> ErrorCode {
        let found = ERRNOS.iter().find(|(errno, _)| *errno == error);
        found.map_or(ErrorCode::Io, |&(_, code)| code)
    }
}

impl From<io::Error> for ErrorCode {
    fn from(error: io::Error) -> ErrorCode {
        match error.raw_os_error() {
            Some(errno) => Errno::from_raw_os_error(errno).into(),
            None => error.kind().into(),
        }
    }
}

/// Errors that are not the system's come from cap-std.
impl From<io::ErrorKind> for ErrorCode {
    fn from(kind: io::ErrorKind) -> ErrorCode {
        match kind {
            // A path that leads out of its directory.
            io::ErrorKind::PermissionDenied => ErrorCode::NotPermitted,
            io::ErrorKind::NotFound => ErrorCode::NoEntry,
            io::ErrorKind::AlreadyExists => ErrorCode::Exist,
            io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => ErrorCode::Invalid,
            io::ErrorKind::NotADirectory => ErrorCode::NotDirectory,
            io::ErrorKind::IsADirectory => ErrorCode::IsDirectory,
            io::ErrorKind::DirectoryNotEmpty => ErrorCode::NotEmpty,
            io::ErrorKind::Unsupported => ErrorCode::Unsupported,
            io::ErrorKind::OutOfMemory => ErrorCode::InsufficientMemory,
            _ => ErrorCode::Io,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_have_the_numbers_of_the_wit() {
        assert_eq!(ErrorCode::Access as u8, 0);
        assert_eq!(ErrorCode::Io as u8, 13);
        assert_eq!(ErrorCode::NoEntry as u8, 20);
        assert_eq!(ErrorCode::NotPermitted as u8, 31);
        assert_eq!(ErrorCode::CrossDevice as u8, 36);
    }

    #[test]
    fn every_code_is_the_meaning_of_an_errno() {
        for code in 0..=ErrorCode::CrossDevice as u8 {
            assert!(
                ERRNOS.iter().any(|&(errno, c)| c as u8 == code && ErrorCode::from(errno) == c)
            );
        }
        assert_eq!(ErrorCode::from(Errno::CANCELED), ErrorCode::Io);
    }
}
