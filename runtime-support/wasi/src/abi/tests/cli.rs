//! Arguments, environment, exit, clocks, random numbers.

use super::super::{cli::*, clocks::*, random::*};
use super::*;
use crate::clocks::Datetime;
use crate::grants::Stdio;
use crate::{weldc_wasi_delete, weldc_wasi_new};

fn granted(grants: Grants) -> Guest {
    Guest { wasi: Wasi::new(grants).unwrap(), ..Guest::new() }
}

#[test]
fn arguments_and_environment_are_those_granted() {
    let mut grants = Grants { args: Some(vec!["name".into(), "ä".into()]), ..Grants::default() };
    grants.add_env("A=1").unwrap();
    let mut guest = granted(grants);
    let wasi = guest.wasi();
    let args = value(|out| unsafe { weldc_wasi_cli_environment_get_arguments(wasi, out) });
    let args: Vec<_> = taken(args).into_iter().map(taken_text).collect();
    assert_eq!(args, ["name", "ä"]);
    let env = value(|out| unsafe { weldc_wasi_cli_environment_get_environment(wasi, out) });
    let env = taken(env);
    assert_eq!(env.len(), 1);
    assert_eq!((taken_text(env[0].0), taken_text(env[0].1)), ("A".to_string(), "1".to_string()));
    let cwd = value(|out| unsafe { weldc_wasi_cli_environment_initial_cwd(wasi, out) });
    assert!(cwd.get().is_none());
}

#[test]
fn nothing_granted_is_nothing_seen() {
    let wasi = weldc_wasi_new();
    let env = value(|out| unsafe { weldc_wasi_cli_environment_get_environment(wasi, out) });
    assert_eq!(taken(env).len(), 0);
    let dirs = value(|out| unsafe { weldc_wasi_filesystem_preopens_get_directories(wasi, out) });
    assert_eq!(taken(dirs).len(), 0);
    unsafe { weldc_wasi_delete(wasi) };
    unsafe { weldc_wasi_delete(std::ptr::null_mut()) };
}

#[test]
fn exit_keeps_the_code_and_ends_the_zone() {
    const EXIT: i32 = Trap::Exit as i32;
    let mut guest = Guest::new();
    let wasi = guest.wasi();
    assert_eq!(unsafe { weldc_wasi_cli_exit_exit(wasi, &0) }, EXIT);
    assert_eq!(guest.wasi.exit_code(), Some(0));
    assert_eq!(unsafe { weldc_wasi_cli_exit_exit(wasi, &1) }, EXIT);
    assert_eq!(guest.wasi.exit_code(), Some(1));
    assert_eq!(unsafe { weldc_wasi_cli_exit_exit_with_code(wasi, 42) }, EXIT);
    assert_eq!(guest.wasi.exit_code(), Some(42));
    assert_eq!(guest.wasi.failure(), None);
}

#[test]
fn no_terminal_stands_behind_a_null_stream() {
    let null = Stdio::Null;
    let mut guest =
        granted(Grants { stdin: null, stdout: null, stderr: null, ..Grants::default() });
    let wasi = guest.wasi();
    let stdin = value(|out| unsafe {
        weldc_wasi_cli_terminal_stdin_get_terminal_stdin(wasi, out) //
    });
    let stdout = value(|out| unsafe {
        weldc_wasi_cli_terminal_stdout_get_terminal_stdout(wasi, out) //
    });
    assert!(stdin.get().is_none() && stdout.get().is_none());
    unsafe { weldc_wasi_cli_terminal_input_terminal_input_drop(wasi, 0) };
}

#[test]
fn null_streams_are_empty_and_bottomless() {
    let null = Stdio::Null;
    let mut guest =
        granted(Grants { stdin: null, stdout: null, stderr: null, ..Grants::default() });
    let wasi = guest.wasi();
    let stdin = value(|out| unsafe { weldc_wasi_cli_stdin_get_stdin(wasi, out) });
    let read = call(|out| unsafe {
        weldc_wasi_io_streams_input_stream_blocking_read(wasi, stdin, 10, out)
    });
    assert!(read.is_err_and(|error| error.error().is_none()));
    let stdout = value(|out| unsafe { weldc_wasi_cli_stdout_get_stdout(wasi, out) });
    let contents = bytes(b"unseen");
    let written = call(|out| unsafe {
        weldc_wasi_io_streams_output_stream_blocking_write_and_flush(wasi, stdout, &contents, out)
    });
    assert!(written.is_ok());
}

#[test]
fn clocks_go_forward() {
    let mut guest = Guest::new();
    let wasi = guest.wasi();
    let first = value(|out| unsafe { weldc_wasi_clocks_monotonic_clock_now(wasi, out) });
    let second = value(|out| unsafe { weldc_wasi_clocks_monotonic_clock_now(wasi, out) });
    assert!(0 < first && first <= second);
    let resolution =
        value(|out| unsafe { weldc_wasi_clocks_monotonic_clock_resolution(wasi, out) });
    assert!(resolution > 0);
    let wall = value(|out| unsafe { weldc_wasi_clocks_wall_clock_now(wasi, out) });
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    assert!(now.as_secs().abs_diff(wall.seconds) < 10 && wall.nanoseconds < 1_000_000_000);
    let resolution = value(|out| unsafe { weldc_wasi_clocks_wall_clock_resolution(wasi, out) });
    assert!(resolution != Datetime::default());
}

#[test]
fn the_time_zone_is_utc() {
    let mut guest = Guest::new();
    let wasi = guest.wasi();
    let when = Datetime { seconds: 1_700_000_000, nanoseconds: 0 };
    let offset = value(|out| unsafe { weldc_wasi_clocks_timezone_utc_offset(wasi, &when, out) });
    assert_eq!(offset, 0);
    let display = value(|out| unsafe { weldc_wasi_clocks_timezone_display(wasi, &when, out) });
    assert_eq!(taken_text(display.name), "UTC");
}

#[test]
fn random_bytes_are_as_many_as_asked_for() {
    let mut guest = Guest::new();
    let wasi = guest.wasi();
    for len in [0, 1, 33, 100_000] {
        let secure =
            value(|out| unsafe { weldc_wasi_random_random_get_random_bytes(wasi, len, out) });
        assert_eq!(taken(secure).len() as u64, len);
        let insecure = value(|out| unsafe {
            weldc_wasi_random_insecure_get_insecure_random_bytes(wasi, len, out)
        });
        assert_eq!(taken(insecure).len() as u64, len);
    }
    let (status, _) =
        status(|out| unsafe { weldc_wasi_random_random_get_random_bytes(wasi, u64::MAX, out) });
    assert_eq!(status, FAILED);
}

#[test]
fn random_numbers_differ() {
    let mut guest = Guest::new();
    let wasi = guest.wasi();
    let number = || value(|out| unsafe { weldc_wasi_random_random_get_random_u64(wasi, out) });
    assert_ne!(number(), number());
    let number =
        || value(|out| unsafe { weldc_wasi_random_insecure_get_insecure_random_u64(wasi, out) });
    assert_ne!(number(), number());
    let seed = value(|out| unsafe { weldc_wasi_random_insecure_seed_insecure_seed(wasi, out) });
    assert_ne!(seed.0, seed.1);
}
