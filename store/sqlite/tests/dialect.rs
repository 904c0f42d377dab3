//! What SQLite answers to a printed expression is what the reference evaluator answers.

use std::fmt::Write as _;

use mc_base::{AgencyId, Day, Instant, Month, PlaceId, Scaled};
use mc_figure::expr::{ExprError, compile};
use mc_figure::{Expr, eval::eval};
use mc_ledger::Value;
use mc_register::{Field, FieldType, Schema};
use mc_sqlite::dialect::{register_functions, sql, sql_of};
use proptest::prelude::*;
use rusqlite::Connection;
use rusqlite::types::Value as Stored;

fn schema() -> Schema {
    toml::from_str(include_str!("../../../kernel/figure/tests/figure/common/sample.toml")).expect("a schema")
}

/// How a value lies in a column.
fn stored(value: &Value) -> Stored {
    let text = |text: &str| Stored::Text(text.to_owned());
    match value {
        Value::Bool(value) => Stored::Integer(i64::from(*value)),
        Value::Int(value) => Stored::Integer(*value),
        Value::Scaled(value) => Stored::Integer(value.mantissa),
        Value::Day(day) => Stored::Integer(i64::from(day.epoch_days())),
        Value::Month(month) => Stored::Integer(i64::from(month.number())),
        Value::Instant(instant) => Stored::Integer(instant.0),
        Value::Place(place) => Stored::Integer(i64::from(place.0)),
        Value::Text(value) | Value::Code(value) | Value::Ref { key: value, .. } => text(value),
        Value::Agency(agency) => text(&agency.0),
        Value::CodeSet(codes) => text(&codes.join(",")),
        Value::Null | Value::Point(_) | Value::File(_) | Value::Commitment(_) => Stored::Null,
    }
}

const fn column(field: &Field) -> &'static str {
    match field.kind {
        FieldType::Text | FieldType::Code | FieldType::Codes | FieldType::Ref | FieldType::Agency => "TEXT",
        FieldType::File => "BLOB",
        _ => "INTEGER",
    }
}

struct Table {
    schema: Schema,
    connection: Connection,
}

impl Table {
    fn new() -> Self {
        let schema = schema();
        let connection = Connection::open_in_memory().expect("a database");
        register_functions(&connection).expect("functions");
        let columns: Vec<_> =
            schema.field.iter().map(|field| format!("f{} {}", field.no, column(field))).collect();
        connection
            .execute_batch(&format!("CREATE TABLE sample ({}) STRICT", columns.join(", ")))
            .expect("a table");
        Self { schema, connection }
    }

    /// SQLite's answer, over one row.
    fn ask(&self, expr: &Expr, row: &[Value]) -> Stored {
        let marks = vec!["?"; row.len()].join(", ");
        self.connection.execute("DELETE FROM sample", []).expect("an empty table");
        self.connection
            .prepare_cached(&format!("INSERT INTO sample VALUES ({marks})"))
            .and_then(|mut insert| insert.execute(rusqlite::params_from_iter(row.iter().map(stored))))
            .expect("a row");
        let plain = format!("SELECT {} FROM sample", sql(expr));
        let named = format!("SELECT {} FROM sample AS s", sql_of(expr, "s"));
        let ask = |query: &str| -> Stored {
            self.connection
                .query_row(query, [], |row| row.get(0))
                .unwrap_or_else(|error| panic!("{query}: {error}"))
        };
        let answer = ask(&plain);
        assert_eq!(answer, ask(&named));
        answer
    }
}

fn reference(expr: &Expr, row: &[Value]) -> Value {
    let value = |no: u16| row.get(usize::from(no) - 1).cloned().unwrap_or(Value::Null);
    eval(expr, &value).expect("an answer")
}

// ---- random expressions: text written from a stream of choices; when it ends, the simplest piece is taken

struct Writer<'a> {
    choices: std::slice::Iter<'a, u8>,
}

#[derive(Clone, Copy)]
enum Kind {
    Bool,
    Int,
    Area,
    Day,
    Month,
    Text,
    State,
}

const TEXTS: [&str; 12] = ["", "a", "A", "b ", "10", "9", "đ", "Đất", "O''Neil", "Lào  Cai", "hoà", "𝄞x"];

