//! A component's sections → [`Component`].

use super::canon;
use super::component::*;
use crate::error::Result;
use std::sync::Arc;
use wasmparser::{
    ComponentAlias, ComponentDefinedType, ComponentExternName, ComponentExternalKind,
    ComponentOuterAliasKind, ComponentType, ComponentTypeDeclaration, ComponentTypeRef,
    ComponentValType, CompositeInnerType, ExternalKind, FromReader, InstanceTypeDeclaration,
    Payload, SectionLimited, SubType, TypeBounds,
};

impl Component {
    /// Notes down one section; nested things and the end are the walk's business.
    pub(super) fn section(&mut self, payload: Payload<'_>) -> Result<()> {
        match payload {
            Payload::InstanceSection(reader) => {
                self.each(reader, |item| [Def::CoreInstance(core_instance(item))])
            }
            Payload::CoreTypeSection(reader) => {
                self.each(reader, |item| core_types(item).into_iter().map(Def::CoreType))
            }
            Payload::ComponentInstanceSection(reader) => {
                self.each(reader, |item| [Def::Instance(instance(item))])
            }
            Payload::ComponentAliasSection(reader) => {
                self.each(reader, |item| [Def::Alias(alias(item))])
            }
            Payload::ComponentTypeSection(reader) => {
                self.each(reader, |item| [Def::Type(type_def(item))])
            }
            Payload::ComponentCanonicalSection(reader) => {
                self.each(reader, |item| [Def::Canon(canon::read(&item))])
            }
            Payload::ComponentImportSection(reader) => self.each(reader, |item| {
                [Def::Import { name: extern_name(item.name), ty: extern_type(item.ty) }]
            }),
            Payload::ComponentExportSection(reader) => self.each(reader, |item| [Def::from(item)]),
            Payload::ComponentStartSection { start, range } => {
                let args = start.arguments.to_vec();
                let item = Def::Start { func: start.func_index, args, results: start.results };
                self.defs.push(Located { offset: range.start as usize, item });
                Ok(())
            }
            Payload::CustomSection(section) => {
                self.custom(&section);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Appends what `convert` makes of each item of a section.
    fn each<'a, T, I>(
        &mut self,
        reader: SectionLimited<'a, T>,
        convert: impl Fn(T) -> I,
    ) -> Result<()>
    where
        T: FromReader<'a>,
        I: IntoIterator<Item = Def>,
    {
        for item in reader.into_iter_with_offsets() {
            let (offset, item) = item?;
            let offset = offset as usize;
            self.defs.extend(convert(item).into_iter().map(|item| Located { offset, item }));
        }
        Ok(())
    }
}

impl From<wasmparser::ComponentExport<'_>> for Def {
    fn from(export: wasmparser::ComponentExport<'_>) -> Def {
        Def::Export {
            name: extern_name(export.name),
            sort: sort(export.kind),
            index: export.index,
            ty: export.ty.map(extern_type),
        }
    }
}

fn extern_name(name: ComponentExternName<'_>) -> ExternName {
    ExternName {
        name: name.name.to_string(),
        version_suffix: name.version_suffix.map(str::to_string),
        implements: name.implements.map(str::to_string),
    }
}

fn core_instance(instance: wasmparser::Instance<'_>) -> CoreInstance {
    match instance {
        wasmparser::Instance::Instantiate { module_index, args } => CoreInstance::Instantiate {
            module: module_index,
            args: args.iter().map(|arg| (arg.name.to_string(), arg.index)).collect(),
        },
        wasmparser::Instance::FromExports(exports) => CoreInstance::FromExports(
            exports.iter().map(|e| (e.name.to_string(), core_sort(e.kind), e.index)).collect(),
        ),
    }
}

fn instance(instance: wasmparser::ComponentInstance<'_>) -> Instance {
    match instance {
        wasmparser::ComponentInstance::Instantiate { component_index, args } => {
            Instance::Instantiate {
                component: component_index,
                args: args
                    .iter()
                    .map(|arg| (arg.name.to_string(), sort(arg.kind), arg.index))
                    .collect(),
            }
        }
        wasmparser::ComponentInstance::FromExports(exports) => Instance::FromExports(
            exports.iter().map(|e| (e.name.name.to_string(), sort(e.kind), e.index)).collect(),
        ),
    }
}

fn alias(alias: ComponentAlias<'_>) -> Alias {
    match alias {
        ComponentAlias::InstanceExport { kind, instance_index, name } => {
            Alias::Export { sort: sort(kind), instance: instance_index, name: name.to_string() }
        }
        ComponentAlias::CoreInstanceExport { kind, instance_index, name } => Alias::CoreExport {
            sort: core_sort(kind),
            instance: instance_index,
            name: name.to_string(),
        },
        ComponentAlias::Outer { kind, count, index } => {
            Alias::Outer { sort: outer_sort(kind), count, index }
        }
    }
}

/// The types that one definition appends: several for a recursive group.
fn core_types(ty: wasmparser::CoreType<'_>) -> Vec<CoreType> {
    match ty {
        wasmparser::CoreType::Rec(group) => {
            let alone = group.types().len() == 1;
            group.into_types().map(|ty| core_type(ty, alone)).collect()
        }
        wasmparser::CoreType::Module(_) => vec![CoreType::Module],
    }
}

/// `alone`: whether it is the only type of its group.
fn core_type(ty: SubType, alone: bool) -> CoreType {
    let is_plain = alone && ty.is_final && ty.supertype_idxs.is_empty();
    match ty.composite_type.inner {
        CompositeInnerType::Func(func) if is_plain => CoreType::Func(func),
        _ => CoreType::Other,
    }
}

/// Recursion is bounded: the reader limits how deep types nest.
fn type_def(ty: ComponentType<'_>) -> TypeDef {
    match ty {
        ComponentType::Defined(ty) => TypeDef::Value(value_type(ty)),
        ComponentType::Func(ty) => TypeDef::Func(FuncDef {
            params: ty.params.iter().map(|&(name, ty)| (name.to_string(), val(ty))).collect(),
            result: ty.result.map(val),
            async_: ty.async_,
        }),
        ComponentType::Component(decls) => {
            TypeDef::Component(decls.into_vec().into_iter().flat_map(component_decl).collect())
        }
        ComponentType::Instance(decls) => {
            TypeDef::Instance(decls.into_vec().into_iter().flat_map(instance_decl).collect())
        }
        ComponentType::Resource { rep, dtor } => TypeDef::Resource { rep, dtor },
    }
}

fn component_decl(decl: ComponentTypeDeclaration<'_>) -> Vec<Decl> {
    instance_decl(match decl {
        ComponentTypeDeclaration::CoreType(ty) => InstanceTypeDeclaration::CoreType(ty),
        ComponentTypeDeclaration::Type(ty) => InstanceTypeDeclaration::Type(ty),
        ComponentTypeDeclaration::Alias(ty) => InstanceTypeDeclaration::Alias(ty),
        ComponentTypeDeclaration::Export { name, ty } => {
            InstanceTypeDeclaration::Export { name, ty }
        }
        ComponentTypeDeclaration::Import(import) => {
            let (name, ty) = (extern_name(import.name), extern_type(import.ty));
            return vec![Decl::Import { name, ty }];
        }
    })
}

fn instance_decl(decl: InstanceTypeDeclaration<'_>) -> Vec<Decl> {
    vec![match decl {
        InstanceTypeDeclaration::CoreType(ty) => {
            return core_types(ty).into_iter().map(Decl::CoreType).collect();
        }
        InstanceTypeDeclaration::Type(ty) => Decl::Type(type_def(ty)),
        InstanceTypeDeclaration::Alias(ty) => Decl::Alias(Arc::new(alias(ty))),
        InstanceTypeDeclaration::Export { name, ty } => {
            Decl::Export { name: extern_name(name), ty: extern_type(ty) }
        }
    }]
}

fn value_type(ty: ComponentDefinedType<'_>) -> ValueType {
    match ty {
        ComponentDefinedType::Primitive(ty) => ValueType::Primitive(ty),
        ComponentDefinedType::Record(fields) => ValueType::Record(
            fields.iter().map(|&(name, ty)| (name.to_string(), val(ty))).collect(),
        ),
        ComponentDefinedType::Variant(cases) => ValueType::Variant(
            cases.iter().map(|case| (case.name.to_string(), case.ty.map(val))).collect(),
        ),
        ComponentDefinedType::List(ty) => ValueType::List(val(ty)),
        ComponentDefinedType::FixedLengthList(ty, length) => ValueType::FixedList(val(ty), length),
        ComponentDefinedType::Map(key, value) => ValueType::Map(val(key), val(value)),
        ComponentDefinedType::Tuple(types) => {
            ValueType::Tuple(types.iter().copied().map(val).collect())
        }
        ComponentDefinedType::Flags(names) => ValueType::Flags(strings(&names)),
        ComponentDefinedType::Enum(names) => ValueType::Enum(strings(&names)),
        ComponentDefinedType::Option(ty) => ValueType::Option(val(ty)),
        ComponentDefinedType::Result { ok, err } => {
            ValueType::Result { ok: ok.map(val), err: err.map(val) }
        }
        ComponentDefinedType::Own(index) => ValueType::Own(index),
        ComponentDefinedType::Borrow(index) => ValueType::Borrow(index),
        ComponentDefinedType::Stream(ty) => ValueType::Stream(ty.map(val)),
        ComponentDefinedType::Future(ty) => ValueType::Future(ty.map(val)),
    }
}

fn strings(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| name.to_string()).collect()
}

