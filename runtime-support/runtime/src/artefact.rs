//! Typed access to the tables of an artefact in memory.
//!
//! On entry: an address that the embedder says is an artefact's. [`Loaded::check`] looks at its magic, its
//! version, and that its sizes agree with each other. The contents of the tables are the compiler's word.

use core::slice;
use weldc_abi::artefact::{
    Artefact, Copy, Edge, Entry, Frame, Function, Gc, GcType, Handler, MAGIC, Memory, Rel,
    Resource, StackMap, Table,
};
use weldc_abi::linkage::Linkage;
use weldc_abi::{ABI_VERSION, HOST_PAGE};

/// An artefact that passed [`Loaded::check`] and stays loaded as long as this value is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loaded(*const Artefact);

/// What a code offset means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Site {
    /// Byte offset in the component's binary.
    pub wasm: Option<u32>,
    /// The number of the innermost frame that is known.
    pub frame: Option<u32>,
    /// The trap of an instruction that faults there; 0 for a call.
    pub code: u32,
}

/// The address that a relative pointer names; null for none.
pub fn follow<T>(field: *const Rel) -> *const T {
    // SAFETY: `field` is a field of a checked artefact (every caller passes one).
    let distance = unsafe { field.read() } as isize;
    match distance {
        0 => core::ptr::null(),
        _ => (field as isize).wrapping_add(distance) as *const T,
    }
}

/// The array that a relative pointer and a count describe.
pub fn array<'a, T>(field: *const Rel, count: u32) -> &'a [T] {
    let first = follow::<T>(field);
    if first.is_null() || count == 0 {
        return &[];
    }
    // SAFETY: the compiler made `count` elements there, read-only and loaded as long as the artefact is.
    unsafe { slice::from_raw_parts(first, count as usize) }
}

/// `array!(self, field, count)`: the array of this field of the artefact.
macro_rules! array {
    ($this:ident, $field:ident, $count:ident) => {
        // SAFETY: `Loaded::check` saw an artefact there.
        unsafe { array(&raw const (*$this.0).$field, (*$this.0).$count) }
    };
}

impl Loaded {
    /// An artefact of this version, if there is one at this address.
    ///
    /// # Safety
    /// `artefact` is readable, and what it refers to is what the compiler put there and stays loaded.
    pub unsafe fn check(artefact: *const Artefact) -> Option<Loaded> {
        if artefact.is_null() {
            return None;
        }
        // SAFETY: the caller's. The first two fields are the same in every version.
        let (magic, version) = unsafe { ((*artefact).magic, (*artefact).version) };
        if magic != MAGIC || version != ABI_VERSION {
            return None;
        }
        let loaded = Loaded(artefact);
        loaded.is_consistent().then_some(loaded)
    }

    fn is_consistent(self) -> bool {
        let header = self.header();
        let context = header.context_size <= header.context_reserved
            && header.context_image_size <= header.context_size
            && header.context_size >= weldc_abi::context::HEADER_SIZE;
        context && header.text != 0 && self.memories().iter().all(memory_is_consistent)
    }

    /// The record itself.
    pub fn header(&self) -> &Artefact {
        // SAFETY: `check` saw an artefact there, and nothing writes to it.
        unsafe { &*self.0 }
    }

    /// The address of the first byte of the code.
    pub fn text(self) -> usize {
        // SAFETY: `check` saw an artefact there.
        follow::<u8>(unsafe { &raw const (*self.0).text }) as usize
    }

