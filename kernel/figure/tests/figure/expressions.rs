//! The language over a register: what is accepted and what it means, what is refused and why.

use crate::common::{Row, day, full, schema};
use mc_base::{Month, Scaled};
use mc_figure::expr::{DEPTH_MAX, NODES_MAX, Range, TEXT_MAX};
use mc_figure::{
    EvalError, ExprError, Type, compile, compile_condition, compile_day, compile_number, eval::eval,
};
use mc_ledger::Value;
use proptest::prelude::*;

fn value(text: &str, row: &Row) -> Value {
    let expr = compile(text, &schema()).unwrap_or_else(|error| panic!("{text}: {error}"));
    eval(&expr, &|no| row.get(no)).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn refusal(text: &str) -> String {
    compile(text, &schema()).expect_err(text).to_string()
}

#[test]
fn conditions_over_a_record() {
    for (text, expected) in [
        ("state = 'live'", true),
        ("state <> 'live'", false),
        ("'planned' = state", false),
        ("state IN ('planned', 'live')", true),
        ("state NOT IN ('planned', 'removed')", true),
        ("operator = 'anything at all'", false),
        ("name = 'Trạm Sa Pa'", true),
        ("name = 'trạm sa pa'", false),
        ("fold(name) = 'tram sa pa'", true),
        ("len(name) = 10", true),
        ("name > 'Trạm'", true),
        ("matches_code(tags, 'old')", true),
        ("matches_code(tags, 'solar')", false),
        ("count_of(tags) = 2", true),
        ("matches_code(id, 'LC-#####')", true),
        ("matches_code(operator, 'NM-@')", true),
        ("started = DATE '2025-03-15'", true),
        ("started + 200 = ended", true),
        ("ended - started = 200", true),
        ("started BETWEEN DATE '2025-03-01' AND DATE '2025-03-31'", true),
        ("started NOT BETWEEN DATE '2025-03-01' AND DATE '2025-03-31'", false),
        ("year(started) = 2025 AND month(started) = 3", true),
        ("year(reported) = 2025 AND month(reported) = 12", true),
        ("first_day(reported) = DATE '2025-12-01'", true),
        ("next_month(reported) = DATE '2026-01-01'", true),
        ("floors * -2 + 1 = 15", true),
        ("-floors = 7", true),
        ("floors = -7", true),
        ("floors IN (-7, 8)", true),
        ("area = 123.45", true),
        ("area * 2.0 = 246.900", true),
        ("done <= total", true),
        ("shared", true),
        ("NOT shared OR floors < 0", true),
        ("shared = TRUE", true),
        ("site = 'S/1'", true),
        ("place = 15", true),
        ("place IN (15, 16)", true),
        ("owner = 'so-khcn'", true),
        ("seen IS NULL AND point IS NULL AND paper IS NULL", true),
        ("owner IS NOT NULL", true),
        ("CASE WHEN floors > 0 THEN 'a' WHEN floors < 0 THEN 'b' ELSE 'c' END = 'b'", true),
        ("CASE state WHEN 'live' THEN 1 ELSE 0 END = 1", true),
        ("COALESCE(state, 'planned') = 'live'", true),
        ("CASE WHEN ended > started THEN ended ELSE started END = ended", true),
    ] {
        assert_eq!(value(text, &full()), Value::Bool(expected), "{text}");
    }
}

#[test]
fn logic_is_three_valued() {
    let empty = Row::default();
    for (text, expected) in [
        ("shared", None),
        ("NOT shared", None),
        ("shared AND TRUE", None),
        ("shared AND FALSE", Some(false)),
        ("shared OR TRUE", Some(true)),
        ("shared OR FALSE", None),
        ("floors = floors", None),
        ("floors IN (1, 2)", None),
        ("floors NOT IN (1, 2)", None),
        ("floors BETWEEN 1 AND 2", None),
        // A bound that is not known does not hide that the other is broken.
        ("5 BETWEEN 6 AND floors", Some(false)),
        ("5 NOT BETWEEN 6 AND floors", Some(true)),
        ("floors IS NULL", Some(true)),
        ("CASE floors WHEN 1 THEN TRUE ELSE FALSE END", Some(false)),
        ("CASE WHEN shared THEN TRUE ELSE FALSE END", Some(false)),
        ("COALESCE(shared, FALSE)", Some(false)),
        ("matches_code(tags, 'old')", None),
        ("fold(name) = ''", None),
    ] {
        assert_eq!(value(text, &empty), expected.map_or(Value::Null, Value::Bool), "{text}");
    }
}

#[test]
fn a_day_beyond_the_calendar_is_null() {
    let row = full().with("ended", Value::Day(day("9999-12-31")));
    assert_eq!(value("ended + 1", &row), Value::Null);
    assert_eq!(value("ended + 1 - 1", &row), Value::Null);
    assert_eq!(value("ended - 1", &row), Value::Day(day("9999-12-30")));
    let last = Value::Month(Month::from_number(999_912).expect("a month"));
    assert_eq!(value("next_month(reported)", &full().with("reported", last)), Value::Null);
}

#[test]
fn types_scales_and_ranges_are_derived() {
    let ty = |text: &str| compile(text, &schema()).expect(text).ty().clone();
    assert_eq!(ty("floors"), Type::Int(Range { min: -10, max: 200 }));
    assert_eq!(ty("floors * floors"), Type::Int(Range { min: -2_000, max: 40_000 }));
    assert_eq!(ty("floors - done"), Type::Int(Range { min: -1_000_010, max: 200 }));
    assert_eq!(ty("area * 0.5"), Type::Scaled { scale: 3, range: Range { min: 0, max: 500_000_000 } });
    assert_eq!(ty("COALESCE(done, 0 - 5)"), Type::Int(Range { min: -5, max: 1_000_000 }));
    assert_eq!(ty("CASE WHEN shared THEN floors ELSE 500 END"), Type::Int(Range { min: -10, max: 500 }));
    assert_eq!(ty("count_of(tags)"), Type::Int(Range { min: 0, max: 3 }));
    assert_eq!(ty("ended - started"), Type::Int(Range { min: -3_652_058, max: 3_652_058 }));
    assert_eq!(value("2 * 3.10", &full()), Value::Scaled(Scaled { mantissa: 620, scale: 2 }));
}

#[test]
fn refusals_name_the_piece_and_the_reason() {
    let mut table = String::new();
    for text in [
        "",
        "1 +",
        "(1",
        "floors floors",
        "flors = 1",
        "Floors = 1",
        "owner_name = 'A'",
        "state = 'liv'",
        "state IN ('live', 'gone')",
        "state < 'live'",
        "tags = 'old'",
        "matches_code(tags, 'nearby')",
        "matches_code(floors, 'a')",
        "matches_code(id, 'a*b')",
        "matches_code(id, name)",
        "area = 5",
        "area + floors > 1",
        "area * 0.12345678 > 1",
        "amount * amount > 0",
        "name = 5",
        "floors = '5'",
        "started = '2025-03-15'",
        "started = DATE '2025-02-30'",
        "started + ended > 1",
        "started + 1.5 = ended",
        "started * 2 = 3",
        "1 + started = ended",
        "floors IN (1, NULL)",
        "floors IN (1, done)",
        "floors IN ('1')",
        "NOT floors",
        "shared AND 1",
        "year(name) = 1",
        "year(started, 1) = 1",
        "COALESCE(floors) = 1",
        "COALESCE(floors, 'x') = 1",
        "CASE WHEN shared THEN 1 ELSE 'a' END = 1",
        "CASE WHEN shared THEN 1 END = 1",
        "floors + NULL = 1",
        "sqrt(floors) = 2",
        "unknown(1) = 2",
        "sample.floors = 1",
        "floors / 2 = 1",
        "name LIKE 'a%'",
        "1e3 = 1",
        ".5 = 0.5",
        "0x1F = 31",
        "99999999999999999999 = 1",
        "point = point",
        "paper = paper",
        "seen + 1 = seen",
        "fold(state) = 'a'",
        "EXISTS (SELECT 1)",
        "floors IN (SELECT 1)",
        "\"floors\" = 1",
        "name = 'a' || 'b'",
        "count(*) > 1",
        "sum(DISTINCT floors) = 1",
        "name = 'a\tb'",
        "floors IS DISTINCT FROM 1",
        "shared IS TRUE",
        "name COLLATE nocase = 'a'",
        "(floors, done) = (1, 2)",
        "CAST(floors AS text) = '1'",
        "floors::text = '1'",
        "started + INTERVAL '1' DAY = ended",
        "ngày = 1",
        "place = 'Lào Cai'",
        "owner = 5",
        "x.y.z = 1",
        "floors[1] = 1",
        "?",
        "floors = $1",
        "first_day(started) = started",
    ] {
        table.push_str(&format!("{text}\n    {}\n", refusal(text)));
    }
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/figure/refusals.txt");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &table).expect("the table is written");
    }
    let reviewed = std::fs::read_to_string(&path).expect("the reviewed table");
    for (found, reviewed) in table.lines().zip(reviewed.lines()) {
        assert_eq!(found, reviewed);
    }
    assert_eq!(table.lines().count(), reviewed.lines().count());
}

