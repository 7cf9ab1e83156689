"""Runs cases by the specification's executable semantics, `canonical-abi/definitions.py`.

    python3 spec.py DEFINITIONS.PY

Reads a line of JSON for each component and each case, writes a line of hexadecimal words for each case;
`spec.rs` has the other end. What the definitions leave to their embedder is here: core functions, memories and
`realloc`, as `component/control.wat` has them.

The definitions choose NaNs at random, and run every call on a thread of the operating system. Here floats are their
bits from end to end, which is one of the choices that they allow, and a call runs on the stack of its caller: no
function here blocks.
"""

import importlib.util
import json
import sys
import zlib

PAGE = 1 << 16
MAX_PAGES = 4
WORDS = 20
MAX_LOG = 256
HANDLES = 8


def definitions(path):
    spec = importlib.util.spec_from_file_location("definitions", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["definitions"] = module
    spec.loader.exec_module(module)
    return module


D = definitions(sys.argv[1])


def same(x):
    return x


# Floats are their bits.
for name in ["canonicalize_nan32", "canonicalize_nan64", "maybe_scramble_nan32", "maybe_scramble_nan64",
             "decode_i32_as_float", "decode_i64_as_float", "encode_float_as_i32", "encode_float_as_i64"]:
    assert hasattr(D, name)
    setattr(D, name, same)
assert hasattr(D, "type_matches_value")
D.type_matches_value = lambda t, v: type(v) == int

# Threads run on the stack of whoever resumes them.
running = []


def resume(cont, cancelled, thread):
    running.append(thread)
    try:
        return (None, cont(cancelled))
    finally:
        running.pop()


for name in ["cont_new", "resume", "current_thread"]:
    assert hasattr(D, name)
D.cont_new = same
D.resume = resume
D.current_thread = lambda: running[-1]


# A lifted string's length keeps the tag of the memory that it was lifted from, and is taken apart with the tag of the
# memory that it is lowered to: where only one of them has 64 bits, the definitions fail an assertion. It gets the
# destination's tag here.
class Units(int):
    tag = 0


load_string, store_string = D.load_string_from_range, D.store_string_into_range


def load_string_from_range(cx, ptr, tagged_code_units):
    s, encoding, units = load_string(cx, ptr, tagged_code_units)
    units = Units(units)
    units.tag = D.utf16_tag(cx.opts.memory.ptr_type())
    return (s, encoding, units)


def store_string_into_range(cx, v):
    s, encoding, units = v
    count = int(units)
    if encoding == "latin1+utf16" and units & units.tag:
        count = (units ^ units.tag) | D.utf16_tag(cx.opts.memory.ptr_type())
    return store_string(cx, (s, encoding, count))


D.load_string_from_range, D.store_string_into_range = load_string_from_range, store_string_into_range


# What depends on a type alone is found once. A type is kept as long as what is known of it.
known = {}


def remember(name):
    function = getattr(D, name)

    def find(t, *rest):
        key = (name, id(t), *rest)
        if key not in known:
            known[key] = (t, function(t, *rest))
        return known[key][1]

    setattr(D, name, find)


for name in ["despecialize", "alignment", "elem_size"]:
    remember(name)


PRIMITIVES = {
    "bool": D.BoolType, "s8": D.S8Type, "u8": D.U8Type, "s16": D.S16Type, "u16": D.U16Type, "s32": D.S32Type,
    "u32": D.U32Type, "s64": D.S64Type, "u64": D.U64Type, "f32": D.F32Type, "f64": D.F64Type,
    "char": D.CharType, "string": D.StringType,
}


def value_type(t, resources):
    if isinstance(t, str):
        return PRIMITIVES[t]()
    of = lambda t: None if t is None else value_type(t, resources)
    match t:
        case ["list", e]: return D.ListType(of(e))
        case ["fixed", e, n]: return D.ListType(of(e), n)
        case ["map", k, v]: return D.MapType(of(k), of(v))
        case ["record", ts]: return D.RecordType([D.FieldType(f"f{i}", of(t)) for i, t in enumerate(ts)])
        case ["tuple", ts]: return D.TupleType([of(t) for t in ts])
        case ["variant", ts]: return D.VariantType([D.CaseType(f"c{i}", of(t)) for i, t in enumerate(ts)])
        case ["enum", n]: return D.EnumType([f"l{i}" for i in range(n)])
        case ["option", t]: return D.OptionType(of(t))
        case ["result", ok, error]: return D.ResultType(of(ok), of(error))
        case ["flags", n]: return D.FlagsType([f"l{i}" for i in range(n)])
        case ["own", kind]: return D.OwnType(resources[kind])
        case ["borrow", kind]: return D.BorrowType(resources[kind])
    raise ValueError(t)


class Side:
    """A component instance, its memory and its allocator."""

    def __init__(self, inst, side, case):
        encoding, pointer = side
        at, contents, self.words, self.bump, self.lies, self.drops = case
        contents = bytes.fromhex(contents)
        self.inst = inst
        self.memory = D.MemInst(bytearray(PAGE), "i64" if pointer == 8 else "i32")
        self.memory.bytes[at:at + len(contents)] = contents
        self.out = []
        self.calls = self.posts = self.post_word = self.reallocs = 0
        self.log = []
        self.opts = D.CanonicalOptions(encoding, self.memory, self.realloc)

    def realloc(self, args):
        old, old_size, align, size = args
        call = self.reallocs
        self.reallocs += 1
        lie, value = self.lies[call] if call < len(self.lies) else (0, 0)
        new = self.place(lie, value, old, old_size, align, size)
        if call < MAX_LOG:
            self.log.append([old, old_size, align, size, new])
        return [new]

    def place(self, lie, value, old, old_size, align, size):
        memory = self.memory.bytes
        if lie == 1:
            return value
        D.trap_if(lie == 2)
        if lie == 4 and old_size != 0:
            if size > old_size:
                D.trap_if(old + size > len(memory))
                memory[old + old_size:old + size] = b"\xcc" * (size - old_size)
            else:
                memory[old + size:old + old_size] = b"\xdd" * (old_size - size)
            return old
        if lie == 5:
            D.trap_if(len(memory) == MAX_PAGES * PAGE)
            self.bump = len(memory)
            memory.extend(bytes(PAGE))
        new = (self.bump + align - 1) & -align
        D.trap_if(new + size > len(memory))
        self.bump = new + size
        memory[new:new + size] = b"\xcc" * size
        if lie != 3:
            kept = min(old_size, size)
            memory[new:new + kept] = memory[old:old + kept]
            memory[old:old + old_size] = b"\xdd" * old_size
        return new

    def state(self, full):
        words = (self.out + [0] * WORDS)[:WORDS]
        memory = self.memory.bytes
        head = [len(memory) // PAGE, zlib.crc32(memory), self.bump, self.reallocs, self.calls, self.posts,
                self.post_word]
        log = [word for call in self.log for word in call]
        text = " ".join(f"{word:x}" for word in [*head, *words, len(self.log), *log])
        return f"{text} {memory.hex()}" if full else text


def core_words(types, words):
    """The words as values of these core types."""
    return [word % (1 << (32 if t.endswith("32") else 64)) for t, word in zip(types, words, strict=True)]


class Component:
    def __init__(self, description):
        self.store = D.Store()
        self.destroyed = [[], []]
        self.resources = []
        self.renew()
        self.edges = []
        for edge in description["edges"]:
            of = lambda t: value_type(t, self.resources)
            params = [(f"p{i}", of(t)) for i, t in enumerate(edge["params"])]
            result = [] if edge["result"] is None else [of(edge["result"])]
            self.edges.append((D.FuncType(params, result), edge["caller"], edge["callee"]))
        self.handles = description["handles"]

    def renew(self):
        """New instances, the same resource types: what is remembered of types stays true."""
        root = D.ComponentInstance(self.store)
        self.provider, self.caller, self.callee = [D.ComponentInstance(self.store, root) for _ in range(3)]
        self.destroyed = [[], []]
        if not self.resources:
            self.resources = [D.ResourceType(None), D.ResourceType(None)]
        for kind, impl in enumerate([self.provider, self.callee]):
            self.resources[kind].impl = impl
            self.resources[kind].dtor = lambda args, kind=kind: (self.destroyed[kind].append(args[0]), [])[1]

    def own(self, inst, of):
        """The handles that an instance begins with."""
        for kind in range(2):
            for n in range(HANDLES):
                rep = 0x100 * (1 + of) + 0x10 * kind + n
                inst.handles.add(D.ResourceHandle(self.resources[kind], rep, own=True))

    def inside(self, inst, body):
        """Runs core code in an instance, called by the host."""
        ft = D.FuncType([], [])

        def core(args):
            body()
            return []

        callee = self.store.lift(core, ft, D.CanonicalOptions(), inst)
        self.store.invoke(callee, lambda: [], lambda result: None)

    def run(self, number, caller_case, callee_case, full):
        self.renew()
        ft, caller_side, callee_side = self.edges[number]
        caller = Side(self.caller, caller_side, caller_case)
        callee = Side(self.callee, callee_side, callee_case)
        if self.handles:
            self.own(self.caller, 0)
            self.own(self.callee, 1)
        self.call(ft, caller, callee)
        drops = self.live() if self.handles else []
        text = " ".join(["ok", caller.state(full), callee.state(full)])
        for of, kind, index in drops:
            inst = [self.caller, self.callee][of]
            self.inside(inst, lambda: D.canon_resource_drop(self.resources[kind], index))
        lists = [*self.destroyed, [word for drop in drops for word in drop]]
        return text + "".join(f" {len(words):x}" + "".join(f" {w:x}" for w in words) for words in lists)

    def call(self, ft, caller, callee):
        lifted = D.flatten_functype(callee.opts, ft, "lift")

        def answer(args):
            callee.out = args
            callee.calls += 1
            for kind, index in callee.drops:
                D.canon_resource_drop(self.resources[kind], index)
            return core_words(lifted.results, callee.words)

        def post_return(args):
            callee.posts += 1
            callee.post_word = args[0] if args else 0
            return []

        callee.opts.post_return = post_return
        lowered = D.flatten_functype(caller.opts, ft, "lower")
        target = self.store.lift(answer, ft, callee.opts, callee.inst)
        function = self.store.lower(target, ft, caller.opts, caller.inst)

        def body():
            caller.out = function(core_words(lowered.params, caller.words))

        self.inside(caller.inst, body)

    def live(self):
        """Every handle that is left: whose, of which kind, its index."""
        found = []
        for of, inst in enumerate([self.caller, self.callee]):
            for index, handle in enumerate(inst.handles.array):
                if handle is not None:
                    assert handle.own
                    found.append((of, self.resources.index(handle.rt), index))
        return found


def main():
    component = None
    for line in sys.stdin:
        request = json.loads(line)
        if "edges" in request:
            known.clear()
            component = Component(request)
            continue
        try:
            reply = component.run(*request["run"], request["full"])
        except D.Trap:
            reply = "trap"
        running.clear()
        print(reply, flush=True)


main()
