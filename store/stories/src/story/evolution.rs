//! Declarations change on a filled instance; what was written stays readable and provable.

use mc_access::Actor;
use mc_ledger::Value;
use mc_port::{CommitError, EditRequest, FigureRequest, declare_indicator, declare_schema};
use mc_register::{Field, Schema, system};

use crate::Stage;
use crate::small::{COMMUNES, correct, indicators, inserted, mast, outlay, record_of, register};
use crate::stage::figure_request;

fn declared(schema: &Schema, version: u32) -> Vec<EditRequest> {
    vec![declare_schema(&register(system::SCHEMA), schema, version)]
}

fn field(text: &str) -> Field {
    let with = format!("{}\n{text}", include_str!("../../registers/site.toml"));
    Schema::from_toml(&with).expect("a schema").field.pop().expect("a field")
}

pub(super) fn added(stage: &mut dyn Stage) {
    let old = outlay("K-1", COMMUNES[0], "2025-08-01", 5);
    stage.must(vec![inserted("outlay", old.clone())]);
    let mut wider = register("outlay");
    wider.field.push(field(
        "[[field]]\nno = 7\nid = \"weight\"\ntype = \"int\"\nmin = 0\nmax = 9\n\
         title = { vi = \"Trọng số\", en = \"Weight\" }",
    ));
    let mut other = register("site");
    other.id = "depot".to_owned();
    other.slug = "kho".to_owned();
    let mut edits = declared(&wider, 2);
    edits.extend(declared(&other, 1));
    stage.must(edits);
    assert_eq!(stage.read(&Actor::public()).schema("outlay").as_deref(), Some(&wider));
    let fresh =
        record_of(&wider, &[("code", "K-2"), ("day", "2025-08-02"), ("amount", "7"), ("weight", "3")]);
    stage.must(vec![inserted("outlay", fresh), inserted("depot", record_of(&other, &[("code", "D")]))]);
    let mut weighed = old;
    assert!(weighed.set_id(&wider, "weight", Value::Int(4)));
    stage.must(vec![correct("outlay", "K-1", 1, weighed)]);
    let reader = stage.read(&Actor::public());
    let history = reader.history("outlay", "K-1").expect("history");
    assert_eq!(history[0].values.get(&7), None, "a version has the fields of its time");
    assert_eq!(history[1].values.get(&7), Some(&Value::Int(4)));
    assert_eq!(reader.history("depot", "D").expect("history").len(), 1);
    stage.reopen();
    stage.sound();
}

pub(super) fn retitled(stage: &mut dyn Stage) {
    stage.must(vec![inserted("outlay", outlay("K-1", COMMUNES[0], "2025-08-01", 5))]);
    let mut schema = register("outlay");
    schema.field[3].title.vi = "Số tiền đã chi".to_owned();
    stage.must(declared(&schema, 2));
    stage.must(vec![inserted("outlay", outlay("K-2", COMMUNES[0], "2025-08-01", 5))]);
    let read = stage.read(&Actor::public()).schema("outlay").expect("the register");
    assert_eq!(read.field[3].title.vi, "Số tiền đã chi");
    assert_eq!(stage.figure("outlays", COMMUNES[0], "2025").value.as_deref(), Some("10"));
    stage.sound();
}

pub(super) fn redefined(stage: &mut dyn Stage) {
    let planned = mast("C-2", COMMUNES[0], "planned", "2025-01-01");
    let before = stage
        .must(vec![
            inserted("mast", mast("C-1", COMMUNES[0], "live", "2025-01-01")),
            inserted("mast", planned),
        ])
        .seq;
    let mut second = indicators().into_iter().find(|it| it.id == "masts").expect("the indicator");
    second.version = 2;
    second.num.id = "masts_2".to_owned();
    second.num.filter = Some("state IN ('live', 'planned')".to_owned());
    stage.must(vec![declare_indicator(&register(system::INDICATOR), &second)]);
    let now = stage.figure("masts", COMMUNES[0], "2025-10");
    assert_eq!((now.version, now.value.as_deref()), (2, Some("2")));
    let then = stage.figure_at("masts", COMMUNES[0], "2025-10", Some(before));
    assert_eq!((then.version, then.value.as_deref()), (1, Some("1")), "as it was defined then");
    let first = FigureRequest { version: Some(1), ..figure_request("masts", COMMUNES[0], "2025-10", None) };
    let first = stage.read(&Actor::public()).figure(&first).expect("the old line goes on");
    assert_eq!(first.value.as_deref(), Some("1"));
    let restated =
        FigureRequest { version: Some(2), ..figure_request("masts", COMMUNES[0], "2025-10", Some(before)) };
    let restated = stage.read(&Actor::public()).figure(&restated).expect("a restatement");
    assert_eq!(restated.value.as_deref(), Some("2"), "a first build replays deltas under their positions");
    stage.must(vec![inserted("mast", mast("C-3", COMMUNES[0], "planned", "2025-01-01"))]);
    assert_eq!(stage.figure("masts", COMMUNES[0], "2025-10").value.as_deref(), Some("3"));
    stage.reopen();
    stage.sound();
}

pub(super) fn refused(stage: &mut dyn Stage) {
    stage.must(vec![inserted("outlay", outlay("K-1", COMMUNES[0], "2025-08-01", 5))]);
    let head = stage.read(&Actor::public()).head().seq;
    let schema = || register("outlay");
    let mut typed = schema();
    typed.field[3].kind = mc_register::FieldType::Scaled;
    typed.field[3].scale = Some(2);
    let mut keyed = schema();
    keyed.key = vec!["code".to_owned(), "day".to_owned()];
    keyed.field[1].required = true;
    let mut dropped = schema();
    dropped.field.pop();
    let mut narrowed = schema();
    narrowed.field[3].max = Some(10);
    let mut scaled = register("plot");
    scaled.field[6].scale = Some(2);
    let mut broken = schema();
    broken.place = Some("không_có".to_owned());
    for (what, schema) in [
        ("type", typed),
        ("key", keyed),
        ("drop", dropped),
        ("range", narrowed),
        ("scale", scaled),
        ("broken", broken),
    ] {
        let refused = stage.put(declared(&schema, 2));
        let Err(CommitError::Rows(rows)) = refused else { panic!("{what}: {refused:?}") };
        assert!(rows.iter().all(|row| row.message.chars().count() > 20), "{what}: {rows:?}");
    }
    let mut other = indicators().into_iter().find(|it| it.id == "masts").expect("the indicator");
    other.version = 2;
    other.num.filter = Some("không_có = 1".to_owned());
    let refused = stage.put(vec![declare_indicator(&register(system::INDICATOR), &other)]);
    assert!(
        matches!(&refused, Err(CommitError::Rows(_))),
        "an indicator that cannot be computed: {refused:?}"
    );
    // A measure's id stands for one way of counting.
    other.num.filter = Some("state = 'lost'".to_owned());
    let refused = stage.put(vec![declare_indicator(&register(system::INDICATOR), &other)]);
    assert!(matches!(&refused, Err(CommitError::Rows(_))), "another measure under the same id: {refused:?}");
    assert_eq!(stage.read(&Actor::public()).head().seq, head);
    stage.must(vec![inserted("outlay", outlay("K-2", COMMUNES[0], "2025-08-01", 5))]);
    stage.sound();
}
