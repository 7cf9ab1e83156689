//! Values of random types, sent through everything that lifts and lowers, and back.
//!
//! The host passes values to an export; its core function passes them on to another component function,
//! whose memory has another string encoding and perhaps wider addresses, and that one to an import; the import returns a copy of
//! them, and the result goes all the way back. The host checks what the import gets and what comes back.
//! It is C with structs of its own, so that the C compiler says what the layouts are. Memory that
//! a guest has given up is overwritten, and where there is the address sanitizer, so is the host's.

mod c;
pub mod rng;
pub mod types;
pub mod wat;

use crate::{Weldc, has, scratch, skip};
use rng::Rng;
use std::path::Path;
use std::process::Command;
use types::{Type, Types};

/// Functions per component, and values per function.
const FUNCTIONS: usize = 6;
const VALUES: usize = 3;

/// A function `(param…) -> param` or `(param…) -> tuple<param…>`.
pub struct Function {
    pub params: Vec<Type>,
    pub result: Type,
    /// String encodings of the two components on the way.
    pub encodings: [&'static str; 2],
}

/// Tries this many components.
pub fn check(weldc: &Weldc, components: u64) {
    if !has("cc") {
        skip("round trip", "there is no cc");
        return;
    }
    for seed in 0..components {
        let mut rng = Rng::new(seed);
        let mut types = Types::default();
        let functions: Vec<Function> =
            (0..FUNCTIONS).map(|_| Function::random(&mut rng, &mut types)).collect();
        let folder = scratch();
        let dir = folder.path();
        let pointers = [rng.pick(&["i32", "i64"]), rng.pick(&["i32", "i64"])];
        let guest = wat::component(&types, &functions, pointers);
        std::fs::write(dir.join("guest.wat"), guest).expect("a file");
        std::fs::write(dir.join("host.c"), c::host(&mut rng, &types, &functions)).expect("a file");
        run(weldc, dir, seed);
    }
}

impl Function {
    fn random(rng: &mut Rng, types: &mut Types) -> Function {
        const ENCODINGS: [&str; 3] = ["utf8", "utf16", "latin1+utf16"];
        let count = rng.pick(&[1, 1, 1, 2, 3]);
        let params: Vec<Type> = (0..count).map(|_| types.random(rng)).collect();
        let result = match &params[..] {
            [one] => *one,
            several => types.tuple(several.to_vec()),
        };
        Function { params, result, encodings: [rng.pick(&ENCODINGS), rng.pick(&ENCODINGS)] }
    }
}

fn run(weldc: &Weldc, dir: &Path, seed: u64) {
    let archive = dir.join("libguest.a");
    weldc.build(&[
        dir.join("guest.wat").as_os_str(),
        "--features".as_ref(),
        "all".as_ref(),
        "--prefix".as_ref(),
        "guest".as_ref(),
        "-o".as_ref(),
        archive.as_os_str(),
    ]);
    compile(dir);
    let output = crate::finish(&mut Command::new(dir.join("host")), b"");
    let (out, err) = (crate::text(&output.stdout), crate::text(&output.stderr));
    assert!(output.status.success(), "seed {seed}: {}: {out}{err}", output.status);
}

fn compile(dir: &Path) {
    crate::compile_sanitized("host.c", &|| {
        let mut cc = Command::new("cc");
        cc.current_dir(dir).args(["-std=c11", "-w", "host.c", "libguest.a", "-o", "host"]);
        cc
    });
}
