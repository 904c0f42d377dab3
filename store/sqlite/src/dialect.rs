//! Expressions printed as SQLite's SQL, and the functions they call.
//!
//! Column `f{n}` holds field n: whole numbers for bool (0, 1), int, mantissa, epoch day, month (yyyymm),
//! instant and place; text for text, code, reference, agency and sets (`a,b`, sorted, empty set ''). Only
//! INTEGER and TEXT occur, no expression divides a decimal, and text compares by its bytes, so the answer is
//! that of the reference evaluator in `mc_figure::eval`.

use std::fmt::Write as _;

use mc_base::{Day, Month};
use mc_figure::expr::{Arithmetic, Comparison, Expr, Function, Node, Type, functions};
use mc_ledger::Value;
use rusqlite::Connection;
use rusqlite::functions::{Context, FunctionFlags};

/// First and last epoch day (years 1 to 9999).
const DAY_MIN: i64 = -719_162;
const DAY_MAX: i64 = 2_932_896;

/// `expr` over the columns of the only table of a query.
#[must_use]
pub fn sql(expr: &Expr) -> String {
    print(expr, "")
}

/// `expr` over the columns of the table that the query names `alias`.
#[must_use]
pub fn sql_of(expr: &Expr, alias: &str) -> String {
    print(expr, &format!("{alias}."))
}

fn print(expr: &Expr, prefix: &str) -> String {
    let mut out = String::new();
    Printer { out: &mut out, prefix }.expr(expr);
    out
}

struct Printer<'a> {
    out: &'a mut String,
    prefix: &'a str,
}

impl Printer<'_> {
    fn text(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// Every compound is in brackets, so that SQLite's precedence never matters.
    fn expr(&mut self, expr: &Expr) {
        match expr.node() {
            Node::Field(no) => {
                let prefix = self.prefix;
                self.text(prefix);
                self.text(&format!("f{no}"));
            }
            Node::Literal(value) => self.literal(value),
            Node::Negate(of) => self.wrapped("(-", of, ")"),
            Node::Arithmetic(operator, left, right) => {
                let operator = match operator {
                    Arithmetic::Add => " + ",
                    Arithmetic::Subtract => " - ",
                    Arithmetic::Multiply => " * ",
                };
                self.infix(left, operator, right);
            }
            Node::DayPlus { day, days, back } => self.day_plus(day, days, *back),
            Node::DaysBetween(left, right) => self.infix(left, " - ", right),
            Node::Compare(comparison, left, right) => self.compare(*comparison, left, right),
            Node::And(left, right) => self.infix(left, " AND ", right),
            Node::Or(left, right) => self.infix(left, " OR ", right),
            Node::Not(of) => self.wrapped("(NOT ", of, ")"),
            Node::IsNull { of, negated } => {
                self.wrapped("(", of, if *negated { " IS NOT NULL)" } else { " IS NULL)" });
            }
            Node::In { of, list, negated } => {
                self.text("(");
                self.collated(of);
                self.text(if *negated { " NOT IN (" } else { " IN (" });
                self.list(list, Self::literal);
                self.text("))");
            }
            Node::Between { of, low, high, negated } => {
                self.text("(");
                self.collated(of);
                self.text(if *negated { " NOT BETWEEN " } else { " BETWEEN " });
                self.expr(low);
                self.text(" AND ");
                self.expr(high);
                self.text(")");
            }
            Node::Case { operand, arms, otherwise } => self.case(operand.as_deref(), arms, otherwise),
            Node::Coalesce(list) => {
                self.text("coalesce(");
                self.list(list, Self::expr);
                self.text(")");
            }
            Node::Call(function, arguments) => self.call(*function, arguments),
        }
    }

    fn wrapped(&mut self, before: &str, of: &Expr, after: &str) {
        self.text(before);
        self.expr(of);
        self.text(after);
    }

    fn infix(&mut self, left: &Expr, operator: &str, right: &Expr) {
        self.text("(");
        self.expr(left);
        self.text(operator);
        self.expr(right);
        self.text(")");
    }

    fn list<T>(&mut self, items: &[T], print: fn(&mut Self, &T)) {
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.text(", ");
            }
            print(self, item);
        }
    }

    /// An operand whose collation decides a comparison.
    fn collated(&mut self, of: &Expr) {
        self.expr(of);
        if matches!(of.ty(), Type::Text | Type::Code(_) | Type::Ref(_) | Type::Agency) {
            self.text(" COLLATE BINARY");
        }
    }

    fn compare(&mut self, comparison: Comparison, left: &Expr, right: &Expr) {
        self.text("(");
        self.collated(left);
        self.text(match comparison {
            Comparison::Equal => " = ",
            Comparison::NotEqual => " <> ",
            Comparison::Less => " < ",
            Comparison::LessOrEqual => " <= ",
            Comparison::Greater => " > ",
            Comparison::GreaterOrEqual => " >= ",
        });
        self.expr(right);
        self.text(")");
    }

    /// A day outside years 1 to 9999 is NULL: the sum is cut off one day beyond each end, and that day made
    /// NULL.
    fn day_plus(&mut self, day: &Expr, days: &Expr, back: bool) {
        let (below, above) = (DAY_MIN - 1, DAY_MAX + 1);
        self.text("nullif(nullif(max(min(");
        self.infix(day, if back { " - " } else { " + " }, days);
        self.text(&format!(", {above}), {below}), {above}), {below})"));
    }

    fn case(&mut self, operand: Option<&Expr>, arms: &[(Expr, Expr)], otherwise: &Expr) {
        self.text("CASE");
        if let Some(operand) = operand {
            self.text(" ");
            self.collated(operand);
        }
        for (when, then) in arms {
            self.wrapped(" WHEN ", when, "");
            self.wrapped(" THEN ", then, "");
        }
        self.wrapped(" ELSE ", otherwise, " END");
    }

    fn call(&mut self, function: Function, arguments: &[Expr]) {
        let (before, after) = match function {
            Function::Fold => ("mc_fold(", ")"),
            Function::Len => ("mc_len(", ")"),
            Function::YearOfDay => ("mc_year(", ")"),
            Function::MonthOfDay => ("mc_month(", ")"),
            // A month is a positive whole number yyyymm.
            Function::YearOfMonth => ("(", " / 100)"),
            Function::MonthOfMonth => ("(", " % 100)"),
            Function::FirstDay => ("mc_first_day(", ")"),
            Function::NextMonth => ("mc_next_month(", ")"),
            Function::CountOf => ("mc_count_of(", ")"),
            Function::HasCode => ("mc_has_code(", ")"),
            Function::MatchesPattern => ("mc_matches_pattern(", ")"),
        };
        self.text(before);
        self.list(arguments, Self::expr);
        self.text(after);
    }

    fn literal(&mut self, value: &Value) {
        match value {
            // Points, files and commitments cannot be written in an expression.
            Value::Null | Value::Point(_) | Value::File(_) | Value::Commitment(_) => self.text("NULL"),
            Value::Bool(value) => self.number(i64::from(*value)),
            Value::Int(value) => self.number(*value),
            Value::Scaled(value) => self.number(value.mantissa),
            Value::Day(day) => self.number(i64::from(day.epoch_days())),
            Value::Month(month) => self.number(i64::from(month.number())),
            Value::Instant(instant) => self.number(instant.0),
            Value::Place(place) => self.number(i64::from(place.0)),
            Value::Text(text) | Value::Code(text) | Value::Ref { key: text, .. } => self.quoted(text),
            Value::Agency(agency) => self.quoted(&agency.0),
            Value::CodeSet(codes) => self.quoted(&codes.join(",")),
        }
    }

    fn number(&mut self, value: i64) {
        // Brackets keep a negative number from joining a minus before it into a comment.
        if value < 0 {
            let _ = write!(self.out, "({value})");
        } else {
            let _ = write!(self.out, "{value}");
        }
    }

    fn quoted(&mut self, text: &str) {
        self.text("'");
        self.text(&text.replace('\'', "''"));
        self.text("'");
    }
}

