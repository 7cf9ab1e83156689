//! Objects from the C compiler, loaded and called.

use super::Loaded;
use std::process::Command;

/// Compiles C to an object; `None` if there is no compiler.
fn compile(name: &str, source: &str) -> Option<Vec<u8>> {
    let dir = std::env::temp_dir().join(format!("weldc-load-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    let (c, o) = (dir.join("code.c"), dir.join("code.o"));
    std::fs::write(&c, source).unwrap();
    let status = Command::new("cc").args(["-c", "-O1", "-fPIC"]).arg(&c).arg("-o").arg(&o).status();
    let object = match status {
        Ok(status) => {
            assert!(status.success());
            Some(std::fs::read(&o).unwrap())
        }
        Err(_) => {
            eprintln!("skipped: no C compiler");
            None
        }
    };
    let _ = std::fs::remove_dir_all(&dir);
    object
}

extern "C" fn host_add(a: i32, b: i32) -> i32 {
    a + b
}

static HOST_WORD: i32 = 40;

fn resolve(name: &str) -> Option<*const u8> {
    match name {
        "host_add" => Some(host_add as *const u8),
        "host_word" => Some((&raw const HOST_WORD).cast()),
        _ => None,
    }
}

const PROGRAM: &str = r#"
    extern int host_add(int, int);
    extern const int host_word;
    __attribute__((aligned(65536))) const char image[65536] = "image";
    static const int numbers[] = { 1, 2, 3 };
    static int counter = 5, zero;
    static int (*const pointer)(int, int) = host_add;
    int call(int x) { return host_add(x, 1); }
    int by_pointer(int x) { return pointer(x, 2); }
    int word(void) { return host_word; }
    int number(int i) { return numbers[i]; }
    int count(void) { zero++; return ++counter + zero; }
    static int hidden(int x) { return x * 2; }
    int (*function(void))(int) { return hidden; }
"#;

#[test]
fn an_object_is_loaded_and_called() {
    let Some(object) = compile("call", PROGRAM) else { return };
    let loaded = Loaded::load(&object, &resolve).unwrap();
    let function = |name: &str| loaded.symbol(name).unwrap();
    // SAFETY: the functions have these types in PROGRAM.
    unsafe {
        type Unary = extern "C" fn(i32) -> i32;
        let unary = |name| std::mem::transmute::<*const u8, Unary>(function(name));
        type Nullary = extern "C" fn() -> i32;
        let nullary = |name| std::mem::transmute::<*const u8, Nullary>(function(name));
        let address = std::mem::transmute::<*const u8, extern "C" fn() -> Unary>;
        assert_eq!(unary("call")(4), 5);
        assert_eq!(unary("by_pointer")(4), 6);
        assert_eq!(nullary("word")(), 40);
        assert_eq!(unary("number")(2), 3);
        assert_eq!((nullary("count")(), nullary("count")()), (7, 9));
        assert_eq!(address(function("function"))()(21), 42);
        assert_eq!(*function("image").cast::<[u8; 6]>(), *b"image\0");
    }
    assert_eq!(function("image") as usize % 65536, 0);
    assert!(loaded.symbol("hidden").is_none());
    assert!(loaded.symbol("host_add").is_none());
}

#[test]
fn code_is_never_writable_and_executable() {
    let Some(object) = compile("access", PROGRAM) else { return };
    let loaded = Loaded::load(&object, &resolve).unwrap();
    let access = |name| region::query(loaded.symbol(name).unwrap()).unwrap().protection();
    assert_eq!(access("call"), region::Protection::READ_EXECUTE);
    assert_eq!(access("image"), region::Protection::READ);
}

#[test]
fn everything_missing_is_listed() {
    let source = "extern int one(void), two(void), host_add(int, int);
        int f(void) { return one() + two() + host_add(1, 2); }";
    let Some(object) = compile("missing", source) else { return };
    let error = Loaded::load(&object, &resolve).err().unwrap().to_string();
    assert!(error.contains("one, two") && !error.contains("host_add"), "{error}");
}

#[test]
fn what_cannot_be_loaded_is_refused() {
    let thread_local = "_Thread_local int x = 1; int f(void) { return x; }";
    let Some(object) = compile("tls", thread_local) else { return };
    let error = Loaded::load(&object, &|_| Some(std::ptr::dangling())).err().unwrap().to_string();
    assert!(error.contains("thread-local"), "{error}");

    let error = Loaded::load(b"not an object", &resolve).err().unwrap();
    assert!(format!("{error:#}").contains("cannot read the object file"), "{error:#}");
}
