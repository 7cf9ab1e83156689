//! Placing, told by small components in the text format; and all three phases before translation,
//! tried with broken input.

use super::*;
use crate::link::tests::Recorder;
use crate::link::{self, Step};
use crate::parse::{self, Parsed};
use cranelift_entity::EntityRef;
use std::collections::HashSet;
use wasmparser::WasmFeatures;
use weldc_abi::context::{HEADER_SIZE, instance, memory as memory_record, table};
use weldc_abi::{GUARD_BYTES, HOST_PAGE};

struct Placed {
    layout: Layout,
}

fn try_place(bytes: Vec<u8>, options: &CodeOptions) -> Result<Placed> {
    let parsed: Parsed = parse::parse(bytes, WasmFeatures::all())?;
    let program = link::link(&parsed, &mut Recorder::default())?;
    let options = &CodeOptions { whole: true, ..options.clone() };
    let facts = Facts::new(&parsed, &program, options)?;
    let layout = place(&parsed, &program, &facts, options)?;
    check(&parsed, &program, &layout);
    Ok(Placed { layout })
}

/// A component of these definitions.
fn placed(definitions: &str) -> Placed {
    let text = format!("(component {definitions})");
    try_place(wat::parse_str(text).unwrap(), &CodeOptions::default()).unwrap()
}

/// A component of one core module, instantiated.
fn placed_module(fields: &str) -> Placed {
    placed(&format!("(core module $m {fields}) (core instance (instantiate $m))"))
}

/// What holds for every layout.
fn check(parsed: &Parsed, program: &Program, layout: &Layout) {
    assert!(layout.context_size <= layout.context_reserved);
    assert!(layout.context_size.is_multiple_of(8));
    assert!(u64::from(layout.context_reserved).is_multiple_of(HOST_PAGE));
    assert!(layout.context_image.bytes.len() <= layout.context_size as usize);
    assert!(layout.context_image.bytes.len().is_multiple_of(8));
    check_disjoint(layout);
    for &(offset, func) in &layout.context_image.funcs {
        let word = &layout.context_image.bytes[offset as usize..][..8];
        let sig = program.signature_of(parsed, func).as_u32();
        assert_eq!(u64::from_le_bytes(word.try_into().unwrap()), u64::from(sig + 1) << 32);
    }
    for (id, place) in layout.memories.iter() {
        assert!(place.minimum <= place.maximum && place.maximum <= place.reserved, "{id}");
        assert!(place.image_start.is_multiple_of(HOST_PAGE));
        assert!((place.image.len() as u64).is_multiple_of(HOST_PAGE));
        let end = place.image_start + place.image.len() as u64;
        assert!(end <= place.minimum.next_multiple_of(HOST_PAGE));
    }
    assert!(layout.steps.len() <= program.steps.len());
}

fn check_disjoint(layout: &Layout) {
    let mut pieces: Vec<(u32, u32)> = vec![(0, HEADER_SIZE)];
    pieces.extend(layout.memories.values().map(|m| (m.state, memory_record::SIZE)));
    pieces.extend(layout.tables.values().map(|t| (t.state, table::SIZE)));
    pieces.extend(layout.tables.values().map(|t| (t.elements, t.maximum * table::ELEMENT)));
    pieces.extend(layout.instances.values().map(|&at| (at, instance::SIZE)));
    pieces.extend(layout.globals.values().filter_map(|global| match global {
        GlobalPlace::Slot(at) => Some((*at, 8)),
        GlobalPlace::Constant(_) => None,
    }));
    let lengths = layout.data_lengths.values().chain(layout.element_lengths.values());
    pieces.extend(lengths.flatten().filter_map(|at| at.map(|at| (at, 8))));
    pieces.sort();
    for pair in pieces.windows(2) {
        assert!(pair[0].0 + pair[0].1 <= pair[1].0, "{pair:?}");
    }
    assert!(pieces.iter().all(|&(at, size)| at % 8 == 0 && at + size <= layout.context_reserved));
}

fn memory(placed: &Placed, index: usize) -> &MemoryPlace {
    &placed.layout.memories[MemoryId::new(index)]
}

fn table_place(placed: &Placed, index: usize) -> &TablePlace {
    &placed.layout.tables[TableId::new(index)]
}

