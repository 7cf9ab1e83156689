//! Strings: checking those of the source, and choosing how the destination gets them.

use super::super::builder::WORD;
use super::memory::{self, Buffer, PointerTraps};
use super::place::{Dest, Source};
use super::scalar::unaligned_access;
use super::side::{Ownership, Space};
use super::transfer::Transfer;
use crate::error::Result;
use crate::parse::component::StringEncoding;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{InstBuilder, Value};
use weldc_abi::limits::utf16_tag;
use weldc_abi::symbols::Function as RuntimeFn;
use weldc_abi::{MAX_VALUE_BYTES, Trap};

/// Bytes of a word in which it is seen that all are ASCII; twice as many are seen in two.
const SHOWN_WORD: i64 = 8;
/// The bits of a word that are clear in ASCII.
const TOP_BITS: i64 = 0x8080_8080_8080_8080u64 as i64;

/// How the code units of one string are encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf16,
    Latin1,
}

/// A lifted string: a checked range of code units, not yet decoded.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    pub address: Value,
    /// Code units, in 64 bits; their bytes are at most `MAX_VALUE_BYTES`.
    pub units: Value,
    pub encoding: Encoding,
}

/// A lowered string: pointer and (tagged) length, as the destination passes them.
pub type Lowered = [Value; 2];

impl Transfer<'_, '_> {
    /// Lifts and lowers a string.
    pub fn string(&mut self, source: Source<'_>, dest: Dest<'_>) -> Result<()> {
        let (pointer, length) = self.pair(source)?;
        let [to, to_length] = match self.source.encoding() {
            StringEncoding::Utf8 => self.transcode(Encoding::Utf8, pointer, length)?,
            StringEncoding::Utf16 => self.transcode(Encoding::Utf16, pointer, length)?,
            StringEncoding::Latin1OrUtf16 => self.tagged(pointer, length)?,
        };
        self.put_pair(to, to_length, dest)
    }

    /// A string of a `latin1+utf16` source: the tag in its length says which of the two it is.
    fn tagged(&mut self, pointer: Value, length: Value) -> Result<Lowered> {
        let tag = self.utf16_tag(self.source.abi.pointer);
        let tagged = self.b.ins.ins().band(length, tag);
        let pair = [self.dest.pointer(); 2];
        self.if_else(
            tagged,
            pair,
            |this| {
                let units = this.b.ins.ins().bxor(length, tag);
                this.transcode(Encoding::Utf16, pointer, units)
            },
            |this| this.transcode(Encoding::Latin1, pointer, length),
        )
    }

    /// The bit that marks UTF-16 in a length of a pointer's width, in 64 bits.
    pub fn utf16_tag(&mut self, pointer_bytes: u32) -> Value {
        self.b.iconst(utf16_tag(pointer_bytes) as i64)
    }

    fn transcode(&mut self, encoding: Encoding, pointer: Value, units: Value) -> Result<Lowered> {
        let text = self.text(encoding, pointer, units)?;
        match self.dest.space {
            Space::Native => self.string_for_host(text),
            Space::Guest(guest) => self.string_for_guest(text, guest.encoding),
            Space::Lifted(_) => self.string_as_it_is(text),
        }
    }

    /// Checks a string's range as the specification does: its size, then its alignment, then its bounds.
    fn text(&mut self, encoding: Encoding, pointer: Value, units: Value) -> Result<Text> {
        let unit_bytes = if encoding == Encoding::Utf16 { 2 } else { 1 };
        let most = MAX_VALUE_BYTES as i64 / unit_bytes;
        let long = self.b.ins.ins().icmp_imm_u(IntCC::UnsignedGreaterThan, units, most);
        self.b.trap_if(long, Trap::StringTooLong);
        // Latin-1 in a `latin1+utf16` memory is 2-aligned, too.
        let align = if self.source.encoding() == StringEncoding::Utf8 { 1 } else { 2 };
        let bytes = self.times(units, unit_bytes);
        let traps = PointerTraps::STRING;
        let address = memory::checked_address(self.b, &self.source, pointer, bytes, align, traps)?;
        Ok(Text { address, units, encoding })
    }

