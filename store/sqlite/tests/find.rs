//! Finding records by personal values: by whom, in which marks, and never after an erasure; and what `verify` says of
//! each damage to the terms.

use std::path::Path;

use mc_access::{Actor, Role};
use mc_base::{Day, Instant};
use mc_ledger::Value;
use mc_port::{FindingKind, PersonalSearch, PersonalTerm, declare_schema};
use mc_register::{Find, system};
use mc_sqlite::{ErasureRequest, Layout, Store, StoryWorld, Writer};
use mc_stories::small::{COMMUNES, correct, dawn, inserted, plot, register, request};
use mc_testkit::files::{copy, holding};
use mc_testkit::imports::PlotFile;
use mc_testkit::instance::{found, verify};
use mc_testkit::tamper::unguarded;

const OWNER: &str = "Nguyễn Văn Á";

fn inspector() -> Actor {
    Actor { role: Role::Inspector, ..Actor::public() }
}

fn ask(dir: &Path, viewer: &Actor, field: &str, term: PersonalTerm) -> Vec<String> {
    let store = Store::open(&Layout::new(dir)).expect("a store");
    let reader = store.reader(viewer).expect("a reader");
    let search = PersonalSearch { register: "plot".to_owned(), field: field.to_owned(), term, at: None };
    let found = reader.find_personal(&search).expect("an answer");
    assert!(!found.more);
    found.rows.into_iter().map(|version| version.key).collect()
}

fn by_name(dir: &Path, words: &str) -> Vec<String> {
    ask(dir, &inspector(), "owner_name", PersonalTerm::Name(words.to_owned()))
}

fn born(day: &str) -> PersonalTerm {
    PersonalTerm::Exact(Value::Day(Day::parse_iso(day).expect("a day")))
}

fn ground(dir: &Path) -> Writer {
    let mut writer = found(&Layout::new(dir), 1);
    let plots = [(7, OWNER), (8, "Nguyễn Thị Hòa"), (9, "Lò Văn An")];
    let edits = plots.map(|(number, owner)| inserted("plot", plot(number, COMMUNES[0], "2025-01-01", owner)));
    writer.commit(&request(edits.to_vec())).expect("three plots");
    writer
}

fn key(number: i64) -> String {
    format!("1/{number}/2025-01-01")
}

#[test]
fn a_name_is_found_in_any_marks_by_who_may_see_it() {
    let dir = tempfile::tempdir().expect("a directory");
    let writer = ground(dir.path());
    for words in ["nguyen van a", "Nguyễn Văn Á", "VAN A", "van a", " nguyễn   văn "] {
        assert!(by_name(dir.path(), words).contains(&key(7)), "{words}");
    }
    assert_eq!(by_name(dir.path(), "nguyen"), [key(7), key(8)]);
    assert_eq!(by_name(dir.path(), "van an"), [key(9)]);
    for words in ["nguyen a", "", "guyen", "nguyen van ab"] {
        assert_eq!(by_name(dir.path(), words), Vec::<String>::new(), "{words}");
    }
    for role in [Role::Public, Role::Leader, Role::Administrator, Role::CommuneOfficer] {
        let viewer = Actor { role, ..Actor::public() };
        let found = ask(dir.path(), &viewer, "owner_name", PersonalTerm::Name("nguyen".to_owned()));
        assert_eq!(found, Vec::<String>::new(), "{}", role.id());
    }
    drop(writer);
}

