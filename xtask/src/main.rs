//! The house's tools: `cargo xtask tidy | ci | demo | bench | assets`.

mod assets;
mod bench;
mod ci;
mod demo;
mod process;
mod tidy;

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask COMMAND

  demo              build the product, make illustrative data in ./data, serve them at http://127.0.0.1:5757
  ci [STEP]...      every check, or the named ones, with a table of times; `ci --list` names the steps
  tidy              the rules of the house; `--rules` lists them, `--ratchet` lowers the ratchet to today's
  bench [--rows N]  measures against peers and writes bench/RESULTS.md; 3,600,000 rows unless told
  assets            fonts and test tools from npm into target/ (`npm ci`); without npm the build goes on
";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let root = root();
    let done = match words.as_slice() {
        ["demo"] => demo::run(&root),
        ["ci", "--list"] => ci::list(),
        ["ci", steps @ ..] => ci::run(&root, steps),
        ["tidy"] => tidy::run(&root, false),
        ["tidy", "--ratchet"] => tidy::run(&root, true),
        ["tidy", "--rules"] => tidy::list(&root).map(|()| true),
        ["bench", arguments @ ..] => bench::run(&root, arguments),
        ["assets"] => assets::run().map(|()| true),
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The folder of the workspace.
fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map_or(here.clone(), PathBuf::from)
}
