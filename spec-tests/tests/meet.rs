//! Components compiled apart that meet at run time: which types fit which, and what an instance gets of another.

use std::ffi::c_void;
use std::ptr::{null, null_mut};
use wasmparser::WasmFeatures;
use weldc_compiler::driver::Compilation;
use weldc_compiler::link::{Binding, ImportPolicy, Receiver};
use weldc_compiler::names;
use weldc_compiler::options::CodeOptions;
use weldc_compiler::types::QualifiedName;
use weldc_loader::Loaded;
use weldc_runtime::{Imports, Provider, Trap, TrapReport, Zone};

/// Everything comes through the table, but for what an instance called `wasi…` or `link…` has: that comes by symbols.
#[derive(Default)]
struct Table(Vec<QualifiedName>);

impl Table {
    fn bind(&mut self, name: &QualifiedName) -> Binding {
        let symbol = |receiver| Binding::Symbol { symbol: format!("host_{}", name.name), receiver };
        match name.interface.as_deref() {
            Some("wasi") => symbol(Receiver::Wasi),
            Some("link") => symbol(Receiver::Host),
            _ => self.slot(name),
        }
    }

    fn slot(&mut self, name: &QualifiedName) -> Binding {
        let slot = self.0.iter().position(|known| known == name).unwrap_or_else(|| {
            self.0.push(name.clone());
            self.0.len() - 1
        });
        Binding::Table { slot: slot as u32 }
    }
}

impl ImportPolicy for Table {
    fn func(&mut self, name: &QualifiedName, _: &str) -> weldc_compiler::Result<Binding> {
        Ok(self.bind(name))
    }
    fn resource(&mut self, name: &QualifiedName) -> weldc_compiler::Result<Binding> {
        Ok(self.bind(name))
    }
    fn demands_unused(&self, name: &QualifiedName) -> bool {
        !matches!(name.interface.as_deref(), Some("wasi" | "link"))
    }
}

/// A compiled component in this process.
struct Library {
    loaded: Loaded,
    /// Entries of its table of imports.
    imports: Vec<QualifiedName>,
}

