//! What a declaration must satisfy before anything is built from it.

mod field;
mod register;
mod together;
mod words;
mod workflow;

pub use together::check_together;
pub(crate) use words::is_code;

use crate::error::{Part, SchemaError};
use crate::schema::Schema;

/// Checks one declaration by itself; all its faults are reported at once.
///
/// # Errors
/// Every fault found. Expressions are not read here (`mc-figure` does), other registers are not known here
/// ([`check_together`]).
pub fn check(schema: &Schema) -> Result<(), Vec<SchemaError>> {
    let mut findings = Findings::new(&schema.id);
    register::check(schema, &mut findings);
    for field in &schema.field {
        field::check(schema, field, &mut findings);
    }
    workflow::check(schema, &mut findings);
    findings.into_result()
}

/// What is asked of a declaration beyond [`check`] before it is first written to the ledger.
///
/// # Errors
/// Every fault found.
pub fn check_new(schema: &Schema) -> Result<(), Vec<SchemaError>> {
    let mut findings = Findings::new(&schema.id);
    register::explanation(schema, &mut findings);
    findings.into_result()
}

/// Faults of one register, collected.
pub(crate) struct Findings {
    register: String,
    errors: Vec<SchemaError>,
}

impl Findings {
    pub(crate) fn new(register: &str) -> Self {
        Self { register: register.to_owned(), errors: Vec::new() }
    }

    pub(crate) fn add(&mut self, part: Part, found: impl Into<String>, expected: impl Into<String>) {
        self.errors.push(SchemaError {
            register: self.register.clone(),
            part,
            found: found.into(),
            expected: expected.into(),
        });
    }

    pub(crate) fn into_errors(self) -> Vec<SchemaError> {
        self.errors
    }

    fn into_result(self) -> Result<(), Vec<SchemaError>> {
        if self.errors.is_empty() { Ok(()) } else { Err(self.errors) }
    }
}
