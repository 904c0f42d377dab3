//! `kill -9` at the write-side system calls of six workloads. After each: the instance opens within 10
//! seconds, what was acknowledged is there, what was erased is nowhere, an import goes on, and `verify` finds
//! nothing.
//!
//! `MINHCHUNG_CRASH_POINTS` says how many points (25 without it, 560 in `.ci/run`), spread evenly over all there
//! are. A kill leaves what the kernel was given in its hands, so the instances lie in memory where that can be.

mod points;
mod workload;

use libtest_mimic::{Arguments, Failed, Trial};
use std::num::NonZero;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use mc_access::Actor;
use mc_base::Seq;
use mc_sqlite::{Layout, Store, StoryWorld, Writer};
use mc_stories::small;
use mc_testkit::files;

use crate::points::{Killed, Point};

const NAME: &str = "killed_at_any_system_call";
const OPENS_WITHIN: Duration = Duration::from_secs(10);
const POINTS: usize = 25;
/// Points tried at the same time, at most.
const HANDS_MAX: usize = 4;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["workload", name, dir] => workload::run(name, Path::new(dir)),
        _ => return libtest_mimic::run(&Arguments::from_args(), vec![Trial::test(NAME, tried)]).exit_code(),
    }
    ExitCode::SUCCESS
}

/// Without strace there is nothing to kill with: named and skipped, but in CI a failure.
fn tried() -> Result<(), Failed> {
    if points::strace_works() {
        harness();
        return Ok(());
    }
    println!("{NAME}: skipped, strace is not there");
    if std::env::var_os("CI").is_some() { Err("strace is not there".into()) } else { Ok(()) }
}

#[expect(clippy::disallowed_methods, reason = "the harness measures how long opening takes")]
fn now() -> Instant {
    Instant::now()
}

fn harness() {
    let asked = std::env::var("MINHCHUNG_CRASH_POINTS").ok().and_then(|it| it.parse().ok()).unwrap_or(POINTS);
    let ground = points::directory();
    workload::prepare(ground.path());
    let all = points::all(ground.path());
    let chosen = points::spread(&all, asked);
    for (name, _) in workload::WORKLOADS {
        let of = |points: &[Point]| points.iter().filter(|point| point.workload == name).count();
        println!("{name}: {} of {} points", of(&chosen), of(&all));
    }
    let begun = now();
    let next = AtomicUsize::new(0);
    let work = || {
        let (mut missed, mut slowest) = (Vec::new(), Duration::ZERO);
        while let Some(point) = chosen.get(next.fetch_add(1, Ordering::Relaxed)) {
            let (was_killed, opening) = tried_at(point, ground.path());
            slowest = slowest.max(opening);
            if !was_killed {
                missed.push(point);
            }
        }
        (missed, slowest)
    };
    let hands = thread::available_parallelism().map_or(1, NonZero::get).min(HANDS_MAX);
    let done: Vec<_> = thread::scope(|scope| {
        let started: Vec<_> = (0..hands).map(|_| scope.spawn(work)).collect();
        started.into_iter().map(|hand| hand.join().expect("every point holds")).collect()
    });
    let slowest = done.iter().map(|(_, slowest)| *slowest).max().unwrap_or_default();
    let missed: Vec<&Point> = done.into_iter().flat_map(|(missed, _)| missed).collect();
    let killed = chosen.len() - missed.len();
    let took = begun.elapsed();
    println!(
        "test {NAME} ... ok: {killed} of {} points killed, of {} there are; {} ms a point; slowest opening {} ms",
        chosen.len(),
        all.len(),
        took.as_millis() / u128::try_from(chosen.len().max(1)).unwrap_or(1),
        slowest.as_millis()
    );
    // The journal is copied by a thread of its own, and sums are kept in maps whose order differs from run to run:
    // the very last calls of a workload may not be made again.
    assert!(killed * 10 >= chosen.len() * 9, "these were not reached: {missed:?}");
}

/// Kills one workload; whether it was, and how long opening took afterwards.
fn tried_at(point: &Point, ground: &Path) -> (bool, Duration) {
    let dir = points::directory();
    files::copy(ground, dir.path());
    let outcome = points::kill(point, dir.path());
    (outcome.killed, check(point, &outcome, dir.path()))
}

/// What must hold after a kill; says how long opening took.
fn check(point: &Point, outcome: &Killed, dir: &Path) -> Duration {
    let layout = Layout::new(dir);
    let begun = now();
    let world = Box::new(StoryWorld::new(small::dawn(), 23));
    let writer = Writer::open(&layout, world).unwrap_or_else(|error| panic!("{point:?}: it opens: {error}"));
    let opening = begun.elapsed();
    assert!(opening < OPENS_WITHIN, "{point:?}: opening took {opening:?}");
    drop(writer);
    let store = Store::open(&layout).expect("the store opens");
    let reader = store.reader(&Actor::illustrative()).expect("the store can be read");
    let head = reader.head().seq;
    let acknowledged = outcome.acknowledged.iter().copied().max().unwrap_or(Seq(0));
    assert!(head >= acknowledged, "{point:?}: {acknowledged} was acknowledged, the ledger ends at {head}");
    if point.workload == "erase" {
        erased(point, &reader, dir);
    }
    if point.workload == "mark" {
        marked(point, outcome, dir);
    }
    if point.workload == "import" {
        let plots = reader.list(&mc_port::ListRequest {
            register: "plot".to_owned(),
            place: Some(small::COMMUNES[2]),
            filters: Vec::new(),
            sort: None,
            descending: false,
            after: None,
            limit: 1,
            at: None,
        });
        let count = plots.expect("a list").count;
        let whole = workload::IMPORTED.unsigned_abs();
        let complete = !outcome.acknowledged.is_empty();
        assert!(count == whole || (count == 0 && !complete), "{point:?}: {count} of {whole} rows");
    }
    let report = reader.verify(&mut |_, _| {}).expect("everything can be read");
    assert!(report.ok(), "{point:?}: {:#?}", report.findings);
    opening
}

/// Once the declaration is there, no note is shown to the public and none is found, whenever the process was killed.
fn marked(point: &Point, outcome: &Killed, dir: &Path) {
    let store = Store::open(&Layout::new(dir)).expect("the store opens");
    let reader = store.reader(&Actor::public()).expect("the store can be read");
    let schema = reader.schema("plot").expect("the register");
    let note = schema.field("note").expect("the note");
    assert!(note.personal || outcome.acknowledged.is_empty(), "{point:?}: the declaration was acknowledged");
    let version = reader.history("plot", "1/7/2025-01-01").expect("history").pop().expect("a version");
    assert_eq!(version.masked.contains(&note.no), note.personal, "{point:?}");
    assert_eq!(version.values.contains_key(&note.no), !note.personal, "{point:?}");
    let hits = reader.search("ghi chú", None, 5).expect("a search");
    assert_eq!(hits.is_empty(), note.personal, "{point:?}: {hits:?}");
}

/// What the ledger says was erased lies in no file, whenever the process was killed.
fn erased(point: &Point, reader: &mc_sqlite::Reader, dir: &Path) {
    for number in 0..workload::ERASED {
        let versions = reader.history("plot", &format!("1/{number}/2025-01-01")).expect("history");
        let gone = versions.iter().all(|version| !version.erased.is_empty());
        let held = files::holding(dir, workload::owner(number).as_bytes());
        assert_eq!(gone, held.is_empty(), "{point:?}: plot {number} is erased: {gone}, but lies in {held:?}");
    }
}
