//! The read-only blocks that generated code refers to, numbered before any code is made.

use crate::index::*;
use crate::link::Program;
use crate::options::CodeOptions;
use crate::parse::Parsed;
use crate::parse::module::SegmentMode;
use cranelift_entity::PrimaryMap;
use std::collections::HashMap;

/// A read-only block that generated code refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DataKey {
    /// The bytes of a data segment that is not active.
    Data(ModuleId, u32),
    /// The references (words) of an element segment that is not active, as `InstanceId` sees
    /// them; not if instantiation computes them.
    Elements(InstanceId, u32),
    /// `CodeOptions::main`.
    Grants,
}

/// All read-only blocks. Active segments that `place` could not put into an image are here, too.
#[derive(Debug, Default)]
pub struct DataTable {
    pub keys: PrimaryMap<DataId, DataKey>,
    ids: HashMap<DataKey, DataId>,
}

impl DataTable {
    pub fn new(
        parsed: &Parsed,
        program: &Program,
        layout: &crate::place::Layout,
        options: &CodeOptions,
    ) -> DataTable {
        let mut table = DataTable::default();
        if options.main.is_some() {
            table.add(DataKey::Grants);
        }
        for (id, instance) in program.instances.iter() {
            let module = &parsed.modules[instance.module];
            for (segment, data) in module.data.iter().enumerate() {
                if matches!(data.mode, SegmentMode::Passive) {
                    table.add(DataKey::Data(instance.module, segment as u32));
                }
            }
            for (segment, elements) in module.elements.iter().enumerate() {
                if matches!(elements.mode, SegmentMode::Passive)
                    && !instance.computes(segment as u32)
                {
                    table.add(DataKey::Elements(id, segment as u32));
                }
            }
        }
        for step in &layout.steps {
            match *step {
                crate::link::Step::Data { instance, segment, .. } => {
                    table.add(DataKey::Data(program.instances[instance].module, segment));
                }
                crate::link::Step::Elements { instance, segment, .. } => {
                    if !program.instances[instance].computes(segment) {
                        table.add(DataKey::Elements(instance, segment));
                    }
                }
                crate::link::Step::Global { .. }
                | crate::link::Step::Table { .. }
                | crate::link::Step::Segment { .. }
                | crate::link::Step::Start { .. }
                | crate::link::Step::Call { .. } => {}
            }
        }
        table
    }

    fn add(&mut self, key: DataKey) {
        if !self.ids.contains_key(&key) {
            let id = self.keys.push(key);
            self.ids.insert(key, id);
        }
    }

    /// # Panics
    /// If there is no such block.
    pub fn id(&self, key: DataKey) -> DataId {
        self.ids[&key]
    }
}
