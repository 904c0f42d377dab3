//! Measures `verify` of a data directory: `cargo run --release -p mc-sqlite --example verify_bench -- DIR`.
//!
//! It prints when each stage began, versions a second over all stages, and the process's peak memory.

use std::time::Instant;

use mc_access::Actor;
use mc_sqlite::{Layout, Store};

#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn now() -> Instant {
    Instant::now()
}

fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) / 1024
}

fn main() {
    let dir = std::env::args().nth(1).expect("a data directory");
    let reader =
        Store::open(&Layout::new(dir)).expect("a store").reader(&Actor::operator()).expect("a reader");
    let began = now();
    let mut stage = None;
    let report = reader.verify(&mut |at, _| {
        if stage.replace(at) != Some(at) {
            println!("{:>9.3?} {at:?}", now().duration_since(began));
        }
    });
    let report = report.expect("a report");
    let took = now().duration_since(began);
    println!("{took:>9.3?} done");
    let rate = u128::from(report.records) * 1_000 / took.as_millis().max(1);
    println!(
        "{} versions, {} commits: {rate} versions/s, peak memory {} MiB, {} findings",
        report.records,
        report.commits,
        peak_memory(),
        report.findings.len()
    );
    for finding in report.findings.iter().take(10) {
        println!("{}: {}", finding.place, finding.message);
    }
}
