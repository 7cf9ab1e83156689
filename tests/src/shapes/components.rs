//! What components have many of, or deep.

use super::{Shape, repeat};

pub const SHAPES: &[Shape] = &[
    Shape { name: "component exports", full: 10_000, text: exports },
    Shape { name: "component imports", full: 10_000, text: imports },
    Shape { name: "instances of a module", full: 4_000, text: instances },
    Shape { name: "instances of a large module", full: 640, text: large_instances },
    Shape { name: "instances of a component", full: 2_000, text: component_instances },
    Shape { name: "nested components", full: 90, text: nested_components },
    Shape { name: "components that double", full: 30, text: doubling },
    Shape { name: "adapter chain", full: 300, text: chain },
    Shape { name: "adapters with strings", full: 10_000, text: string_adapters },
    Shape { name: "aliases", full: 100_000, text: aliases },
    Shape { name: "resources", full: 10_000, text: resources },
    Shape { name: "import results", full: 10_000, text: import_results },
    Shape { name: "import result that doubles", full: 13, text: import_result_that_doubles },
    Shape { name: "record of numbers", full: 9_900, text: numbers },
    Shape { name: "record of strings", full: 8_192, text: strings },
    Shape { name: "record of different lists", full: 8_192, text: lists },
    Shape { name: "parameters of strings", full: 1_000, text: parameters },
    Shape { name: "cases of a variant", full: 10_000, text: cases },
    Shape { name: "types that double", full: 13, text: types_that_double },
    Shape { name: "variants that double", full: 14, text: variants_that_double },
    Shape { name: "flat variants that multiply", full: 4, text: flat_variants },
    Shape { name: "fixed lists that double", full: 26, text: fixed_lists_that_double },
    Shape { name: "fixed list of strings", full: 1 << 20, text: fixed_list },
    Shape { name: "labels of an enum", full: 10_000, text: labels },
    Shape { name: "types that double with gaps", full: 13, text: types_that_double_with_gaps },
    Shape { name: "nested lists", full: 98, text: nested_lists },
    Shape { name: "nested options", full: 98, text: nested_options },
    Shape { name: "nested variants", full: 98, text: nested_variants },
    Shape { name: "one type at many exports", full: 1_000, text: one_type_many_exports },
];