#[test]
fn results_have_the_type_their_use_needs() {
    let schema = schema();
    assert!(compile_condition("shared", &schema).is_ok());
    assert!(matches!(compile_condition("floors", &schema), Err(ExprError::WrongResult { .. })));
    assert!(matches!(compile_condition("NULL", &schema), Err(ExprError::WrongResult { .. })));
    assert!(compile_day("started + 1", &schema).is_ok());
    assert!(compile_day("next_month(reported)", &schema).is_ok());
    assert!(compile_day("reported", &schema).is_err());
    assert!(compile_number("area", &schema).is_ok());
    assert!(compile_number("name", &schema).is_err());
}

#[test]
fn size_and_depth_are_limited() {
    let deep = |levels: usize| format!("{}shared", "NOT ".repeat(levels - 1));
    assert!(compile(&deep(DEPTH_MAX), &schema()).is_ok());
    assert_eq!(compile(&deep(DEPTH_MAX + 1), &schema()), Err(ExprError::TooDeep));
    let chain = |terms: usize| vec!["1"; terms].join("+");
    assert!(compile(&chain(DEPTH_MAX), &schema()).is_ok());
    assert_eq!(compile(&chain(DEPTH_MAX + 1), &schema()), Err(ExprError::TooDeep));
    let list = |items: usize| format!("floors IN ({})", vec!["1"; items].join(","));
    assert!(compile(&list(NODES_MAX - 2), &schema()).is_ok());
    assert_eq!(compile(&list(NODES_MAX - 1), &schema()), Err(ExprError::TooManyNodes));
    assert_eq!(compile(&"(".repeat(TEXT_MAX), &schema()), Err(ExprError::TooManyNodes));
    assert_eq!(compile(&"(".repeat(1_000), &schema()), Err(ExprError::TooDeep));
    assert_eq!(compile(&chain(900), &schema()), Err(ExprError::TooDeep));
    assert_eq!(
        compile(&" ".repeat(TEXT_MAX + 1), &schema()),
        Err(ExprError::TooLong { found: TEXT_MAX + 1 })
    );
}

