//! Initial contents: of the context, of memories, of read-only blocks. Function references are words
//! whose low half is a code offset, which is known once the text is laid out.

use super::text::Text;
use crate::error::{Error, Result};
use crate::index::InstanceId;
use crate::link::{ConstValue, CoreFunc, element_values};
use crate::place::{Image, Layout, MemoryPlace};
use crate::translate::builder::signature_tag;
use crate::translate::{DataKey, Env};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use weldc_abi::context::funcref::SIGNATURE_SHIFT;
use weldc_abi::gc;

/// The memories' initial contents, one after the other.
pub struct Memories<'a> {
    /// Every image is a multiple of `HOST_PAGE` in size, so each begins on one.
    pub bytes: Cow<'a, [u8]>,
    /// By memory: the offset of its image, `None` if it starts as zeros.
    pub offsets: Vec<Option<u64>>,
}

impl Memories<'_> {
    pub fn new(layout: &Layout) -> Memories<'_> {
        let mut offsets = Vec::with_capacity(layout.memories.len());
        let mut size = 0;
        for memory in layout.memories.values() {
            offsets.push((!memory.image.is_empty()).then_some(size));
            size += memory.image.len() as u64;
        }
        let mut images = layout.memories.values().map(|m| &m.image[..]).filter(|i| !i.is_empty());
        let bytes = match (images.next(), images.next()) {
            (None, _) => Cow::Borrowed(&[][..]),
            // The usual case; an image can be large, so it is not copied.
            (Some(only), None) => Cow::Borrowed(only),
            _ => Cow::Owned(layout.memories.values().flat_map(|m| &m.image).copied().collect()),
        };
        Memories { bytes, offsets }
    }
}

/// What tells programs apart whose zones could not use each other's memories (`Artefact::identity`).
pub fn identity(layout: &Layout) -> [u8; 32] {
    let mut hash = Sha256::new();
    for memory in layout.memories.values() {
        let MemoryPlace { minimum, maximum, reserved, image_start, page_bits, ref image, .. } =
            *memory;
        let size = image.len() as u64;
        for word in [minimum, maximum, reserved, image_start, u64::from(page_bits), size] {
            hash.update(word.to_le_bytes());
        }
        hash.update(image);
    }
    hash.finalize().into()
}

/// The context's initial bytes.
pub fn context(env: Env<'_>, text: &Text) -> Result<Vec<u8>> {
    let Image { bytes, funcs } = &env.layout.context_image;
    let mut bytes = bytes.clone();
    for &(offset, func) in funcs {
        let offset = offset as usize;
        let low = bytes.get_mut(offset..offset + 4);
        let low =
            low.ok_or_else(|| Error::new("a function reference lies outside of its image"))?;
        low.copy_from_slice(&code_offset(env, text, func).to_le_bytes());
    }
    Ok(bytes)
}

/// The bytes of a read-only block.
pub fn data<'a>(env: Env<'a>, text: &Text, key: DataKey) -> Result<Cow<'a, [u8]>> {
    match key {
        DataKey::Data(module, segment) => {
            let range = env.parsed.modules[module].data[segment as usize].range.clone();
            let bytes = env.parsed.bytes.get(range.clone());
            bytes.map(Cow::Borrowed).ok_or_else(|| {
                Error::new("a data segment lies outside of the component").at(range.start)
            })
        }
        DataKey::Elements(instance, segment) => elements(env, text, instance, segment),
        DataKey::Grants => Ok(Cow::Borrowed(env.options.main.as_deref().unwrap_or_default())),
    }
}

/// The words of an element segment as `instance` sees it.
fn elements<'a>(
    env: Env<'a>,
    text: &Text,
    instance: InstanceId,
    segment: u32,
) -> Result<Cow<'a, [u8]>> {
    let values = element_values(env.parsed, env.program, instance, segment)?;
    let mut bytes = Vec::with_capacity(values.len() * 8);
    for value in values {
        let word = match value {
            ConstValue::Func(func) => funcref(env, text, func),
            ConstValue::Null => 0,
            ConstValue::I31(bits) => gc::i31(bits),
            _ => return Err(Error::new("an element segment holds what is no reference")),
        };
        bytes.extend_from_slice(&word.to_le_bytes());
    }
    Ok(Cow::Owned(bytes))
}

/// A reference to a core function, see `weldc_abi::context::funcref`.
fn funcref(env: Env<'_>, text: &Text, func: CoreFunc) -> u64 {
    let tag = signature_tag(env.program, env.program.signature_of(env.parsed, func));
    u64::from(code_offset(env, text, func)) | u64::from(tag) << SIGNATURE_SHIFT
}

/// Where a function's code is; of one that is never called, its reference says only that it is one.
fn code_offset(env: Env<'_>, text: &Text, func: CoreFunc) -> u32 {
    env.funcs.live_core(func).map_or(0, |id| text.start(id))
}
