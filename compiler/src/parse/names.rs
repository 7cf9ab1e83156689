//! Name sections, and sections with branch hints. They change nothing of what code does: whatever is wrong in
//! one is passed over in silence (Binary.md, "Name Section").

use super::component::Component;
use super::module::{Custom, Module};
use super::usize_range;
use wasmparser::{ComponentName, CustomSectionReader, KnownCustom, Name, NameMap};

impl Module {
    pub(super) fn custom(&mut self, section: &CustomSectionReader<'_>) {
        match section.as_known() {
            KnownCustom::Name(names) => {
                for name in names.into_iter().map_while(Result::ok) {
                    self.name_subsection(name);
                }
            }
            KnownCustom::BranchHints(funcs) => {
                let funcs = funcs.into_iter().map_while(Result::ok);
                let hinted = funcs.filter(|func| func.hints.count() > 0);
                let places = hinted.map(|it| (it.func, usize_range(it.hints.range())));
                self.branch_hints.extend(places);
            }
            _ => {}
        }
        self.customs.push(keep(section));
    }

    fn name_subsection(&mut self, name: Name<'_>) {
        match name {
            Name::Module { name, .. } => self.name = Some(name.to_string()),
            Name::Function(map) => self.func_names.extend(pairs(map)),
            _ => {}
        }
    }
}

impl Component {
    pub(super) fn custom(&mut self, section: &CustomSectionReader<'_>) {
        if let KnownCustom::ComponentName(names) = section.as_known() {
            for name in names.into_iter().map_while(Result::ok) {
                if let ComponentName::Component { name, .. } = name {
                    self.name = Some(name.to_string());
                }
            }
        }
        self.customs.push(keep(section));
    }
}

fn keep(section: &CustomSectionReader<'_>) -> Custom {
    Custom { name: section.name().to_string(), range: usize_range(section.data_range()) }
}

fn pairs(map: NameMap<'_>) -> impl Iterator<Item = (u32, String)> + '_ {
    map.into_iter().map_while(Result::ok).map(|naming| (naming.index, naming.name.to_string()))
}
