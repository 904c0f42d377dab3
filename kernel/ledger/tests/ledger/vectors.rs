//! The test vectors of `docs/spec/ledger.md`: made by the code, compared byte for byte with the files.
//!
//! `MINHCHUNG_BLESS=1 cargo test -p mc-ledger vectors` writes them anew.

use std::fs;
use std::path::Path;

use mc_base::{AgencyId, Hash32, Instant, Month, PlaceId, Scaled};
use mc_ledger::canon::{Act, CanonError, RowLeaf, decode_value, encode_value};
use mc_ledger::commitment::Commitment;
use mc_ledger::hash::{TextKind, sha256};
use mc_ledger::tree::leaf_hash;
use mc_ledger::{Entry, Point, Value};
use serde_json::{Value as Json, json};

use crate::fixture::{Ledger, day, follow, open};

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub fn hexes(hashes: &[Hash32]) -> Vec<String> {
    hashes.iter().map(ToString::to_string).collect()
}

pub fn compare(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/spec/vectors").join(name);
    if std::env::var_os("MINHCHUNG_BLESS").is_some() {
        fs::write(&path, text).expect("a writable vector file");
    }
    let stored = fs::read_to_string(&path).expect("a vector file");
    assert!(stored == text, "{name} differs from what the code makes; see docs/spec/ledger.md section 12");
}

pub fn compare_json(name: &str, content: &Json) {
    compare(name, &(serde_json::to_string_pretty(content).expect("JSON") + "\n"));
}

fn bytes_of(value: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    encode_value(value, &mut out).expect("a canonical form");
    out
}

/// One value of each type and at each edge, with a name.
fn values() -> Vec<(&'static str, Value)> {
    let scaled = |mantissa, scale| Value::Scaled(Scaled { mantissa, scale });
    let month = |number| Value::Month(Month::from_number(number).expect("a month"));
    vec![
        ("null", Value::Null),
        ("bool false", Value::Bool(false)),
        ("bool true", Value::Bool(true)),
        ("int 0", Value::Int(0)),
        ("int 574000000000", Value::Int(574_000_000_000)),
        ("int -1", Value::Int(-1)),
        ("int least", Value::Int(i64::MIN)),
        ("scaled 84.20", scaled(8_420, 2)),
        ("scaled 84.2", scaled(842, 1)),
        ("scaled -0.000000001", scaled(-1, 9)),
        ("day 2025-11-17", Value::Day(day("2025-11-17"))),
        ("day 0001-01-01", Value::Day(day("0001-01-01"))),
        ("day 9999-12-31", Value::Day(day("9999-12-31"))),
        ("month 2025-10", month(202_510)),
        ("instant 2025-11-17T11:00:00Z", Value::Instant(Instant(1_763_377_200_000))),
        ("text empty", Value::Text(String::new())),
        ("text số hóa", Value::Text("số hóa".to_owned())),
        ("text two lines", Value::Text("dòng 1\ndòng 2".to_owned())),
        ("code dang-phat-song", Value::Code("dang-phat-song".to_owned())),
        ("codes empty", Value::CodeSet(vec![])),
        ("codes 4g, 5g", Value::CodeSet(vec!["4g".to_owned(), "5g".to_owned()])),
        ("ref base_station tram-1", Value::Ref { register: "base_station".into(), key: "tram-1".into() }),
        ("place 15", Value::Place(PlaceId(15))),
        ("agency so-khcn", Value::Agency(AgencyId("so-khcn".to_owned()))),
        ("point 103.9707 22.4856", Value::Point(Point { lon: 1_039_707_000, lat: 224_856_000 })),
        ("point -180 -90", Value::Point(Point { lon: -1_800_000_000, lat: -900_000_000 })),
        ("file", Value::File(sha256(b"minh chung"))),
        ("commitment", Value::Commitment(Hash32([0xab; 32]))),
    ]
}

#[test]
fn vectors_values() {
    let list: Vec<_> = values()
        .iter()
        .map(|(name, value)| {
            let bytes = bytes_of(value);
            assert_eq!(decode_value(&bytes).as_ref(), Ok(value), "{name}");
            json!({ "value": name, "bytes": hex(&bytes) })
        })
        .collect();
    compare_json("values.json", &json!(list));
}

fn with_tag(tag: u8, payload: &[u8]) -> Vec<u8> {
    [&[tag], (payload.len() as u32).to_be_bytes().as_slice(), payload].concat()
}

