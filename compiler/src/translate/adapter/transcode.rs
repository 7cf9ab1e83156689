//! Strings into guests: the `realloc` calls that the specification prescribes for each pair of encodings
//! (CanonicalABI.md, `store_string_into_range`). A guest can observe them, so their sequence, sizes and
//! alignments are exactly those.
//!
//! Strings are validated as they are converted, hence after the first `realloc`. Where one is not valid, the zone ends
//! all the same before any guest's code runs but that `realloc`'s.

use super::memory::Buffer;
use super::string::{Encoding, Lowered, Text};
use super::transfer::Transfer;
use crate::error::Result;
use crate::parse::component::StringEncoding;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{InstBuilder, StackSlotData, StackSlotKind, Value};
use weldc_abi::Trap;
use weldc_abi::symbols::Function as RuntimeFn;

use super::super::builder::WORD;

impl Transfer<'_, '_> {
    /// Lowers a string to a guest that wants this encoding.
    pub fn string_for_guest(&mut self, text: Text, encoding: StringEncoding) -> Result<Lowered> {
        use StringEncoding as To;
        match (text.encoding, encoding) {
            (Encoding::Utf8, To::Utf8) => self.string_copy(text, 1, 1),
            (Encoding::Utf16, To::Utf8) => {
                self.store_to_utf8(text, RuntimeFn::Utf16ToAscii, RuntimeFn::Utf16ToUtf8, 3)
            }
            (Encoding::Latin1, To::Utf8) => {
                self.store_to_utf8(text, RuntimeFn::Latin1ToAscii, RuntimeFn::Latin1ToUtf8, 2)
            }
            (Encoding::Utf8, To::Utf16) => self.utf8_to_utf16(text),
            (Encoding::Utf16, To::Utf16) => self.string_copy(text, 2, 2),
            (Encoding::Latin1, To::Utf16) => self.latin1_to_utf16(text),
            (Encoding::Utf8, To::Latin1OrUtf16) => self.utf8_to_latin1_or_utf16(text),
            (Encoding::Utf16, To::Latin1OrUtf16) => {
                if self.source.encoding() == To::Latin1OrUtf16 {
                    self.probably_utf16_to_latin1_or_utf16(text)
                } else {
                    self.utf16_to_latin1_or_utf16(text)
                }
            }
            (Encoding::Latin1, To::Latin1OrUtf16) => self.string_copy(text, 1, 2),
        }
    }

    /// Lifts a string only. Its encoding stays: what `realloc` is asked for depends on it.
    pub fn string_as_it_is(&mut self, text: Text) -> Result<Lowered> {
        let (unit_bytes, align) = if text.encoding == Encoding::Utf16 { (2, 2) } else { (1, 1) };
        let [pointer, mut units] = self.string_copy(text, unit_bytes, align)?;
        let is_tagged = self.dest.encoding() == StringEncoding::Latin1OrUtf16;
        if is_tagged && text.encoding == Encoding::Utf16 {
            let tag = self.utf16_tag(self.dest.abi.pointer);
            units = self.b.ins.ins().bor(units, tag);
        }
        Ok([pointer, units])
    }

    /// `store_string_copy` where no unit changes.
    fn string_copy(&mut self, text: Text, unit_bytes: i64, align: u32) -> Result<Lowered> {
        let bytes = self.times(text.units, unit_bytes);
        let buffer = self.allocate(bytes, align)?;
        match text.encoding {
            // Any byte is Latin-1.
            Encoding::Latin1 => self.copy(buffer.address, text.address, bytes),
            _ => self.copy_valid(text, buffer.address),
        }
        Ok(self.lowered(buffer, text.units))
    }

    fn latin1_to_utf16(&mut self, text: Text) -> Result<Lowered> {
        let bytes = self.times(text.units, 2);
        let buffer = self.allocate(bytes, 2)?;
        let args = [text.address, text.units, buffer.address];
        self.b.runtime(RuntimeFn::Latin1ToUtf16, &args);
        Ok(self.lowered(buffer, text.units))
    }

