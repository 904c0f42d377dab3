//! The points at which a workload is killed: the n-th call of a system call, by strace.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use mc_base::Seq;
use mc_testkit::files;
use tempfile::TempDir;

use crate::workload::WORKLOADS;

/// System calls that change files, or tell somebody that they were changed.
const CALLS: [&str; 9] =
    ["pwrite64", "write", "fdatasync", "fsync", "ftruncate", "rename", "unlink", "fchmod", "mkdir"];

/// The `nth` call of `call` by a workload.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Point {
    pub(crate) workload: &'static str,
    pub(crate) call: String,
    pub(crate) nth: usize,
}

/// What came of a kill.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Killed {
    /// It was killed before it was done.
    pub(crate) killed: bool,
    /// Positions that it said were durable.
    pub(crate) acknowledged: Vec<Seq>,
}

/// A directory in memory where there is such a place: what `kill -9` leaves does not depend on the disk.
pub(crate) fn directory() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).expect("a directory")
}

/// Whether strace is there and may trace.
pub(crate) fn strace_works() -> bool {
    let traced =
        Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).stderr(Stdio::null()).status();
    traced.is_ok_and(|status| status.success())
}

/// Every point of every workload, found by counting the calls of an undisturbed run.
pub(crate) fn all(ground: &Path) -> Vec<Point> {
    let mut points = Vec::new();
    for (workload, _) in WORKLOADS {
        let dir = directory();
        files::copy(ground, dir.path());
        let log = dir.path().join("strace.log");
        let calls = CALLS.join(",");
        let status = strace()
            .args(["-o", &log.display().to_string(), "-e", &format!("trace={calls}")])
            .args(program(workload, dir.path()))
            .stdout(Stdio::null())
            .status()
            .expect("strace runs");
        assert!(status.success(), "{workload} runs undisturbed");
        for (call, count) in count(&std::fs::read_to_string(&log).expect("a log")) {
            points.extend((1..=count).map(|nth| Point { workload, call: call.clone(), nth }));
        }
    }
    points
}

/// How often each call was made. With `-f` a line begins with the process number.
fn count(log: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for line in log.lines() {
        let call = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ').split('(').next();
        if let Some(call) = call.filter(|call| CALLS.contains(call)) {
            *counts.entry(call.to_owned()).or_insert(0) += 1;
        }
    }
    counts
}

/// `count` points evenly out of all; all where there are fewer.
pub(crate) fn spread(all: &[Point], count: usize) -> Vec<Point> {
    let count = count.clamp(1, all.len());
    (0..count).map(|at| all[at * all.len() / count].clone()).collect()
}

/// Runs a workload until the point.
pub(crate) fn kill(point: &Point, dir: &Path) -> Killed {
    let inject = format!("inject={}:signal=KILL:when={}", point.call, point.nth);
    let output = strace()
        .args(["-o", "/dev/null", "-e", &format!("trace={}", point.call), "-e", &inject])
        .args(program(point.workload, dir))
        .stderr(Stdio::null())
        .output()
        .expect("strace runs");
    let said = String::from_utf8(output.stdout).expect("numbers");
    // A line cut off was not said.
    let whole = said.rsplit_once('\n').map_or("", |(whole, _)| whole);
    let acknowledged = whole.lines().map(|line| Seq(line.parse().expect("a position"))).collect();
    Killed { killed: !output.status.success(), acknowledged }
}

fn strace() -> Command {
    let mut command = Command::new("strace");
    command.args(["-f", "-qq"]);
    command
}

/// This very binary, as a workload.
fn program(workload: &str, dir: &Path) -> Vec<String> {
    let own = std::env::current_exe().expect("this binary").display().to_string();
    vec![own, "workload".to_owned(), workload.to_owned(), dir.display().to_string()]
}
