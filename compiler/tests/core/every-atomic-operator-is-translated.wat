(module
  (memory 1 2 shared)
  (func (param i32) (result i32) (i32.atomic.load offset=3 (local.get 0)))
  (func (param i32) (result i32) (i32.atomic.load8_u offset=3 (local.get 0)))
  (func (param i32) (result i32) (i32.atomic.load16_u offset=3 (local.get 0)))
  (func (param i32) (result i64) (i64.atomic.load offset=3 (local.get 0)))
  (func (param i32) (result i64) (i64.atomic.load8_u offset=3 (local.get 0)))
  (func (param i32) (result i64) (i64.atomic.load16_u offset=3 (local.get 0)))
  (func (param i32) (result i64) (i64.atomic.load32_u offset=3 (local.get 0)))
  (func (param i32 i32) (i32.atomic.store offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i32) (i32.atomic.store8 offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i32) (i32.atomic.store16 offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i64) (i64.atomic.store offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i64) (i64.atomic.store8 offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i64) (i64.atomic.store16 offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i64) (i64.atomic.store32 offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i32) (result i32) (i32.atomic.rmw.add offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i32) (result i32) (i32.atomic.rmw8.add_u offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i32) (result i32) (i32.atomic.rmw16.add_u offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i64) (result i64) (i64.atomic.rmw.add offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i64) (result i64) (i64.atomic.rmw8.add_u offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i64) (result i64) (i64.atomic.rmw16.add_u offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i64) (result i64) (i64.atomic.rmw32.add_u offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i32) (result i32) (i32.atomic.rmw.sub offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i32) (result i32) (i32.atomic.rmw8.sub_u offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i32) (result i32) (i32.atomic.rmw16.sub_u offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i64) (result i64) (i64.atomic.rmw.sub offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i64) (result i64) (i64.atomic.rmw8.sub_u offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i64) (result i64) (i64.atomic.rmw16.sub_u offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i64) (result i64) (i64.atomic.rmw32.sub_u offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i32) (result i32) (i32.atomic.rmw.and offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i32) (result i32) (i32.atomic.rmw8.and_u offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i32) (result i32) (i32.atomic.rmw16.and_u offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i64) (result i64) (i64.atomic.rmw.and offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i64) (result i64) (i64.atomic.rmw8.and_u offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i64) (result i64) (i64.atomic.rmw16.and_u offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i64) (result i64) (i64.atomic.rmw32.and_u offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i32) (result i32) (i32.atomic.rmw.or offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i32) (result i32) (i32.atomic.rmw8.or_u offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i32) (result i32) (i32.atomic.rmw16.or_u offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i64) (result i64) (i64.atomic.rmw.or offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i64) (result i64) (i64.atomic.rmw8.or_u offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i64) (result i64) (i64.atomic.rmw16.or_u offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i64) (result i64) (i64.atomic.rmw32.or_u offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i32) (result i32) (i32.atomic.rmw.xor offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i32) (result i32) (i32.atomic.rmw8.xor_u offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i32) (result i32) (i32.atomic.rmw16.xor_u offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i64) (result i64) (i64.atomic.rmw.xor offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i64) (result i64) (i64.atomic.rmw8.xor_u offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i64) (result i64) (i64.atomic.rmw16.xor_u offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i64) (result i64) (i64.atomic.rmw32.xor_u offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i32) (result i32) (i32.atomic.rmw.xchg offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i32) (result i32) (i32.atomic.rmw8.xchg_u offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i32) (result i32) (i32.atomic.rmw16.xchg_u offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i64) (result i64) (i64.atomic.rmw.xchg offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i64) (result i64) (i64.atomic.rmw8.xchg_u offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i64) (result i64) (i64.atomic.rmw16.xchg_u offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i64) (result i64) (i64.atomic.rmw32.xchg_u offset=3 (local.get 0) (local.get 1)))
  (func (param i32 i32 i32) (result i32) (i32.atomic.rmw.cmpxchg offset=3 (local.get 0) (local.get 1) (local.get 2)))
  (func (param i32 i32 i32) (result i32) (i32.atomic.rmw8.cmpxchg_u offset=3 (local.get 0) (local.get 1) (local.get 2)))
  (func (param i32 i32 i32) (result i32) (i32.atomic.rmw16.cmpxchg_u offset=3 (local.get 0) (local.get 1) (local.get 2)))
  (func (param i32 i64 i64) (result i64) (i64.atomic.rmw.cmpxchg offset=3 (local.get 0) (local.get 1) (local.get 2)))
  (func (param i32 i64 i64) (result i64) (i64.atomic.rmw8.cmpxchg_u offset=3 (local.get 0) (local.get 1) (local.get 2)))
  (func (param i32 i64 i64) (result i64) (i64.atomic.rmw16.cmpxchg_u offset=3 (local.get 0) (local.get 1) (local.get 2)))
  (func (param i32 i64 i64) (result i64) (i64.atomic.rmw32.cmpxchg_u offset=3 (local.get 0) (local.get 1) (local.get 2)))
  (func (param i32 i32 i64) (result i32) (memory.atomic.wait32 offset=4 (local.get 0) (local.get 1) (local.get 2)))
  (func (param i32 i64 i64) (result i32) (memory.atomic.wait64 offset=8 (local.get 0) (local.get 1) (local.get 2)))
  (func (param i32 i32) (result i32) (memory.atomic.notify offset=4 (local.get 0) (local.get 1)))
  (func (atomic.fence)))
;; func 0
;; has band
;; has brif
;; has atomic_load.i32 little
;; func 1
;; not brif
;; has atomic_load.i8
;; has uextend.i32
;; func 18
;; has atomic_rmw.i8 
;; func 56
;; has atomic_cas
;; func 63
;; has band
;; has call
;; func 66
;; has fence
Every atomic operator has a translation that the verifier accepts. Alignment is checked unless every address is
aligned; bounds are left to the guards but for waiting, which the runtime does.
