//! Imports beside the requests: one press or two, taken back in time or too late, several at once, and what a
//! restart leaves.
//!
//! This test is its own executable: started with the hidden command it is the process that reads files.

use std::fmt::Write as _;
use std::process::ExitCode;
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use mc_access::Actor;
use mc_base::Instant;
use mc_importing::jobs::{Found, Jobs, Parts, Phase, Stage, WAITING_MAX};
use mc_importing::{ImportError, Received, Staging, look};
use mc_intake::Mapping;
use mc_port::{CommitError, ImportRequest, ImportRow, Importer, Prepared, Receipt, RejectedRow};
use mc_sqlite::{Layout, Queue, Store};
use mc_testkit::instance::{found, verify};
use mc_testkit::reader::tests_or_child;
use tempfile::TempDir;

fn main() -> ExitCode {
    tests_or_child([
        ("two_presses_are_one_import", two_presses),
        ("an_import_is_its_senders_alone", senders_alone),
        ("two_people_import_at_once", two_people),
        ("what_is_taken_back_in_time_writes_nothing", taken_back),
        ("a_full_queue_says_so", full_queue),
        ("a_restart_before_anything_was_written_is_told", restarted),
        ("what_was_being_written_is_found_written", cut_off),
        ("a_file_that_cannot_be_read_stops_with_its_sentence", unreadable),
    ])
}

/// The store's importer behind a door, and with a process that may end in the middle of writing.
struct Doored {
    queue: Arc<Queue>,
    open: Mutex<bool>,
    opened: Condvar,
    /// Slices after which the process ends.
    ends_after: Mutex<Option<u32>>,
}