    pub fn context_image(&self) -> &[u8] {
        array!(self, context_image, context_image_size)
    }
    pub fn memories(&self) -> &[Memory] {
        array!(self, memories, memory_count)
    }
    pub fn tables(&self) -> &[Table] {
        array!(self, tables, table_count)
    }
    /// Context offsets of the component instances' records.
    pub fn instances(&self) -> &[u32] {
        array!(self, instances, instance_count)
    }
    pub fn resources(&self) -> &[Resource] {
        array!(self, resources, resource_count)
    }
    /// The calls that have records.
    pub fn edges(&self) -> &[Edge] {
        array!(self, edges, edge_count)
    }
    /// The operations on streams and futures.
    pub fn copies(&self) -> &[Copy] {
        array!(self, copies, copy_count)
    }
    /// The address of what calls the first function of an explicit thread, for a parameter of 64 bits or 32; null if
    /// no thread is made.
    pub fn thread(self, is_wide: bool) -> usize {
        // SAFETY: `check` saw an artefact there.
        let field = unsafe {
            if is_wide { &raw const (*self.0).thread_wide } else { &raw const (*self.0).thread }
        };
        follow::<u8>(field) as usize
    }
    fn functions(&self) -> &[Function] {
        array!(self, functions, function_count)
    }
    fn entries(&self) -> &[Entry] {
        array!(self, entries, entry_count)
    }

    fn handlers(&self) -> &[Handler] {
        array!(self, handlers, handler_count)
    }

    /// The entry that runs what instantiation must execute, if anything.
    pub fn start(self) -> Option<usize> {
        // SAFETY: `check` saw an artefact there.
        let start = follow::<u8>(unsafe { &raw const (*self.0).start });
        (!start.is_null()).then_some(start as usize)
    }

    /// The initial contents of a memory of [`Loaded::memories`].
    pub fn memory_image(memory: &Memory) -> &[u8] {
        let first = follow::<u8>(&raw const memory.image);
        if first.is_null() || memory.image_size == 0 {
            return &[];
        }
        // SAFETY: the compiler put `image_size` bytes there.
        unsafe { slice::from_raw_parts(first, memory.image_size as usize) }
    }

    /// The address of the destructor's entry of a resource of [`Loaded::resources`].
    pub fn destructor(resource: &Resource) -> Option<usize> {
        let drop = follow::<u8>(&raw const resource.drop);
        (!drop.is_null()).then_some(drop as usize)
    }

    /// The address of what tells the host that a resource of its was dropped.
    pub fn host_destructor(resource: &Resource) -> Option<usize> {
        let drop = follow::<u8>(&raw const resource.host_drop);
        (!drop.is_null()).then_some(drop as usize)
    }

    /// The address of what drops a handle to a resource that others hold.
    pub fn release(resource: &Resource) -> Option<usize> {
        let release = follow::<u8>(&raw const resource.release);
        (!release.is_null()).then_some(release as usize)
    }

    /// What the artefact says about its border; null if nothing.
    pub fn linkage(self) -> *const Linkage {
        // SAFETY: `check` saw an artefact there.
        follow(unsafe { &raw const (*self.0).linkage })
    }

    /// The entry whose `try_call` returns to this code offset.
    pub fn entry(&self, return_address: u32) -> Option<&Entry> {
        let entries = self.entries();
        let (first, last) = (entries.first()?, entries.last()?);
        // Entries lie together, away from the functions that a walk mostly meets.
        if return_address < first.return_address || return_address > last.return_address {
            return None;
        }
        let index = entries.binary_search_by_key(&return_address, |entry| entry.return_address);
        index.ok().map(|index| &entries[index])
    }

    /// What the call that returns to this code offset does with exceptions, in the order in which to try.
    pub fn handlers_at(&self, return_address: u32) -> &[Handler] {
        let handlers = self.handlers();
        let first = handlers.partition_point(|handler| handler.return_address < return_address);
        let of_call = |handler: &&Handler| handler.return_address == return_address;
        let count = handlers[first..].iter().take_while(of_call).count();
        &handlers[first..first + count]
    }

