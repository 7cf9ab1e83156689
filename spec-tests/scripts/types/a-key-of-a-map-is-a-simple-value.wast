;; Keys are bools, numbers without a point, chars and strings.
;;
;; Explainer.md, Type Definitions: `keytype`.
;; wasmtime 48: fails, it takes numbers with a point.
(component
  (type (map bool u8))
  (type (map u8 u8))
  (type (map s8 u8))
  (type (map u16 u8))
  (type (map s16 u8))
  (type (map u32 u8))
  (type (map s32 u8))
  (type (map u64 u8))
  (type (map s64 u8))
  (type (map char u8))
  (type (map string u8)))
(assert_invalid
  (component
    (type (map f32 u8)))
  "invalid map key type")
(assert_invalid
  (component
    (type (map f64 u8)))
  "invalid map key type")
(assert_invalid
  (component
    (type (map (list u8) u8)))
  "invalid map key type")
(assert_invalid
  (component
    (type (map (tuple u8) u8)))
  "invalid map key type")
(assert_invalid
  (component
    (type (map (option u8) u8)))
  "invalid map key type")
(assert_invalid
  (component
    (type (map error-context u8)))
  "invalid map key type")
(assert_invalid
  (component (component
    (import "r" (type $r (sub resource)))
    (type (map (own $r) u8))))
  "invalid map key type")
