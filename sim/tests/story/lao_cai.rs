//! Lào Cai's records add up to what was published, and no more is said than was published.

use mc_ledger::Value;
use mc_reference::LAO_CAI;

use crate::common::{Registers, ancestors, day, end_of, value};

/// Num ÷ den in thousandths, half up.
fn thousandths((num, den): (i64, Option<i64>)) -> i64 {
    let den = den.expect("a ratio");
    (num * 2_000 + den) / (den * 2)
}

#[test]
fn the_records_add_up_to_the_published_totals() {
    let now = Registers::now();
    let october = day("2025-10-31");
    let counts = [
        ("stations", 4_607),
        ("data_centres", 2),
        ("training_institutions", 2),
        ("st_organisations", 15),
        ("spearhead_fields", 5),
        ("regulations", 3),
        ("st_spending", 574_000_000_000),
    ];
    for (indicator, published) in counts {
        assert_eq!(now.figure(indicator, LAO_CAI, october), (published, None), "{indicator}");
    }
    let rate = |id: &str| thousandths(now.figure(id, LAO_CAI, october));
    assert_eq!(rate("digitisation_rate"), 842);
    assert_eq!(rate("st_spending_share"), 15);
    assert_eq!(now.figure("stations", LAO_CAI, day("2025-11-17")), (4_607, None));
}

#[test]
fn in_july_one_knew_of_4017_stations() {
    let known = Registers::at(end_of("2025-07-30"));
    assert_eq!(known.figure("stations", LAO_CAI, day("2025-07-31")), (4_017, None));
    assert_eq!(known.figure("stations", LAO_CAI, day("2025-07-30")), (4_017, None));
}

#[test]
fn the_difference_has_every_cause() {
    let then = Registers::at(end_of("2025-07-30"));
    let now = Registers::now();
    let mut found = std::collections::BTreeMap::<&str, usize>::new();
    for ((register, thing), after) in
        now.0.iter().filter(|((register, thing), _)| register == "base_station" && thing.starts_with("LC-"))
    {
        let before = then.0.get(&(register.clone(), thing.clone()));
        let open =
            |thing: &mc_register::Thing| thing.records.iter().filter(|state| state.record.is_some()).count();
        let cause = match before {
            None => "new",
            Some(_) if open(after) == 0 => "retired",
            Some(before) if open(before) < open(after) => "spell",
            Some(before) if before != after => "corrected",
            Some(before) => {
                let starts = |state: &mc_register::RecordState| {
                    let record = state.record.as_ref().expect("open");
                    value("base_station", record, "since").clone()
                };
                match before.records.first().map(starts) {
                    Some(Value::Day(since)) if since > day("2025-07-31") => "time",
                    _ => "unchanged",
                }
            }
        };
        *found.entry(cause).or_default() += 1;
    }
    // Corrected: 14 not on air after all, 9 still on air, 26 in another commune.
    let expected =
        [("corrected", 49), ("new", 651), ("retired", 47), ("spell", 21), ("time", 12), ("unchanged", 3_909)];
    assert_eq!(found.into_iter().collect::<Vec<_>>(), expected);
}

#[test]
fn stations_that_the_examples_change_are_on_air() {
    let now = Registers::now();
    for nth in 1..=10 {
        let key = ("base_station".to_owned(), format!("LC-{nth:05}"));
        let [state] = now.0[&key].records.as_slice() else { panic!("one spell of {key:?}") };
        let record = state.record.as_ref().expect("not retired");
        assert_eq!(value("base_station", record, "state"), &Value::Code("live".to_owned()));
        assert_eq!(value("base_station", record, "operator"), &Value::Code("Nhà mạng A".to_owned()));
    }
}

#[test]
fn nothing_unpublished_is_told_of_lao_cai() {
    let now = Registers::now();
    let here = |register: &str| {
        now.records(register)
            .filter(|record| match value(register, record, "place") {
                Value::Place(place) => ancestors(*place).contains(&LAO_CAI),
                _ => false,
            })
            .count()
    };
    for register in [
        "bottleneck",
        "expert_group",
        "product",
        "need",
        "parcel",
        "gate_day",
        "platform",
        "village",
        "total",
    ] {
        assert_eq!(here(register), 0, "{register}");
    }
    assert_eq!(here("task"), 9);
    assert_eq!(now.figure("tasks_overdue", LAO_CAI, day("2025-11-17")), (0, None));
    assert_eq!(now.figure("tasks", LAO_CAI, day("2025-11-17")), (9, None));
}

#[test]
fn no_agency_of_lao_cai_is_ranked() {
    let now = Registers::now();
    let rows = now
        .records("digitisation_progress")
        .filter(|record| value("digitisation_progress", record, "place") == &Value::Place(LAO_CAI));
    let mut count = 0;
    for record in rows {
        let number = |field: &str| match value("digitisation_progress", record, field) {
            Value::Int(number) => *number,
            other => panic!("{other:?}"),
        };
        assert_eq!(number("done") * 1_000, number("total") * 842);
        count += 1;
    }
    assert!(count > 10);
}

#[test]
fn invented_records_say_so() {
    let now = Registers::now();
    for register in ["base_station", "base_site", "station_technology", "budget_entry", "st_organisation"] {
        assert!(now.records(register).count() > 0);
        for record in now.records(register) {
            assert_eq!(value(register, record, "illustrative"), &Value::Bool(true), "{register}");
        }
    }
}
