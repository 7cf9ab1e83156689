//! Time and progress: what `--time` prints, and the bar that a long compilation shows on a terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// A compilation that takes longer shows its progress.
const PATIENCE: Duration = Duration::from_secs(1);

/// Measures phases that follow each other.
pub struct Clock {
    print: bool,
    start: Instant,
    current: Option<(&'static str, Instant)>,
}

impl Clock {
    /// `print` is `--time`.
    pub fn new(print: bool) -> Clock {
        Clock { print, start: Instant::now(), current: None }
    }

    /// The phase before this one has ended.
    pub fn phase(&mut self, name: &'static str) {
        self.end();
        self.current = Some((name, Instant::now()));
    }

    /// The last phase has ended.
    pub fn end(&mut self) {
        if let Some((name, since)) = self.current.take() {
            self.line(name, since.elapsed());
        }
    }

    fn line(&self, name: &str, time: Duration) {
        if self.print {
            eprintln!("{name:>10} {:>10.3} ms", time.as_secs_f64() * 1e3);
        }
    }
}

impl Drop for Clock {
    fn drop(&mut self) {
        self.end();
        self.line("total", self.start.elapsed());
    }
}

/// A bar that appears once compiling has taken longer than [`PATIENCE`], on a terminal only.
pub struct Bar {
    functions: u64,
    start: Instant,
    terminal: bool,
    bar: OnceLock<ProgressBar>,
    done: std::sync::atomic::AtomicU64,
}

impl Bar {
    pub fn new(functions: usize) -> Bar {
        Bar {
            functions: functions as u64,
            start: Instant::now(),
            terminal: std::io::stderr().is_terminal(),
            bar: OnceLock::new(),
            done: Default::default(),
        }
    }

    /// One more function is compiled; from any thread.
    pub fn tick(&self) {
        let done = self.done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
        if self.terminal && self.start.elapsed() > PATIENCE {
            self.bar.get_or_init(|| self.show()).set_position(done);
        }
    }

    fn show(&self) -> ProgressBar {
        let style = "   compiling {wide_bar} {pos}/{len} functions, {eta} left";
        let bar = ProgressBar::with_draw_target(Some(self.functions), ProgressDrawTarget::stderr());
        match ProgressStyle::with_template(style) {
            Ok(style) => bar.with_style(style.progress_chars("━╸ ")),
            Err(_) => bar,
        }
        .with_elapsed(self.start.elapsed())
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}
