//! Ratios against peers in one run: builds the bench with optimisation and runs it.

use std::path::Path;
use std::process::Command;

use crate::process::{cargo, succeeds, target};

/// Runs `mc-bench` with `arguments` (`--rows N`; 3,600,000 without it). It writes `bench/RESULTS.md`.
pub fn run(root: &Path, arguments: &[&str]) -> anyhow::Result<bool> {
    if !succeeds(&mut cargo(root, &["build", "--release", "--locked", "--package", "mc-bench"]))? {
        return Ok(false);
    }
    let mut bench = Command::new(target(root).join("release/mc-bench"));
    bench.current_dir(root).args(arguments);
    succeeds(&mut bench)
}
