//! Canonical bytes: round trip, one form only, strict order.

use mc_base::{AgencyId, Hash32, Instant, PlaceId, Scaled};
use mc_ledger::canon::{
    Act, CanonError, RowLeaf, check_key, check_order, check_register, decode_value, encode_value,
};
use mc_ledger::{Point, Value};
use proptest::prelude::*;

use crate::fixture::{any_key, any_row, any_value, day, follow, open};

fn bytes_of(value: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    encode_value(value, &mut out).expect("a canonical form");
    out
}

fn refused(value: &Value) -> CanonError {
    let mut out = vec![9];
    let error = encode_value(value, &mut out).expect_err("no canonical form");
    assert_eq!(out, [9], "a refused value leaves no bytes behind");
    error
}

proptest! {
    #[test]
    fn values_round_trip(value in any_value()) {
        prop_assert_eq!(decode_value(&bytes_of(&value)), Ok(value));
    }

    #[test]
    fn different_values_have_different_bytes(a in any_value(), b in any_value()) {
        prop_assert_eq!(a == b, bytes_of(&a) == bytes_of(&b));
    }

    #[test]
    fn rows_round_trip(row in any_row()) {
        let bytes = row.encode().expect("a row");
        prop_assert_eq!(RowLeaf::decode(&bytes), Ok(row));
    }

    /// Whatever decodes, encodes to the same bytes: there is no second form of anything.
    #[test]
    fn only_canonical_bytes_decode(
        row in any_row(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut bytes = row.encode().expect("a row");
        for (at, byte) in &changes {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        if let Ok(other) = RowLeaf::decode(&bytes) {
            prop_assert_eq!(other.encode(), Ok(bytes));
        }
    }

    #[test]
    fn only_canonical_values_decode(tag in 0_u8..20, payload in prop::collection::vec(any::<u8>(), 0..40)) {
        let length = (payload.len() as u32).to_be_bytes();
        let bytes = [&[tag], length.as_slice(), &payload].concat();
        if let Ok(value) = decode_value(&bytes) {
            prop_assert_eq!(bytes_of(&value), bytes);
        }
    }

    #[test]
    fn cut_rows_are_refused(row in any_row(), at in any::<prop::sample::Index>()) {
        let bytes = row.encode().expect("a row");
        prop_assert!(RowLeaf::decode(&bytes[..at.index(bytes.len())]).is_err());
        prop_assert_eq!(RowLeaf::decode(&[bytes, vec![0]].concat()), Err(CanonError::Trailing(1)));
    }

    #[test]
    fn sorted_rows_are_in_order(mut rows in prop::collection::vec(any_row(), 2..6)) {
        rows.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        rows.dedup_by(|a, b| a.sort_key() == b.sort_key());
        prop_assert_eq!(check_order(&rows), Ok(()));
        if rows.len() > 1 {
            rows.swap(0, 1);
            prop_assert_eq!(check_order(&rows).map_err(|e| e.index), Err(1));
        }
    }

    #[test]
    fn keys_made_by_the_convention_are_accepted(key in any_key()) {
        prop_assert_eq!(check_key(&key), Ok(()));
    }
}

#[test]
fn look_alikes_have_different_bytes() {
    let code = |text: &str| text.to_owned();
    let values = [
        Value::Null,
        Value::Text(String::new()),
        Value::Text("a".to_owned()),
        Value::Code(code("a")),
        Value::Agency(AgencyId(code("a"))),
        Value::CodeSet(vec![]),
        Value::CodeSet(vec![code("a")]),
        Value::CodeSet(vec![code("a"), code("b")]),
        Value::CodeSet(vec![code("ab")]),
        Value::Bool(false),
        Value::Int(0),
        Value::Place(PlaceId(0)),
        Value::Instant(Instant(0)),
        Value::Day(day("1970-01-01")),
        Value::Scaled(Scaled { mantissa: 0, scale: 0 }),
        Value::Scaled(Scaled { mantissa: 8_420, scale: 2 }),
        Value::Scaled(Scaled { mantissa: 842, scale: 1 }),
        Value::Point(Point { lon: 0, lat: 0 }),
        Value::File(Hash32::ZERO),
        Value::Commitment(Hash32::ZERO),
        Value::Ref { register: code("a"), key: code("bc") },
        Value::Ref { register: code("ab"), key: code("c") },
    ];
    let mut all: Vec<_> = values.iter().map(bytes_of).collect();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), values.len());
}

