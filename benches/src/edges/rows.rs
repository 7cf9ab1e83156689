//! The rows: what is done, what the machine needs for it at least, and what is to be reached.

use super::native::{Limit, Text};
use super::{FromHost, Guest, Shape, Use};
use crate::grid::{self, Reach};

/// What is measured.
pub type Row = grid::Row<Work>;

/// What a row does once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// One round of the loop that a guest exports under this name.
    Loop(Guest, &'static str),
    /// A call of the host's.
    Call(FromHost),
    /// A new instance, what is done with it, and its end.
    Instance(Shape, Use),
}

impl grid::Work for Work {
    fn is_new(self) -> bool {
        matches!(self, Work::Instance(..))
    }
}

const fn row(
    name: &'static str,
    work: Work,
    count: u32,
    limit: Limit,
    reach: Reach,
    theirs: f64,
) -> Row {
    Row { name, work, count, limit, reach, theirs: Some(theirs) }
}

const KIB: usize = 1 << 10;
const MIB: usize = 1 << 20;
use Guest::{Host, Utf8, Utf16};
use Limit as L;
use Reach::{Peer, Time};
use Work::{Call, Instance, Loop};

/// Calls.
pub const CALLS: &[Row] = &[
    row("nop()", Loop(Utf8, "nop"), 20_000, L::Call, Time(1.5), 2.9),
    row("add(u32, u32)", Loop(Utf8, "add"), 20_000, L::Call, Time(1.5), 2.9),
    row("… that is not inlined", Loop(Utf8, "leaf"), 20_000, L::Call, Time(1.5), 2.9),
    row(
        "string UTF-8 → 8, 16 B",
        Loop(Utf8, "string-16"),
        20_000,
        L::Take(Text::Ascii, 16),
        Time(8.0),
        14.0,
    ),
    row(
        "… 64 KiB ASCII",
        Loop(Utf8, "string-64k"),
        100,
        L::Take(Text::Ascii, 64 * KIB),
        Time(1_100.0),
        1_570.0,
    ),
    row(
        "… 64 KiB not ASCII",
        Loop(Utf8, "string-other"),
        40,
        L::Take(Text::Other, 64 * KIB),
        Time(4_500.0),
        22_100.0,
    ),
    row(
        "string UTF-8 → 16, 16 B",
        Loop(Utf16, "string-16"),
        20_000,
        L::Widen(Text::Ascii, 16),
        Time(12.0),
        21.0,
    ),
    row(
        "… 64 KiB ASCII",
        Loop(Utf16, "string-64k"),
        40,
        L::Widen(Text::Ascii, 64 * KIB),
        Time(1_300.0),
        32_800.0,
    ),
    row(
        "… 64 KiB not ASCII",
        Loop(Utf16, "string-other"),
        40,
        L::Widen(Text::Other, 64 * KIB),
        Time(8_000.0),
        42_800.0,
    ),
    row("list<u8>, 64 KiB", Loop(Utf8, "bytes"), 200, L::Copy(64 * KIB), Time(700.0), 17_300.0),
    row(
        "list<u32> × 4096",
        Loop(Utf8, "words"),
        1000,
        L::Copy(16 * KIB),
        Reach::Limit(1.3),
        1_126.0,
    ),
    row(
        "256 records of 4 u32",
        Loop(Utf8, "points"),
        2000,
        L::Copy(4 * KIB),
        Reach::Limit(1.3),
        283.0,
    ),
    row(
        "256 records with gaps",
        Loop(Utf8, "mixed"),
        2000,
        L::Copy(6 * KIB),
        Reach::Limit(1.3),
        329.0,
    ),
    row("256 strings of 16 B", Loop(Utf8, "strings"), 400, L::Strings(256), Time(1_500.0), 2_970.0),
    row("own: create and drop", Loop(Utf8, "create-drop"), 5_000, L::Slab, Time(10.0), 97.0),
    row("own: create and take", Loop(Utf8, "create-take"), 5_000, L::Slab, Time(10.0), 147.0),
    row("own: pass, there and back", Loop(Utf8, "pass"), 5_000, L::Slab, Time(10.0), 78.0),
    row("borrow: to its definer", Loop(Utf8, "look"), 5_000, L::Call, Time(10.0), 76.0),
    row("borrow: to another, dropped", Loop(Utf8, "other-look"), 5_000, L::Slab, Time(10.0), 76.0),
    row("host → component: add", Call(FromHost::Add), 5_000, L::Call, Time(5.0), 108.0),
    row(
        "… string, 16 B",
        Call(FromHost::String(16)),
        5_000,
        L::Take(Text::Ascii, 16),
        Time(15.0),
        138.0,
    ),
    row(
        "… list<u8>, 1 MiB",
        Call(FromHost::Bytes(MIB)),
        10,
        L::Copy(MIB),
        Reach::Limit(1.1),
        18_950.0,
    ),
    row("component → host: nop", Loop(Host, "nop"), 5_000, L::Call, Time(4.0), 47.0),
    row("… string, 16 B", Loop(Host, "string-16"), 5_000, L::Validate(16), Time(8.0), 77.0),
    row(
        "… string, 64 KiB",
        Loop(Host, "string-64k"),
        100,
        L::Validate(64 * KIB),
        Reach::Limit(1.0),
        1_681.0,
    ),
    row("… list<u8>, 1 MiB", Loop(Host, "bytes-1m"), 1_000, L::Call, Time(10.0), 18_900.0),
];

const fn instance(name: &'static str, shape: Shape, how: Use, count: u32) -> Row {
    let (work, limit) = (Instance(shape, how), L::Fault);
    Row { name, work, count, limit, reach: Peer(0.5), theirs: None }
}

/// Instances.
pub const INSTANCES: &[Row] = &[
    instance("small", Shape::Small, Use::Nothing, 100),
    instance("… and a call", Shape::Small, Use::Peek, 100),
    instance("16 MiB with 1 MiB of data", Shape::Data('a'), Use::Nothing, 50),
    instance("… all data read", Shape::Data('b'), Use::Read, 20),
    instance("… 256 pages written", Shape::Data('c'), Use::Write, 10),
    instance("100 exports", Shape::Exports, Use::Nothing, 100),
    instance("50 adapters, 51 memories", Shape::Adapters, Use::Nothing, 10),
    instance("… and a call through all", Shape::Adapters, Use::Peek, 10),
];