pub fn val(ty: ComponentValType) -> ValType {
    match ty {
        ComponentValType::Primitive(ty) => ValType::Primitive(ty),
        ComponentValType::Type(index) => ValType::Type(index),
    }
}

fn extern_type(ty: ComponentTypeRef) -> ExternType {
    match ty {
        ComponentTypeRef::Module(index) => ExternType::CoreModule(index),
        ComponentTypeRef::Func(index) => ExternType::Func(index),
        ComponentTypeRef::Value(ty) => ExternType::Value(val(ty)),
        ComponentTypeRef::Type(TypeBounds::Eq(index)) => ExternType::Type(TypeBound::Eq(index)),
        ComponentTypeRef::Type(TypeBounds::SubResource) => ExternType::Type(TypeBound::SubResource),
        ComponentTypeRef::Instance(index) => ExternType::Instance(index),
        ComponentTypeRef::Component(index) => ExternType::Component(index),
    }
}

fn sort(kind: ComponentExternalKind) -> Sort {
    match kind {
        ComponentExternalKind::Module => Sort::CoreModule,
        ComponentExternalKind::Func => Sort::Func,
        ComponentExternalKind::Value => Sort::Value,
        ComponentExternalKind::Type => Sort::Type,
        ComponentExternalKind::Component => Sort::Component,
        ComponentExternalKind::Instance => Sort::Instance,
    }
}

fn core_sort(kind: ExternalKind) -> CoreSort {
    match kind {
        ExternalKind::Func | ExternalKind::FuncExact => CoreSort::Func,
        ExternalKind::Table => CoreSort::Table,
        ExternalKind::Memory => CoreSort::Memory,
        ExternalKind::Global => CoreSort::Global,
        ExternalKind::Tag => CoreSort::Tag,
    }
}

fn outer_sort(kind: ComponentOuterAliasKind) -> OuterSort {
    match kind {
        ComponentOuterAliasKind::CoreModule => OuterSort::CoreModule,
        ComponentOuterAliasKind::CoreType => OuterSort::CoreType,
        ComponentOuterAliasKind::Type => OuterSort::Type,
        ComponentOuterAliasKind::Component => OuterSort::Component,
    }
}
