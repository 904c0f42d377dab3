//! The declared measures say of a few records what their descriptions promise, by the reference evaluator.

use mc_base::{AgencyId, Day, Month, PlaceId};
use mc_figure::measure::CompiledMeasure;
use mc_figure::{Definition, Indicator, check};
use mc_ledger::Value;
use mc_register::Schema;

fn day(text: &str) -> Day {
    Day::parse_iso(text).expect("a day of the test")
}

fn schemas() -> Vec<Schema> {
    let texts = mc_programmes::all().into_iter().flat_map(|programme| programme.registers());
    texts.map(|text| Schema::from_toml(text.text).expect("a sound register")).collect()
}

fn indicator(id: &str) -> (Indicator, Schema) {
    let schemas = schemas();
    let path = format!("indicators/{id}.toml");
    let mut texts = mc_programmes::all().into_iter().flat_map(|programme| programme.indicators());
    let text = texts.find(|text| text.path == path).expect("the indicator is declared");
    let definition = Definition::from_toml(text.text).expect("a definition");
    let find = |id: &str| schemas.iter().find(|schema| schema.id == id);
    let indicator = check(&definition, &find).expect("a sound indicator");
    let schema = find(&indicator.num.register).expect("the register is declared").clone();
    (indicator, schema)
}

/// What records, given by field id, add up to: all changes up to `at`, since every flow here lies within
/// one year.
fn value(measure: &CompiledMeasure, schema: &Schema, records: &[&[(&str, Value)]], at: Day) -> i64 {
    let mut sum = 0;
    for record in records {
        let field = |no: u16| {
            let found = record.iter().find(|(id, _)| schema.field(id).is_some_and(|field| field.no == no));
            found.map_or(Value::Null, |(_, value)| value.clone())
        };
        for (id, _) in *record {
            assert!(schema.field(id).is_some(), "{} has no field {id}", schema.id);
        }
        let found = measure.contributions(&field).expect("the record fits");
        sum += found.changes.iter().filter(|(on, _)| *on <= at).map(|(_, amount)| amount).sum::<i64>();
    }
    sum
}

fn code(id: &str) -> Value {
    Value::Code(id.to_owned())
}

fn on(text: &str) -> Value {
    Value::Day(day(text))
}

fn spell(state: &str, since: &str, until: Option<&str>, due: Option<&str>) -> Vec<(&'static str, Value)> {
    vec![
        ("code", code("NV-01")),
        ("state", code(state)),
        ("since", on(since)),
        ("until", until.map_or(Value::Null, on)),
        ("effective_due", due.map_or(Value::Null, on)),
    ]
}

#[test]
fn a_task_is_overdue_once_a_day_from_the_day_after_its_deadline_until_it_is_handed_in() {
    let (overdue, schema) = indicator("tasks_overdue");
    let due = Some("2025-09-30");
    let history = [
        spell("assigned", "2025-08-01", Some("2025-08-04"), due),
        spell("in_progress", "2025-08-04", Some("2025-10-05"), due),
        spell("extension_asked", "2025-10-05", Some("2025-10-08"), due),
        spell("in_progress", "2025-10-08", Some("2025-10-20"), due),
        spell("submitted", "2025-10-20", Some("2025-10-25"), due),
        spell("done", "2025-10-25", None, due),
    ];
    let records: Vec<&[(&str, Value)]> = history.iter().map(Vec::as_slice).collect();
    let count = |at: &str| value(&overdue.num, &schema, &records, day(at));
    assert_eq!(count("2025-09-30"), 0, "the last day of the deadline still counts as in time");
    for at in ["2025-10-01", "2025-10-04", "2025-10-05", "2025-10-08", "2025-10-19"] {
        assert_eq!(count(at), 1, "{at}");
    }
    for at in ["2025-10-20", "2025-10-25", "2026-01-01"] {
        assert_eq!(count(at), 0, "{at}");
    }
}

#[test]
fn a_deadline_not_yet_moved_to_a_working_day_counts_as_written() {
    let (overdue, schema) = indicator("tasks_overdue");
    let mut task = spell("in_progress", "2025-08-01", None, None);
    task.push(("due", on("2025-09-30")));
    let count = |at: &str| value(&overdue.num, &schema, &[&task], day(at));
    assert_eq!((count("2025-09-30"), count("2025-10-01")), (0, 1));
}

#[test]
fn a_void_submission_does_not_stop_the_clock_and_a_standing_task_has_none() {
    let (overdue, schema) = indicator("tasks_overdue");
    let mut void = spell("submitted", "2025-10-20", None, Some("2025-09-30"));
    void.push(("submission_void", Value::Bool(true)));
    let standing = spell("in_progress", "2025-08-01", None, None);
    let paused = spell("paused", "2025-08-01", None, Some("2025-09-30"));
    let records: [&[(&str, Value)]; 3] = [&void, &standing, &paused];
    assert_eq!(value(&overdue.num, &schema, &records, day("2025-11-17")), 1);
}

