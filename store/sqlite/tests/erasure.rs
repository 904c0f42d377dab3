//! Erasing what the stories do not reach: values that came by an import, and a reader that holds the journal.

use mc_access::Actor;
use mc_base::Instant;
use mc_port::{CommitError, ImportRequest, ImportRow, Importer};
use mc_register::Edit;
use mc_sqlite::{ErasureRequest, Layout, Queue, Reader, Store, StoryWorld, Writer, read_journal};
use mc_stories::small::{COMMUNES, dawn, inserted, plot, request};
use mc_testkit::files::holding;
use mc_testkit::instance::{found, verify};

const OWNER: &str = "Sùng A Dơ";
const KEY: &str = "1/7/2025-01-01";

fn erase(writer: &mut Writer) -> Result<mc_port::Receipt, CommitError> {
    writer.erase(&ErasureRequest {
        actor: Actor::operator(),
        register: "plot".to_owned(),
        key: KEY.to_owned(),
        fields: None,
        ground: "Điều 16".to_owned(),
        reason: "yêu cầu".to_owned(),
        texts: false,
    })
}

#[test]
fn an_imported_value_leaves_no_trace_in_staging_either() {
    let dir = tempfile::tempdir().expect("a directory");
    let queue = Queue::new(found(&Layout::new(dir.path().join("data")), 1));
    let asked = ImportRequest {
        actor: Actor::operator(),
        source: "tệp thử".to_owned(),
        reason: "nhập thử".to_owned(),
        idempotency_key: "tệp-1".to_owned(),
        register: "plot".to_owned(),
        upsert: true,
        mapped: Vec::new(),
        evidence: None,
    };
    // More than one transaction takes, so that there is a staging file.
    let mut rows = (7..1_207).map(|number| {
        let owner = if number == 7 { OWNER.to_owned() } else { format!("Chủ {number}") };
        let edit = Edit::Insert { record: plot(number, COMMUNES[0], "2025-01-01", &owner) };
        Ok(ImportRow { row: number.unsigned_abs(), edit })
    });
    let prepared = queue.prepare(&asked, &mut rows, &mut |_| {}).expect("a prepared import");
    queue.apply(prepared, false, &mut |_, _| {}).expect("an import").expect("something new");
    assert!(!holding(dir.path(), OWNER.as_bytes()).is_empty());
    queue.with(erase).expect("an erasure");
    assert_eq!(holding(dir.path(), OWNER.as_bytes()), Vec::<String>::new());
    drop(queue);
    assert!(verify(&dir.path().join("data")).is_ok_and(|report| report.ok() && report.erased == 2));
}

/// A plot with an owner, and a reader that holds the journal in which it lies.
fn held(layout: &Layout) -> (Writer, Store, Reader) {
    let mut writer = found(layout, 1);
    writer
        .commit(&request(vec![inserted("plot", plot(7, COMMUNES[0], "2025-01-01", OWNER))]))
        .expect("a plot");
    let store = Store::open(layout).expect("a store");
    let reader = store.reader(&Actor::public()).expect("a reader");
    (writer, store, reader)
}

fn due(layout: &Layout) -> bool {
    let store = Store::open(layout).expect("a store");
    store.reader(&Actor::public()).expect("a reader").scrub_due().expect("a look")
}

#[test]
fn what_a_reader_held_in_the_journal_goes_when_the_reader_is_gone() {
    let dir = tempfile::tempdir().expect("a directory");
    let layout = Layout::new(dir.path());
    let (mut writer, store, reader) = held(&layout);
    erase(&mut writer).expect("a durable erasure");
    assert!(due(&layout), "the reader still sees the value");
    drop((reader, store));
    for _ in 0..200 {
        if !due(&layout) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert!(!due(&layout), "nobody emptied the journal");
    assert_eq!(holding(dir.path(), OWNER.as_bytes()), Vec::<String>::new());
    writer
        .commit(&request(vec![inserted("plot", plot(8, COMMUNES[0], "2025-01-01", "Chủ khác"))]))
        .expect("the writer goes on");
}

#[test]
fn what_a_reader_held_longer_than_the_writer_lived_goes_with_the_next_start() {
    let dir = tempfile::tempdir().expect("a directory");
    let layout = Layout::new(dir.path());
    let (mut writer, store, reader) = held(&layout);
    erase(&mut writer).expect("a durable erasure");
    drop(writer);
    drop((reader, store));
    let world = StoryWorld::new(Instant(dawn().0 + 1), 2);
    let mut writer = Writer::open(&layout, Box::new(world)).expect("it opens");
    assert_eq!(holding(dir.path(), OWNER.as_bytes()), Vec::<String>::new());
    assert!(matches!(erase(&mut writer), Err(CommitError::Unchanged)), "the erasure itself was durable");
}

#[test]
fn an_erasure_that_cannot_be_told_in_its_journal_leaves_the_value_in_no_file() {
    let dir = tempfile::tempdir().expect("a directory");
    let layout = Layout::new(dir.path());
    let (mut writer, store, reader) = held(&layout);
    drop((reader, store));
    // A folder stands where the line is to be written.
    let journal = layout.erasures();
    let kept = dir.path().join("kept");
    std::fs::rename(&journal, &kept).expect("moved");
    std::fs::create_dir(&journal).expect("a folder");
    let untold = erase(&mut writer).expect_err("it is not told");
    assert!(untold.to_string().contains("đã xóa, nhưng"), "{untold}");
    assert_eq!(holding(dir.path(), OWNER.as_bytes()), Vec::<String>::new());
    drop(writer);
    std::fs::remove_dir(&journal).expect("gone");
    std::fs::rename(&kept, &journal).expect("moved back");
    let world = StoryWorld::new(Instant(dawn().0 + 1), 2);
    let writer = Writer::open(&layout, Box::new(world)).expect("it opens");
    let lines = read_journal(&journal, &writer.instance().id).expect("a journal");
    assert!(lines.iter().any(|line| line.key == KEY), "the start tells it");
}
