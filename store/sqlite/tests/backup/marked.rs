//! What was marked personal after the backup is marked again.

use mc_access::Actor;
use mc_ledger::Value;
use mc_port::declare_schema;
use mc_register::{Schema, system};
use mc_sqlite::{ErasedLine, ErasureRequest, Layout, Reader, Store, read_journal};
use mc_stories::small::{COMMUNES, inserted, plot, register, request, with};
use mc_testkit::files::holding;

use super::ground::Ground;

const SECRET: &str = "ghi chú kín zqxw";
const KEY: &str = "1/9/2025-01-01";
const NOTE: u16 = 10;

/// A plot with a note, a backup, and after it the note marked personal.
fn ground() -> Ground {
    let mut ground = Ground::new();
    let plot =
        with(plot(9, COMMUNES[0], "2025-01-01", "Chủ"), "plot", "note", Value::Text(SECRET.to_owned()));
    ground.writer().commit(&request(vec![inserted("plot", plot)])).expect("a plot");
    ground.back_up();
    let mut schema = register("plot");
    let note = schema.field.iter_mut().find(|field| field.no == NOTE).expect("the note");
    (note.personal, note.search) = (true, false);
    let declared = request(vec![declare_schema(&register(system::SCHEMA), &schema, 2)]);
    ground.writer().commit(&declared).expect("the declaration");
    ground.writer().settle(&mut |_| {}).expect("moved");
    ground
}

fn journal(ground: &Ground) -> Vec<ErasedLine> {
    let id = ground.writer.as_ref().expect("a writer").instance().id.clone();
    read_journal(&ground.layout().erasures(), &id).expect("a journal")
}

fn reader(ground: &Ground) -> Reader {
    let store = Store::open(&Layout::new(ground.path("again"))).expect("a store");
    store.reader(&Actor::public()).expect("a reader")
}

fn is_personal(schema: &Schema) -> bool {
    schema.field_no(NOTE).is_some_and(|field| field.personal)
}

#[test]
fn a_mark_after_the_backup_is_replayed_and_what_was_erased_under_it_goes() {
    let mut ground = ground();
    let asked = ErasureRequest {
        actor: Actor::operator(),
        register: "plot".to_owned(),
        key: KEY.to_owned(),
        fields: Some(vec!["note".to_owned()]),
        ground: "Điều 16".to_owned(),
        reason: "yêu cầu".to_owned(),
        texts: false,
    };
    ground.writer().erase(&asked).expect("an erasure");
    let lines = journal(&ground);
    let mark = lines.iter().find(|line| line.register == "schema").expect("the mark is told");
    assert_eq!((mark.key.as_str(), mark.version, mark.field), ("plot/1", 1, NOTE));
    let mut writer = ground.restored();
    let schema = || writer.schema("plot").expect("declared");
    assert!(!is_personal(&schema()), "the backup undoes the mark");
    assert_eq!(writer.replay(&lines).expect("replayed"), lines.len());
    assert!(is_personal(&writer.schema("plot").expect("declared")));
    assert_eq!(holding(&ground.path("again"), SECRET.as_bytes()), Vec::<String>::new());
    assert_eq!(writer.replay(&lines).expect("nothing is left to do"), 0);
    drop(writer);
    let history = reader(&ground).history("plot", KEY).expect("history");
    assert!(history.iter().all(|version| version.erased.contains(&NOTE)), "{history:?}");
    assert!(ground.verified().erased >= 1);
}

#[test]
fn values_that_nobody_erased_are_masked_again() {
    let ground = ground();
    let lines = journal(&ground);
    assert_eq!(lines.len(), 1, "{lines:?}");
    let mut writer = ground.restored();
    assert_eq!(writer.replay(&lines).expect("replayed"), 1);
    drop(writer);
    let history = reader(&ground).history("plot", KEY).expect("history");
    assert!(history.iter().all(|it| it.masked.contains(&NOTE) && !it.values.contains_key(&NOTE)));
    assert!(reader(&ground).search("zqxw", None, 5).expect("a search").is_empty());
    ground.verified();
}

#[test]
fn a_mark_that_could_not_be_told_is_told_by_the_next_start() {
    let mut ground = ground();
    let whole = journal(&ground);
    ground.writer = None;
    let path = ground.layout().erasures();
    let text = std::fs::read_to_string(&path).expect("a journal");
    let head = text.find('\n').expect("a line") + 1;
    std::fs::write(&path, &text[..head]).expect("the mark is lost");
    ground.writer =
        Some(mc_sqlite::Writer::open(&ground.layout(), super::ground::world(8)).expect("it opens"));
    assert_eq!(journal(&ground), whole);
}