impl Importer for Doored {
    fn prepare(
        &self,
        request: &ImportRequest,
        rows: &mut dyn Iterator<Item = Result<ImportRow, RejectedRow>>,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Prepared, CommitError> {
        let open = self.open.lock().expect("whole");
        drop(self.opened.wait_while(open, |open| !*open).expect("whole"));
        self.queue.prepare(request, rows, progress)
    }

    fn claim(&self, prepared: Prepared) -> Result<Prepared, CommitError> {
        self.queue.claim(prepared)
    }

    fn apply(
        &self,
        prepared: Prepared,
        good_rows_only: bool,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Option<Receipt>, CommitError> {
        let mut left = *self.ends_after.lock().expect("whole");
        self.queue.apply(prepared, good_rows_only, &mut |done, total| {
            progress(done, total);
            left = left.map(|left| left - 1);
            assert_ne!(left, Some(0), "the end of this process");
        })
    }
}

struct Office {
    jobs: Jobs,
    doored: Arc<Doored>,
    queue: Arc<Queue>,
    dir: TempDir,
}

fn now() -> Instant {
    Instant(1_763_370_000_000)
}

fn jobs(layout: &Layout, queue: &Arc<Queue>, importer: Arc<dyn Importer>) -> Jobs {
    let exe = std::env::current_exe().expect("own path");
    Jobs::new(Parts {
        source: Arc::new(Store::open(layout).expect("a store")),
        importer,
        maps: queue.clone(),
        table: queue.clone(),
        staging: Staging::new(layout.staging(), exe),
        now,
    })
}

impl Office {
    fn new(open: bool) -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let layout = Layout::new(dir.path().join("data"));
        let queue = Arc::new(Queue::new(found(&layout, 3)));
        let doored = Arc::new(Doored {
            queue: queue.clone(),
            open: Mutex::new(open),
            opened: Condvar::new(),
            ends_after: Mutex::new(None),
        });
        Self { jobs: jobs(&layout, &queue, doored.clone()), doored, queue, dir }
    }

    fn layout(&self) -> Layout {
        Layout::new(self.dir.path().join("data"))
    }

    fn open(&self) {
        *self.doored.open.lock().expect("whole") = true;
        self.doored.opened.notify_all();
    }

    /// As another process would find it.
    fn restarted(&self) -> Jobs {
        jobs(&self.layout(), &self.queue, self.queue.clone())
    }

    /// Sends a file and begins to try it, under the name of 32 times `digit`.
    fn start(&self, actor: &Actor, digit: char, text: &str) -> Result<String, ImportError> {
        let id: String = std::iter::repeat_n(digit, 32).collect();
        let staging = &self.jobs.parts().staging;
        let staged =
            staging.keep(actor, &id, "o-dat.csv", text.as_bytes(), now(), &[]).expect("kept, or there");
        let mapping = self.mapping(&staged.file);
        self.jobs.start(actor, &id, &staged, mapping).map(|()| id)
    }

    fn mapping(&self, file: &Received) -> Mapping {
        let store = Store::open(&self.layout()).expect("a store");
        let reader = store.reader(&Actor::operator()).expect("a reader");
        look(&reader, self.queue.as_ref(), "plot", file).expect("a mapping").mapping
    }

    /// Waits until nobody works on it any more.
    fn over(&self, actor: &Actor, id: &str) -> Found {
        self.until(actor, id, |found| found.seen.is_none())
    }

    fn until(&self, actor: &Actor, id: &str, enough: impl Fn(&Found) -> bool) -> Found {
        for _ in 0..1_500 {
            let found = self.jobs.find(actor, "plot", id).expect("an import");
            if enough(&found) {
                return found;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("it never comes: {:?}", self.jobs.find(actor, "plot", id))
    }

    fn head(&self) -> u64 {
        let store = Store::open(&self.layout()).expect("a store");
        store.reader(&Actor::operator()).expect("a reader").head().seq.0
    }

    fn sound(&self) {
        let report = verify(&self.dir.path().join("data")).expect("it opens");
        assert_eq!((report.findings, report.notes), (Vec::new(), Vec::new()));
    }
}

fn plots(from: u32, count: u32) -> String {
    let mut text = "Số tờ,Số ô,Từ ngày,Địa bàn,Nhóm,Diện tích\n".to_owned();
    for number in from..from + count {
        writeln!(text, "1,{number},10/07/2025,Xã Bình An,Nhóm 1,\"77,7\"").expect("memory");
    }
    text
}

fn sender() -> Actor {
    Actor::operator()
}

fn somebody_else() -> Actor {
    Actor { id: "nguoi-khac".to_owned(), ..Actor::operator() }
}

fn two_presses() {
    let office = Office::new(true);
    let before = office.head();
    let id = office.start(&sender(), 'a', &plots(1, 3)).expect("begun");
    let staged = office.jobs.parts().staging.find(&sender(), &id).expect("kept");
    let mapping = office.mapping(&staged.file);
    office.jobs.start(&sender(), &id, &staged, mapping.clone()).expect("the same");
    let tried = office.over(&sender(), &id);
    let Stage::Tried(summary) = &tried.ticket.stage else { panic!("{tried:?}") };
    assert_eq!((summary.added, summary.rejected), (3, 0));
    office.jobs.start(&sender(), &id, &staged, mapping).expect("the same");
    assert!(office.jobs.find(&sender(), "plot", &id).expect("there").seen.is_none(), "nothing begins anew");
    for _ in 0..3 {
        office.jobs.write(&sender(), "plot", &id, false).expect("begun, or there");
    }
    let written = office.over(&sender(), &id);
    assert_eq!(written.ticket.seq().map(|seq| seq.0), Some(before + 1), "{written:?}");
    assert_eq!(office.head(), before + 1);
    assert_eq!(office.jobs.of(&sender(), "plot", 5).expect("a list").len(), 1);
    assert!(!office.jobs.cancel(&sender(), "plot", &id).expect("there"), "too late");
    office.sound();
}

fn senders_alone() {
    let office = Office::new(true);
    let id = office.start(&sender(), 'b', &plots(1, 2)).expect("begun");
    office.over(&sender(), &id);
    let other = somebody_else();
    assert!(matches!(office.jobs.find(&other, "plot", &id), Err(ImportError::Gone)));
    assert!(matches!(office.jobs.find(&sender(), "mast", &id), Err(ImportError::Gone)));
    assert!(matches!(office.jobs.write(&other, "plot", &id, true), Err(ImportError::Gone)));
    assert!(matches!(office.jobs.cancel(&other, "plot", &id), Err(ImportError::Gone)));
    assert!(office.jobs.of(&other, "plot", 5).expect("a list").is_empty());
    // Nor can its name be taken.
    let staged = office.jobs.parts().staging.find(&sender(), &id).expect("kept");
    let mapping = office.mapping(&staged.file);
    assert!(matches!(office.jobs.start(&other, &id, &staged, mapping), Err(ImportError::Gone)));
    assert!(matches!(office.jobs.find(&sender(), "plot", &id).expect("there").ticket.stage, Stage::Tried(_)));
}

fn two_people() {
    let office = Office::new(true);
    let before = office.head();
    let one = office.start(&sender(), 'c', &plots(1, 1_500)).expect("begun");
    let two = office.start(&somebody_else(), 'd', &plots(5_000, 1_500)).expect("begun");
    for (actor, id) in [(sender(), &one), (somebody_else(), &two)] {
        office.over(&actor, id);
        office.jobs.write(&actor, "plot", id, false).expect("begun");
    }
    let mut seqs = [(sender(), &one), (somebody_else(), &two)].map(|(actor, id)| {
        let written = office.over(&actor, id);
        written.ticket.seq().unwrap_or_else(|| panic!("{written:?}")).0
    });
    seqs.sort_unstable();
    assert_eq!(seqs, [before + 1, before + 2]);
    office.sound();
}

fn taken_back() {
    let office = Office::new(false);
    let before = office.head();
    // Two are worked on, behind the door; the third waits.
    let ids = ['1', '2', '3'].map(|digit| office.start(&sender(), digit, &plots(1, 3)).expect("begun"));
    let waits = |id: &String| {
        let seen = office.jobs.find(&sender(), "plot", id).expect("there").seen.expect("live");
        seen.phase == Phase::Waiting
    };
    office.until(&sender(), &ids[1], |found| found.seen.is_some_and(|seen| seen.phase != Phase::Waiting));
    assert!(waits(&ids[2]));
    assert!(office.jobs.cancel(&sender(), "plot", &ids[2]).expect("there"));
    assert_eq!(office.over(&sender(), &ids[2]).ticket.stage, Stage::Cancelled, "at once");
    assert!(office.jobs.cancel(&sender(), "plot", &ids[0]).expect("there"));
    assert!(office.jobs.find(&sender(), "plot", &ids[0]).expect("there").seen.expect("live").cancelling);
    office.open();
    assert_eq!(office.over(&sender(), &ids[0]).ticket.stage, Stage::Cancelled);
    let upload = office.jobs.parts().staging.find(&sender(), &ids[0]);
    assert!(matches!(upload, Err(ImportError::Gone)), "nothing of it stays");
    // What was tried can still be taken back.
    assert!(matches!(office.over(&sender(), &ids[1]).ticket.stage, Stage::Tried(_)));
    assert!(office.jobs.cancel(&sender(), "plot", &ids[1]).expect("there"));
    office.jobs.write(&sender(), "plot", &ids[1], false).expect("nothing happens");
    assert_eq!(office.over(&sender(), &ids[1]).ticket.stage, Stage::Cancelled);
    assert_eq!(office.head(), before);
    let staging = std::fs::read_dir(office.layout().staging()).map_or(0, Iterator::count);
    assert_eq!(staging, 1, "the upload of the one that was cancelled while it waited goes by its age");
}

fn full_queue() {
    let office = Office::new(false);
    let names = "0123456789abcdefABCDEF".chars();
    let begun = names.map(|digit| office.start(&sender(), digit, &plots(1, 1)));
    let refused: Vec<ImportError> = begun.filter_map(Result::err).collect();
    // Two are worked on.
    assert_eq!(refused.len(), 22 - 2 - WAITING_MAX);
    assert!(refused[0].to_string().contains("16 tệp chờ đến lượt"), "{}", refused[0]);
    office.open();
    assert!(matches!(office.over(&sender(), &"0".repeat(32)).ticket.stage, Stage::Tried(_)));
}

fn restarted() {
    let office = Office::new(false);
    let id = office.start(&sender(), 'e', &plots(1, 3)).expect("begun");
    let found = office.restarted().find(&sender(), "plot", &id).expect("there");
    assert_eq!((found.ticket.stage, found.seen), (Stage::Interrupted(None), None));
    office.open();
    office.over(&sender(), &id);
    // A press on the button that the next process never came to do.
    *office.doored.open.lock().expect("whole") = false;
    let third = office.restarted();
    let tried = third.find(&sender(), "plot", &id).expect("there");
    assert!(matches!(tried.ticket.stage, Stage::Tried(_)), "a decision can wait for a restart");
    let gate = Office { jobs: jobs(&office.layout(), &office.queue, office.doored.clone()), ..office };
    gate.jobs.write(&sender(), "plot", &id, false).expect("begun");
    let found = gate.restarted().find(&sender(), "plot", &id).expect("there");
    let Stage::Interrupted(Some(summary)) = &found.ticket.stage else { panic!("{found:?}") };
    assert_eq!(summary.added, 3);
    let before = gate.head();
    let fourth = Office { jobs: gate.restarted(), ..gate };
    fourth.jobs.write(&sender(), "plot", &id, false).expect("begun");
    let written = fourth.over(&sender(), &id);
    assert_eq!(written.ticket.seq().map(|seq| seq.0), Some(before + 1), "{written:?}");
    fourth.sound();
}

fn cut_off() {
    let office = Office::new(true);
    office.queue.with(|writer| writer.fix_slices(400));
    let id = office.start(&sender(), 'f', &plots(1, 1_500)).expect("begun");
    office.over(&sender(), &id);
    *office.doored.ends_after.lock().expect("whole") = Some(2);
    let before = office.head();
    office.jobs.write(&sender(), "plot", &id, false).expect("begun");
    // The entry is written, and the store has the rest to do.
    let found = office.until(&sender(), &id, |found| found.resumed);
    let seen = found.seen.expect("it goes on");
    assert_eq!((seen.phase, seen.total, seen.can_cancel), (Phase::Writing, Some(1_500), false));
    assert!(seen.done < 1_500);
    assert!(!office.jobs.cancel(&sender(), "plot", &id).expect("there"));
    office.queue.resume(&mut |_, _| {}).expect("resumed");
    let written = office.over(&sender(), &id);
    assert!(written.resumed);
    let Stage::Written(summary) = &written.ticket.stage else { panic!("{written:?}") };
    assert_eq!((summary.seq, summary.added), (Some(before + 1), 1_500));
    office.sound();
}

fn unreadable() {
    let office = Office::new(true);
    let mut text = plots(1, 100);
    text.push_str("1,\"9");
    let id = office.start(&sender(), '9', &text).expect("begun");
    let found = office.over(&sender(), &id);
    let staged = office.jobs.parts().staging.find(&sender(), &id).expect("still there");
    let expected = staged.file;
    match &found.ticket.stage {
        Stage::Stopped { why, in_file } => assert!(*in_file && !why.is_empty(), "{why}"),
        other => panic!("{other:?} of {expected:?}"),
    }
}
