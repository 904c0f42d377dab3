//! A claim holds exactly where it says what the recorded rows add up to.

use mc_base::{Day, Hash32, PlaceId, Seq};
use mc_figure::claim::{
    Arithmetic, FORMAT, FigureClaim, PlacesClaimed, RecordedRow, RowsGiven, SchemaText, check,
};
use mc_figure::{Basis, Definition, canonical_text, definition_hash};
use mc_ledger::{Act, RowLeaf, Value};
use mc_register::{Schema, schema_hash, system};
use proptest::prelude::*;

use crate::common::{SCHEMA, day};

const DEFINITION: &str = r#"
id = "amounts"
slug = "so-tien"
programme = "infrastructure"
version = 1
title = { vi = "Số tiền", en = "Amounts" }
description = { vi = "Cộng số tiền.", en = "The sum of amounts." }
unit = { vi = "đồng", en = "dong" }
kind = "measure"
decimals = 0
direction = "none"

[num]
id = "amounts"
register = "sample"
filter = "state = 'live'"
value = "sum(amount)"
bound = 100000000000000
time = { rule = "stock", from = "started", to = "ended" }
"#;

/// What a record says, apart from its key.
#[derive(Clone, Debug)]
struct Given {
    live: bool,
    place: Option<u32>,
    started: Option<i32>,
    ended: Option<i32>,
    amount: Option<i64>,
}

fn given() -> impl Strategy<Value = Given> {
    let place = prop::option::weighted(0.8, 1_u32..5);
    let days = (prop::option::weighted(0.8, -40..40), prop::option::weighted(0.4, -40..40));
    let amount = prop::option::weighted(0.8, 0_i64..1_000_000_000_000);
    (any::<bool>(), place, days, amount).prop_map(|(live, place, (started, ended), amount)| Given {
        live,
        place,
        started,
        ended,
        amount,
    })
}

fn today() -> Day {
    day("2025-11-17")
}

fn from_today(days: i32) -> Value {
    Value::Day(today().plus(days).expect("a day"))
}

fn open(schema: &Schema, key: &str, values: &[(&str, Value)]) -> RowLeaf {
    let mut fields: Vec<(u16, Value)> =
        values.iter().map(|(id, value)| (schema.field(id).expect("a field").no, value.clone())).collect();
    fields.sort_by_key(|(no, _)| *no);
    RowLeaf {
        register: schema.id.clone(),
        schema: schema_hash(schema),
        key: key.to_owned(),
        act: Act::Open,
        ordinal: 1,
        field: None,
        previous: Hash32::ZERO,
        nonce: [0; 16],
        fields,
    }
}

fn system_schema(register: &str) -> Schema {
    system::schemas().expect("sound").into_iter().find(|schema| schema.id == register).expect("a register")
}

fn definition() -> Definition {
    Definition::from_toml(DEFINITION).expect("a definition")
}

fn code(text: &str) -> Value {
    Value::Code(text.to_owned())
}

/// Rows of a ledger in which places 2 and 3 lie in 1, and 4 does not.
fn rows(records: &[Given]) -> Vec<RowLeaf> {
    let definition = definition();
    let mut rows = vec![open(
        &system_schema(system::INDICATOR),
        "amounts/1",
        &[
            ("indicator", code("amounts")),
            ("version", Value::Int(1)),
            ("hash", Value::File(definition_hash(&definition))),
            ("definition", Value::Text(canonical_text(&definition))),
        ],
    )];
    let parents = system_schema(system::PLACE_PARENT);
    rows.extend([(2, 1), (3, 2), (4, 5)].map(|(child, parent)| {
        open(
            &parents,
            &format!("{child}/{parent}"),
            &[
                ("place", Value::Place(PlaceId(child))),
                ("parent", Value::Place(PlaceId(parent))),
                ("valid_from", Value::Day(day("1900-01-01"))),
            ],
        )
    }));
    let sample = Schema::from_toml(SCHEMA).expect("a schema");
    rows.push(open(
        &system_schema(system::SCHEMA),
        "sample/1",
        &[
            ("register", code("sample")),
            ("version", Value::Int(1)),
            ("hash", Value::File(schema_hash(&sample))),
            ("declaration", Value::Text(mc_register::canonical_text(&sample))),
        ],
    ));
    rows.extend(records.iter().enumerate().map(|(number, given)| {
        let key = format!("K{number}");
        let or_null = |value: Option<Value>| value.unwrap_or(Value::Null);
        open(
            &sample,
            &key,
            &[
                ("id", code(&key)),
                ("state", code(if given.live { "live" } else { "planned" })),
                ("started", or_null(given.started.map(from_today))),
                ("ended", or_null(given.ended.map(from_today))),
                ("amount", or_null(given.amount.map(Value::Int))),
                ("place", or_null(given.place.map(|place| Value::Place(PlaceId(place))))),
            ],
        )
    }));
    rows
}

