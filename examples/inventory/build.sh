#!/usr/bin/env bash
# Makes inventory.wasm from inventory.c and inventory.wit. Needs `pip install ziglang` and `cargo install
# wasm-tools`.
set -euo pipefail
cd "$(dirname "$0")"
core=$(mktemp -d)
trap 'rm -rf "$core"' EXIT
python3 -m ziglang cc -target wasm32-freestanding -O2 -Wall -Wextra -nostdlib \
  -Wl,--no-entry inventory.c -o "$core/inventory"
# Debug information goes, names stay: they are what a backtrace shows.
wasm-tools strip --delete '^\.debug|^producers|^target_features' "$core/inventory" -o "$core/inventory"
wasm-tools component embed --world inventory inventory.wit "$core/inventory" -o "$core/component"
wasm-tools component new "$core/component" -o inventory.wasm
wasm-tools validate inventory.wasm