/// The function references in the image of a table.
fn table_funcs(placed: &Placed, index: usize) -> Vec<(u32, CoreFunc)> {
    let place = table_place(placed, index);
    let end = place.elements + place.minimum * table::ELEMENT;
    let inside = |&&(at, _): &&(u32, CoreFunc)| place.elements <= at && at < end;
    let funcs = placed.layout.context_image.funcs.iter();
    funcs.filter(inside).map(|&(at, func)| ((at - place.elements) / 8, func)).collect()
}

fn func(index: u32) -> CoreFunc {
    CoreFunc::Wasm { instance: InstanceId::new(0), func: index }
}

#[test]
fn an_empty_component_has_a_header_and_its_handles() {
    let placed = placed("");
    assert_eq!(placed.layout.context_size, HEADER_SIZE + instance::SIZE);
    assert_eq!(u64::from(placed.layout.context_reserved), HOST_PAGE);
    assert!(placed.layout.context_image.bytes.is_empty());
}

#[test]
fn globals_that_code_writes_have_slots_and_others_are_constants() {
    let placed = placed_module(
        r#"(func $f
             (global.set 1 (global.get 1)) (global.set 2 (global.get 2))
             (global.set 3 (global.get 3)) (global.set 4 (global.get 4)))
           (global i32 (i32.const 1))
           (global (mut i64) (i64.const -2))
           (global (mut v128) (v128.const i64x2 3 4))
           (global (mut funcref) (ref.func $f))
           (global (mut externref) (ref.null extern))
           (global (mut i32) (i32.const 5))"#,
    );
    let globals = &placed.layout.globals;
    let slot = |index: usize| match globals[GlobalId::new(index)] {
        GlobalPlace::Slot(at) => at as usize,
        GlobalPlace::Constant(_) => panic!("{index} is a constant"),
    };
    assert!(matches!(globals[GlobalId::new(0)], GlobalPlace::Constant(ConstValue::I32(1))));
    let image = &placed.layout.context_image;
    assert_eq!(image.bytes[slot(1)..][..8], (-2i64).to_le_bytes());
    assert_eq!(slot(2) % 16, 0);
    assert_eq!(image.bytes[slot(2)..][..16], (3u128 | 4 << 64).to_le_bytes());
    assert_eq!(image.funcs, [(slot(3) as u32, func(0))]);
    assert!(slot(4) > slot(3));
    assert!(matches!(globals[GlobalId::new(5)], GlobalPlace::Constant(ConstValue::I32(5))));
}

#[test]
fn segments_before_the_first_start_become_images() {
    let placed = placed_module(
        r#"(memory 2) (table 5 funcref) (func $f) (func $g)
           (data (i32.const 70000) "abc") (data (i32.const 70001) "X") (data (i32.const 131072) "")
           (elem (i32.const 1) func $f $f $g) (elem (i32.const 2) func $g)
           (elem (i32.const 3) funcref (ref.null func))
           (start $f)"#,
    );
    assert!(matches!(placed.layout.steps[..], [Step::Start { .. }]));
    let memory = memory(&placed, 0);
    assert_eq!((memory.image_start, memory.image.len()), (65536, 65536));
    assert_eq!(&memory.image[70000 - 65536..][..4], b"aXc\0");
    assert_eq!(table_funcs(&placed, 0), [(1, func(0)), (2, func(1))]);
}

#[test]
fn after_a_start_only_an_instances_own_state_is_folded() {
    let placed = placed(
        r#"(core module $a (memory (export "m") 1) (table (export "t") 1 funcref) (func $s)
             (data (i32.const 0) "before") (start $s))
           (core module $b
             (import "a" "m" (memory 1)) (import "a" "t" (table 1 funcref))
             (memory $own 1) (table $mine 1 funcref) (func $f)
             (data (memory $own) (i32.const 0) "own")
             (data (memory 0) (i32.const 0) "shared")
             (elem (table 0) (i32.const 0) func $f)
             (elem (table $mine) (i32.const 0) func $f))
           (core instance $a (instantiate $a))
           (core instance (instantiate $b (with "a" (instance $a))))"#,
    );
    assert_eq!(&memory(&placed, 0).image[..7], b"before\0");
    assert_eq!(&memory(&placed, 1).image[..4], b"own\0");
    assert!(table_funcs(&placed, 0).is_empty());
    assert_eq!(table_funcs(&placed, 1).len(), 1);
    let [Step::Start { .. }, Step::Elements { .. }, Step::Data { segment: 1, .. }] =
        placed.layout.steps[..]
    else {
        panic!("{:?}", placed.layout.steps)
    };
}

