//! Cells and rows as read, before any field is known.

use std::fmt;

use mc_base::Day;
use serde::{Deserialize, Serialize};

/// An error value that a formula left in its cell.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum CellError {
    /// `#DIV/0!`
    Div0,
    /// `#N/A`
    NotAvailable,
    /// `#NAME?`
    Name,
    /// `#NULL!`
    Null,
    /// `#NUM!`
    Num,
    /// `#REF!`
    Ref,
    /// `#VALUE!`
    Value,
    /// `#GETTING_DATA`
    GettingData,
}

/// What one cell holds.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text as it stands; a CSV file has nothing else.
    Text(String),
    /// `mantissa` × 10^−`scale`, to the 15 digits that a spreadsheet shows.
    Number {
        /// The digits.
        mantissa: i64,
        /// Digits after the point, 0 to 18, no trailing zero.
        scale: u8,
    },
    /// A date.
    Day(Day),
    /// A date with a time of day.
    Moment {
        /// The date.
        day: Day,
        /// Seconds since midnight, below 86,400.
        second: u32,
    },
    /// Yes or no.
    Bool(bool),
    /// The cached error of a formula.
    Error(CellError),
}

/// One row that holds anything; blank rows are not given, but count in `number`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Row {
    /// Index of the sheet in [`crate::BookInfo::sheets`].
    pub sheet: u16,
    /// Row number as a spreadsheet shows it, from 1.
    pub number: u32,
    /// Cells from column A; cells after the last one that holds anything are not given.
    pub cells: Vec<Cell>,
}

impl Cell {
    /// A number as the spreadsheet shows it: 15 significant digits, so that 0.1 + 0.2 reads 0.3.
    ///
    /// A magnitude that 19 digits cannot hold becomes text, and is then refused as a number with its text
    /// shown.
    #[must_use]
    pub fn from_float(value: f64) -> Self {
        if !value.is_finite() {
            return Self::Error(CellError::Num);
        }
        Self::parse_scientific(&format!("{value:.14e}")).unwrap_or_else(|| Self::Text(format!("{value:e}")))
    }

    /// Reads `-d.dddde±x`.
    fn parse_scientific(text: &str) -> Option<Self> {
        let (digits, exponent) = text.split_once('e')?;
        let exponent: i32 = exponent.parse().ok()?;
        let mut mantissa: i64 = digits.replace('.', "").parse().ok()?;
        let mut scale = 14 - exponent;
        if mantissa == 0 {
            return Some(Self::Number { mantissa: 0, scale: 0 });
        }
        while mantissa % 10 == 0 {
            mantissa /= 10;
            scale -= 1;
        }
        if scale < 0 {
            mantissa = mantissa.checked_mul(10_i64.checked_pow(u32::try_from(-scale).ok()?)?)?;
            scale = 0;
        }
        (scale <= 18).then_some(Self::Number { mantissa, scale: u8::try_from(scale).ok()? })
    }

    /// Holds nothing, or only white space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.chars().all(|c| c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}'),
            _ => false,
        }
    }

    /// The text, without surrounding white space, of a text cell; empty for any other.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) => text.trim(),
            _ => "",
        }
    }
}

impl Row {
    /// The cell of a column, counted from 0.
    #[must_use]
    pub fn cell(&self, column: u16) -> &Cell {
        self.cells.get(usize::from(column)).unwrap_or(&Cell::Empty)
    }

    /// No cell holds anything but white space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(Cell::is_blank)
    }
}

impl fmt::Display for CellError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Div0 => "#DIV/0!",
            Self::NotAvailable => "#N/A",
            Self::Name => "#NAME?",
            Self::Null => "#NULL!",
            Self::Num => "#NUM!",
            Self::Ref => "#REF!",
            Self::Value => "#VALUE!",
            Self::GettingData => "#GETTING_DATA",
        })
    }
}

impl fmt::Display for Cell {
    /// As a Vietnamese spreadsheet shows it: decimal comma, dd/mm/yyyy.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => Ok(()),
            Self::Text(text) => f.write_str(text),
            Self::Number { mantissa, scale } => {
                let plain = mc_base::Scaled { mantissa: *mantissa, scale: *scale }.to_string();
                f.write_str(&plain.replace('.', ","))
            }
            Self::Day(day) => write_day(f, *day),
            Self::Moment { day, second } => {
                write_day(f, *day)?;
                write!(f, " {:02}:{:02}", second / 3600, second / 60 % 60)?;
                if second % 60 == 0 { Ok(()) } else { write!(f, ":{:02}", second % 60) }
            }
            Self::Bool(true) => f.write_str("có"),
            Self::Bool(false) => f.write_str("không"),
            Self::Error(error) => error.fmt(f),
        }
    }
}

fn write_day(f: &mut fmt::Formatter<'_>, day: Day) -> fmt::Result {
    let (year, month, date) = day.ymd();
    write!(f, "{date:02}/{month:02}/{year:04}")
}

/// The letters of a column counted from 0: A, B, …, Z, AA.
#[must_use]
pub fn column_letter(column: u16) -> String {
    let mut rest = u32::from(column) + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_what_the_spreadsheet_shows() {
        let shown = |value: f64| Cell::from_float(value).to_string();
        assert_eq!(shown(4607.0), "4607");
        assert_eq!(shown(4.607), "4,607");
        assert_eq!(shown(0.1 + 0.2), "0,3");
        assert_eq!(shown(-0.0), "0");
        assert_eq!(shown(-1234.5), "-1234,5");
        assert_eq!(shown(574_000_000_000.0), "574000000000");
        assert_eq!(shown(1e300), "1e300");
        assert_eq!(Cell::from_float(f64::INFINITY), Cell::Error(CellError::Num));
    }

    #[test]
    fn columns_have_letters() {
        let letters: Vec<_> = [0, 25, 26, 51, 52, 701, 702].into_iter().map(column_letter).collect();
        assert_eq!(letters, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
