//! The kernels: what they are called, and how much of them one call does.

/// Which C source a kernel is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// `kernels/kernels.c`
    Kernels,
    /// `kernels/sqlite.c` with the amalgamation
    Sqlite,
}

impl Source {
    pub fn name(self) -> &'static str {
        match self {
            Source::Kernels => "kernels",
            Source::Sqlite => "sqlite",
        }
    }
}

#[derive(Debug)]
pub struct Kernel {
    pub name: &'static str,
    pub source: Source,
    /// The argument of one call: some milliseconds of native work.
    pub n: u32,
}

impl Kernel {
    /// The C function.
    pub fn symbol(&self) -> String {
        format!("k_{}", self.name)
    }

    /// The export of the module and of the component.
    pub fn export(&self) -> String {
        self.symbol().replace('_', "-")
    }
}

const fn kernel(name: &'static str, n: u32) -> Kernel {
    Kernel { name, source: Source::Kernels, n }
}

pub const KERNELS: &[Kernel] = &[
    kernel("matmul", 20),
    kernel("sha256", 10_000),
    kernel("base64", 160),
    kernel("json", 24),
    kernel("nbody", 40_000),
    kernel("mandelbrot", 700),
    kernel("mandelbrot_simd", 1_300),
    kernel("quicksort", 5),
    kernel("hashmap", 140_000),
    kernel("bintree", 5),
    kernel("crc32", 70),
    kernel("coremark", 70),
    kernel("memops", 10_000),
    kernel("memcpy_1m", 60),
    kernel("indirect", 1_600),
    kernel("fib", 80),
    kernel("sieve", 14),
    kernel("interpreter", 400),
    kernel("lz", 24),
    Kernel { name: "sqlite", source: Source::Sqlite, n: 1 },
];
