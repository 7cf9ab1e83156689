//! The process's own streams: the test starts itself as a child and talks to it.

use super::super::cli::*;
use super::*;
use std::io::{Read, Write};
use std::process::{Command, Stdio};

const CHILD: &str = "WELDC_WASI_TEST_CHILD";

fn child() -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "abi::tests::stdio::the_child", "--nocapture"]);
    command.env(CHILD, "1").stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

/// Copies its standard input to standard error through WASI: whether polling finds anything at the start,
/// then the rest as it comes.
#[test]
fn the_child() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    let mut guest = Guest::new();
    let wasi = guest.wasi();
    let stdin = value(|out| unsafe { weldc_wasi_cli_stdin_get_stdin(wasi, out) });
    let stderr = value(|out| unsafe { weldc_wasi_cli_stderr_get_stderr(wasi, out) });
    let put = |contents: &[u8]| {
        let contents = bytes(contents);
        call(|out| unsafe {
            weldc_wasi_io_streams_output_stream_blocking_write_and_flush(
                wasi, stderr, &contents, out,
            )
        })
    };
    let read =
        |len| call(|out| unsafe { weldc_wasi_io_streams_input_stream_read(wasi, stdin, len, out) });
    let nothing_yet = read(10).is_ok_and(|list| taken(list).is_empty());
    let pollable =
        value(|out| unsafe { weldc_wasi_io_streams_input_stream_subscribe(wasi, stdin, out) });
    let ready = value(|out| unsafe { weldc_wasi_io_poll_pollable_ready(wasi, pollable, out) });
    assert!(put(format!("{nothing_yet} {ready};").as_bytes()).is_ok());

    assert_eq!(unsafe { weldc_wasi_io_poll_pollable_block(wasi, pollable) }, 0);
    assert!(put(&taken(read(5).ok().unwrap())).is_ok());
    let blocking = || {
        call(|out| unsafe {
            weldc_wasi_io_streams_input_stream_blocking_read(wasi, stdin, 100, out)
        })
    };
    while let Ok(list) = blocking() {
        assert!(put(&taken(list)).is_ok());
    }
    assert!(put(b"|end").is_ok());
}

#[test]
fn standard_input_is_waited_for_and_ends() {
    let mut child = child().spawn().unwrap();
    let (mut stdin, mut stderr) = (child.stdin.take().unwrap(), child.stderr.take().unwrap());
    let mut heard = [0; 11];
    stderr.read_exact(&mut heard).unwrap();
    assert_eq!(&heard, b"true false;");
    stdin.write_all(b"first").unwrap();
    let mut heard = [0; 5];
    stderr.read_exact(&mut heard).unwrap();
    assert_eq!(&heard, b"first");
    stdin.write_all(b" and last").unwrap();
    drop(stdin);
    let mut rest = String::new();
    stderr.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, " and last|end");
    assert!(child.wait().unwrap().success());
}
