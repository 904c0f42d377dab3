//! Căn cứ: which records stand behind a figure.

use mc_base::Day;
use mc_ledger::Value;

use crate::expr::{Comparison, Expr, Node, Type};
use crate::measure::{CompiledMeasure, CompiledTime};
use crate::read::Window;

/// The records behind a figure: those of `register` at the position read, in the subtree of the figure's
/// place, for which `filter` and `time` are true.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RecordsBehind {
    /// The register.
    pub register: String,
    /// The field of the record's place.
    pub place: Option<u16>,
    /// The measure's filter.
    pub filter: Option<Expr>,
    /// When a record must count.
    pub time: TimePredicate,
}

/// When a record counts towards a figure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TimePredicate {
    /// Its interval holds the day.
    At {
        /// First day of the interval.
        from: Expr,
        /// First day after it; absent or NULL: open.
        to: Option<Expr>,
        /// The day.
        day: Day,
        /// A record without `from` counts too.
        unknown_from: bool,
    },
    /// Its day lies between two days, both inclusive.
    Within {
        /// The record's day.
        on: Expr,
        /// First day.
        first: Day,
        /// Last day.
        last: Day,
    },
}

impl RecordsBehind {
    /// The records behind the value of `measure` over `window`; `None` where the window is not one of its
    /// rule.
    #[must_use]
    pub fn new(measure: &CompiledMeasure, window: Window) -> Option<Self> {
        let time = match (&measure.time, window) {
            (CompiledTime::Stock { from, to }, Window::UpTo(day)) => TimePredicate::At {
                from: from.clone(),
                to: to.clone(),
                day,
                unknown_from: measure.unknown_from,
            },
            (CompiledTime::Flow { on } | CompiledTime::Cumulative { on }, Window::Within(first, last)) => {
                TimePredicate::Within { on: on.clone(), first, last }
            }
            _ => return None,
        };
        Some(Self {
            register: measure.register.clone(),
            place: measure.place,
            filter: measure.filter.clone(),
            time,
        })
    }

    /// Filter and time as one condition, for a store to print; the place is the store's to add.
    #[must_use]
    pub fn condition(&self) -> Expr {
        let time = self.time.condition();
        match &self.filter {
            Some(filter) => both(filter.clone(), time),
            None => time,
        }
    }
}

impl TimePredicate {
    /// The predicate as a condition on the record.
    #[must_use]
    pub fn condition(&self) -> Expr {
        match self {
            Self::At { from, to, day, unknown_from } => {
                let begun = compare(Comparison::LessOrEqual, from, *day);
                let begun = if *unknown_from { either(is_null(from), begun) } else { begun };
                match to {
                    None => begun,
                    Some(to) => both(begun, either(is_null(to), compare(Comparison::Greater, to, *day))),
                }
            }
            Self::Within { on, first, last } => both(
                compare(Comparison::GreaterOrEqual, on, *first),
                compare(Comparison::LessOrEqual, on, *last),
            ),
        }
    }
}

fn compare(comparison: Comparison, expr: &Expr, day: Day) -> Expr {
    let day = Expr::new(Node::Literal(Value::Day(day)), Type::Day);
    Expr::boolean(Node::Compare(comparison, Box::new(expr.clone()), Box::new(day)))
}

fn is_null(expr: &Expr) -> Expr {
    Expr::boolean(Node::IsNull { of: Box::new(expr.clone()), negated: false })
}

fn both(left: Expr, right: Expr) -> Expr {
    Expr::boolean(Node::And(Box::new(left), Box::new(right)))
}

fn either(left: Expr, right: Expr) -> Expr {
    Expr::boolean(Node::Or(Box::new(left), Box::new(right)))
}
