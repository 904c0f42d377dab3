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
