//! What a program is.

/// A program: each component calls functions of those before it, and the host calls the first one of the last.
#[derive(Clone, Debug)]
pub struct Program {
    pub components: Vec<Component>,
}

#[derive(Clone, Debug, Default)]
pub struct Component {
    pub functions: Vec<Function>,
    /// The operations of each thread that it may start.
    pub threads: Vec<Vec<Step>>,
}

#[derive(Clone, Debug)]
pub struct Function {
    pub param: Param,
    /// Whether its type is asynchronous.
    pub is_async: bool,
    pub lift: Lift,
    pub tag: u32,
    /// Where a stream or future goes that it is given.
    pub slot: Option<Slot>,
    /// What a synchronous lift returns.
    pub result: u32,
    /// Whether it cancels itself when it is told to.
    pub heeds: bool,
    /// One, or with a callback one for each time that it is called.
    pub stages: Vec<Stage>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Param {
    Number,
    Stream,
    Future,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lift {
    Callback,
    Stackful,
    Sync,
}

/// Operations, and what the core function returns then.
#[derive(Clone, Debug, Default)]
pub struct Stage {
    pub steps: Vec<Step>,
    /// [`weldc_abi::task::callback`]
    pub code: u32,
    /// The set to wait for.
    pub slot: Slot,
}

/// A place for a handle, or for a thread's index, in the memory of a component; 0 is nothing.
pub type Slot = u32;

/// An operation and who notes what it gives.
#[derive(Clone, Debug)]
pub struct Step {
    pub tag: u32,
    pub op: Op,
}

/// Left out where the slot that it works on has nothing, or the one that it fills has something.
#[derive(Clone, Debug)]
pub enum Op {
    /// `task.return`; a task with a callback remembers that it has returned.
    Return {
        value: u32,
        is_remembered: bool,
    },
    Call(Call),
    /// Notes a word of memory.
    Load(u32),
    SetNew(Slot),
    SetWait(Slot),
    SetPoll(Slot),
    SetDrop(Slot),
    Join(Slot, Option<Slot>),
    SubtaskCancel(Slot, Mode),
    SubtaskDrop(Slot),
    EndNew {
        is_future: bool,
        readable: Slot,
        writable: Slot,
    },
    EndCopy {
        end: End,
        mode: Mode,
        slot: Slot,
        at: u32,
        count: u32,
    },
    EndCancel {
        end: End,
        mode: Mode,
        slot: Slot,
    },
    EndDrop {
        end: End,
        slot: Slot,
    },
    Backpressure {
        more: bool,
    },
    ThreadIndex(Slot),
    ThreadNew {
        function: u32,
        slot: Slot,
    },
    ThreadLater(Slot),
    ThreadYield,
    ThreadSuspend,
    ThreadSwitch(Switch, Slot),
}

#[derive(Clone, Copy, Debug)]
pub struct Call {
    pub component: usize,
    pub function: usize,
    pub param: Param,
    pub mode: Mode,
    /// A number, or the slot of what is passed.
    pub argument: u32,
    /// Where the subtask goes.
    pub subtask: Slot,
    /// Where the result goes.
    pub result: u32,
}

/// Whether an operation has the option `async`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Sync,
    Async,
}

#[derive(Clone, Copy, Debug)]
pub struct End {
    pub is_future: bool,
    pub is_writable: bool,
}

#[derive(Clone, Copy, Debug)]
pub enum Switch {
    SuspendThenResume,
    YieldThenResume,
    SuspendThenPromote,
    YieldThenPromote,
}

impl Switch {
    pub fn name(self) -> &'static str {
        match self {
            Switch::SuspendThenResume => "suspend-then-resume",
            Switch::YieldThenResume => "yield-then-resume",
            Switch::SuspendThenPromote => "suspend-then-promote",
            Switch::YieldThenPromote => "yield-then-promote",
        }
    }
}

impl Program {
    /// Every operation.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.components.iter().flat_map(Component::steps)
    }

    pub fn name(component: usize, function: usize) -> String {
        format!("c{component}-f{function}")
    }
}

impl Component {
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        let stages = self.functions.iter().flat_map(|function| &function.stages);
        stages.flat_map(|stage| &stage.steps).chain(self.threads.iter().flatten())
    }
}
