//! What `oracle` compares weldc with: `wasmtime` in this process. How a difference is made small and written
//! down is in `report`.

pub mod report;
pub mod wasmtime;
