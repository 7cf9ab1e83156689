//! Core types in canonical form: equal types of all modules are one, and the declared subtypes of a type are
//! known to the last, since the program is all there is.
//!
//! Plain function types are equal if they look alike. All others are told apart by the validator's ids, which
//! know what groups of recursive types are equal. Each of these gets its id before any type that mentions it,
//! hence before it is known what its own parts are.
//!
//! In the end types are numbered so that every type is followed by its subtypes: whether one is a subtype of
//! another is whether its number lies in a range.

use super::Linker;
use super::env::{get, invalid};
use super::program::Program;
use crate::error::{Error, Result};
use crate::index::*;
use crate::parse::module::{Composite, Module};
use cranelift_entity::packed_option::PackedOption;
use cranelift_entity::{EntityRef, PrimaryMap};
use wasmparser::{FieldType, FuncType, HeapType, RefType, StorageType, UnpackedIndex, ValType};
use weldc_abi::gc;

/// A canonical type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoreType {
    Func(SigId),
    Object(ObjectTypeId),
}

impl CoreType {
    /// What stands for the type in references to it: functions are even, objects odd.
    fn index(self) -> u32 {
        match self {
            CoreType::Func(sig) => sig.as_u32() << 1,
            CoreType::Object(id) => id.as_u32() << 1 | 1,
        }
    }

    /// Whether this stands for an object type in canonical references.
    pub fn is_object_index(index: u32) -> bool {
        index & 1 != 0
    }

    /// # Panics
    /// If it is no function type.
    pub fn signature(self) -> SigId {
        match self {
            CoreType::Func(sig) => sig,
            CoreType::Object(_) => panic!("validated: a function type"),
        }
    }

    /// # Panics
    /// If it is a function type.
    pub fn object(self) -> ObjectTypeId {
        match self {
            CoreType::Object(id) => id,
            CoreType::Func(_) => panic!("validated: a struct or array type"),
        }
    }
}

/// The numbers of a type and its subtypes, all that there are in the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbers {
    /// The type's own.
    pub first: u32,
    pub last: u32,
}

/// A struct or array type.
#[derive(Clone, Debug)]
pub struct ObjectType {
    pub shape: Shape,
    pub supertype: Option<ObjectTypeId>,
    pub numbers: Numbers,
}

#[derive(Clone, Debug)]
pub enum Shape {
    Struct(Struct),
    Array(StorageType),
}

/// A struct; the fields of its supertype are its first ones, at the same offsets.
#[derive(Clone, Debug, Default)]
pub struct Struct {
    pub fields: Vec<Field>,
    /// Bytes with the header, a multiple of [`gc::ALIGN`].
    pub size: u32,
}

#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// References are canonical.
    pub ty: StorageType,
    /// From the object's header.
    pub offset: u32,
}

impl ObjectType {
    /// # Panics
    /// If it is an array.
    pub fn fields(&self) -> &[Field] {
        &self.layout().fields
    }

    /// # Panics
    /// If it is an array.
    pub fn layout(&self) -> &Struct {
        match &self.shape {
            Shape::Struct(layout) => layout,
            Shape::Array(_) => panic!("validated: a struct type"),
        }
    }

    /// # Panics
    /// If it is a struct.
    pub fn element(&self) -> StorageType {
        match self.shape {
            Shape::Array(element) => element,
            Shape::Struct(_) => panic!("validated: an array type"),
        }
    }
}

/// Bytes of a field or an element.
pub fn size(ty: StorageType) -> u32 {
    match ty {
        StorageType::I8 => 1,
        StorageType::I16 => 2,
        StorageType::Val(ValType::I32 | ValType::F32) => 4,
        StorageType::Val(ValType::I64 | ValType::F64 | ValType::Ref(_)) => 8,
        StorageType::Val(ValType::V128) => 16,
    }
}

impl Struct {
    /// Sizes fit: the validator limits the number of fields.
    fn new(types: impl Iterator<Item = StorageType>) -> Struct {
        let mut end = gc::HEADER_SIZE;
        let place = |ty| {
            let size = size(ty);
            let offset = end.next_multiple_of(size.min(gc::ALIGN));
            end = offset + size;
            Field { ty, offset }
        };
        let fields = types.map(place).collect();
        Struct { fields, size: end.next_multiple_of(gc::ALIGN) }
    }
}

