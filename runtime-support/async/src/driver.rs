//! What runs zones: within `poll`, on whatever thread that happens on, and on one at a time.
//!
//! Who waits for something of a zone drives it: it ticks, and polls the functions of the host's that the zone waits for,
//! until nothing is ready. What makes something ready from elsewhere raises the [`Signal`].

use crate::library::Library;
use crate::signal::Signal;
use core::ffi::{CStr, c_void};
use core::fmt;
use core::future::{Future, poll_fn};
use core::pin::Pin;
use core::task::{Context, Poll};
use futures_core::Stream;
use futures_util::stream::FuturesUnordered;
use futures_util::task::waker_ref;
use parking_lot::{ReentrantMutex, ReentrantMutexGuard};
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;
use weldc_abi::{Trap, task};

/// A future of the driver's own.
pub(crate) type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Zones that are used together: by one task after the other, on any threads. Clones are the same driver.
#[derive(Clone)]
pub struct Driver {
    shared: Arc<Shared>,
}

struct Shared {
    /// Held whenever generated code, the runtime or a callback of theirs runs. The state is never borrowed then.
    lock: ReentrantMutex<RefCell<State>>,
    signal: Arc<Signal>,
}

#[derive(Default)]
struct State {
    zones: Vec<Running>,
    /// Zones that went while one ran: deleted once none does.
    orphans: Vec<Running>,
    /// How many drives are on the stack.
    depth: u32,
    /// Calls of the host's that have not ended, by their records' addresses: how to end them, and of which zone.
    calls: HashMap<usize, PendingCall>,
    /// The host's functions that zones wait for; those that were started since they were last polled.
    tasks: FuturesUnordered<Task>,
    started: Vec<Task>,
}

#[derive(Clone, Copy)]
struct Running {
    library: Library,
    instance: Address,
}

/// An address that only who holds the lock uses.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Address(*mut c_void);
// SAFETY: it is handed over with the lock.
unsafe impl Send for Address {}
// SAFETY: shared, it is used by who holds the lock.
unsafe impl Sync for Address {}

#[derive(Clone, Copy)]
struct PendingCall {
    instance: Address,
    end: unsafe fn(usize, i32),
}

/// How many ticks a poll may take before others have their turn.
const BUDGET: u32 = 1024;

/// The right to use the zones.
pub(crate) struct Guard<'a> {
    driver: &'a Driver,
    state: ReentrantMutexGuard<'a, RefCell<State>>,
}

impl Driver {
    pub fn new() -> Driver {
        let lock = ReentrantMutex::new(RefCell::default());
        Driver { shared: Arc::new(Shared { lock, signal: Arc::default() }) }
    }

    pub(crate) fn lock(&self) -> Guard<'_> {
        Guard { driver: self, state: self.shared.lock.lock() }
    }

    /// Drives all zones for ever, also when no call waits: what tasks do after they have returned, and what they wait
    /// for. While it is polled, no other task is woken but those whose own calls, streams and futures have something.
    pub async fn run(&self) -> core::convert::Infallible {
        let _stop = StopRunning(&self.shared.signal);
        poll_fn(|cx| {
            self.shared.signal.run(cx.waker());
            self.lock().drive(cx);
            Poll::Pending
        })
        .await
    }

    /// Drives all zones until nothing is ready and none waits for a function of the host's.
    pub async fn quiesce(&self) {
        poll_fn(|cx| {
            let guard = self.lock();
            self.shared.signal.wait(cx.waker());
            guard.drive(cx);
            if guard.is_quiet() { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    }

    /// Calls of the host's and functions of the host's that have not ended.
    pub fn pending(&self) -> (usize, usize) {
        let guard = self.lock();
        let state = guard.state.borrow();
        (state.calls.len(), state.tasks.len() + state.started.len())
    }
}

impl Default for Driver {
    fn default() -> Driver {
        Driver::new()
    }
}

impl fmt::Debug for Driver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Driver").finish_non_exhaustive()
    }
}

struct StopRunning<'a>(&'a Signal);

