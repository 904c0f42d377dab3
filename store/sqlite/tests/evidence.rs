//! Files that imports were read from: sealed, found by what they speak of, ended with the first person in them who
//! is erased; and what `verify` says of each damage.

use std::fs;
use std::path::{Path, PathBuf};

use mc_access::{Actor, Role};
use mc_base::{Instant, Seq};
use mc_port::{CommitError, EvidenceState, FindingKind};
use mc_sqlite::{
    BackupRequest, ErasureRequest, EvidenceErasure, Layout, Store, StoryWorld, Writer, backup, read_journal,
    restore,
};
use mc_stories::small::dawn;
use mc_testkit::files::{copy, holding};
use mc_testkit::imports::{PlotFile, evidence};
use mc_testkit::instance::{found, verify};
use mc_testkit::tamper::unguarded;

const OWNER: &str = "Sùng A Dơ";
const OTHER: &str = "Lò Thị Mẩy";
const GROUND: &str = "Điều 16 Nghị định 13/2023/NĐ-CP";

struct Ground {
    dir: tempfile::TempDir,
    writer: Option<Writer>,
}

impl Ground {
    fn new() -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let writer = Some(found(&Layout::new(dir.path().join("data")), 1));
        Self { dir, writer }
    }

    fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    fn writer(&mut self) -> &mut Writer {
        self.writer.as_mut().expect("a writer")
    }

    fn file(&self, name: &str, owners: &[(i64, &str)]) -> PlotFile {
        PlotFile::new(self.dir.path().join(name), owners)
    }

    fn state(&self, seq: u64, viewer: &Actor) -> (Option<EvidenceState>, Option<Vec<u8>>) {
        let store = Store::open(&Layout::new(self.data())).expect("a store");
        let reader = store.reader(viewer).expect("a reader");
        let state = reader.evidence_of(Seq(seq)).expect("read").map(|file| file.state);
        (state, reader.evidence_bytes(Seq(seq)).expect("read"))
    }

    fn sound(&self) {
        let report = verify(&self.data()).expect("it opens");
        assert!(report.ok(), "{:#?}", report.findings);
    }
}

fn erase(writer: &mut Writer, number: i64) -> Result<mc_port::Receipt, CommitError> {
    writer.erase(&ErasureRequest {
        actor: Actor::operator(),
        register: "plot".to_owned(),
        key: format!("1/{number}/2025-01-01"),
        fields: None,
        ground: GROUND.to_owned(),
        reason: "yêu cầu".to_owned(),
        texts: false,
    })
}

fn reader_of_all() -> Actor {
    Actor { role: Role::Inspector, ..Actor::public() }
}

#[test]
fn a_file_is_kept_sealed_and_given_to_who_may_see_personal_data() {
    let mut ground = Ground::new();
    let file = ground.file("a.csv", &[(7, OWNER), (8, OTHER)]);
    let bytes = fs::read(&file.path).expect("the file");
    let seq = file.import(ground.writer()).expect("something new");
    let names = evidence(&ground.data());
    assert!(names.contains(&format!("{}.1", file.hash)) && names.len() == 2, "{names:?}");
    assert_eq!(holding(&ground.data().join("evidence"), OWNER.as_bytes()), Vec::<String>::new());
    assert_eq!(ground.state(seq, &reader_of_all()), (Some(EvidenceState::Kept), Some(bytes)));
    for role in [Role::Administrator, Role::Leader, Role::Public, Role::FocalOfficer] {
        let viewer = Actor { role, ..Actor::public() };
        assert_eq!(ground.state(seq, &viewer), (Some(EvidenceState::Kept), None), "{}", role.id());
    }
    assert_eq!(ground.state(seq - 1, &reader_of_all()), (None, None));
    ground.sound();
}