#[test]
fn vectors_refused() {
    let codes = |codes: &[&str]| {
        let mut payload = (codes.len() as u16).to_be_bytes().to_vec();
        for code in codes {
            payload.extend_from_slice(&(code.len() as u16).to_be_bytes());
            payload.extend_from_slice(code.as_bytes());
        }
        with_tag(9, &payload)
    };
    let refused_values: Vec<(&str, Vec<u8>)> = vec![
        ("nothing", vec![]),
        ("cut within the length", vec![2, 0, 0]),
        ("cut within the payload", with_tag(2, &[0; 8])[..10].to_vec()),
        ("bytes after the payload", [with_tag(0, &[]), vec![0]].concat()),
        ("type tag 16", with_tag(16, &[])),
        ("null with a payload", with_tag(0, &[0])),
        ("bool 2", with_tag(1, &[2])),
        ("int of four bytes", with_tag(2, &[0; 4])),
        ("scale 10", with_tag(3, &[10, 0, 0, 0, 0, 0, 0, 0, 1])),
        ("day in year 10000", with_tag(4, &2_932_897_i32.to_be_bytes())),
        ("month 13", with_tag(5, &202_513_i32.to_be_bytes())),
        ("instant out of range", with_tag(6, &i64::MAX.to_be_bytes())),
        ("text not UTF-8", with_tag(7, &[0xff])),
        ("text not NFC", with_tag(7, "u\u{309}y ban".as_bytes())),
        ("code empty", with_tag(8, b"")),
        ("code with a space before", with_tag(8, b" 4g")),
        ("code with a line feed", with_tag(8, b"4\ng")),
        ("codes descending", codes(&["5g", "4g"])),
        ("codes repeated", codes(&["4g", "4g"])),
        ("codes with a comma", codes(&["4g,5g"])),
        ("codes fewer than counted", with_tag(9, &[0, 1])),
        ("ref to a register in capitals", with_tag(10, b"\x01A\x00\x01a")),
        ("ref without key", with_tag(10, b"\x01a\x00\x00")),
        ("place of eight bytes", with_tag(11, &[0; 8])),
        ("point beyond 180 degrees", with_tag(13, &[&1_800_000_001_i32.to_be_bytes()[..], &[0; 4]].concat())),
        ("file of 31 bytes", with_tag(14, &[0; 31])),
        ("commitment of 33 bytes", with_tag(15, &[0; 33])),
    ];
    let values: Vec<_> = refused_values
        .iter()
        .map(|(why, bytes)| {
            let error = decode_value(bytes).expect_err(why);
            json!({ "why": why, "rule": rule(&error), "bytes": hex(bytes) })
        })
        .collect();
    let rows: Vec<_> = refused_rows()
        .iter()
        .map(|(why, bytes)| {
            let error = RowLeaf::decode(bytes).expect_err(why);
            json!({ "why": why, "rule": rule(&error), "bytes": hex(bytes) })
        })
        .collect();
    compare_json("refused.json", &json!({ "values": values, "rows": rows }));
}

/// Name of the rule that was broken, so that bytes refused for another reason than the one meant are noticed.
fn rule(error: &CanonError) -> String {
    match error {
        CanonError::Field { fault, .. } => rule(fault),
        other => format!("{other:?}").chars().take_while(|c| c.is_alphanumeric()).collect(),
    }
}

/// Rows spoiled by overwriting bytes of good ones. The offsets follow from section 4 for register
/// `base_station` (12 bytes) and key `tram-1` (6 bytes).
fn refused_rows() -> Vec<(&'static str, Vec<u8>)> {
    const ACT: usize = 17 + 1 + 12 + 32 + 2 + 6;
    const ORDINAL: usize = ACT + 1;
    const FIELD: usize = ORDINAL + 4;
    const PREVIOUS: usize = FIELD + 2;
    const COUNT: usize = PREVIOUS + 32 + 16;
    let first = open("tram-1", 1, Hash32::ZERO, "Trạm số 1");
    let good = first.encode().expect("a row");
    let close = follow(&first, Act::Close, None).encode().expect("a row");
    let spoiled = |bytes: &[u8], at: usize, with: &[u8]| {
        let mut bytes = bytes.to_vec();
        bytes[at..at + with.len()].copy_from_slice(with);
        bytes
    };
    vec![
        ("another tag", spoiled(&good, 14, b"w")),
        ("register in capitals", spoiled(&good, 18, b"B")),
        ("act 0", spoiled(&good, ACT, &[0])),
        ("act 4", spoiled(&good, ACT, &[4])),
        ("ordinal 0", spoiled(&good, ORDINAL, &[0; 4])),
        ("open with an erased field", spoiled(&good, FIELD, &[0, 2])),
        ("first version with a predecessor", spoiled(&good, PREVIOUS, &[1])),
        ("second version without one", spoiled(&good, ORDINAL, &[0, 0, 0, 2])),
        ("close without a predecessor", spoiled(&close, PREVIOUS, &[0; 32])),
        ("close with an erased field", spoiled(&close, FIELD, &[0, 2])),
        ("close with a field", [spoiled(&close, COUNT, &[0, 1]), vec![0, 1, 0, 0, 0, 0, 0]].concat()),
        ("erase without a field", spoiled(&close, ACT, &[3])),
        ("fewer fields than counted", spoiled(&good, COUNT, &[0, 5])),
        ("more fields than counted", spoiled(&good, COUNT, &[0, 3])),
        ("field number 0", spoiled(&good, COUNT + 2, &[0, 0])),
        ("field numbers not ascending", spoiled(&good, COUNT + 2, &[0, 2])),
    ]
}

