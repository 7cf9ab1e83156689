//! What the measuring programs share.
//!
//! ```text
//!  kernels   what is measured: names, sizes of one call
//!  welded    what weldc made, loaded
//!  workshop  runs compilers; what they made is kept and reused
//!  guest     the C sources as WebAssembly, with and without SIMD
//!  peers     one file per way to run a guest, behind the traits Peer and Program
//!  calls     the guest of `calls`, in weldc and in wasmtime
//!  edges     what crosses edges and what instances cost, in both and natively
//!  concurrent  what tasks, threads, streams and futures cost, in both
//!  grid      rows of work, sides that do it in turns, and the tables of both
//!  child     what a process costs
//!  oracle    what `oracle` compares with
//!  clock     pins the thread, reads its time
//!  race      calls all contenders in turns and keeps the best times
//!  report    tables of times and ratios, as text and Markdown; machine and versions
//!  plot      the bars of a table, as SVG
//! ```

pub mod calls;
pub mod child;
pub mod clock;
pub mod concurrent;
pub mod edges;
pub mod grid;
pub mod guest;
pub mod kernels;
pub mod machine;
pub mod oracle;
pub mod peers;
pub mod plot;
pub mod race;
pub mod report;
pub mod welded;
pub mod workshop;