#[test]
fn an_erasure_ends_every_file_that_speaks_of_the_record_and_no_other() {
    let mut ground = Ground::new();
    let first = ground.file("a.csv", &[(7, OWNER), (8, OTHER)]).import(ground.writer()).expect("new");
    // Nothing new about plot 7, which stands in it all the same.
    let second = ground.file("b.csv", &[(7, OWNER), (9, OTHER)]).import(ground.writer()).expect("new");
    let third = ground.file("c.csv", &[(10, OTHER)]).import(ground.writer()).expect("new");
    let ended = erase(ground.writer(), 7).expect("an erasure").seq;
    let gone = (Some(EvidenceState::Ended { seq: ended, ground: GROUND.to_owned() }), None);
    assert_eq!(ground.state(first, &reader_of_all()), gone);
    assert_eq!(ground.state(second, &reader_of_all()), gone);
    assert_eq!(ground.state(third, &reader_of_all()).0, Some(EvidenceState::Kept));
    assert_eq!(evidence(&ground.data()).len(), 2, "the file that is left and its list");
    assert_eq!(holding(&ground.data(), OWNER.as_bytes()), Vec::<String>::new());
    ground.sound();
    assert!(matches!(erase(ground.writer(), 7), Err(CommitError::Unchanged)));
}

#[test]
fn a_file_sent_again_is_kept_once_and_after_its_end_anew() {
    let mut ground = Ground::new();
    let owners = [(7, OWNER), (8, OTHER)];
    let first = ground.file("a.csv", &owners).import(ground.writer()).expect("new");
    assert_eq!(ground.file("b.csv", &owners).import(ground.writer()), None, "nothing new, nothing kept");
    assert_eq!(evidence(&ground.data()).len(), 2);
    erase(ground.writer(), 7).expect("an erasure");
    let again = ground.file("c.csv", &owners).import(ground.writer()).expect("the erased owner once more");
    assert!(matches!(ground.state(first, &reader_of_all()).0, Some(EvidenceState::Ended { .. })));
    assert_eq!(ground.state(again, &reader_of_all()).0, Some(EvidenceState::Kept));
    let names = evidence(&ground.data());
    assert!(names.iter().any(|name| name.ends_with(".2")), "{names:?}");
    erase(ground.writer(), 7).expect("an erasure");
    assert_eq!(evidence(&ground.data()), Vec::<String>::new());
    ground.sound();
}

#[test]
fn a_file_is_ended_by_its_hash_for_what_no_record_holds() {
    let mut ground = Ground::new();
    let file = ground.file("a.csv", &[(8, OTHER)]);
    let seq = file.import(ground.writer()).expect("new");
    let asked = |actor: Actor| EvidenceErasure {
        actor,
        hash: file.hash,
        ground: GROUND.to_owned(),
        reason: "dòng bị từ chối".to_owned(),
    };
    let officer = Actor { role: Role::FocalOfficer, ..Actor::public() };
    assert!(matches!(ground.writer().erase_evidence(&asked(officer)), Err(CommitError::Denied { .. })));
    ground.writer().erase_evidence(&asked(Actor::operator())).expect("ended");
    assert!(matches!(ground.state(seq, &reader_of_all()).0, Some(EvidenceState::Ended { .. })));
    let again = ground.writer().erase_evidence(&asked(Actor::operator()));
    assert!(matches!(again, Err(CommitError::Unchanged)), "{again:?}");
    assert!(!holding(&ground.data(), OTHER.as_bytes()).is_empty(), "the record itself stays");
    ground.sound();
}

#[test]
fn what_an_import_left_half_way_goes_with_the_next_start() {
    let mut ground = Ground::new();
    ground.file("a.csv", &[(8, OTHER)]).import(ground.writer()).expect("new");
    let dir = ground.data().join("evidence");
    let kept = evidence(&ground.data());
    let of_none = mc_base::Hash32([9; 32]);
    for name in [
        format!("{:032x}.new", 5),
        format!("{:032x}.list.new", 5),
        format!("{of_none}.1"),
        format!("{of_none}.list"),
    ] {
        fs::write(dir.join(name), b"half").expect("a file");
    }
    fs::write(dir.join("of-somebody-else.txt"), b"mine").expect("a file");
    ground.writer = None;
    let world = StoryWorld::new(Instant(dawn().0 + 1), 2);
    ground.writer = Some(Writer::open(&Layout::new(ground.data()), Box::new(world)).expect("it opens"));
    let left: Vec<String> =
        evidence(&ground.data()).into_iter().filter(|name| !name.ends_with(".txt")).collect();
    assert_eq!(left, kept);
    ground.sound();
}