#[test]
fn vectors_hashes() {
    let salt: [u8; 32] = std::array::from_fn(|n| n as u8);
    let kinds = [
        ("source", TextKind::Source),
        ("reason", TextKind::Reason),
        ("idempotency key", TextKind::IdempotencyKey),
        ("request", TextKind::Request),
    ];
    let texts: Vec<_> = kinds
        .iter()
        .flat_map(|(name, kind)| {
            ["", "Nhập danh sách trạm"].map(|text| {
                let hash = kind.hash(&salt, text.as_bytes()).to_string();
                json!({ "kind": name, "salt": hex(&salt), "text": text, "hash": hash })
            })
        })
        .collect();
    let place = Commitment { register: "parcel", field: 21, key: "15/26/103", ordinal: 1, salt: &salt };
    let personal = [
        (place, Value::Text("Người sử dụng đất số 1".to_owned())),
        (place, Value::Null),
        (Commitment { ordinal: 2, ..place }, Value::Text("Người sử dụng đất số 1".to_owned())),
        (Commitment { field: 22, ..place }, Value::Day(day("1970-02-28"))),
    ];
    let commitments: Vec<_> = personal
        .iter()
        .map(|(place, value)| {
            json!({
                "register": place.register,
                "field": place.field,
                "key": place.key,
                "ordinal": place.ordinal,
                "salt": hex(place.salt),
                "value": hex(&bytes_of(value)),
                "commitment": place.to(value).expect("a commitment").to_string(),
            })
        })
        .collect();
    compare_json("hashes.json", &json!({ "salted_texts": texts, "commitments": commitments }));
}

#[test]
fn vectors_rows() {
    let mut every_type = open("15%2F26/2025-07-30", 1, Hash32::ZERO, "");
    every_type.fields = (1..).zip(values()).map(|(number, (_, value))| (number, value)).collect();
    let first = open("tram-1", 1, Hash32::ZERO, "Trạm số 1");
    let second = open("tram-1", 2, first.hash().expect("a hash"), "Trạm số 1, Cốc Lếu");
    let rows =
        [every_type, follow(&first, Act::Close, None), follow(&second, Act::Erase, Some(2)), first, second];
    let list: Vec<_> = rows
        .iter()
        .map(|row| {
            let bytes = row.encode().expect("a row");
            assert_eq!(RowLeaf::decode(&bytes).as_ref(), Ok(row));
            let field =
                |(number, value): &(u16, Value)| json!({ "number": number, "value": hex(&bytes_of(value)) });
            json!({
                "register": row.register,
                "schema": row.schema.to_string(),
                "key": row.key,
                "act": row.act.code(),
                "ordinal": row.ordinal,
                "field": row.field.unwrap_or(0),
                "previous": row.previous.to_string(),
                "nonce": hex(&row.nonce),
                "fields": row.fields.iter().map(field).collect::<Vec<_>>(),
                "bytes": hex(&bytes),
                "leaf_hash": leaf_hash(&bytes).to_string(),
            })
        })
        .collect();
    compare_json("rows.json", &json!(list));
}

#[test]
fn vectors_entries() {
    let ledger = Ledger::sample();
    let list: Vec<_> = ledger
        .commits
        .iter()
        .map(|(entry, rows)| {
            let bytes = entry.encode().expect("an entry");
            assert_eq!(Entry::decode(&bytes).as_ref(), Ok(entry));
            json!({
                "illustrative": entry.illustrative,
                "instance": entry.instance.to_string(),
                "seq": entry.seq.0,
                "recorded_at": entry.recorded_at.0,
                "actor": entry.actor,
                "source": entry.source.to_string(),
                "reason": entry.reason.to_string(),
                "idempotency_key": entry.idempotency_key.to_string(),
                "request": entry.request.to_string(),
                "rows": rows.iter().map(|row| hex(&row.encode().expect("a row"))).collect::<Vec<_>>(),
                "rows_root": entry.rows_root.to_string(),
                "bytes": hex(&bytes),
                "leaf_hash": leaf_hash(&bytes).to_string(),
            })
        })
        .collect();
    compare_json("entries.json", &json!(list));
}
