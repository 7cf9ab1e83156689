//! A Rust program with a WebAssembly component linked into it.
//!
//! The component is ../inventory/inventory.wasm; build.rs makes a shared library of it. What the
//! component imports is handed over in a table when it is instantiated.

mod abi;

use abi::*;
use std::ffi::c_void;
use std::mem::MaybeUninit;
use std::ptr;

/// What the component imports: journals.
#[derive(Default)]
struct Host {
    journals: Vec<Option<Journal>>,
}

struct Journal {
    title: String,
    lines: u64,
}

impl Host {
    /// SAFETY of every import: `host` is the `Host` that [`Inventory::new`] got, which outlives the
    /// instance, and nothing else refers to it during a call.
    fn from<'a>(host: *mut c_void) -> &'a mut Host {
        unsafe { &mut *host.cast::<Host>() }
    }

    fn journal(&mut self, index: u64) -> Option<&mut Journal> {
        self.journals.get_mut(index as usize)?.as_mut()
    }
}

extern "C" fn journal_new(host: *mut c_void, title: &Str, result: &mut u64) -> Status {
    let host = Host::from(host);
    *result = host.journals.len() as u64;
    host.journals.push(Some(Journal { title: title.text().to_string(), lines: 0 }));
    0
}

extern "C" fn journal_append(
    host: *mut c_void,
    journal: u64,
    line: &Str,
    result: &mut Opt<u64>,
) -> Status {
    let Some(journal) = Host::from(host).journal(journal) else { return 1 };
    journal.lines += 1;
    println!("  [{} {}] {}", journal.title, journal.lines, line.text());
    *result = Opt { is_some: 1, value: journal.lines };
    0
}

extern "C" fn journal_drop(host: *mut c_void, journal: u64) {
    if let Some(journal) = Host::from(host).journals[journal as usize].take() {
        println!("  [{} closed]", journal.title);
    }
}

extern "C" fn tax(_: *mut c_void, item: &Item, result: &mut f64) -> Status {
    *result = if item.category == FOOD { 5.0 } else { 20.0 };
    0
}

extern "C" fn titles(host: *mut c_void, result: &mut List<'static, Str<'static>>) -> Status {
    let open = Host::from(host).journals.iter().flatten();
    let titles: Vec<_> = open.map(|journal| give(journal.title.as_bytes())).collect();
    *result = give(&titles);
    0
}

static IMPORTS: Imports = Imports { journal_drop, journal_new, journal_append, tax, titles };

/// An instance of the component.
struct Inventory {
    instance: *mut Instance,
}

/// The status and the message of a trap.
struct Trap(Status, String);

impl Inventory {
    fn new(host: &mut Host) -> Result<Inventory, Trap> {
        let mut inventory = Inventory { instance: ptr::null_mut() };
        // SAFETY: the table has all functions; `host` is what they expect.
        let status =
            unsafe { inventory_new(&IMPORTS, ptr::from_mut(host).cast(), &mut inventory.instance) };
        inventory.check(status)?;
        Ok(inventory)
    }

    fn check(&self, status: Status) -> Result<(), Trap> {
        // SAFETY: it is an instance, or null.
        if status == 0 { Ok(()) } else { Err(Trap(status, unsafe { message(self.instance) })) }
    }

    /// Makes a call that writes its result.
    fn call<T>(&self, call: impl FnOnce(*mut Instance, *mut T) -> Status) -> Result<T, Trap> {
        let mut result = MaybeUninit::uninit();
        let status = call(self.instance, result.as_mut_ptr());
        self.check(status)?;
        // SAFETY: a call that returns 0 has written its result.
        Ok(unsafe { result.assume_init() })
    }

    fn warehouse(&self, name: &str) -> Result<u64, Trap> {
        let mut handle = 0;
        // SAFETY: here and below: the arguments are those of the header.
        self.check(unsafe {
            inventory_stock_warehouse_new(self.instance, &name.into(), &mut handle)
        })?;
        Ok(handle)
    }

    fn add(&self, warehouse: u64, item: &Item, count: u32) -> Result<Owned<Outcome>, Trap> {
        self.call(|i, r| unsafe { inventory_stock_warehouse_add(i, warehouse, item, count, r) })
            .map(Owned)
    }

