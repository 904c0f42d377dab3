//! What others write between the comparison of a file and its import: the file is compared anew, and only
//! who never comes through is asked to try again.
//!
//! This test is its own executable: started with the hidden command it is the process that reads files.

use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use mc_access::Actor;
use mc_importing::{ImportError, Job, Outcome, Received, look, trial, write};
use mc_ledger::Value;
use mc_port::{
    CommitError, EditRequest, ImportRequest, ImportRow, Importer, Prepared, Receipt, RejectedRow, Sink as _,
};
use mc_sqlite::{Layout, Queue, Store};
use mc_stories::small::{COMMUNES, correct, inserted, plot, request, retire};
use mc_testkit::instance::{found, verify};
use mc_testkit::reader::tests_or_child;
use tempfile::TempDir;

fn main() -> ExitCode {
    tests_or_child([
        ("a_correction_of_a_record_of_the_file", corrected),
        ("a_correction_of_another_record", elsewhere),
        ("a_record_of_the_file_is_retired", retired),
        ("a_new_record_of_the_file_is_there_by_now", new_by_now),
        ("a_file_whose_ground_moved_is_compared_as_a_whole", moved_once),
        ("somebody_is_always_faster", always_faster),
    ])
}

/// The writer, and somebody who writes just before each import is applied.
struct Meddled<'a> {
    queue: &'a Queue,
    others: Mutex<Box<dyn FnMut() -> Vec<EditRequest> + Send>>,
    prepared: AtomicU32,
    /// How often the ground moves.
    moves: AtomicU32,
}

impl Importer for Meddled<'_> {
    fn prepare(
        &self,
        request: &ImportRequest,
        rows: &mut dyn Iterator<Item = Result<ImportRow, RejectedRow>>,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Prepared, CommitError> {
        self.prepared.fetch_add(1, Ordering::SeqCst);
        self.queue.prepare(request, rows, progress)
    }

    fn claim(&self, prepared: Prepared) -> Result<Prepared, CommitError> {
        let moves = self.moves.load(Ordering::SeqCst);
        if moves > 0 {
            self.moves.store(moves - 1, Ordering::SeqCst);
            return Err(CommitError::Moved("khai báo đã đổi".to_owned()));
        }
        let edits = (self.others.lock().expect("whole"))();
        if !edits.is_empty() {
            self.queue.commit(request(edits)).expect("others write");
        }
        let claimed = self.queue.claim(prepared)?;
        // From here on the register is the import's.
        let late = correct("plot", "1/8/2025-07-10", 1, with_area(8, 999));
        let refused = self.queue.commit(request(vec![late]));
        assert!(matches!(refused, Err(CommitError::Importing { .. })), "{refused:?}");
        Ok(claimed)
    }

    fn apply(
        &self,
        prepared: Prepared,
        good_rows_only: bool,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Option<Receipt>, CommitError> {
        self.queue.apply(prepared, good_rows_only, progress)
    }
}

/// What came of a file with plots 1 to 3, of which 1 and 2 are there, while others write.
struct Came {
    outcome: Result<Outcome, ImportError>,
    prepared: u32,
    dir: TempDir,
}

impl Came {
    /// Area and number of versions of a plot, and whether a version stands.
    fn plot(&self, number: u32) -> (Option<Value>, usize, bool) {
        let store = Store::open(&Layout::new(self.dir.path().join("data"))).expect("a store");
        let reader = store.reader(&Actor::operator()).expect("a reader");
        let versions = reader.history("plot", &format!("1/{number}/2025-07-10")).expect("a history");
        let last = versions.last().expect("a version");
        (last.values.get(&7).cloned(), versions.len(), last.seq_to.is_none())
    }

    fn counts(&self) -> (u64, u64, u64, usize) {
        let outcome = self.outcome.as_ref().expect("imported");
        assert!(outcome.seq.is_some(), "{outcome:?}");
        (outcome.added, outcome.changed, outcome.unchanged, outcome.rejected.len())
    }

    fn sound(&self) {
        let report = verify(&self.dir.path().join("data")).expect("it opens");
        assert_eq!(report.findings, []);
    }
}

fn area(tenths: i64) -> Option<Value> {
    Some(Value::Scaled(mc_base::Scaled { mantissa: tenths, scale: 1 }))
}

fn with_area(number: i64, tenths: i64) -> mc_register::Record {
    let mut record = plot(number, COMMUNES[0], "2025-07-10", "Chủ");
    record.set(7, area(tenths).expect("an area"));
    record
}

fn import(others: impl FnMut() -> Vec<EditRequest> + Send + 'static) -> Came {
    import_while(0, others)
}

fn import_while(moves: u32, others: impl FnMut() -> Vec<EditRequest> + Send + 'static) -> Came {
    let dir = tempfile::tempdir().expect("a directory");
    let layout = Layout::new(dir.path().join("data"));
    let queue = Queue::new(found(&layout, 3));
    let there = [1, 2, 8, 9].map(|number| inserted("plot", with_area(number, 100)));
    queue.commit(request(there.into())).expect("plots");
    let path = dir.path().join("o-dat.csv");
    let lines = "Số tờ,Số ô,Từ ngày,Địa bàn,Nhóm,Diện tích\n\
                 1,1,10/07/2025,Xã Bình An,Nhóm 1,\"77,7\"\n\
                 1,2,10/07/2025,Xã Bình An,Nhóm 1,\"77,7\"\n\
                 1,3,10/07/2025,Xã Bình An,Nhóm 1,\"77,7\"\n";
    std::fs::write(&path, lines).expect("a file");
    let file =
        Received { exe: std::env::current_exe().expect("own path"), path, name: "o-dat.csv".to_owned() };
    let store = Store::open(&layout).expect("a store");
    let actor = Actor::operator();
    let reader = store.reader(&actor).expect("a reader");
    let mapping = look(&reader, &queue, "plot", &file, None).expect("a mapping").mapping;
    drop(reader);
    let meddled = Meddled {
        queue: &queue,
        others: Mutex::new(Box::new(others)),
        prepared: AtomicU32::new(0),
        moves: AtomicU32::new(moves),
    };
    let job = Job {
        source: &store,
        importer: &meddled,
        maps: &queue,
        actor: &actor,
        file: &file,
        mapping: &mapping,
        scope: None,
        stop: &AtomicBool::new(false),
    };
    let tried = trial(&job, &mut |_| {}).expect("tried");
    assert_eq!((tried.outcome.added, tried.outcome.changed), (1, 2), "{:?}", tried.outcome);
    let outcome = write(&job, tried, false, &mut |_| {}).map(|written| written.outcome);
    let prepared = meddled.prepared.load(Ordering::SeqCst);
    drop(meddled);
    Came { outcome, prepared, dir }
}

fn once(edit: EditRequest) -> impl FnMut() -> Vec<EditRequest> + Send + 'static {
    let mut edit = Some(edit);
    move || edit.take().into_iter().collect()
}

