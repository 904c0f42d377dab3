//! How the declaration of a filled register may change.
//!
//! Allowed is what leaves every stored version readable and every figure what it was: adding, retitling,
//! deprecating, widening a range (old values still fit), other rules for new commits, marking a field
//! personal. Refused is what would give stored bytes another meaning: type, scale, unit, key, number,
//! removal, spells, the place of a record. A range is not narrowed, because expressions rely on it for old
//! values too: a rule does that for new commits.

mod field;
mod register;
mod words;

use crate::schema::Schema;

/// What differs between two declarations of one register.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Evolution {
    /// Differences that `pack apply` may commit.
    pub allowed: Vec<SchemaChange>,
    /// Differences that it may not, each with its reason. One is enough to refuse the whole.
    pub refused: Vec<Refusal>,
}

/// An allowed difference.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SchemaChange {
    /// What kind of difference.
    pub kind: ChangeKind,
    /// The field, rule or setting it is about; empty for the register itself.
    pub part: String,
    /// Old and new setting, in words; empty where the kind says it all.
    pub detail: String,
}

/// Kinds of allowed differences.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ChangeKind {
    /// A new optional field.
    FieldAdded,
    /// A new code of a list.
    CodeAdded,
    /// A field or code is no longer offered.
    Deprecated,
    /// A field or code is offered again.
    Restored,
    /// Other titles, help, aliases, programme or order.
    Retitled,
    /// A field becomes required, or a rule more severe, for new commits.
    Tightened,
    /// A field is no longer required, a rule milder or gone.
    Loosened,
    /// A range or length becomes wider.
    Widened,
    /// A new rule for new commits.
    RuleAdded,
    /// Another expression of a rule.
    RuleChanged,
    /// The field's values move to the erasable table, by a redaction commit.
    MarkedPersonal,
    /// List, index or search flags.
    Offered,
    /// Where a field is copied from.
    LookupChanged,
    /// The owner field, which decides who may write.
    OwnerChanged,
    /// States, transitions, roles, guards.
    WorkflowChanged,
}

/// A refused difference.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("Sổ “{register}”, {part}: {found}. {reason}")]
pub struct Refusal {
    /// Register id.
    pub register: String,
    /// What it is about, in words.
    pub part: String,
    /// Old and new setting, in words.
    pub found: String,
    /// Why it cannot be, and what to do instead.
    pub reason: String,
}

/// Compares the declaration in force with a proposed one; both are taken as checked.
#[must_use]
pub fn compare(old: &Schema, new: &Schema) -> Evolution {
    let mut evolution = Evolution::default();
    let mut changes = Changes { register: &old.id, evolution: &mut evolution };
    register::compare(old, new, &mut changes);
    field::compare(old, new, &mut changes);
    evolution
}

impl Evolution {
    /// The declarations say the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.allowed.is_empty() && self.refused.is_empty()
    }
}

impl ChangeKind {
    /// Whether the change lets pass what was refused before; `pack apply` asks for a reason.
    #[must_use]
    pub const fn loosens(self) -> bool {
        matches!(self, Self::Loosened | Self::RuleChanged)
    }
}

/// Collects differences of one register.
struct Changes<'a> {
    register: &'a str,
    evolution: &'a mut Evolution,
}

impl Changes<'_> {
    fn allow(&mut self, kind: ChangeKind, part: &str, detail: impl Into<String>) {
        self.evolution.allowed.push(SchemaChange { kind, part: part.to_owned(), detail: detail.into() });
    }

    fn refuse(&mut self, part: impl Into<String>, found: impl Into<String>, reason: &str) {
        self.evolution.refused.push(Refusal {
            register: self.register.to_owned(),
            part: part.into(),
            found: found.into(),
            reason: reason.to_owned(),
        });
    }
}
