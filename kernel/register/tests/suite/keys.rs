//! Record keys and canonical texts: one text per value, one value per text.

use crate::common::{any_value, day, every_type, field, mast, spell};
use mc_base::{Scaled, text::nfc};
use mc_ledger::Value;
use mc_register::{
    KeyError, Record, Schema, canonical_value_text, key_text, parse_canonical, parse_key, thing_key,
    thing_of_key,
};
use proptest::prelude::*;

fn named(schema: &Schema, name: &str, count: i64) -> Record {
    let mut record = Record::new();
    assert!(record.set_id(schema, "name", Value::Text(nfc(name))));
    assert!(record.set_id(schema, "count", Value::Int(count)));
    record
}

#[test]
fn parts_are_joined_and_escaped() {
    let schema = every_type();
    let key = key_text(&schema, &named(&schema, "100% a/b", -3)).expect("a key");
    assert_eq!(key, "100%25 a%2Fb/-3");
    assert_eq!(parse_key(&schema, &key), Ok(named(&schema, "100% a/b", -3)));
}

#[test]
fn a_spell_adds_since() {
    let schema = mast();
    let record = spell(&schema, "X/1", "live", "2025-07-01", "");
    assert_eq!(key_text(&schema, &record).as_deref(), Ok("A/X%2F1/2025-07-01"));
    assert_eq!(thing_key(&schema, &record).as_deref(), Ok("A/X%2F1"));
    assert_eq!(thing_of_key(&schema, "A/X%2F1/2025-07-01"), "A/X%2F1");
    assert_eq!(thing_of_key(&every_type(), "A/1"), "A/1");
}

#[test]
fn a_key_needs_all_its_values() {
    let schema = every_type();
    let mut record = named(&schema, "", 1);
    let error = key_text(&schema, &record).expect_err("an empty text names nothing");
    assert_eq!(error.to_string(), "Sổ “every_type”: thiếu Tên, là trường khóa của bản ghi; cần một giá trị.");
    record.set(1, Value::Commitment(mc_base::Hash32::ZERO));
    assert!(matches!(key_text(&schema, &record), Err(KeyError::Missing { .. })));
    record.set(1, Value::Text("hai\ndòng".to_owned()));
    assert!(matches!(key_text(&schema, &record), Err(KeyError::Lines { .. })));
    record.set(1, Value::Text("x".repeat(2_000)));
    assert!(matches!(key_text(&schema, &record), Err(KeyError::TooLong { found: 2_002, .. })));
}

#[test]
fn only_printed_keys_are_read() {
    let schema = every_type();
    for bad in ["a", "a/1/2", "a/01", "a/+1", "/1", "a%2f/1", "a%/1", "a%4/1", "e\u{301}/1", ""] {
        assert!(parse_key(&schema, bad).is_err(), "{bad}");
    }
    let error = parse_key(&schema, "a").expect_err("one part");
    assert_eq!(
        error.to_string(),
        "Sổ “every_type”: khóa “a” có 1 phần; cần 2 phần (Tên, Số tầng) cách nhau bằng “/”."
    );
    let error = parse_key(&schema, "a/01").expect_err("not canonical");
    assert_eq!(
        error.to_string(),
        "Sổ “every_type”: phần “01” của khóa không phải số nguyên viết dạng chuẩn, cho Số tầng."
    );
}

#[test]
fn canonical_texts() {
    let schema = every_type();
    let cases = [
        ("count", "-5", Value::Int(-5)),
        ("rate", "84.20", Value::Scaled(Scaled { mantissa: 8420, scale: 2 })),
        ("active", "true", Value::Bool(true)),
        ("begun", "2025-10-31", Value::Day(day("2025-10-31"))),
        ("month", "2025-10", Value::Month(day("2025-10-31").month())),
        ("bands", "2g,4g", Value::CodeSet(vec!["2g".to_owned(), "4g".to_owned()])),
        ("bands", "", Value::CodeSet(Vec::new())),
        (
            "spot",
            "104.0050000,22.5063900",
            Value::Point(mc_ledger::Point { lon: 1_040_050_000, lat: 225_063_900 }),
        ),
    ];
    for (id, text, value) in cases {
        assert_eq!(canonical_value_text(&value).as_deref(), Some(text), "{id}");
        assert_eq!(parse_canonical(field(&schema, id), text), Some(value), "{id}");
    }
    for (id, bad) in [
        ("count", "1.0"),
        ("count", "-0"),
        ("rate", "84.2"),
        ("rate", "084.20"),
        ("rate", "8420"),
        ("rate", "84.+2"),
        ("active", "TRUE"),
        ("begun", "2025-2-1"),
        ("bands", "4g,2g"),
        ("bands", "2g,2g"),
        ("bands", "2g,"),
        ("spot", "200.0000000,22.5063900"),
        ("spot", "104.005,22.506"),
        ("evidence", "AB"),
        ("place", "007"),
    ] {
        assert_eq!(parse_canonical(field(&schema, id), bad), None, "{id} {bad}");
    }
    assert_eq!(canonical_value_text(&Value::Null), None);
}

proptest! {
    #[test]
    fn any_value_has_one_text(values in every_type().field.iter().map(any_value).collect::<Vec<_>>()) {
        let schema = every_type();
        for (field, value) in schema.field.iter().zip(values) {
            let text = canonical_value_text(&value).expect("a text");
            prop_assert_eq!(parse_canonical(field, &text), Some(value), "{} {}", field.id, text);
        }
    }

    #[test]
    fn any_key_is_read_back(name in "[a-zÀ-ỹ%/ ~0-9.]{1,20}", count in -5_i64..=2_000) {
        let schema = every_type();
        let record = named(&schema, name.trim(), count);
        prop_assume!(!name.trim().is_empty());
        let key = key_text(&schema, &record).expect("a key");
        prop_assert_eq!(mc_ledger::canon::check_key(&key), Ok(()));
        prop_assert_eq!(parse_key(&schema, &key), Ok(record));
    }

    #[test]
    fn equal_keys_are_equal_values(
        one in ("[%/25Fa]{1,6}", "[%/25Fa]{1,6}"),
        other in ("[%/25Fa]{1,6}", "[%/25Fa]{1,6}"),
    ) {
        let schema = mast();
        let record = |(owner, code): &(String, String)| {
            let mut record = spell(&schema, code, "live", "2025-07-01", "");
            assert!(record.set_id(&schema, "owner", Value::Code(owner.clone())));
            record
        };
        let key = |pair| key_text(&schema, &record(pair)).expect("a key");
        prop_assert_eq!(key(&one) == key(&other), one == other);
    }

    #[test]
    fn no_text_breaks_the_reader(text in "\\PC{0,40}") {
        let schema = every_type();
        if let Ok(record) = parse_key(&schema, &text) {
            prop_assert_eq!(key_text(&schema, &record), Ok(text.clone()));
        }
        for field in &schema.field {
            if let Some(value) = parse_canonical(field, &text) {
                prop_assert_eq!(canonical_value_text(&value), Some(text.clone()));
            }
        }
    }
}
