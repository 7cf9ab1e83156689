"""Programs, run by what `semantics.py` has, which stands before this."""

# ---- programs

class Stop(BaseException):
    """What happens is not what was seen."""


class Run:
    def __init__(self, choices, expected):
        self.choices, self.expected = choices, expected
        self.continuations = []
        self.log = []

    def note(self, tag, value):
        entry = [tag, value & MASK]
        if self.expected is not None:
            at = len(self.log)
            if at >= len(self.expected) or self.expected[at] != entry:
                raise Stop()
        self.log.append(entry)

    def kill(self):
        for cont in self.continuations:
            cont.killed = True
            try:
                cont.lock.release()
            except RuntimeError:
                pass


SLOTS, EVENT, U8, U32 = 0x1000, 0x100, D.U8Type(), D.U32Type()
STAGE_BITS = 8


class Instance:
    """One component of a program; `text.rs` has the same as text."""

    def __init__(self, number, text, store, functions):
        self.number, self.text, self.store, self.functions = number, text, store, functions
        self.inst = D.ComponentInstance(store)
        self.bytes = bytearray(1 << 16)
        for at in range(256):
            self.bytes[0x8000 + at] = at
        memory = D.MemInst(self.bytes, "i32")
        self.options = {async_: D.CanonicalOptions(async_=async_, memory=memory) for async_ in (False, True)}
        self.table = D.Table()
        self.table.array = [D.CoreFuncRef(D.CoreFuncType(["i32"], []), partial(self.thread, ops))
                            for ops in text["threads"]]
        for name, f in enumerate(text["functions"]):
            functions[(number, name)] = self.lift(f)

    def word(self, at):
        return int.from_bytes(self.bytes[at:at + 4], "little")

    def set_word(self, at, value):
        self.bytes[at:at + 4] = (value & MASK).to_bytes(4, "little")

    def slot(self, slot):
        return self.word(SLOTS + 4 * slot)

    def set_slot(self, slot, value):
        self.set_word(SLOTS + 4 * slot, value)

    def lift(self, f):
        param = {"number": U32, "stream": D.StreamType(U8), "future": D.FutureType(U8)}[f["param"]]
        ft = D.FuncType([("x", param)], [U32], async_=f["async"])
        opts = self.options[f["lift"] in ("callback", "stackful")]
        core = partial(self.core, f)
        if f["lift"] == "callback":
            opts = D.CanonicalOptions(async_=True, memory=opts.memory, callback=partial(self.callback, f))
        return (self.store.lift(core, ft, opts, self.inst), ft)

    def core(self, f, args):
        run.note(f["tag"], args[0])
        if f["slot"] is not None:
            self.set_slot(f["slot"], args[0])
        if f["lift"] == "callback":
            return [self.stage(f, 0)]
        self.ops(f["stages"][0]["ops"])
        return [f["result"]] if f["lift"] == "sync" else []

    def callback(self, f, event):
        for value in event:
            run.note(f["tag"], value)
        [state] = D.canon_context_get("i32", 0)
        stage, returned = state & ((1 << STAGE_BITS) - 1), state >> STAGE_BITS
        if event[0] == 6 and f["heeds"] and not returned:
            D.canon_task_cancel()
            return [0]
        return [self.stage(f, stage + 1)]

    def stage(self, f, number):
        stage = f["stages"][number]
        [state] = D.canon_context_get("i32", 0)
        D.canon_context_set("i32", 0, state & ~((1 << STAGE_BITS) - 1) | number)
        self.ops(stage["ops"])
        code, slot = stage["code"], stage["slot"]
        if code != 2:
            return code
        if not self.slot(slot):
            self.set_slot(slot, D.canon_waitable_set_new()[0])
        return 2 | self.slot(slot) << 4

    def thread(self, ops, args):
        self.ops(ops)
        return []

    def ops(self, ops):
        for tag, name, *rest in ops:
            getattr(self, name)(tag, *rest)

    # Each operation is left out if the slot that it works on is empty, or if the one that it fills is not.

    def ret(self, tag, value, is_remembered):
        D.canon_task_return([U32], self.options[True], [value])
        if is_remembered:
            [state] = D.canon_context_get("i32", 0)
            D.canon_context_set("i32", 0, state | 1 << STAGE_BITS)
        run.note(tag, 0)

    def call(self, tag, number, name, async_, argument, sub, result):
        f, ft = self.functions[(number, name)]
        is_number = ft.params[0][1] is U32
        if not is_number and not self.slot(argument) or async_ and self.slot(sub):
            return
        if not is_number:
            handle, argument = argument, self.slot(argument)
            self.set_slot(handle, 0)
        lower = self.store.lower(f, ft, self.options[async_], self.inst)
        [value] = lower([argument, result] if async_ else [argument])
        run.note(tag, value)
        if async_ and value >> 4:
            self.set_slot(sub, value >> 4)

    def load(self, tag, at):
        run.note(tag, self.word(at))

    def set_new(self, tag, slot):
        if not self.slot(slot):
            [value] = D.canon_waitable_set_new()
            run.note(tag, value)
            self.set_slot(slot, value)

    def set_wait(self, tag, slot):
        if self.slot(slot):
            self.told(tag, D.canon_waitable_set_wait(False, self.options[True].memory, self.slot(slot), EVENT))

    def set_poll(self, tag, slot):
        if self.slot(slot):
            self.told(tag, D.canon_waitable_set_poll(False, self.options[True].memory, self.slot(slot), EVENT))

    def told(self, tag, code):
        for value in (code[0], self.word(EVENT), self.word(EVENT + 4)):
            run.note(tag, value)

    def set_drop(self, tag, slot):
        self.drop(tag, slot, D.canon_waitable_set_drop)

    def drop(self, tag, slot, function):
        value = self.slot(slot)
        if value:
            self.set_slot(slot, 0)
            function(value)
            run.note(tag, 0)

    def join(self, tag, slot, to):
        if self.slot(slot):
            D.canon_waitable_join(self.slot(slot), 0 if to is None else self.slot(to))
            run.note(tag, 0)

    def subtask_cancel(self, tag, slot, async_):
        if self.slot(slot):
            run.note(tag, canon_subtask_cancel(async_, self.slot(slot))[0])

    def subtask_drop(self, tag, slot):
        self.drop(tag, slot, D.canon_subtask_drop)

    def end_new(self, tag, is_future, readable, writable):
        if not self.slot(readable) and not self.slot(writable):
            ends = copy_new(U8, is_future)
            run.note(tag, ends)
            run.note(tag, ends >> 32)
            self.set_slot(readable, ends & MASK)
            self.set_slot(writable, ends >> 32)

    def end_copy(self, tag, is_future, is_writable, async_, slot, at, count):
        if self.slot(slot):
            run.note(tag, copy(self.options[async_], is_future, is_writable, self.slot(slot), at, count))

    def end_cancel(self, tag, is_future, is_writable, async_, slot):
        if self.slot(slot):
            run.note(tag, copy_cancel(async_, is_future, is_writable, self.slot(slot)))

    def end_drop(self, tag, is_future, is_writable, slot):
        self.drop(tag, slot, partial(copy_drop, is_future, is_writable))

    def backpressure(self, tag, more):
        (D.canon_backpressure_inc if more else D.canon_backpressure_dec)()
        run.note(tag, 0)

    def thread_index(self, tag, slot):
        [value] = D.canon_thread_index()
        run.note(tag, value)
        self.set_slot(slot, value)

    def thread_new(self, tag, function, slot):
        [value] = D.canon_thread_new_indirect(D.CoreFuncType(["i32"], []), self.table, function, 0)
        run.note(tag, value)
        self.set_slot(slot, value)

    def thread_later(self, tag, slot):
        self.to_thread(tag, slot, lambda i: D.canon_thread_resume_later(i) + [0])

    def to_thread(self, tag, slot, function):
        if self.slot(slot):
            run.note(tag, function(self.slot(slot))[0])

    def thread_yield(self, tag):
        run.note(tag, D.canon_thread_yield(False)[0])

    def thread_suspend(self, tag):
        run.note(tag, D.canon_thread_suspend(False)[0])

    def thread_switch(self, tag, how, slot):
        self.to_thread(tag, slot, {
            "suspend-then-resume": partial(D.canon_thread_suspend_then_resume, False),
            "yield-then-resume": partial(D.canon_thread_yield_then_resume, False),
            "suspend-then-promote": partial(canon_thread_promote, D.Thread.suspend_then_promote),
            "yield-then-promote": partial(canon_thread_promote, D.Thread.yield_then_promote),
        }[how])