/// Modules that export a memory, `realloc` and `f`, and what else is asked for.
fn guest(name: &str, fields: &str) -> String {
    format!(
        "(core module ${name}
            (memory (export \"memory\") 1)
            (func (export \"realloc\") (param i32 i32 i32 i32) (result i32) local.get 3)
            {fields})
         (core instance ${name} (instantiate ${name}))"
    )
}

fn exports(size: usize) -> String {
    let lift = |i: usize| {
        format!(
            "(func (export \"f{i}\") (param \"x\" s32) (result s32) (canon lift (core func $m \"f\")))"
        )
    };
    format!(
        "(component {} {})",
        guest("m", "(func (export \"f\") (param i32) (result i32) local.get 0)"),
        repeat(size, lift)
    )
}

fn imports(size: usize) -> String {
    let import = |i: usize| format!("(import \"i{i}\" (func $i{i} (param \"s\" string)))");
    let lower = |i: usize| {
        format!("(core func $l{i} (canon lower (func $i{i}) (memory (core memory $a \"memory\"))))")
    };
    format!(
        "(component {} {} {}
            (core instance $imports {})
            (core module $m {}
                (func (export \"f\") (param i32 i32) {}))
            (core instance $m (instantiate $m (with \"h\" (instance $imports))))
            (func (export \"f\") (param \"s\" string)
                (canon lift (core func $m \"f\") (memory (core memory $a \"memory\")) (realloc (core func $a \"realloc\")))))",
        repeat(size, import),
        guest("a", ""),
        repeat(size, lower),
        repeat(size, |i| format!("(export \"i{i}\" (func $l{i}))")),
        repeat(size, |i| format!("(import \"h\" \"i{i}\" (func (param i32 i32)))")),
        repeat(size, |i| format!("local.get 0 local.get 1 call {i}")),
    )
}

/// Imports with a result of type `$t`, each called once.
fn imports_of(size: usize, types: &str) -> String {
    let lower = |i: usize| {
        format!(
            "(core func $l{i} (canon lower (func $i{i}) (memory (core memory $a \"memory\"))
                (realloc (core func $a \"realloc\"))))"
        )
    };
    format!(
        "(component {types} {} {} {}
            (core instance $imports {})
            (core module $m {} (func (export \"f\") (param i32) {}))
            (core instance $m (instantiate $m (with \"h\" (instance $imports))))
            (func (export \"f\") (param \"at\" u32) (canon lift (core func $m \"f\"))))",
        repeat(size, |i| format!("(import \"i{i}\" (func $i{i} (result $t)))")),
        guest("a", ""),
        repeat(size, lower),
        repeat(size, |i| format!("(export \"i{i}\" (func $l{i}))")),
        repeat(size, |i| format!("(import \"h\" \"i{i}\" (func (param i32)))")),
        repeat(size, |i| format!("local.get 0 call {i}")),
    )
}

fn import_results(size: usize) -> String {
    imports_of(size, "(type $t (result (list string) (error (tuple string u8))))")
}

fn import_result_that_doubles(size: usize) -> String {
    let level = |i: usize| format!("(type $t{} (tuple $t{i} u8 $t{i}))", i + 1);
    let types = format!("(type $t0 (option (list string))) {}", repeat(size, level));
    imports_of(1, &format!("{types} (type $t (tuple $t{size} $t{size}))"))
}

fn instances(size: usize) -> String {
    let lift = |i: usize| {
        format!(
            "(core instance $i{i} (instantiate $m))
             (func (export \"f{i}\") (param \"x\" s32) (result s32) (canon lift (core func $i{i} \"f\")))"
        )
    };
    format!(
        "(component
            (core module $m (memory 1) (func (export \"f\") (param i32) (result i32)
                (i32.load (local.get 0))))
            {})",
        repeat(size, lift)
    )
}

/// A module of a hundred functions.
fn large_instances(size: usize) -> String {
    let func = |i: usize| {
        format!(
            "(func $f{i} (param i32) (result i32) (global.set $g (local.get 0))
                (i32.store (i32.const {i}) (i32.add (i32.load (local.get 0)) (global.get $g)))
                (call ${next} (i32.mul (local.get 0) (i32.const {i}))))",
            next = if i == 99 { "last".to_string() } else { format!("f{}", i + 1) }
        )
    };
    let lift = |i: usize| {
        format!(
            "(core instance $i{i} (instantiate $m))
             (func (export \"f{i}\") (param \"x\" s32) (result s32) (canon lift (core func $i{i} \"f\")))"
        )
    };
    format!(
        "(component (core module $m (memory 1) (global $g (mut i32) (i32.const 0)) {}
            (func $last (param i32) (result i32) (i32.load (local.get 0)))
            (export \"f\" (func $f0))) {})",
        repeat(100, func),
        repeat(size, lift)
    )
}

fn component_instances(size: usize) -> String {
    format!(
        "(component (component $c {} (func (export \"f\") (param \"x\" s32) (result s32)
            (canon lift (core func $m \"f\")))) {})",
        guest("m", "(func (export \"f\") (param i32) (result i32) local.get 0)"),
        repeat(size, |i| format!(
            "(instance $i{i} (instantiate $c)) (export \"i{i}\" (instance $i{i}))"
        ))
    )
}

fn nested_components(size: usize) -> String {
    let mut text = format!(
        "{} (func (export \"f\") (param \"x\" s32) (result s32) (canon lift (core func $m \"f\")))",
        guest("m", "(func (export \"f\") (param i32) (result i32) local.get 0)")
    );
    for _ in 0..size {
        text = format!(
            "(component $c {text}) (instance $c (instantiate $c)) (export \"f\" (func $c \"f\"))"
        );
    }
    format!("(component {text})")
}

/// Each component instantiates the one before twice.
fn doubling(size: usize) -> String {
    let level = |i: usize| {
        format!(
            "(component $c{} (alias outer 1 $c{i} (component $c))
                (instance $a (instantiate $c)) (instance $b (instantiate $c))
                (export \"f\" (func $a \"f\")))",
            i + 1
        )
    };
    format!(
        "(component (component $c0 {} (func (export \"f\") (param \"x\" s32) (result s32)
            (canon lift (core func $m \"f\")))) {}
            (instance $i (instantiate $c{size})) (export \"f\" (func $i \"f\")))",
        guest("m", "(func (export \"f\") (param i32) (result i32) local.get 0)"),
        repeat(size, level)
    )
}

/// Each component calls the one before.
fn chain(size: usize) -> String {
    let level = |i: usize| {
        format!(
            "(component $c{i}
                (import \"f\" (func $f (param \"s\" string)))
                {}
                (core func $l (canon lower (func $f) (memory (core memory $a \"memory\"))))
                (core module $m (import \"\" \"f\" (func $f (param i32 i32)))
                    (func (export \"f\") (param i32 i32) (call $f (local.get 0) (local.get 1))))
                (core instance $m (instantiate $m (with \"\" (instance (export \"f\" (func $l))))))
                (func (export \"f\") (param \"s\" string) (canon lift (core func $m \"f\")
                    (memory (core memory $a \"memory\")) (realloc (core func $a \"realloc\")))))
             (instance $i{i} (instantiate $c{i} (with \"f\" (func $f{i}))))
             (alias export $i{i} \"f\" (func $f{}))",
            guest("a", ""),
            i + 1
        )
    };
    format!(
        "(component {} (func $f0 (param \"s\" string) (canon lift (core func $z \"f\")
            (memory (core memory $z \"memory\")) (realloc (core func $z \"realloc\"))))
            {} (export \"f\" (func $f{size})))",
        guest("z", "(func (export \"f\") (param i32 i32))"),
        repeat(size, level)
    )
}

/// Functions between two components.
fn edges(size: usize, ty: &str, flat: &str) -> String {
    let callee = format!(
        "(component $callee {} {})",
        guest("m", &format!("(func (export \"f\") (param {flat}))")),
        repeat(size, |i| {
            format!(
                "(func (export \"f{i}\") (param \"x\" {ty}) (canon lift (core func $m \"f\")
                    (memory (core memory $m \"memory\")) (realloc (core func $m \"realloc\"))))"
            )
        })
    );
    let caller = format!(
        "(component $caller {} {} {}
            (core module $m {} (func (export \"f\") {}))
            (core instance $m (instantiate $m (with \"\" (instance {}))))
            (func (export \"f\") (canon lift (core func $m \"f\"))))",
        repeat(size, |i| format!("(import \"f{i}\" (func $f{i} (param \"x\" {ty})))")),
        guest("a", ""),
        repeat(size, |i| {
            format!(
                "(core func $l{i} (canon lower (func $f{i}) (memory (core memory $a \"memory\"))))"
            )
        }),
        repeat(size, |i| format!("(import \"\" \"f{i}\" (func (param {flat})))")),
        repeat(size, |i| format!("{} call {i}", flat.replace("i32", "i32.const 0"))),
        repeat(size, |i| format!("(export \"f{i}\" (func $l{i}))")),
    );
    format!(
        "(component {callee} {caller} (instance $callee (instantiate $callee))
            (instance $caller (instantiate $caller {}))
            (export \"f\" (func $caller \"f\")))",
        repeat(size, |i| format!("(with \"f{i}\" (func $callee \"f{i}\"))"))
    )
}

fn string_adapters(size: usize) -> String {
    edges(size, "string", "i32 i32")
}

fn one_type_many_exports(size: usize) -> String {
    edges(size, &format!("(tuple {})", "string (list u8) ".repeat(50)), "i32")
}

fn aliases(size: usize) -> String {
    let alias = |_| "(alias core export $m \"f\" (core func))";
    format!(
        "(component {} {} (func (export \"f\") (param \"x\" s32) (result s32)
            (canon lift (core func {}))))",
        guest("m", "(func (export \"f\") (param i32) (result i32) local.get 0)"),
        repeat(size, alias),
        size - 1
    )
}

fn resources(size: usize) -> String {
    let resource = |i: usize| {
        format!(
            "(type $r{i}' (resource (rep i32))) (export $r{i} \"r{i}\" (type $r{i}'))
            (func (export \"f{i}\") (param \"r\" (own $r{i})) (canon lift (core func $m \"f\")))"
        )
    };
    format!(
        "(component {} {})",
        guest("m", "(func (export \"f\") (param i32))"),
        repeat(size, resource)
    )
}

/// A function with these parameters, called by another instance and exported to the host. `types` defines
/// and exports what the parameters need; `flat` are the core parameters.
fn call(types: &str, params: &str, flat: &str) -> String {
    format!(
        "(component
            (component $callee {types} {}
                (func (export \"f\") {params} (canon lift (core func $m \"f\")
                    (memory (core memory $m \"memory\")) (realloc (core func $m \"realloc\")))))
            (instance $callee (instantiate $callee))
            (export \"callee\" (instance $callee))
            {}
            (core func $l (canon lower (func $callee \"f\") (memory (core memory $a \"memory\"))))
            (core module $m (import \"\" \"f\" (func $f (param {flat})))
                (func (export \"f\") {} call $f))
            (core instance $m (instantiate $m (with \"\" (instance (export \"f\" (func $l))))))
            (func (export \"f\") (canon lift (core func $m \"f\"))))",
        guest("m", &format!("(func (export \"f\") (param {flat}))")),
        guest("a", ""),
        flat.replace("i32", "i32.const 0").replace("i64", "i64.const 0"),
    )
}

/// A call with one parameter of type `$t`, which is passed in memory.
fn spilled(types: &str) -> String {
    call(types, "(param \"x\" $t)", "i32")
}

fn numbers(size: usize) -> String {
    let fields = repeat(size, |i| ["u8", "s32", "f64", "char", "bool"][i % 5]);
    spilled(&format!("(type $t (tuple u64 {fields}))", fields = fields + &" u64".repeat(16)))
}

fn strings(size: usize) -> String {
    spilled(&format!("(type $t (tuple {}))", "string ".repeat(size + 8)))
}

/// No two neighbours have the same type.
fn lists(size: usize) -> String {
    let fields = ["string", "(list u8)", "(list string)", "(option string)", "(list (list u16))"];
    spilled(&format!("(type $t (tuple {}))", repeat(size + 20, |i| fields[i % 5])))
}

fn parameters(size: usize) -> String {
    call("", &repeat(size + 8, |i| format!("(param \"p{i}\" string)")), "i32")
}

fn cases(size: usize) -> String {
    let payloads = ["", "string", "u8", "(list u8)", "f64", "(tuple string string)"];
    let case = |i: usize| match payloads[i % 6] {
        "" => format!("(case \"c{i}\")"),
        payload => format!("(case \"c{i}\" {payload})"),
    };
    let types = format!(
        "(type $v' (variant {})) (export $v \"v\" (type $v')) (type $t (tuple{}))",
        repeat(size, case),
        " $v".repeat(16)
    );
    spilled(&types)
}

/// A tuple of two of the type before: `2^size` strings.
fn types_that_double(size: usize) -> String {
    doubled(size, |i| format!("(tuple $t{i} $t{i})"))
}

fn types_that_double_with_gaps(size: usize) -> String {
    doubled(size, |i| format!("(tuple u8 $t{i} u8 $t{i})"))
}

fn doubled(size: usize, ty: impl Fn(usize) -> String) -> String {
    let level = |i: usize| format!("(type $t{} {})", i + 1, ty(i));
    let last = format!("(type $t (tuple{}))", format!(" $t{size}").repeat(16));
    spilled(&format!("(type $t0 (tuple string (list u8))) {} {last}", repeat(size, level)))
}

/// Two cases with the type before: as many paths as `types_that_double` has fields.
fn variants_that_double(size: usize) -> String {
    nested("(type $t0 (option string))", size, |i| {
        format!("(type $t{} (result $t{i} (error $t{i})))", i + 1)
    })
}

/// Variants with ten cases, whose payloads are all the variant before in tuples of their own: `10^size` ways
/// through a few flat values.
fn flat_variants(size: usize) -> String {
    let level = |i: usize| {
        format!(
            "{} (type $v{i} (variant {})) (export $t{next} \"t{next}\" (type $v{i}))",
            repeat(10, |case| format!("(type $w{i}-{case} (tuple $t{i}))")),
            repeat(10, |case| format!("(case \"c{case}\" $w{i}-{case})")),
            next = i + 1,
        )
    };
    let types = format!("(type $t0 (option u32)) {}", repeat(size, level));
    call(&types, &format!("(param \"x\" $t{size})"), &"i32 ".repeat(size + 2))
}

/// A list of two lists of two lists …: `2^size` elements.
fn fixed_lists_that_double(size: usize) -> String {
    let level = |i: usize| format!("(type $t{} (list $t{i} 2))", i + 1);
    spilled(&format!(
        "(type $t0 (tuple bool)) {} (type $t (tuple (tuple u64 u64 u64 u64 u64 u64 u64 u64)
            (tuple u64 u64 u64 u64 u64 u64 u64 u64) $t{size}))",
        repeat(size, level)
    ))
}

fn fixed_list(size: usize) -> String {
    spilled(&format!("(type $l (list string {})) (type $t (tuple $l string))", size + 8))
}

fn labels(size: usize) -> String {
    spilled(&format!(
        "(type $e' (enum {})) (export $e \"e\" (type $e')) (type $t (tuple{}))",
        repeat(size, |i| format!("\"l{i}\"")),
        " $e".repeat(17)
    ))
}

fn nested(types: &str, size: usize, level: impl Fn(usize) -> String) -> String {
    let last = format!("(type $t (tuple{}))", format!(" $t{size}").repeat(16));
    spilled(&format!("{types} {} {last}", repeat(size, level)))
}

fn nested_lists(size: usize) -> String {
    nested("(type $t0 (list string))", size, |i| format!("(type $t{} (list $t{i}))", i + 1))
}

fn nested_options(size: usize) -> String {
    nested("(type $t0 (option string))", size, |i| format!("(type $t{} (option $t{i}))", i + 1))
}

fn nested_variants(size: usize) -> String {
    let level = |i: usize| {
        let next = i + 1;
        format!(
            "(type $v{next} (variant (case \"a\") (case \"b\" string) (case \"c\" $t{i})
                (case \"d\" (option string)) (case \"e\" (list $t{i})) (case \"f\" f64)))
             (export $t{next} \"t{next}\" (type $v{next}))"
        )
    };
    nested("(type $t0 (option string))", size, level)
}