/// Counted by plain means: (records, sum).
fn counted(records: &[Given]) -> (u64, i64) {
    let counts = |given: &&Given| {
        given.live
            && matches!(given.place, Some(1..=3) | None)
            && given.started.is_some_and(|started| started <= 0)
            && given.ended.is_none_or(|ended| ended > 0)
    };
    let counting: Vec<&Given> = records.iter().filter(counts).collect();
    (counting.len() as u64, counting.iter().filter_map(|given| given.amount).sum())
}

fn claim(records: u64, sum: i64) -> FigureClaim {
    let text = mc_register::canonical_text(&Schema::from_toml(SCHEMA).expect("a schema"));
    FigureClaim {
        places: PlacesClaimed::Now,
        format: FORMAT.to_owned(),
        indicator: "amounts".to_owned(),
        version: 1,
        place: 1,
        place_code: String::new(),
        period: "2025-11".to_owned(),
        today: today().to_string(),
        seq: 7,
        value: Some(sum.to_string()),
        num: Some(sum.to_string()),
        den: None,
        basis: Basis::Counted,
        listed: (sum != 0).then(|| "1.000000".to_owned()),
        records,
        rows: RowsGiven::All,
        inside: vec![1, 2, 3],
        home: Some(2),
        definition: canonical_text(&definition()),
        schemas: vec![SchemaText { register: "sample".to_owned(), text }],
    }
}

fn arithmetic(claim: &FigureClaim, rows: &[RowLeaf]) -> Arithmetic {
    let rows: Vec<RecordedRow<'_>> = rows.iter().map(|leaf| RecordedRow { seq: Seq(7), leaf }).collect();
    check(claim, &rows).arithmetic
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_sum_of_the_rows_holds_and_no_other(
        records in prop::collection::vec(given(), 1..12),
        wrong in 1_i64..1_000,
    ) {
        let rows = rows(&records);
        let (count, sum) = counted(&records);
        prop_assert_eq!(arithmetic(&claim(count, sum), &rows), Arithmetic::Holds);
        for changed in [claim(count, sum + wrong), claim(count + 1, sum)] {
            prop_assert!(matches!(arithmetic(&changed, &rows), Arithmetic::Failed(_)));
        }
    }

    #[test]
    fn a_record_that_counts_cannot_be_left_out(records in prop::collection::vec(given(), 1..12)) {
        let (count, sum) = counted(&records);
        for left_out in 0..records.len() {
            let mut fewer = records.clone();
            fewer.remove(left_out);
            let held = arithmetic(&claim(count, sum), &rows(&fewer)) == Arithmetic::Holds;
            prop_assert_eq!(held, counted(&fewer) == (count, sum));
        }
    }
}

#[test]
fn rows_recorded_after_the_position_do_not_count() {
    let record = Given { live: true, place: Some(2), started: Some(-1), ended: None, amount: Some(5) };
    let rows = rows(&[record]);
    assert_eq!(arithmetic(&claim(1, 5), &rows), Arithmetic::Holds);
    let earlier = FigureClaim { seq: 6, ..claim(1, 5) };
    assert!(matches!(arithmetic(&earlier, &rows), Arithmetic::Failed(_)));
}

#[test]
fn a_claim_comes_back_from_its_json_and_strangers_are_refused() {
    let claim = claim(1, 5);
    let json = claim.to_json().expect("JSON");
    assert_eq!(FigureClaim::from_json(&json).expect("a claim"), claim);
    assert!(json.get("places").is_none(), "a claim that says nothing means places as they are now");
    let then = FigureClaim { places: PlacesClaimed::Then, ..claim.clone() };
    let then_json = then.to_json().expect("JSON");
    assert_eq!(then_json["places"], "then");
    assert_eq!(FigureClaim::from_json(&then_json).expect("a claim"), then);
    let mut more = json.clone();
    more["extra"] = true.into();
    assert!(FigureClaim::from_json(&more).is_err());
    let mut long = json;
    long["definition"] = "x".repeat(70_000).into();
    let said = FigureClaim::from_json(&long).expect_err("too long").to_string();
    assert_eq!(said, "phần số liệu có 70000 byte cách tính, nhiều nhất 65536");
}
