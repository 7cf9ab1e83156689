//! Tests of the scheduler with handmade generated code.

mod border;
mod cost;
mod rules;
mod world;