#[test]
fn in_stages_only_what_nobody_can_have_seen_is_folded() {
    let text = r#"(component
        (core module $a (memory (export "m") 1) (data (i32.const 0) "own"))
        (core module $b
          (import "a" "m" (memory 1))
          (memory $own 1) (table $mine 1 funcref) (func $f)
          (elem (table $mine) (i32.const 0) func $f)
          (data (memory 0) (i32.const 65536) "if it has grown")
          (data (memory $own) (i32.const 0) "not if that fails"))
        (core module $c (memory 1) (data (i32.const 0) "own, too"))
        (core instance $a (instantiate $a))
        (core instance (instantiate $b (with "a" (instance $a))))
        (core instance (instantiate $c)))"#;
    let options = CodeOptions { staged: true, ..CodeOptions::default() };
    let placed = try_place(wat::parse_str(text).unwrap(), &options).unwrap();
    assert_eq!(&memory(&placed, 0).image[..4], b"own\0");
    assert!(memory(&placed, 1).image.is_empty());
    assert_eq!(&memory(&placed, 2).image[..8], b"own, too");
    assert_eq!(table_funcs(&placed, 0).len(), 1);
    let [a, b, c] = [0, 1, 2].map(|n| placed.layout.steps_of(InstanceId::from_u32(n)));
    assert!(a.is_empty() && c.is_empty());
    assert!(matches!(b, [Step::Data { segment: 0, .. }, Step::Data { segment: 1, .. }]));
}

#[test]
fn a_segment_out_of_bounds_stays_a_step() {
    let placed = placed_module(
        r#"(memory 1) (table 1 funcref) (func $f)
           (elem (i32.const 1) func $f)
           (data (i32.const 65534) "abc") (data (i32.const 65534) "ab") (data (i32.const -1) "")
           (data (i32.const 4) "d")"#,
    );
    // The second data segment overlaps what the first would have written.
    assert_eq!(placed.layout.steps.len(), 4);
    assert_eq!(memory(&placed, 0).image[4], b'd');
    assert!(placed.layout.context_image.funcs.is_empty());
}

#[test]
fn far_away_segments_stay_steps() {
    let placed = placed_module(
        r#"(memory 16384)
           (data (i32.const 16) "near") (data (i32.const 100000) "near, too")
           (data (i32.const 0x30000000) "far")"#,
    );
    assert!(matches!(placed.layout.steps[..], [Step::Data { segment: 2, .. }]));
    assert_eq!(memory(&placed, 0).image.len(), 2 * 65536);
}

#[test]
fn images_are_never_sparse() {
    let window = |segments: &[(u64, u64)]| {
        let mut ranges: Vec<_> = segments.iter().map(|&(at, len)| at..at + len).collect();
        memory::image_span(&mut ranges)
    };
    assert_eq!(window(&[]), 0..0);
    assert_eq!(window(&[(5, 3)]), 5..8);
    assert_eq!(window(&[(9, 1), (0, 1)]), 0..10);
    // The window with the most data wins; the first of equals.
    let mib = 1 << 20;
    assert_eq!(window(&[(0, 1), (10 * mib, 2)]), 10 * mib..10 * mib + 2);
    assert_eq!(window(&[(0, 1), (10 * mib, 1)]), 0..1);
    // Much data may have much room.
    assert_eq!(window(&[(0, mib), (10 * mib, 1)]), 0..10 * mib + 1);
    assert_eq!(window(&[(0, 8 * mib), (100 * mib, 1)]), 0..8 * mib);
    // What overlaps comes in, even if the image is as sparse as it may be.
    let edge = 4 * mib - 1;
    assert_eq!(window(&[(0, 1), (edge, 1), (edge, 10)]), 0..edge + 10);
    // Many small steps do not add up to a large image.
    let many: Vec<_> = (0..1000).map(|i| (i * mib, 1)).collect();
    let span = window(&many);
    assert!(span.end - span.start <= 4 * mib + 1, "{span:?}");
}

