//! Random graphs of objects, changed in step with a model in which nothing is ever collected.

use super::super::testing::*;
use super::{field, read};
use crate::context::Context;
use crate::memory::weldc_rt_table_grow;
use crate::testing::Random;
use core::cell::RefCell;
use std::collections::HashMap;
use std::vec;
use std::vec::Vec;
use weldc_abi::gc::{header, host, i31};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Value {
    Word(u64),
    Object(usize),
}
const NULL: Value = Value::Word(0);

/// An object: its words behind the header, or the bytes of an array of bytes, eight at a time.
struct Object {
    header: u64,
    words: Vec<Value>,
}

impl Object {
    fn kind(&self) -> u32 {
        self.header as u32 >> 1
    }

    /// Which words are traced.
    fn traced(&self) -> core::ops::Range<usize> {
        match self.kind() {
            layout::NODE => 1..3,
            layout::WIDE | layout::REFERENCES => 0..self.words.len(),
            _ => 0..0,
        }
    }
}

struct ModelFrame {
    address: Frame,
    slots: [Value; SLOTS],
    /// What it is making now, or what kind of call it is in.
    doing: Doing,
}

#[derive(Clone, Copy, PartialEq)]
enum Doing {
    Nothing,
    Making(usize),
    Calling,
    Entering,
}

struct Model {
    random: Random,
    objects: Vec<Object>,
    frames: Vec<ModelFrame>,
    roots: [Value; 3],
    table: Vec<Value>,
    steps: usize,
    /// How many calls of the zone are in execution.
    entered: usize,
}

/// What a frame's script does, as decided while the model is borrowed.
enum Next {
    Command(Command),
    Reenter,
}

impl Model {
    fn new(seed: u64, steps: usize) -> Model {
        let table = vec![NULL; layout::TABLE_LENGTH as usize];
        Model {
            random: Random(seed),
            objects: vec![],
            frames: vec![],
            roots: [NULL; 3],
            table,
            steps,
            entered: 0,
        }
    }

    fn frame(&mut self) -> &mut ModelFrame {
        self.frames.last_mut().expect("a frame")
    }

    /// The script of the innermost frame, whose slots are at `address`.
    fn step(&mut self, zone: Context, address: Frame) -> Next {
        if self.frames.last().is_none_or(|frame| frame.address != address) {
            let doing = Doing::Nothing;
            self.frames.push(ModelFrame { address, slots: [NULL; SLOTS], doing });
        }
        match self.frame().doing {
            Doing::Making(object) => self.fill(object),
            Doing::Calling => self.frame().slots[SLOTS / 2..].fill(NULL),
            Doing::Entering | Doing::Nothing => {}
        }
        self.frame().doing = Doing::Nothing;
        if self.random.below(64) == 0 || self.steps == 0 {
            self.check(zone);
        }
        loop {
            if let Some(next) = self.act(zone) {
                return next;
            }
        }
    }

    /// Does one thing; `None` if another can follow.
    fn act(&mut self, zone: Context) -> Option<Next> {
        if self.steps == 0 {
            return Some(self.leave());
        }
        self.steps -= 1;
        match self.random.below(100) {
            0..40 => return Some(self.make()),
            40..60 => self.write(),
            60..80 => self.read(),
            80..90 => self.write_outside(zone),
            90..92 => self.grow_table(zone),
            92..95 if self.frames.len() < 30 => {
                self.frame().doing = Doing::Calling;
                return Some(Next::Command(Command::Recurse));
            }
            95..97 if self.frames.len() < 30 => {
                self.frame().doing = Doing::Entering;
                return Some(Next::Reenter);
            }
            97..100 if self.frames.len() > 1 => return Some(self.leave()),
            _ => {}
        }
        None
    }

    fn leave(&mut self) -> Next {
        self.frames.pop();
        Next::Command(Command::Return)
    }

