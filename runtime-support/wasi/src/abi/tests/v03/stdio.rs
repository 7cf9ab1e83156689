//! The process's own streams: the test starts itself as a child and talks to it.

use super::super::super::v03::StandardVerdict;
use super::super::super::v03::cli::*;
use super::*;
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};

const CHILD: &str = "WELDC_WASI3_TEST_CHILD";

fn child(role: &str) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "abi::tests::v03::stdio::the_child", "--nocapture"]);
    command.env(CHILD, role).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

#[test]
fn the_child() {
    let Ok(role) = std::env::var(CHILD) else { return };
    let mut guest = Guest::new();
    let wasi = guest.wasi();
    match role.as_str() {
        "cat" => cat(wasi),
        "line by line" => line_by_line(wasi),
        "closed" => closed(wasi),
        "gone" => gone(wasi),
        "leaves" => leaves(wasi),
        _ => unreachable!(),
    }
    drop(guest);
    assert_eq!(weldc_runtime::live_ends(), 0);
}

fn stdin(wasi: *mut c_void) -> (u64, u64) {
    let Pair(stream, verdict) =
        value(|out| unsafe { weldc_wasi3_cli_stdin_read_via_stream(wasi, out) });
    (stream, verdict)
}

fn stderr(wasi: *mut c_void, stream: u64) -> u64 {
    value(|out| unsafe { weldc_wasi3_cli_stderr_write_via_stream(wasi, stream, out) })
}

/// Standard input flows to standard error, without anybody looking.
fn cat(wasi: *mut c_void) {
    let (stream, read) = stdin(wasi);
    let written = stderr(wasi, stream);
    assert_eq!(future::<StandardVerdict>(wasi, written).get(), Ok(()));
    assert_eq!(future::<StandardVerdict>(wasi, read).get(), Ok(()));
}

/// What one stream has read ahead comes from the next one.
fn line_by_line(wasi: *mut c_void) {
    let (output, stream) = Peer::bytes();
    let written = stderr(wasi, stream);
    let mut byte = Vec::new();
    while byte != b"!" {
        let (input, verdict) = stdin(wasi);
        let input = Peer::given(input);
        byte = input.read::<u8>(wasi, 1).0;
        assert!(output.write_all(wasi, &byte));
        drop(input);
        assert_eq!(future::<StandardVerdict>(wasi, verdict).get(), Ok(()));
    }
    drop(output);
    assert_eq!(future::<StandardVerdict>(wasi, written).get(), Ok(()));
}

/// Nobody reads standard error any more. What goes on when the state goes leaks nothing.
fn closed(wasi: *mut c_void) {
    let (output, stream) = Peer::bytes();
    let written = stderr(wasi, stream);
    let (input, verdict) = stdin(wasi);
    assert_eq!(Peer::given(input).read::<u8>(wasi, 1).0, b"x");
    drop(Peer::given(verdict));
    // SAFETY: no handler of this program's is involved.
    unsafe { libc::signal(libc::SIGPIPE, libc::SIG_IGN) };
    assert!(!output.write_all(wasi, &[0; 100_000]));
    assert_eq!(future::<StandardVerdict>(wasi, written).get(), Err(StandardError::Pipe));
}

/// A guest that no longer waits for input that does not come.
fn gone(wasi: *mut c_void) {
    let (input, verdict) = stdin(wasi);
    let (input, mut room) = (Peer::given(input), [MaybeUninit::<u8>::uninit()]);
    assert_eq!(input.begin_read(&mut room), None);
    while unsafe { weldc_wasi_idle(wasi, 0) } == 0 {}
    drop(input);
    assert_eq!(future::<StandardVerdict>(wasi, verdict).get(), Ok(()));
}

/// What was taken from the guest and does not fit into the pipe yet is written when the state goes.
fn leaves(wasi: *mut c_void) {
    let (output, stream) = Peer::bytes();
    drop(Peer::given(stderr(wasi, stream)));
    for size in MORE_THAN_FITS {
        assert!(output.write_all(wasi, &vec![b'x'; size]));
    }
}

const MORE_THAN_FITS: [usize; 2] = [60_000, 30_000];

fn finish(mut child: Child) {
    let mut out = String::new();
    child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
    assert!(child.wait().unwrap().success(), "{out}");
}

#[test]
fn standard_input_flows_to_standard_error() {
    let mut child = child("cat");
    let (mut stdin, mut stderr) = (child.stdin.take().unwrap(), child.stderr.take().unwrap());
    stdin.write_all(b"first").unwrap();
    let mut heard = [0; 5];
    stderr.read_exact(&mut heard).unwrap();
    assert_eq!(&heard, b"first");
    // More than pipes and buffers hold: the child must not read on before this test does.
    let much: Vec<u8> = (0..1_000_000).map(|i| (i % 253) as u8).collect();
    let sent = much.clone();
    let writer = std::thread::spawn(move || stdin.write_all(&sent).unwrap());
    let mut rest = Vec::new();
    stderr.read_to_end(&mut rest).unwrap();
    writer.join().unwrap();
    assert!(rest == much);
    finish(child);
}

#[test]
fn nothing_read_ahead_is_lost() {
    let mut child = child("line by line");
    child.stdin.take().unwrap().write_all(b"one two!").unwrap();
    let mut heard = String::new();
    child.stderr.take().unwrap().read_to_string(&mut heard).unwrap();
    assert_eq!(heard, "one two!");
    finish(child);
}

#[test]
fn a_closed_pipe_is_an_error_of_the_future() {
    let mut child = child("closed");
    drop(child.stderr.take());
    child.stdin.take().unwrap().write_all(b"x").unwrap();
    finish(child);
}

#[test]
fn input_that_nobody_wants_is_not_waited_for() {
    let mut child = child("gone");
    let stdin = child.stdin.take();
    finish(child);
    drop(stdin);
}

#[test]
fn what_was_taken_is_written_in_the_end() {
    let mut child = child("leaves");
    std::thread::sleep(std::time::Duration::from_millis(300));
    let mut heard = Vec::new();
    child.stderr.take().unwrap().read_to_end(&mut heard).unwrap();
    assert_eq!(heard.len(), MORE_THAN_FITS.iter().sum());
    finish(child);
}