/// What the host has under a name.
type HostItem = (&'static str, *const c_void);

impl Library {
    fn new(text: &str) -> Library {
        let bytes = wast::parser::ParseBuffer::new(text)
            .and_then(|buffer| wast::parser::parse::<wast::Wat<'_>>(&buffer)?.encode());
        let bytes = bytes.unwrap_or_else(|error| panic!("{error}\n{text}"));
        let options = CodeOptions { prefix: "p".into(), ..CodeOptions::default() };
        let mut table = Table::default();
        let compilation =
            Compilation::new(bytes, WasmFeatures::all(), &mut table, options, &mut |_| {});
        let compilation = compilation.unwrap_or_else(|error| panic!("{error}\n{text}"));
        let code = compilation.compile(&|| {}).unwrap();
        let object = compilation.object(&code).unwrap();
        let host = [
            ("host_r", host_drop as *const ()),
            ("host_make", host_make as *const ()),
            ("host_see-r", host_see as *const ()),
            ("weldc_wasi_new", never as *const ()),
            ("weldc_wasi_attach", never as *const ()),
            ("weldc_wasi_idle", never as *const ()),
            ("weldc_wasi_pollfds", never as *const ()),
            ("weldc_wasi_delete", never as *const ()),
        ];
        let symbol = |name: &str| {
            let mut symbols = weldc_runtime::symbols().iter().chain(&host);
            symbols.find(|known| known.0 == name).map(|known| known.1.cast())
        };
        let loaded = Loaded::load(&object, &symbol).unwrap();
        Library { loaded, imports: table.0 }
    }

    fn address(&self, name: &str) -> *const u8 {
        self.loaded.symbol(name).unwrap_or_else(|| panic!("there is no {name}"))
    }

    fn link(&self, providers: &[Provider<'_>]) -> Result<Zone, TrapReport> {
        self.link_table(null(), providers)
    }

    /// What the providers do not serve is the host's.
    fn link_with(&self, host: &[HostItem], providers: &[Provider<'_>]) -> Result<Zone, TrapReport> {
        let find = |name: &QualifiedName| host.iter().find(|item| item.0 == name.name);
        let mut table: Vec<_> =
            self.imports.iter().map(|name| find(name).map_or(null(), |item| item.1)).collect();
        // There is a table, even if it has no entries.
        table.push(null());
        self.link_table(table.as_ptr(), providers)
    }

    fn link_table(
        &self,
        table: *const *const c_void,
        providers: &[Provider<'_>],
    ) -> Result<Zone, TrapReport> {
        self.link_all(&Imports { table, host: null_mut(), wasi: null_mut(), providers })
    }

    fn link_all(&self, imports: &Imports<'_>) -> Result<Zone, TrapReport> {
        // SAFETY: the tests keep libraries longer than zones; the tables have the functions of the imports.
        unsafe { Zone::link(self.address(&names::artefact("p")).cast(), imports) }
    }

    /// Calls `f` of type `(u32) -> u32`.
    fn call(&self, zone: &Zone, f: &str, x: u32) -> Result<u32, i32> {
        type Unary = unsafe extern "C" fn(*mut c_void, u32, *mut u32) -> i32;
        // SAFETY: an export of this type, of the zone's program.
        unsafe {
            let f = std::mem::transmute::<*const u8, Unary>(self.address(&format!("p_{f}")));
            let mut result = 0;
            match f(zone.context(), x, &mut result) {
                0 => Ok(result),
                status => Err(status),
            }
        }
    }
}

/// The component itself for the import `a`.
fn whole(zone: &Zone) -> Provider<'static> {
    Provider { import: Some("a"), instance: zone.context(), export: Some("") }
}

/// A provider of functions of these types; none is ever called.
fn exporting(items: &[(&str, &str)]) -> String {
    let mut text = String::from("(component (core module $m (func (export \"f\") unreachable))");
    for (name, ty) in items {
        text += &format!("(import \"{name}-in\" (func ${name} {ty}))");
        text += &format!("(export \"{name}\" (func ${name}))");
    }
    text + ")"
}

/// A consumer of an instance `a` of functions of these types, of which it uses none.
fn importing(items: &[(&str, &str)]) -> String {
    let item = |(name, ty): &(&str, &str)| format!("(export \"{name}\" (func {ty}))");
    let items: String = items.iter().map(item).collect();
    format!("(component (import \"a\" (instance {items})))")
}

extern "C" fn never() -> i32 {
    unreachable!("nothing calls it")
}

/// Why the imports cannot be bound to the exports.
fn problem(exports: &[(&str, &str)], imports: &[(&str, &str)]) -> Option<String> {
    let (provider, consumer) =
        (Library::new(&exporting(exports)), Library::new(&importing(imports)));
    let table = vec![never as *const c_void; provider.imports.len()];
    let a = provider.link_table(table.as_ptr(), &[]).unwrap();
    let report = consumer.link(&[whole(&a)]).err()?;
    assert_eq!(report.trap, Trap::Unlinkable);
    let lines = report.message.strip_prefix("wasm trap: the imports cannot be linked");
    Some(lines.unwrap().trim_start().to_string())
}

const TYPES: [&str; 22] = [
    "",
    "(param \"x\" u32)",
    "(param \"y\" u32)",
    "(param \"x\" s32)",
    "(param \"x\" u32) (result u32)",
    "(result u32)",
    "(param \"x\" u32) (param \"y\" u32)",
    "(param \"x\" string)",
    "(param \"x\" (list u8))",
    "(param \"x\" (list u8 4))",
    "(param \"x\" (list u8 5))",
    "(param \"x\" (map string u8))",
    "(param \"x\" (option u8))",
    "(param \"x\" (result u8))",
    "(param \"x\" (result (error u8)))",
    "(param \"x\" (result u8 (error u8)))",
    "(param \"x\" (tuple u8 u8))",
    "(param \"x\" (tuple u8))",
    "(param \"x\" (tuple u8 (tuple u8)))",
    "(param \"x\" (list (list u8)))",
    "(param \"x\" char)",
    "(param \"x\" (list (option (list char))))",
];

#[test]
fn a_function_fits_where_its_own_type_is_wanted_and_nowhere_else() {
    let names: Vec<String> = (0..TYPES.len()).map(|number| format!("f{number}")).collect();
    let all: Vec<(&str, &str)> = names.iter().map(|name| &**name).zip(TYPES).collect();
    assert_eq!(problem(&all, &all), None);
    for shift in 1..TYPES.len() {
        let types = TYPES.iter().cycle().skip(shift).copied();
        let shifted: Vec<(&str, &str)> = names.iter().map(|name| &**name).zip(types).collect();
        let problem = problem(&all, &shifted).unwrap();
        for (number, line) in problem.lines().enumerate() {
            assert_eq!(line.trim(), format!("`a#f{number}`: what serves it has another type"));
        }
        assert_eq!(problem.lines().count(), TYPES.len());
    }
}

#[test]
fn more_exports_than_imports_do_no_harm_and_fewer_are_named() {
    let (one, two) = (("one", "(result u8)"), ("two", ""));
    assert_eq!(problem(&[one, two], &[two]), None);
    assert_eq!(problem(&[], &[]), None);
    let expected = "`a#two`: the instance for it does not export `two`";
    assert_eq!(problem(&[one], &[one, two]).unwrap(), expected);
}

#[test]
fn what_nobody_serves_is_named() {
    let text = r#"(component (import "f" (func)) (import "r" (type (sub resource)))
        (import "i" (instance (export "g" (func)) (export "inner" (instance (export "h" (func)))))))"#;
    let report = Library::new(text).link(&[]).unwrap_err();
    let expected = "wasm trap: the imports cannot be linked\n    `r`: nothing serves it\n    `f`: nothing serves it\
        \n    `i#g`: nothing serves it\n    `i/inner#h`: nothing serves it";
    assert_eq!(report.message, expected);
    // With a table the host has what nothing uses.
    Library::new(text).link_with(&[], &[]).unwrap();
}

/// Counts.
const COUNTER: &str = r#"(component $counter
    (core module $m
      (global $n (mut i32) (i32.const 0))
      (func (export "up") (param i32) (result i32)
        (global.set $n (i32.add (global.get $n) (local.get 0)))
        (global.get $n)))
    (core instance $m (instantiate $m))
    (func (export "up") (param "by" u32) (result u32) (canon lift (core func $m "up"))))"#;

/// Exports twice what `a` gives.
const TWICE: &str = r#"(component
    (import "a" (instance $a (export "up" (func (param "by" u32) (result u32)))))
    (core func $up (canon lower (func $a "up")))
    (core module $m
      (import "" "up" (func $up (param i32) (result i32)))
      (func (export "up") (param i32) (result i32) (i32.mul (i32.const 2) (call $up (local.get 0)))))
    (core instance $m (instantiate $m (with "" (instance (export "up" (func $up))))))
    (func (export "up") (param "by" u32) (result u32) (canon lift (core func $m "up"))))"#;

#[test]
fn instances_form_chains_and_share_what_serves_them() {
    let (counter, twice) = (Library::new(COUNTER), Library::new(TWICE));
    let zone = counter.link(&[]).unwrap();
    let one = twice.link(&[whole(&zone)]).unwrap();
    let other = twice.link(&[whole(&zone)]).unwrap();
    let far = twice.link(&[whole(&one)]).unwrap();
    assert_eq!(twice.call(&one, "up", 1), Ok(2));
    assert_eq!(twice.call(&other, "up", 1), Ok(4));
    assert_eq!(counter.call(&zone, "up", 1), Ok(3));
    // What serves others stays as long as they do.
    drop(one);
    drop(zone);
    assert_eq!(twice.call(&far, "up", 1), Ok(16));
    assert_eq!(twice.call(&other, "up", 1), Ok(10));
}

#[test]
fn what_an_instance_exports_in_an_instance_serves_an_import_by_either_name() {
    let nested = format!(
        r#"(component {COUNTER} (instance $c (instantiate $counter))
          (instance $outer (export "in" (instance $c))) (export "n:s/c@1.0.0" (instance $c)) (export "out" (instance $outer)))"#
    );
    let (nested, twice) = (Library::new(&nested), Library::new(TWICE));
    let zone = nested.link(&[]).unwrap();
    let provider =
        |import, export| Provider { import: Some(import), instance: zone.context(), export };
    let by_version = twice.link(&[provider("a", Some("n:s/c@1.0.0"))]).unwrap();
    assert_eq!(twice.call(&by_version, "up", 1), Ok(2));
    let by_path = twice.link(&[provider("a", Some("out/in"))]).unwrap();
    assert_eq!(twice.call(&by_path, "up", 1), Ok(4));
    let same_name = twice.link(&[provider("a", None)]).unwrap_err();
    assert!(same_name.message.ends_with("`a#up`: the instance for it does not export `a#up`"));

    // All of an instance that has instances in it.
    let deep = r#"(component (import "x" (instance $x (export "in" (instance (export "up" (func (param "by" u32) (result u32)))))))
        (alias export $x "in" (instance $in)) (export "up" (func $in "up")))"#;
    let deep = Library::new(deep);
    let linked = deep.link(&[provider("x", Some("out"))]).unwrap();
    assert_eq!(deep.call(&linked, "up", 1), Ok(3));
    // A single function.
    let single = r#"(component (import "f" (func $f (param "by" u32) (result u32))) (export "up" (func $f)))"#;
    let single = Library::new(single);
    let linked = single.link(&[provider("f", Some("n:s/c@1.0.0#up"))]).unwrap();
    assert_eq!(single.call(&linked, "up", 1), Ok(4));
}

