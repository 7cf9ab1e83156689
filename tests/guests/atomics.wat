;; Atomic instructions: each once, on a shared memory; alignment, bounds and waiting. The lists hold what an
;; operator gave, if anything, and then the eight bytes at its place, unless it was a load. Expected values are
;; those of wasmtime.
;;
;; RUN: --invoke 'loads()'
;; STDOUT: [1432778632, 136, 30600, 1234605616436508552, 136, 30600, 1432778632]
;; RUN: --invoke 'stores()'
;; STDOUT: [1234605617599799024, 1234605616436508656, 1234605616436535024, 11150031903894197188, 1234605616436508612, 1234605616436532164, 1234605619061904324]
;; RUN: --invoke 'add()'
;; STDOUT: [1432778632, 1234605619032577656, 136, 1234605616436508536, 30600, 1234605616436500088, 1234605616436508552, 12384637520330705740, 136, 1234605616436508492, 30600, 1234605616436497228, 1432778632, 1234605616199715660]
;; RUN: --invoke 'sub()'
;; STDOUT: [1432778632, 1234605618135406744, 136, 1234605616436508568, 30600, 1234605616436517016, 1234605616436508552, 8531317786251862980, 136, 1234605616436508612, 30600, 1234605616436519876, 1432778632, 1234605616673301444]
;; RUN: --invoke 'and()'
;; STDOUT: [1432778632, 1234605615274546816, 136, 1234605616436508544, 30600, 1234605616436500096, 1234605616436508552, 1161948771314193280, 136, 1234605616436508544, 30600, 1234605616436499328, 1432778632, 1234605616369128320]
;; RUN: --invoke 'or()'
;; STDOUT: [1432778632, 1234605618761760760, 136, 1234605616436508664, 30600, 1234605616436543480, 1234605616436508552, 11222688749016512460, 136, 1234605616436508620, 30600, 1234605616436541388, 1432778632, 1234605619129284556]
;; RUN: --invoke 'xor()'
;; STDOUT: [1432778632, 1234605618490943864, 136, 1234605616436508536, 30600, 1234605616436521336, 1234605616436508552, 10060739977702319180, 136, 1234605616436508492, 30600, 1234605616436520012, 1432778632, 1234605617763886156]
;; RUN: --invoke 'xchg()'
;; STDOUT: [1432778632, 1234605617599799024, 136, 1234605616436508656, 30600, 1234605616436535024, 1234605616436508552, 11150031903894197188, 136, 1234605616436508612, 30600, 1234605616436532164, 1432778632, 1234605619061904324]
;; RUN: --invoke 'cmpxchg()'
;; STDOUT: [1432778632, 1234605617599799024, 1432778632, 1234605616436508552, 136, 1234605616436508656, 136, 1234605616436508552, 30600, 1234605616436535024, 30600, 1234605616436508552, 1234605616436508552, 11150031903894197188, 1234605616436508552, 1234605616436508552, 136, 1234605616436508612, 136, 1234605616436508552, 30600, 1234605616436532164, 30600, 1234605616436508552, 1432778632, 1234605619061904324, 1432778632, 1234605616436508552]
;; RUN: --invoke 'wide-cmpxchg()'
;; STDOUT: [136, 1234605616436508417]
;; RUN: --invoke 'fence()'
;; STDOUT: [1234605615003729921]
;; RUN: --invoke 'load(65520)'
;; STDOUT: 0
;; RUN: --invoke 'load(65521)'
;; EXIT: 134
;; STDERR: unaligned atomic
;; RUN: --invoke 'load(65528)'
;; EXIT: 134
;; STDERR: out of bounds memory access
;; RUN: --invoke 'load(65529)'
;; EXIT: 134
;; STDERR: unaligned atomic
;; RUN: --invoke 'store(65534)'
;; STDOUT: 7
;; RUN: --invoke 'store(65533)'
;; EXIT: 134
;; STDERR: unaligned atomic
;; RUN: --invoke 'store(65536)'
;; EXIT: 134
;; STDERR: out of bounds memory access
;; RUN: --invoke 'modify(65530)'
;; STDOUT: 0
;; RUN: --invoke 'modify(65532)'
;; EXIT: 134
;; STDERR: unaligned atomic
;; RUN: --invoke 'modify(65534)'
;; EXIT: 134
;; STDERR: out of bounds memory access
;; RUN: --invoke 'exchange(65532)'
;; STDOUT: 0
;; RUN: --invoke 'exchange(65534)'
;; EXIT: 134
;; STDERR: unaligned atomic
;; RUN: --invoke 'exchange(65536)'
;; EXIT: 134
;; STDERR: out of bounds memory access
;; RUN: --invoke 'bytes(65534)'
;; STDOUT: 0
;; RUN: --invoke 'bytes(65535)'
;; EXIT: 134
;; STDERR: out of bounds memory access
;; RUN: --invoke 'far(0)'
;; EXIT: 134
;; STDERR: out of bounds memory access
;; RUN: --invoke 'far(1)'
;; EXIT: 134
;; STDERR: unaligned atomic
;; RUN: --invoke 'unshared(8)'
;; STDOUT: 7
;; RUN: --invoke 'unshared(6)'
;; EXIT: 134
;; STDERR: unaligned atomic
;; RUN: --invoke 'unshared(65536)'
;; EXIT: 134
;; STDERR: out of bounds memory access
;; RUN: --invoke 'wait32(0, 1, -1)'
;; STDOUT: 1
;; RUN: --invoke 'wait32(0, 0, 1000000)'
;; STDOUT: 2
;; RUN: --invoke 'wait32(65532, 0, 0)'
;; STDOUT: 2
;; RUN: --invoke 'wait32(65536, 0, 0)'
;; EXIT: 134
;; STDERR: out of bounds memory access
;; RUN: --invoke 'wait32(2, 0, 0)'
;; EXIT: 134
;; STDERR: unaligned atomic
;; RUN: --invoke 'wait64(0, 4294967296, -1)'
;; STDOUT: 1
;; RUN: --invoke 'wait64(0, 0, 1000000)'
;; STDOUT: 2
;; RUN: --invoke 'wait64(65532, 0, 0)'
;; EXIT: 134
;; STDERR: unaligned atomic
;; RUN: --invoke 'wait64(65536, 0, 0)'
;; EXIT: 134
;; STDERR: out of bounds memory access
;; RUN: --invoke 'notify(0, 4294967295)'
;; STDOUT: 0
;; RUN: --invoke 'notify(65536, 0)'
;; EXIT: 134
;; STDERR: out of bounds memory access
;; RUN: --invoke 'notify(1, 0)'
;; EXIT: 134
;; STDERR: unaligned atomic
;; RUN: --invoke 'wait-unshared(0)'
;; EXIT: 134
;; STDERR: expected shared memory
;; RUN: --invoke 'wait-unshared(2)'
;; EXIT: 134
;; STDERR: unaligned atomic
;; RUN: --invoke 'wait-unshared(65536)'
;; EXIT: 134
;; STDERR: out of bounds memory access
;; RUN: --invoke 'notify-unshared(0)'
;; STDOUT: 0
;; RUN: --invoke 'notify-unshared(65536)'
;; EXIT: 134
;; STDERR: out of bounds memory access
;; RUN: --invoke 'grow(1)'
;; STDOUT: 2
;; RUN: --invoke 'grow(2)'
;; STDOUT: 1
(component
  (core module $m
    ;; Results.
    (memory $own (export "memory") 1)
    (memory $s 1 2 shared)
    (global $end (mut i32) (i32.const 16))
    ;; Appends to the list that begins at 16.
    (func $put (param i64)
      (i64.store $own (global.get $end) (local.get 0))
      (global.set $end (i32.add (global.get $end) (i32.const 8))))
    (func $fresh (result i32)
      (i64.store $s offset=8 (i32.const 0) (i64.const 0x1122334455667788))
      (i32.const 0))
    (func $left (call $put (i64.load $s offset=8 (i32.const 0))))
    (func $list (result i32)
      (i32.store $own (i32.const 0) (i32.const 16))
      (i32.store $own (i32.const 4) (i32.shr_u (i32.sub (global.get $end) (i32.const 16)) (i32.const 3)))
      (i32.const 0))
    (func (export "loads") (result i32)
      (call $put (i64.extend_i32_u (i32.atomic.load $s offset=8 (call $fresh))))
      (call $put (i64.extend_i32_u (i32.atomic.load8_u $s offset=8 (call $fresh))))
      (call $put (i64.extend_i32_u (i32.atomic.load16_u $s offset=8 (call $fresh))))
      (call $put (i64.atomic.load $s offset=8 (call $fresh)))
      (call $put (i64.atomic.load8_u $s offset=8 (call $fresh)))
      (call $put (i64.atomic.load16_u $s offset=8 (call $fresh)))
      (call $put (i64.atomic.load32_u $s offset=8 (call $fresh)))
      (call $list))
    (func (export "stores") (result i32)
      (i32.atomic.store $s offset=8 (call $fresh) (i32.const 0x9abcdef0)) (call $left)
      (i32.atomic.store8 $s offset=8 (call $fresh) (i32.const 0x9abcdef0)) (call $left)
      (i32.atomic.store16 $s offset=8 (call $fresh) (i32.const 0x9abcdef0)) (call $left)
      (i64.atomic.store $s offset=8 (call $fresh) (i64.const 0x9abcdef0f1e2d3c4)) (call $left)
      (i64.atomic.store8 $s offset=8 (call $fresh) (i64.const 0x9abcdef0f1e2d3c4)) (call $left)
      (i64.atomic.store16 $s offset=8 (call $fresh) (i64.const 0x9abcdef0f1e2d3c4)) (call $left)
      (i64.atomic.store32 $s offset=8 (call $fresh) (i64.const 0x9abcdef0f1e2d3c4)) (call $left)
      (call $list))
    (func (export "add") (result i32)
      (call $put (i64.extend_i32_u (i32.atomic.rmw.add $s offset=8 (call $fresh) (i32.const 0x9abcdef0)))) (call $left)
      (call $put (i64.extend_i32_u (i32.atomic.rmw8.add_u $s offset=8 (call $fresh) (i32.const 0x9abcdef0)))) (call $left)
      (call $put (i64.extend_i32_u (i32.atomic.rmw16.add_u $s offset=8 (call $fresh) (i32.const 0x9abcdef0)))) (call $left)
      (call $put (i64.atomic.rmw.add $s offset=8 (call $fresh) (i64.const 0x9abcdef0f1e2d3c4))) (call $left)
      (call $put (i64.atomic.rmw8.add_u $s offset=8 (call $fresh) (i64.const 0x9abcdef0f1e2d3c4))) (call $left)
      (call $put (i64.atomic.rmw16.add_u $s offset=8 (call $fresh) (i64.const 0x9abcdef0f1e2d3c4))) (call $left)
      (call $put (i64.atomic.rmw32.add_u $s offset=8 (call $fresh) (i64.const 0x9abcdef0f1e2d3c4))) (call $left)
      (call $list))
    (func (export "sub") (result i32)
      (call $put (i64.extend_i32_u (i32.atomic.rmw.sub $s offset=8 (call $fresh) (i32.const 0x9abcdef0)))) (call $left)
      (call $put (i64.extend_i32_u (i32.atomic.rmw8.sub_u $s offset=8 (call $fresh) (i32.const 0x9abcdef0)))) (call $left)
      (call $put (i64.extend_i32_u (i32.atomic.rmw16.sub_u $s offset=8 (call $fresh) (i32.const 0x9abcdef0)))) (call $left)
      (call $put (i64.atomic.rmw.sub $s offset=8 (call $fresh) (i64.const 0x9abcdef0f1e2d3c4))) (call $left)
      (call $put (i64.atomic.rmw8.sub_u $s offset=8 (call $fresh) (i64.const 0x9abcdef0f1e2d3c4))) (call $left)
      (call $put (i64.atomic.rmw16.sub_u $s offset=8 (call $fresh) (i64.const 0x9abcdef0f1e2d3c4))) (call $left)
      (call $put (i64.atomic.rmw32.sub_u $s offset=8 (call $fresh) (i64.const 0x9abcdef0f1e2d3c4))) (call $left)
      (call $list))
    (func (export "and") (result i32)
      (call $put (i64.extend_i32_u (i32.atomic.rmw.and $s offset=8 (call $fresh) (i32.const 0x9abcdef0)))) (call $left)
      (call $put (i64.extend_i32_u (i32.atomic.rmw8.and_u $s offset=8 (call $fresh) (i32.const 0x9abcdef0)))) (call $left)
      (call $put (i64.extend_i32_u (i32.atomic.rmw16.and_u $s offset=8 (call $fresh) (i32.const 0x9abcdef0)))) (call $left)
      (call $put (i64.atomic.rmw.and $s offset=8 (call $fresh) (i64.const 0x9abcdef0f1e2d3c4))) (call $left)
      (call $put (i64.atomic.rmw8.and_u $s offset=8 (call $fresh) (i64.const 0x9abcdef0f1e2d3c4))) (call $left)
      (call $put (i64.atomic.rmw16.and_u $s offset=8 (call $fresh) (i64.const 0x9abcdef0f1e2d3c4))) (call $left)
      (call $put (i64.atomic.rmw32.and_u $s offset=8 (call $fresh) (i64.const 0x9abcdef0f1e2d3c4))) (call $left)
      (call $list))
    (func (export "or") (result i32)
      (call $put (i64.extend_i32_u (i32.atomic.rmw.or $s offset=8 (call $fresh) (i32.const 0x9abcdef0)))) (call $left)
      (call $put (i64.extend_i32_u (i32.atomic.rmw8.or_u $s offset=8 (call $fresh) (i32.const 0x9abcdef0)))) (call $left)
      (call $put (i64.extend_i32_u (i32.atomic.rmw16.or_u $s offset=8 (call $fresh) (i32.const 0x9abcdef0)))) (call $left)
      (call $put (i64.atomic.rmw.or $s offset=8 (call $fresh) (i64.const 0x9abcdef0f1e2d3c4))) (call $left)
      (call $put (i64.atomic.rmw8.or_u $s offset=8 (call $fresh) (i64.const 0x9abcdef0f1e2d3c4))) (call $left)
      (call $put (i64.atomic.rmw16.or_u $s offset=8 (call $fresh) (i64.const 0x9abcdef0f1e2d3c4))) (call $left)
      (call $put (i64.atomic.rmw32.or_u $s offset=8 (call $fresh) (i64.const 0x9abcdef0f1e2d3c4))) (call $left)
      (call $list))
    (func (export "xor") (result i32)
      (call $put (i64.extend_i32_u (i32.atomic.rmw.xor $s offset=8 (call $fresh) (i32.const 0x9abcdef0)))) (call $left)
      (call $put (i64.extend_i32_u (i32.atomic.rmw8.xor_u $s offset=8 (call $fresh) (i32.const 0x9abcdef0)))) (call $left)
      (call $put (i64.extend_i32_u (i32.atomic.rmw16.xor_u $s offset=8 (call $fresh) (i32.const 0x9abcdef0)))) (call $left)
      (call $put (i64.atomic.rmw.xor $s offset=8 (call $fresh) (i64.const 0x9abcdef0f1e2d3c4))) (call $left)
      (call $put (i64.atomic.rmw8.xor_u $s offset=8 (call $fresh) (i64.const 0x9abcdef0f1e2d3c4))) (call $left)
      (call $put (i64.atomic.rmw16.xor_u $s offset=8 (call $fresh) (i64.const 0x9abcdef0f1e2d3c4))) (call $left)
      (call $put (i64.atomic.rmw32.xor_u $s offset=8 (call $fresh) (i64.const 0x9abcdef0f1e2d3c4))) (call $left)
      (call $list))
    (func (export "xchg") (result i32)
      (call $put (i64.extend_i32_u (i32.atomic.rmw.xchg $s offset=8 (call $fresh) (i32.const 0x9abcdef0)))) (call $left)
      (call $put (i64.extend_i32_u (i32.atomic.rmw8.xchg_u $s offset=8 (call $fresh) (i32.const 0x9abcdef0)))) (call $left)
      (call $put (i64.extend_i32_u (i32.atomic.rmw16.xchg_u $s offset=8 (call $fresh) (i32.const 0x9abcdef0)))) (call $left)
      (call $put (i64.atomic.rmw.xchg $s offset=8 (call $fresh) (i64.const 0x9abcdef0f1e2d3c4))) (call $left)
      (call $put (i64.atomic.rmw8.xchg_u $s offset=8 (call $fresh) (i64.const 0x9abcdef0f1e2d3c4))) (call $left)
      (call $put (i64.atomic.rmw16.xchg_u $s offset=8 (call $fresh) (i64.const 0x9abcdef0f1e2d3c4))) (call $left)
      (call $put (i64.atomic.rmw32.xchg_u $s offset=8 (call $fresh) (i64.const 0x9abcdef0f1e2d3c4))) (call $left)
      (call $list))
    (func (export "cmpxchg") (result i32)
      (call $put (i64.extend_i32_u (i32.atomic.rmw.cmpxchg $s offset=8 (call $fresh) (i32.const 0x55667788) (i32.const 0x9abcdef0)))) (call $left)
      (call $put (i64.extend_i32_u (i32.atomic.rmw.cmpxchg $s offset=8 (call $fresh) (i32.const 0x99) (i32.const 0x9abcdef0)))) (call $left)
      (call $put (i64.extend_i32_u (i32.atomic.rmw8.cmpxchg_u $s offset=8 (call $fresh) (i32.const 0x88) (i32.const 0x9abcdef0)))) (call $left)
      (call $put (i64.extend_i32_u (i32.atomic.rmw8.cmpxchg_u $s offset=8 (call $fresh) (i32.const 0x99) (i32.const 0x9abcdef0)))) (call $left)
      (call $put (i64.extend_i32_u (i32.atomic.rmw16.cmpxchg_u $s offset=8 (call $fresh) (i32.const 0x7788) (i32.const 0x9abcdef0)))) (call $left)
      (call $put (i64.extend_i32_u (i32.atomic.rmw16.cmpxchg_u $s offset=8 (call $fresh) (i32.const 0x99) (i32.const 0x9abcdef0)))) (call $left)
      (call $put (i64.atomic.rmw.cmpxchg $s offset=8 (call $fresh) (i64.const 0x1122334455667788) (i64.const 0x9abcdef0f1e2d3c4))) (call $left)
      (call $put (i64.atomic.rmw.cmpxchg $s offset=8 (call $fresh) (i64.const 0x99) (i64.const 0x9abcdef0f1e2d3c4))) (call $left)
      (call $put (i64.atomic.rmw8.cmpxchg_u $s offset=8 (call $fresh) (i64.const 0x88) (i64.const 0x9abcdef0f1e2d3c4))) (call $left)
      (call $put (i64.atomic.rmw8.cmpxchg_u $s offset=8 (call $fresh) (i64.const 0x99) (i64.const 0x9abcdef0f1e2d3c4))) (call $left)
      (call $put (i64.atomic.rmw16.cmpxchg_u $s offset=8 (call $fresh) (i64.const 0x7788) (i64.const 0x9abcdef0f1e2d3c4))) (call $left)
      (call $put (i64.atomic.rmw16.cmpxchg_u $s offset=8 (call $fresh) (i64.const 0x99) (i64.const 0x9abcdef0f1e2d3c4))) (call $left)
      (call $put (i64.atomic.rmw32.cmpxchg_u $s offset=8 (call $fresh) (i64.const 0x55667788) (i64.const 0x9abcdef0f1e2d3c4))) (call $left)
      (call $put (i64.atomic.rmw32.cmpxchg_u $s offset=8 (call $fresh) (i64.const 0x99) (i64.const 0x9abcdef0f1e2d3c4))) (call $left)
      (call $list))
    (func (export "wide-cmpxchg") (result i32)
      (call $put (i64.extend_i32_u (i32.atomic.rmw8.cmpxchg_u $s offset=8 (call $fresh) (i32.const 0x188) (i32.const 1)))) (call $left)
      (call $list))
    (func (export "fence") (result i32)
      (i32.store $s offset=8 (call $fresh) (i32.const 1)) (atomic.fence) (call $left)
      (call $list))
    (func (export "load") (param i32) (result i32)
      (i32.wrap_i64 (i64.atomic.load $s offset=8 (local.get 0))))
    (func (export "store") (param i32) (result i32)
      (i32.atomic.store16 $s (local.get 0) (i32.const 7)) (i32.load16_u $s (local.get 0)))
    (func (export "modify") (param i32) (result i32)
      (i32.atomic.rmw.add $s offset=2 (local.get 0) (i32.const 7)))
    (func (export "exchange") (param i32) (result i32)
      (i32.wrap_i64 (i64.atomic.rmw32.cmpxchg_u $s (local.get 0) (i64.const 0) (i64.const 7))))
    (func (export "bytes") (param i32) (result i32)
      (i32.atomic.rmw8.or_u $s offset=1 (local.get 0) (i32.const 7)))
    (func (export "far") (param i32) (result i32)
      (i32.atomic.load $s offset=0xfffffffc (local.get 0)))
    (func (export "wait32") (param i32 i32 i64) (result i32)
      (memory.atomic.wait32 $s (local.get 0) (local.get 1) (local.get 2)))
    (func (export "wait64") (param i32 i64 i64) (result i32)
      (memory.atomic.wait64 $s (local.get 0) (local.get 1) (local.get 2)))
    (func (export "notify") (param i32 i32) (result i32)
      (memory.atomic.notify $s (local.get 0) (local.get 1)))
    (func (export "wait-unshared") (param i32) (result i32)
      (memory.atomic.wait32 $own (local.get 0) (i32.const 0) (i64.const -1)))
    (func (export "notify-unshared") (param i32) (result i32)
      (memory.atomic.notify $own (local.get 0) (i32.const 1)))
    (func (export "unshared") (param i32) (result i32)
      (drop (i32.atomic.rmw.add $own (local.get 0) (i32.const 7))) (i32.atomic.load $own (local.get 0)))
    (func (export "grow") (param i32) (result i32)
      (drop (memory.grow $s (local.get 0))) (memory.size $s)))
  (core instance $i (instantiate $m))
  (func (export "loads") (result (list u64))
    (canon lift (core func $i "loads") (memory (core memory $i "memory"))))
  (func (export "stores") (result (list u64))
    (canon lift (core func $i "stores") (memory (core memory $i "memory"))))
  (func (export "add") (result (list u64))
    (canon lift (core func $i "add") (memory (core memory $i "memory"))))
  (func (export "sub") (result (list u64))
    (canon lift (core func $i "sub") (memory (core memory $i "memory"))))
  (func (export "and") (result (list u64))
    (canon lift (core func $i "and") (memory (core memory $i "memory"))))
  (func (export "or") (result (list u64))
    (canon lift (core func $i "or") (memory (core memory $i "memory"))))
  (func (export "xor") (result (list u64))
    (canon lift (core func $i "xor") (memory (core memory $i "memory"))))
  (func (export "xchg") (result (list u64))
    (canon lift (core func $i "xchg") (memory (core memory $i "memory"))))
  (func (export "cmpxchg") (result (list u64))
    (canon lift (core func $i "cmpxchg") (memory (core memory $i "memory"))))
  (func (export "wide-cmpxchg") (result (list u64))
    (canon lift (core func $i "wide-cmpxchg") (memory (core memory $i "memory"))))
  (func (export "fence") (result (list u64))
    (canon lift (core func $i "fence") (memory (core memory $i "memory"))))
  (func (export "load") (param "address" u32) (result u32)
    (canon lift (core func $i "load")))
  (func (export "store") (param "address" u32) (result u32)
    (canon lift (core func $i "store")))
  (func (export "modify") (param "address" u32) (result u32)
    (canon lift (core func $i "modify")))
  (func (export "exchange") (param "address" u32) (result u32)
    (canon lift (core func $i "exchange")))
  (func (export "bytes") (param "address" u32) (result u32)
    (canon lift (core func $i "bytes")))
  (func (export "far") (param "address" u32) (result u32)
    (canon lift (core func $i "far")))
  (func (export "wait32") (param "address" u32) (param "expected" u32) (param "timeout" s64) (result u32)
    (canon lift (core func $i "wait32")))
  (func (export "wait64") (param "address" u32) (param "expected" u64) (param "timeout" s64) (result u32)
    (canon lift (core func $i "wait64")))
  (func (export "notify") (param "address" u32) (param "most" u32) (result u32)
    (canon lift (core func $i "notify")))
  (func (export "wait-unshared") (param "address" u32) (result u32)
    (canon lift (core func $i "wait-unshared")))
  (func (export "notify-unshared") (param "address" u32) (result u32)
    (canon lift (core func $i "notify-unshared")))
  (func (export "unshared") (param "address" u32) (result u32)
    (canon lift (core func $i "unshared")))
  (func (export "grow") (param "pages" u32) (result u32)
    (canon lift (core func $i "grow"))))
