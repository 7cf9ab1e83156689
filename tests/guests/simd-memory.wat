;; Vectors in memory and everywhere else that values are: loads and stores, lanes, locals, globals, blocks,
;; calls; and the ends of memory. Lists are sums over the results in the order of the text. Expected values
;; are those of wasmtime.
;;
;; RUN: --invoke 'loads()'
;; STDOUT: [3294621581, 4217154506, 1041415286, 761520409, 991760590, 2890757811, 505444241, 3548251202, 873030710, 779385333, 322933292, 2462642554, 3778920597, 3672267831, 2535224304, 2459226552, 1005713762, 2755116470, 2033752409, 4152971312, 798661843, 1499531747, 3864882731, 3525660157, 1250760556, 3784745855]
;; RUN: --invoke 'lanes()'
;; STDOUT: [1727638870, 3743279644, 4110605260, 1727638870, 1740184597, 2406652485, 3986622792, 1443849432, 3312849067, 1134020659, 1533834381, 3563909927, 828338407, 3872321190, 2755038494, 488661349, 2133026639, 828338407, 2755038494, 488661349, 2133026639, 1407034204, 1614729198, 2615726320, 3515999248, 3482058419, 101724085, 2303942989, 1321668526, 3176020507, 1608829227, 143425959, 909001969, 802690620, 4031970260, 3971600674, 3884099308, 1108884725, 2163247783, 1242505869, 4267692554, 726645119, 3061485761, 980405678, 288462001, 2023589526, 3573783948, 2501798267, 2469575841, 1634577047, 931098668, 58351820]
;; RUN: --invoke 'flow()'
;; STDOUT: [0, 4053606013, 416836557, 1829092428, 3409598023, 2849512857, 1098124749, 365637952, 442723480, 247181061, 1631571593, 479757620, 2884300969, 867915395, 2295081760, 2024780127, 397575789, 2344561175, 3498134094, 1104795816, 739499461, 4135414771, 2767478747, 1322698030]
;; RUN: --invoke 'load(65520)'
;; STDOUT: 1
;; RUN: --invoke 'load(65521)'
;; EXIT: 134
;; STDERR: out of bounds memory access
;; RUN: --invoke 'load-extend(65528)'
;; STDOUT: 1
;; RUN: --invoke 'load-extend(65529)'
;; EXIT: 134
;; STDERR: out of bounds memory access
;; RUN: --invoke 'load-splat(65532)'
;; STDOUT: 1
;; RUN: --invoke 'load-splat(65533)'
;; EXIT: 134
;; STDERR: out of bounds memory access
;; RUN: --invoke 'load-zero(65528)'
;; STDOUT: 1
;; RUN: --invoke 'load-zero(65529)'
;; EXIT: 134
;; STDERR: out of bounds memory access
;; RUN: --invoke 'load-lane(65534)'
;; STDOUT: 1
;; RUN: --invoke 'load-lane(65535)'
;; EXIT: 134
;; STDERR: out of bounds memory access
;; RUN: --invoke 'store(65520)'
;; STDOUT: 1
;; RUN: --invoke 'store(65521)'
;; EXIT: 134
;; STDERR: out of bounds memory access
;; RUN: --invoke 'store-lane(65535)'
;; STDOUT: 1
;; RUN: --invoke 'store-lane(65536)'
;; EXIT: 134
;; STDERR: out of bounds memory access
;; RUN: --invoke 'store(4294967295)'
;; EXIT: 134
;; STDERR: out of bounds memory access
(component
  (core module $m
    (memory (export "memory") 1)
    (global $next (mut i32) (i32.const 1024))
    ;; Mixes a vector into the sum of the operator whose turn it is.
    (func $out (param $v v128)
      (local $sum i32)
      (local.set $sum (i32.load (global.get $next)))
      (local.set $sum (call $mix (local.get $sum) (i32x4.extract_lane 0 (local.get $v))))
      (local.set $sum (call $mix (local.get $sum) (i32x4.extract_lane 1 (local.get $v))))
      (local.set $sum (call $mix (local.get $sum) (i32x4.extract_lane 2 (local.get $v))))
      (local.set $sum (call $mix (local.get $sum) (i32x4.extract_lane 3 (local.get $v))))
      (i32.store (global.get $next) (local.get $sum))
      (global.set $next (i32.add (global.get $next) (i32.const 4))))
    (func $mix (param $sum i32) (param $x i32) (result i32)
      (i32.mul (i32.rotl (i32.xor (local.get $sum) (local.get $x)) (i32.const 13)) (i32.const 0x9e3779b1)))
    (func $out32 (param $x i32)
      (call $out (i32x4.splat (local.get $x))))
    (func $again
      (global.set $next (i32.const 1024)))
    ;; The sums as a list.
    (func $results (result i32)
      (i32.store (i32.const 0) (i32.const 1024))
      (i32.store (i32.const 4) (i32.shr_u (i32.sub (global.get $next) (i32.const 1024)) (i32.const 2)))
      (i32.const 0))
    (data (i32.const 16) "\00\81\7f\80\ff\fe\01\40\c0\55\aa\0f\f0\10\64\9c")
    (data (i32.const 32) "\21\0f\7f\80\03\fe\10\41\99\aa\55\f0\0f\11\9c\64")
    (data (i32.const 48) "\00\00\c0\3f\00\00\10\c0\f9\02\15\50\ff\e6\db\ae")
    (func $loads (param $at i32)
      (call $out (v128.load offset=3 (local.get $at)))
      (call $out (v128.load8x8_s offset=3 (local.get $at)))
      (call $out (v128.load8x8_u offset=3 (local.get $at)))
      (call $out (v128.load16x4_s offset=3 (local.get $at)))
      (call $out (v128.load16x4_u offset=3 (local.get $at)))
      (call $out (v128.load32x2_s offset=3 (local.get $at)))
      (call $out (v128.load32x2_u offset=3 (local.get $at)))
      (call $out (v128.load8_splat offset=3 (local.get $at)))
      (call $out (v128.load16_splat offset=3 (local.get $at)))
      (call $out (v128.load32_splat offset=3 (local.get $at)))
      (call $out (v128.load64_splat offset=3 (local.get $at)))
      (call $out (v128.load32_zero offset=3 (local.get $at)))
      (call $out (v128.load64_zero offset=3 (local.get $at)))
      (call $out (v128.load8_lane offset=5 13 (local.get $at) (v128.load (local.get $at))))
      (call $out (v128.load8_lane 0 (local.get $at) (v128.load offset=1 (local.get $at))))
      (call $out (v128.load16_lane offset=5 6 (local.get $at) (v128.load (local.get $at))))
      (call $out (v128.load16_lane 0 (local.get $at) (v128.load offset=1 (local.get $at))))
      (call $out (v128.load32_lane offset=5 2 (local.get $at) (v128.load (local.get $at))))
      (call $out (v128.load32_lane 0 (local.get $at) (v128.load offset=1 (local.get $at))))
      (call $out (v128.load64_lane offset=5 1 (local.get $at) (v128.load (local.get $at))))
      (call $out (v128.load64_lane 0 (local.get $at) (v128.load offset=1 (local.get $at))))
      (v128.store offset=512 (local.get $at) (i16x8.add (v128.load (local.get $at)) (v128.load offset=7 (local.get $at))))
      (call $out (v128.load offset=512 (local.get $at)))
      (v128.store8_lane offset=515 13 (local.get $at) (v128.load (local.get $at)))
      (call $out (v128.load offset=512 (local.get $at)))
      (v128.store16_lane offset=515 6 (local.get $at) (v128.load (local.get $at)))
      (call $out (v128.load offset=512 (local.get $at)))
      (v128.store32_lane offset=515 2 (local.get $at) (v128.load (local.get $at)))
      (call $out (v128.load offset=512 (local.get $at)))
      (v128.store64_lane offset=515 1 (local.get $at) (v128.load (local.get $at)))
      (call $out (v128.load offset=512 (local.get $at))))
    (func (export "loads") (result i32)
      (call $loads (i32.const 16))
      (call $again)
      (call $loads (i32.const 29))
      (call $results))
    (func $lanes (param $a v128) (param $b v128)
      (call $out32 (i8x16.extract_lane_s 0 (local.get $a)))
      (call $out32 (i8x16.extract_lane_s 7 (local.get $a)))
      (call $out32 (i8x16.extract_lane_s 15 (local.get $a)))
      (call $out32 (i8x16.extract_lane_u 0 (local.get $a)))
      (call $out32 (i8x16.extract_lane_u 7 (local.get $a)))
      (call $out32 (i8x16.extract_lane_u 15 (local.get $a)))
      (call $out32 (i16x8.extract_lane_s 0 (local.get $a)))
      (call $out32 (i16x8.extract_lane_s 3 (local.get $a)))
      (call $out32 (i16x8.extract_lane_s 7 (local.get $a)))
      (call $out32 (i16x8.extract_lane_u 0 (local.get $a)))
      (call $out32 (i16x8.extract_lane_u 3 (local.get $a)))
      (call $out32 (i16x8.extract_lane_u 7 (local.get $a)))
      (call $out32 (i32x4.extract_lane 0 (local.get $a)))
      (call $out32 (i32x4.extract_lane 1 (local.get $a)))
      (call $out32 (i32x4.extract_lane 3 (local.get $a)))
      (call $out (i64x2.splat (i64x2.extract_lane 0 (local.get $a))))
      (call $out (i64x2.splat (i64x2.extract_lane 1 (local.get $a))))
      (call $out (f32x4.splat (f32x4.extract_lane 0 (local.get $a))))
      (call $out (f32x4.splat (f32x4.extract_lane 3 (local.get $a))))
      (call $out (f64x2.splat (f64x2.extract_lane 0 (local.get $a))))
      (call $out (f64x2.splat (f64x2.extract_lane 1 (local.get $a))))
      (call $out (i8x16.splat (i32x4.extract_lane 2 (local.get $b))))
      (call $out (i16x8.splat (i32x4.extract_lane 2 (local.get $b))))
      (call $out (i32x4.splat (i32x4.extract_lane 2 (local.get $b))))
      (call $out (i8x16.replace_lane 0 (local.get $a) (i32x4.extract_lane 2 (local.get $b))))
      (call $out (i8x16.replace_lane 9 (local.get $a) (i32x4.extract_lane 2 (local.get $b))))
      (call $out (i8x16.replace_lane 15 (local.get $a) (i32x4.extract_lane 2 (local.get $b))))
      (call $out (i16x8.replace_lane 0 (local.get $a) (i32x4.extract_lane 2 (local.get $b))))
      (call $out (i16x8.replace_lane 5 (local.get $a) (i32x4.extract_lane 2 (local.get $b))))
      (call $out (i16x8.replace_lane 7 (local.get $a) (i32x4.extract_lane 2 (local.get $b))))
      (call $out (i32x4.replace_lane 0 (local.get $a) (i32x4.extract_lane 2 (local.get $b))))
      (call $out (i32x4.replace_lane 2 (local.get $a) (i32x4.extract_lane 2 (local.get $b))))
      (call $out (i32x4.replace_lane 3 (local.get $a) (i32x4.extract_lane 2 (local.get $b))))
      (call $out (i64x2.replace_lane 0 (local.get $a) (i64x2.extract_lane 0 (local.get $b))))
      (call $out (i64x2.replace_lane 1 (local.get $a) (i64x2.extract_lane 0 (local.get $b))))
      (call $out (f32x4.replace_lane 0 (local.get $a) (f32x4.extract_lane 1 (local.get $b))))
      (call $out (f32x4.replace_lane 1 (local.get $a) (f32x4.extract_lane 1 (local.get $b))))
      (call $out (f32x4.replace_lane 2 (local.get $a) (f32x4.extract_lane 1 (local.get $b))))
      (call $out (f32x4.replace_lane 3 (local.get $a) (f32x4.extract_lane 1 (local.get $b))))
      (call $out (f64x2.replace_lane 0 (local.get $a) (f64x2.extract_lane 1 (local.get $b))))
      (call $out (f64x2.replace_lane 1 (local.get $a) (f64x2.extract_lane 1 (local.get $b))))
      (call $out (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 (local.get $a) (local.get $b)))
      (call $out (i8x16.shuffle 31 0 30 1 29 2 28 3 27 4 26 5 25 6 24 7 (local.get $a) (local.get $b)))
      (call $out (i8x16.shuffle 15 14 13 12 11 10 9 8 7 6 5 4 3 2 1 0 (local.get $a) (local.get $b)))
      (call $out (i8x16.shuffle 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 (local.get $a) (local.get $b)))
      (call $out (i8x16.shuffle 0 16 1 17 2 18 3 19 4 20 5 21 6 22 7 23 (local.get $a) (local.get $b)))
      (call $out (i8x16.shuffle 4 5 6 7 0 1 2 3 12 13 14 15 8 9 10 11 (local.get $a) (local.get $b)))
      (call $out (i8x16.shuffle 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 (local.get $a) (local.get $b)))
      (call $out (i8x16.shuffle 0 1 16 17 4 5 20 21 8 9 24 25 12 13 28 29 (local.get $a) (local.get $b)))
      (call $out (i8x16.swizzle (local.get $a) (local.get $b)))
      (call $out (i8x16.swizzle (local.get $a) (v128.const i8x16 15 16 14 17 13 31 12 127 11 128 10 255 9 200 8 0)))
      (call $out (i8x16.swizzle (local.get $a) (v128.and (local.get $b) (i8x16.splat (i32.const 0x1f))))))
    (func (export "lanes") (result i32)
      (call $lanes (v128.load (i32.const 16)) (v128.load (i32.const 32)))
      (call $again)
      (call $lanes (v128.load (i32.const 32)) (v128.load (i32.const 48)))
      (call $again)
      (call $lanes (v128.load (i32.const 48)) (v128.load (i32.const 16)))
      (call $results))
    ;; Vectors through globals, locals, blocks, calls with several results, and tail calls.
    (global $variable (mut v128) (v128.const i32x4 1 2 3 4))
    (global $constant v128 (v128.const f64x2 1.5 -0))
    (global $copy v128 (global.get $constant))
    (global $after (mut i32) (i32.const 77))
    (type $twist (func (param v128 i32 v128 f64) (result v128 i64 v128)))
    (table funcref (elem $twist))
    (func $twist (type $twist)
      (f32x4.add (local.get 2) (f32x4.splat (f32.const 1)))
      (i64.extend_i32_s (local.get 1))
      (f64x2.mul (local.get 0) (f64x2.splat (local.get 3))))
    (func $many
      (param v128 v128 v128 v128 v128 v128 v128 v128 v128 v128)
      (result v128 v128 v128 v128 v128 v128 v128 v128 v128 v128)
      (i8x16.sub (local.get 9) (local.get 0))
      (local.get 8) (local.get 7) (local.get 6) (local.get 5)
      (local.get 4) (local.get 3) (local.get 2) (local.get 1)
      (i64x2.sub (local.get 0) (local.get 9)))
    (func $tail (param $n i32) (param $sum v128) (result v128)
      (if (i32.eqz (local.get $n)) (then (return (i32x4.abs (local.get $sum)))))
      (return_call $tail
        (i32.sub (local.get $n) (i32.const 1))
        (i32x4.sub (local.get $sum) (i32x4.splat (local.get $n)))))
    (func $flow (param $a v128) (param $b v128)
      (local $zero v128) (local $i i32) (local $x v128)
      (call $out (local.get $zero))
      (call $out (global.get $variable))
      (call $out (global.get $copy))
      (global.set $variable (f32x4.add (local.get $a) (local.get $b)))
      (call $out (global.get $variable))
      (call $out32 (global.get $after))
      (call $out (select (local.get $a) (i16x8.add (local.get $a) (local.get $b)) (i8x16.all_true (local.get $b))))
      (call $out (select (result v128) (f64x2.neg (local.get $a)) (local.get $b) (i32.const 1)))
      (block $end (result v128)
        (i64x2.add (local.get $a) (local.get $b))
        (br_if $end (v128.any_true (local.get $zero)))
        (drop)
        (i16x8.sub (local.get $a) (local.get $b)))
      (call $out)
      (if (result v128) (i32x4.extract_lane 0 (local.get $a))
        (then (f32x4.neg (local.get $a)))
        (else (i8x16.neg (local.get $b))))
      (call $out)
      (local.set $x (local.get $a))
      (loop $again
        (local.set $x (i32x4.add (i32x4.mul (local.get $x) (local.get $b)) (i32x4.splat (local.get $i))))
        (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 10))))
      (call $out (local.get $x))
      (call_indirect (type $twist) (local.get $a) (i32.const -5) (local.get $b) (f64.const -2) (i32.const 0))
      (call $out)
      (i64x2.splat)
      (call $out)
      (call $out)
      (call $many
        (local.get $a) (local.get $b) (i8x16.splat (i32.const 1)) (i16x8.splat (i32.const 2))
        (i32x4.splat (i32.const 3)) (i64x2.splat (i64.const 4)) (f32x4.splat (f32.const 5))
        (f64x2.splat (f64.const 6)) (v128.not (local.get $a)) (v128.not (local.get $b)))
      (call $out) (call $out) (call $out) (call $out) (call $out)
      (call $out) (call $out) (call $out) (call $out) (call $out)
      (call $out (call $tail (i32.const 1000) (local.get $a))))
    (func (export "flow") (result i32)
      (call $flow (v128.load (i32.const 16)) (v128.load (i32.const 32)))
      (call $again)
      (call $flow (v128.load (i32.const 32)) (v128.load (i32.const 48)))
      (call $again)
      (call $flow (v128.load (i32.const 48)) (v128.load (i32.const 16)))
      (call $results))
    (func (export "load") (param $at i32) (result i32)
      (drop (v128.load (local.get $at)))
      (i32.const 1))
    (func (export "load-extend") (param $at i32) (result i32)
      (drop (v128.load8x8_u (local.get $at)))
      (i32.const 1))
    (func (export "load-splat") (param $at i32) (result i32)
      (drop (v128.load32_splat (local.get $at)))
      (i32.const 1))
    (func (export "load-zero") (param $at i32) (result i32)
      (drop (v128.load64_zero (local.get $at)))
      (i32.const 1))
    (func (export "load-lane") (param $at i32) (result i32)
      (drop (v128.load16_lane 3 (local.get $at) (v128.const i64x2 1 2)))
      (i32.const 1))
    (func (export "store") (param $at i32) (result i32)
      (v128.store (local.get $at) (v128.const i64x2 1 2))
      (i32.const 1))
    (func (export "store-lane") (param $at i32) (result i32)
      (v128.store8_lane 15 (local.get $at) (v128.const i64x2 1 2))
      (i32.const 1)))
  (core instance $i (instantiate $m))
  (func (export "loads") (result (list u32))
    (canon lift (core func $i "loads") (memory (core memory $i "memory"))))
  (func (export "lanes") (result (list u32))
    (canon lift (core func $i "lanes") (memory (core memory $i "memory"))))
  (func (export "flow") (result (list u32))
    (canon lift (core func $i "flow") (memory (core memory $i "memory"))))
  (func (export "load") (param "at" u32) (result u32)
    (canon lift (core func $i "load")))
  (func (export "load-extend") (param "at" u32) (result u32)
    (canon lift (core func $i "load-extend")))
  (func (export "load-splat") (param "at" u32) (result u32)
    (canon lift (core func $i "load-splat")))
  (func (export "load-zero") (param "at" u32) (result u32)
    (canon lift (core func $i "load-zero")))
  (func (export "load-lane") (param "at" u32) (result u32)
    (canon lift (core func $i "load-lane")))
  (func (export "store") (param "at" u32) (result u32)
    (canon lift (core func $i "store")))
  (func (export "store-lane") (param "at" u32) (result u32)
    (canon lift (core func $i "store-lane"))))
