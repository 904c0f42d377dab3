//! What people type or a cell holds, read as the value of a field.
//!
//! Everything readable in one way only is read; what could be meant in two ways is asked back, never guessed.
//! Names of places, agencies and records are looked up through [`Resolver`]; this crate has no list of them.

mod error;
mod nearest;
mod number;
mod point;
mod when;
mod words;

pub use error::{Hint, InputError, InputKind, expected, quoted};
pub use nearest::alike;

use mc_base::number::Style;
use mc_base::{AgencyId, Day, Hash32, Instant, PlaceId};
use mc_ledger::Value;

use crate::record::Record;
use crate::schema::{Field, FieldType, Schema};

/// What stands in a cell or a form field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Input {
    /// Text.
    Text(String),
    /// A number: `mantissa` × 10^−`scale`.
    Number {
        /// The digits as one whole number.
        mantissa: i64,
        /// Digits after the point.
        scale: u8,
    },
    /// A cell that holds a day.
    Day(Day),
    /// A cell that holds a day and a time.
    Instant(Instant),
    /// A cell that holds yes or no.
    Bool(bool),
    /// Nothing.
    Empty,
}

/// What a name was found to mean.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Resolved<T> {
    /// Exactly this.
    One(T),
    /// Several things are called so; their full names, to choose from.
    Several(Vec<String>),
    /// Nothing is called so; names that look alike, best first, possibly none.
    Unknown(Vec<String>),
}

/// Knows the names of an instance: a store, or a test.
pub trait Resolver {
    /// The place called so, by official code, name or old name.
    fn place(&self, text: &str) -> Resolved<PlaceId>;
    /// The agency called so, by id, name, abbreviation or old name.
    fn agency(&self, text: &str) -> Resolved<AgencyId>;
    /// The key of the record of `register` called so, by key or name.
    fn reference(&self, register: &str, text: &str) -> Resolved<String>;
    /// The day by which dates without a year are read.
    fn reference_day(&self) -> Day;
    /// How the file writes numbers, once a person has said so.
    fn number_style(&self) -> Option<Style> {
        None
    }
}

/// Reads one field. Nothing typed is [`Value::Null`], or the code that the field has for it.
///
/// # Errors
/// What was found and what the field needs; also when nothing was typed and the field is required, unless a
/// lookup fills it.
pub fn read(field: &Field, input: &Input, resolver: &dyn Resolver) -> Result<Value, InputError> {
    let text;
    let input = match input {
        Input::Text(typed) => {
            text = words::tidy(field, typed)?;
            if text.is_empty() { &Input::Empty } else { &Input::Text(text) }
        }
        other => other,
    };
    if *input == Input::Empty {
        return match &field.none {
            Some(code) => Ok(Value::Code(code.clone())),
            None if field.required && field.lookup.is_none() => {
                Err(InputError::new(field, InputKind::Missing, ""))
            }
            None => Ok(Value::Null),
        };
    }
    let value = match field.kind {
        FieldType::Bool => words::yes_or_no(field, input)?,
        FieldType::Int | FieldType::Scaled => number::read(field, input, resolver.number_style())?,
        FieldType::Day => when::day(field, input, resolver.reference_day())?,
        FieldType::Month => when::month(field, input)?,
        FieldType::Instant => when::instant(field, input, resolver.reference_day())?,
        FieldType::Text => words::text(field, input)?,
        FieldType::Code => words::code(field, input)?,
        FieldType::Codes => words::codes(field, input)?,
        FieldType::Point => point::read(field, input)?,
        FieldType::Place | FieldType::Agency | FieldType::Ref | FieldType::File => {
            named(field, input, resolver)?
        }
    };
    match crate::validate::fault(field, &value) {
        None => Ok(value),
        Some(kind) => Err(InputError::new(field, kind, &words::shown(input))),
    }
}

/// Reads the fields given and reports every fault at once; required fields that are not given are faults too.
///
/// # Errors
/// All faults, in declared order of the fields.
pub fn read_record(
    schema: &Schema,
    inputs: &[(u16, Input)],
    resolver: &dyn Resolver,
) -> Result<Record, Vec<InputError>> {
    let mut record = Record::new();
    let mut errors = Vec::new();
    for field in &schema.field {
        let given = inputs.iter().find(|(no, _)| *no == field.no).map_or(&Input::Empty, |(_, input)| input);
        match read(field, given, resolver) {
            Ok(value) => record.set(field.no, value),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(record) } else { Err(errors) }
}

fn named(field: &Field, input: &Input, resolver: &dyn Resolver) -> Result<Value, InputError> {
    let text = words::plain(field, input)?;
    match field.kind {
        FieldType::Place => found(field, &text, resolver.place(&text)).map(Value::Place),
        FieldType::Agency => found(field, &text, resolver.agency(&text)).map(Value::Agency),
        FieldType::Ref => {
            let register = field.register.clone().unwrap_or_default();
            let key = found(field, &text, resolver.reference(&register, &text))?;
            Ok(Value::Ref { register, key })
        }
        _ => Hash32::from_hex(&text)
            .map(Value::File)
            .ok_or_else(|| InputError::new(field, InputKind::WrongType, &text)),
    }
}

fn found<T>(field: &Field, text: &str, resolved: Resolved<T>) -> Result<T, InputError> {
    match resolved {
        Resolved::One(value) => Ok(value),
        Resolved::Several(names) => Err(InputError::new(field, InputKind::Several, text).names(names)),
        Resolved::Unknown(names) => Err(InputError::new(field, InputKind::Unknown, text).names(names)),
    }
}