#[test]
fn values_without_canonical_form_are_refused() {
    // "ủ" written as u and a combining hook.
    let nfd = "u\u{309}y ban".to_owned();
    assert_eq!(refused(&Value::Text(nfd.clone())), CanonError::Nfc("văn bản"));
    assert_eq!(refused(&Value::Code(nfd)), CanonError::Nfc("mã"));
    assert_eq!(refused(&Value::Code(String::new())), CanonError::Empty("mã"));
    assert_eq!(refused(&Value::Code(" a".to_owned())), CanonError::CodeForm("mã"));
    assert_eq!(refused(&Value::Code("a\u{a0}".to_owned())), CanonError::CodeForm("mã"));
    assert_eq!(refused(&Value::Code("a\nb".to_owned())), CanonError::CodeForm("mã"));
    let set = |codes: &[&str]| Value::CodeSet(codes.iter().map(|c| (*c).to_owned()).collect());
    assert_eq!(refused(&set(&["b", "a"])), CanonError::CodesOrder);
    assert_eq!(refused(&set(&["a", "a"])), CanonError::CodesOrder);
    assert_eq!(refused(&set(&["a,b"])), CanonError::CodeForm("mã"));
    assert_eq!(refused(&Value::Scaled(Scaled { mantissa: 1, scale: 10 })), CanonError::Scale(10));
    assert!(matches!(refused(&Value::Instant(Instant(i64::MAX))), CanonError::Range { .. }));
    assert!(matches!(refused(&Value::Point(Point { lon: i32::MIN, lat: 0 })), CanonError::Range { .. }));
    assert!(matches!(refused(&Value::Point(Point { lon: 0, lat: 900_000_001 })), CanonError::Range { .. }));
    assert!(matches!(refused(&Value::Text("a".repeat(262_145))), CanonError::TooLong { .. }));
    let many = Value::CodeSet((0..257).map(|n| format!("{n:03}")).collect());
    assert!(matches!(refused(&many), CanonError::TooLong { .. }));
}

#[test]
fn a_row_obeys_its_act() {
    let first = open("tram-1", 1, Hash32::ZERO, "Trạm");
    let close = follow(&first, Act::Close, None);
    let erase = follow(&first, Act::Erase, Some(2));
    for good in [&first, &close, &erase] {
        assert!(good.encode().is_ok(), "{good:?}");
    }
    let cases = [
        (RowLeaf { previous: Hash32([1; 32]), ..first.clone() }, CanonError::Previous),
        (RowLeaf { ordinal: 2, ..first.clone() }, CanonError::Previous),
        (RowLeaf { ordinal: 0, ..first.clone() }, CanonError::OrdinalZero),
        (RowLeaf { field: Some(2), ..first.clone() }, CanonError::ErasedField),
        (RowLeaf { previous: Hash32::ZERO, ..close.clone() }, CanonError::Previous),
        (RowLeaf { field: Some(2), ..close.clone() }, CanonError::ErasedField),
        (RowLeaf { fields: first.fields.clone(), ..close }, CanonError::FieldsOnClose),
        (RowLeaf { field: None, ..erase.clone() }, CanonError::ErasedField),
        (RowLeaf { field: Some(0), ..erase }, CanonError::FieldZero),
        (RowLeaf { fields: vec![(0, Value::Null)], ..first.clone() }, CanonError::FieldZero),
        (
            RowLeaf { fields: vec![(2, Value::Null), (2, Value::Null)], ..first.clone() },
            CanonError::FieldOrder(2),
        ),
        (
            RowLeaf { fields: vec![(2, Value::Null), (1, Value::Null)], ..first.clone() },
            CanonError::FieldOrder(1),
        ),
        (
            RowLeaf { fields: vec![(5, Value::Code(String::new()))], ..first.clone() },
            CanonError::Field { number: 5, fault: Box::new(CanonError::Empty("mã")) },
        ),
    ];
    for (row, expected) in cases {
        assert_eq!(row.encode(), Err(expected), "{row:?}");
    }
    let huge = (1..=5).map(|no| (no, Value::Text("a".repeat(262_144)))).collect();
    assert!(matches!(RowLeaf { fields: huge, ..first }.encode(), Err(CanonError::TooLong { .. })));
}

#[test]
fn a_repeated_row_is_out_of_order() {
    let row = open("tram-1", 1, Hash32::ZERO, "Trạm");
    let error = check_order([&row, &row]).expect_err("the same row twice");
    assert_eq!(error.index, 1);
    assert_eq!(error.to_string(), "dòng 1 của lần ghi không đứng sau dòng 0: sai thứ tự hoặc lặp");
}

#[test]
fn register_ids_and_keys_have_one_form() {
    for good in ["a", "base_station", "x9"] {
        assert_eq!(check_register(good), Ok(()));
    }
    for bad in ["", "9x", "_a", "Base", "trạm", "a-b", &"a".repeat(65)] {
        assert!(check_register(bad).is_err(), "{bad}");
    }
    for good in ["15/2025-10-31", "a%2Fb", "100%25", "Cốc Lếu"] {
        assert_eq!(check_key(good), Ok(()));
    }
    for bad in ["", "100%", "a%2fb", "a%20b", "a\tb", "u\u{309}", &"a".repeat(1_025)] {
        assert!(check_key(bad).is_err(), "{bad}");
    }
}

#[test]
fn a_field_is_found_by_its_number() {
    let row = open("tram-1", 1, Hash32::ZERO, "Trạm");
    assert_eq!(row.field_value(2), Some(&Value::Text("Trạm".to_owned())));
    assert_eq!(row.field_value(7), Some(&Value::Null));
    assert_eq!(row.field_value(4), None);
}