impl Writer<'_> {
    fn pick(&mut self, count: usize) -> usize {
        usize::from(*self.choices.next().unwrap_or(&0)) % count
    }

    fn one_of<'t>(&mut self, options: &[&'t str]) -> &'t str {
        let index = self.pick(options.len());
        options.get(index).copied().unwrap_or_default()
    }

    fn write(&mut self, kind: Kind, depth: u32) -> String {
        if depth == 0 {
            return self.leaf(kind);
        }
        let depth = depth - 1;
        match self.pick(5) {
            0 => self.leaf(kind),
            1 => {
                let (when, then, otherwise) =
                    (self.write(Kind::Bool, depth), self.write(kind, depth), self.write(kind, depth));
                format!("CASE WHEN {when} THEN {then} ELSE {otherwise} END")
            }
            2 => format!("COALESCE({}, {})", self.write(kind, depth), self.write(kind, depth)),
            _ => self.compound(kind, depth),
        }
    }

    fn leaf(&mut self, kind: Kind) -> String {
        match kind {
            Kind::Bool => self.one_of(&["shared", "TRUE", "FALSE", "seen IS NULL", "shared"]).to_owned(),
            Kind::Int => self.one_of(&["floors", "done", "total", "0", "-3", "7", "floors"]).to_owned(),
            Kind::Area => self.one_of(&["area", "0.00", "-1.50", "123.45"]).to_owned(),
            Kind::Day => self
                .one_of(&["started", "ended", "DATE '2025-10-31'", "DATE '9999-12-31'", "DATE '0001-01-01'"])
                .to_owned(),
            Kind::Month => "reported".to_owned(),
            Kind::Text => match self.pick(3) {
                0 => "name".to_owned(),
                _ => format!("'{}'", self.one_of(&TEXTS)),
            },
            Kind::State => "state".to_owned(),
        }
    }

    fn compound(&mut self, kind: Kind, depth: u32) -> String {
        match kind {
            Kind::Bool => self.condition(depth),
            Kind::Int => match self.pick(8) {
                0 => format!("-({})", self.write(Kind::Int, depth)),
                1 => format!("({}) - ({})", self.write(Kind::Day, depth), self.write(Kind::Day, depth)),
                2 => format!("len({})", self.write(Kind::Text, depth)),
                3 => format!("year({})", self.write(Kind::Day, depth)),
                4 => format!("month({})", self.write(Kind::Day, depth)),
                5 => format!("{}({})", self.one_of(&["year", "month"]), self.write(Kind::Month, depth)),
                6 => "count_of(tags)".to_owned(),
                _ => self.binary(&["+", "-", "*"], Kind::Int, depth),
            },
            Kind::Area => match self.pick(3) {
                0 => format!("-({})", self.write(Kind::Area, depth)),
                1 => format!("({}) * {}", self.write(Kind::Area, depth), self.write(Kind::Int, 0)),
                _ => self.binary(&["+", "-"], Kind::Area, depth),
            },
            Kind::Day => match self.pick(3) {
                0 => format!(
                    "({}) {} ({})",
                    self.write(Kind::Day, depth),
                    self.one_of(&["+", "-"]),
                    self.write(Kind::Int, depth)
                ),
                1 => format!("first_day({})", self.write(Kind::Month, depth)),
                _ => format!("next_month({})", self.write(Kind::Month, depth)),
            },
            Kind::Text => format!("fold({})", self.write(Kind::Text, depth)),
            Kind::Month | Kind::State => self.leaf(kind),
        }
    }

    fn binary(&mut self, operators: &[&str], kind: Kind, depth: u32) -> String {
        let operator = self.one_of(operators).to_owned();
        format!("({}) {operator} ({})", self.write(kind, depth), self.write(kind, depth))
    }

    fn condition(&mut self, depth: u32) -> String {
        let ordered = [Kind::Int, Kind::Area, Kind::Day, Kind::Month, Kind::Text];
        let kind = *ordered.get(self.pick(5)).unwrap_or(&Kind::Int);
        let not = if self.pick(2) == 0 { "" } else { "NOT " };
        match self.pick(11) {
            0 => self.binary(&["AND", "OR"], Kind::Bool, depth),
            1 => format!("NOT ({})", self.write(Kind::Bool, depth)),
            2 => format!("({}) IS {not}NULL", self.write(kind, depth)),
            3 => format!(
                "({}) {not}BETWEEN ({}) AND ({})",
                self.write(kind, depth),
                self.write(kind, depth),
                self.write(kind, depth)
            ),
            4 => format!("({}) {not}IN (-3, 0, 7)", self.write(Kind::Int, depth)),
            5 => format!("({}) {not}IN ('', '9', 'đ')", self.write(Kind::Text, depth)),
            6 => format!("({}) {not}IN ('live', 'planned')", self.write(Kind::State, depth)),
            7 => self.one_of(&["matches_code(tags, 'old')", "matches_code(operator, 'NM-@')"]).to_owned(),
            8 => format!(
                "CASE {} WHEN {} THEN shared ELSE NOT shared END",
                self.write(kind, depth),
                self.write(kind, depth)
            ),
            9 => self
                .one_of(&[
                    "site = 'S/1'",
                    "place IN (15, 16)",
                    "owner <> 'so-khcn'",
                    "NULL = floors",
                    "state <> 'live'",
                ])
                .to_owned(),
            _ => self.binary(&["=", "<>", "<", "<=", ">", ">="], kind, depth),
        }
    }
}