#[test]
fn a_whole_value_is_found_by_its_keyed_hash_alone() {
    let dir = tempfile::tempdir().expect("a directory");
    let writer = ground(dir.path());
    let birth = {
        let store = Store::open(&Layout::new(dir.path())).expect("a store");
        let reader = store.reader(&inspector()).expect("a reader");
        let version = reader.history("plot", &key(7)).expect("history").pop().expect("a version");
        version.values.values().find_map(|value| match value {
            Value::Day(day) if *day < Day::new(2020, 1, 1).expect("a day") => Some(*day),
            _ => None,
        })
    };
    let birth = birth.expect("a birth date");
    let term = PersonalTerm::Exact(Value::Day(birth));
    assert!(ask(dir.path(), &inspector(), "owner_birth", term).contains(&key(7)));
    assert_eq!(ask(dir.path(), &inspector(), "owner_birth", born("1900-01-01")), Vec::<String>::new());
    let store = Store::open(&Layout::new(dir.path())).expect("a store");
    let reader = store.reader(&inspector()).expect("a reader");
    let search = PersonalSearch {
        register: "plot".to_owned(),
        field: "note".to_owned(),
        term: PersonalTerm::Name("a".to_owned()),
        at: None,
    };
    assert!(reader.find_personal(&search).is_err(), "no other field is searched");
    drop(writer);
}

#[test]
fn a_correction_an_import_and_an_erasure_are_followed() {
    let dir = tempfile::tempdir().expect("a directory");
    let data = dir.path().join("data");
    let mut writer = ground(&data);
    let renamed = plot(7, COMMUNES[0], "2025-01-01", "Trần Quốc Bảo");
    writer.commit(&request(vec![correct("plot", &key(7), 1, renamed)])).expect("a correction");
    assert_eq!(by_name(&data, "nguyen van a"), Vec::<String>::new(), "the earlier version is not current");
    assert_eq!(by_name(&data, "quoc bao"), [key(7)]);
    PlotFile::new(dir.path().join("a.csv"), &[(20, "Sùng A Dơ")]).import(&mut writer).expect("an import");
    assert_eq!(by_name(&data, "sung a do"), [key(20)]);
    for number in [7, 20] {
        let erasure = ErasureRequest {
            actor: Actor::operator(),
            register: "plot".to_owned(),
            key: key(number),
            fields: None,
            ground: "Điều 16".to_owned(),
            reason: "yêu cầu".to_owned(),
            texts: false,
        };
        writer.erase(&erasure).expect("an erasure");
    }
    assert_eq!(by_name(&data, "quoc bao"), Vec::<String>::new());
    for word in ["Trần Quốc Bảo", "tran quoc bao", "nguyen van a", "Sùng A Dơ", "sung a do"] {
        assert_eq!(holding(&data, word.as_bytes()), Vec::<String>::new(), "{word}");
    }
    drop(writer);
    let report = verify(&data).expect("it opens");
    assert!(report.ok(), "{:#?}", report.findings);
}

#[test]
fn another_key_makes_the_terms_anew() {
    let dir = tempfile::tempdir().expect("a directory");
    drop(ground(dir.path()));
    let path = Layout::new(dir.path()).personal_key();
    let before = std::fs::read(&path).expect("a key");
    std::fs::remove_file(&path).expect("the key is lost");
    let world = StoryWorld::new(Instant(dawn().0 + 1), 2);
    drop(Writer::open(&Layout::new(dir.path()), Box::new(world)).expect("it opens"));
    assert_ne!(std::fs::read(&path).expect("a key"), before);
    let report = verify(dir.path()).expect("it opens");
    assert!(report.ok(), "{:#?}", report.findings);
    assert_eq!(by_name(dir.path(), "nguyen van a"), [key(7)]);
}

#[test]
fn every_damage_to_the_terms_is_named() {
    let dir = tempfile::tempdir().expect("a directory");
    drop(ground(dir.path()));
    let cases = [
        ("DELETE FROM personal_find WHERE vid = 1 AND field = 8", "không tìm được theo trường cá nhân 8"),
        ("DELETE FROM personal_find WHERE vid = 1 AND field = 9", "không tìm được theo trường cá nhân 9"),
        (
            "UPDATE personal_find SET term = zeroblob(17) WHERE vid = 1 AND field = 9",
            "không tìm được theo trường cá nhân 9",
        ),
        (
            "INSERT INTO personal_find SELECT register, field, CAST(x'02' || 'tran' AS BLOB), vid FROM personal_find LIMIT 1",
            "mà bản ghi không có giá trị ấy",
        ),
        ("INSERT INTO personal_find VALUES (99, 8, x'02', 1)", "của sổ không có"),
    ];
    for (damage, message) in cases {
        let copied = tempfile::tempdir().expect("a directory");
        copy(dir.path(), copied.path());
        unguarded(copied.path()).execute_batch(damage).expect("the damage is done");
        let found = verify(copied.path()).expect("it opens").findings;
        let named = found.iter().any(|it| it.kind == FindingKind::Derived && it.message.contains(message));
        assert!(named, "{damage}: {found:#?}");
    }
}