#[test]
fn a_value_outside_its_declaration_is_an_error_not_an_answer() {
    let expr = compile("done * done * done", &schema()).expect("an expression");
    let huge = full().with("done", Value::Int(i64::MAX));
    assert_eq!(eval(&expr, &|no| huge.get(no)), Err(EvalError::Overflow));
    let text = full().with("done", Value::Text("842".to_owned()));
    assert_eq!(eval(&expr, &|no| text.get(no)), Err(EvalError::FieldType { field: 12 }));
}

proptest! {
    /// Whatever is typed, the answer is an expression or a sentence.
    #[test]
    fn reading_never_panics(text in "[a-z0-9 '()=<>+*,.\\-\"\\[\\]:;%|/đ]{0,120}") {
        if let Err(error) = compile(&text, &schema()) {
            prop_assert!(!error.to_string().is_empty());
        }
    }

    #[test]
    fn words_of_the_language_never_panic(words in prop::collection::vec(prop::sample::select(vec![
        "floors", "area", "started", "state", "name", "tags", "'live'", "1", "2.5", "DATE '2025-01-01'", "(", ")",
        "+", "-", "*", "=", "<", "AND", "OR", "NOT", "IS", "NULL", "IN", "BETWEEN", "CASE", "WHEN", "THEN", "ELSE",
        "END", "COALESCE", "fold", "year", ",", "SELECT", "FROM", "LIKE", "CAST", "EXISTS", "INTERVAL",
    ]), 0..25)) {
        let _ = compile(&words.join(" "), &schema());
    }
}
