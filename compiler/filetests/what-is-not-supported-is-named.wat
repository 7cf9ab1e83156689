;;! error
(component
  (core module $m
    (func (result i32) (i31.get_s (ref.i31_shared (i32.const 1)))))
  (core instance (instantiate $m)))
;;= -- error
;;= the operator RefI31Shared is not supported (in root:m::func[0]) (at offset 0x24)
;;= help: compile the module without the WebAssembly feature that it belongs to