#[test]
fn a_restored_backup_ends_the_file_again() {
    let mut ground = Ground::new();
    let file = ground.file("a.csv", &[(7, OWNER), (8, OTHER)]);
    let seq = file.import(ground.writer()).expect("new");
    let tar = ground.dir.path().join("backup.tar");
    let asked = BackupRequest { product: "thử", created_at: dawn(), replace: false };
    backup(&Layout::new(ground.data()), &tar, &asked, &mut |_, _| {}).expect("a backup");
    erase(ground.writer(), 7).expect("an erasure");
    let id = ground.writer().instance().id.clone();
    let lines = read_journal(&Layout::new(ground.data()).erasures(), &id).expect("a journal");
    assert_eq!(lines.iter().filter(|line| line.register == "evidence").count(), 1);
    let again = ground.dir.path().join("again");
    let mut world = StoryWorld::new(Instant(dawn().0 + 3), 3);
    let key = fs::read_to_string(Layout::new(ground.data()).signing_key()).expect("a key");
    restore(&tar, Some(&key), &again, &mut world, &mut |_, _| {})
        .expect("restored")
        .publish()
        .expect("published");
    assert_eq!(evidence(&again).len(), 2);
    let mut writer = Writer::open(&Layout::new(&again), Box::new(world)).expect("it opens");
    assert_eq!(writer.replay(&lines).expect("replayed"), lines.len());
    drop(writer);
    assert_eq!(evidence(&again), Vec::<String>::new());
    let report = verify(&again).expect("it opens");
    assert!(report.ok(), "{:#?}", report.findings);
    let store = Store::open(&Layout::new(&again)).expect("a store");
    let reader = store.reader(&reader_of_all()).expect("a reader");
    let file = reader.evidence_of(Seq(seq)).expect("read").expect("a file");
    assert!(matches!(file.state, EvidenceState::Ended { .. }));
}

fn sql(dir: &Path, text: &str) {
    unguarded(dir).execute_batch(text).expect("the damage is done");
}

fn ending(dir: &Path, end: &str) -> PathBuf {
    let name = evidence(dir).into_iter().find(|name| name.ends_with(end)).expect("a file");
    dir.join("evidence").join(name)
}

fn flip(path: &Path) {
    let mut bytes = fs::read(path).expect("bytes");
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(path, bytes).expect("a file");
}

/// A damage, and what must be said of it.
type Case = (&'static str, fn(&Path), FindingKind, &'static str);

const CASES: &[Case] = &[
    ("a bit of the sealed file", |dir| flip(&ending(dir, ".1")), FindingKind::File, "đã bị sửa"),
    (
        "the file gone",
        |dir| fs::remove_file(ending(dir, ".1")).expect("gone"),
        FindingKind::File,
        "không đọc được",
    ),
    (
        "the list gone",
        |dir| fs::remove_file(ending(dir, ".list")).expect("gone"),
        FindingKind::File,
        "danh sách",
    ),
    (
        "a bit of the list",
        |dir| flip(&ending(dir, ".list")),
        FindingKind::File,
        "danh sách bản ghi của lần ghi",
    ),
    (
        "another key",
        |dir| sql(dir, "UPDATE evidence_key SET key = zeroblob(32)"),
        FindingKind::File,
        "khóa này",
    ),
    (
        "the key gone without a word",
        |dir| sql(dir, "DELETE FROM evidence_key"),
        FindingKind::Personal,
        "mất khóa mà không có lệnh xóa",
    ),
    (
        "the key gone under a mark of no erasure",
        |dir| {
            sql(dir, "INSERT INTO redaction SELECT -1, no, 1, 4 FROM evidence_key; DELETE FROM evidence_key")
        },
        FindingKind::Personal,
        "không có bản ghi nêu căn cứ",
    ),
    (
        "a mark beside the key",
        |dir| sql(dir, "INSERT INTO redaction SELECT -1, no, 1, 4 FROM evidence_key"),
        FindingKind::Personal,
        "vẫn còn",
    ),
    (
        "another file's hash",
        |dir| sql(dir, "UPDATE evidence SET hash = zeroblob(32)"),
        FindingKind::File,
        "nguồn nêu tệp khác",
    ),
    ("a use gone", |dir| sql(dir, "DELETE FROM evidence_use"), FindingKind::File, "không lần ghi nào dùng"),
    (
        "a use of no file",
        |dir| sql(dir, "UPDATE evidence_use SET evidence = 77"),
        FindingKind::File,
        "không có",
    ),
    (
        "a key of no file",
        |dir| sql(dir, "INSERT INTO evidence_key VALUES (77, zeroblob(32))"),
        FindingKind::File,
        "không thuộc tệp nào",
    ),
];

