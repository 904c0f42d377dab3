//! Numbers in drawing attributes.

use std::fmt;

/// A length or place in a drawing, in pixels or per cent of the width. It is kept as whole hundredths and
/// prints with a point, so it can hold neither a decimal comma nor "NaN". A [`ViNum`](crate::ViNum) is not
/// one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Coord {
    hundredths: i32,
    unit: Unit,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Unit {
    Pixel,
    Percent,
}

impl Coord {
    /// Pixels.
    #[must_use]
    pub fn px(value: f64) -> Self {
        Self { hundredths: hundredths(value), unit: Unit::Pixel }
    }

    /// Per cent of the width of the drawing (for a `y`, of its height).
    #[must_use]
    pub fn percent(value: f64) -> Self {
        Self { hundredths: hundredths(value), unit: Unit::Percent }
    }
}

/// Rounded to hundredths; what is not finite becomes 0, what is too large the nearest limit.
fn hundredths(value: f64) -> i32 {
    // The cast saturates and turns NaN into 0.
    (value * 100.0).round() as i32
}

impl fmt::Display for Coord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.hundredths < 0 { "-" } else { "" };
        let size = self.hundredths.unsigned_abs();
        write!(f, "{sign}{}", size / 100)?;
        if !size.is_multiple_of(100) {
            write!(f, ".{:02}", size % 100)?;
        }
        match self.unit {
            Unit::Pixel => Ok(()),
            Unit::Percent => f.write_str("%"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn coordinates_have_a_point() {
        assert_eq!(Coord::px(60.0).to_string(), "60");
        assert_eq!(Coord::px(-0.5).to_string(), "-0.50");
        assert_eq!(Coord::percent(33.333).to_string(), "33.33%");
        assert_eq!(Coord::px(f64::NAN).to_string(), "0");
    }

    proptest! {
        #[test]
        fn no_value_prints_a_comma_or_a_word(value in any::<f64>()) {
            for text in [Coord::px(value).to_string(), Coord::percent(value).to_string()] {
                prop_assert!(text.chars().all(|c| c.is_ascii_digit() || "-.%".contains(c)), "{}", text);
            }
        }
    }
}
