//! `wasi:random`

use super::Buffer;
use super::call::functions;
use super::wit::{signature, wit};
use crate::state::Stop;

functions! {
    "wasi:random/random" @ V02 {
        "get-random-bytes" weldc_wasi_random_random_get_random_bytes(len: u64)
            -> Result<Buffer, Stop> = random_bytes, signature!("u64" => wit!(bytes));
    }
    "wasi:random/random" @ Both {
        "get-random-u64" weldc_wasi_random_random_get_random_u64() -> Result<u64, Stop>
            = random_u64, signature!(=> "u64");
    }
    "wasi:random/insecure" @ V02 {
        "get-insecure-random-bytes" weldc_wasi_random_insecure_get_insecure_random_bytes(len: u64)
            -> Result<Buffer, Stop> = insecure_bytes, signature!("u64" => wit!(bytes));
    }
    "wasi:random/insecure" @ Both {
        "get-insecure-random-u64" weldc_wasi_random_insecure_get_insecure_random_u64()
            -> Result<u64, Stop> = insecure_u64, signature!(=> "u64");
    }
    "wasi:random/insecure-seed" @ V02 {
        "insecure-seed" weldc_wasi_random_insecure_seed_insecure_seed()
            -> Result<(u64, u64), Stop> = insecure_seed, signature!(=> "tuple<u64, u64>");
    }
}