    /// `store_string_to_utf8`: as if all were ASCII; from the first other character on with room for the
    /// worst case, which is then given back.
    fn store_to_utf8(
        &mut self,
        text: Text,
        ascii: RuntimeFn,
        convert: RuntimeFn,
        worst: i64,
    ) -> Result<Lowered> {
        let units = text.units;
        let buffer = self.allocate(units, 1)?;
        let copied = self.convert(ascii, text.address, units, buffer.address)?;
        let is_ascii = self.b.ins.ins().icmp(IntCC::Equal, copied, units);
        let pair = [self.dest.pointer(); 2];
        self.if_else(
            is_ascii,
            pair,
            |this| Ok(this.lowered(buffer, units)),
            |this| {
                let room = this.times(units, worst);
                let buffer = this.reallocate(buffer, units, 1, room)?;
                let rest = this.advance(text, copied);
                let to = this.b.ins.ins().iadd(buffer.address, copied);
                let written = this.convert(convert, rest.address, rest.units, to)?;
                if text.encoding == Encoding::Utf16 {
                    this.check_converted(written, Trap::InvalidUtf16);
                }
                let bytes = this.b.ins.ins().iadd(copied, written);
                let buffer = this.shrink(buffer, room, 1, bytes)?;
                Ok(this.lowered(buffer, bytes))
            },
        )
    }

    /// `store_utf8_to_utf16`.
    fn utf8_to_utf16(&mut self, text: Text) -> Result<Lowered> {
        let room = self.times(text.units, 2);
        let buffer = self.allocate(room, 2)?;
        let function = RuntimeFn::Utf8ToUtf16;
        let units = self.convert(function, text.address, text.units, buffer.address)?;
        self.check_converted(units, Trap::InvalidUtf8);
        let bytes = self.times(units, 2);
        let buffer = self.shrink(buffer, room, 2, bytes)?;
        Ok(self.lowered(buffer, units))
    }

    /// `store_string_to_latin1_or_utf16` from UTF-8: as Latin-1; from the first other character on as
    /// UTF-16, for which what is there is widened in place.
    fn utf8_to_latin1_or_utf16(&mut self, text: Text) -> Result<Lowered> {
        let buffer = self.allocate(text.units, 2)?;
        let (written, consumed) = self.utf8_to_latin1(text, buffer)?;
        let is_latin1 = self.b.ins.ins().icmp(IntCC::Equal, consumed, text.units);
        let pair = [self.dest.pointer(); 2];
        self.if_else(
            is_latin1,
            pair,
            |this| {
                let buffer = this.shrink(buffer, text.units, 2, written)?;
                Ok(this.lowered(buffer, written))
            },
            |this| {
                let (buffer, room) = this.widen_latin1(text, buffer, written)?;
                let rest = this.advance(text, consumed);
                let to = this.after_units(buffer, written);
                let function = RuntimeFn::Utf8ToUtf16;
                let more = this.convert(function, rest.address, rest.units, to)?;
                this.check_converted(more, Trap::InvalidUtf8);
                let units = this.b.ins.ins().iadd(written, more);
                let bytes = this.times(units, 2);
                let buffer = this.shrink(buffer, room, 2, bytes)?;
                Ok(this.lowered_utf16(buffer, units))
            },
        )
    }

    /// Converts what is Latin-1 at the start: code units written, and bytes read.
    fn utf8_to_latin1(&mut self, text: Text, buffer: Buffer) -> Result<(Value, Value)> {
        let slot = StackSlotData::new(StackSlotKind::ExplicitSlot, 8, 3);
        let slot = self.b.ins.create_sized_stack_slot(slot);
        let read = self.b.ins.ins().stack_addr(WORD, slot, 0);
        let args = [text.address, text.units, buffer.address, read];
        let written = self.b.runtime(RuntimeFn::Utf8ToLatin1, &args);
        let written = written.ok_or_else(super::plan::mismatch)?;
        self.check_converted(written, Trap::InvalidUtf8);
        let consumed = self.b.ins.ins().stack_load(WORD, WORD, slot, 0);
        Ok((written, consumed))
    }

