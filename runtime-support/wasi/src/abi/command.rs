//! Running a command: `main` of an executable, and the same for `weldc run`; and the state of WASI for
//! libraries.

use super::completion::Waiter;
use crate::grants::{Grants, GrantsError};
use crate::io::{Wait, time_left, watched};
use crate::state::Wasi;
use crate::waiting::Advance;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use std::ffi::{CStr, OsString, c_char, c_int, c_void};
use std::io::Write;
use std::os::fd::AsRawFd;
use std::os::unix::ffi::OsStringExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::{null, null_mut};
use weldc_abi::Trap;
use weldc_abi::artefact::Artefact;
use weldc_runtime::{Context, Zone, weldc_rt_set_idle};

/// The direct entry of wasi:cli/run's `run`: `(context, result: *mut u8) -> status`.
pub type Run = unsafe extern "C" fn(context: *mut c_void, result: *mut u8) -> i32;

/// The type of [`weldc_wasi_attach`].
pub type Attach = unsafe extern "C" fn(wasi: *mut c_void, context: *mut c_void);

/// A compiled command.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    pub artefact: *const Artefact,
    pub run: Run,
    /// [`weldc_wasi_attach`], or none for a command without tasks: its executable is linked without what waits for them.
    pub attach: Option<Attach>,
    /// The table of imports, or null if there is none.
    pub imports: *const *const c_void,
    /// The embedder's pointer.
    pub host: *mut c_void,
}

/// A command that could not be started.
const NOT_STARTED: i32 = 1;

/// Makes a zone of `command`, runs it and returns its exit code. A trap is reported on standard error.
///
/// # Safety
/// `command` names an artefact and its own entry, `wasi` is valid and used by nothing else meanwhile.
pub unsafe fn run_command(wasi: *mut Wasi, command: &Command) -> i32 {
    let Command { artefact, run, attach, imports, host } = *command;
    // SAFETY: as the caller promises.
    let zone = match unsafe { Zone::new(artefact, imports, host, wasi.cast()) } {
        Ok(zone) => zone,
        // SAFETY: as the caller promises; the zone is gone.
        Err(report) => return ended(unsafe { &*wasi }, report.trap as i32, &report.message),
    };
    let mut result = 1;
    // SAFETY: the zone lives, and its state of WASI longer. The entry is that of the zone, and a result without
    // payloads is its discriminant.
    let status = unsafe {
        if let Some(attach) = attach {
            attach(wasi.cast(), zone.context());
        }
        run(zone.context(), &mut result)
    };
    if status == 0 {
        return i32::from(result != 0);
    }
    // SAFETY: as the caller promises; the zone does not run any more.
    ended(unsafe { &*wasi }, status, &zone.message())
}

/// The exit code of a zone that ended with this status.
fn ended(wasi: &Wasi, status: i32, message: &str) -> i32 {
    let trap = u8::try_from(status).ok().and_then(Trap::from_code).unwrap_or(Trap::BadArtefact);
    if trap == Trap::Exit {
        return wasi.exit_code().unwrap_or(0).into();
    }
    match wasi.failure() {
        Some(why) => report(&format!("{}\n    {why}", message.trim_end())),
        None => report(message),
    }
    trap.exit_code().into()
}

fn report(message: &str) {
    // If nobody can be told, the exit code has to do.
    let _ = writeln!(std::io::stderr(), "Error: {}", message.trim_end());
}

/// `main` of an executable whose component has no tasks.
///
/// # Safety
/// `argv` has `argc` C strings, `grants` `size` bytes; the rest as for [`run_command`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_wasi_main(
    argc: c_int,
    argv: *const *const c_char,
    artefact: *const Artefact,
    run: Run,
    grants: *const u8,
    size: usize,
) -> c_int {
    let command = Command { artefact, run, attach: None, imports: null(), host: null_mut() };
    // SAFETY: the caller's.
    unsafe { main(argc, argv, &command, grants, size) }
}

/// `main` of an executable whose component has tasks.
///
/// # Safety
/// As for [`weldc_wasi_main`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_wasi_main_of_tasks(
    argc: c_int,
    argv: *const *const c_char,
    artefact: *const Artefact,
    run: Run,
    grants: *const u8,
    size: usize,
) -> c_int {
    let attach: Option<Attach> = Some(weldc_wasi_attach);
    let command = Command { artefact, run, attach, imports: null(), host: null_mut() };
    // SAFETY: the caller's.
    unsafe { main(argc, argv, &command, grants, size) }
}

/// # Safety
/// As for [`weldc_wasi_main`].
unsafe fn main(
    argc: c_int,
    argv: *const *const c_char,
    command: &Command,
    grants: *const u8,
    size: usize,
) -> c_int {
    prepare_process();
    // SAFETY: as the caller promises.
    let granted = unsafe {
        let grants = if size == 0 { &[] } else { std::slice::from_raw_parts(grants, size) };
        prepare(grants, (0..argc.max(0) as usize).map(|i| argument(*argv.add(i))))
    };
    let mut wasi = match granted.and_then(Wasi::new) {
        Ok(wasi) => wasi,
        Err(error) => {
            report(&error.to_string());
            return NOT_STARTED;
        }
    };
    // SAFETY: as the caller promises.
    unsafe { run_command(&mut wasi, command) }
}

