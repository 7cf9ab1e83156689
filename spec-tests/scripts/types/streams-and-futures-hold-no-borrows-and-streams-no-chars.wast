;; What goes through a stream or a future outlives the call, and so holds no borrow, however deep; a stream of
;; chars is refused for now.
;;
;; Explainer.md, Asynchronous Value Types; CanonicalABI.md, Loading: `lift_async_value`.
;; wasmtime 48: fails, it takes borrows in streams.
(assert_invalid
  (component (component
    (import "r" (type $r (sub resource)))
    (type (stream (borrow $r)))))
  "`stream` payload cannot contain a `borrow` type")
(assert_invalid
  (component (component
    (import "r" (type $r (sub resource)))
    (type (future (option (borrow $r))))))
  "`future` payload cannot contain a `borrow` type")
(component (component
  (import "r" (type $r (sub resource)))
  (type (stream (own $r)))))
(assert_invalid
  (component (component
    (type (stream char))))
  "`stream<char>` is not valid at this time, use `stream<u8>` with a defined by encoding instead for now")
(component (component
  (type (stream string))
  (type (future char))))
