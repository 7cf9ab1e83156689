//! The texts of WIT types, as the compiler's `signature_text` writes them: what signatures are put
//! together from.

/// `wit!(name of a type)`: its text. `wit!(fs T)` and `wit!(io T)` are results with the error of
/// filesystem and stream functions.
macro_rules! wit {
    (descriptor) => { "borrow<wasi:filesystem/types/descriptor>" };
    (own descriptor) => { "own<wasi:filesystem/types/descriptor>" };
    (listing) => { "borrow<wasi:filesystem/types/directory-entry-stream>" };
    (own listing) => { "own<wasi:filesystem/types/directory-entry-stream>" };
    (input) => { "borrow<wasi:io/streams/input-stream>" };
    (own input) => { "own<wasi:io/streams/input-stream>" };
    (output) => { "borrow<wasi:io/streams/output-stream>" };
    (own output) => { "own<wasi:io/streams/output-stream>" };
    (pollable) => { "borrow<wasi:io/poll/pollable>" };
    (own pollable) => { "own<wasi:io/poll/pollable>" };
    (error) => { "borrow<wasi:io/error/error>" };
    (network) => { "borrow<wasi:sockets/network/network>" };
    (tcp) => { "borrow<wasi:sockets/tcp/tcp-socket>" };
    (own tcp) => { "own<wasi:sockets/tcp/tcp-socket>" };
    (udp) => { "borrow<wasi:sockets/udp/udp-socket>" };
    (own udp) => { "own<wasi:sockets/udp/udp-socket>" };
    (datagrams in) => { "borrow<wasi:sockets/udp/incoming-datagram-stream>" };
    (datagrams out) => { "borrow<wasi:sockets/udp/outgoing-datagram-stream>" };
    (addresses) => { "borrow<wasi:sockets/ip-name-lookup/resolve-address-stream>" };

    (bytes) => { "list<u8>" };
    (datetime) => { "record{seconds: u64, nanoseconds: u32}" };
    (stream-error) => { "variant{last-operation-failed(own<wasi:io/error/error>), closed}" };
    (fs error-code) => { concat!(
        "enum{access, would-block, already, bad-descriptor, busy, deadlock, quota, exist, ",
        "file-too-large, illegal-byte-sequence, in-progress, interrupted, invalid, io, is-directory, ",
        "loop, too-many-links, message-size, name-too-long, no-device, no-entry, no-lock, ",
        "insufficient-memory, insufficient-space, not-directory, not-empty, not-recoverable, ",
        "unsupported, no-tty, no-such-device, overflow, not-permitted, pipe, read-only, ",
        "invalid-seek, text-file-busy, cross-device}",
    ) };
    (io $ok:tt) => { concat!("result<", wit!(@ $ok), ", ", wit!(stream-error), ">") };
    (fs $ok:tt) => { concat!("result<", wit!(@ $ok), ", ", wit!(fs error-code), ">") };
    (net $ok:tt) => { concat!("result<", wit!(@ $ok), ", ", wit!(net error-code), ">") };
    (net error-code) => { concat!(
        "enum{unknown, access-denied, not-supported, invalid-argument, out-of-memory, timeout, ",
        "concurrency-conflict, not-in-progress, would-block, invalid-state, new-socket-limit, ",
        "address-not-bindable, address-in-use, remote-unreachable, connection-refused, ",
        "connection-reset, connection-aborted, datagram-too-large, name-unresolvable, ",
        "temporary-resolver-failure, permanent-resolver-failure}",
    ) };

    (advice) => { "enum{normal, sequential, random, will-need, dont-need, no-reuse}" };
    (descriptor-type) => { concat!(
        "enum{unknown, block-device, character-device, directory, fifo, symbolic-link, ",
        "regular-file, socket}",
    ) };
    (descriptor-flags) => { concat!(
        "flags{read, write, file-integrity-sync, data-integrity-sync, requested-write-sync, ",
        "mutate-directory}",
    ) };
    (path-flags) => { "flags{symlink-follow}" };
    (open-flags) => { "flags{create, directory, exclusive, truncate}" };
    (new-timestamp) => { concat!("variant{no-change, now, timestamp(", wit!(datetime), ")}") };
    (stat) => { concat!(
        "record{type: ", wit!(descriptor-type), ", link-count: u64, size: u64, ",
        "data-access-timestamp: option<", wit!(datetime), ">, ",
        "data-modification-timestamp: option<", wit!(datetime), ">, ",
        "status-change-timestamp: option<", wit!(datetime), ">}",
    ) };
    (metadata-hash) => { "record{lower: u64, upper: u64}" };
    (directory-entry) => { concat!("record{type: ", wit!(descriptor-type), ", name: string}") };

    (family) => { "enum{ipv4, ipv6}" };
    (ipv4) => { "tuple<u8, u8, u8, u8>" };
    (ipv6) => { "tuple<u16, u16, u16, u16, u16, u16, u16, u16>" };
    (address) => { concat!("variant{ipv4(", wit!(ipv4), "), ipv6(", wit!(ipv6), ")}") };
    (socket-address) => { concat!(
        "variant{ipv4(record{port: u16, address: ", wit!(ipv4), "}), ",
        "ipv6(record{port: u16, flow-info: u32, address: ", wit!(ipv6), ", scope-id: u32})}",
    ) };

    (@ ($($text:expr),*)) => { concat!($($text),*) };
    (@ $text:tt) => { stringify!($text) };
}
pub(super) use wit;

/// `signature!(type, … => result)`: a signature from texts (literals or `wit!`).
macro_rules! signature {
    (async $($signature:tt)*) => { concat!("async ", signature!($($signature)*)) };
    ($($first:expr $(, $param:expr)*)? => $result:expr) => {
        concat!("(", $($first, $(", ", $param,)*)? ") -> ", $result)
    };
    ($($first:expr $(, $param:expr)*)?) => {
        concat!("(", $($first, $(", ", $param,)*)? ")")
    };
}
pub(super) use signature;