#[test]
fn a_key_that_a_failure_of_power_left_broken_makes_room_for_another() {
    let dir = tempfile::tempdir().expect("a directory");
    drop(ground(dir.path()));
    let path = Layout::new(dir.path()).personal_key();
    for broken in [&b""[..], b"0123456789", &[0; 64]] {
        std::fs::write(&path, broken).expect("a broken key");
        let world = StoryWorld::new(Instant(dawn().0 + 1), 2);
        let mut writer = Writer::open(&Layout::new(dir.path()), Box::new(world)).expect("it opens");
        let renamed = plot(7, COMMUNES[0], "2025-01-01", &format!("Trần Bảo {}", broken.len()));
        let history = writer.commit(&request(vec![correct("plot", &key(7), version(dir.path()), renamed)]));
        history.expect("values found by their hash are recorded");
        drop(writer);
        let report = verify(dir.path()).expect("it opens");
        assert!(report.ok(), "{:#?}", report.findings);
        assert_eq!(by_name(dir.path(), &format!("tran bao {}", broken.len())), [key(7)]);
    }
    assert!(!path.with_extension("new").exists());
}

/// The version of plot 7 that is current.
fn version(dir: &Path) -> u32 {
    let store = Store::open(&Layout::new(dir)).expect("a store");
    let versions = store.reader(&inspector()).expect("a reader").history("plot", &key(7)).expect("history");
    versions.iter().map(|version| version.ordinal).max().expect("a version")
}

fn database(dir: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(dir.join("minhchung.sqlite")).expect("the database")
}

/// Declares by what an owner's name is found.
fn declare(writer: &mut Writer, find: Option<Find>, version: u32) {
    let mut schema = register("plot");
    let name = schema.field.iter_mut().find(|field| field.id == "owner_name").expect("the name");
    name.find = find;
    let declaration = declare_schema(&register(system::SCHEMA), &schema, version);
    writer.commit(&request(vec![declaration])).expect("a declaration");
}

#[test]
fn a_declaration_makes_the_terms_of_those_fields_anew_that_it_finds_otherwise() {
    let dir = tempfile::tempdir().expect("a directory");
    let mut writer = ground(dir.path());
    // A term of the other field that no value has: it is gone only where that field's terms were made anew.
    let mark = "INSERT INTO personal_find SELECT register, 9, zeroblob(17), 1 FROM personal_find LIMIT 1";
    database(dir.path()).execute_batch(mark).expect("a mark");
    let terms = |field: i64| -> i64 {
        let sql = "SELECT COUNT(*) FROM personal_find WHERE field = ?1";
        database(dir.path()).query_row(sql, [field], |row| row.get(0)).expect("a count")
    };
    let (of_names, of_births) = (terms(8), terms(9));
    assert!(of_names > 3 && of_births == 4, "{of_names} and {of_births}");
    declare(&mut writer, None, 2);
    assert_eq!((terms(8), terms(9)), (0, of_births));
    declare(&mut writer, Some(Find::Exact), 3);
    assert_eq!((terms(8), terms(9)), (3, of_births));
    declare(&mut writer, Some(Find::Name), 4);
    assert_eq!((terms(8), terms(9)), (of_names, of_births));
    assert_eq!(by_name(dir.path(), "nguyen van a"), [key(7)]);
    drop(writer);
    database(dir.path()).execute_batch("DELETE FROM personal_find WHERE term = zeroblob(17)").expect("gone");
    let report = verify(dir.path()).expect("it opens");
    assert!(report.ok(), "{:#?}", report.findings);
}
