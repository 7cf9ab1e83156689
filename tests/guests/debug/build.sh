#!/usr/bin/env bash
# Makes debug.wasm from debug.c. Needs clang and wasm-ld with the target wasm32, and wasm-tools.
set -euo pipefail
cd "$(dirname "$0")"
core=$(mktemp -d)
trap 'rm -rf "$core"' EXIT
# The sources are in /guest, whoever compiles them where.
clang --target=wasm32 -g -O1 -nostdlib "-ffile-prefix-map=$PWD=/guest" -c debug.c -o "$core/debug.o"
wasm-ld --no-entry -z stack-size=8192 "$core/debug.o" -o "$core/debug.wasm"
wasm-tools component embed debug.wit "$core/debug.wasm" -o "$core/debug.wasm"
wasm-tools component new "$core/debug.wasm" -o debug.wasm
wasm-tools validate debug.wasm