#[test]
fn a_task_handed_in_late_stays_late_when_done() {
    let (late, schema) = indicator("tasks_done_late");
    let mut done = spell("done", "2025-10-25", None, Some("2025-09-30"));
    done.push(("submitted_on", on("2025-10-20")));
    let mut in_time = spell("done", "2025-10-25", None, Some("2025-09-30"));
    in_time.push(("submitted_on", on("2025-09-30")));
    let records: [&[(&str, Value)]; 2] = [&done, &in_time];
    assert_eq!(value(&late.num, &schema, &records, day("2025-11-17")), 1);
}

#[test]
fn a_station_counts_while_it_is_on_air() {
    let (stations, schema) = indicator("stations");
    let row = |state: &str, since: &str, until: Option<&str>| {
        vec![("state", code(state)), ("since", on(since)), ("until", until.map_or(Value::Null, on))]
    };
    let history = [
        row("building", "2025-02-01", Some("2025-05-01")),
        row("live", "2025-05-01", Some("2025-08-15")),
        row("lost", "2025-08-15", Some("2025-08-20")),
        row("live", "2025-08-20", None),
    ];
    let records: Vec<&[(&str, Value)]> = history.iter().map(Vec::as_slice).collect();
    let count = |at: &str| value(&stations.num, &schema, &records, day(at));
    let days = ["2025-04-30", "2025-05-01", "2025-08-14", "2025-08-15", "2025-08-20", "2025-10-31"];
    assert_eq!(days.map(count), [0, 1, 1, 0, 1, 1]);
}

#[test]
fn a_month_that_was_not_reported_is_not_carried_forward() {
    let (rate, schema) = indicator("digitisation_rate");
    let den = rate.den.as_ref().expect("a ratio");
    let row = |bloc: &str, unit: &str, month: i8, done: i64, total: i64| {
        vec![
            ("agency", Value::Agency(AgencyId("so-khcn-15".to_owned()))),
            ("bloc", code(bloc)),
            ("unit", code(unit)),
            ("month", Value::Month(Month::new(2025, month).expect("a month"))),
            ("place", Value::Place(PlaceId(115))),
            ("done", Value::Int(done)),
            ("total", Value::Int(total)),
        ]
    };
    let rows = [
        row("state", "file", 9, 700, 1_000),
        row("state", "file", 10, 842, 1_000),
        row("party", "file", 10, 5, 10),
        row("state", "page", 10, 5, 10),
    ];
    let records: Vec<&[(&str, Value)]> = rows.iter().map(Vec::as_slice).collect();
    let both =
        |at: &str| (value(&rate.num, &schema, &records, day(at)), value(den, &schema, &records, day(at)));
    assert_eq!(both("2025-09-30"), (700, 1_000));
    assert_eq!(both("2025-10-31"), (842, 1_000));
    assert_eq!(both("2025-11-01"), (0, 0));
}

#[test]
fn spending_is_shared_over_what_was_spent_to_the_day_and_over_the_whole_year() {
    let all = schemas();
    let totals = all.iter().find(|schema| schema.id == "local_budget_total").expect("declared");
    let entry = |kind: &str, at: &str, parts: [i64; 3]| {
        vec![
            ("kind", code(kind)),
            ("day", on(at)),
            ("st", Value::Int(parts[0])),
            ("innovation", Value::Int(parts[1])),
            ("digital", Value::Int(parts[2])),
        ]
    };
    let entries = [
        entry("allocated", "2025-01-10", [900, 0, 0]),
        entry("disbursed", "2025-03-31", [100, 20, 80]),
        entry("disbursed", "2025-10-31", [300, 24, 50]),
        entry("disbursed", "2025-11-05", [1, 1, 1]),
    ];
    let entries: Vec<&[(&str, Value)]> = entries.iter().map(Vec::as_slice).collect();
    let actual = |at: &str, amount: i64| {
        vec![("kind", code("actual")), ("day", on(at)), ("amount", Value::Int(amount))]
    };
    let mut planned =
        vec![("kind", code("planned")), ("day", on("2024-12-10")), ("amount", Value::Int(50_000))];
    planned.extend([("valid_from", on("2025-01-01")), ("valid_until", on("2026-01-01"))]);
    let (spring, autumn) = (actual("2025-03-31", 10_000), actual("2025-10-31", 28_267));
    let records: [&[(&str, Value)]; 3] = [&spring, &autumn, &planned];

    let (share, schema) = indicator("st_spending_share");
    let october = day("2025-10-31");
    assert_eq!(value(&share.num, &schema, &entries, october), 574);
    let den =
        |indicator: &Indicator| value(indicator.den.as_ref().expect("a ratio"), totals, &records, october);
    assert_eq!(den(&share), 38_267);
    assert_eq!(den(&indicator("st_spending_share_planned").0), 50_000);
    assert_eq!(den(&indicator("st_spending_share_estimated").0), 0);
}

#[test]
fn what_is_known_to_exist_counts_though_its_first_day_is_not_known() {
    for id in ["data_centres", "training_institutions", "st_organisations", "spearhead_fields", "regulations"]
    {
        let (indicator, schema) = indicator(id);
        let record: &[(&str, Value)] = &[("code", code("A"))];
        assert_eq!(value(&indicator.num, &schema, &[record], day("2025-10-31")), 1, "{id}");
    }
}
