//! `minhchung`: one binary, one data directory, one instance.

mod cli;
mod clock;
mod commands;
mod generated;
mod import;
mod output;
mod pack;
mod remote;
mod setup;

use std::process::ExitCode;

fn main() -> ExitCode {
    // Started again by itself to read a file: nothing else may run in that process.
    if std::env::args_os().nth(1).is_some_and(|first| first == mc_intake::CHILD_COMMAND) {
        return mc_intake::child_main();
    }
    let cli = match cli::usage::parse(std::env::args_os()) {
        Ok(cli) => cli,
        Err(error) if cli::usage::is_wrong(&error) => {
            let json = std::env::args_os().any(|argument| argument == "--json");
            return output::Output::terminal(json).misused(&cli::usage::sentence(&error));
        }
        // Help or version, asked for or needed: nothing was asked for.
        Err(asked) => {
            drop(asked.print());
            return if asked.use_stderr() { ExitCode::from(output::REFUSED) } else { ExitCode::SUCCESS };
        }
    };
    let out = output::Output::terminal(cli.json);
    if let Err(error) = mc_sqlite::watch_errors() {
        return out.failed(&error.into());
    }
    match commands::run(&cli, &out) {
        Ok(code) => code,
        Err(error) => out.failed(&error),
    }
}
