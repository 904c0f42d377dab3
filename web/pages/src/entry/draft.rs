//! What somebody has typed, over the version they saw; and what is wrong with it.

use mc_base::Hash32;
use mc_ledger::Value;
use mc_port::{CommitError, Version};
use mc_register::{Field, Input, Record, Schema, input};

use super::fields::{filled_in, is_offered, name};
use crate::context::Page;
use crate::error::PageError;
use crate::lookup;
use crate::query::Query;

static NULL: Value = Value::Null;

/// A record in the making.
pub(crate) struct Draft<'a> {
    base: Option<&'a Version>,
    sent: Option<&'a Query>,
}

/// Sentences by form field; those of no field stand above the form.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Errors {
    fields: Vec<(String, String)>,
    pub general: Vec<String>,
    /// The form's key belongs to another commit: the next try needs one of its own.
    pub key_is_used: bool,
}

impl<'a> Draft<'a> {
    /// Nothing typed yet.
    pub(super) const fn blank() -> Self {
        Self { base: None, sent: None }
    }

    /// The values that are there.
    pub(super) const fn of(base: &'a Version) -> Self {
        Self { base: Some(base), sent: None }
    }

    /// A form that was sent.
    pub(crate) const fn sent(form: &'a Query, base: Option<&'a Version>) -> Self {
        Self { base, sent: Some(form) }
    }

    /// The version it starts from.
    pub(super) const fn base(&self) -> Option<&'a Version> {
        self.base
    }

    fn known(&self, field: &Field) -> &Value {
        self.base.and_then(|base| base.values.get(&field.no)).unwrap_or(&NULL)
    }

    /// What stands in a form field.
    pub(super) fn typed(&self, page: &Page<'_>, field: &Field) -> String {
        match self.sent {
            // Browsers send the line ends of a text as CR LF.
            Some(form) => form.raw(&name(field)).unwrap_or_default().replace("\r\n", "\n"),
            None => filled_in(page, field, self.known(field)),
        }
    }

    /// Whether the author has left the field as it was filled in.
    pub(super) fn untouched(&self, page: &Page<'_>, field: &Field) -> bool {
        self.base.is_some() && self.typed(page, field) == filled_in(page, field, self.known(field))
    }

    /// Whether the form had no such field: its author could not see the value, and may see it by now.
    fn unasked(&self, field: &Field) -> bool {
        self.base.is_some() && self.sent.is_some_and(|form| form.raw(&name(field)).is_none())
    }

    /// Whether the form says something of a value that its author could see then and may not see now.
    pub(super) fn unseen(&self, schema: &Schema) -> bool {
        let masked = |field: &&Field| self.base.is_some_and(|base| base.masked.contains(&field.no));
        schema.field.iter().filter(masked).any(|field| !self.unasked(field))
    }

    /// The record, and every fault.
    pub(crate) fn read(&self, page: &Page<'_>, schema: &Schema) -> (Record, Errors) {
        let names = lookup::names(page);
        let (mut record, mut errors) = (Record::new(), Errors::default());
        for field in &schema.field {
            let offered = is_offered(schema, field, self.base) && !self.unasked(field);
            if !offered || self.untouched(page, field) {
                record.set(field.no, self.kept(field));
                continue;
            }
            match input::read(field, &Input::Text(self.typed(page, field)), &names) {
                Ok(value) => record.set(field.no, value),
                Err(error) => errors.add(&name(field), &crate::refused::sentence(field, &error)),
            }
        }
        (record, errors)
    }

    /// The value as it is. One that the author may not see is named by a commitment, in whose place the
    /// store puts the value it has.
    fn kept(&self, field: &Field) -> Value {
        if self.base.is_some_and(|base| base.masked.contains(&field.no)) {
            return Value::Commitment(Hash32::ZERO);
        }
        self.known(field).clone()
    }
}

impl Errors {
    /// A fault of a form field.
    pub(crate) fn add(&mut self, field: &str, sentence: &str) {
        self.fields.push((field.to_owned(), sentence.to_owned()));
    }

    /// The faults of another part of the same form.
    pub(crate) fn extend(&mut self, other: Self) {
        self.fields.extend(other.fields);
        self.general.extend(other.general);
    }

    /// Whether there is any.
    pub(crate) fn any(&self) -> bool {
        !self.fields.is_empty() || !self.general.is_empty()
    }

    /// The sentence of a form field.
    pub(crate) fn of(&self, field: &str) -> Option<String> {
        let said: Vec<&str> = self
            .fields
            .iter()
            .filter(|(known, _)| known == field)
            .map(|(_, sentence)| sentence.as_str())
            .collect();
        (!said.is_empty()).then(|| said.join(" "))
    }

    /// Why the store refused; what is no fault of the form is no form's error.
    pub(crate) fn refused(&mut self, schema: &Schema, error: CommitError) -> Result<(), PageError> {
        match error {
            CommitError::Rows(rows) => {
                for row in rows {
                    match row.field.as_deref().and_then(|id| schema.field(id)) {
                        Some(field) => self.add(&name(field), &row.message),
                        None => self.general.push(row.message),
                    }
                }
                Ok(())
            }
            CommitError::Unchanged => {
                self.general.push(error.to_string());
                Ok(())
            }
            CommitError::KeyReused(_) => {
                self.key_is_used = true;
                let again = t!(
                    "Biểu mẫu này đã được gửi và ghi rồi; nội dung lần này khác. Hãy kiểm tra và gửi lại nếu đúng."
                );
                self.general.push(again.to_owned());
                Ok(())
            }
            other => Err(other.into()),
        }
    }
}