fn corrected() {
    let came = import(once(correct("plot", "1/1/2025-07-10", 1, with_area(1, 555))));
    assert_eq!(came.counts(), (1, 2, 0, 0));
    assert_eq!(came.prepared, 1, "only that record is compared anew");
    // The file is the later word, and what it replaced stays in the history.
    assert_eq!(came.plot(1), (area(777), 3, true));
    assert_eq!(came.plot(2), (area(777), 2, true));
    came.sound();
}

fn elsewhere() {
    let came = import(once(correct("plot", "1/8/2025-07-10", 1, with_area(8, 555))));
    assert_eq!(came.counts(), (1, 2, 0, 0));
    assert_eq!(came.prepared, 1, "nothing of the file was touched");
    assert_eq!(came.plot(8), (area(555), 2, true));
    came.sound();
}

fn retired() {
    let came = import(once(retire("plot", "1/2/2025-07-10", 1)));
    assert_eq!(came.counts(), (2, 1, 0, 0), "a retired record is added again");
    assert_eq!(came.prepared, 1);
    assert_eq!(came.plot(2), (area(777), 2, true));
    came.sound();
}

fn new_by_now() {
    let came = import(once(inserted("plot", with_area(3, 555))));
    assert_eq!(came.counts(), (0, 3, 0, 0), "what was new is corrected");
    assert_eq!(came.plot(3), (area(777), 2, true));
    came.sound();
}

/// Declarations, places or more records than are compared one by one: the file is compared as a whole.
fn moved_once() {
    let came = import_while(1, || vec![correct("plot", "1/1/2025-07-10", 1, with_area(1, 555))]);
    assert_eq!(came.counts(), (1, 2, 0, 0));
    assert_eq!(came.prepared, 2, "compared anew");
    assert_eq!(came.plot(1), (area(777), 3, true));
    came.sound();
}

fn always_faster() {
    let came = import_while(u32::MAX, Vec::new);
    let Err(ImportError::Commit(error @ CommitError::Moved(_))) = &came.outcome else {
        panic!("{:?}", came.outcome)
    };
    assert!(error.to_string().contains("khai báo đã đổi"), "{error}");
    assert_eq!(came.prepared, 3);
    assert_eq!(came.plot(1), (area(100), 1, true), "nothing of the file was written");
    let staging = Layout::new(came.dir.path().join("data")).staging();
    assert_eq!(std::fs::read_dir(staging).map_or(0, Iterator::count), 0);
    came.sound();
}
