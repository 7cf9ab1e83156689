//! `wasi:random`

use super::super::Buffer;
use super::super::call::functions;
use super::super::wit::{signature, wit};
use crate::state::Stop;

functions! {
    "wasi:random/random" @ V03 {
        "get-random-bytes" weldc_wasi3_random_random_get_random_bytes(max_len: u64)
            -> Result<Buffer, Stop> = some_random_bytes, signature!("u64" => wit!(bytes));
    }
    "wasi:random/insecure" @ V03 {
        "get-insecure-random-bytes" weldc_wasi3_random_insecure_get_insecure_random_bytes(
            max_len: u64
        ) -> Result<Buffer, Stop> = some_insecure_bytes, signature!("u64" => wit!(bytes));
    }
    "wasi:random/insecure-seed" @ V03 {
        "get-insecure-seed" weldc_wasi3_random_insecure_seed_get_insecure_seed()
            -> Result<(u64, u64), Stop> = insecure_seed, signature!(=> "tuple<u64, u64>");
    }
}
