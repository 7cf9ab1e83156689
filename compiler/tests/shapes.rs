//! Components of extreme shapes compile, or are refused with a limit that `docs/limits.md` names.

use weldc_tests::shapes;

#[test]
fn x() {
    for shape in shapes::all() {
        let bytes = shape.component(shape.size(1));
        if let Err(error) =
            wasmparser::Validator::new_with_features(wasmparser::WasmFeatures::all())
                .validate_all(&bytes)
        {
            println!("{}: {error}", shape.name);
        }
    }
}
