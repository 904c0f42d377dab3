//! The types of expressions, and the range a number can take.

use std::fmt;

use mc_register::{Field, FieldType};

/// Greatest absolute value of any number an expression can give: 2^62, so that a sum of two still fits `i64`.
pub const NUMBER_MAX: i128 = 1 << 62;

/// Digits after the point that a number can have, as for a field.
pub const SCALE_MAX: u8 = 9;

/// Least and greatest value of a number; of a decimal, of its mantissa.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Range {
    /// Least value.
    pub min: i128,
    /// Greatest value.
    pub max: i128,
}

impl Range {
    /// The range that holds `value` alone.
    #[must_use]
    pub const fn only(value: i128) -> Self {
        Self { min: value, max: value }
    }

    /// The smallest range that holds both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self { min: self.min.min(other.min), max: self.max.max(other.max) }
    }

    /// Whether every value lies in ±2^62.
    #[must_use]
    pub const fn fits(self) -> bool {
        self.min >= -NUMBER_MAX && self.max <= NUMBER_MAX
    }

    /// Greatest absolute value.
    #[must_use]
    pub fn magnitude(self) -> u128 {
        self.min.unsigned_abs().max(self.max.unsigned_abs())
    }

    // Operands lie in ±2^62, so that no operation leaves `i128`.

    pub(crate) const fn negated(self) -> Self {
        Self { min: -self.max, max: -self.min }
    }

    pub(crate) const fn plus(self, other: Self) -> Self {
        Self { min: self.min + other.min, max: self.max + other.max }
    }

    pub(crate) fn times(self, other: Self) -> Self {
        let corners =
            [self.min * other.min, self.min * other.max, self.max * other.min, self.max * other.max];
        corners.into_iter().map(Self::only).fold(Self::only(self.min * other.min), Self::union)
    }
}

/// The type of an expression.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Type {
    /// The literal NULL alone; fits every type.
    Null,
    /// Yes or no.
    Bool,
    /// Whole number.
    Int(Range),
    /// Decimal with `scale` digits after the point, 1 to 9. A decimal of scale 0 is an `Int`.
    Scaled {
        /// Digits after the point.
        scale: u8,
        /// Range of the mantissa.
        range: Range,
    },
    /// Civil day.
    Day,
    /// Calendar month.
    Month,
    /// Instant.
    Instant,
    /// Text.
    Text,
    /// One of a list of codes; an empty list is a free identifier.
    Code(Vec<String>),
    /// Several of a list of codes.
    Codes(Vec<String>),
    /// Key of a record of the register named.
    Ref(String),
    /// A place.
    Place,
    /// An agency.
    Agency,
    /// A position.
    Point,
    /// An evidence file.
    File,
}

impl Type {
    /// The type of a field; `None` where a number lacks its range or a reference its register.
    #[must_use]
    pub fn of_field(field: &Field) -> Option<Self> {
        let range = || Some(Range { min: i128::from(field.min?), max: i128::from(field.max?) });
        let codes = || field.codes.iter().map(|code| code.id.clone()).collect();
        Some(match field.kind {
            FieldType::Bool => Self::Bool,
            FieldType::Int => Self::Int(range()?),
            FieldType::Scaled => Self::number(field.scale?, range()?),
            FieldType::Day => Self::Day,
            FieldType::Month => Self::Month,
            FieldType::Instant => Self::Instant,
            FieldType::Text => Self::Text,
            FieldType::Code => Self::Code(codes()),
            FieldType::Codes => Self::Codes(codes()),
            FieldType::Ref => Self::Ref(field.register.clone()?),
            FieldType::Place => Self::Place,
            FieldType::Agency => Self::Agency,
            FieldType::Point => Self::Point,
            FieldType::File => Self::File,
        })
    }

    /// The numeric type of that many digits after the point.
    #[must_use]
    pub const fn number(scale: u8, range: Range) -> Self {
        if scale == 0 { Self::Int(range) } else { Self::Scaled { scale, range } }
    }

    /// Digits after the point and range of a number.
    #[must_use]
    pub const fn as_number(&self) -> Option<(u8, Range)> {
        match self {
            Self::Int(range) => Some((0, *range)),
            Self::Scaled { scale, range } => Some((*scale, *range)),
            _ => None,
        }
    }

    /// Whether `<` has a meaning: numbers, days, months, instants and text (bytewise).
    #[must_use]
    pub const fn is_ordered(&self) -> bool {
        matches!(
            self,
            Self::Null
                | Self::Int(_)
                | Self::Scaled { .. }
                | Self::Day
                | Self::Month
                | Self::Instant
                | Self::Text
        )
    }

    /// Whether `=` has a meaning: all but sets, positions and files.
    #[must_use]
    pub const fn is_comparable(&self) -> bool {
        !matches!(self, Self::Codes(_) | Self::Point | Self::File)
    }
}

impl fmt::Display for Type {
    /// What the type is called in a sentence.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("rỗng (NULL)"),
            Self::Bool => f.write_str("đúng/sai"),
            Self::Int(_) => f.write_str("số nguyên"),
            Self::Scaled { scale, .. } => write!(f, "số có {scale} chữ số thập phân"),
            Self::Day => f.write_str("ngày"),
            Self::Month => f.write_str("tháng"),
            Self::Instant => f.write_str("thời điểm"),
            Self::Text => f.write_str("chuỗi chữ"),
            Self::Code(_) => f.write_str("mã"),
            Self::Codes(_) => f.write_str("tập mã"),
            Self::Ref(register) => write!(f, "tham chiếu sổ {register}"),
            Self::Place => f.write_str("địa bàn"),
            Self::Agency => f.write_str("cơ quan"),
            Self::Point => f.write_str("tọa độ"),
            Self::File => f.write_str("tệp minh chứng"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_take_the_extreme_corners() {
        let range = Range { min: -3, max: 2 };
        assert_eq!(range.times(range), Range { min: -6, max: 9 });
        assert_eq!(range.negated(), Range { min: -2, max: 3 });
        assert!(Range { min: -NUMBER_MAX, max: NUMBER_MAX }.fits());
        assert!(!Range::only(NUMBER_MAX + 1).fits());
    }
}
