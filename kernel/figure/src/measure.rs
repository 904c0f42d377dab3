//! Measures compiled against their register, and what one record contributes.

use mc_base::{Day, PlaceId};
use mc_ledger::Value;
use mc_register::Schema;

use crate::cut::{self, CUTS_MAX, Cut};
use crate::definition::{Measure, TimeRule};
use crate::error::DefinitionError;
use crate::eval::{EvalError, condition, eval};
use crate::expr::{Expr, ExprError, NUMBER_MAX, compile_condition, compile_day, compile_number};

/// Records that every measure must have room for: Σ of so many, each at its bound, stays below 2^62.
pub const ROWS_MIN: i64 = 10_000;
const BOUND_MAX: i64 = ((NUMBER_MAX - 1) / ROWS_MIN as i128) as i64;

/// What one record adds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CompiledValue {
    /// One.
    Count,
    /// The value of an expression.
    Sum {
        /// The expression.
        expr: Expr,
        /// Digits after the point of the sum.
        scale: u8,
    },
}

/// When a record counts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CompiledTime {
    /// On every day of [from, to).
    Stock {
        /// First day it counts.
        from: Expr,
        /// First day it counts no more; absent or NULL: open.
        to: Option<Expr>,
    },
    /// In the period that holds the day.
    Flow {
        /// The day.
        on: Expr,
    },
    /// From the day to the end of its year.
    Cumulative {
        /// The day.
        on: Expr,
    },
}

/// A measure whose expressions were checked against its register.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CompiledMeasure {
    /// Permanent identifier.
    pub id: String,
    /// The register it counts.
    pub register: String,
    /// A record for which it is not true does not count.
    pub filter: Option<Expr>,
    /// What one record adds.
    pub value: CompiledValue,
    /// When a record counts.
    pub time: CompiledTime,
    /// Cuts it is kept by, in declared order.
    pub cuts: Vec<Cut>,
    /// The field of the record's place; without it, every record lies under "chưa xác định".
    pub place: Option<u16>,
    /// Records without `from` count from the first day there is.
    pub unknown_from: bool,
    /// Greatest absolute contribution of one record (mantissa).
    pub bound: i64,
}

/// The days on which a record counts: [from, to), open where there is no `to`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Interval {
    /// First day.
    pub from: Day,
    /// First day no more.
    pub to: Option<Day>,
}

impl Interval {
    /// Whether `day` is one of them.
    #[must_use]
    pub fn holds(self, day: Day) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }
}

/// What one version of a record adds to the cells of a measure.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Contributions {
    /// Its place; `None` belongs under "chưa xác định".
    pub place: Option<PlaceId>,
    /// Its value of each declared cut, in order.
    pub cuts: Vec<String>,
    /// Amounts to add to the cells of days; no amount is 0.
    pub changes: Vec<(Day, i64)>,
    /// The days on which it counts (a flow: its one day); `None` where it does not count at all.
    pub interval: Option<Interval>,
    /// Passed the filter, but its first day is not known: to be listed under "thiếu ngày".
    pub missing_from: bool,
    /// Counts, but its value is not known and added 0: to be listed under "chưa báo".
    pub unreported: bool,
}

impl CompiledMeasure {
    /// Checks `measure` against the schema of its register.
    ///
    /// # Errors
    /// The first reason why it cannot be kept.
    pub fn new(measure: &Measure, schema: &Schema) -> Result<Self, DefinitionError> {
        if measure.register != schema.id {
            return Err(DefinitionError::UnknownRegister {
                measure: measure.id.clone(),
                register: measure.register.clone(),
            });
        }
        if !(1..=BOUND_MAX).contains(&measure.bound) {
            return Err(DefinitionError::Bound {
                measure: measure.id.clone(),
                bound: measure.bound,
                most: BOUND_MAX,
                rows: ROWS_MIN,
            });
        }
        let filter = measure
            .filter
            .as_ref()
            .map(|text| compile_condition(text, schema).map_err(expression(measure, "bộ lọc (filter)")));
        Ok(Self {
            id: measure.id.clone(),
            register: measure.register.clone(),
            filter: filter.transpose()?,
            value: value(measure, schema)?,
            time: time(measure, schema)?,
            cuts: cuts(measure, schema)?,
            place: place(measure, schema)?,
            unknown_from: schema.unknown_from,
            bound: measure.bound,
        })
    }

    /// Digits after the point of the sum.
    #[must_use]
    pub const fn scale(&self) -> u8 {
        match &self.value {
            CompiledValue::Count => 0,
            CompiledValue::Sum { scale, .. } => *scale,
        }
    }

    /// Versions that may be summed before 2^62 could be reached; a store refuses more.
    #[must_use]
    pub const fn rows_max(&self) -> u64 {
        ((NUMBER_MAX - 1) / self.bound as i128) as u64
    }

    /// What a record contributes, its field values given by `field` (`Null` where absent).
    ///
    /// # Errors
    /// A record that does not fit its schema, or exceeds the bound.
    pub fn contributions(&self, field: &dyn Fn(u16) -> Value) -> Result<Contributions, EvalError> {
        if let Some(filter) = &self.filter
            && condition(filter, field)? != Some(true)
        {
            return Ok(Contributions::default());
        }
        let mut found = Contributions {
            place: self.place_of(field)?,
            cuts: self.cuts.iter().map(|cut| cut.text(field)).collect(),
            ..Contributions::default()
        };
        (found.interval, found.missing_from) = self.interval(field)?;
        let Some(interval) = found.interval else { return Ok(found) };
        let amount = self.amount(field)?;
        found.unreported = amount.is_none();
        let amount = amount.unwrap_or(0);
        if amount != 0 {
            found.changes.push((interval.from, amount));
            if let (CompiledTime::Stock { .. }, Some(to)) = (&self.time, interval.to) {
                found.changes.push((to, -amount));
            }
        }
        Ok(found)
    }