    /// What is known of exactly this code offset. Where a call's return address is that of an instruction
    /// that faults, the trap of the latter and the first known offset count.
    pub fn site(&self, offset: u32) -> Option<Site> {
        let pcs: &[u32] = array!(self, site_pc, site_count);
        let first = pcs.partition_point(|&pc| pc < offset);
        let count = pcs[first..].iter().take_while(|&&pc| pc == offset).count();
        let wasm: &[u32] = array!(self, site_wasm, site_count);
        let code: &[u8] = array!(self, site_code, site_count);
        let range = first..first + count;
        let frame: &[u32] = array!(self, site_frame, site_count);
        let known = |words: &[u32]| words.iter().copied().find(|&word| word != u32::MAX);
        (count > 0).then(|| Site {
            wasm: known(&wasm[range.clone()]),
            frame: frame.get(range.clone()).and_then(known),
            code: code[range].iter().copied().find(|&code| code != 0).unwrap_or(0).into(),
        })
    }

    /// What is known of a function that is active at a site.
    pub fn frame(&self, number: u32) -> Option<&Frame> {
        let frames: &[Frame] = array!(self, frames, frame_count);
        frames.get(number as usize)
    }

    /// The function that this code offset lies in.
    pub fn function(&self, offset: u32) -> Option<&Function> {
        let functions = self.functions();
        let index =
            functions.partition_point(|function| function.start <= offset).checked_sub(1)?;
        let function = &functions[index];
        (offset - function.start < function.size).then_some(function)
    }

    /// The name of a resource.
    pub fn name_of<'a>(self, resource: &Resource) -> &'a [u8] {
        self.name(resource.name, resource.name_size)
    }

    /// The bytes of a name in the artefact's strings, which live as long as the artefact is loaded.
    pub fn name<'a>(self, start: u32, size: u32) -> &'a [u8] {
        let strings: &[u8] = array!(self, strings, strings_size);
        let end = start.saturating_add(size) as usize;
        strings.get(start as usize..end).unwrap_or(b"?")
    }
}

/// What the collector must know of an artefact.
#[derive(Clone, Copy)]
pub struct Collected(*const Gc);

impl Loaded {
    /// `None` if the program has no objects to collect.
    pub fn collected(self) -> Option<Collected> {
        // SAFETY: `check` saw an artefact there.
        let record = follow::<Gc>(unsafe { &raw const (*self.0).gc });
        (!record.is_null()).then_some(Collected(record))
    }
}

impl Collected {
    /// Most bytes of objects.
    pub fn maximum(&self) -> u64 {
        // SAFETY: the compiler put a record there.
        unsafe { (*self.0).maximum }
    }
    pub fn types(&self) -> &[GcType] {
        array!(self, types, type_count)
    }
    /// Offsets of traced words, which types refer to.
    pub fn offsets(&self) -> &[u32] {
        array!(self, offsets, offset_count)
    }
    /// Context offsets of traced words.
    pub fn roots(&self) -> &[u32] {
        array!(self, roots, root_count)
    }
    /// Numbers of tables of traced words.
    pub fn tables(&self) -> &[u32] {
        array!(self, tables, table_count)
    }
    fn stack_maps(&self) -> &[StackMap] {
        array!(self, stack_maps, stack_map_count)
    }

    /// Size of the frame that made the call which returns to this code offset, and where its traced words are,
    /// counted from the stack pointer. `None` if it has none.
    pub fn frame(&self, return_address: u32) -> Option<(u32, &[u32])> {
        let maps = self.stack_maps();
        let index = maps.binary_search_by_key(&return_address, |map| map.return_address).ok()?;
        let map = maps[index];
        let slots: &[u32] = array!(self, stack_slots, stack_slot_count);
        Some((map.frame_size, &slots[map.first as usize..][..map.count as usize]))
    }
}

fn memory_is_consistent(memory: &Memory) -> bool {
    let accessible = memory.minimum.checked_next_multiple_of(HOST_PAGE);
    let image_end = memory.image_start.checked_add(memory.image_size);
    let fits = |end: Option<u64>| matches!((end, accessible), (Some(e), Some(a)) if e <= a);
    memory.minimum <= memory.maximum
        && accessible.is_some()
        && (memory.image_size == 0 || fits(image_end))
        && memory.page_bits < 64
}
