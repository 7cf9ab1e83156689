;; A command of WASI 0.3: makes directories and prints what is listed then, two entries at a time, with the numbers of
;; their types. The names are in memory that the guest allocates for them.
;;
;; RUN: --features cm-more-async-builtins --dir $TMP::/
;; STDOUT: 2 one
(component
  (import "wasi:filesystem/types@0.3.0" (instance $types
    (export "descriptor" (type $descriptor (sub resource)))
    (type $error-code (variant
      (case "access") (case "already") (case "bad-descriptor") (case "busy") (case "deadlock") (case "quota")
      (case "exist") (case "file-too-large") (case "illegal-byte-sequence") (case "in-progress")
      (case "interrupted") (case "invalid") (case "io") (case "is-directory") (case "loop")
      (case "too-many-links") (case "message-size") (case "name-too-long") (case "no-device") (case "no-entry")
      (case "no-lock") (case "insufficient-memory") (case "insufficient-space") (case "not-directory")
      (case "not-empty") (case "not-recoverable") (case "unsupported") (case "no-tty") (case "no-such-device")
      (case "overflow") (case "not-permitted") (case "pipe") (case "read-only") (case "invalid-seek")
      (case "text-file-busy") (case "cross-device") (case "other" (option string))))
    (export "error-code" (type $error (eq $error-code)))
    (type $descriptor-type (variant
      (case "block-device") (case "character-device") (case "directory") (case "fifo") (case "symbolic-link")
      (case "regular-file") (case "socket") (case "other" (option string))))
    (export "descriptor-type" (type $kind (eq $descriptor-type)))
    (type $directory-entry (record (field "type" $kind) (field "name" string)))
    (export "directory-entry" (type $entry (eq $directory-entry)))
    (export "[method]descriptor.create-directory-at" (func async
      (param "self" (borrow $descriptor)) (param "path" string) (result (result (error $error)))))
    (export "[method]descriptor.read-directory" (func
      (param "self" (borrow $descriptor))
      (result (tuple (stream $entry) (future (result (error $error)))))))))
  (alias export $types "descriptor" (type $descriptor))
  (import "wasi:filesystem/preopens@0.3.0" (instance $preopens
    (alias outer 1 $descriptor (type $outer))
    (export "descriptor" (type $descriptor (eq $outer)))
    (export "get-directories" (func (result (list (tuple (own $descriptor) string)))))))
  (import "wasi:cli/stdout@0.3.0" (instance $stdout
    (type $enum (enum "io" "illegal-byte-sequence" "pipe"))
    (export "error-code" (type $error (eq $enum)))
    (export "write-via-stream"
      (func (param "data" (stream u8)) (result (future (result (error $error))))))))
  (alias export $types "directory-entry" (type $entry))
  (alias export $types "error-code" (type $error))
  (alias export $stdout "error-code" (type $stdout-error))
  (type $bytes (stream u8))
  (type $entries (stream $entry))
  (type $listed (future (result (error $error))))
  (type $printed (future (result (error $stdout-error))))

  ;; Memory that is allocated begins at 4096.
  (core module $memory
    (memory (export "memory") 1)
    (data (i32.const 0) "one")
    (global $next (mut i32) (i32.const 4096))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (global.set $next (i32.and (i32.add (global.get $next) (i32.const 7)) (i32.const -8)))
      (global.get $next)
      (global.set $next (i32.add (global.get $next) (local.get 3)))))
  (core instance $memory (instantiate $memory))
  (alias core export $memory "memory" (core memory $m))
  (alias core export $memory "realloc" (core func $realloc))
  (core func $directories
    (canon lower (func $preopens "get-directories") (memory $m) (realloc $realloc)))
  (core func $make (canon lower (func $types "[method]descriptor.create-directory-at")
    (memory $m) (realloc $realloc)))
  (core func $list (canon lower (func $types "[method]descriptor.read-directory") (memory $m)))
  (core func $output (canon lower (func $stdout "write-via-stream")))
  (core func $next (canon stream.read $entries (memory $m) (realloc $realloc)))
  (core func $listed (canon future.read $listed (memory $m) (realloc $realloc)))
  (core func $new (canon stream.new $bytes))
  (core func $write (canon stream.write $bytes (memory $m)))
  (core func $end (canon stream.drop-writable $bytes))
  (core func $printed (canon future.read $printed (memory $m)))

  (core module $code
    (import "" "memory" (memory 1))
    (import "" "directories" (func $directories (param i32)))
    (import "" "make" (func $make (param i32 i32 i32 i32)))
    (import "" "list" (func $list (param i32 i32)))
    (import "" "output" (func $output (param i32) (result i32)))
    (import "" "next" (func $next (param i32 i32 i32) (result i32)))
    (import "" "listed" (func $listed (param i32 i32) (result i32)))
    (import "" "new" (func $new (result i64)))
    (import "" "write" (func $write (param i32 i32 i32) (result i32)))
    (import "" "end" (func $end (param i32)))
    (import "" "printed" (func $printed (param i32 i32) (result i32)))
    (global $out (mut i32) (i32.const 0))

    (func $print (param $start i32) (param $size i32)
      (if (i32.ne (call $write (global.get $out) (local.get $start) (local.get $size))
            (i32.shl (local.get $size) (i32.const 4)))
        (then unreachable)))

    ;; An entry of 24 bytes: the type, of 16, and the name.
    (func $print-entry (param $entry i32)
      (i32.store (i32.const 1024)
        (i32.add (i32.const 0x2030) (i32.load8_u (local.get $entry))))
      (call $print (i32.const 1024) (i32.const 2))
      (call $print (i32.load (i32.add (local.get $entry) (i32.const 16)))
        (i32.load (i32.add (local.get $entry) (i32.const 20))))
      (i32.store8 (i32.const 1024) (i32.const 10))
      (call $print (i32.const 1024) (i32.const 1)))

    ;; Prints the entries of a stream, and the rest of them if there may be more.
    (func $print-entries (param $entries i32)
      (local $result i32) (local $at i32)
      (local.set $result (call $next (local.get $entries) (i32.const 2048) (i32.const 2)))
      (block $done
        (loop $again
          (br_if $done (i32.eq (i32.shr_u (local.get $result) (i32.const 4)) (local.get $at)))
          (call $print-entry
            (i32.add (i32.const 2048) (i32.mul (local.get $at) (i32.const 24))))
          (local.set $at (i32.add (local.get $at) (i32.const 1)))
          (br $again)))
      (if (i32.eqz (i32.and (local.get $result) (i32.const 15)))
        (then (call $print-entries (local.get $entries)))))

    (func (export "run") (result i32)
      (local $ends i64) (local $future i32) (local $root i32)
      (local.set $ends (call $new))
      (local.set $future (call $output (i32.wrap_i64 (local.get $ends))))
      (global.set $out (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))))
      (call $directories (i32.const 128))
      (local.set $root (i32.load (i32.load (i32.const 128))))
      (call $make (local.get $root) (i32.const 0) (i32.const 3) (i32.const 256))
      (if (i32.load8_u (i32.const 256)) (then unreachable))
      ;; It is there already: an error, number 6.
      (call $make (local.get $root) (i32.const 0) (i32.const 3) (i32.const 256))
      (if (i32.ne (i32.load8_u (i32.const 260)) (i32.const 6)) (then unreachable))
      (call $list (local.get $root) (i32.const 512))
      (call $print-entries (i32.load (i32.const 512)))
      (if (call $listed (i32.load (i32.const 516)) (i32.const 640)) (then unreachable))
      (call $end (global.get $out))
      (if (call $printed (local.get $future) (i32.const 768)) (then unreachable))
      (i32.or (i32.load8_u (i32.const 640)) (i32.load8_u (i32.const 768)))))
  (core instance $code (instantiate $code (with "" (instance
    (export "memory" (memory $m)) (export "directories" (func $directories))
    (export "make" (func $make)) (export "list" (func $list)) (export "output" (func $output))
    (export "next" (func $next)) (export "listed" (func $listed)) (export "new" (func $new))
    (export "write" (func $write)) (export "end" (func $end)) (export "printed" (func $printed))))))

  (func $run async (result (result)) (canon lift (core func $code "run")))
  (instance $run (export "run" (func $run)))
  (export "wasi:cli/run@0.3.0" (instance $run)))
