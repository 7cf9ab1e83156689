//! What an interface's name contributes to the C names of what is in it.
//!
//! `docs:calculator/ops@1.2.0` contributes `ops`. If two interfaces of a program would contribute the
//! same, each contributes `docs_calculator_ops`; if that is not enough (two versions), the version comes
//! behind it.

use super::ident::snake;
use crate::link::without_versions;
use std::collections::{HashMap, HashSet};

/// `ops`
pub fn short(interface: &str) -> String {
    let name = without_versions(interface);
    snake(name.rsplit('/').next().unwrap_or(&name))
}

/// `docs_calculator_ops`
pub fn full(interface: &str) -> String {
    snake(&without_versions(interface))
}

/// `docs_calculator_ops_1_2_0`
pub fn versioned(interface: &str) -> String {
    snake(interface)
}

/// The contributions of a program's interfaces, different for different interfaces.
#[derive(Debug, Default)]
pub struct Interfaces {
    names: HashMap<String, String>,
    taken: HashSet<String>,
}

impl Interfaces {
    /// Names all of `interfaces`; which come first does not matter.
    pub fn new<'a>(interfaces: impl IntoIterator<Item = &'a str>) -> Interfaces {
        let mut this = Interfaces::default();
        let mut open: Vec<&str> = interfaces.into_iter().collect();
        open.sort_unstable();
        open.dedup();
        for form in [short, full, versioned] {
            let mut uses: HashMap<String, usize> = HashMap::new();
            for interface in &open {
                *uses.entry(form(interface)).or_default() += 1;
            }
            open.retain(|interface| uses[&form(interface)] > 1 || !this.claim(interface, form));
        }
        for interface in open {
            this.number(interface);
        }
        this
    }

    /// The contribution of an interface, which is added if it is new.
    pub fn get(&mut self, interface: &str) -> String {
        if !self.names.contains_key(interface)
            && ![short, full, versioned].into_iter().any(|form| self.claim(interface, form))
        {
            self.number(interface);
        }
        self.names[interface].clone()
    }

    fn claim(&mut self, interface: &str, form: fn(&str) -> String) -> bool {
        let name = form(interface);
        let free = self.taken.insert(name.clone());
        if free {
            self.names.insert(interface.to_string(), name);
        }
        free
    }

    fn number(&mut self, interface: &str) {
        let base = versioned(interface);
        let name = (2..).map(|n| format!("{base}__{n}")).find(|name| !self.taken.contains(name));
        let name = name.unwrap_or(base);
        self.taken.insert(name.clone());
        self.names.insert(interface.to_string(), name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(interfaces: &[&str]) -> Vec<String> {
        let mut names = Interfaces::new(interfaces.iter().copied());
        interfaces.iter().map(|i| names.get(i)).collect()
    }

    #[test]
    fn one_interface_is_short() {
        assert_eq!(named(&["docs:calculator/ops@1.2.0"]), ["ops"]);
        assert_eq!(named(&["ops"]), ["ops"]);
    }

    #[test]
    fn namespaces_and_instances_may_nest() {
        assert_eq!(named(&["a:b:c/d/e@1.0.0"]), ["e"]);
        assert_eq!(named(&["a:b:c/d/e", "a:c/d/e"]), ["a_b_c_d_e", "a_c_d_e"]);
        assert_eq!(named(&["a:b/c@1.0.0", "a:b/c@1.0.0/inner"]), ["c", "inner"]);
        assert_eq!(named(&["a:b/c@0.2", "a:b/c@0.3"]), ["a_b_c_0_2", "a_b_c_0_3"]);
    }

    #[test]
    fn like_names_are_told_apart_by_package_then_by_version() {
        assert_eq!(named(&["a:b/ops", "c:d/ops", "c:d/x"]), ["a_b_ops", "c_d_ops", "x"]);
        assert_eq!(named(&["a:b/ops@1.0.0", "a:b/ops@2.0.0"]), ["a_b_ops_1_0_0", "a_b_ops_2_0_0"]);
        assert_eq!(named(&["a:b-c/x", "a-b:c/x"]), ["a_b_c_x__3", "a_b_c_x__2"]);
    }

    #[test]
    fn a_late_interface_does_not_disturb_the_others() {
        let mut names = Interfaces::new(["a:b/ops"]);
        assert_eq!(names.get("c:d/ops"), "c_d_ops");
        assert_eq!(names.get("a:b/ops"), "ops");
    }
}
