//! A core module's sections → [`Module`].

use super::module::*;
use super::{consts, usize_range};
use crate::error::Result;
use wasmparser::{
    CompositeInnerType, DataKind, ElementItems, ElementKind, ExternalKind, FuncType, HeapType,
    Payload, RefType, SectionLimited, SubType, TableInit, TypeRef, UnpackedIndex, ValType,
};

impl Module {
    /// Notes down one section; nested things and the end are the walk's business.
    pub(super) fn section(&mut self, payload: Payload<'_>) -> Result<()> {
        match payload {
            Payload::TypeSection(reader) => self.type_section(reader),
            Payload::ImportSection(reader) => self.import_section(reader),
            Payload::FunctionSection(reader) => {
                for ty in reader {
                    self.funcs.push(ty?);
                }
                Ok(())
            }
            Payload::TableSection(reader) => self.table_section(reader),
            Payload::MemorySection(reader) => {
                for ty in reader {
                    self.memories.push(ty?);
                }
                Ok(())
            }
            Payload::TagSection(reader) => {
                for ty in reader {
                    self.tags.push(ty?.func_type_idx);
                }
                Ok(())
            }
            Payload::GlobalSection(reader) => self.global_section(reader),
            Payload::ExportSection(reader) => self.export_section(reader),
            Payload::StartSection { func, .. } => {
                self.start = Some(func);
                Ok(())
            }
            Payload::ElementSection(reader) => self.element_section(reader),
            Payload::DataSection(reader) => self.data_section(reader),
            Payload::CodeSectionStart { unchecked_range, .. } => {
                self.code = usize_range(unchecked_range);
                Ok(())
            }
            Payload::CodeSectionEntry(body) => {
                self.bodies.push(usize_range(body.range()));
                Ok(())
            }
            Payload::CustomSection(section) => {
                self.custom(&section);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn refuse(&mut self, offset: usize, what: &str) {
        self.unsupported.get_or_insert_with(|| Unsupported { offset, what: what.to_string() });
    }

    fn type_section(&mut self, reader: wasmparser::TypeSectionReader<'_>) -> Result<()> {
        for group in reader {
            let group = group?;
            let alone = group.types().len() == 1;
            for (offset, ty) in group.into_types_and_offsets() {
                if !is_supported(&ty) {
                    self.refuse(
                        offset as usize,
                        "a shared struct or array, a descriptor or a continuation type",
                    );
                }
                self.type_definition(ty, alone);
            }
        }
        Ok(())
    }

    /// `alone`: whether it is the only type of its group.
    fn type_definition(&mut self, ty: SubType, alone: bool) {
        let own = self.types.len() as u32;
        let supertype = ty.supertype_idxs.first().and_then(|index| index.as_module_index());
        let mut is_plain = false;
        let mut types = FuncType::new([], []);
        let composite = match ty.composite_type.inner {
            CompositeInnerType::Func(func) => {
                is_plain = alone && ty.is_final && supertype.is_none() && !refers_to(&func, own);
                types = func;
                Composite::Func
            }
            CompositeInnerType::Struct(ty) => Composite::Struct(ty.fields.into_vec()),
            CompositeInnerType::Array(ty) => Composite::Array(ty.0),
            // Refused above.
            CompositeInnerType::Cont(_) => Composite::Func,
        };
        self.types.push(types);
        self.type_defs.push(CoreTypeDef { composite, supertype, is_plain });
    }

    fn import_section(&mut self, reader: wasmparser::ImportSectionReader<'_>) -> Result<()> {
        for import in reader.into_imports_with_offsets() {
            let (offset, import) = import?;
            let ty = self.import(offset as usize, import.ty);
            let (module, name) = (import.module.to_string(), import.name.to_string());
            self.imports.push(Import { module, name, ty });
        }
        Ok(())
    }

    /// Appends an import to the space of its kind.
    fn import(&mut self, offset: usize, ty: TypeRef) -> EntityType {
        if let TypeRef::FuncExact(_) = ty {
            self.refuse(offset, "an import of an exact function type");
        }
        match ty {
            TypeRef::Func(index) | TypeRef::FuncExact(index) => {
                self.imported.funcs += 1;
                self.funcs.push(index);
                EntityType::Func(index)
            }
            TypeRef::Table(ty) => {
                self.imported.tables += 1;
                self.tables.push(Table { ty, init: None });
                EntityType::Table(ty)
            }
            TypeRef::Memory(ty) => {
                self.imported.memories += 1;
                self.memories.push(ty);
                EntityType::Memory(ty)
            }
            TypeRef::Global(ty) => {
                self.imported.globals += 1;
                self.globals.push(Global { ty, init: None });
                EntityType::Global(ty)
            }
            TypeRef::Tag(ty) => {
                self.imported.tags += 1;
                self.tags.push(ty.func_type_idx);
                EntityType::Tag(ty.func_type_idx)
            }
        }
    }

    fn table_section(&mut self, reader: wasmparser::TableSectionReader<'_>) -> Result<()> {
        for table in reader {
            let table = table?;
            let init = match &table.init {
                TableInit::RefNull => None,
                TableInit::Expr(expr) => Some(consts::read(expr, &mut self.unsupported)?),
            };
            self.tables.push(Table { ty: table.ty, init });
        }
        Ok(())
    }

    fn global_section(&mut self, reader: wasmparser::GlobalSectionReader<'_>) -> Result<()> {
        for global in reader {
            let global = global?;
            let init = Some(consts::read(&global.init_expr, &mut self.unsupported)?);
            self.globals.push(Global { ty: global.ty, init });
        }
        Ok(())
    }

    fn export_section(&mut self, reader: wasmparser::ExportSectionReader<'_>) -> Result<()> {
        for export in reader {
            let export = export?;
            let entity = match export.kind {
                ExternalKind::Func | ExternalKind::FuncExact => Entity::Func(export.index),
                ExternalKind::Table => Entity::Table(export.index),
                ExternalKind::Memory => Entity::Memory(export.index),
                ExternalKind::Global => Entity::Global(export.index),
                ExternalKind::Tag => Entity::Tag(export.index),
            };
            self.exports.push(Export { name: export.name.to_string(), entity });
        }
        Ok(())
    }

    fn element_section(&mut self, reader: wasmparser::ElementSectionReader<'_>) -> Result<()> {
        for element in reader {
            let element = element?;
            let mode = match &element.kind {
                ElementKind::Passive => SegmentMode::Passive,
                ElementKind::Declared => SegmentMode::Declared,
                ElementKind::Active { table_index, offset_expr } => SegmentMode::Active {
                    target: table_index.unwrap_or(0),
                    offset: consts::read(offset_expr, &mut self.unsupported)?,
                },
            };
            let (ty, items) = match element.items {
                ElementItems::Functions(funcs) => (RefType::FUNCREF, func_items(funcs)?),
                ElementItems::Expressions(ty, exprs) => (ty, self.expr_items(exprs)?),
            };
            self.elements.push(ElementSegment { mode, ty, items });
        }
        Ok(())
    }

    fn expr_items(
        &mut self,
        exprs: SectionLimited<'_, wasmparser::ConstExpr<'_>>,
    ) -> Result<Vec<ConstExpr>> {
        exprs.into_iter().map(|expr| consts::read(&expr?, &mut self.unsupported)).collect()
    }

    fn data_section(&mut self, reader: wasmparser::DataSectionReader<'_>) -> Result<()> {
        for data in reader {
            let data = data?;
            let mode = match &data.kind {
                DataKind::Passive => SegmentMode::Passive,
                DataKind::Active { memory_index, offset_expr } => SegmentMode::Active {
                    target: *memory_index,
                    offset: consts::read(offset_expr, &mut self.unsupported)?,
                },
            };
            // The segment's range begins with its head; the bytes are at its end.
            let end = data.range.end as usize;
            self.data.push(DataSegment { mode, range: end - data.data.len()..end });
        }
        Ok(())
    }
}

fn func_items(funcs: SectionLimited<'_, u32>) -> Result<Vec<ConstExpr>> {
    funcs.into_iter().map(|func| Ok(vec![ConstOp::RefFunc(func?)])).collect()
}

/// Whether this is no type of a proposal that is not compiled. A shared function is one like any other, since a zone
/// runs on one thread; no reference can be to a shared or to another one, so the types need not be told apart.
fn is_supported(ty: &SubType) -> bool {
    let composite = &ty.composite_type;
    (!composite.shared || matches!(composite.inner, CompositeInnerType::Func(_)))
        && composite.descriptor_idx.is_none()
        && composite.describes_idx.is_none()
        && !matches!(composite.inner, CompositeInnerType::Cont(_))
}

fn refers_to(func: &FuncType, index: u32) -> bool {
    let is_it = |ty: &ValType| {
        let ValType::Ref(reference) = ty else { return false };
        reference.heap_type() == HeapType::Concrete(UnpackedIndex::Module(index))
    };
    func.params().iter().chain(func.results()).any(is_it)
}
