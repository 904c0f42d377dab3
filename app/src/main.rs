//! `minhchung`: one binary, one data directory, one instance.

mod cli;
mod clock;
mod commands;
mod import;
mod output;
mod pack;
mod remote;
mod setup;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    // Started again by itself to read a file: nothing else may run in that process.
    if std::env::args_os().nth(1).is_some_and(|first| first == mc_intake::CHILD_COMMAND) {
        return mc_intake::child_main();
    }
    let cli = cli::Cli::parse();
    let out = output::Output::terminal(cli.json);
    if let Err(error) = mc_sqlite::watch_errors() {
        return out.failed(&error.into());
    }
    match commands::run(&cli, &out) {
        Ok(code) => code,
        Err(error) => out.failed(&error),
    }
}
