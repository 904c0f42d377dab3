//! Decimals with a fixed number of digits after the point, without floats.

use std::cmp::Ordering;
use std::fmt;

/// Greatest number of digits after the point.
pub const SCALE_MAX: u8 = 9;

/// `mantissa` × 10^−`scale`; `scale` is 0 to 9. 84.20 is `Scaled { mantissa: 8420, scale: 2 }`.
///
/// Equality is of the written form: 84.2 and 84.20 differ. [`Scaled::compare`] compares the values.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Scaled {
    /// The digits as one whole number.
    pub mantissa: i64,
    /// Digits after the point.
    pub scale: u8,
}

impl Scaled {
    /// A decimal, or `None` where `scale` is above [`SCALE_MAX`].
    #[must_use]
    pub const fn new(mantissa: i64, scale: u8) -> Option<Self> {
        if scale > SCALE_MAX { None } else { Some(Self { mantissa, scale }) }
    }

    /// A whole number.
    #[must_use]
    pub const fn whole(mantissa: i64) -> Self {
        Self { mantissa, scale: 0 }
    }

    /// Reads exactly what [`fmt::Display`] prints: ASCII digits, a point, no `+`, no leading zero, no `-0`.
    /// So that one value of one scale has one text. What people type goes through [`crate::number::parse`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, body) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, part) = body.split_once('.').map_or((body, None), |(whole, part)| (whole, Some(part)));
        let digits = |s: &str| !s.is_empty() && s.len() <= 19 && s.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole)
            || part.is_some_and(|part| !digits(part))
            || (whole.len() > 1 && whole.starts_with('0'))
        {
            return None;
        }
        let part = part.unwrap_or_default();
        let magnitude: i128 = format!("{whole}{part}").parse().ok()?;
        if negative && magnitude == 0 {
            return None;
        }
        let mantissa = i64::try_from(if negative { -magnitude } else { magnitude }).ok()?;
        Self::new(mantissa, u8::try_from(part.len()).ok()?)
    }

    /// The same value with `scale` digits after the point; `None` where that would lose digits or does not
    /// fit.
    #[must_use]
    pub fn rescale(self, scale: u8) -> Option<Self> {
        let rounded = self.round(scale)?;
        (rounded.compare(self) == Ordering::Equal).then_some(rounded)
    }

    /// The value with `scale` digits after the point, half away from zero; `None` where it does not fit.
    #[must_use]
    pub fn round(self, scale: u8) -> Option<Self> {
        divide(i128::from(self.mantissa), 10_i128.checked_pow(u32::from(self.scale))?, scale)
    }

    /// The same value without zeros at the end: 84.20 becomes 84.2, 5.00 becomes 5.
    #[must_use]
    pub const fn trimmed(self) -> Self {
        let Self { mut mantissa, mut scale } = self;
        while scale > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            scale -= 1;
        }
        Self { mantissa, scale }
    }

    /// Orders by value, whatever the scales: 84.2 equals 84.20.
    #[must_use]
    pub fn compare(self, other: Self) -> Ordering {
        let common = self.scale.max(other.scale);
        let align = |v: Self| {
            i128::from(v.mantissa).saturating_mul(10_i128.saturating_pow(u32::from(common - v.scale)))
        };
        align(self).cmp(&align(other))
    }

    /// Sum of two decimals of equal scale; `None` where scales differ or the sum does not fit.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        if self.scale != other.scale {
            return None;
        }
        Some(Self { mantissa: self.mantissa.checked_add(other.mantissa)?, scale: self.scale })
    }
}

impl fmt::Display for Scaled {
    /// Plain decimal with a point and all `scale` digits: `84.20`, `-0.05`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.scale == 0 {
            return write!(f, "{}", self.mantissa);
        }
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let digits = format!("{:0width$}", self.mantissa.unsigned_abs(), width = usize::from(self.scale) + 1);
        let (whole, part) = digits.split_at(digits.len() - usize::from(self.scale));
        write!(f, "{sign}{whole}.{part}")
    }
}

