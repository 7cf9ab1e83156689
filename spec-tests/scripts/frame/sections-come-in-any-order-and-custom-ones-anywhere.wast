;; Sections of a component may repeat and come in any order in which what they use is defined; custom sections
;; stand anywhere, and names that cannot be read refuse nothing.
;;
;; Binary.md, Component Definitions, Name Section.
(component binary
  "\00asm" "\0d\00\01\00"
  "\00\05\03abc!" ;; custom
  "\01-\00asm\01\00\00\00\01\05\01`\00\01\7f\03\02\01\00\07\05\01\01f\00\00\0a\06\01\04\00A(\0b\00\09\04name\00\02\01A" ;; core module
  "\00\05\03abc!" ;; custom
  "\02\04\01\00\00\00" ;; core instance
  "\00\05\03abc!" ;; custom
  "\07\05\01@\00\00y" ;; type
  "\00\05\03abc!" ;; custom
  "\06\07\01\00\00\01\00\01f" ;; alias
  "\00\05\03abc!" ;; custom
  "\08\06\01\00\00\00\00\00" ;; canon
  "\00\05\03abc!" ;; custom
  "\0b\07\01\00\01f\01\00\00" ;; export
  "\00\05\03abc!" ;; custom
  "\01-\00asm\01\00\00\00\01\05\01`\00\01\7f\03\02\01\00\07\05\01\01g\00\00\0a\06\01\04\00A\02\0b\00\09\04name\00\02\01B" ;; core module
  "\00\05\03abc!" ;; custom
  "\02\04\01\00\01\00" ;; core instance
  "\00\05\03abc!" ;; custom
  "\07\05\01@\00\00y" ;; type
  "\00\05\03abc!" ;; custom
  "\06\07\01\00\00\01\01\01g" ;; alias
  "\00\05\03abc!" ;; custom
  "\08\06\01\00\00\01\00\01" ;; canon
  "\00\05\03abc!" ;; custom
  "\0b\07\01\00\01g\01\02\00" ;; export
  "\00\10\0ecomponent-name\ff" ;; custom
  "\00\12\0ecomponent-name\01\7f\00" ;; custom
)
(assert_return (invoke "f") (u32.const 40))
(assert_return (invoke "g") (u32.const 2))
;; a canon section before what it lifts
(assert_invalid
  (component binary
    "\00asm" "\0d\00\01\00"
    "\01-\00asm\01\00\00\00\01\05\01`\00\01\7f\03\02\01\00\07\05\01\01f\00\00\0a\06\01\04\00A(\0b\00\09\04name\00\02\01A" ;; core module
    "\08\06\01\00\00\00\00\00" ;; canon
    "\07\05\01@\00\00y" ;; type
  )
  "out of bounds")
;; a section that says it is longer than it is
(assert_malformed
  (component binary "\00asm" "\0d\00\01\00" "\07\05\01")
  "unexpected end")
;; a section that there is not
(assert_malformed
  (component binary "\00asm" "\0d\00\01\00" "\1f\00")
  "malformed section id: 31")
;; a module where a component is said to be, another version, another layer
(assert_malformed (component binary "\00asm" "\0c\00\01\00") "version")
(assert_malformed (component binary "\00asm" "\0d\00\02\00") "version")
