//! Numbers as Vietnamese readers write them.

use num_traits::CheckedDiv as _;

use crate::amount::{Amount, Exact};

/// "1.672", "84,2".
#[must_use]
pub fn plain(amount: Amount) -> String {
    decimal(&amount.decimal())
}

/// As it is written, with the word behind: "574 tỷ", "2,6 triệu".
#[must_use]
pub fn written(amount: Amount) -> String {
    let number = plain(Amount { power: 0, ..amount });
    word(amount.power).map_or_else(|| plain(amount), |word| format!("{number}{word}"))
}

/// An exact number in the same words as `like`, with at most `places` decimals before the word.
#[must_use]
pub fn exact_like(value: Exact, like: Amount, places: u32) -> String {
    match word(like.power) {
        Some(word) => format!("{}{word}", exact(over_ten(value, like.power), places)),
        None => exact(value, places),
    }
}

/// `value` ÷ 10^`power`; of a fraction too long for that, its whole part.
fn over_ten(value: Exact, power: u8) -> Exact {
    let ten = Exact::from_integer(10_i128.pow(u32::from(power)));
    value.checked_div(&ten).unwrap_or_else(|| value.trunc() / ten)
}

fn word(power: u8) -> Option<&'static str> {
    Some(match power {
        0 => "",
        3 => " nghìn",
        6 => " triệu",
        9 => " tỷ",
        12 => " nghìn tỷ",
        15 => " triệu tỷ",
        _ => return None,
    })
}

/// A decimal with a point as readers write it.
fn decimal(text: &str) -> String {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let (sign, whole) = whole.strip_prefix('-').map_or(("", whole), |whole| ("−", whole));
    let mut grouped = String::new();
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    if part.is_empty() { format!("{sign}{grouped}") } else { format!("{sign}{grouped},{part}") }
}

/// An exact number with at most `places` decimals, rounded half away from zero, without zeros at the end.
#[must_use]
pub fn exact(value: Exact, places: u32) -> String {
    decimal(&decimal_point(value, places))
}

/// The same with a point and without marks between thousands: `39586.206897`.
#[must_use]
pub fn decimal_point(value: Exact, places: u32) -> String {
    let scale = 10_i128.pow(places);
    let rounded = (value * scale).round().to_integer();
    let sign = if rounded < 0 { "-" } else { "" };
    let (whole, part) =
        (rounded.unsigned_abs() / scale.unsigned_abs(), rounded.unsigned_abs() % scale.unsigned_abs());
    let part = format!("{part:0width$}", width = places as usize);
    let part = part.trim_end_matches('0');
    let point = if part.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{part}")
}
