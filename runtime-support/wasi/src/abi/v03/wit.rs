//! The texts of WIT types that 0.2 has not, or has otherwise.

/// `wit03!(name of a type)`: its text; `fs T`, `net T` and `names T` are results with the error of filesystem,
/// socket and name functions.
macro_rules! wit03 {
    (bytes) => { "stream<u8>" };
    (instant) => { "record{seconds: s64, nanoseconds: u32}" };
    (stdio error-code) => { "enum{io, illegal-byte-sequence, pipe}" };
    (stdio) => { concat!("future<result<_, ", wit03!(stdio error-code), ">>") };
    (file) => { concat!("future<", wit03!(fs _), ">") };
    (network) => { concat!("future<", wit03!(net _), ">") };
    (tcp) => { "borrow<wasi:sockets/types/tcp-socket>" };
    (own tcp) => { "own<wasi:sockets/types/tcp-socket>" };
    (udp) => { "borrow<wasi:sockets/types/udp-socket>" };
    (own udp) => { "own<wasi:sockets/types/udp-socket>" };

    (fs error-code) => { concat!(
        "variant{access, already, bad-descriptor, busy, deadlock, quota, exist, file-too-large, ",
        "illegal-byte-sequence, in-progress, interrupted, invalid, io, is-directory, loop, ",
        "too-many-links, message-size, name-too-long, no-device, no-entry, no-lock, ",
        "insufficient-memory, insufficient-space, not-directory, not-empty, not-recoverable, ",
        "unsupported, no-tty, no-such-device, overflow, not-permitted, pipe, read-only, ",
        "invalid-seek, text-file-busy, cross-device, other(option<string>)}",
    ) };
    (net error-code) => { concat!(
        "variant{access-denied, not-supported, invalid-argument, out-of-memory, timeout, ",
        "invalid-state, address-not-bindable, address-in-use, remote-unreachable, ",
        "connection-refused, connection-broken, connection-reset, connection-aborted, ",
        "datagram-too-large, other(option<string>)}",
    ) };
    (names error-code) => { concat!(
        "variant{access-denied, invalid-argument, name-unresolvable, temporary-resolver-failure, ",
        "permanent-resolver-failure, other(option<string>)}",
    ) };
    ($kind:ident $ok:tt) => {
        concat!("result<", wit!(@ $ok), ", ", wit03!($kind error-code), ">")
    };

    (descriptor-type) => { concat!(
        "variant{block-device, character-device, directory, fifo, symbolic-link, regular-file, ",
        "socket, other(option<string>)}",
    ) };
    (new-timestamp) => { concat!("variant{no-change, now, timestamp(", wit03!(instant), ")}") };
    (stat) => { concat!(
        "record{type: ", wit03!(descriptor-type), ", link-count: u64, size: u64, ",
        "data-access-timestamp: option<", wit03!(instant), ">, ",
        "data-modification-timestamp: option<", wit03!(instant), ">, ",
        "status-change-timestamp: option<", wit03!(instant), ">}",
    ) };
    (entries) => { concat!(
        "stream<record{type: ", wit03!(descriptor-type), ", name: string}>",
    ) };
}
pub(super) use wit03;