#[test]
fn tables_have_room_only_if_something_grows_them() {
    let grow =
        |table: u32| format!("(func (drop (table.grow {table} (ref.null func) (i32.const 1))))");
    let fixed = placed_module("(table 3 10 funcref) (table 3 funcref)");
    assert_eq!((table_place(&fixed, 0).maximum, table_place(&fixed, 1).maximum), (3, 3));
    let tables = "(table 3 10 funcref) (table 3 funcref) (table 2 funcref)";
    let some = placed_module(&format!("{tables} {} {}", grow(0), grow(1)));
    let maxima: Vec<_> = some.layout.tables.values().map(|t| t.maximum).collect();
    assert_eq!(maxima, [10, table::MAX_RESERVED as u32, 2]);
    // The one that cannot grow comes first, so the image is short.
    assert!(table_place(&some, 2).elements < table_place(&some, 0).elements);
    let importer = placed(&format!(
        r#"(core module $a (table (export "t") 1 funcref))
           (core module $b (import "a" "t" (table 1 funcref)) {})
           (core instance $a (instantiate $a))
           (core instance (instantiate $b (with "a" (instance $a))))"#,
        grow(0)
    ));
    assert_eq!(table_place(&importer, 0).maximum, table::MAX_RESERVED as u32);
}

#[test]
fn elements_behind_room_to_grow_stay_steps() {
    let grow =
        |table: u32| format!("(func (drop (table.grow {table} (ref.null func) (i32.const 1))))");
    let placed = placed_module(&format!(
        r#"(table 1 funcref) (table 1 funcref) {} {} (func $f)
           (elem (table 0) (i32.const 0) func $f) (elem (table 1) (i32.const 0) func $f)"#,
        grow(0),
        grow(1)
    ));
    assert_eq!(table_funcs(&placed, 0).len(), 1);
    assert!(matches!(placed.layout.steps[..], [Step::Elements { segment: 1, .. }]));
    assert!(placed.layout.context_image.bytes.len() < 1024);
}

#[test]
fn tables_start_with_their_initial_value() {
    let placed = placed_module(
        r#"(func $f) (func $g) (table 3 funcref (ref.func $f)) (elem (i32.const 1) func $g)"#,
    );
    assert_eq!(table_funcs(&placed, 0), [(0, func(0)), (1, func(1)), (2, func(0))]);
}

#[test]
fn only_passive_segments_have_lengths() {
    let placed = placed_module(
        r#"(memory 1) (table 1 funcref) (func $f)
           (data (i32.const 0) "active") (data "passive")
           (elem (i32.const 0) func $f) (elem func $f $f) (elem declare func $f)"#,
    );
    let id = InstanceId::new(0);
    let [None, Some(data)] = placed.layout.data_lengths[id][..] else { panic!() };
    let [None, Some(elements), None] = placed.layout.element_lengths[id][..] else { panic!() };
    let word = |at: u32| &placed.layout.context_image.bytes[at as usize..][..8];
    assert_eq!(word(data), 7u64.to_le_bytes());
    assert_eq!(word(elements), 2u64.to_le_bytes());
}

#[test]
fn memories_are_guarded_where_guards_can_serve() {
    let memories =
        "(memory 1) (memory 1 2) (memory i64 1 3) (memory 7 9 (pagesize 1)) (memory i64 1)";
    let grow = |n, ty| format!("(func (drop (memory.grow {n} ({ty}.const 1))))");
    let grown =
        [(0, "i32"), (1, "i32"), (2, "i64"), (3, "i32"), (4, "i64")].map(|(n, ty)| grow(n, ty));
    let text = format!("{memories} (memory 1 2) {}", grown.concat());
    let text = format!("(component (core module $m {text}) (core instance (instantiate $m)))");
    let bytes = wat::parse_str(text).unwrap();
    let guard = try_place(bytes.clone(), &CodeOptions::default()).unwrap();
    let shape = |placed: &Placed, i| {
        let m = memory(placed, i);
        (m.guarded, m.minimum, m.maximum, m.reserved, m.page_bits)
    };
    let (page, gib4) = (65536, 4 << 30);
    assert_eq!(shape(&guard, 0), (true, page, gib4, gib4 + GUARD_BYTES, 16));
    assert_eq!(shape(&guard, 1), (true, page, 2 * page, gib4 + GUARD_BYTES, 16));
    assert_eq!(shape(&guard, 2), (false, page, 3 * page, 3 * page, 16));
    assert_eq!(shape(&guard, 3), (false, 7, 9, page, 0));
    assert_eq!(shape(&guard, 4), (false, page, 1 << 36, 1 << 36, 16));
    assert_eq!(shape(&guard, 5), (true, page, page, gib4 + GUARD_BYTES, 16));
    let options = CodeOptions { guard_pages: false, ..CodeOptions::default() };
    let checked = try_place(bytes, &options).unwrap();
    assert_eq!(shape(&checked, 0), (false, page, gib4, gib4, 16));
    assert_eq!(shape(&checked, 1), (false, page, 2 * page, 2 * page, 16));
    // Nothing grows it.
    assert_eq!(shape(&checked, 5), (false, page, page, page, 16));
}

