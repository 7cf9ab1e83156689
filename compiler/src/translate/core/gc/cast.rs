//! Tests and casts of references: `ref.test`, `ref.cast`, `br_on_cast`, `br_on_cast_fail`.
//!
//! All of them are a branch on the type. What is known of the operand's type decides which questions are
//! left: whether it is null, whether it is an object, and which one.

use crate::error::Result;
use crate::index::SigId;
use crate::link::core_types::{CoreType, Numbers};
use crate::translate::builder::{Region, trap_code};
use crate::translate::core::call::has_signature;
use crate::translate::core::state::Translation;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{Block, BlockArg, InstBuilder, MemFlagsData, Value, types};
use wasmparser::{AbstractHeapType, HeapType, Operator, RefType, ValType};
use weldc_abi::{Trap, gc};

/// Whether `op` is one of these; if so, it is translated.
pub(super) fn operator(t: &mut Translation<'_>, op: &Operator<'_>) -> Result<bool> {
    match *op {
        Operator::RefTestNonNull { hty } => test(t, Target::new(t, hty, false)),
        Operator::RefTestNullable { hty } => test(t, Target::new(t, hty, true)),
        Operator::RefCastNonNull { hty } => cast(t, hty, false),
        Operator::RefCastNullable { hty } => cast(t, hty, true),
        Operator::BrOnCast { relative_depth, from_ref_type, to_ref_type } => {
            branch_on_cast(t, relative_depth, from_ref_type, to_ref_type, true);
        }
        Operator::BrOnCastFail { relative_depth, from_ref_type, to_ref_type } => {
            branch_on_cast(t, relative_depth, from_ref_type, to_ref_type, false);
        }
        _ => return Ok(false),
    }
    Ok(true)
}

/// What a reference is asked to be.
#[derive(Clone, Copy)]
struct Target {
    kind: Kind,
    nullable: bool,
}

/// What a reference other than null can be.
#[derive(Clone, Copy)]
enum Kind {
    /// Anything of its hierarchy.
    Top,
    /// Only null.
    Bottom,
    I31,
    /// An i31 or an object.
    Eq,
    /// An object whose type has one of these numbers.
    Object(Numbers),
    Func(SigId),
}

impl Target {
    fn new(t: &Translation<'_>, heap: HeapType, nullable: bool) -> Target {
        Target { kind: kind(t, heap), nullable }
    }

    fn of(t: &Translation<'_>, ty: RefType) -> Target {
        Target::new(t, ty.heap_type(), ty.is_nullable())
    }
}

fn kind(t: &Translation<'_>, heap: HeapType) -> Kind {
    let program = t.builder.env.program;
    let structs = program.struct_count;
    let all = program.objects.len() as u32;
    match heap {
        HeapType::Abstract { ty, .. } => match ty {
            AbstractHeapType::Eq => Kind::Eq,
            AbstractHeapType::I31 => Kind::I31,
            AbstractHeapType::Struct => objects(0, structs),
            AbstractHeapType::Array => objects(structs, all),
            AbstractHeapType::None
            | AbstractHeapType::NoExtern
            | AbstractHeapType::NoFunc
            | AbstractHeapType::NoExn
            | AbstractHeapType::NoCont => Kind::Bottom,
            AbstractHeapType::Any
            | AbstractHeapType::Extern
            | AbstractHeapType::Func
            | AbstractHeapType::Exn
            | AbstractHeapType::Cont => Kind::Top,
        },
        HeapType::Concrete(index) | HeapType::Exact(index) => {
            let ty = index.as_module_index().map(|index| t.types[index as usize]);
            match ty {
                Some(CoreType::Object(id)) => Kind::Object(program.objects[id].numbers),
                Some(CoreType::Func(sig)) => Kind::Func(sig),
                None => Kind::Bottom,
            }
        }
    }
}

