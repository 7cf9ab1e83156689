//! All schedules up to a length, and random ones that are long.
//!
//! `WELDC_EXPLORE` is how many acts more than usual schedules have; `WELDC_FUZZ_SEED` repeats random ones, which
//! go on for `WELDC_FUZZ_SECONDS`.

use super::model::Model;
use super::world::{Carried, Owner, World};
use super::{Act, BOXES, one_at_a_time};
use crate::testing::{Random, TestZone, layout};
use core::sync::atomic::Ordering;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use std::vec::Vec;
use std::{eprintln, format};

const A: Owner = Owner::Guest(0);
const B: Owner = Owner::Guest(1);
const HOST: Owner = Owner::Host;

/// What is explored: who has the readable and the writable end of every stream, and most elements at a time.
#[derive(Clone, Copy)]
struct Setting<'a> {
    carried: Carried,
    streams: &'a [[Owner; 2]],
    most: u32,
}

impl Setting<'_> {
    fn model(&self) -> Model {
        let hosts: Vec<_> =
            self.streams.iter().map(|ends| ends.map(|owner| owner == HOST)).collect();
        Model::new(self.carried.is_future, &hosts)
    }

    fn owner(&self, end: usize) -> Owner {
        self.streams[end / 2][end % 2]
    }

    /// Everything that can be tried: the host does nothing that it must not.
    fn acts(&self, model: &Model) -> Vec<Act> {
        let ends = 0..2 * self.streams.len();
        let mut acts = Vec::new();
        for end in ends.clone().filter(|&end| !model.is_gone(end)) {
            let is_host = self.owner(end) == HOST;
            let is_ready = !model.is_copying(end) && !model.is_done(end);
            let counts = if self.carried.is_future { 1..=1 } else { 0..=self.most };
            if !is_host || is_ready {
                acts.extend(counts.map(|count| Act::Start { end, count }));
            }
            if !is_host || model.is_copying(end) {
                acts.push(Act::Cancel { end });
            }
            if !is_host || !model.is_copying(end) && self.may_drop(model, end) {
                acts.push(Act::Drop { end });
            }
            if !is_host && model.has_event(end) {
                acts.push(Act::Deliver { end });
            }
            let is_forwarded = |&other: &usize| {
                end % 2 == 0
                    && other % 2 == 1
                    && !model.is_gone(other)
                    && !is_host
                    && self.owner(end) == self.owner(other)
            };
            let others = ends.clone().filter(is_forwarded);
            acts.extend(others.map(|writable| Act::Forward { readable: end, writable }));
        }
        acts
    }

    /// The host drops no future that it has not written.
    fn may_drop(&self, model: &Model, end: usize) -> bool {
        !self.carried.is_future || end.is_multiple_of(2) || model.is_done(end)
    }
}

/// Does the act in both; whether it was possible.
fn agree(model: &mut Model, world: &mut World<'_>, act: Act, history: &[Act]) -> bool {
    let context = || format!("{act:?} after {history:?}");
    if let Act::Start { end, .. } = act {
        world.settle(end);
    }
    let expected = model.apply(act);
    assert_eq!(world.apply(act), expected, "{}", context());
    assert_eq!(world.done, model.done, "the host was told, {}", context());
    for end in 0..world.ends.len() {
        assert_eq!(world.ends[end].is_none(), model.is_gone(end), "{}", context());
        if world.ends[end].is_none() {
            continue;
        }
        assert_eq!(world.has_event(end), model.has_event(end), "event of {end}, {}", context());
        if end % 2 == 0 && !model.is_copying(end) {
            assert_eq!(world.received(end), model.received(end), "{end}, {}", context());
        }
    }
    expected.is_ok()
}

/// All schedules of at most `left` acts that begin with those done; how many there are.
fn explore(zone: &TestZone, setting: Setting<'_>, history: &mut Vec<Act>, left: usize) -> u64 {
    let mut model = setting.model();
    let mut world = World::new(zone, setting.carried, setting.streams);
    for number in 0..history.len() {
        assert!(agree(&mut model, &mut world, history[number], &history[..number]));
    }
    let (possible, refused): (Vec<_>, Vec<_>) =
        setting.acts(&model).into_iter().partition(|&act| model.clone().apply(act).is_ok());
    // What is refused changes nothing.
    for act in refused {
        assert!(!agree(&mut model.clone(), &mut world, act, history));
    }
    drop(world);
    if left == 0 {
        return 1;
    }
    let mut schedules = 1;
    for act in possible {
        history.push(act);
        schedules += explore(zone, setting, history, left - 1);
        history.pop();
    }
    schedules
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a number"))
}

