//! What a register is declared to be: the schema declared last, also where it is one that the register had before.

use mc_access::Actor;
use mc_base::Instant;
use mc_ledger::Value;
use mc_port::declare_schema;
use mc_register::{Schema, system};
use mc_sqlite::{Layout, Reader, Store, StoryWorld, Writer};
use mc_stories::small::{COMMUNES, dawn, inserted, plot, register, request, with};
use mc_testkit::instance::{found, verify};

fn noted(number: i64) -> mc_port::EditRequest {
    let record = plot(number, COMMUNES[0], "2025-01-01", "Chủ");
    inserted("plot", with(record, "plot", "note", Value::Text(format!("giáp suối số {number}"))))
}

/// The plots without search in their notes, and with another title.
fn other() -> Schema {
    let mut schema = register("plot");
    schema.title.vi = "Thửa".to_owned();
    let note = schema.field.iter_mut().find(|field| field.id == "note").expect("the note");
    note.search = false;
    schema
}

fn declare(writer: &mut Writer, schema: &Schema, version: u32) {
    let declaration = declare_schema(&register(system::SCHEMA), schema, version);
    writer.commit(&request(vec![declaration])).expect("a declaration");
    writer.settle(&mut |_| {}).expect("what it leaves is done");
}

fn reader(layout: &Layout) -> Reader {
    Store::open(layout).expect("a store").reader(&Actor::illustrative()).expect("a reader")
}

#[test]
fn a_schema_that_is_declared_again_is_in_use_again() {
    let dir = tempfile::tempdir().expect("a directory");
    let layout = Layout::new(dir.path());
    let mut writer = found(&layout, 1);
    let first = register("plot");
    writer.commit(&request(vec![noted(7)])).expect("a plot");
    for (version, schema, hits) in [(2, other(), 0), (3, first.clone(), 3), (4, first, 4), (5, other(), 0)] {
        declare(&mut writer, &schema, version);
        assert_eq!(writer.schema("plot").as_deref(), Some(&schema), "version {version}");
        writer.commit(&request(vec![noted(10 + i64::from(version))])).expect("a plot under it");
        let reader = reader(&layout);
        assert_eq!(reader.schema("plot").as_deref(), Some(&schema), "version {version}");
        let found = reader.search("giáp suối", None, 9).expect("a search").len();
        assert_eq!(found, hits, "version {version}");
        let report = verify(dir.path()).expect("it opens");
        assert!(report.ok(), "version {version}: {:#?}", report.findings);
    }
    drop(writer);
    let world = StoryWorld::new(Instant(dawn().0 + 9_000), 2);
    let writer = Writer::open(&layout, Box::new(world)).expect("it opens");
    assert_eq!(writer.schema("plot").as_deref(), Some(&other()));
}