    /// The host gets UTF-8: a view of it, or a copy.
    fn string_for_host(&mut self, text: Text) -> Result<Lowered> {
        let (function, worst) = match text.encoding {
            Encoding::Utf8 => {
                if self.ownership == Ownership::Lent {
                    self.check_utf8(text.address, text.units)?;
                    return Ok([text.address, text.units]);
                }
                let buffer = self.allocate(text.units, 1)?;
                self.copy_valid(text, buffer.address);
                return Ok([buffer.address, text.units]);
            }
            Encoding::Utf16 => (RuntimeFn::Utf16ToUtf8, 3),
            Encoding::Latin1 => (RuntimeFn::Latin1ToUtf8, 2),
        };
        let size = self.b.ins.ins().imul_imm_u(text.units, worst);
        let buffer = self.allocate(size, 1)?;
        let bytes = self.convert(function, text.address, text.units, buffer.address)?;
        if text.encoding == Encoding::Utf16 {
            self.check_converted(bytes, Trap::InvalidUtf16);
        }
        Ok([buffer.address, bytes])
    }

    /// Calls `(source, count, destination) -> count`.
    pub fn convert(
        &mut self,
        function: RuntimeFn,
        source: Value,
        count: Value,
        dest: Value,
    ) -> Result<Value> {
        let written = self.b.runtime(function, &[source, count, dest]);
        written.ok_or_else(super::plan::mismatch)
    }

    /// Ends the zone if a conversion returned `u64::MAX`.
    pub fn check_converted(&mut self, written: Value, trap: Trap) {
        let invalid = self.b.ins.ins().icmp_imm_s(IntCC::Equal, written, -1);
        self.b.trap_if(invalid, trap);
    }

    /// Ends the zone unless these bytes, which were checked to lie in the source's memory, are UTF-8.
    ///
    /// That 8 to 16 bytes are ASCII is seen here, in the words that they begin and end with: names and keys are such
    /// strings, and a call takes longer than that.
    pub fn check_utf8(&mut self, address: Value, bytes: Value) -> Result<()> {
        let flags = unaligned_access(self.b, &self.source)?;
        let beyond = self.b.ins.ins().iadd_imm_s(bytes, -SHOWN_WORD);
        let shown = self.b.ins.ins().icmp_imm_u(IntCC::UnsignedLessThanOrEqual, beyond, SHOWN_WORD);
        let [words, other, valid] = std::array::from_fn(|_| self.b.ins.create_block());
        self.b.ins.ins().brif(shown, words, &[], other, &[]);
        self.enter(words);
        let end = self.b.ins.ins().iadd(address, beyond);
        let [first, last] = [address, end].map(|at| self.b.ins.ins().load(WORD, flags, at, 0));
        let all = self.b.ins.ins().bor(first, last);
        let top_bits = self.b.iconst(TOP_BITS);
        let beyond_ascii = self.b.ins.ins().band(all, top_bits);
        self.b.ins.ins().brif(beyond_ascii, other, &[], valid, &[]);
        self.enter(other);
        if let Some(is_valid) = self.b.runtime(RuntimeFn::ValidateUtf8, &[address, bytes]) {
            self.b.trap_unless(is_valid, Trap::InvalidUtf8);
        }
        self.jump(valid, &[]);
        self.enter(valid);
        Ok(())
    }

    /// Copies a string of UTF-8 or UTF-16; ends the zone if it is not valid. It is validated as it is copied, so that
    /// its memory is read once.
    pub fn copy_valid(&mut self, text: Text, to: Value) {
        let (function, trap) = match text.encoding {
            Encoding::Utf16 => (RuntimeFn::CopyUtf16, Trap::InvalidUtf16),
            _ => (RuntimeFn::CopyUtf8, Trap::InvalidUtf8),
        };
        if let Some(valid) = self.b.runtime(function, &[text.address, text.units, to]) {
            self.b.trap_unless(valid, trap);
        }
    }

    /// A lowered string of `units` code units.
    pub fn lowered(&mut self, buffer: Buffer, units: Value) -> Lowered {
        [buffer.pointer, memory::narrow(self.b, &self.dest, units)]
    }

    /// The CLIF types of a [`Buffer`].
    pub fn buffer_types(&self) -> [cranelift_codegen::ir::Type; 2] {
        [self.dest.pointer(), WORD]
    }
}
