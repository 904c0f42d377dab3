//! Runs one of the crash harness's workloads on a data directory, to be killed by hand:
//! `strace -f -e inject=pwrite64:signal=KILL:when=7 crash_workload correct DIR`. Without an instance in `DIR`
//! it makes one first.

use std::path::Path;
use std::process::ExitCode;

#[path = "../tests/crash/workload.rs"]
mod workload;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, name, dir] = arguments.as_slice() else {
        eprintln!("crash_workload WORKLOAD DIR; workloads: {:?}", workload::WORKLOADS.map(|(name, _)| name));
        eprintln!(
            "imports {} rows, erases {} of {}",
            workload::IMPORTED,
            workload::ERASED,
            workload::owner(0)
        );
        return ExitCode::FAILURE;
    };
    let dir = Path::new(dir);
    if !mc_sqlite::Layout::new(dir).exists() {
        workload::prepare(dir);
    }
    workload::run(name, dir);
    ExitCode::SUCCESS
}