    fn place_of(&self, field: &dyn Fn(u16) -> Value) -> Result<Option<PlaceId>, EvalError> {
        let Some(no) = self.place else { return Ok(None) };
        match field(no) {
            Value::Null => Ok(None),
            Value::Place(place) => Ok(Some(place)),
            _ => Err(EvalError::FieldType { field: no }),
        }
    }

    /// The days, and whether the first is missing.
    fn interval(&self, field: &dyn Fn(u16) -> Value) -> Result<(Option<Interval>, bool), EvalError> {
        match &self.time {
            CompiledTime::Stock { from, to } => {
                let to = match to {
                    Some(to) => day(to, field)?,
                    None => None,
                };
                let (from, missing) = match day(from, field)? {
                    Some(from) => (from, false),
                    None if self.unknown_from => match Day::new(1, 1, 1) {
                        Some(first) => (first, true),
                        None => return Ok((None, true)),
                    },
                    None => return Ok((None, true)),
                };
                let interval = to.is_none_or(|to| from < to).then_some(Interval { from, to });
                Ok((interval, missing))
            }
            CompiledTime::Flow { on } | CompiledTime::Cumulative { on } => {
                let on = day(on, field)?;
                Ok((on.map(|from| Interval { from, to: from.plus(1) }), on.is_none()))
            }
        }
    }

    fn amount(&self, field: &dyn Fn(u16) -> Value) -> Result<Option<i64>, EvalError> {
        let CompiledValue::Sum { expr, .. } = &self.value else { return Ok(Some(1)) };
        let amount = match eval(expr, field)? {
            Value::Null => return Ok(None),
            Value::Int(amount) => amount,
            Value::Scaled(amount) => amount.mantissa,
            _ => return Err(EvalError::Operand),
        };
        if amount.unsigned_abs() > self.bound.unsigned_abs() {
            return Err(EvalError::Overflow);
        }
        Ok(Some(amount))
    }
}

fn day(expr: &Expr, field: &dyn Fn(u16) -> Value) -> Result<Option<Day>, EvalError> {
    match eval(expr, field)? {
        Value::Null => Ok(None),
        Value::Day(day) => Ok(Some(day)),
        _ => Err(EvalError::Operand),
    }
}

fn expression<'a>(
    measure: &'a Measure,
    part: &'static str,
) -> impl Fn(ExprError) -> DefinitionError + use<'a> {
    move |source| DefinitionError::Expression { measure: measure.id.clone(), part, source: Box::new(source) }
}

fn value(measure: &Measure, schema: &Schema) -> Result<CompiledValue, DefinitionError> {
    let text = measure.value.trim();
    if text == "count" {
        return Ok(CompiledValue::Count);
    }
    let Some(inner) = text.strip_prefix("sum(").and_then(|rest| rest.strip_suffix(')')) else {
        return Err(DefinitionError::Value { measure: measure.id.clone(), found: measure.value.clone() });
    };
    let refuse = expression(measure, "giá trị (value)");
    let expr = compile_number(inner, schema).map_err(&refuse)?;
    let Some((scale, range)) = expr.ty().as_number() else {
        return Err(DefinitionError::Value { measure: measure.id.clone(), found: measure.value.clone() });
    };
    if range.magnitude() > u128::from(measure.bound.unsigned_abs()) {
        return Err(DefinitionError::BeyondBound {
            measure: measure.id.clone(),
            min: range.min,
            max: range.max,
            bound: measure.bound,
        });
    }
    Ok(CompiledValue::Sum { expr, scale })
}

fn time(measure: &Measure, schema: &Schema) -> Result<CompiledTime, DefinitionError> {
    let day = |text: &str, part| compile_day(text, schema).map_err(expression(measure, part));
    Ok(match &measure.time {
        TimeRule::Stock { from, to } => CompiledTime::Stock {
            from: day(from, "ngày bắt đầu (from)")?,
            to: to.as_ref().map(|to| day(to, "ngày kết thúc (to)")).transpose()?,
        },
        TimeRule::Flow { on } => CompiledTime::Flow { on: day(on, "ngày (on)")? },
        TimeRule::Cumulative { on } => CompiledTime::Cumulative { on: day(on, "ngày (on)")? },
    })
}

fn cuts(measure: &Measure, schema: &Schema) -> Result<Vec<Cut>, DefinitionError> {
    let refuse =
        |cut: String, reason: String| Err(DefinitionError::Cut { measure: measure.id.clone(), cut, reason });
    if measure.cuts.len() > CUTS_MAX {
        return refuse("…".to_owned(), format!("có {} lát cắt; nhiều nhất {CUTS_MAX}", measure.cuts.len()));
    }
    let mut cuts: Vec<Cut> = Vec::with_capacity(measure.cuts.len());
    for fields in &measure.cuts {
        let cut = cut::compile(&measure.id, fields, schema)?;
        if cuts.iter().any(|earlier| earlier.name == cut.name) {
            return refuse(cut.name, "được khai hai lần".to_owned());
        }
        cuts.push(cut);
    }
    Ok(cuts)
}

fn place(measure: &Measure, schema: &Schema) -> Result<Option<u16>, DefinitionError> {
    let Some(id) = &schema.place else { return Ok(None) };
    match schema.field.iter().find(|field| field.id == *id) {
        Some(field) if !field.personal => Ok(Some(field.no)),
        Some(_) => Err(expression(measure, "địa bàn (place)")(ExprError::Personal { field: id.clone() })),
        None => Err(expression(measure, "địa bàn (place)")(ExprError::UnknownField {
            register: schema.id.clone(),
            field: id.clone(),
            suggestion: None,
        })),
    }
}