fn prepare(grants: &[u8], args: impl Iterator<Item = OsString>) -> Result<Grants, GrantsError> {
    let mut grants = if grants.is_empty() { Grants::default() } else { Grants::decode(grants)? };
    grants.add_from_process()?;
    grants.default_args(args)?;
    Ok(grants)
}

/// # Safety
/// `argument` is a C string.
unsafe fn argument(argument: *const c_char) -> OsString {
    // SAFETY: as the caller promises.
    OsString::from_vec(unsafe { CStr::from_ptr(argument) }.to_bytes().to_vec())
}

/// What Rust's own `main` does first, and this one's caller does not.
fn prepare_process() {
    // A guest is told of a closed pipe by an error of the stream; the signal would end the process first.
    // SAFETY: no handler of this program's is involved.
    unsafe { libc::signal(libc::SIGPIPE, libc::SIG_IGN) };
    open_standard_streams();
}

/// A standard stream that is closed is opened on nothing: a file that the guest opens must not become its
/// standard output because the number was free.
fn open_standard_streams() {
    let streams = [rustix::stdio::stdin(), rustix::stdio::stdout(), rustix::stdio::stderr()];
    let mut fds = streams.map(|fd| PollFd::from_borrowed_fd(fd, PollFlags::empty()));
    let at_once = Timespec { tv_sec: 0, tv_nsec: 0 };
    let _ = poll(&mut fds, Some(&at_once));
    for _ in fds.iter().filter(|fd| fd.revents().contains(PollFlags::NVAL)) {
        // The lowest free number is the one that is missing. It stays open as long as the process.
        let nothing = rustix::fs::open("/dev/null", OFlags::RDWR, Mode::empty());
        std::mem::forget(nothing);
    }
}

/// The idle function of a zone that uses this state: lets go on what WASI waits for, once something can if it may
/// wait. 0 if something has happened; 1 if not, and then there is nothing to wait for if it might have waited. Hosts
/// with a loop of their own call it with 0.
///
/// # Safety
/// `wasi` is a [`Wasi`] that nothing else uses meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_wasi_idle(wasi: *mut c_void, may_wait: i32) -> i32 {
    // SAFETY: as the caller promises.
    let Some(wasi) = (unsafe { wasi.cast::<Wasi>().as_mut() }) else { return 1 };
    let wait = if may_wait == 0 { Wait::No } else { Wait::Yes };
    // After a panic nothing goes on.
    let advance = catch_unwind(AssertUnwindSafe(|| wasi.waiting.advance(wait)));
    let Ok(Advance { moved, due }) = advance else { return 1 };
    // The state is not used any more: whoever is told may call the zone.
    due.into_iter().for_each(Waiter::tell);
    i32::from(!moved)
}

/// What a host with a `poll` of its own waits for before it calls [`weldc_wasi_idle`] with 0: fills in the first `room`
/// of the entries that WASI has, and returns how many it has; makes `timeout` (milliseconds, negative: none) smaller
/// if WASI has less time.
///
/// # Safety
/// `wasi` is a [`Wasi`] that nothing else uses meanwhile; `fds` has room for so many; `timeout` can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_wasi_pollfds(
    wasi: *mut c_void,
    fds: *mut libc::pollfd,
    room: usize,
    timeout: *mut c_int,
) -> usize {
    // SAFETY: as the caller promises.
    let Some(wasi) = (unsafe { wasi.cast::<Wasi>().as_mut() }) else { return 0 };
    let wanted = catch_unwind(AssertUnwindSafe(|| wasi.waiting.wanted())).unwrap_or_default();
    let mut count = 0;
    for (fd, flags) in watched(&wanted) {
        let entry = libc::pollfd { fd: fd.as_raw_fd(), events: flags.bits() as _, revents: 0 };
        if count < room {
            // SAFETY: the caller's: there is room.
            unsafe { fds.add(count).write(entry) };
        }
        count += 1;
    }
    // Rounded up: woken early, the host would turn in circles until it is time.
    let milliseconds = |left: u64| c_int::try_from(left.div_ceil(1_000_000)).unwrap_or(c_int::MAX);
    // SAFETY: the caller's.
    let timeout = unsafe { &mut *timeout };
    if let Some(left) = time_left(&wanted).map(milliseconds)
        && (*timeout < 0 || left < *timeout)
    {
        *timeout = left;
    }
    count
}

/// Has the blocking calls of a zone wait for what WASI waits for; `context` is the zone's.
///
/// # Safety
/// The zone is a living one, and `wasi` lives as long.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_wasi_attach(wasi: *mut c_void, context: *mut c_void) {
    // SAFETY: as the caller promises.
    unsafe { weldc_rt_set_idle(Context(context.cast()), Some(weldc_wasi_idle), wasi) };
}

/// The state of WASI with nothing granted but the standard streams; never null.
#[unsafe(no_mangle)]
pub extern "C" fn weldc_wasi_new() -> *mut c_void {
    match Wasi::new(Grants::default()) {
        Ok(wasi) => Box::into_raw(Box::new(wasi)).cast(),
        // Only a directory can be missing, and none was granted.
        Err(_) => null_mut(),
    }
}

/// Frees what [`weldc_wasi_new`] made; null is ignored.
///
/// # Safety
/// `wasi` came from [`weldc_wasi_new`] and is not used any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_wasi_delete(wasi: *mut c_void) {
    if !wasi.is_null() {
        // SAFETY: as the caller promises.
        drop(unsafe { Box::from_raw(wasi.cast::<Wasi>()) });
    }
}