fn values(field: &Field) -> BoxedStrategy<Value> {
    let code = |list: &'static [&'static str]| {
        prop::sample::select(list).prop_map(|code| Value::Code(code.to_owned())).boxed()
    };
    let number = field.min.unwrap_or(0)..=field.max.unwrap_or(0);
    let day = prop_oneof![Just(-719_162), Just(2_932_896), 20_000..20_500]
        .prop_map(|days| Value::Day(Day::from_epoch_days(days).expect("a day")));
    let month = prop::sample::select(&[101, 202_510, 202_512, 999_912][..])
        .prop_map(|number| Value::Month(Month::from_number(number).expect("a month")));
    let some = match field.kind {
        FieldType::Bool => any::<bool>().prop_map(Value::Bool).boxed(),
        FieldType::Int => prop_oneof![number, -3_i64..8].prop_map(Value::Int).boxed(),
        FieldType::Scaled => number.prop_map(|mantissa| Value::Scaled(Scaled { mantissa, scale: 2 })).boxed(),
        FieldType::Day => day.boxed(),
        FieldType::Month => month.boxed(),
        FieldType::Instant => any::<i32>().prop_map(|ms| Value::Instant(Instant(i64::from(ms)))).boxed(),
        FieldType::Text => {
            prop::sample::select(&TEXTS[..]).prop_map(|text| Value::Text(text.replace("''", "'"))).boxed()
        }
        FieldType::Code if field.codes.is_empty() => code(&["NM-A", "NM-1", "nm-a", ""]),
        FieldType::Code => code(&["live", "planned", "removed"]),
        FieldType::Codes => prop::sample::subsequence(vec!["near".to_owned(), "old".to_owned()], 0..=2)
            .prop_map(Value::CodeSet)
            .boxed(),
        FieldType::Ref => prop::sample::select(&["S/1", "S/2"][..])
            .prop_map(|key| Value::Ref { register: "base_site".to_owned(), key: key.to_owned() })
            .boxed(),
        FieldType::Place => (14_u32..18).prop_map(|id| Value::Place(PlaceId(id))).boxed(),
        FieldType::Agency => Just(Value::Agency(AgencyId("so-khcn".to_owned()))).boxed(),
        FieldType::Point | FieldType::File => Just(Value::Null).boxed(),
    };
    prop_oneof![1 => Just(Value::Null), 4 => some].boxed()
}

fn rows() -> impl Strategy<Value = Vec<Value>> {
    schema().field.iter().map(values).collect::<Vec<_>>()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn sqlite_answers_as_the_reference(
        choices in prop::collection::vec(any::<u8>(), 0..80),
        kind in 0_u8..7,
        row in rows(),
    ) {
        thread_local!(static TABLE: Table = Table::new());
        let kinds = [Kind::Bool, Kind::Int, Kind::Area, Kind::Day, Kind::Month, Kind::Text, Kind::State];
        let text = Writer { choices: choices.iter() }.write(kinds[usize::from(kind)], 4);
        TABLE.with(|table| {
            let expr = match compile(&text, &table.schema) {
                Ok(expr) => expr,
                // The writer does not know ranges; every other refusal would be a fault of its own.
                Err(ExprError::Range { .. }) => return Ok(()),
                Err(error) => return Err(TestCaseError::fail(format!("{text}: {error}"))),
            };
            prop_assert_eq!(table.ask(&expr, &row), stored(&reference(&expr, &row)), "{}", text);
            Ok(())
        })?;
    }
}

/// The everyday expressions that are in the language have the same answer here.
#[test]
fn accepted_lines_have_the_reviewed_answer() {
    let table = Table::new();
    let row = vec![Value::Null; table.schema.field.len()];
    let mut accepted = String::new();
    for line in include_str!("../../../kernel/figure/tests/figure/sql-expressions.txt").lines() {
        if let Ok(expr) = compile(line, &table.schema) {
            assert_eq!(table.ask(&expr, &row), stored(&reference(&expr, &row)), "{line}");
            let _ = writeln!(accepted, "{line}");
        }
    }
    assert_eq!(accepted.lines().count(), 15, "{accepted}");
}

#[test]
fn printed_text_cannot_end_its_quotes() {
    let table = Table::new();
    let expr = compile("name = 'x'' OR ''1''=''1'", &table.schema).expect("an expression");
    assert_eq!(sql(&expr), "(f2 COLLATE BINARY = 'x'' OR ''1''=''1')");
}

#[test]
fn conditions_on_a_plain_column_leave_it_bare() {
    let schema = schema();
    let print = |text: &str| sql(&compile(text, &schema).expect("an expression"));
    assert_eq!(print("state = 'live'"), "(f3 COLLATE BINARY = 'live')");
    assert_eq!(print("started <= DATE '2025-11-17'"), "(f6 <= 20409)");
    assert_eq!(print("place IN (15, 16)"), "(f16 IN (15, 16))");
    assert_eq!(print("floors - -3"), "(f9 - (-3))");
}
