//! In Tỉnh Minh Họa everything a page can show does happen.

use std::collections::BTreeSet;

use mc_base::PlaceId;
use mc_ledger::Value;
use mc_ledger::hash::sha256;
use mc_port::EditRequest;
use mc_reference::ILLUSTRATIVE_PROVINCE as MH;
use mc_register::{Edit, Record};

use crate::common::{Registers, SCHEMAS, SEED, STORY, ancestors, day, value};

fn codes(now: &Registers, register: &str, field: &str) -> BTreeSet<String> {
    let here = now.records(register).filter(|record| is_here(register, record));
    here.filter_map(|record| match value(register, record, field) {
        Value::Code(code) => Some(code.clone()),
        _ => None,
    })
    .collect()
}

fn is_here(register: &str, record: &Record) -> bool {
    matches!(value(register, record, "place"), Value::Place(place) if ancestors(*place).contains(&MH))
}

fn all_codes(register: &str, field: &str) -> BTreeSet<String> {
    let field = SCHEMAS[register].field(field).expect("a field");
    field.codes.iter().map(|code| code.id.clone()).collect()
}

#[test]
fn every_state_of_tasks_and_obstacles_occurs() {
    let now = Registers::now();
    let drafts = BTreeSet::from(["draft".to_owned()]);
    let ever = codes(&now, "task", "state");
    assert_eq!(&all_codes("task", "state") - &drafts, ever);
    for (register, field) in [
        ("bottleneck", "focus"),
        ("bottleneck", "state"),
        ("village", "signal"),
        ("parcel", "group"),
        ("parcel", "match"),
        ("digitisation_progress", "bloc"),
        ("local_budget_total", "kind"),
        ("base_station", "state"),
        ("platform", "kind"),
    ] {
        assert_eq!(codes(&now, register, field), all_codes(register, field), "{register}.{field}");
    }
}

#[test]
fn figures_have_something_to_say() {
    let now = Registers::now();
    let at = |id: &str, on: &str| now.figure(id, MH, day(on));
    let today = "2025-11-17";
    let (tasks, overdue) = (at("tasks", today).0, at("tasks_overdue", today).0);
    assert!((60..=120).contains(&tasks), "{tasks}");
    assert!((5..=tasks / 3).contains(&overdue), "{overdue}");
    assert!(at("tasks_done", today).0 > 20 && at("tasks_done_late", today).0 > 4);
    let promised = at("products_promised", today).0;
    let steps = ["products_accepted", "products_in_use", "products_effective"].map(|id| at(id, today).0);
    assert!(promised > steps[0] && steps[0] > steps[1] && steps[1] > steps[2] && steps[2] > 0, "{steps:?}");
    assert!(at("stations", "2025-10-31").0 > at("stations", "2025-07-31").0);
    assert!(at("villages_without_signal", "2025-07-31").0 > at("villages_without_signal", today).0);
    assert!(at("villages_without_signal", today).0 > 0);
    for (id, low, high) in [
        ("digitisation_rate", 500, 900),
        ("digitisation_rate_all", 500, 900),
        ("st_spending_share", 10, 30),
        ("st_spending_share_planned", 8, 25),
        ("st_spending_share_estimated", 8, 25),
        ("parcels_clean_rate", 250, 700),
        ("procedures_on_time", 850, 1_000),
        ("procedures_online", 500, 1_000),
    ] {
        let (num, den) = at(id, "2025-10-31");
        let thousandths = num * 1_000 / den.expect("a ratio");
        assert!((low..=high).contains(&thousandths), "{id}: {num} ÷ {den:?}");
    }
    let minutes = |on: &str| {
        let (num, den) = at("gate_minutes_per_vehicle", on);
        num / den.expect("a ratio")
    };
    assert!(minutes("2025-09-30") > minutes("2025-10-31"));
}

#[test]
fn one_total_was_replaced_by_its_list_and_two_were_not() {
    let now = Registers::now();
    let places: Vec<PlaceId> = now
        .records("total")
        .filter_map(|record| match value("total", record, "place") {
            Value::Place(place) => Some(*place),
            _ => None,
        })
        .collect();
    assert_eq!(places, [PlaceId(900_019), PlaceId(900_020)]);
    let covers: Vec<&Record> = now.records("cover").collect();
    let said: Vec<_> = covers
        .iter()
        .map(|cover| (value("cover", cover, "place"), value("cover", cover, "amount")))
        .collect();
    assert_eq!(said, [(&Value::Place(PlaceId(900_021)), &Value::Int(9))]);
    assert_eq!(now.figure("stations", PlaceId(900_021), day("2025-10-31")).0, 9);
    for place in places {
        // Planned stations may stand there; none is counted twice with the total before it is on air.
        assert!(now.figure("stations", place, day("2025-07-31")).0 == 0);
    }
}

#[test]
fn a_scan_beyond_its_total_is_explained() {
    let beyond = |request: &EditRequest| match &request.edit {
        Edit::Insert { record } if request.register == "digitisation_progress" => {
            let number = |field: &str| value("digitisation_progress", record, field).clone();
            match (number("done"), number("total")) {
                (Value::Int(done), Value::Int(total)) => done > total,
                _ => false,
            }
        }
        _ => false,
    };
    let found: Vec<_> = STORY.iter().flat_map(|chapter| &chapter.edits).filter(|edit| beyond(edit)).collect();
    assert_eq!(found.len(), 1);
    let Edit::Insert { record } = &found[0].edit else { panic!("{:?}", found[0]) };
    for field in ["explanation_document", "explanation_reason"] {
        assert!(matches!(value("digitisation_progress", record, field), Value::Text(_)), "{field}");
    }
}

#[test]
fn people_have_personal_numbers_that_nobody_has() {
    let now = Registers::now();
    let mut seen = BTreeSet::new();
    for record in now.records("parcel") {
        if let Value::Text(number) = value("parcel", record, "owner_id") {
            assert!(number.len() == 12 && number.starts_with("000"), "{number}");
            seen.insert(number.clone());
        }
    }
    assert!(seen.len() > 2_000);
}

#[test]
fn evidence_that_records_point_to_is_there() {
    let files = mc_sim::demo_evidence(SEED).expect("files");
    assert!(files.is_sorted_by_key(|file| file.hash));
    for file in &files {
        assert_eq!(file.hash, sha256(file.text.as_bytes()));
        assert!(file.text.contains("minh họa"));
    }
    let now = Registers::now();
    let mut pointed = 0;
    for (_, value) in ["task", "bottleneck"].into_iter().flat_map(|id| now.records(id)).flat_map(Record::iter)
    {
        if let Value::File(hash) = value {
            assert!(files.iter().any(|file| file.hash == *hash));
            pointed += 1;
        }
    }
    assert!(pointed > 20);
}
