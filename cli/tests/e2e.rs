//! End-to-end tests: the program, real guests, real linkers. What each does is in the crate
//! `weldc-tests` (folder `tests`).

use weldc_tests::{
    Weldc, bad, bytes, debug, examples, guests, headers, hosts, links, meet, programs, readme,
    roundtrip, scripts,
};

fn weldc() -> Weldc {
    Weldc::new(env!("CARGO_BIN_EXE_weldc"))
}

/// A test for each guest: its cases, and its headers.
macro_rules! guests {
    ($($test:ident = $file:literal;)*) => {
        const GUESTS: &[&str] = &[$($file),*];

        mod guest {
            $(#[test] fn $test() { weldc_tests::guests::check(&super::weldc(), $file); })*
        }
        mod header {
            $(#[test] fn $test() { weldc_tests::headers::check(&super::weldc(), $file); })*
        }
    };
}

guests! {
    abi_checks = "abi-checks.wat";
    atomics = "atomics.wat";
    calc = "calc.wat";
    calls = "calls.wat";
    core = "core.wat";
    deadlock = "deadlock.wat";
    debug = "debug/debug.wasm";
    error_contexts = "error-contexts.wat";
    exceptions = "exceptions.wat";
    fixed_lists_and_maps = "fixed-lists-and-maps.wat";
    fixed_lists = "fixed-lists.wat";
    given = "given.wat";
    handles = "handles.wat";
    hello_c = "hello-c/hello.wasm";
    memory64 = "memory64.wat";
    memory64_edges = "memory64-edges.wat";
    names = "names.wat";
    not_compiled = "not-compiled.wat";
    objects = "objects.wat";
    resources = "resources.wat";
    runs = "runs.wat";
    small_pages = "small-pages.wat";
    simd_floats = "simd-floats.wat";
    simd_integers = "simd-integers.wat";
    simd_memory = "simd-memory.wat";
    simd_relaxed = "simd-relaxed.wat";
    strings = "strings.wat";
    strings_latin1 = "strings-latin1.wat";
    strings_utf16 = "strings-utf16.wat";
    trap = "trap.wat";
    types = "types.wat";
    values = "values.wat";
    values_trap = "values-trap.wat";
    wasi3 = "wasi3.wat";
    wasi3_directories = "wasi3-directories.wat";
    wasm3 = "wasm3.wat";
    wide_arithmetic = "wide-arithmetic.wat";
}

#[test]
fn every_guest_is_tested() {
    let mut tested = GUESTS.to_vec();
    tested.sort();
    assert_eq!(guests::all(), tested);
}

/// What the other tests leave out: they optimise, and run compiles for the machine it is on.
#[test]
fn vectors_in_every_configuration() {
    let guests = GUESTS.iter().filter(|name| name.starts_with("simd-"));
    for guest in guests {
        for options in [["--cpu", "baseline"], ["-O", "0"]] {
            guests::check_with(&weldc(), guest, &options);
        }
    }
}

#[test]
fn the_small_examples() {
    guests::check(&weldc(), "examples/hello.wat");
    guests::check(&weldc(), "examples/calc.wat");
}

#[test]
fn the_tour_of_the_readme() {
    readme::tour(&weldc());
}

#[test]
fn the_header_of_the_examples() {
    headers::check(&weldc(), "examples/inventory/inventory.wasm");
}

#[test]
fn the_c_example() {
    examples::c(&weldc(), "c", "libinventory.a");
}

#[test]
fn the_example_under_poll() {
    examples::c(&weldc(), "poll", "libwatch.a");
}

#[test]
fn the_rust_example() {
    examples::rust(&weldc());
}

#[test]
fn the_rust_example_with_asynchronous_functions() {
    examples::rust_async(&weldc());
}

#[test]
fn a_host_with_resources() {
    hosts::check(&weldc(), "resources");
}

#[test]
fn a_host_gives_values_and_reads_them() {
    hosts::check(&weldc(), "values");
}

#[test]
fn error_contexts_go_from_component_to_component_to_host() {
    hosts::check(&weldc(), "error-contexts");
}

#[test]
fn a_host_that_polls_waits_for_wasi() {
    hosts::check(&weldc(), "wasi-loop");
}

#[test]
fn strings_of_every_small_length_are_shown_to_the_host() {
    hosts::check(&weldc(), "short-strings");
}

#[test]
fn objects_of_calls_within_calls_survive() {
    hosts::check(&weldc(), "objects");
}

#[test]
fn scripts_are_run() {
    scripts::run(&weldc());
}

#[test]
fn every_value_comes_back_as_it_was() {
    let count = std::env::var("WELDC_ROUND_TRIPS").ok().and_then(|count| count.parse().ok());
    roundtrip::check(&weldc(), count.unwrap_or(24));
}

#[test]
fn every_type_crosses_the_border() {
    programs::every_type(&weldc());
    headers::check(&weldc(), "tests/c/host.wat");
}

#[test]
fn real_libraries_in_c_and_rust() {
    programs::real_libraries(&weldc());
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    bytes::check(&weldc(), "hello-c/hello.wasm", &[]);
    bytes::check(&weldc(), "debug/debug.wasm", &["-g"]);
}

#[test]
fn backtraces_have_lines_with_g_alone() {
    debug::backtraces(&weldc());
}

#[test]
fn gdb_steps_through_the_source_of_an_executable() {
    debug::executable(&weldc());
}

#[test]
fn gdb_steps_from_a_program_into_a_shared_library() {
    debug::shared_library(&weldc());
}

#[test]
fn every_linker_keeps_the_lines() {
    debug::every_linker(&weldc());
}

#[test]
fn profilers_find_the_names_of_functions() {
    debug::perf_map(&weldc());
}

#[test]
fn every_linker_takes_the_archive_in_every_way() {
    links::every_linker(&weldc());
}

#[test]
fn only_prefixed_symbols_are_visible() {
    links::only_prefixed_symbols(&weldc());
}

#[test]
fn a_library_without_tasks_has_no_code_for_them() {
    links::nothing_unused(&weldc());
}

#[test]
fn two_libraries_live_in_one_process() {
    links::two_libraries(&weldc());
}

#[test]
fn components_compiled_apart_meet_in_c() {
    meet::in_c(&weldc());
}

#[test]
fn components_compiled_apart_wait_for_each_other_in_c() {
    meet::waiting_in_c(&weldc());
}

#[test]
fn a_library_can_be_closed() {
    links::closed_library(&weldc());
}

#[test]
fn bad_inputs_are_refused() {
    bad::inputs(&weldc());
}

#[test]
fn unknown_imports_are_named() {
    bad::imports(&weldc());
}

#[test]
fn outputs_that_cannot_be_made() {
    bad::outputs(&weldc());
}

#[test]
fn a_memory_of_four_gibibytes() {
    bad::large_memory(&weldc());
}

#[test]
fn mutated_components_do_no_harm() {
    bad::mutations(&weldc());
}
