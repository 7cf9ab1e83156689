//! Programs from a seed. All scripts of a component share a few slots, so that they meddle with each other; most of
//! what they do is allowed.

use super::program::{
    Call, Component, End, Function, Lift, Mode, Op, Param, Program, Slot, Stage, Step, Switch,
};
use weldc_abi::task::callback;
use weldc_tests::roundtrip::rng::Rng;

const SETS: [Slot; 2] = [0, 1];
const SUBTASKS: [Slot; 3] = [2, 3, 4];
const STREAMS: [[Slot; 2]; 2] = [[5, 6], [7, 8]];
const FUTURES: [[Slot; 2]; 2] = [[9, 10], [11, 12]];
const THREADS: [Slot; 3] = [13, 14, 15];
/// How many functions of a component are threads'.
const THREAD_FUNCTIONS: u32 = 2;

/// Where results, what is written, and what is read lie in memory.
const RESULTS: u32 = 0x2000;
const WRITTEN: u32 = 0x8000;
const READ: u32 = 0x9000;

/// How much there is of a program.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Most components beside the one that the host calls.
    pub callees: u64,
    pub functions: u64,
    pub stages: u64,
    pub steps: u64,
    /// Of a hundred programs, how many have threads.
    pub threads: u64,
}

impl Size {
    pub const SMALL: Size = Size { callees: 2, functions: 3, stages: 3, steps: 4, threads: 35 };
}

impl Program {
    /// The same seed gives the same program.
    pub fn random(seed: u64, size: Size) -> Program {
        let mut rng = Rng::new(seed);
        let has_threads = rng.percent(size.threads);
        let mut generator =
            Generator { rng, size, has_threads, first_thread: 0, tag: 0, components: Vec::new() };
        for _ in 0..1 + generator.rng.below(size.callees) {
            let functions = 1 + generator.rng.below(size.functions);
            generator.component(functions);
        }
        generator.component(1);
        Program { components: generator.components }
    }
}

struct Generator {
    rng: Rng,
    size: Size,
    has_threads: bool,
    /// The first function that a thread may be started with.
    first_thread: u32,
    tag: u32,
    components: Vec<Component>,
}

impl Generator {
    fn component(&mut self, functions: u64) {
        let is_last = functions == 1 && !self.components.is_empty();
        let mut component = Component::default();
        for number in 0..functions {
            let function = self.function(is_last && number == 0);
            component.functions.push(function);
        }
        if self.has_threads {
            // A thread starts those behind it only, so that there is an end.
            for number in 0..THREAD_FUNCTIONS {
                self.first_thread = number + 1;
                component.threads.push(self.steps(1, self.size.steps));
            }
            self.first_thread = 0;
        }
        self.components.push(component);
    }

    fn function(&mut self, is_root: bool) -> Function {
        let param = match is_root {
            true => Param::Number,
            false => self.rng.pick(&[Param::Number, Param::Number, Param::Stream, Param::Future]),
        };
        let is_async = is_root || !self.rng.percent(15);
        let lift = match is_async {
            true => self.rng.pick(&[Lift::Callback, Lift::Callback, Lift::Stackful, Lift::Sync]),
            false => Lift::Sync,
        };
        let slot = match param {
            Param::Number => None,
            Param::Stream => Some(self.rng.pick(&STREAMS)[0]),
            Param::Future => Some(self.rng.pick(&FUTURES)[0]),
        };
        let tag = self.tag();
        let stages = self.stages(lift, if is_root { 2 * self.size.steps } else { self.size.steps });
        let heeds = self.rng.percent(70);
        let result = 100 + self.rng.below(100) as u32;
        Function { param, is_async, lift, tag, slot, result, heeds, stages }
    }

    fn stages(&mut self, lift: Lift, steps: u64) -> Vec<Stage> {
        let count = if lift == Lift::Callback { 1 + self.rng.below(self.size.stages) } else { 1 };
        let mut stages: Vec<Stage> = (0..count).map(|_| self.stage(steps)).collect();
        let last = stages.len() - 1;
        stages[last].code = callback::EXIT;
        if lift != Lift::Sync && !self.rng.percent(3) {
            let steps = &mut stages[self.rng.below(count) as usize].steps;
            let at = self.rng.below(steps.len() as u64 + 1) as usize;
            let value = 200 + self.rng.below(100) as u32;
            let op = Op::Return { value, is_remembered: lift == Lift::Callback };
            steps.insert(at, Step { tag: self.tag(), op });
        }
        stages
    }

    fn stage(&mut self, steps: u64) -> Stage {
        let steps = self.steps(0, steps);
        let code = self.rng.pick(&[callback::YIELD, callback::WAIT, callback::WAIT]);
        Stage { steps, code, slot: self.rng.pick(&SETS) }
    }

    fn steps(&mut self, least: u64, most: u64) -> Vec<Step> {
        let count = least + self.rng.below(most - least + 1);
        (0..count).flat_map(|_| self.step()).collect()
    }