impl Linker<'_, '_> {
    /// The id of a plain function type; equal types have equal ids.
    pub fn intern(&mut self, ty: FuncType) -> SigId {
        let signatures = &mut self.program.signatures;
        *self.signatures.entry(ty).or_insert_with_key(|ty| signatures.push(ty.clone()))
    }

    /// A module's type space.
    pub fn intern_module(&mut self, module: &Module) -> Result<Vec<CoreType>> {
        let mut types = Vec::with_capacity(module.types.len());
        let mut new = Vec::new();
        for (index, def) in (0u32..).zip(&module.type_defs) {
            let ty = if def.is_plain {
                let func = canonical_func(&module.types[index as usize], &types)?;
                CoreType::Func(self.intern(func))
            } else {
                let key = get(&module.type_ids, index)?;
                let program = &mut self.program;
                *self.core_types.entry(key).or_insert_with(|| {
                    let ty = reserve(program, &def.composite);
                    new.push((index, ty));
                    ty
                })
            };
            types.push(ty);
        }
        for (index, ty) in new {
            complete(&mut self.program, module, index, ty, &types)?;
        }
        Ok(types)
    }
}

/// An id for a type that is not known yet.
fn reserve(program: &mut Program, composite: &Composite) -> CoreType {
    let shape = match composite {
        Composite::Func => {
            return CoreType::Func(program.signatures.push(FuncType::new([], [])));
        }
        Composite::Struct(_) => Shape::Struct(Struct::default()),
        Composite::Array(field) => Shape::Array(field.element_type),
    };
    let numbers = Numbers { first: 0, last: 0 };
    CoreType::Object(program.objects.push(ObjectType { shape, supertype: None, numbers }))
}

/// Fills in what a type is. `types` is the module's type space.
fn complete(
    program: &mut Program,
    module: &Module,
    index: u32,
    ty: CoreType,
    types: &[CoreType],
) -> Result<()> {
    let def = &module.type_defs[index as usize];
    let supertype = def.supertype.map(|index| get(types, index)).transpose()?;
    match ty {
        CoreType::Func(sig) => {
            program.signatures[sig] = canonical_func(&module.types[index as usize], types)?;
            program.signature_supertypes[sig] = match supertype {
                Some(CoreType::Func(supertype)) => Some(supertype).into(),
                _ => PackedOption::default(),
            };
        }
        CoreType::Object(id) => {
            let storage = |field: &FieldType| canonical_storage(field.element_type, types);
            program.objects[id].shape = match &def.composite {
                Composite::Struct(fields) => {
                    let fields = fields.iter().map(storage).collect::<Result<Vec<_>>>()?;
                    Shape::Struct(Struct::new(fields.into_iter()))
                }
                Composite::Array(element) => Shape::Array(storage(element)?),
                Composite::Func => return Err(invalid("a function type is an object type")),
            };
            program.objects[id].supertype = match supertype {
                Some(CoreType::Object(supertype)) => Some(supertype),
                _ => None,
            };
        }
    }
    Ok(())
}

fn canonical_func(ty: &FuncType, types: &[CoreType]) -> Result<FuncType> {
    let canonical = |t: &ValType| canonical(*t, types);
    let params = ty.params().iter().map(canonical).collect::<Result<Vec<_>>>()?;
    let results = ty.results().iter().map(canonical).collect::<Result<Vec<_>>>()?;
    Ok(FuncType::new(params, results))
}

fn canonical_storage(ty: StorageType, types: &[CoreType]) -> Result<StorageType> {
    match ty {
        StorageType::Val(ty) => canonical(ty, types).map(StorageType::Val),
        packed => Ok(packed),
    }
}

/// A value type with type indices of a module replaced by [`CoreType::index`], so that types of different
/// modules can be compared. `types` are those that it may refer to.
fn canonical(ty: ValType, types: &[CoreType]) -> Result<ValType> {
    let ValType::Ref(reference) = ty else {
        return Ok(ty);
    };
    let unsupported = || Error::new("a reference to this many types is not compiled yet");
    match reference.heap_type() {
        HeapType::Abstract { .. } => Ok(ty),
        HeapType::Concrete(UnpackedIndex::Module(index)) => {
            let heap = HeapType::Concrete(UnpackedIndex::Module(get(types, index)?.index()));
            RefType::new(reference.is_nullable(), heap).map(ValType::Ref).ok_or_else(unsupported)
        }
        _ => Err(Error::new("a reference to an exact type is not compiled yet")),
    }
}

