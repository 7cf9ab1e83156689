//! `wasi:cli`

use super::call::{functions, resources};
use super::values::Unit;
use super::wit::{signature, wit};
use crate::cli::{TerminalInput, TerminalOutput};
use crate::io::{Input, Output};
use crate::table::Handle;

functions! {
    "wasi:cli/environment" @ Both {
        "get-environment" weldc_wasi_cli_environment_get_environment() -> Vec<(String, String)>
            = get_environment, signature!(=> "list<tuple<string, string>>");
        "get-arguments" weldc_wasi_cli_environment_get_arguments() -> Vec<String>
            = get_arguments, signature!(=> "list<string>");
    }
    "wasi:cli/environment" @ V02 {
        "initial-cwd" weldc_wasi_cli_environment_initial_cwd() -> Option<String>
            = initial_cwd, signature!(=> "option<string>");
    }
    "wasi:cli/exit" @ Both {
        "exit" weldc_wasi_cli_exit_exit(status: Unit) = exit, signature!("result");
        "exit-with-code" weldc_wasi_cli_exit_exit_with_code(code: u8)
            = exit_with_code, signature!("u8");
    }
    "wasi:cli/stdin" @ V02 {
        "get-stdin" weldc_wasi_cli_stdin_get_stdin() -> Handle<Input>
            = get_stdin, signature!(=> wit!(own input));
    }
    "wasi:cli/stdout" @ V02 {
        "get-stdout" weldc_wasi_cli_stdout_get_stdout() -> Handle<Output>
            = get_stdout, signature!(=> wit!(own output));
    }
    "wasi:cli/stderr" @ V02 {
        "get-stderr" weldc_wasi_cli_stderr_get_stderr() -> Handle<Output>
            = get_stderr, signature!(=> wit!(own output));
    }
    "wasi:cli/terminal-stdin" @ Both {
        "get-terminal-stdin" weldc_wasi_cli_terminal_stdin_get_terminal_stdin()
            -> Option<Handle<TerminalInput>> = get_terminal_stdin,
            signature!(=> "option<own<wasi:cli/terminal-input/terminal-input>>");
    }
    "wasi:cli/terminal-stdout" @ Both {
        "get-terminal-stdout" weldc_wasi_cli_terminal_stdout_get_terminal_stdout()
            -> Option<Handle<TerminalOutput>> = get_terminal_stdout,
            signature!(=> "option<own<wasi:cli/terminal-output/terminal-output>>");
    }
    "wasi:cli/terminal-stderr" @ Both {
        "get-terminal-stderr" weldc_wasi_cli_terminal_stderr_get_terminal_stderr()
            -> Option<Handle<TerminalOutput>> = get_terminal_stderr,
            signature!(=> "option<own<wasi:cli/terminal-output/terminal-output>>");
    }
}

resources! {
    "wasi:cli/terminal-input" @ Both {
        "terminal-input" weldc_wasi_cli_terminal_input_terminal_input_drop = drop_terminal_input;
    }
    "wasi:cli/terminal-output" @ Both {
        "terminal-output" weldc_wasi_cli_terminal_output_terminal_output_drop
            = drop_terminal_output;
    }
}