fn explore_all(what: &str, settings: &[(Setting<'_>, usize)]) {
    let _guard = one_at_a_time();
    let more = number("WELDC_EXPLORE").unwrap_or(0) as usize;
    let before = (crate::copy::live(), BOXES.load(Ordering::Relaxed));
    let (zone, start) = (TestZone::new(), Instant::now());
    let explored = |&(setting, length): &(Setting<'_>, usize)| {
        explore(&zone, setting, &mut Vec::new(), length + more)
    };
    let schedules: u64 = settings.iter().map(explored).sum();
    eprintln!("{what}: {schedules} schedules in {:?}", start.elapsed());
    drop(zone);
    assert_eq!((crate::copy::live(), BOXES.load(Ordering::Relaxed)), before, "something leaks");
}

fn stream(ty: u32) -> Carried {
    Carried { is_future: false, ty }
}

fn future(ty: u32) -> Carried {
    Carried { is_future: true, ty }
}

#[test]
fn all_short_schedules_of_one_stream() {
    let owners = [[A, A], [B, A], [HOST, A], [A, HOST], [HOST, HOST]];
    let bytes = owners.each_ref().map(|ends| {
        let streams = core::slice::from_ref(ends);
        (Setting { carried: stream(layout::BYTE), streams, most: 3 }, 5)
    });
    explore_all("streams of bytes", &bytes);
    let boxes = owners[1..].iter().map(|ends| {
        let streams = core::slice::from_ref(ends);
        (Setting { carried: stream(layout::BOXED), streams, most: 2 }, 5)
    });
    explore_all("streams of what needs transfers", &boxes.collect::<Vec<_>>());
}

#[test]
fn all_short_schedules_of_one_future() {
    let owners = [[A, A], [B, A], [HOST, A], [A, HOST], [HOST, HOST]];
    let settings = [layout::BYTE, layout::BOXED].into_iter().flat_map(|ty| {
        owners[usize::from(ty == layout::BOXED)..].iter().map(move |ends| {
            let streams = core::slice::from_ref(ends);
            (Setting { carried: future(ty), streams, most: 1 }, 12)
        })
    });
    explore_all("futures", &settings.collect::<Vec<_>>());
}

#[test]
fn all_short_schedules_of_streams_that_are_forwarded() {
    // A forwards what it reads from the first stream to the second.
    let owners = [[[A, A], [A, A]], [[A, B], [B, A]], [[A, HOST], [HOST, A]], [[A, B], [HOST, A]]];
    let streams = owners.each_ref().map(|streams| {
        (Setting { carried: stream(layout::BYTE), streams: streams.as_slice(), most: 2 }, 3)
    });
    explore_all("streams that are forwarded", &streams);
    let futures = owners.each_ref().map(|streams| {
        (Setting { carried: future(layout::BYTE), streams: streams.as_slice(), most: 1 }, 5)
    });
    explore_all("futures that are forwarded", &futures);
}

#[test]
fn long_random_schedules() {
    let _guard = one_at_a_time();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a time after 1970");
    let seed = number("WELDC_FUZZ_SEED").unwrap_or(now.as_nanos() as u64) | 1;
    let end = Instant::now() + Duration::from_secs(number("WELDC_FUZZ_SECONDS").unwrap_or(1));
    eprintln!("schedules of copies: WELDC_FUZZ_SEED={seed}");
    let (mut random, mut schedules, mut acts) = (Random(seed), 0u64, 0u64);
    let before = (crate::copy::live(), BOXES.load(Ordering::Relaxed));
    let zone = TestZone::new();
    while Instant::now() < end {
        let ty = [layout::BYTE, layout::BOXED][random.below(2) as usize];
        let carried = Carried { is_future: random.below(4) == 0, ty };
        let mut owner = |choice: &[Owner]| choice[random.below(choice.len() as u64) as usize];
        // What needs transfers must not meet itself in one instance: A, which forwards, is never at both ends.
        let middle = [A, owner(&[B, HOST])];
        let streams = if ty == layout::BYTE {
            [middle, [owner(&[A, B, HOST]), A], [A, A]]
        } else {
            [middle, [HOST, A], [A, HOST]]
        };
        let setting = Setting { carried, streams: &streams, most: 5 };
        let (mut model, mut history) = (setting.model(), Vec::new());
        let mut world = World::new(&zone, carried, &streams);
        for _ in 0..60 {
            let choice = setting.acts(&model);
            if choice.is_empty() || model.next_value() > 200 {
                break;
            }
            let act = choice[random.below(choice.len() as u64) as usize];
            let rare = matches!(act, Act::Drop { .. } | Act::Forward { .. });
            if rare && random.below(5) != 0 {
                continue;
            }
            agree(&mut model, &mut world, act, &history);
            history.push(act);
            acts += 1;
        }
        schedules += 1;
    }
    drop(zone);
    eprintln!("schedules of copies: {schedules} of {acts} acts");
    assert_eq!((crate::copy::live(), BOXES.load(Ordering::Relaxed)), before, "something leaks");
}