#[test]
fn start_functions_can_call_what_serves_them_and_trap_with_it() {
    let starting = r#"(component
        (import "a" (instance $a (export "up" (func (param "by" u32) (result u32)))))
        (core func $up (canon lower (func $a "up")))
        (core module $m
          (import "" "up" (func $up (param i32) (result i32)))
          (func $start (drop (call $up (i32.const 10))))
          (start $start))
        (core instance (instantiate $m (with "" (instance (export "up" (func $up)))))))"#;
    let (counter, starting) = (Library::new(COUNTER), Library::new(starting));
    let zone = counter.link(&[]).unwrap();
    starting.link(&[whole(&zone)]).unwrap();
    assert_eq!(counter.call(&zone, "up", 1), Ok(11));
    let trapping = r#"(component
        (core module $m (func (export "up") (param i32) (result i32) unreachable))
        (core instance $m (instantiate $m))
        (func (export "up") (param "by" u32) (result u32) (canon lift (core func $m "up"))))"#;
    let trapping = Library::new(trapping);
    let ended = trapping.link(&[]).unwrap();
    assert_eq!(starting.link(&[whole(&ended)]).unwrap_err().trap, Trap::Unreachable);
    // It has ended: now nothing can be called there.
    let report = starting.link(&[whole(&ended)]).unwrap_err();
    assert_eq!(report.trap, Trap::CannotEnter);
    assert!(report.message.contains("cannot enter component instance"), "{}", report.message);
}