impl Drop for StopRunning<'_> {
    fn drop(&mut self) {
        self.0.stop();
    }
}

impl Guard<'_> {
    /// Something may be ready that was not: whoever can drive the zones must.
    pub fn raise(&self) {
        self.driver.shared.signal.raise();
    }

    /// A task waits for something of the zones, until it is woken.
    pub fn wait(&self, cx: &Context<'_>) {
        self.driver.shared.signal.wait(cx.waker());
    }

    /// Runs what is ready.
    pub fn drive(&self, cx: &Context<'_>) {
        let _running = self.run();
        let _driving =
            self.driver.shared.signal.begin().then(|| Driving(&self.driver.shared.signal));
        let mut budget = BUDGET;
        loop {
            let raised = self.driver.shared.signal.take();
            let ran = self.tick(&mut budget);
            let polled = self.poll_tasks();
            if budget == 0 {
                cx.waker().wake_by_ref();
                return;
            }
            if !(raised || ran || polled) {
                return;
            }
            budget -= 1;
        }
    }

    /// Zones run while the result lives: none is deleted.
    pub fn run(&self) -> Depth<'_> {
        self.state.borrow_mut().depth += 1;
        Depth(self)
    }

    /// Whether any thread of a zone ran.
    fn tick(&self, budget: &mut u32) -> bool {
        let mut any = false;
        let mut index = 0;
        loop {
            // Not borrowed while the zone runs: it may call what makes or drops zones.
            let Some(zone) = self.state.borrow().zones.get(index).copied() else { return any };
            // SAFETY: a living zone, which is not deleted while zones run, used by this thread alone.
            match unsafe { (zone.library.tick)(zone.instance.0) } {
                1 => any = true,
                // Nothing is ready, or the zone has ended, and with it its calls.
                _ => index += 1,
            }
            *budget = budget.saturating_sub(1);
            if *budget == 0 {
                return any;
            }
        }
    }

    /// Polls the host's functions that were started or woken; whether one ended.
    fn poll_tasks(&self) -> bool {
        let mut state = self.state.borrow_mut();
        let mut tasks = std::mem::take(&mut state.tasks);
        tasks.extend(state.started.drain(..));
        drop(state);
        let waker = waker_ref(&self.driver.shared.signal);
        let mut cx = Context::from_waker(&waker);
        let mut ended = false;
        while let Poll::Ready(Some(())) = Pin::new(&mut tasks).poll_next(&mut cx) {
            ended = true;
        }
        let mut state = self.state.borrow_mut();
        // One of them drove the zones itself, and left others here. They are polled once more, from this set.
        let others = std::mem::take(&mut state.tasks);
        let again = !others.is_empty() || !state.started.is_empty();
        tasks.extend(others);
        state.tasks = tasks;
        ended || again
    }

    fn is_quiet(&self) -> bool {
        let state = self.state.borrow();
        state.tasks.is_empty() && state.started.is_empty() && !self.driver.shared.signal.take()
    }

    /// A future that is polled from now on.
    pub fn spawn(&self, task: Task) {
        self.state.borrow_mut().started.push(task);
        self.raise();
    }

    /// A call that has not ended; `end` is called with its address if the zone ends before it does.
    pub fn add_call(&self, call: usize, instance: *mut c_void, end: unsafe fn(usize, i32)) {
        let pending = PendingCall { instance: Address(instance), end };
        self.state.borrow_mut().calls.insert(call, pending);
    }

    pub fn remove_call(&self, call: usize) {
        self.state.borrow_mut().calls.remove(&call);
    }

    /// Ends all calls of a zone that has ended.
    fn fail_calls(&self, instance: Address, status: i32) {
        let of_zone = |(&call, pending): (&usize, &PendingCall)| {
            (pending.instance == instance).then_some((call, pending.end))
        };
        let calls: Vec<_> = self.state.borrow().calls.iter().filter_map(of_zone).collect();
        for (call, end) in calls {
            // It may have ended in the meantime.
            if self.state.borrow_mut().calls.remove(&call).is_some() {
                // SAFETY: the record of a pending call, which the zone does not use any more.
                unsafe { end(call, status) };
            }
        }
    }

    fn delete(&self, zone: Running) {
        // SAFETY: the zone's owner dropped it, and it does not run.
        unsafe { (zone.library.delete)(zone.instance.0) };
        self.fail_calls(zone.instance, task::CANCELLED);
    }
}

