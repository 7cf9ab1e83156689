;; A type whose values take 2^28 bytes or more is refused, counted with 64-bit pointers, whatever the memory
;; is.
;;
;; Binary.md, Type Definitions; CanonicalABI.md, Element Size.
;; wasmtime 48: fails, it does not check this.
;; 2^28 - 1
(component
  (type (list u8 268435455)))
(assert_invalid
  (component
    (type (list u8 268435456)))
  "value type's maximum in-memory size exceeds maximum byte size")
(assert_invalid
  (component
    (type (list u64 33554432)))
  "value type's maximum in-memory size exceeds maximum byte size")
;; a string is 16 bytes, though it were 8 in a 32-bit memory
(assert_invalid
  (component
    (type $s (list string 16777216)))
  "value type's maximum in-memory size exceeds maximum byte size")
(component
  (type (list string 16777215)))
;; two halves
(assert_invalid
  (component
    (type $a (list u8 134217728))
    (type (tuple $a $a)))
  "value type's maximum in-memory size exceeds maximum byte size")
;; with four bytes before it
(assert_invalid
  (component
    (type $a (list u8 268435452))
    (type (tuple u32 $a)))
  "value type's maximum in-memory size exceeds maximum byte size")
(component
  (type $a (list u8 268435448))
  (type (tuple u32 $a)))
;; a discriminant
(assert_invalid
  (component
    (type $a (list u8 268435455))
    (type (option $a)))
  "value type's maximum in-memory size exceeds maximum byte size")
