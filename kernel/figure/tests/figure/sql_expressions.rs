//! Every line of `sql-expressions.txt` is either in the language with one answer, or refused with a sentence.
//!
//! `sql-answers.txt` is the reviewed table. `BLESS=1 cargo test -p mc-figure` rewrites it; read the
//! difference.

use std::fmt::Write as _;
use std::path::Path;

use mc_figure::{compile, eval::eval};
use mc_ledger::Value;

fn answer(value: &Value) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Scaled(value) => value.to_string(),
        other => format!("{other:?}"),
    }
}

fn table() -> String {
    let schema = crate::common::schema();
    let mut table = String::new();
    for line in include_str!("sql-expressions.txt").lines().filter(|line| !line.starts_with('#')) {
        let result = match compile(line, &schema) {
            Ok(expr) => format!("= {}", answer(&eval(&expr, &|_| Value::Null).expect("an answer"))),
            Err(error) => format!("! {error}"),
        };
        let _ = writeln!(table, "{line}\n    {result}");
    }
    table
}

#[test]
fn every_line_has_one_answer_or_a_reason() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/figure/sql-answers.txt");
    let found = table();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &found).expect("the table is written");
    }
    let reviewed = std::fs::read_to_string(&path).expect("the reviewed table");
    for (found, reviewed) in found.lines().zip(reviewed.lines()) {
        assert_eq!(found, reviewed);
    }
    assert_eq!(found.lines().count(), reviewed.lines().count());
}

#[test]
fn the_copy_holds_the_lines_of_the_test_data() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let data = std::env::var_os("MINHCHUNG_TESTDATA").map_or_else(|| root.join("../shared/data"), Into::into);
    match std::fs::read_to_string(data.join("sql-expressions.txt")) {
        Ok(text) => assert_eq!(text, include_str!("sql-expressions.txt")),
        Err(_) => eprintln!("skipped: the_copy_holds_the_lines_of_the_test_data (no sql-expressions.txt)"),
    }
}
