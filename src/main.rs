//! Arguments in, exit code out: 0 done, 1 the user's input is at fault, 2 the machine is.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