RESULT = 0


def execute(program):
    """Calls the function of the last component, and ticks as long as there is anything to do."""
    store, functions = D.Store(), {}
    for number, text in enumerate(program["components"]):
        Instance(number, text, store, functions)
    f, _ = functions[(len(program["components"]) - 1, 0)]
    results = []
    f(lambda: [7], results.append, None)
    while not results:
        if not store.tick():
            return "deadlock"
    run.note(RESULT, results[0][0])
    while store.tick():
        pass
    return "end"


def attempt(program, choices, expected):
    """What happens, and how it ends; None if it is not what was seen."""
    global run
    run = Run(choices, expected)
    try:
        end = execute(program)
    except D.Trap:
        end = "trap"
    except Stop:
        return None
    finally:
        run.kill()
    return (run.log, end)


def allows(program, seen, most):
    """Whether what was seen can happen: "yes", "no", or "open" after too many attempts; and what came nearest."""
    first, nearest = [], []
    for _ in range(most):
        choices = Choices(first)
        happened = attempt(program, choices, seen["log"])
        if len(run.log) > len(nearest):
            nearest = run.log
        if happened == (seen["log"], seen["end"]):
            return ["yes", 0]
        first = choices.following()
        if first is None:
            return ["no", len(nearest)]
    return ["open", len(nearest)]


def count(program, most):
    """How many accounts there are, and whether these are all."""
    first, found = [], set()
    for number in range(most):
        choices = Choices(first)
        found.add(json.dumps(attempt(program, choices, None)))
        first = choices.following()
        if first is None:
            return [len(found), number + 1, True]
    return [len(found), most, False]


def main():
    for line in sys.stdin:
        request = json.loads(line)
        words = []
        for seen in request["seen"]:
            words += allows(request["program"], seen, request["most"])
        words += count(request["program"], request["count"]) if request["count"] else [0, 0, False]
        print(*[str(word) for word in words], flush=True)


main()
