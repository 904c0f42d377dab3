//! Printing. A minus is the ASCII `-`, so that what is printed can be pasted into any program.

use crate::money::Dong;
use crate::scaled::{SCALE_MAX, Scaled, round_div};

const BILLION: i128 = 1_000_000_000;
const MILLION: i128 = 1_000_000;

/// Money to at most one decimal, with the largest unit it fills.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ShortMoney {
    /// For example `574 tỷ đồng`, `47,5 triệu đồng`, `900.000 đồng`.
    pub text: String,
    /// Whether the text states the amount to the đồng; where not, the page must offer the full amount.
    pub exact: bool,
}

/// A whole number: `4.607`.
#[must_use]
pub fn whole(value: impl Into<i128>) -> String {
    fixed(value.into(), 0)
}

/// A decimal with all its digits: 1234.50 is `1.234,50`.
#[must_use]
pub fn decimal(value: Scaled) -> String {
    fixed(i128::from(value.mantissa), value.scale)
}

/// A ratio as percent with `decimals` digits (at most 9), half away from zero: 0.842 is `84,2%`.
///
/// Where numerator and denominator are at hand use [`percent_of`], which rounds once.
#[must_use]
pub fn percent(ratio: Scaled, decimals: u8) -> String {
    let decimals = decimals.min(SCALE_MAX);
    let num = i128::from(ratio.mantissa) * 100 * pow10(decimals);
    // The divisor is at least 1, so there is always a result.
    let rounded = round_div(num, pow10(ratio.scale)).unwrap_or_default();
    format!("{}%", fixed(rounded, decimals))
}

/// `num` ÷ `den` as percent with `decimals` digits (at most 9), rounded once, half away from zero; `None`
/// when `den` is 0 or `num` is too large (beyond 10^27).
#[must_use]
pub fn percent_of(num: i128, den: i128, decimals: u8) -> Option<String> {
    let decimals = decimals.min(SCALE_MAX);
    let num = num.checked_mul(100)?.checked_mul(pow10(decimals))?;
    Some(format!("{}%", fixed(round_div(num, den)?, decimals)))
}

/// Every digit of an amount: `574.000.000.000 đồng`.
#[must_use]
pub fn money(amount: Dong) -> String {
    format!("{} đồng", whole(amount.0))
}

/// An amount in *tỷ* or *triệu* with at most one decimal, half away from zero; below a million every digit.
#[must_use]
pub fn money_short(amount: Dong) -> ShortMoney {
    let value = i128::from(amount.0);
    // 999,95 triệu and above would print as 1.000 triệu, so it counts as tỷ.
    let (unit, name) = if value.abs() >= BILLION - MILLION / 20 {
        (BILLION, "tỷ đồng")
    } else if value.abs() >= MILLION {
        (MILLION, "triệu đồng")
    } else {
        return ShortMoney { text: money(amount), exact: true };
    };
    let tenths = round_div(value * 10, unit).unwrap_or_default();
    let number = if tenths % 10 == 0 { fixed(tenths / 10, 0) } else { fixed(tenths, 1) };
    ShortMoney { text: format!("{number} {name}"), exact: tenths * unit == value * 10 }
}

fn pow10(exponent: u8) -> i128 {
    10_i128.saturating_pow(u32::from(exponent))
}

/// `mantissa` × 10^−`scale` with grouped thousands and a decimal comma.
fn fixed(mantissa: i128, scale: u8) -> String {
    let scale = usize::from(scale);
    let digits = format!("{:0width$}", mantissa.unsigned_abs(), width = scale + 1);
    let (whole, part) = digits.split_at(digits.len() - scale);
    let mut out = String::with_capacity(digits.len() * 4 / 3 + 3);
    if mantissa < 0 {
        out.push('-');
    }
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    if !part.is_empty() {
        out.push(',');
        out.push_str(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped_by_points() {
        assert_eq!(whole(4_607), "4.607");
        assert_eq!(whole(100), "100");
        assert_eq!(whole(-1_234_567), "-1.234.567");
        assert_eq!(whole(i64::MIN), "-9.223.372.036.854.775.808");
        assert_eq!(whole(i128::MIN), "-170.141.183.460.469.231.731.687.303.715.884.105.728");
        assert_eq!(decimal(Scaled { mantissa: 123_450, scale: 2 }), "1.234,50");
        assert_eq!(decimal(Scaled { mantissa: -5, scale: 2 }), "-0,05");
    }

    #[test]
    fn percent_has_a_decimal_comma_and_no_space() {
        assert_eq!(percent(Scaled { mantissa: 842_000, scale: 6 }, 1), "84,2%");
        assert_eq!(percent(Scaled { mantissa: 15, scale: 3 }, 1), "1,5%");
        assert_eq!(percent(Scaled { mantissa: 3, scale: 2 }, 0), "3%");
        assert_eq!(percent(Scaled::whole(i64::MAX), 200), "922.337.203.685.477.580.700,000000000%");
        assert_eq!(percent_of(2, 3, 1).as_deref(), Some("66,7%"));
        assert_eq!(percent_of(1, 0, 1), None);
    }

    #[test]
    fn percent_of_rounds_once() {
        // 0.84249996 is 0.842500 to six places, and would then become 84,3% to one.
        assert_eq!(percent_of(84_249_996, 100_000_000, 1).as_deref(), Some("84,2%"));
    }

    #[test]
    fn short_money_says_whether_it_is_exact() {
        let short = |amount: i64| {
            let ShortMoney { text, exact } = money_short(Dong(amount));
            format!("{text} {exact}")
        };
        assert_eq!(short(574_000_000_000), "574 tỷ đồng true");
        assert_eq!(short(15_119_000_000_000), "15.119 tỷ đồng true");
        assert_eq!(short(1_550_000_000), "1,6 tỷ đồng false");
        assert_eq!(short(-47_500_000), "-47,5 triệu đồng true");
        assert_eq!(short(999_949_999), "999,9 triệu đồng false");
        assert_eq!(short(999_950_000), "1 tỷ đồng false");
        assert_eq!(short(900_000), "900.000 đồng true");
        assert_eq!(short(999_999), "999.999 đồng true");
        assert_eq!(short(i64::MIN), "-9.223.372.036,9 tỷ đồng false");
    }
}