    /// An operation, or some that are seldom of use without each other.
    fn step(&mut self) -> Vec<Step> {
        let ops = match self.rng.below(100) {
            0..22 if !self.components.is_empty() => self.call(),
            0..30 => self.wait(),
            30..40 => {
                let subtask = self.rng.pick(&SUBTASKS);
                match self.rng.below(3) {
                    0 => vec![Op::SubtaskDrop(subtask)],
                    _ => vec![Op::Join(subtask, None), Op::SubtaskCancel(subtask, self.mode(70))],
                }
            }
            40..72 => self.channel(),
            72..76 => vec![
                Op::Backpressure { more: true },
                Op::ThreadYield,
                Op::Backpressure { more: false },
            ],
            76..80 => vec![Op::ThreadYield],
            _ if self.has_threads => self.thread(),
            _ => self.wait(),
        };
        ops.into_iter().map(|op| Step { tag: self.tag(), op }).collect()
    }

    fn call(&mut self) -> Vec<Op> {
        let component = self.rng.below(self.components.len() as u64) as usize;
        let functions = &self.components[component].functions;
        let function = self.rng.below(functions.len() as u64) as usize;
        let Function { param, is_async, .. } = functions[function];
        let mode = if is_async { self.mode(75) } else { Mode::Sync };
        let argument = match param {
            Param::Number => self.rng.below(50) as u32,
            Param::Stream => self.rng.pick(&STREAMS)[0],
            Param::Future => self.rng.pick(&FUTURES)[0],
        };
        let subtask = self.rng.pick(&SUBTASKS);
        let result = RESULTS + 8 * subtask;
        let call = Op::Call(Call { component, function, param, mode, argument, subtask, result });
        let mut ops = match param {
            Param::Number => Vec::new(),
            Param::Stream => vec![new_stream(argument)],
            Param::Future => vec![new_future(argument)],
        };
        ops.push(call);
        if mode == Mode::Async && self.rng.percent(60) {
            let set = self.rng.pick(&SETS);
            ops.extend([Op::SetNew(set), Op::Join(subtask, Some(set))]);
        }
        ops
    }

    fn wait(&mut self) -> Vec<Op> {
        let set = self.rng.pick(&SETS);
        let subtask = self.rng.pick(&SUBTASKS);
        match self.rng.below(8) {
            0 => vec![Op::SetNew(set)],
            1 => vec![Op::SetDrop(set)],
            2 | 3 => vec![Op::SetPoll(set), Op::Load(RESULTS + 8 * subtask)],
            4 => vec![Op::Join(subtask, Some(set)), Op::SetPoll(set)],
            _ => vec![Op::SetNew(set), Op::Join(subtask, Some(set)), Op::SetWait(set)],
        }
    }

    fn channel(&mut self) -> Vec<Op> {
        let is_future = self.rng.percent(40);
        let [readable, writable] = self.rng.pick(if is_future { &FUTURES } else { &STREAMS });
        let new = if is_future { new_future(readable) } else { new_stream(readable) };
        let is_writable = self.rng.percent(50);
        let end = End { is_future, is_writable };
        let slot = if is_writable { writable } else { readable };
        match self.rng.below(10) {
            0 => vec![new],
            1 => vec![Op::Join(slot, self.rng.percent(80).then_some(self.rng.pick(&SETS)))],
            2 => vec![Op::EndCancel { end, mode: self.mode(60), slot }],
            3 => vec![Op::EndDrop { end, slot }],
            4 => vec![new, self.copy(end, slot), Op::EndCancel { end, mode: self.mode(80), slot }],
            5 => vec![self.copy(end, slot), Op::EndDrop { end, slot }],
            6 => {
                let other = End { is_writable: !is_writable, ..end };
                let opposite = if is_writable { readable } else { writable };
                vec![new, self.copy(end, slot), self.copy(other, opposite)]
            }
            _ => vec![new, self.copy(end, slot)],
        }
    }

    fn copy(&mut self, end: End, slot: Slot) -> Op {
        let at = if end.is_writable { WRITTEN + 16 * slot } else { READ + 16 * slot };
        let count = if end.is_future { 1 } else { self.rng.pick(&[0, 1, 2, 3, 4]) };
        Op::EndCopy { end, mode: self.mode(80), slot, at, count }
    }

    fn thread(&mut self) -> Vec<Op> {
        let slot = self.rng.pick(&THREADS);
        let function = self.first_thread + self.rng.below(2) as u32;
        if function >= THREAD_FUNCTIONS {
            return vec![Op::ThreadIndex(slot), Op::ThreadYield];
        }
        let switch = self.rng.pick(&[
            Switch::SuspendThenResume,
            Switch::YieldThenResume,
            Switch::YieldThenResume,
            Switch::SuspendThenPromote,
            Switch::YieldThenPromote,
            Switch::YieldThenPromote,
        ]);
        let new = Op::ThreadNew { function, slot };
        match self.rng.below(8) {
            0 => vec![Op::ThreadIndex(slot)],
            1 => vec![Op::ThreadIndex(slot), Op::ThreadSuspend],
            2 => vec![Op::ThreadLater(slot)],
            3 => vec![new],
            4 => vec![new, Op::ThreadLater(slot)],
            5 => vec![Op::ThreadSwitch(switch, slot)],
            _ => vec![new, Op::ThreadSwitch(switch, slot)],
        }
    }

    fn mode(&mut self, chance: u64) -> Mode {
        if self.rng.percent(chance) { Mode::Async } else { Mode::Sync }
    }

    fn tag(&mut self) -> u32 {
        self.tag += 1;
        self.tag
    }
}

fn new_stream(readable: Slot) -> Op {
    Op::EndNew { is_future: false, readable, writable: readable + 1 }
}

fn new_future(readable: Slot) -> Op {
    Op::EndNew { is_future: true, readable, writable: readable + 1 }
}
