//! Tests of the scheduler with handmade generated code.
