//! Numbers a person reads. `ViNum` is text for people and can stand in no drawing attribute: those take
//! [`Coord`](crate::chart::Coord) alone, so a decimal comma cannot slip into an SVG.

use std::fmt;

use mc_base::scaled::divide;
use mc_base::{Dong, Scaled};

use crate::write::{decimal, money_short, percent};

/// How a number is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NumberStyle {
    /// `4.607`, or `1.234,50` with that many digits after the comma.
    Plain(u8),
    /// A ratio as a percentage with that many digits: 0.842 with 1 is `84,2%`.
    Percent(u8),
    /// Đồng, shortened where it stays exact to one digit: `574 tỷ đồng`.
    Dong,
}

/// A number written for the reader, with the value it was written from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ViNum {
    text: String,
    value: Scaled,
}

impl ViNum {
    /// Writes `value` in `style`. Values too large to be rescaled are written as they are.
    #[must_use]
    pub fn new(value: Scaled, style: NumberStyle) -> Self {
        let text = match style {
            NumberStyle::Plain(digits) => decimal(rounded(value, digits)),
            NumberStyle::Percent(digits) => percent(value, digits),
            NumberStyle::Dong => money_short(Dong(rounded(value, 0).mantissa)),
        };
        Self { text, value }
    }

    /// A whole number.
    #[must_use]
    pub fn whole(value: i64) -> Self {
        Self::new(Scaled { mantissa: value, scale: 0 }, NumberStyle::Plain(0))
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The value the text was written from.
    #[must_use]
    pub const fn value(&self) -> Scaled {
        self.value
    }
}

impl fmt::Display for ViNum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// `value` to `digits` after the comma, half away from zero; as it is where that does not fit.
fn rounded(value: Scaled, digits: u8) -> Scaled {
    let unit = 10_i128.saturating_pow(u32::from(value.scale));
    divide(i128::from(value.mantissa), unit, digits).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(mantissa: i64, scale: u8, style: NumberStyle) -> String {
        ViNum::new(Scaled { mantissa, scale }, style).to_string()
    }

    #[test]
    fn numbers_are_written_as_in_viet_nam() {
        assert_eq!(text(4607, 0, NumberStyle::Plain(0)), "4.607");
        assert_eq!(text(-1_234_567, 2, NumberStyle::Plain(2)), "-12.345,67");
        assert_eq!(text(842_000, 6, NumberStyle::Percent(1)), "84,2%");
        assert_eq!(text(15_000, 6, NumberStyle::Percent(1)), "1,5%");
        assert_eq!(text(574_000_000_000, 0, NumberStyle::Dong), "574 tỷ đồng");
        assert_eq!(text(1_500_000_000, 0, NumberStyle::Dong), "1,5 tỷ đồng");
        assert_eq!(text(1_234_567, 0, NumberStyle::Dong), "1.234.567 đồng");
        assert_eq!(text(0, 0, NumberStyle::Dong), "0 đồng");
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(mantissa in any::<i64>(), scale in 0_u8..=4) {
            let value = Scaled { mantissa, scale };
            let back = text(mantissa, scale, NumberStyle::Plain(scale)).replace('.', "").replace(',', ".");
            prop_assert_eq!(back, value.to_string());
        }
    }
}