/// Objects with a number from `first` up to, and without, `end`.
fn objects(first: u32, end: u32) -> Kind {
    if first == end { Kind::Bottom } else { Kind::Object(Numbers { first, last: end - 1 }) }
}

/// A place to go on at, with arguments.
type Goal<'g> = (Block, &'g [BlockArg]);

fn test(t: &mut Translation<'_>, to: Target) {
    let from = t.operand_type().map(|ty| Target::of(t, ty));
    let value = t.pop();
    let done = t.builder.ins.create_block();
    let result = t.builder.ins.append_block_param(done, types::I32);
    let one = BlockArg::from(t.builder.iconst32(1));
    let zero = BlockArg::from(t.builder.iconst32(0));
    branch(t, value, from, to, (done, &[one]), (done, &[zero]));
    t.builder.ins.seal_block(done);
    t.builder.ins.switch_to_block(done);
    t.push(result);
}

fn cast(t: &mut Translation<'_>, heap: HeapType, nullable: bool) {
    let to = Target::new(t, heap, nullable);
    let from = t.operand_type().map(|ty| Target::of(t, ty));
    let value = t.pop();
    let good = t.builder.ins.create_block();
    let bad = t.builder.ins.create_block();
    t.builder.ins.set_cold_block(bad);
    branch_or_fault(t, value, from, to, (good, &[]), (bad, &[]), true);
    t.builder.ins.seal_block(good);
    t.builder.ins.seal_block(bad);
    t.builder.ins.switch_to_block(bad);
    t.builder.trap(Trap::CastFailure);
    t.builder.ins.switch_to_block(good);
    match RefType::new(nullable, heap) {
        Some(ty) => t.push_typed(value, ValType::Ref(ty)),
        None => t.push(value),
    }
}

/// Branches if the last operand is a `to`, or if it is not; it stays on the stack in any case.
fn branch_on_cast(t: &mut Translation<'_>, depth: u32, from: RefType, to: RefType, if_it_is: bool) {
    let from = Target::of(t, from);
    let to = Target::of(t, to);
    let value = *t.stack.last().expect("validated: an operand");
    let (label, count) = t.target(depth);
    let next = t.builder.ins.create_block();
    let args = t.branch_args(count);
    let (away, on) = ((label, &args[..]), (next, &[][..]));
    let (yes, no) = if if_it_is { (away, on) } else { (on, away) };
    branch(t, value, Some(from), to, yes, no);
    t.reuse(args);
    t.builder.ins.seal_block(next);
    t.builder.ins.switch_to_block(next);
}

/// Goes to `yes` if the reference is a `to`, else to `no`. `from` is what it is known to be.
fn branch(
    t: &mut Translation<'_>,
    value: Value,
    from: Option<Target>,
    to: Target,
    yes: Goal<'_>,
    no: Goal<'_>,
) {
    branch_or_fault(t, value, from, to, yes, no, false);
}

/// The same; null need not go to `no` but may fault with a failed cast.
fn branch_or_fault(
    t: &mut Translation<'_>,
    value: Value,
    from: Option<Target>,
    to: Target,
    yes: Goal<'_>,
    no: Goal<'_>,
    null_may_fault: bool,
) {
    let from = from.unwrap_or(Target { kind: Kind::Top, nullable: true });
    let may_be_null = from.nullable;
    if always(from.kind, to.kind) {
        return match may_be_null && !to.nullable {
            true => fork(t, value, yes, no),
            false => jump(t, yes),
        };
    }
    match to.kind {
        Kind::Top => fork(t, value, yes, no),
        Kind::Bottom if to.nullable && may_be_null => fork(t, value, no, yes),
        Kind::Bottom => jump(t, no),
        Kind::I31 => {
            sort_null(t, value, may_be_null && to.nullable, yes);
            let tag = t.ins().band_imm_u(value, 1);
            fork(t, tag, yes, no);
        }
        Kind::Eq => {
            sort_null(t, value, may_be_null && !to.nullable, no);
            let is_host = is_host(t, value);
            fork(t, is_host, no, yes);
        }
        Kind::Func(sig) => {
            sort_null(t, value, may_be_null && to.nullable, yes);
            let fits = has_signature(&mut t.builder, value, sig);
            fork(t, fits, yes, no);
        }
        Kind::Object(numbers) => {
            let null = if to.nullable { yes } else { no };
            let faults = null_may_fault && !to.nullable && t.builder.env.options.guard_pages;
            sort_null(t, value, may_be_null && !faults, null);
            if !matches!(from.kind, Kind::Object(_)) {
                sort_words(t, value, no);
            }
            let fits = has_number(t, value, numbers, may_be_null && faults);
            fork(t, fits, yes, no);
        }
    }
}

