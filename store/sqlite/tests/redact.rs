//! Marking a field personal where the stories do not reach: more versions than one transaction moves, values that
//! came by an import, and hands that change what was redacted.

use mc_access::Actor;
use mc_base::Instant;
use mc_ledger::{NoteVerifier, Value, verify_records};
use mc_port::{CommitRequest, Finding, ImportRequest, ImportRow, Importer as _, Sink as _, declare_schema};
use mc_register::{Edit, Record, Schema, system};
use mc_sqlite::{ErasureRequest, Layout, Queue, Reader, Store, StoryWorld, Writer};
use mc_stories::small::{COMMUNES, correct, dawn, inserted, outlay, plot, register, request, with};
use mc_testkit::files::{copy, holding};
use mc_testkit::instance::{found, verify};
use mc_testkit::tamper::unguarded;

const PLOTS: i64 = 5_000;
const KEY: &str = "1/7/2025-01-01";
const NOTE: u16 = 10;

fn note(number: i64) -> String {
    format!("ghi chú kín số {number:05}")
}

fn noted(number: i64) -> Record {
    with(plot(number, COMMUNES[0], "2025-01-01", "Chủ"), "plot", "note", Value::Text(note(number)))
}

fn marked() -> Schema {
    let mut schema = register("plot");
    let note = schema.field.iter_mut().find(|field| field.no == NOTE).expect("the note");
    (note.personal, note.search) = (true, false);
    schema
}

fn declaration() -> CommitRequest {
    request(vec![declare_schema(&register(system::SCHEMA), &marked(), 2)])
}

fn open(layout: &Layout) -> Writer {
    Writer::open_at_once(layout, Box::new(StoryWorld::new(Instant(dawn().0 + 1_000), 29))).expect("it opens")
}

fn import(queue: &Queue, key: &str, count: std::ops::Range<i64>) {
    let asked = ImportRequest {
        actor: Actor::operator(),
        source: "tệp thử".to_owned(),
        reason: "nhập thử".to_owned(),
        idempotency_key: key.to_owned(),
        register: "plot".to_owned(),
        upsert: true,
        mapped: Vec::new(),
        evidence: None,
    };
    let mut rows = count.map(|number| {
        Ok(ImportRow { row: number.unsigned_abs() + 1, edit: Edit::Insert { record: noted(number) } })
    });
    let prepared = queue.prepare(&asked, &mut rows, &mut |_| {}).expect("a prepared import");
    queue.apply(prepared, false, &mut |_, _| {}).expect("an import").expect("something new");
}

fn erase(writer: &mut Writer) -> mc_port::Receipt {
    let asked = ErasureRequest {
        actor: Actor::operator(),
        register: "plot".to_owned(),
        key: KEY.to_owned(),
        fields: Some(vec!["note".to_owned()]),
        ground: "Điều 16".to_owned(),
        reason: "yêu cầu".to_owned(),
        texts: false,
    };
    writer.erase(&asked).expect("an erasure")
}

fn reader(layout: &Layout, viewer: &Actor) -> Reader {
    Store::open(layout).and_then(|store| store.reader(viewer)).expect("the store can be read")
}

/// What a reader is shown of one plot's note, and of one of the last.
fn masked(layout: &Layout) {
    for key in [KEY.to_owned(), format!("1/{}/2025-01-01", PLOTS - 1)] {
        let public = reader(layout, &Actor::public()).history("plot", &key).expect("history");
        assert!(public.iter().all(|it| it.masked.contains(&NOTE) && !it.values.contains_key(&NOTE)), "{key}");
        let full = reader(layout, &Actor::illustrative()).history("plot", &key).expect("history");
        assert!(full.iter().all(|it| matches!(it.values.get(&NOTE), Some(Value::Text(_)))), "{key}");
    }
    assert!(
        reader(layout, &Actor::illustrative()).search("ghi chú kín", None, 5).expect("a search").is_empty()
    );
}