#[test]
fn every_damage_to_evidence_is_named() {
    let mut ground = Ground::new();
    ground.file("a.csv", &[(7, OWNER)]).import(ground.writer()).expect("new");
    ground.sound();
    ground.writer = None;
    for (name, damage, kind, message) in CASES {
        let copied = tempfile::tempdir().expect("a directory");
        copy(&ground.data(), copied.path());
        damage(copied.path());
        let found = verify(copied.path()).expect("it opens").findings;
        let named = found.iter().any(|it| it.kind == *kind && it.message.contains(message));
        assert!(named, "{name}: {found:#?}");
    }
}

#[test]
fn an_acknowledged_key_is_guarded_by_the_database() {
    let mut ground = Ground::new();
    ground.file("a.csv", &[(7, OWNER)]).import(ground.writer()).expect("new");
    let db = rusqlite::Connection::open(ground.data().join("minhchung.sqlite")).expect("the database");
    for refused in [
        "DELETE FROM evidence_key",
        "UPDATE evidence_key SET key = zeroblob(32)",
        "DELETE FROM evidence",
        "UPDATE evidence SET bytes = 1",
        "DELETE FROM evidence_use",
        "UPDATE evidence_use SET seq = 99",
    ] {
        assert!(db.execute(refused, []).is_err(), "{refused}");
    }
}

#[test]
fn a_list_that_was_cut_or_changed_speaks_of_every_record() {
    for damage in [|path: &Path| fs::write(path, b"").expect("cut"), flip] {
        let mut ground = Ground::new();
        let seq = ground.file("a.csv", &[(7, OWNER)]).import(ground.writer()).expect("new");
        damage(&ending(&ground.data(), ".list"));
        erase(ground.writer(), 7).expect("an erasure");
        assert!(matches!(ground.state(seq, &reader_of_all()).0, Some(EvidenceState::Ended { .. })));
        ground.sound();
    }
}

#[test]
fn a_file_that_cannot_be_removed_is_named_and_keeps_neither_the_value_nor_the_start() {
    let mut ground = Ground::new();
    ground.file("a.csv", &[(7, OWNER)]).import(ground.writer()).expect("new");
    // Folders stand where files are to go: one of the ledger's, one of nobody's.
    let folders =
        [ending(&ground.data(), ".1"), ground.data().join(format!("evidence/{}.1", "0".repeat(64)))];
    fs::remove_file(&folders[0]).expect("gone");
    folders.iter().for_each(|path| fs::create_dir(path).expect("a folder"));
    erase(ground.writer(), 7).expect("an erasure");
    assert_eq!(holding(&ground.data(), OWNER.as_bytes()), Vec::<String>::new());
    assert_eq!(evidence(&ground.data()).len(), 2, "the list went");
    ground.writer = None;
    let open = |ground: &Ground| {
        let world = StoryWorld::new(Instant(dawn().0 + 1), 2);
        Writer::open(&Layout::new(ground.data()), Box::new(world)).expect("it opens")
    };
    let writer = open(&ground);
    assert!(writer.unswept().is_some_and(|why| why.to_string().contains("bỏ tệp minh chứng")));
    drop(writer);
    let left = folders[0].file_name().expect("a name").to_string_lossy().into_owned();
    let found = verify(&ground.data()).expect("it opens").findings;
    assert!(found.iter().any(|it| it.place.contains(&left) && it.message.contains("chưa bỏ")), "{found:#?}");
    folders.iter().for_each(|path| fs::remove_dir(path).expect("gone"));
    assert!(open(&ground).unswept().is_none());
    ground.sound();
}
