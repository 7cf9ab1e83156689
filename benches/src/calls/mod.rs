//! Calls and traps: what `calls` measures, and who takes part.
//!
//! The guest is two core modules, linked: as they are, and in a component. The host gives it one function.

pub mod wasmtime;
pub mod weldc;

use anyhow::Result;

pub const LEAF: &str = include_str!("../../calls/leaf.wat");
pub const MAIN: &str = include_str!("../../calls/main.wat");

/// The component, as text.
pub fn component() -> String {
    let core = |module: &str| module.replacen("(module", "(core module", 1);
    include_str!("../../calls/component.wat")
        .replace("LEAF", &core(LEAF))
        .replace("MAIN", &core(MAIN))
}

/// The exports that call something again and again, and what that is.
pub const LOOPS: &[(&str, &str)] = &[
    ("loop-empty", "the loop alone"),
    ("loop-local", "a function of the module"),
    ("loop-local-tiny", "… that can be inlined"),
    ("loop-cross", "a function of another instance"),
    ("loop-cross-tiny", "… that can be inlined"),
    ("loop-indirect", "call_indirect, two targets in turns"),
    ("loop-host", "the host's add(u32, u32)"),
];

/// The exports that trap if they get 0, and how.
pub const TRAPS: &[(&str, &str)] =
    &[("trap", "unreachable"), ("divide", "division by zero"), ("fault", "memory access")];

/// A way to run the guest.
pub trait Side {
    fn name(&self) -> &str;

    /// Calls `add` so often from here, each with the result of the last one.
    fn add(&mut self, count: u32) -> Result<u32>;

    /// Calls one of [`LOOPS`] once.
    fn run(&mut self, name: &str, count: u32) -> Result<u32>;

    /// Makes instances, each of which can trap.
    fn victims(&self, count: usize) -> Result<Box<dyn Victims + '_>>;
}

/// Instances that trap, so many at a time that they can be measured. What follows [`Victims::aim`] takes turns with it.
pub trait Victims {
    /// Looks up one of [`TRAPS`] in all of them.
    fn aim(&mut self, name: &str) -> Result<()>;

    /// Calls it in all of them. Each must trap.
    fn trap(&mut self) -> Result<()>;

    /// Makes text of what happened in each; the length of all.
    fn report(&mut self) -> usize;

    /// Replaces each by a new one.
    fn renew(&mut self) -> Result<()>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_component_is_text() {
        wat::parse_str(component()).unwrap();
    }
}
