;;! error
(module (func (export "f")))
;;= -- error
;;= the input is a core module, not a component (at offset 0x0)
;;= help: make it a component with `wasm-tools component new module.wasm -o component.wasm` (for a WASI preview 1 module with `--adapt wasi_snapshot_preview1.command.wasm`)