/// Registers the functions that printed expressions call. NULL in any argument gives NULL; so does a day or
/// month that does not exist.
///
/// # Errors
/// Where SQLite refuses a function.
pub fn register_functions(connection: &Connection) -> rusqlite::Result<()> {
    let flags =
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    connection
        .create_scalar_function("mc_fold", 1, flags, |c| Ok(text(c, 0)?.map(|s| functions::fold(&s))))?;
    connection.create_scalar_function("mc_len", 1, flags, |c| Ok(text(c, 0)?.map(|s| functions::len(&s))))?;
    connection.create_scalar_function("mc_year", 1, flags, |c| Ok(day(c)?.map(functions::year_of_day)))?;
    connection.create_scalar_function("mc_month", 1, flags, |c| Ok(day(c)?.map(functions::month_of_day)))?;
    connection.create_scalar_function("mc_first_day", 1, flags, |c| {
        Ok(month(c)?.map(|month| month.first_day().epoch_days()))
    })?;
    connection.create_scalar_function("mc_next_month", 1, flags, |c| {
        Ok(month(c)?.and_then(functions::next_month).map(Day::epoch_days))
    })?;
    connection.create_scalar_function("mc_count_of", 1, flags, |c| {
        Ok(text(c, 0)?.map(|set| codes(&set).count() as i64))
    })?;
    connection.create_scalar_function("mc_has_code", 2, flags, |c| {
        Ok(text(c, 0)?.zip(text(c, 1)?).map(|(set, wanted)| codes(&set).any(|code| code == wanted)))
    })?;
    connection.create_scalar_function("mc_matches_pattern", 2, flags, |c| {
        Ok(text(c, 0)?.zip(text(c, 1)?).map(|(text, wanted)| functions::matches_pattern(&text, &wanted)))
    })
}

fn text(context: &Context<'_>, index: usize) -> rusqlite::Result<Option<String>> {
    context.get(index)
}

fn day(context: &Context<'_>) -> rusqlite::Result<Option<Day>> {
    Ok(context.get::<Option<i32>>(0)?.and_then(Day::from_epoch_days))
}

fn month(context: &Context<'_>) -> rusqlite::Result<Option<Month>> {
    Ok(context.get::<Option<i32>>(0)?.and_then(Month::from_number))
}

/// The codes of a stored set; the empty text is the empty set.
fn codes(set: &str) -> impl Iterator<Item = &str> {
    set.split(',').filter(|code| !code.is_empty())
}