    /// `store_string_to_latin1_or_utf16` from UTF-16, where every unit stays one unit.
    fn utf16_to_latin1_or_utf16(&mut self, text: Text) -> Result<Lowered> {
        let buffer = self.allocate(text.units, 2)?;
        let function = RuntimeFn::Utf16ToLatin1;
        let written = self.convert(function, text.address, text.units, buffer.address)?;
        let is_latin1 = self.b.ins.ins().icmp(IntCC::Equal, written, text.units);
        let pair = [self.dest.pointer(); 2];
        self.if_else(
            is_latin1,
            pair,
            |this| Ok(this.lowered(buffer, text.units)),
            |this| {
                let (buffer, _) = this.widen_latin1(text, buffer, written)?;
                let rest = this.advance(text, written);
                let to = this.after_units(buffer, written);
                this.copy_valid(rest, to);
                Ok(this.lowered_utf16(buffer, text.units))
            },
        )
    }

    /// `store_probably_utf16_to_latin1_or_utf16`: room for UTF-16 at once, given back if it was not
    /// needed. (The last `realloc` has alignment 1, as the specification says.)
    fn probably_utf16_to_latin1_or_utf16(&mut self, text: Text) -> Result<Lowered> {
        let bytes = self.times(text.units, 2);
        let buffer = self.allocate(bytes, 2)?;
        let function = RuntimeFn::Utf16ToLatin1;
        let written = self.convert(function, text.address, text.units, buffer.address)?;
        let is_latin1 = self.b.ins.ins().icmp(IntCC::Equal, written, text.units);
        let pair = [self.dest.pointer(); 2];
        self.if_else(
            is_latin1,
            pair,
            |this| {
                let buffer = this.reallocate(buffer, bytes, 1, text.units)?;
                Ok(this.lowered(buffer, text.units))
            },
            |this| {
                this.copy_valid(text, buffer.address);
                Ok(this.lowered_utf16(buffer, text.units))
            },
        )
    }

    /// Makes room for twice the source's units and widens the `written` units of Latin-1 that are there;
    /// gives the buffer and its size.
    fn widen_latin1(
        &mut self,
        text: Text,
        buffer: Buffer,
        written: Value,
    ) -> Result<(Buffer, Value)> {
        let room = self.times(text.units, 2);
        let buffer = self.reallocate(buffer, text.units, 2, room)?;
        let args = [buffer.address, written, buffer.address];
        self.b.runtime(RuntimeFn::Latin1ToUtf16, &args);
        Ok((buffer, room))
    }

    /// Gives back what of `room` bytes was not needed.
    fn shrink(&mut self, buffer: Buffer, room: Value, align: u32, bytes: Value) -> Result<Buffer> {
        let is_full = self.b.ins.ins().icmp(IntCC::Equal, room, bytes);
        let types = self.buffer_types();
        let [pointer, address] = self.if_else(
            is_full,
            types,
            |_| Ok([buffer.pointer, buffer.address]),
            |this| {
                let Buffer { pointer, address } = this.reallocate(buffer, room, align, bytes)?;
                Ok([pointer, address])
            },
        )?;
        Ok(Buffer { pointer, address })
    }

    /// The rest of a string after its first `units` code units.
    fn advance(&mut self, text: Text, units: Value) -> Text {
        let bytes = if text.encoding == Encoding::Utf16 { self.times(units, 2) } else { units };
        let address = self.b.ins.ins().iadd(text.address, bytes);
        let units = self.b.ins.ins().isub(text.units, units);
        Text { address, units, encoding: text.encoding }
    }

    /// The address behind `units` code units of UTF-16.
    fn after_units(&mut self, buffer: Buffer, units: Value) -> Value {
        let bytes = self.times(units, 2);
        self.b.ins.ins().iadd(buffer.address, bytes)
    }

    fn lowered_utf16(&mut self, buffer: Buffer, units: Value) -> Lowered {
        let tag = self.utf16_tag(self.dest.abi.pointer);
        let tagged = self.b.ins.ins().bor(units, tag);
        self.lowered(buffer, tagged)
    }

    /// A bounded count times a small factor.
    pub fn times(&mut self, value: Value, factor: i64) -> Value {
        if factor == 1 { value } else { self.b.ins.ins().imul_imm_u(value, factor) }
    }
}
