//! Which symbol serves which import of a component.

use crate::abi;
pub use crate::abi::Address;

/// The releases of WASI that have a function or a resource under a name, with the same type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Releases {
    V02,
    V03,
    Both,
}

/// One function of WASI.
#[derive(Clone, Copy, Debug)]
pub struct Import {
    /// Without a version: `wasi:io/streams`.
    pub interface: &'static str,
    pub releases: Releases,
    /// As the component model names it: `[method]output-stream.write`.
    pub name: &'static str,
    /// Its type in the words of the compiler's `signature_text`. An import of another type must be
    /// refused: the function would take its arguments for something else.
    pub signature: &'static str,
    /// The linker symbol.
    pub symbol: &'static str,
    /// The function in this process.
    pub address: Address,
}

/// The destructor of one resource of WASI's: `void (void *wasi, uint64_t rep)`.
#[derive(Clone, Copy, Debug)]
pub struct Drop {
    pub interface: &'static str,
    pub releases: Releases,
    pub resource: &'static str,
    pub symbol: &'static str,
    pub address: Address,
}

const NOWHERE: Address = Address(std::ptr::null());

/// All functions.
pub static IMPORTS: &[Import] = &concat::<_, { count(&abi::FUNCTIONS) }>(
    &abi::FUNCTIONS,
    Import {
        interface: "",
        releases: Releases::Both,
        name: "",
        signature: "",
        symbol: "",
        address: NOWHERE,
    },
);

/// All resources.
pub static DROPS: &[Drop] = &concat::<_, { count(&abi::RESOURCES) }>(
    &abi::RESOURCES,
    Drop { interface: "", releases: Releases::Both, resource: "", symbol: "", address: NOWHERE },
);

const fn count<T>(parts: &[&[T]]) -> usize {
    let mut total = 0;
    let mut i = 0;
    while i < parts.len() {
        total += parts[i].len();
        i += 1;
    }
    total
}

const fn concat<T: Copy, const N: usize>(parts: &[&[T]], filler: T) -> [T; N] {
    let mut all = [filler; N];
    let (mut n, mut i) = (0, 0);
    while i < parts.len() {
        let mut j = 0;
        while j < parts[i].len() {
            all[n] = parts[i][j];
            n += 1;
            j += 1;
        }
        i += 1;
    }
    all
}

/// The function that serves `name` of `interface`, which has a version: `wasi:io/streams@0.2.9`.
pub fn find(interface: &str, name: &str) -> Option<&'static Import> {
    let (interface, release) = supported(interface)?;
    let serves = |import: &&Import| {
        import.interface == interface && import.name == name && import.releases.have(release)
    };
    IMPORTS.iter().find(serves)
}

/// The destructor of `resource` of `interface`, which has a version.
pub fn find_drop(interface: &str, resource: &str) -> Option<&'static Drop> {
    let (interface, release) = supported(interface)?;
    let serves = |drop: &&Drop| {
        drop.interface == interface && drop.resource == resource && drop.releases.have(release)
    };
    DROPS.iter().find(serves)
}

impl Releases {
    fn have(self, release: Releases) -> bool {
        self == release || self == Releases::Both
    }
}

/// The interface without its version, if that is a release of 0.2 or 0.3, or `0.2` or `0.3` itself: the canonical
/// form of all of them. They only add to each other; what came before the first release of each differs.
fn supported(interface: &str) -> Option<(&str, Releases)> {
    let (interface, version) = interface.split_once('@')?;
    let version = version.split('+').next()?;
    let (release, patch) = match (version.strip_prefix("0.2"), version.strip_prefix("0.3")) {
        (Some(patch), _) => (Releases::V02, patch),
        (_, Some(patch)) => (Releases::V03, patch),
        _ => return None,
    };
    let is_number = |patch: &str| !patch.is_empty() && patch.bytes().all(|b| b.is_ascii_digit());
    let is_release = patch.is_empty() || patch.strip_prefix('.').is_some_and(is_number);
    is_release.then_some((interface, release))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_release_of_0_2_is_served_and_nothing_else() {
        for version in ["0.2", "0.2.0", "0.2.9", "0.2.12", "0.2.99", "0.2.1+build"] {
            let interface = format!("wasi:io/streams@{version}");
            let import = find(&interface, "[method]output-stream.write").unwrap();
            assert_eq!(import.symbol, "weldc_wasi_io_streams_output_stream_write");
            assert!(find_drop(&interface, "input-stream").is_some());
        }
        for version in ["", "@", "@0.2.", "@0.3.0", "@0.2.0-rc-2023-11-10", "@1.2.0", "@0.20"] {
            let interface = format!("wasi:io/streams{version}");
            assert!(find(&interface, "[method]output-stream.write").is_none(), "{version}");
            assert!(find_drop(&interface, "input-stream").is_none(), "{version}");
        }
        assert!(find("wasi:io/streams@0.2.0", "[method]output-stream.wrote").is_none());
    }

    #[test]
    fn every_release_of_0_3_is_served() {
        let symbol = |interface: &str, name| find(interface, name).map(|import| import.symbol);
        for version in ["0.3", "0.3.0", "0.3.7", "0.3.1+build"] {
            let stdin = format!("wasi:cli/stdin@{version}");
            let read = symbol(&stdin, "read-via-stream");
            assert_eq!(read, Some("weldc_wasi3_cli_stdin_read_via_stream"));
            assert_eq!(symbol(&stdin, "get-stdin"), None);
            assert!(find_drop(&format!("wasi:filesystem/types@{version}"), "descriptor").is_some());
        }
        for version in ["0.3.", "0.3.0-rc-2025-09-16", "0.30.0", "0.4.0"] {
            assert_eq!(symbol(&format!("wasi:cli/stdin@{version}"), "read-via-stream"), None);
        }
        // What both have is one function.
        let exit = |version| symbol(&format!("wasi:cli/exit@{version}"), "exit");
        assert!(exit("0.2.0").is_some() && exit("0.2.0") == exit("0.3.0"));
        assert_eq!(symbol("wasi:cli/stdin@0.2.0", "read-via-stream"), None);
    }

    #[test]
    fn symbols_are_made_from_the_names() {
        let mut seen = HashSet::new();
        for import in IMPORTS {
            assert_eq!(import.symbol, symbol(import.releases, import.interface, import.name));
            assert!(seen.insert(import.symbol) && !import.address.0.is_null());
        }
        for drop in DROPS {
            assert_eq!(drop.symbol, symbol(drop.releases, drop.interface, drop.resource) + "_drop");
            assert!(seen.insert(drop.symbol) && !drop.address.0.is_null());
        }
    }

    fn symbol(releases: Releases, interface: &str, name: &str) -> String {
        let wasi = if releases == Releases::V03 { "wasi3" } else { "wasi" };
        let interface = interface.strip_prefix("wasi:").unwrap();
        let name = name.strip_prefix("[method]").or(name.strip_prefix("[static]")).unwrap_or(name);
        format!("weldc_{wasi}_{interface}_{name}").replace(['/', '-', '.'], "_")
    }
}