    /// A word that is no object, or what some slot of the frame has.
    fn value(&mut self) -> Value {
        match self.random.below(8) {
            0 => NULL,
            1 => Value::Word(i31(self.random.next() as u32)),
            2 => Value::Word(host(self.random.next())),
            _ => {
                let slot = self.random.below(SLOTS as u64) as usize;
                self.frame().slots[slot]
            }
        }
    }

    /// The real word of a value: the objects' addresses are those of the slots that the value came from.
    fn word(&self, value: Value) -> u64 {
        let frame = self.frames.last().expect("a frame");
        match value {
            Value::Word(word) => word,
            Value::Object(_) => {
                let slot = frame.slots.iter().position(|&slot| slot == value).expect("in a slot");
                // SAFETY: a slot of the innermost frame.
                unsafe { read(frame.address.add(slot)) }
            }
        }
    }

    fn set_slot(&mut self, slot: usize, value: Value, word: u64) {
        let frame = self.frame();
        frame.slots[slot] = value;
        // SAFETY: a slot of the innermost frame.
        unsafe { frame.address.add(slot).write(word) };
    }

    fn make(&mut self) -> Next {
        let kind = self.random.below(7) as u32;
        let most = if self.random.below(50) == 0 { 5000 } else { 20 };
        let length = self.random.below(most) as u32;
        let (length, words, size) = match kind {
            layout::EMPTY => (0, 0, 8),
            layout::NODE => (0, 3, 32),
            layout::WIDE => (0, 8, 72),
            layout::NUMBER => (0, 1, 16),
            layout::BYTES => (length, length.div_ceil(8), 8 + length),
            layout::REFERENCES => (length, length, 8 + 8 * length),
            _ => (length, 2 * length, 8 + 16 * length),
        };
        let header = header(kind, length);
        self.frame().doing = Doing::Making(self.objects.len());
        self.objects.push(Object { header, words: vec![NULL; words as usize] });
        Next::Command(Command::Allocate(header, size.into()))
    }

    /// The object has been made: all 0 but its header.
    fn fill(&mut self, id: usize) {
        let address = self.frame().address;
        self.frame().slots[0] = Value::Object(id);
        // SAFETY: the first slot has the new object.
        let object = unsafe { read(address) };
        let traced = self.objects[id].traced();
        for index in 0..self.objects[id].words.len() {
            // SAFETY: a word of the object.
            assert_eq!(unsafe { read(field(object, index + 1)) }, 0);
            let value = match traced.contains(&index) {
                true => self.value(),
                false => Value::Word(self.random.next()),
            };
            self.set_word(id, object, index, value);
        }
    }

    fn set_word(&mut self, id: usize, object: u64, index: usize, value: Value) {
        let word = self.word(value);
        self.objects[id].words[index] = value;
        // SAFETY: a word of the object.
        unsafe { field(object, index + 1).write(word) };
    }

    /// An object in a slot with a traced word, and which.
    fn place(&mut self) -> Option<(usize, u64, usize)> {
        let slot = self.random.below(SLOTS as u64) as usize;
        let value = self.frame().slots[slot];
        let Value::Object(id) = value else { return None };
        let traced = self.objects[id].traced();
        if traced.is_empty() {
            return None;
        }
        let index = traced.start + self.random.below(traced.len() as u64) as usize;
        Some((id, self.word(value), index))
    }

    fn write(&mut self) {
        let value = self.value();
        if let Some((id, object, index)) = self.place() {
            self.set_word(id, object, index, value);
        }
    }

    fn read(&mut self) {
        let to = self.random.below(SLOTS as u64) as usize;
        if let Some((id, object, index)) = self.place() {
            let value = self.objects[id].words[index];
            // SAFETY: a word of the object.
            self.set_slot(to, value, unsafe { read(field(object, index + 1)) });
        }
    }

