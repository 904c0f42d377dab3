//! How a file writes numbers in its text cells: what one cell leaves open, another may decide.

use mc_base::number::Style;
use mc_register::{FieldType, Schema};
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
    pub(crate) const fn style(self) -> Style {
        match self {
            Self::Vietnamese => Style::Vietnamese,
            Self::English => Style::English,
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
    let numeric = |no: u16| {
        let field = schema.field.iter().find(|field| field.no == no);
        field.is_some_and(|field| matches!(field.kind, FieldType::Int | FieldType::Scaled))
    };
    let wanted: Vec<u16> = columns
        .iter()
        .filter(|column| column.field.is_some_and(numeric))
        .map(|column| column.column)
        .collect();
    let mut found = None;
    for row in rows.iter().filter(|row| row.number > header_last) {
        for column in &wanted {
            let Cell::Text(text) = row.cell(*column) else { continue };
            match (proof(text), found) {
                (None, _) => {}
                (Some(style), Some(other)) if style != other => return None,
                (style, _) => found = style,
            }
        }
    }
    found
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
