//! Sums: `variant`, `enum`, `option`, `result` (CanonicalABI.md, `load_variant`, `lift_flat_variant`).

use super::flat;
use super::place::{Dest, Source};
use super::plan;
use super::transfer::Transfer;
use crate::error::Result;
use crate::index::TypeId;
use crate::types::FlatType;
use crate::types::layout::discriminant_size;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{Block, InstBuilder, Value};
use cranelift_frontend::Switch;
use weldc_abi::Trap;

/// The cases whose payloads are alike on both sides, which share their code.
struct Arm {
    /// The payload of the first as either side sees it; `None` for cases without one.
    payload: Option<(TypeId, TypeId)>,
    cases: Vec<u32>,
    block: Block,
}

impl Transfer<'_, '_> {
    /// Lifts and lowers a sum with these payloads.
    pub fn sum(
        &mut self,
        from: &[Option<TypeId>],
        source: Source<'_>,
        to: &[Option<TypeId>],
        mut dest: Dest<'_>,
    ) -> Result<()> {
        if from.len() != to.len() {
            return Err(plan::mismatch());
        }
        let case = self.discriminant(from.len(), source)?;
        self.put_sized(case, discriminant_size(to.len()), dest.field(0))?;
        let payloads: Vec<_> = from.iter().zip(to).map(|(from, to)| from.zip(*to)).collect();
        if payloads.iter().all(Option::is_none) {
            return Ok(());
        }
        let arms = self.arms(&payloads);
        self.dispatch(case, &arms);
        let joined = match &dest {
            Dest::Flat(_) => flat::joined(self.types(), self.dest.abi, to),
            Dest::Memory(_) => Vec::new(),
        };
        let source = self.payload_source(from, source);
        let mut dest = self.payload_dest(to, dest);
        let types: Vec<_> = joined.iter().map(|&ty| flat::clif(ty)).collect();
        let join = self.join_block(&types);
        for arm in &arms {
            self.enter(arm.block);
            let values = match arm.payload {
                Some(payload) => self.payload(source, &dest, payload)?,
                None => Vec::new(),
            };
            let values = match arm.payload {
                Some((_, to)) => self.widen_to(to, values, &joined),
                None => self.widen_to_joined(&[], values, &joined),
            };
            self.jump(join, &values);
        }
        let values = self.enter(join);
        if let Dest::Flat(out) = &mut dest {
            out.extend(values);
        }
        Ok(())
    }

    /// Lifts the discriminant and checks it.
    fn discriminant(&mut self, cases: usize, source: Source<'_>) -> Result<Value> {
        let size = discriminant_size(cases);
        let case = match source {
            Source::Memory(at) => self.load_unsigned(size, at)?,
            Source::Flat(values) => {
                let case = *values.first().ok_or_else(plan::mismatch)?;
                self.defined_bits(case, size)
            }
        };
        let count = cases as i64;
        let bad = self.b.ins.ins().icmp_imm_u(IntCC::UnsignedGreaterThanOrEqual, case, count);
        self.b.trap_if(bad, Trap::InvalidDiscriminant);
        Ok(case)
    }

    /// An enum that the host passes by value: C leaves the bits above its type undefined on some targets.
    fn defined_bits(&mut self, case: Value, size: u32) -> Value {
        if !self.source.is_native() || size > 2 {
            return case;
        }
        self.b.ins.ins().band_imm_u(case, (1 << (8 * size)) - 1)
    }

    fn arms(&mut self, payloads: &[Option<(TypeId, TypeId)>]) -> Vec<Arm> {
        let mut arms: Vec<Arm> = Vec::new();
        let mut known = std::collections::HashMap::new();
        let types = self.types();
        let alike = |(from, to)| (types.alike(from), types.alike(to));
        for (case, &payload) in (0u32..).zip(payloads) {
            let arm = *known.entry(payload.map(alike)).or_insert_with(|| {
                arms.push(Arm { payload, cases: Vec::new(), block: self.b.ins.create_block() });
                arms.len() - 1
            });
            arms[arm].cases.push(case);
        }
        arms
    }

    /// Ends the current block with a jump to the arm of a checked discriminant. The arm with the most
    /// cases is where the others do not lead.
    fn dispatch(&mut self, case: Value, arms: &[Arm]) {
        let rest = arms.iter().max_by_key(|arm| arm.cases.len()).map(|arm| arm.block);
        let Some(rest) = rest else { return };
        let mut switch = Switch::new();
        for arm in arms.iter().filter(|arm| arm.block != rest) {
            for &case in &arm.cases {
                switch.set_entry(u128::from(case), arm.block);
            }
        }
        switch.emit(&mut self.b.ins, case, rest);
    }

    /// Where the payload of a sum here is, or all of the sum's flat values.
    fn payload_source<'v>(&self, cases: &[Option<TypeId>], sum: Source<'v>) -> Source<'v> {
        match sum {
            Source::Flat(_) => sum,
            Source::Memory(at) => {
                Source::Memory(at.plus(self.types().sum(self.source.abi, cases).payload))
            }
        }
    }

    /// As [`Self::payload_source`].
    fn payload_dest<'v>(&self, cases: &[Option<TypeId>], sum: Dest<'v>) -> Dest<'v> {
        match sum {
            Dest::Flat(_) => sum,
            Dest::Memory(at) => {
                Dest::Memory(at.plus(self.types().sum(self.dest.abi, cases).payload))
            }
        }
    }

    /// Lifts and lowers a payload; gives its flat form unless it goes to memory.
    fn payload(
        &mut self,
        source: Source<'_>,
        dest: &Dest<'_>,
        (from, to): (TypeId, TypeId),
    ) -> Result<Vec<Value>> {
        let narrowed;
        let source = match source {
            Source::Memory(at) => Source::Memory(at),
            Source::Flat(values) => {
                narrowed = self.narrow_from(from, values)?;
                Source::Flat(&narrowed)
            }
        };
        let mut values = Vec::new();
        let dest = match dest {
            Dest::Flat(_) => Dest::Flat(&mut values),
            Dest::Memory(at) => Dest::Memory(*at),
        };
        self.value(from, source, to, dest)?;
        Ok(values)
    }

    /// The flat form of a payload, out of the flat form of the whole sum.
    fn narrow_from(&mut self, payload: TypeId, sum: &[Value]) -> Result<Vec<Value>> {
        let wanted = plan::flat(self.types(), self.source.abi, payload);
        let have = sum.get(1..=wanted.len()).ok_or_else(plan::mismatch)?;
        Ok(wanted.iter().zip(have).map(|(&ty, &value)| flat::narrow(self.b, value, ty)).collect())
    }

    fn widen_to(&mut self, payload: TypeId, values: Vec<Value>, joined: &[FlatType]) -> Vec<Value> {
        let have = plan::flat(self.types(), self.dest.abi, payload);
        self.widen_to_joined(&have, values, joined)
    }

    /// The joined flat form of a payload: each value widened, zeros for the rest.
    fn widen_to_joined(
        &mut self,
        have: &[FlatType],
        values: Vec<Value>,
        joined: &[FlatType],
    ) -> Vec<Value> {
        let b = &mut *self.b;
        let values = values.into_iter().zip(have);
        let mut out: Vec<Value> = values
            .zip(joined)
            .map(|((value, &have), &want)| flat::widen(b, value, have, want))
            .collect();
        for &ty in joined.iter().skip(out.len()) {
            out.push(flat::zero(b, ty));
        }
        out
    }
}