/// Whether every reference of one kind, other than null, is one of the other.
fn always(from: Kind, to: Kind) -> bool {
    match (from, to) {
        (_, Kind::Top) | (Kind::Bottom, _) => true,
        (Kind::I31 | Kind::Object(_) | Kind::Eq, Kind::Eq) | (Kind::I31, Kind::I31) => true,
        (Kind::Object(from), Kind::Object(to)) => to.first <= from.first && from.last <= to.last,
        (Kind::Func(from), Kind::Func(to)) => from == to,
        _ => false,
    }
}

/// Goes to `yes` if the condition is not 0, else to `no`.
fn fork(t: &mut Translation<'_>, condition: Value, yes: Goal<'_>, no: Goal<'_>) {
    t.ins().brif(condition, yes.0, yes.1, no.0, no.1);
}

fn jump(t: &mut Translation<'_>, goal: Goal<'_>) {
    t.ins().jump(goal.0, goal.1);
}

/// If there is `need` to, sends null to its goal; goes on with everything else.
fn sort_null(t: &mut Translation<'_>, value: Value, need: bool, null: Goal<'_>) {
    if need {
        let next = t.builder.ins.create_block();
        t.ins().brif(value, next, &[], null.0, null.1);
        t.builder.ins.seal_block(next);
        t.builder.ins.switch_to_block(next);
    }
}

/// Sends what is not null and no object to its goal; goes on with objects.
fn sort_words(t: &mut Translation<'_>, value: Value, others: Goal<'_>) {
    let next = t.builder.ins.create_block();
    let tag = t.ins().band_imm_u(value, gc::TAG_MASK as i64);
    t.ins().brif(tag, others.0, others.1, next, &[]);
    t.builder.ins.seal_block(next);
    t.builder.ins.switch_to_block(next);
}

fn is_host(t: &mut Translation<'_>, value: Value) -> Value {
    let tag = t.ins().band_imm_u(value, gc::TAG_MASK as i64);
    t.ins().icmp_imm_u(IntCC::Equal, tag, gc::HOST_TAG as i64)
}

/// Whether the number of an object's type is one of these. Null fails as a cast if it `faults`, and is none
/// otherwise.
fn has_number(t: &mut Translation<'_>, object: Value, numbers: Numbers, faults: bool) -> Value {
    let b = &mut t.builder;
    let flags = if faults {
        MemFlagsData::new().with_trap_code(Some(trap_code(Trap::CastFailure)))
    } else {
        MemFlagsData::trusted()
    };
    let flags = b.flags_in(Region::Header, flags);
    let word = b.ins.ins().load(types::I32, flags, object, gc::TYPE);
    let first = i64::from(gc::type_word(numbers.first));
    let last = i64::from(gc::type_word(numbers.last));
    if numbers.first == numbers.last {
        return b.ins.ins().icmp_imm_u(IntCC::Equal, word, first);
    }
    let distance = match numbers.first {
        0 => return b.ins.ins().icmp_imm_u(IntCC::UnsignedLessThanOrEqual, word, last),
        _ => b.ins.ins().iadd_imm_s(word, -first),
    };
    b.ins.ins().icmp_imm_u(IntCC::UnsignedLessThanOrEqual, distance, last - first)
}