#[test]
fn many_versions_move_in_slices_between_which_others_write() {
    let dir = tempfile::tempdir().expect("a directory");
    let layout = Layout::new(dir.path());
    let queue = Queue::new(found(&layout, 1));
    import(&queue, "tệp-1", 0..PLOTS);
    queue.commit(declaration()).expect("the declaration");
    masked(&layout);
    let pending = verify(dir.path()).expect("a report");
    assert!(pending.ok(), "{:#?}", pending.findings);
    assert!(
        pending.notes.iter().any(|note| note.contains("đang theo khai báo mới, 2000/")),
        "{:?}",
        pending.notes
    );
    // An import and a correction under the new schema, while old versions are still to move.
    import(&queue, "tệp-2", PLOTS..PLOTS + 1_500);
    let corrected = with(noted(4_000), "plot", "area", Value::Null);
    queue.commit(request(vec![correct("plot", "1/4000/2025-01-01", 1, corrected)])).expect("a correction");
    let mut steps = 0;
    queue
        .settle(&mut |_| {
            steps += 1;
            // Between slices the writer is free.
            let record = outlay(&format!("K-{steps}"), COMMUNES[0], "2025-08-01", 1);
            queue.commit(request(vec![inserted("outlay", record)])).expect("another register");
        })
        .expect("everything moves");
    assert!(steps > 3, "{steps} slices");
    masked(&layout);
    let settled = verify(dir.path()).expect("a report");
    assert!(settled.ok() && settled.notes.is_empty(), "{settled:#?}");
    let plain: i64 = unguarded(dir.path())
        .query_row("SELECT COUNT(f10) FROM r_plot", [], |row| row.get(0))
        .expect("a count");
    assert_eq!(plain, 0);
}

#[test]
fn a_start_goes_on_where_a_process_ended_and_an_erasure_waits_for_it() {
    let dir = tempfile::tempdir().expect("a directory");
    let layout = Layout::new(dir.path());
    let queue = Queue::new(found(&layout, 1));
    import(&queue, "tệp-1", 0..PLOTS);
    queue.commit(declaration()).expect("the declaration");
    drop(queue);
    let copied = tempfile::tempdir().expect("a directory");
    copy(dir.path(), copied.path());
    let queue = Queue::new(open(&layout));
    queue.resume(&mut |_, _| {}).expect("it goes on");
    assert!(verify(dir.path()).is_ok_and(|report| report.ok() && report.notes.is_empty()));
    let layout = Layout::new(copied.path());
    let mut writer = open(&layout);
    assert!(!holding(copied.path(), note(7).as_bytes()).is_empty());
    erase(&mut writer);
    drop(writer);
    assert_eq!(holding(copied.path(), note(7).as_bytes()), Vec::<String>::new());
    assert!(!holding(copied.path(), note(8).as_bytes()).is_empty(), "the others are kept");
    let report = verify(copied.path()).expect("a report");
    assert!(report.ok() && report.erased == 1, "{report:#?}");
}

/// An instance whose plots' notes were marked personal; that of plot 7 is erased.
fn redacted() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a directory");
    let mut writer = found(&Layout::new(dir.path()), 1);
    let plots = (7..10).map(|number| inserted("plot", noted(number)));
    writer.commit(&request(plots.collect())).expect("plots");
    let corrected = with(noted(7), "plot", "area", Value::Null);
    writer.commit(&request(vec![correct("plot", KEY, 1, corrected)])).expect("a correction");
    writer.commit(&declaration()).expect("the declaration");
    erase(&mut writer);
    writer.seal().expect("a checkpoint");
    drop(writer);
    dir
}

