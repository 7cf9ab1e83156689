"""Runs programs of tasks, streams and threads by the specification's executable semantics, in every order that they
leave open.

    python3 -c "semantics.py and programs.py" DEFINITIONS.PY

Reads a line of JSON for each program with what was seen of it, and writes a line: for each account of what happened
whether the semantics allow it, and how many accounts they allow (`spec.rs` has the other end).

The definitions of CanonicalABI.md at hand are older than the official suite that decides. What differs is here, in
"Corrections", each with the file of the suite that says so. Where the definitions choose at random, all choices are
tried, one run for each.
"""

import importlib.util
import json
import sys
import threading
from functools import partial


def definitions(path):
    spec = importlib.util.spec_from_file_location("definitions", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["definitions"] = module
    spec.loader.exec_module(module)
    return module


D = definitions(sys.argv[1])
MASK = 0xffff_ffff


# ---- choices

class Choices:
    """A run is told what to choose first, and notes what else it could have chosen; then it takes the first."""

    def __init__(self, first):
        self.taken = list(first)
        self.widths = []

    def choose(self, count):
        at = len(self.widths)
        if at == len(self.taken):
            self.taken.append(0)
        self.widths.append(count)
        return self.taken[at]

    def following(self):
        """What to choose first in the next run, or None after the last."""
        for at in reversed(range(len(self.widths))):
            if self.taken[at] + 1 < self.widths[at]:
                return self.taken[:at] + [self.taken[at] + 1]
        return None


run = None


def choose(count):
    return run.choices.choose(count) if count > 1 else 0


def pick(candidates):
    return candidates[choose(len(candidates))]


# ---- stacks

class Killed(BaseException):
    """The run is over, and so is what hangs in it."""


class Continuation:
    def __init__(self):
        self.lock = D.new_already_acquired_lock()
        self.killed = False
        run.continuations.append(self)

    def wait(self):
        self.lock.acquire()
        if self.killed:
            raise Killed()
        D.thread_local_handler.value = self.handler


def cont_new(f):
    cont = Continuation()

    def base():
        try:
            cont.wait()
        except Killed:
            return
        failure, block_arg = None, None
        try:
            block_arg = f(cont.block_result)
        except Killed:
            return
        except BaseException as error:
            failure = error
        handler = D.thread_local_handler.value
        handler.cont, handler.block_arg, handler.failure = None, block_arg, failure
        handler.lock.release()

    threading.Thread(target=base, daemon=True).start()
    return cont


def resume(cont, block_result, thread):
    handler = D.Handler()
    handler.lock = D.new_already_acquired_lock()
    handler.current_thread, handler.failure = thread, None
    cont.handler, cont.block_result = handler, block_result
    cont.lock.release()
    handler.lock.acquire()
    if handler.failure is not None:
        raise handler.failure
    return (handler.cont, handler.block_arg)


def block(switch_to):
    cont = Continuation()
    handler = D.thread_local_handler.value
    handler.cont, handler.block_arg = cont, switch_to
    handler.lock.release()
    cont.wait()
    return cont.block_result


D.cont_new, D.resume, D.block = cont_new, resume, block


# ---- Corrections

# reentrance.wast: nothing keeps a call out of an instance that is on the stack.
D.ComponentInstance.may_enter_from = lambda self, caller: True
D.ComponentInstance.enter_from = D.ComponentInstance.leave_to = lambda self, caller: None


def store_lower(self, f, ft, opts, inst):
    return lambda args: D.canon_lower(f, ft, opts, args)


D.Store.lower = store_lower


# cancel-delivery.wast, cancel-and-exclusive-lock.wast: a request to cancel is delivered by the event loop, as soon as
# that has the lock. A thread that waits elsewhere does not learn of it.
def deliver_pending_cancel(self, cancellable):
    if cancellable and self.state == D.Task.State.PENDING_CANCEL:
        self.state = D.Task.State.CANCEL_DELIVERED
        return True
    return False


def thread_block(self, cancellable, switch_to=None):
    self.cancellable = cancellable
    cancelled = D.block(switch_to)
    if self.task.deliver_pending_cancel(cancellable):
        cancelled = D.Cancelled.TRUE
    return cancelled


def wait_until(self, ready_func, cancellable=False):
    assert self.running()

    def ready():
        pending = cancellable and self.task.state == D.Task.State.PENDING_CANCEL
        return ready_func(pending) if cancellable else ready_func()

    if ready() and choose(2):
        return D.Cancelled.TRUE if self.task.deliver_pending_cancel(cancellable) else D.Cancelled.FALSE
    self.start_waiting_internal(ready)
    return thread_block(self, cancellable)


def suspend_then_promote(self, cancellable, other):
    if other.ready():
        other.stop_waiting_internal(cancelled=False)
        return thread_block(self, cancellable, other)
    return self.suspend(cancellable)


def yield_then_promote(self, cancellable, other):
    if other.ready():
        other.stop_waiting_internal(cancelled=False)
        self.start_waiting_internal(lambda: True)
        return thread_block(self, cancellable, other)
    return self.yield_(cancellable)


def stop_waiting_internal(self, cancelled):
    assert self.waiting()
    self.ready_func = None
    self.task.inst.store.waiting.remove(self)


D.Task.deliver_pending_cancel = deliver_pending_cancel
D.Thread.block_internal = thread_block
D.Thread.switch_to_internal = thread_block
D.Thread.wait_until = wait_until
D.Thread.suspend_then_promote = suspend_then_promote
D.Thread.yield_then_promote = yield_then_promote
D.Thread.stop_waiting_internal = stop_waiting_internal


def thread_resume(self, cancelled=D.Cancelled.FALSE):
    assert not self.running()
    if self.waiting():
        self.stop_waiting_internal(cancelled)
    thread = self
    while thread is not None:
        cont = thread.cont
        thread.cont = None
        (thread.cont, switch_to) = D.resume(cont, cancelled, thread)
        thread = switch_to
        cancelled = D.Cancelled.FALSE


D.Thread.resume = thread_resume


def enter_implicit_thread(self):
    assert self.state == D.Task.State.INITIAL
    self.implicit_thread = D.current_thread()
    if self.ft.async_:
        def closed():
            return self.inst.backpressure > 0 or (self.needs_exclusive() and self.inst.exclusive_thread is not None)
        if closed() or self.inst.num_waiting_to_enter > 0:
            self.inst.num_waiting_to_enter += 1
            cancelled = self.implicit_thread.wait_until(lambda pending: not closed(), cancellable=True)
            self.inst.num_waiting_to_enter -= 1
            if cancelled:
                self.cancel()
                return False
        if self.needs_exclusive():
            assert self.inst.exclusive_thread is None
            self.inst.exclusive_thread = self.implicit_thread
    self.register_thread(self.implicit_thread)
    return True


D.Task.enter_implicit_thread = enter_implicit_thread


def candidates_in(inst):
    """during-sync-scheduling-candidates.wast: every ready thread of the instance, the holder of the lock, too."""
    return [thread for thread in inst.threads if thread.ready()]


# cancel-instance-wide-resume.wast, cancel-yield-loop.wast: `subtask.cancel` resumes a ready thread of the instance, if
# there is one, and more of them as long as the host likes and the task has not resolved.
def request_cancellation(self, caller):
    if self.state == D.Task.State.INITIAL:
        self.state = D.Task.State.CANCEL_DELIVERED
        self.implicit_thread.resume(D.Cancelled.TRUE)
        return
    assert self.state == D.Task.State.STARTED
    self.state = D.Task.State.PENDING_CANCEL
    first = True
    while self.state != D.Task.State.RESOLVED:
        candidates = candidates_in(self.inst)
        if not candidates or not first and choose(2):
            break
        pick(candidates).resume()
        first = False


D.Task.request_cancellation = request_cancellation


def canon_lift(callee, ft, opts, inst, on_start, on_resolve):
    def thread_func():
        if not task.enter_implicit_thread():
            return
        cx = D.LiftLowerContext(opts, inst, task)
        flat_args = D.lower_flat_values(cx, D.MAX_FLAT_PARAMS, task.start(), ft.param_types())
        if not opts.async_:
            flat_results = callee(flat_args)
            result = D.lift_flat_values(cx, D.MAX_FLAT_RESULTS, D.CoreValueIter(flat_results), ft.result_type())
            task.return_(result)
        elif not opts.callback:
            callee(flat_args)
        else:
            event_loop(task, thread, inst, opts, callee(flat_args))
        task.exit_implicit_thread()

    task = D.Task(ft, opts, inst, on_start, on_resolve)
    thread = D.Thread(task, thread_func)
    thread.resume()
    if not ft.async_:
        while task.state != D.Task.State.RESOLVED:
            candidates = candidates_in(inst)
            D.trap_if(not candidates)
            pick(candidates).resume()
    return task.request_cancellation


def event_loop(task, thread, inst, opts, result):
    code, si = D.unpack_callback_result(result[0])
    while code != D.CallbackCode.EXIT:
        inst.exclusive_thread = None

        def unlocked(pending):
            return inst.exclusive_thread is None

        if code == D.CallbackCode.YIELD:
            cancelled = thread.wait_until(unlocked, cancellable=True)
            event = (D.EventCode.NONE, 0, 0)
        else:
            wset = inst.handles.get(si)
            D.trap_if(not isinstance(wset, D.WaitableSet))
            wset.num_waiting += 1
            cancelled = thread.wait_until(
                lambda pending: unlocked(pending) and (pending or wset.has_pending_event()), cancellable=True)
            event = None if cancelled else wset.get_pending_event()
            wset.num_waiting -= 1
        if cancelled:
            event = (D.EventCode.TASK_CANCELLED, 0, 0)
        assert inst.exclusive_thread is None
        inst.exclusive_thread = task.implicit_thread
        code, si = D.unpack_callback_result(opts.callback(list(event))[0])


D.canon_lift = canon_lift


def get_pending_event(self):
    """The order of events in a set is open."""
    return pick([w for w in self.elems if w.has_pending_event()]).get_pending_event()


D.WaitableSet.get_pending_event = get_pending_event


def tick(self):
    candidates = [thread for thread in self.waiting if thread.ready()]
    if candidates:
        pick(candidates).resume()
    return bool(candidates)


D.Store.tick = tick


# trap-if-sync-and-waitable-set.wast: `subtask.cancel` wants the subtask for itself, also if it is asynchronous;
# reentrance.wast: as long as it runs nobody can join it to a set.
def canon_subtask_cancel(async_, i):
    inst = D.current_instance()
    subtask = inst.handles.get(i)
    D.trap_if(not isinstance(subtask, D.Subtask))
    D.trap_if(subtask.resolve_delivered())
    D.trap_if(subtask.cancellation_requested)
    D.trap_if(subtask.in_waitable_set())
    if not subtask.resolved():
        subtask.cancellation_requested = True
        subtask.has_sync_waiter = True
        subtask.on_cancel(inst)
        subtask.has_sync_waiter = False
        if not subtask.resolved():
            if async_:
                return [D.BLOCKED]
            subtask.wait_for_pending_event()
    subtask.get_pending_event()
    return [subtask.state]


# self-switch-traps.wast
def canon_thread_promote(method, i):
    thread = D.current_thread()
    other = thread.task.inst.threads.get(i)
    D.trap_if(other is thread)
    return [method(thread, False, other)]


# idle-drop.wast, cancel-stream.wast, future-completion-order.wast, futures-must-write.wast: ends point at each other.
# An end is told that its peer has gone as soon as that has, also while it is idle; that the copy was cancelled wins
# over that it was completed, but not of a future.
class End(D.Waitable):
    def __init__(self, t, is_future, is_writable):
        D.Waitable.__init__(self)
        self.t, self.is_future, self.is_writable = t, is_future, is_writable
        self.state = D.CopyState.IDLE
        self.peer = self.buffer = self.result = None
        self.attached = False
        self.index = 0

    def copying(self):
        return self.state in (D.CopyState.COPYING, D.CopyState.CANCELLING_COPY)

    def notify(self, result):
        self.result = result
        self.set_pending_event(self.event)

    def complete(self):
        self.notify(D.CopyResult.COMPLETED)
        self.attached = self.buffer.remain() > 0

    def event(self):
        result = self.result
        if not self.is_future and result == D.CopyResult.COMPLETED:
            if self.peer is None:
                result = D.CopyResult.DROPPED
            elif self.state == D.CopyState.CANCELLING_COPY:
                result = D.CopyResult.CANCELLED
        progress = 0 if self.is_future or self.buffer is None else self.buffer.progress
        done = result == D.CopyResult.DROPPED or self.is_future and result == D.CopyResult.COMPLETED
        self.state = D.CopyState.DONE if done else D.CopyState.IDLE
        self.attached, self.buffer = False, None
        code = 2 + 2 * self.is_future + self.is_writable
        return (code, self.index, result | progress << 4)

    def lose_peer(self):
        self.peer, self.attached = None, False
        if self.state != D.CopyState.DONE and not self.has_pending_event():
            self.notify(D.CopyResult.DROPPED)


def meet(writer, reader):
    count = min(writer.buffer.remain(), reader.buffer.remain())
    if count:
        reader.buffer.write(writer.buffer.read(count))
        writer.complete()
        reader.complete()
    else:
        (writer if writer.buffer.remain() == 0 else reader).complete()


def end_at(i, is_future, is_writable):
    e = D.current_instance().handles.get(i)
    D.trap_if(not isinstance(e, End) or (e.is_future, e.is_writable) != (is_future, is_writable))
    return e


def copy_new(t, is_future):
    handles = D.current_instance().handles
    ends = [End(t, is_future, is_writable) for is_writable in (False, True)]
    for e in ends:
        e.index = handles.add(e)
    ends[0].peer, ends[1].peer = ends[1], ends[0]
    return ends[0].index | ends[1].index << 32


def copy(opts, is_future, is_writable, i, ptr, n):
    e = end_at(i, is_future, is_writable)
    D.trap_if(e.state != D.CopyState.IDLE)
    D.trap_if(e.in_waitable_set() and not opts.async_)
    cx = D.LiftLowerContext(opts, D.current_instance(), borrow_scope=None)
    e.buffer = (D.ReadableBufferGuestImpl if is_writable else D.WritableBufferGuestImpl)(e.t, cx, ptr, n)
    e.pending_event = None
    e.state = D.CopyState.COPYING
    e.attached = True
    if e.peer is None:
        e.notify(D.CopyResult.DROPPED)
    elif e.peer.attached:
        meet(e, e.peer) if is_writable else meet(e.peer, e)
    if not e.has_pending_event():
        if opts.async_:
            return D.BLOCKED
        e.wait_for_pending_event()
    return e.get_pending_event()[2]


def copy_cancel(async_, is_future, is_writable, i):
    e = end_at(i, is_future, is_writable)
    D.trap_if(e.state != D.CopyState.COPYING or e.has_sync_waiter)
    D.trap_if(e.in_waitable_set() and not async_)
    e.state = D.CopyState.CANCELLING_COPY
    if not e.has_pending_event():
        e.notify(D.CopyResult.CANCELLED)
    return e.get_pending_event()[2]


def copy_drop(is_future, is_writable, i):
    e = end_at(i, is_future, is_writable)
    D.trap_if(e.copying())
    D.trap_if(is_future and is_writable and e.state != D.CopyState.DONE)
    D.current_instance().handles.remove(i)
    e.pending_event = None
    e.join(None)
    if e.peer is not None:
        e.peer.lose_peer()
        e.peer = None


def lift_end(is_future, cx, i, t):
    e = cx.inst.handles.get(i)
    D.trap_if(not isinstance(e, End) or e.is_writable or e.is_future != is_future)
    D.trap_if(e.state != D.CopyState.IDLE)
    D.trap_if(e.in_waitable_set())
    cx.inst.handles.remove(i)
    return e


def lower_end(cx, e, t):
    e.index = cx.inst.handles.add(e)
    return e.index


D.lift_stream, D.lift_future = partial(lift_end, False), partial(lift_end, True)
D.lower_stream = D.lower_future = lower_end
