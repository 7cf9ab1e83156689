use super::*;

fn run(words: &[&str]) -> Result<GuestArgs, String> {
    let words = ["weldc", "run"].iter().chain(words);
    match Cli::try_parse_from(words).map_err(|e| e.to_string())?.command {
        Command::Run(args) => args.guest(),
        _ => unreachable!("`run` was asked for"),
    }
}

fn build(words: &[&str]) -> BuildArgs {
    let words = ["weldc", "build"].iter().chain(words);
    match Cli::try_parse_from(words).unwrap().command {
        Command::Build(args) => args,
        _ => unreachable!("`build` was asked for"),
    }
}

#[test]
fn the_definition_is_consistent() {
    use clap::CommandFactory;
    Cli::command().debug_assert();
}

#[test]
fn what_follows_the_file_is_the_guests() {
    let tail = run(&["--dir", ".", "app.wasm", "-e", "--version", "--std"]).unwrap();
    assert_eq!(tail.file, PathBuf::from("app.wasm"));
    assert_eq!(tail.args, ["-e", "--version", "--std"]);
    assert_eq!(tail.dirs, [Dir { host: ".".to_string(), guest: ".".to_string() }]);
}

#[test]
fn every_option_may_precede_the_file() {
    let tail = run(&["-O0", "--time", "--max-wasm-stack", "2M", "-", "-O1"]).unwrap();
    assert_eq!(tail.file, PathBuf::from("-"));
    assert_eq!(tail.args, ["-O1"]);
    assert!(run(&["-Z", "app.wasm"]).is_err());
}

#[test]
fn grants_may_follow_the_file_too() {
    let tail = run(&["app.wasm", "--dir", "a::b", "--env=K=V", "--", "--dir", "x"]).unwrap();
    assert_eq!(tail.dirs, [Dir { host: "a".to_string(), guest: "b".to_string() }]);
    assert_eq!(tail.env, [EnvVar { name: "K".to_string(), value: "V".to_string() }]);
    assert_eq!(tail.args, ["--dir", "x"]);
}

#[test]
fn definitions_are_given_before_or_after_the_file() {
    let tail = run(&["--with", "m=a.wasm", "app.wasm", "--with=ns:p/i@1.0.0=dir/b=c.wat"]).unwrap();
    let with = |import: &str, file: &str| With { import: import.to_string(), file: file.into() };
    assert_eq!(tail.with, [with("m", "a.wasm"), with("ns:p/i@1.0.0", "dir/b=c.wat")]);
    assert!(run(&["--with", "m", "app.wasm"]).unwrap_err().contains("NAME=FILE"));
    assert!(run(&["app.wasm", "--with", "=x"]).unwrap_err().contains("NAME=FILE"));
}

#[test]
fn two_dashes_end_weldcs_options() {
    assert_eq!(run(&["app.wasm", "--", "--dir", "x"]).unwrap().args, ["--dir", "x"]);
    assert_eq!(run(&["app.wasm", "a", "--", "b"]).unwrap().args, ["a", "--", "b"]);
    assert_eq!(run(&["app.wasm", "--", "--", "b"]).unwrap().args, ["--", "b"]);
}

#[test]
fn invoke_stands_before_or_after_the_file() {
    assert_eq!(run(&["--invoke", "f(-1)", "a.wasm"]).unwrap().invoke.unwrap(), "f(-1)");
    assert_eq!(run(&["a.wasm", "--invoke", "f()"]).unwrap().invoke.unwrap(), "f()");
    assert!(run(&["a.wasm", "--invoke"]).unwrap_err().contains("needs a value"));
}

#[test]
fn optimisation_has_letters_and_words() {
    for (word, level) in [
        ("-O0", OptLevel::None),
        ("-O1", OptLevel::Speed),
        ("-O2", OptLevel::Speed),
        ("-Os", OptLevel::SpeedAndSize),
        ("-Ospeed_and_size", OptLevel::SpeedAndSize),
        ("-Onone", OptLevel::None),
    ] {
        assert_eq!(build(&["a.wasm", word]).compile.opt, level, "{word}");
    }
}

#[test]
fn build_takes_lists() {
    let args = build(&[
        "a.wasm",
        "--emit",
        "object,header",
        "--emit",
        "asm",
        "--cpu",
        "avx2,bmi1",
        "--features",
        "-gc",
        "--target",
        "aarch64-unknown-linux-gnu",
        "--max-wasm-stack",
        "64K",
    ]);
    assert_eq!(args.emit, [Kind::Object, Kind::Header, Kind::Asm]);
    assert_eq!(args.compile.cpu, ["avx2", "bmi1"]);
    assert!(!args.compile.features.unwrap().gc());
    assert_eq!(args.compile.max_wasm_stack, 65536);
    assert_eq!(args.target.unwrap().to_string(), "aarch64-unknown-linux-gnu");
}

#[test]
fn sizes_have_units() {
    assert_eq!(values::parse_size("12"), Ok(12));
    assert_eq!(values::parse_size("2MiB"), Ok(2 << 20));
    assert!(values::parse_size("x").is_err());
    assert!(values::parse_size("99999999999G").is_err());
}

#[test]
fn an_environment_variable_is_given_or_inherited() {
    let given: EnvVar = "A=b=c".parse().unwrap();
    assert_eq!(given, EnvVar { name: "A".to_string(), value: "b=c".to_string() });
    assert!("PATH".parse::<EnvVar>().is_ok());
    assert!("NO_SUCH_VARIABLE_HERE".parse::<EnvVar>().is_err());
}