/// Numbers the types, once all are known.
pub fn number(program: &mut Program) -> Result<()> {
    let parent = |sig: SigId| program.signature_supertypes[sig].expand().map(SigId::index);
    let parents: Vec<_> = program.signatures.keys().map(parent).collect();
    program.signature_numbers = preorder(&parents)?.into_iter().collect();

    let is_struct = |object: &ObjectType| matches!(object.shape, Shape::Struct(_));
    program.struct_count = program.objects.values().filter(|o| is_struct(o)).count() as u32;
    let structs = number_objects(&program.objects, 0, is_struct)?;
    let arrays = number_objects(&program.objects, program.struct_count, |o| !is_struct(o))?;
    for (id, numbers) in structs.into_iter().chain(arrays) {
        program.objects[id].numbers = numbers;
    }
    Ok(())
}

/// Numbers those objects that are `wanted`, with their supertypes, from `first` on.
fn number_objects(
    objects: &PrimaryMap<ObjectTypeId, ObjectType>,
    first: u32,
    wanted: impl Fn(&ObjectType) -> bool,
) -> Result<Vec<(ObjectTypeId, Numbers)>> {
    let ids: Vec<ObjectTypeId> =
        objects.iter().filter(|(_, object)| wanted(object)).map(|(id, _)| id).collect();
    // Ascending, so that they can be searched.
    let parent = |&id: &ObjectTypeId| {
        objects[id].supertype.and_then(|supertype| ids.binary_search(&supertype).ok())
    };
    let numbers = preorder(&ids.iter().map(parent).collect::<Vec<_>>())?;
    let moved = |n: Numbers| Numbers { first: n.first + first, last: n.last + first };
    Ok(ids.iter().copied().zip(numbers.into_iter().map(moved)).collect())
}

/// The places in preorder of the nodes of a forest, each with the last of its descendants. Siblings keep
/// their order, so without parents everything does.
fn preorder(parents: &[Option<usize>]) -> Result<Vec<Numbers>> {
    let mut sizes = vec![1u32; parents.len()];
    for (node, parent) in parents.iter().enumerate().rev() {
        if let Some(parent) = *parent {
            if parent >= node {
                return Err(invalid("a type comes before its supertype"));
            }
            sizes[parent] += sizes[node];
        }
    }
    let mut next_root = 0;
    // The number of each node's next child.
    let mut next: Vec<u32> = Vec::with_capacity(parents.len());
    let mut numbers = Vec::with_capacity(parents.len());
    for (node, parent) in parents.iter().enumerate() {
        let place = match *parent {
            Some(parent) => &mut next[parent],
            None => &mut next_root,
        };
        let first = *place;
        *place += sizes[node];
        next.push(first + 1);
        numbers.push(Numbers { first, last: first + sizes[node] - 1 });
    }
    Ok(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranges(parents: &[Option<usize>]) -> Vec<(u32, u32)> {
        preorder(parents).unwrap().into_iter().map(|n| (n.first, n.last)).collect()
    }

    #[test]
    fn a_type_is_followed_by_its_subtypes() {
        //  0   3      and in the order of the nodes: 1 and 4 are children of 0, 5 of 1, 2 stands alone
        let parents = [None, Some(0), None, None, Some(0), Some(1), Some(3)];
        assert_eq!(ranges(&parents), [(0, 3), (1, 2), (4, 4), (5, 6), (3, 3), (2, 2), (6, 6)]);
    }

    #[test]
    fn without_subtypes_everything_keeps_its_place() {
        assert_eq!(ranges(&[None, None, None]), [(0, 0), (1, 1), (2, 2)]);
        assert!(preorder(&[Some(0)]).is_err());
    }

    #[test]
    fn fields_lie_at_their_alignment() {
        use StorageType::{I8, I16, Val};
        let types = [I8, I16, I8, Val(ValType::I32), Val(ValType::V128), I8];
        let layout = Struct::new(types.into_iter());
        let offsets: Vec<u32> = layout.fields.iter().map(|field| field.offset).collect();
        assert_eq!(offsets, [8, 10, 12, 16, 24, 40]);
        assert_eq!(layout.size, 48);
        assert_eq!(Struct::new([].into_iter()).size, 8);
    }
}