#[test]
fn more_state_than_can_be_addressed_is_refused() {
    let tables = "(table 10000000 funcref)".repeat(30);
    let text = format!("(component (core module $m {tables}) (core instance (instantiate $m)))");
    let error = try_place(wat::parse_str(text).unwrap(), &CodeOptions::default());
    assert!(error.err().unwrap().to_string().contains("at most 2048 MiB"));
}

/// Components whose every part is worth breaking.
const SEEDS: [&str; 3] = [
    r#"(component $root
         (import "wasi:io/streams@0.2.0" (instance $io
           (export "stream" (type $s (sub resource)))
           (type $e (variant (case "closed") (case "failed" string)))
           (export "error" (type $error (eq $e)))
           (export "write" (func (param "s" (borrow $s)) (param "b" (list u8))
             (result (result (error $error)))))))
         (alias export $io "stream" (type $stream))
         (core module $libc (memory (export "m") 2 4) (table (export "t") 4 funcref)
           (global $sp (export "sp") (mut i32) (i32.const 65536))
           (func $realloc (export "r") (param i32 i32 i32 i32) (result i32) global.get $sp)
           (elem (i32.const 1) func $realloc) (data (i32.const 1024) "hello")
           (data "passive") (elem func $realloc))
         (core instance $libc (instantiate $libc))
         (core func $write (canon lower (func $io "write")
           (memory (core memory $libc "m")) (realloc (core func $libc "r"))))
         (core func $drop (canon resource.drop $stream))
         (core module $app
           (import "libc" "m" (memory 1)) (import "libc" "t" (table 2 funcref))
           (import "io" "write" (func (param i32 i32 i32 i32))) (import "io" "drop" (func (param i32)))
           (func $start (drop (table.grow 0 (ref.null func) (i32.const 1))))
           (func (export "run") (param i32 i32) (result i32) local.get 0)
           (data (i32.const 2048) "world") (elem (i32.const 2) func $start) (start $start))
         (core instance $io (export "write" (func $write)) (export "drop" (func $drop)))
         (core instance $app (instantiate $app
           (with "libc" (instance $libc)) (with "io" (instance $io))))
         (func $run (param "s" string) (result u32)
           (canon lift (core func $app "run")
             (memory (core memory $libc "m")) (realloc (core func $libc "r"))))
         (instance $api (export "run" (func $run)))
         (export "my:app/api@1.0.0" (instance $api)))"#,
    r#"(component
         (component $c
           (import "n" (func $n (result u32)))
           (core module $m (func (export "d") (param i32)) (func (export "f") (result i32) i32.const 7))
           (core instance $m (instantiate $m))
           (type $r' (resource (rep i32) (dtor (core func $m "d"))))
           (export $r "r" (type $r'))
           (core func $new (canon resource.new $r)) (core func (canon resource.rep $r))
           (core func (canon lower (func $n)))
           (func (export "f") (result u32) (canon lift (core func $m "f")))
           (func (export "make") (result (own $r)) (canon lift (core func $m "f"))))
         (component $d
           (alias outer 1 $c (component $inner))
           (import "i" (instance $i (export "f" (func (result u32)))))
           (instance $x (instantiate $inner (with "n" (func $i "f"))))
           (export "o" (instance $x)))
         (core module $z (func (export "f") (result i32) i32.const 0))
         (core instance $z (instantiate $z))
         (func $f (result u32) (canon lift (core func $z "f")))
         (instance $one (instantiate $c (with "n" (func $f))))
         (instance $two (instantiate $d (with "i" (instance $one))))
         (export "a" (instance $one)) (export "b" (instance $two)))"#,
    r#"(component
         (core module $m
           (type $t (func (param i32 (ref null func)) (result i64 f32)))
           (memory i64 1) (memory 1 1 (pagesize 1)) (table 2 externref) (table 1 funcref (ref.null func))
           (tag $e (param i32))
           (global $g i32 (i32.add (i32.const 1) (i32.const 2)))
           (global (mut f64) (f64.const 1)) (global (mut v128) (v128.const i64x2 1 2))
           (func $f (type $t) (throw $e (i32.const 1)))
           (data (memory 0) (i64.const 7) "abc") (data (memory 1) (i32.const 0) "q")
           (elem (table 1) (i32.const 0) funcref (ref.func $f)) (elem declare func $f))
         (core instance (instantiate $m)) (core instance (instantiate $m))
         (type $big (record (field "a" (tuple u8 (option string) (list (list u64))))
           (field "b" (result (list u8 4) (error char)))))
         (type (func async (param "x" $big)))
         (core func (canon task.cancel)))"#,
];

