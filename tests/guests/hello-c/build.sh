#!/usr/bin/env bash
# Makes hello.wasm from hello.c. Needs `pip install ziglang`, `cargo install wasm-tools`, and in ADAPTERS the
# folder `artefacts` of the crate wasi-preview1-component-adapter-provider.
set -euo pipefail
cd "$(dirname "$0")"
core=$(mktemp -d)
trap 'rm -rf "$core"' EXIT
python3 -m ziglang cc -target wasm32-wasi -O2 -Wall -Wextra -g hello.c -o "$core/hello"
# Debug information goes, names stay: they are what a backtrace shows.
wasm-tools strip --delete '^\.debug|^producers|^target_features' "$core/hello" -o "$core/hello"
wasm-tools component new "$core/hello" \
  --adapt "${ADAPTERS:?}/wasi_snapshot_preview1.command.wasm" -o hello.wasm
wasm-tools validate hello.wasm