#[test]
fn a_proof_gives_what_may_not_be_read_by_its_hash_alone() {
    let dir = redacted();
    let layout = Layout::new(dir.path());
    for (key, hashes, rows) in [(KEY, 2, 3), ("1/8/2025-01-01", 1, 0)] {
        let proof = reader(&layout, &Actor::illustrative()).proof_of_record("plot", key).expect("a proof");
        let text = proof.to_json();
        let again = mc_ledger::ProofFile::from_json(&text).expect("a proof file");
        assert_eq!(again, proof);
        let vkey = NoteVerifier::parse(&proof.vkey).expect("a key");
        let verified = verify_records(&proof, Some(&vkey)).expect("it holds");
        let given: usize = verified.commits.iter().map(|commit| commit.leaf_only.len()).sum();
        assert_eq!(given, hashes, "{key}");
        let plots = verified.commits.iter().flat_map(|commit| &commit.rows);
        assert_eq!(plots.filter(|row| row.leaf.register == "plot").count(), rows, "{key}");
        let named = verified.followed();
        let names = verified.commits.iter().flat_map(|commit| &commit.leaf_only);
        let names: Vec<u32> = names.filter_map(|row| named.get(&row.hash)).map(|(.., it)| *it).collect();
        assert_eq!(names.len(), if rows > 0 { hashes } else { 0 }, "{key}: what follows a version names it");
        // A hash moved to another row, or another hash, is found.
        let mut moved = proof.clone();
        let row = moved.commits.iter_mut().find_map(|commit| commit.leaf_only.first_mut()).expect("a hash");
        row.index += 1;
        assert!(verify_records(&moved, Some(&vkey)).is_err(), "{key}");
        let mut other = proof.clone();
        let row = other.commits.iter_mut().find_map(|commit| commit.leaf_only.first_mut()).expect("a hash");
        row.hash.0[0] ^= 1;
        assert!(verify_records(&other, Some(&vkey)).is_err(), "{key}");
    }
}

/// Damage and what must be said of it.
type Case = (&'static str, &'static str, &'static str);

const CASES: [Case; 8] = [
    (
        "a moved value is gone without an erasure",
        "DELETE FROM personal WHERE field = 10 AND vid = (SELECT vid FROM r_plot WHERE f2 = 8)",
        "khác với giá trị đã ghi",
    ),
    (
        "a moved value is another",
        "UPDATE personal SET value = (SELECT value FROM personal WHERE field = 10 AND vid =
             (SELECT vid FROM r_plot WHERE f2 = 9)) WHERE field = 10 AND vid = (SELECT vid FROM r_plot WHERE f2 = 8)",
        "khác với giá trị đã ghi",
    ),
    (
        "a value and its nonce are gone under a forged redaction",
        "INSERT INTO redaction SELECT p.register, p.vid, no.value, r.seq FROM personal AS p
             JOIN json_each('[0, 10]') AS no JOIN redaction AS r ON r.vid = 0 AND r.field = 10
             WHERE p.field = 10 AND p.vid = (SELECT vid FROM r_plot WHERE f2 = 8);
         DELETE FROM personal WHERE field = 10 AND vid = (SELECT vid FROM r_plot WHERE f2 = 8);
         UPDATE r_plot SET nonce = NULL WHERE f2 = 8",
        "muối bị xóa",
    ),
    ("a nonce is gone without a redaction", "UPDATE r_plot SET nonce = NULL WHERE f2 = 8", "khác với giá trị đã ghi"),
    (
        "a redaction that no schema asked for",
        "INSERT INTO redaction SELECT register, 0, 7, seq FROM redaction WHERE vid = 0 AND field = 10",
        "khai báo không đánh dấu cá nhân",
    ),
    (
        "a schema whose redaction is gone",
        "DELETE FROM redaction WHERE vid = 0 AND field = 10",
        "không có dấu chuyển",
    ),
    (
        "a value put back where it was",
        "UPDATE r_plot SET f10 = 'ghi' WHERE f2 = 8",
        "còn nằm ngoài bảng dữ liệu cá nhân",
    ),
    (
        "an erased value put back",
        "INSERT INTO personal SELECT register, (SELECT MIN(vid) FROM r_plot WHERE f2 = 7), field, salt, value
             FROM personal WHERE field = 10 LIMIT 1",
        "đã có lệnh xóa nhưng vẫn còn",
    ),
];

#[test]
fn what_somebody_changes_is_named() {
    let ground = redacted();
    assert!(verify(ground.path()).is_ok_and(|report| report.ok()));
    for (name, damage, said) in CASES {
        let dir = tempfile::tempdir().expect("a directory");
        copy(ground.path(), dir.path());
        unguarded(dir.path()).execute_batch(damage).unwrap_or_else(|error| panic!("{name}: {error}"));
        let findings = verify(dir.path()).expect("a report").findings;
        let named = |finding: &Finding| finding.message.contains(said);
        assert!(findings.iter().any(named), "{name}: {findings:#?}");
    }
}