/// Defines two resource types that look alike.
const PAIR: &str = r#"(component
    (core module $m (func (export "make") (param i32) (result i32) (local.get 0)) (func (export "see") (param i32) (result i32) (local.get 0)))
    (core instance $m (instantiate $m))
    (type $r' (resource (rep i32))) (type $s' (resource (rep i32)))
    (core func $new (canon resource.new $r'))
    (core module $n (import "" "new" (func $new (param i32) (result i32))) (func (export "make") (param i32) (result i32) (call $new (local.get 0))))
    (core instance $n (instantiate $n (with "" (instance (export "new" (func $new))))))
    (export $r "r" (type $r')) (export $s "s" (type $s'))
    (func (export "make") (param "x" u32) (result (own $r)) (canon lift (core func $n "make")))
    (func (export "see-r") (param "x" (borrow $r)) (result u32) (canon lift (core func $m "see")))
    (func (export "see-s") (param "x" (borrow $s)) (result u32) (canon lift (core func $m "see"))))"#;

/// Imports functions about the resource type `own`, the second one about `other`.
fn about(own: &str, other: &str) -> String {
    format!(
        r#"(component
        (import "a" (instance $a
          (export "r" (type $r (sub resource))) (export "s" (type $s (sub resource)))
          (export "make" (func (param "x" u32) (result (own ${own}))))
          (export "see-{other}" (func (param "x" (borrow ${other})) (result u32)))))
        (core func $make (canon lower (func $a "make")))
        (core func $see (canon lower (func $a "see-{other}")))
        (core module $m
          (import "" "make" (func $make (param i32) (result i32))) (import "" "see" (func $see (param i32) (result i32)))
          (func (export "see") (param i32) (result i32) (call $see (call $make (local.get 0)))))
        (core instance $m (instantiate $m (with "" (instance (export "make" (func $make)) (export "see" (func $see))))))
        (func (export "see") (param "x" u32) (result u32) (canon lift (core func $m "see"))))"#
    )
}