/// `num` ÷ `den` to `places` digits after the point, half away from zero; `None` when `den` is 0, `places` is
/// above [`SCALE_MAX`] or the result does not fit.
#[must_use]
pub fn divide(num: i128, den: i128, places: u8) -> Option<Scaled> {
    let scaled = num.checked_mul(10_i128.checked_pow(u32::from(places))?)?;
    Scaled::new(i64::try_from(round_div(scaled, den)?).ok()?, places)
}

/// `num` ÷ `den` as a whole number, half away from zero; `None` when `den` is 0 or the result does not fit.
pub(crate) fn round_div(num: i128, den: i128) -> Option<i128> {
    if den == 0 {
        return None;
    }
    let (num_abs, den_abs) = (num.unsigned_abs(), den.unsigned_abs());
    let rest = num_abs % den_abs;
    // rest ≥ den − rest is 2·rest ≥ den without overflow.
    let rounded = num_abs / den_abs + u128::from(rest >= den_abs - rest);
    let rounded = i128::try_from(rounded).ok()?;
    Some(if (num < 0) == (den < 0) { rounded } else { -rounded })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_all_digits() {
        assert_eq!(Scaled { mantissa: 8420, scale: 2 }.to_string(), "84.20");
        assert_eq!(Scaled { mantissa: -5, scale: 2 }.to_string(), "-0.05");
    }

    #[test]
    fn rounds_half_away_from_zero() {
        assert_eq!(divide(1, 2, 0).map(|s| s.mantissa), Some(1));
        assert_eq!(divide(-1, 2, 0).map(|s| s.mantissa), Some(-1));
        assert_eq!(divide(574, 38_267, 6).map(|s| s.to_string()), Some("0.015000".to_owned()));
        assert_eq!(divide(1, 0, 6), None);
        assert_eq!(divide(1, 1, 10), None);
        assert_eq!(divide(0, i128::MIN, 6), Some(Scaled { mantissa: 0, scale: 6 }));
    }

    #[test]
    fn one_value_of_one_scale_has_one_text() {
        assert_eq!(Scaled::parse("84.20"), Some(Scaled { mantissa: 8420, scale: 2 }));
        assert_eq!(Scaled::parse("-0.05"), Some(Scaled { mantissa: -5, scale: 2 }));
        assert_eq!(Scaled::parse("-9223372036854775808"), Some(Scaled::whole(i64::MIN)));
        let refused = [
            "",
            "-",
            ".5",
            "5.",
            "+1",
            "01",
            "-0",
            "-0.0",
            "1,5",
            "1e3",
            "9223372036854775808",
            "1.0000000001",
        ];
        for text in refused {
            assert_eq!(Scaled::parse(text), None, "{text}");
        }
    }

    #[test]
    fn rescaling_loses_nothing_and_rounding_says_so() {
        let value = Scaled { mantissa: 8425, scale: 2 };
        assert_eq!(value.rescale(1), None);
        assert_eq!(value.round(1), Some(Scaled { mantissa: 843, scale: 1 }));
        assert_eq!(value.rescale(4), Some(Scaled { mantissa: 842_500, scale: 4 }));
        assert_eq!(value.rescale(10), None);
        assert_eq!(Scaled { mantissa: 500, scale: 2 }.trimmed(), Scaled::whole(5));
        assert_eq!(
            Scaled { mantissa: 842, scale: 1 }.compare(Scaled { mantissa: 8420, scale: 2 }),
            Ordering::Equal
        );
        assert_eq!(Scaled::whole(i64::MIN).compare(Scaled { mantissa: 1, scale: 9 }), Ordering::Less);
        assert_eq!(Scaled::whole(1).checked_add(Scaled { mantissa: 1, scale: 1 }), None);
    }
}
