//! How a file writes numbers in its text cells: what one cell leaves open, another may decide.

use mc_base::number::Style;
use mc_base::{AgencyId, Day, PlaceId};
use mc_register::{Field, FieldType, Input, InputKind, Resolved, Resolver, Schema};
use serde::{Deserialize, Serialize};

use super::ColumnMap;
use crate::{Cell, Row};

/// Marks of thousands and decimals.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Numbers {
    /// `1.234,5`
    Vietnamese,
    /// `1,234.5`
    English,
}

impl Numbers {
    /// Both, the usual one first.
    pub const ALL: [Self; 2] = [Self::Vietnamese, Self::English];

    /// How it is named in a form and on the command line.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Vietnamese => "vn",
            Self::English => "en",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|numbers| numbers.id() == id)
    }

    /// What people call it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Vietnamese => "kiểu Việt Nam, như 1.234,5",
            Self::English => "kiểu Anh, như 1,234.5",
        }
    }

    pub(crate) const fn style(self) -> Style {
        match self {
            Self::Vietnamese => Style::Vietnamese,
            Self::English => Style::English,
        }
    }
}

/// What the texts in columns of numbers prove.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Proof {
    /// Nothing yet.
    #[default]
    None,
    /// A style, by a text in that row.
    Of(Numbers, u32),
    /// Both, so none.
    Both,
}

impl Proof {
    /// Takes another text of such a column into account.
    pub(crate) fn see(&mut self, row: u32, text: &str) {
        match (*self, proof(text)) {
            (Self::None, Some(style)) => *self = Self::Of(style, row),
            (Self::Of(known, _), Some(style)) if style != known => *self = Self::Both,
            _ => {}
        }
    }

    /// The style proved, and in which row.
    pub(crate) const fn style(self) -> Option<(Numbers, u32)> {
        match self {
            Self::Of(style, row) => Some((style, row)),
            Self::None | Self::Both => None,
        }
    }
}

/// The style that some text in a number column proves, unless another proves the opposite.
pub(super) fn detect(
    schema: &Schema,
    columns: &[ColumnMap],
    header_last: u32,
    rows: &[&Row],
) -> Option<Numbers> {
    let mut seen = Proof::default();
    for (_, text) in texts(schema, columns, header_last, rows.iter().copied()) {
        seen.see(0, text);
    }
    seen.style().map(|(style, _)| style)
}

/// The first text in a number column that has two readings as long as nobody says how the file writes numbers.
pub(super) fn question<'r>(
    schema: &Schema,
    columns: &[ColumnMap],
    header_last: u32,
    rows: impl Iterator<Item = &'r Row>,
) -> Option<String> {
    let mut texts = texts(schema, columns, header_last, rows);
    let unclear = |field: &Field, text: &str| {
        let read = mc_register::input::read(field, &Input::Text(text.to_owned()), &Undecided);
        read.is_err_and(|error| error.kind == InputKind::Ambiguous)
    };
    texts.find(|(field, text)| unclear(field, text)).map(|(_, text)| text.trim().to_owned())
}

/// Whether it matters how a file writes the values of a field.
pub(crate) const fn is_number(field: &Field) -> bool {
    matches!(field.kind, FieldType::Int | FieldType::Scaled)
}

/// The texts below the header in columns of numbers.
fn texts<'s, 'r>(
    schema: &'s Schema,
    columns: &[ColumnMap],
    header_last: u32,
    rows: impl Iterator<Item = &'r Row>,
) -> impl Iterator<Item = (&'s Field, &'r str)> {
    let numeric = |column: &ColumnMap| {
        let field = schema.field.iter().find(|field| Some(field.no) == column.field)?;
        is_number(field).then_some((field, column.column))
    };
    let wanted: Vec<(&'s Field, u16)> = columns.iter().filter_map(numeric).collect();
    rows.filter(move |row| row.number > header_last).flat_map(move |row| {
        let text = |(field, column): &(_, u16)| match row.cell(*column) {
            Cell::Text(text) => Some((*field, text.as_str())),
            _ => None,
        };
        wanted.iter().filter_map(text).collect::<Vec<_>>()
    })
}

/// Knows no name and no style: only numbers are asked of it.
struct Undecided;

impl Resolver for Undecided {
    fn place(&self, _: &str) -> Resolved<PlaceId> {
        Resolved::Unknown(Vec::new())
    }

    fn agency(&self, _: &str) -> Resolved<AgencyId> {
        Resolved::Unknown(Vec::new())
    }

    fn reference(&self, _: &str, _: &str) -> Resolved<String> {
        Resolved::Unknown(Vec::new())
    }

    fn reference_day(&self) -> Day {
        Day::MIN
    }
}

/// What one text proves: the last mark is the decimal one if both occur, a mark that repeats is for
/// thousands.
fn proof(text: &str) -> Option<Numbers> {
    let text = text.trim().trim_start_matches('-');
    if !text.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',') {
        return None;
    }
    let count = |mark| text.matches(mark).count();
    match (count('.'), count(',')) {
        (1.., 1) if text.rfind(',') > text.rfind('.') => Some(Numbers::Vietnamese),
        (1, 1..) if text.rfind('.') > text.rfind(',') => Some(Numbers::English),
        (2.., 0) => Some(Numbers::Vietnamese),
        (0, 2..) => Some(Numbers::English),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_numbers_prove_their_style() {
        for text in ["1.234,5", "1.234.567", "-12.345.678,25"] {
            assert_eq!(proof(text), Some(Numbers::Vietnamese), "{text}");
        }
        for text in ["1,234.5", "1,234,567"] {
            assert_eq!(proof(text), Some(Numbers::English), "{text}");
        }
        for text in ["1.234", "1,234", "12", "1,5", "a.b,c", ""] {
            assert_eq!(proof(text), None, "{text}");
        }
    }
}
