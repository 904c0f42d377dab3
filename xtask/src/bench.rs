//! Ratios against peers in one run: builds the bench with optimisation and runs it.

use std::path::Path;
use std::process::Command;

use crate::process::{cargo, succeeds, target};

const PACKAGES: [&str; 4] = ["--package", "mc-bench", "--package", "minhchung"];
/// Rows of the run that checks results only.
const CHECKED_ROWS: &str = "100000";

/// Runs `mc-bench` with `arguments` (`--rows N`; 3,600,000 without it). It writes `bench/RESULTS.md`.
pub fn run(root: &Path, arguments: &[&str]) -> anyhow::Result<bool> {
    if !succeeds(cargo(root, &["build", "--release", "--locked"]).args(PACKAGES))? {
        return Ok(false);
    }
    let built = target(root).join("release");
    succeeds(measured(root, &built).args(arguments))
}

/// Runs every measurement on a smaller size, without optimisation, and leaves the page in `target/`: it fails
/// on wrong results, never on a target. What all other steps built is enough for it.
pub fn check(root: &Path, needs_peer: bool) -> anyhow::Result<bool> {
    if !succeeds(cargo(root, &["build", "--locked"]).args(PACKAGES))? {
        return Ok(false);
    }
    let built = target(root).join("debug");
    let mut bench = measured(root, &built);
    bench.args(["--rows", CHECKED_ROWS, "--out"]).arg(target(root).join("bench-results.md"));
    if needs_peer {
        bench.arg("--need-peer");
    }
    succeeds(&mut bench)
}

fn measured(root: &Path, built: &Path) -> Command {
    let mut bench = Command::new(built.join("mc-bench"));
    bench.current_dir(root).arg("--product").arg(built.join("minhchung"));
    bench
}
