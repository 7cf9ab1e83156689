//! Tests of adapters, trampolines and entries: every type, in every direction, in every encoding, goes
//! through Cranelift's verifier and is compiled for each target; where it matters, the CLIF is looked at.

mod edges;
mod entries;
mod every_type;
mod fixture;
mod handles;
mod values;
