//! Records that break a rule and say why they are right all the same.

use mc_access::Actor;
use mc_base::{PlaceId, Seq};
use mc_ledger::Value;
use mc_port::{EditRequest, Filter, ListRequest, Snapshot, declare_schema};
use mc_register::{Record, Severity};

use crate::Stage;
use crate::small::{COMMUNES, PROVINCE, correct, inserted, mast, register, with};
use crate::stage::figure_request;

fn tall(code: &str, place: PlaceId) -> Record {
    let text = |text: &str| Value::Text(text.to_owned());
    let record = with(mast(code, place, "live", "2025-01-01"), "mast", "height", Value::Int(300));
    let record = with(record, "mast", "explanation_document", text("Biên bản 12/BB"));
    with(record, "mast", "explanation_reason", text("Cột nối thêm đoạn ngọn."))
}

fn low(code: &str, place: PlaceId) -> EditRequest {
    inserted("mast", mast(code, place, "live", "2025-01-01"))
}

fn listed(reader: &dyn Snapshot, place: PlaceId, at: Option<Seq>) -> Vec<String> {
    let request = ListRequest {
        register: "mast".to_owned(),
        place: Some(place),
        filters: vec![Filter::explained()],
        sort: None,
        descending: false,
        after: None,
        limit: 10,
        at,
    };
    let page = reader.list(&request).expect("a page");
    assert_eq!(page.count, page.rows.len() as u64);
    assert!(page.rows.iter().all(mc_port::Version::is_explained));
    page.rows.into_iter().map(|row| row.key).collect()
}

fn behind(reader: &dyn Snapshot, place: PlaceId, at: Option<Seq>) -> (u64, usize) {
    let request = figure_request("masts", place, "2025-10", at);
    let page = reader.explained_behind(&request, 1).expect("the records behind");
    (page.count, page.rows.len())
}

pub(super) fn found(stage: &mut dyn Stage) {
    stage.must(vec![low("C-1", COMMUNES[0]), inserted("mast", tall("C-2", COMMUNES[0]))]);
    // A warning is no explanation.
    stage.must(vec![inserted("mast", mast("C-3", COMMUNES[0], "lost", "2025-01-01"))]);
    let before = stage.must(vec![inserted("mast", tall("C-4", COMMUNES[1]))]).seq;
    let mended = with(tall("C-4", COMMUNES[1]), "mast", "height", Value::Int(100));
    stage.must(vec![correct("mast", "C-4/2025-01-01", 1, mended)]);
    let reader = stage.read(&Actor::public());
    let reader = reader.as_ref();
    assert_eq!(listed(reader, PROVINCE, None), ["C-2/2025-01-01"], "what is mended is no longer flagged");
    assert_eq!(listed(reader, PROVINCE, Some(before)), ["C-2/2025-01-01", "C-4/2025-01-01"]);
    assert!(listed(reader, COMMUNES[1], None).is_empty());
    assert_eq!((behind(reader, PROVINCE, None), behind(reader, PROVINCE, Some(before))), ((1, 1), (2, 1)));
    assert_eq!(behind(reader, COMMUNES[2], None), (0, 0));
    stage.sound();
}

pub(super) fn under_its_own_schema(stage: &mut dyn Stage) {
    stage.must(vec![inserted("mast", tall("C-1", COMMUNES[0]))]);
    let mut milder = register("mast");
    for rule in milder.rule.iter_mut().filter(|rule| rule.id == "tall") {
        rule.severity = Severity::Warn;
    }
    stage.must(vec![declare_schema(&register(mc_register::system::SCHEMA), &milder, 2)]);
    let warned = with(mast("C-2", COMMUNES[0], "live", "2025-01-01"), "mast", "height", Value::Int(300));
    stage.must(vec![inserted("mast", warned)]);
    let reader = stage.read(&Actor::public());
    assert_eq!(listed(reader.as_ref(), PROVINCE, None), ["C-1/2025-01-01"]);
    let flags = reader.history("mast", "C-2/2025-01-01").expect("a history").remove(0).flags;
    assert_eq!(flags.iter().map(|flag| flag.severity).collect::<Vec<_>>(), [Severity::Warn]);
    stage.sound();
}
