//! Valid components of a given shape and size: what a compiler's time and memory are measured on.
//!
//! A shape stresses one thing, and its size is how often. Whatever the size, the component is valid, unless
//! the validator has a limit; the same size gives the same bytes. `compiler/tests/shapes.rs` compiles all of
//! them when they are small, `benches/src/bin/curves.rs` draws the curve of time and memory over size.
//!
//! Everything is reachable from an export, so that nothing can be left out as unused.

mod components;
mod functions;
mod modules;

/// A family of components.
pub struct Shape {
    pub name: &'static str,
    /// The size that a compiler should still master: 100 times what is usual.
    pub full: usize,
    text: fn(usize) -> String,
}

impl Shape {
    /// The component of this size, in binary form.
    ///
    /// # Panics
    /// If the generator's text is wrong.
    pub fn component(&self, size: usize) -> Vec<u8> {
        let text = (self.text)(size);
        wat::parse_str(text).unwrap_or_else(|error| panic!("shape {}: {error}", self.name))
    }

    /// The size at a hundredth, a tenth, or the whole of [`Self::full`].
    pub fn size(&self, hundredths: usize) -> usize {
        (self.full * hundredths / 100).max(1)
    }
}

/// Every shape there is.
pub fn all() -> impl Iterator<Item = &'static Shape> {
    [functions::SHAPES, modules::SHAPES, components::SHAPES].into_iter().flatten()
}

/// `text(0)`, `text(1)`, … behind each other.
fn repeat<T: AsRef<str>>(count: usize, text: impl Fn(usize) -> T) -> String {
    let mut all = String::new();
    for i in 0..count {
        all.push_str(text(i).as_ref());
        all.push('\n');
    }
    all
}

/// A component with one core module, whose export `f: (i32) -> i32` it exports.
fn around(fields: &str) -> String {
    format!(
        "(component
            (core module $m {fields})
            (core instance $i (instantiate $m))
            (func (export \"f\") (param \"x\" s32) (result s32) (canon lift (core func $i \"f\"))))"
    )
}