    /// To a root or the table, or back.
    fn write_outside(&mut self, zone: Context) {
        let at = self.random.below((self.roots.len() + self.table.len()) as u64) as usize;
        let place = self.outside(zone, at);
        if self.random.below(2) == 0 {
            let value = self.value();
            let word = self.word(value);
            match at.checked_sub(self.roots.len()) {
                Some(element) => self.table[element] = value,
                None => self.roots[at] = value,
            }
            // SAFETY: a traced word of the context.
            unsafe { place.write(word) };
        } else {
            let value = match at.checked_sub(self.roots.len()) {
                Some(element) => self.table[element],
                None => self.roots[at],
            };
            let to = self.random.below(SLOTS as u64) as usize;
            // SAFETY: as above.
            self.set_slot(to, value, unsafe { read(place) });
        }
    }

    fn outside(&self, zone: Context, at: usize) -> *mut u64 {
        match at.checked_sub(self.roots.len()) {
            Some(element) => zone.at::<u64>(layout::ELEMENTS).wrapping_add(element),
            None => zone.at(layout::ROOTS[at]),
        }
    }

    fn grow_table(&mut self, zone: Context) {
        if self.table.len() < 64 {
            let value = self.value();
            let word = self.word(value);
            // SAFETY: a living zone.
            let old = unsafe { weldc_rt_table_grow(zone, 1, 1, word) };
            assert_eq!(old, self.table.len() as u64);
            self.table.push(value);
        }
    }

    /// Everything that can be reached is what the model has, and different objects are different.
    fn check(&self, zone: Context) {
        let mut pairs = vec![];
        for frame in &self.frames {
            let count = if frame.doing == Doing::Calling { SLOTS / 2 } else { SLOTS };
            for (slot, &value) in frame.slots[..count].iter().enumerate() {
                pairs.push((value, frame.address.wrapping_add(slot)));
            }
        }
        let outside = self.roots.iter().chain(&self.table).enumerate();
        pairs.extend(outside.map(|(at, &value)| (value, self.outside(zone, at))));
        let (mut addresses, mut ids) = (HashMap::new(), HashMap::new());
        while let Some((value, place)) = pairs.pop() {
            // SAFETY: a root, or a word of an object that a root leads to.
            let word = unsafe { read(place) };
            let id = match value {
                Value::Word(expected) => {
                    assert_eq!(word, expected);
                    continue;
                }
                Value::Object(id) => id,
            };
            assert_eq!(*ids.entry(word).or_insert(id), id);
            if let Some(known) = addresses.insert(id, word) {
                assert_eq!(known, word);
                continue;
            }
            let object = &self.objects[id];
            // SAFETY: as above.
            assert_eq!(unsafe { read(field(word, 0)) }, object.header);
            let words = object.words.iter().enumerate();
            pairs.extend(words.map(|(index, &value)| (value, field(word, index + 1))));
        }
    }
}

/// Runs so many random steps.
fn run(seed: u64, steps: usize, always: bool) {
    let zone = Puppet::new(always);
    let model = RefCell::new(Model::new(seed, steps));
    let script = |zone: Context, frame: Frame| {
        loop {
            let next = model.borrow_mut().step(zone, frame);
            match next {
                Next::Command(command) => return command,
                Next::Reenter => {
                    model.borrow_mut().entered += 1;
                    assert_eq!(reenter(zone), 0);
                }
            }
        }
    };
    assert_eq!(zone.run(&script), 0);
    let model = model.borrow();
    model.check(zone.0);
    assert!(model.frames.is_empty() && model.steps == 0 && model.entered > 0);
}

#[test]
fn random_graphs_survive_collections() {
    for seed in 1..=6 {
        run(0x9e37_79b9_7f4a_7c15 >> seed, 60_000, false);
    }
}

#[test]
fn random_graphs_survive_a_collection_at_every_allocation() {
    for seed in 1..=6 {
        run(0x9e37_79b9_7f4a_7c15 >> seed, 3_000, true);
    }
}