    fn remove(&self, warehouse: u64, name: &str, count: u32) -> Result<Owned<Outcome>, Trap> {
        let name = name.into();
        self.call(|i, r| unsafe { inventory_stock_warehouse_remove(i, warehouse, &name, count, r) })
            .map(Owned)
    }

    fn find(&self, warehouse: u64, query: &Query) -> Result<Owned<List<'static, Found>>, Trap> {
        self.call(|i, r| unsafe { inventory_stock_warehouse_find(i, warehouse, query, r) })
            .map(Owned)
    }

    fn value(&self, warehouse: u64) -> Result<f64, Trap> {
        let mut value = 0.0;
        self.check(unsafe {
            inventory_stock_warehouse_value(self.instance, warehouse, &mut value)
        })?;
        Ok(value)
    }

    fn audit(&self, all: &[u64]) -> Result<Owned<List<'static, Str<'static>>>, Trap> {
        let all = List::new(all);
        self.call(|i, r| unsafe { inventory_stock_audit(i, &all, r) }).map(Owned)
    }

    fn drop_warehouse(&self, warehouse: u64) -> Result<(), Trap> {
        self.check(unsafe { inventory_stock_warehouse_drop(self.instance, warehouse) })
    }

    fn crash(&self, depth: u32) -> Result<(), Trap> {
        self.check(unsafe { inventory_stock_crash(self.instance, depth) })
    }
}

impl Drop for Inventory {
    fn drop(&mut self) {
        // SAFETY: it is an instance or null, and nobody uses it any more.
        unsafe { inventory_delete(self.instance) };
    }
}

fn show(what: &str, outcome: &Outcome) {
    match outcome.get() {
        Ok(count) => println!("{what}: {count} now"),
        // SAFETY: the tag says which payload there is.
        Err(problem) => match problem.tag {
            UNKNOWN_ITEM => {
                println!("{what}: there is no {:?}", unsafe { problem.val.unknown_item }.text());
            }
            TOO_FEW => {
                let [have, wanted] = unsafe { problem.val.too_few };
                println!("{what}: only {have} of {wanted}");
            }
            _ => println!("{what}: the journal is full"),
        },
    }
}

fn eggs<'a>(tags: &'a [Str<'a>]) -> Item<'a> {
    Item {
        name: "eggs".into(),
        category: FOOD,
        price: 30,
        labels: FRAGILE,
        tags: List::new(tags),
        note: Opt { is_some: 1, value: "from the farm".into() },
    }
}

fn use_it(inventory: &Inventory) -> Result<(), Trap> {
    let north = inventory.warehouse("north")?;
    let tags = ["fresh".into(), "größe M".into()];
    show("100 eggs", &inventory.add(north, &eggs(&tags), 100)?.0);
    show("70 eggs less", &inventory.remove(north, "eggs", 70)?.0);
    show("70 eggs less", &inventory.remove(north, "eggs", 70)?.0);
    show("a saw less", &inventory.remove(north, "saw", 1)?.0);
    let cheap = Query { tag: CHEAPER_THAN, val: QueryPayload { cheaper_than: 100 } };
    for found in inventory.find(north, &cheap)?.0.items() {
        let tags: Vec<_> = found.item.tags.items().iter().map(Str::text).collect();
        println!("cheap: {} {} {tags:?}", found.count, found.item.name.text());
    }
    println!("worth {:.2} with tax", inventory.value(north)? / 100.0);
    let south = inventory.warehouse("south")?;
    for line in inventory.audit(&[north, south])?.0.items() {
        println!("audit: {}", line.text());
    }
    inventory.drop_warehouse(south)
}

fn run() -> Result<(), Trap> {
    let mut host = Host::default();
    let inventory = Inventory::new(&mut host)?;
    use_it(&inventory)?;
    if let Err(Trap(status, message)) = inventory.crash(2) {
        assert_eq!(status, UNREACHABLE);
        println!("crash: {message}");
    }
    if let Err(Trap(status, _)) = inventory.warehouse("east") {
        println!("another call: status {status}");
    }
    drop(inventory);

    println!("a second instance:");
    let mut host = Host::default();
    let inventory = Inventory::new(&mut host)?;
    let north = inventory.warehouse("north")?;
    show("5 eggs", &inventory.add(north, &eggs(&[]), 5)?.0);
    inventory.drop_warehouse(north)
}

fn main() {
    if let Err(Trap(status, message)) = run() {
        eprintln!("status {status}: {message}");
        std::process::exit(1);
    }
}
