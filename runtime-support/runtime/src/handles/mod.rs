//! Handle tables and the scopes of calls (CanonicalABI.md, "Table State" and "Lifting and lowering").
//!
//! A table stands in the context, at an offset that generated code knows; its entries are in memory of their own
//! (`table`). Adapters keep account of what a call lends and of the handles that it borrows to its callee in
//! their frames. Where they cannot, a scope does: it belongs to one call, gives back what the call lent, and
//! owns its temporary memory (`scope`, `arena`).
//!
//! Errors are trap codes; generated code raises them.

mod arena;
mod contexts;
mod host;
mod scope;
mod table;

#[cfg(test)]
mod tests;

pub use contexts::{
    weldc_rt_error_context_add, weldc_rt_error_context_drop, weldc_rt_error_context_get,
    weldc_rt_error_context_lend, weldc_rt_error_context_new,
};
pub use host::weldc_rt_host_drop;
pub use scope::{
    Scopes, weldc_rt_scope_alloc, weldc_rt_scope_borrow, weldc_rt_scope_enter, weldc_rt_scope_exit,
    weldc_rt_scope_lend,
};
pub use table::{Entry, Table, refuse, refused, weldc_rt_handle_new, weldc_rt_handle_trap};
