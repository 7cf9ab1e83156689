//! All contenders in turns.
//!
//! In each round every contender does every kernel once, so what disturbs one disturbs all; the best time
//! of all rounds counts. Who is first changes from round to round: the first call after another kernel is
//! slower, by a fifth where much memory is touched. Interpreters take part in every eighth round. A checksum that differs from the
//! first contender's is an error.

use crate::clock;
use crate::guest::Variant;
use crate::kernels::{Kernel, Source};
use crate::peers::{Kind, Program};
use anyhow::{Context, Result, ensure};
use std::collections::BTreeMap;
use std::time::Duration;

/// A peer with its guests in one variant: a column of the table.
pub struct Contender {
    pub peer: String,
    pub kind: Kind,
    /// None natively.
    pub variant: Option<Variant>,
    pub programs: BTreeMap<Source, Box<dyn Program>>,
    /// By kernel of the race; none where it could not take part.
    pub best: Vec<Option<Duration>>,
}

impl Contender {
    pub fn name(&self) -> String {
        match self.variant {
            Some(variant) => format!("{} {}", self.peer, variant.name()),
            None => self.peer.clone(),
        }
    }
}

pub struct Race<'a> {
    pub kernels: Vec<&'a Kernel>,
    pub contenders: Vec<Contender>,
    /// Checksums by kernel.
    sums: Vec<Option<u64>>,
    scale: f64,
}

/// Of so many rounds, interpreters take part in one.
const INTERPRETED: u32 = 8;

impl<'a> Race<'a> {
    /// `scale` multiplies what one call does.
    pub fn new(kernels: Vec<&'a Kernel>, mut contenders: Vec<Contender>, scale: f64) -> Race<'a> {
        for contender in &mut contenders {
            contender.best = vec![None; kernels.len()];
        }
        Race { sums: vec![None; kernels.len()], kernels, contenders, scale }
    }

    /// `watch` is told about each round.
    pub fn run(&mut self, rounds: u32, watch: &dyn Fn(u32)) -> Result<()> {
        for round in 0..rounds {
            watch(round);
            for kernel in 0..self.kernels.len() {
                let count = self.contenders.len();
                for contender in (0..count).map(|turn| (turn + round as usize) % count) {
                    let slow = self.contenders[contender].kind == Kind::Interpreter;
                    if !slow || round % INTERPRETED == 0 {
                        self.call(kernel, contender)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn call(&mut self, number: usize, contender: usize) -> Result<()> {
        let kernel = self.kernels[number];
        let contender = &mut self.contenders[contender];
        let name = contender.name();
        let Some(program) = contender.programs.get_mut(&kernel.source) else { return Ok(()) };
        let n = ((f64::from(kernel.n) * self.scale) as u32).max(1);
        let (time, sum) = clock::time(|| program.call(kernel, n));
        let sum = sum.with_context(|| format!("{name}, {}", kernel.name))?;
        let expected = *self.sums[number].get_or_insert(sum);
        ensure!(sum == expected, "{name}: {} gives {sum:#x}, not {expected:#x}", kernel.name);
        let best = &mut contender.best[number];
        *best = Some(best.map_or(time, |best| best.min(time)));
        Ok(())
    }
}