#[test]
fn resource_types_that_look_alike_are_two() {
    let pair = Library::new(PAIR);
    let zone = pair.link(&[]).unwrap();
    let same = Library::new(&about("r", "r"));
    let linked = same.link(&[whole(&zone)]).unwrap();
    assert_eq!(same.call(&linked, "see", 7), Ok(7));
    let swapped = Library::new(&about("s", "s")).link(&[whole(&zone)]).unwrap_err();
    let expected = "\n    `a#make`: what serves it has another type";
    assert!(swapped.message.ends_with(expected), "{}", swapped.message);
    // A handle of one type is none of the other, although the consumer's own types fit.
    let mixed = Library::new(&about("r", "s"));
    let linked = mixed.link(&[whole(&zone)]).unwrap();
    assert_eq!(mixed.call(&linked, "see", 7), Err(Trap::HandleOtherResource as i32));
}

/// Has a resource type from somebody, and hands it on.
const RELAY: &str = r#"(component
    (import "a" (instance $a
      (export "r" (type $r (sub resource)))
      (export "make" (func (param "x" u32) (result (own $r))))
      (export "see-r" (func (param "x" (borrow $r)) (result u32)))))
    (alias export $a "r" (type $r))
    (export $r' "r" (type $r))
    (export "make" (func $a "make") (func (param "x" u32) (result (own $r'))))
    (export "see-r" (func $a "see-r") (func (param "x" (borrow $r')) (result u32))))"#;

/// Gets things from one and shows them to another.
const BETWEEN: &str = r#"(component
    (import "a" (instance $a (export "r" (type $r (sub resource))) (export "make" (func (param "x" u32) (result (own $r))))))
    (alias export $a "r" (type $r))
    (import "b" (instance $b (export "r" (type (eq $r))) (export "see-r" (func (param "x" (borrow $r)) (result u32)))))
    (core func $make (canon lower (func $a "make")))
    (core func $see (canon lower (func $b "see-r")))
    (core module $m
      (import "" "make" (func $make (param i32) (result i32))) (import "" "see" (func $see (param i32) (result i32)))
      (func (export "see") (param i32) (result i32) (call $see (call $make (local.get 0)))))
    (core instance $m (instantiate $m (with "" (instance (export "make" (func $make)) (export "see" (func $see))))))
    (func (export "see") (param "x" u32) (result u32) (canon lift (core func $m "see"))))"#;

#[test]
fn a_resource_type_is_the_same_whoever_hands_it_on() {
    let (pair, relay, between) = (Library::new(PAIR), Library::new(RELAY), Library::new(BETWEEN));
    let first = pair.link(&[]).unwrap();
    let second = pair.link(&[]).unwrap();
    let once = relay.link(&[whole(&first)]).unwrap();
    let again = relay.link(&[whole(&once)]).unwrap();
    let other = relay.link(&[whole(&second)]).unwrap();
    let b = |zone: &Zone| Provider { import: Some("b"), ..whole(zone) };
    for (makes, sees) in [(&first, &again), (&again, &once), (&once, &first), (&second, &other)] {
        let linked = between.link(&[whole(makes), b(sees)]).unwrap();
        assert_eq!(between.call(&linked, "see", 5), Ok(5));
    }
    let report = between.link(&[whole(&again), b(&other)]).unwrap_err();
    assert!(report.message.ends_with("`b#see-r`: what serves it has another type"));
}

extern "C" fn host_make(_: *mut c_void, x: u32, result: &mut u64) -> i32 {
    *result = u64::from(x) << 32;
    0
}
extern "C" fn host_see(_: *mut c_void, x: u64, result: &mut u32) -> i32 {
    *result = (x >> 32) as u32;
    0
}
/// Adds up what is dropped, if there is somewhere to.
extern "C" fn host_drop(sum: *mut c_void, x: u64) {
    // SAFETY: null, or a number that a test keeps.
    if let Some(sum) = unsafe { sum.cast::<u64>().as_mut() } {
        *sum += x >> 32;
    }
}
extern "C" fn other_host_drop(_: *mut c_void, _: u64) {
    std::hint::black_box(());
}

#[test]
fn a_resource_type_of_the_hosts_is_known_by_its_destructor() {
    let (relay, between) = (Library::new(RELAY), Library::new(BETWEEN));
    let host = |drop: extern "C" fn(*mut c_void, u64)| {
        let make = ("make", host_make as *const c_void);
        [("r", drop as *const c_void), make, ("see-r", host_see as *const c_void)]
    };
    let zone = relay.link_with(&host(host_drop), &[]).unwrap();
    let same = relay.link_with(&host(host_drop), &[]).unwrap();
    let other = relay.link_with(&host(other_host_drop), &[]).unwrap();
    let b = |zone: &Zone| Provider { import: Some("b"), ..whole(zone) };
    let linked = between.link(&[whole(&zone), b(&same)]).unwrap();
    assert_eq!(between.call(&linked, "see", 5), Ok(5));
    assert!(between.link(&[whole(&zone), b(&other)]).is_err());
}

/// Gets things from the host by symbols, as `wasi` or `link`, and exports functions about them.
fn making(instance: &str) -> String {
    RELAY.replace("import \"a\"", &format!("import \"{instance}\""))
}

#[test]
fn a_resource_type_of_wasis_is_the_same_for_instances_with_the_same_state() {
    let (making, between) = (
        Library::new(&making("wasi")),
        Library::new(&BETWEEN.replace("import \"a\"", "import \"wasi\"")),
    );
    let (mut one, mut other) = (0u64, 0u64);
    let with = |wasi: *mut u64, providers| {
        let (table, host) = (null(), null_mut());
        Imports { table, host, wasi: wasi.cast(), providers }
    };
    let zone = making.link_all(&with(&mut one, &[])).unwrap();
    let b = [Provider { import: Some("b"), ..whole(&zone) }];
    let linked = between.link_all(&with(&mut one, &b)).unwrap();
    assert_eq!(between.call(&linked, "see", 5), Ok(5));
    let report = between.link_all(&with(&mut other, &b)).unwrap_err();
    assert!(report.message.ends_with("`b#see-r`: what serves it has another type"));
}

#[test]
fn what_a_provider_has_from_the_host_by_symbols_goes_back_there() {
    let (making, between) = (Library::new(&making("link")), Library::new(BETWEEN));
    let mut sum = 0u64;
    let host = (&raw mut sum).cast::<c_void>();
    let imports = Imports { table: null(), host, wasi: null_mut(), providers: &[] };
    let zone = making.link_all(&imports).unwrap();
    let b = Provider { import: Some("b"), ..whole(&zone) };
    let linked = between.link(&[whole(&zone), b]).unwrap();
    assert_eq!(between.call(&linked, "see", 5), Ok(5));
    assert_eq!(between.call(&linked, "see", 6), Ok(6));
    // Nothing drops them but the end of who owns them.
    drop(linked);
    assert_eq!(sum, 11);
}