/// While it lives, somebody drives the zones.
struct Driving<'a>(&'a Signal);

impl Drop for Driving<'_> {
    fn drop(&mut self) {
        self.0.end();
    }
}

/// While it lives, zones run. The last one deletes those that were dropped meanwhile.
pub(crate) struct Depth<'a>(&'a Guard<'a>);

impl Drop for Depth<'_> {
    fn drop(&mut self) {
        let mut state = self.0.state.borrow_mut();
        state.depth -= 1;
        if state.depth > 0 {
            return;
        }
        let orphans = std::mem::take(&mut state.orphans);
        drop(state);
        orphans.into_iter().for_each(|zone| self.0.delete(zone));
    }
}

/// An instance of a component: deleted when this is dropped. Threads take turns using it.
pub struct Zone {
    driver: Driver,
    running: Running,
}

impl Zone {
    /// Has an instance driven, and deletes it in the end.
    ///
    /// # Safety
    /// `instance` was made by the library, nobody else deletes it or sets its waker, and it is used while the driver
    /// runs it only, or by what the driver calls. Streams and futures go between zones of one driver only.
    pub unsafe fn new(driver: &Driver, library: Library, instance: *mut c_void) -> Zone {
        let running = Running { library, instance: Address(instance) };
        let guard = driver.lock();
        guard.state.borrow_mut().zones.push(running);
        let signal = Arc::as_ptr(&driver.shared.signal).cast_mut().cast();
        // SAFETY: the caller's; the signal lives as long as the driver, of which this has a clone.
        unsafe { (library.set_waker)(instance, Some(raise), signal) };
        guard.raise();
        drop(guard);
        Zone { driver: driver.clone(), running }
    }

    pub fn driver(&self) -> &Driver {
        &self.driver
    }

    pub fn library(&self) -> &Library {
        &self.running.library
    }

    pub fn instance(&self) -> *mut c_void {
        self.running.instance.0
    }

    /// The message and the backtrace of the trap that ended the instance; empty if none did.
    pub fn message(&self) -> String {
        let _guard = self.driver.lock();
        // SAFETY: a living instance; the message is a C string that lives as long, and is copied.
        let message = unsafe { CStr::from_ptr((self.running.library.message)(self.instance())) };
        message.to_string_lossy().into_owned()
    }
}

impl Drop for Zone {
    fn drop(&mut self) {
        let guard = self.driver.lock();
        let mut state = guard.state.borrow_mut();
        state.zones.retain(|zone| zone.instance != self.running.instance);
        if state.depth > 0 {
            state.orphans.push(self.running);
            return;
        }
        drop(state);
        guard.delete(self.running);
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Zone").field("instance", &self.instance()).finish_non_exhaustive()
    }
}

/// The waker of every zone.
unsafe extern "C" fn raise(signal: *mut c_void) {
    // SAFETY: the signal that the zone was given, which lives.
    unsafe { &*signal.cast::<Signal>() }.raise();
}

/// Why a call has no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The instance has ended; [`Zone::message`] says more.
    Trapped(Trap),
    /// The callee was cancelled, or the instance was deleted.
    Cancelled,
}

impl Ended {
    pub(crate) fn from_status(status: i32) -> Ended {
        if status == task::CANCELLED {
            return Ended::Cancelled;
        }
        let trap = u8::try_from(status).ok().and_then(Trap::from_code);
        Ended::Trapped(trap.unwrap_or(Trap::HostFailed))
    }
}

impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Ended::Trapped(trap) => f.write_str(trap.text()),
            Ended::Cancelled => f.write_str("the call was cancelled"),
        }
    }
}

impl core::error::Error for Ended {}
