//! Two ends of one stream or future: an operation begins, an end goes, two streams become one.
//!
//! `running` is the zone whose code has called, null if it is the host. A trap in its own code is its own; a zone whose
//! code traps because of somebody else's operation is at an end, and to the other side that end has gone.

use super::elements::{self, Fault};
use super::end::{Call, End, State};
use crate::context::Context;
use weldc_abi::Trap;
use weldc_abi::task::BLOCKED;

impl Call {
    /// Calls the host.
    fn make(self) {
        let Call(operation, result) = self;
        // SAFETY: the host gave the operation's address, and keeps it until this call.
        unsafe { ((*operation).done)(operation, result as i32) };
    }
}

/// Calls the host: the last thing that is done.
pub fn make_calls<const N: usize>(calls: [Option<Call>; N]) {
    calls.into_iter().flatten().for_each(Call::make);
}

/// Lets an operation begin whose buffer is attached. Gives its result, [`BLOCKED`] if it has not ended.
pub fn begin(end: &End, running: Context) -> Result<u32, Trap> {
    let Some(peer) = end.peer() else {
        end.mark_dropped();
        return Ok(end.deliver());
    };
    if !peer.is_attached() {
        return Ok(BLOCKED);
    }
    meet(end, peer, running)?;
    let at_once = if end.has_event() { end.deliver() } else { BLOCKED };
    if let Some(call) = peer.announce() {
        call.make();
        // The host may have answered by an operation of its own.
        if at_once == BLOCKED && end.has_event() {
            return Ok(end.deliver());
        }
    }
    Ok(at_once)
}

/// Lets two ends that point at each other meet: what they can do for each other is done, and they have events, which
/// nobody has been told of.
#[inline(always)]
fn meet(one: &End, other: &End, running: Context) -> Result<(), Trap> {
    let (writer, reader) = if one.kind.is_writable { (one, other) } else { (other, one) };
    if !writer.is_attached() || !reader.is_attached() {
        return Ok(());
    }
    let copied = match vacant(writer, reader, running) {
        Some(fault) => Err(fault),
        None => rendezvous(writer, reader)?,
    };
    match copied {
        Ok(()) => Ok(()),
        Err(fault) => end_side(writer, reader, fault, running),
    }
}

/// A side whose zone has trapped some time ago.
fn vacant(writer: &End, reader: &End, running: Context) -> Option<Fault> {
    let has_trapped = |end: &End| {
        let zone = end.zone.get();
        // SAFETY: a zone that has an end lives.
        !zone.0.is_null() && zone != running && unsafe { zone.state() } != 0
    };
    let fault = |is_writer| Fault { is_writer, trap: Trap::CannotEnter };
    has_trapped(writer).then(|| fault(true)).or_else(|| has_trapped(reader).then(|| fault(false)))
}

/// Two buffers meet.
fn rendezvous(writer: &End, reader: &End) -> Result<Result<(), Fault>, Trap> {
    let (from, to) = (writer.buffer.get(), reader.buffer.get());
    let zone = writer.zone.get();
    let is_same = zone == reader.zone.get() && from.instance == to.instance;
    if is_same && !from.may_meet_itself {
        return Err(Trap::IntraComponentCopy);
    }
    let count = writer.remaining.get().min(reader.remaining.get());
    if count != 0 {
        let copied = elements::copy(writer, reader, count);
        if copied.is_ok() {
            writer.complete();
            reader.complete();
        }
        return Ok(copied);
    }
    // An operation without elements asks whether the other side is there. If both do, the writer has its answer.
    let who = if writer.remaining.get() == 0 { writer } else { reader };
    who.complete();
    Ok(Ok(()))
}

/// The code of one side has trapped.
fn end_side(writer: &End, reader: &End, fault: Fault, running: Context) -> Result<(), Trap> {
    let ended = if fault.is_writer { writer } else { reader };
    if ended.zone.get() == running {
        return Err(fault.trap);
    }
    writer.mark_dropped();
    reader.mark_dropped();
    Ok(())
}

/// Disconnects an end that goes, and tells its peer.
pub fn disconnect(end: &End) -> Option<Call> {
    let peer = end.peer()?;
    end.set_peer(None);
    end.detach();
    peer.mark_dropped();
    peer.announce()
}

/// `forward`: what comes to `readable` is for whoever has the peer of `writable`. Neither has a peer afterwards.
pub fn forward(
    readable: &End,
    writable: &End,
    running: Context,
) -> Result<[Option<Call>; 2], Trap> {
    let (source, target) = (readable.peer(), writable.peer());
    readable.set_peer(None);
    writable.set_peer(None);
    match (source, target) {
        // The two ends of one stream.
        (Some(source), _) if source.is(writable) => Ok([None, None]),
        (Some(source), Some(target)) => {
            source.set_peer(Some(target));
            target.set_peer(Some(source));
            meet(source, target, running)?;
            Ok([source.announce(), target.announce()])
        }
        (left, right) => Ok([left, right].map(|end| {
            let end = end?;
            end.mark_dropped();
            end.announce()
        })),
    }
}

/// The end cannot begin an operation, be forwarded or be lifted: it is busy, or done.
pub fn idle_or(end: &End, busy: Trap, done: Trap) -> Result<(), Trap> {
    match end.state.get() {
        State::Idle => Ok(()),
        State::Copying | State::Cancelling => Err(busy),
        State::Done => Err(done),
    }
}