/// Marsaglia's xorshift: the same mutations on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }

    fn mutate(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..=self.below(3) {
            let at = self.below(bytes.len());
            match self.below(8) {
                0 => bytes.truncate(at.max(1)),
                1 => drop(bytes.remove(at)),
                2 => bytes.insert(at, self.below(256) as u8),
                3 => bytes[at] = bytes[at].wrapping_add(1),
                4 => bytes[at] ^= 1 << self.below(8),
                _ => bytes[at] = self.below(256) as u8,
            }
            if bytes.len() < 2 {
                return;
            }
        }
    }
}

#[test]
fn broken_input_never_panics() {
    let rounds = std::env::var("WELDC_MUTATIONS").map_or(2000, |n| n.parse().unwrap());
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut messages = HashSet::new();
    let mut accepted = 0;
    let seeds = SEEDS.map(|text| wat::parse_str(text).unwrap());
    for seed in &seeds {
        try_place(seed.clone(), &CodeOptions::default()).unwrap();
    }
    for round in 0..rounds {
        let mut bytes = seeds[round % seeds.len()].clone();
        random.mutate(&mut bytes);
        match try_place(bytes, &CodeOptions::default()) {
            Ok(_) => accepted += 1,
            Err(error) => drop(messages.insert(error.to_string())),
        }
    }
    // The mutations reach something: some do not matter, and the errors are of many kinds.
    assert!(
        accepted > rounds / 20 && messages.len() > rounds / 10,
        "{accepted} {}",
        messages.len()
    );
    assert!(!messages.iter().any(|message| message.contains("validation should have")));
}

/// Everything in `$WELDC_GUESTS/*/component.wasm` parses; prints what becomes of it.
#[test]
#[ignore = "needs a folder of components"]
fn guests() {
    let folder = std::env::var("WELDC_GUESTS").expect("WELDC_GUESTS is set");
    let entries = std::fs::read_dir(folder).unwrap();
    let mut paths: Vec<_> = entries.map(|e| e.unwrap().path().join("component.wasm")).collect();
    paths.sort();
    for path in paths.into_iter().filter(|path| path.exists()) {
        println!("{}", path.display());
        println!("    {}", guest(std::fs::read(&path).unwrap()));
    }
}

fn guest(bytes: Vec<u8>) -> String {
    let clock = std::time::Instant::now();
    let size = bytes.len();
    let parsed = parse::parse(bytes, WasmFeatures::default()).unwrap();
    let parse_time = clock.elapsed();
    let program = match link::link(&parsed, &mut Recorder::default()) {
        Ok(program) => program,
        Err(error) => return format!("{size} bytes parsed in {parse_time:.1?}; {error}"),
    };
    let link_time = clock.elapsed() - parse_time;
    let facts = Facts::new(&parsed, &program, &CodeOptions::default()).unwrap();
    let layout = place(&parsed, &program, &facts, &CodeOptions::default()).unwrap();
    let place_time = clock.elapsed() - link_time - parse_time;
    check(&parsed, &program, &layout);
    format!(
        "{size} bytes parsed in {parse_time:.1?}, linked in {link_time:.1?}, placed in \
         {place_time:.1?}: {} instances, {} imports, {} exports, {} trampolines, context {} of {}, \
         images {:?}, steps {:?}",
        program.instances.len(),
        program.imports.len(),
        program.exports.len(),
        program.trampolines.len(),
        layout.context_size,
        layout.context_reserved,
        layout.memories.values().map(|m| m.image.len()).collect::<Vec<_>>(),
        layout.steps,
    )
}
