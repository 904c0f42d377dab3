//! Positions: decimal degrees or degrees, minutes and seconds, latitude and longitude in either order.

use mc_ledger::{Point, Value};

use crate::input::{Input, InputError, InputKind, words};
use crate::schema::Field;

const UNIT: i64 = 10_000_000;
/// Land and islands of Việt Nam lie within these degrees × 10⁷; the two ranges do not meet, so the order is
/// known.
const LAT: std::ops::RangeInclusive<i64> = 6 * UNIT..=24 * UNIT;
const LON: std::ops::RangeInclusive<i64> = 101 * UNIT..=118 * UNIT;

pub(super) fn read(field: &Field, input: &Input) -> Result<Value, InputError> {
    let typed = words::plain(field, input)?;
    let wrong = |kind| InputError::new(field, kind, &typed);
    let (first, second) = pair(&typed).ok_or_else(|| wrong(InputKind::WrongType))?;
    let (lat, lon) = if LAT.contains(&first) && LON.contains(&second) {
        (first, second)
    } else if LON.contains(&first) && LAT.contains(&second) {
        (second, first)
    } else {
        let error = wrong(InputKind::OutOfRange);
        let metres = first.abs().min(second.abs()) > 1_000 * UNIT;
        return Err(if metres {
            error.hint("Có vẻ là tọa độ VN-2000 tính bằng mét; cần đổi ra độ")
        } else {
            error
        });
    };
    match (i32::try_from(lon), i32::try_from(lat)) {
        (Ok(lon), Ok(lat)) => Ok(Value::Point(Point { lon, lat })),
        _ => Err(wrong(InputKind::OutOfRange)),
    }
}

/// The two numbers of a position, degrees × 10⁷.
fn pair(text: &str) -> Option<(i64, i64)> {
    if text.contains(['°', 'º', '˚']) {
        return sexagesimal(text);
    }
    let (first, second) = halves(text)?;
    Some((decimal(first)?, decimal(second)?))
}

/// Splits at `;`, else at the only space, else at the middle comma (`22,5,104,0`).
fn halves(text: &str) -> Option<(&str, &str)> {
    if let Some((first, second)) = text.split_once(';') {
        return Some((first.trim(), second.trim()));
    }
    if let Some((first, second)) = text.split_once(' ') {
        return Some((first.trim_end_matches(','), second.trim()));
    }
    let commas: Vec<usize> = text.match_indices(',').map(|(at, _)| at).collect();
    let middle = match commas.as_slice() {
        [only] => *only,
        [_, middle, _] => *middle,
        _ => return None,
    };
    Some((text.get(..middle)?, text.get(middle + 1..)?))
}

/// A decimal number with point or comma, × 10⁷, rounded to a centimetre on the ground.
fn decimal(text: &str) -> Option<i64> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, part) = digits.split_once(['.', ',']).unwrap_or((digits, "0"));
    let all_digits =
        |text: &str| !text.is_empty() && text.len() <= 18 && text.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(whole) || !all_digits(part) {
        return None;
    }
    let mut digits = part.bytes().map(|byte| i64::from(byte - b'0'));
    let kept = (0..7).fold(0, |sum, _| sum * 10 + digits.next().unwrap_or(0));
    let rounded = kept + i64::from(digits.next().unwrap_or(0) >= 5);
    let whole: i64 = whole.parse().ok()?;
    Some(sign * whole.checked_mul(UNIT)?.checked_add(rounded)?)
}

/// `22°30'15,5"N 104°0'18"E`, letters optional; B and Đ (bắc, đông) are read too.
fn sexagesimal(text: &str) -> Option<(i64, i64)> {
    let mut angles = Vec::new();
    let mut rest = text;
    while let Some((degrees, after)) = rest.split_once(['°', 'º', '˚']) {
        let (minutes, after) = number_before(after, &['\'', '’', '′']);
        let (seconds, after) = number_before(after, &['"', '”', '″']);
        let (letter, after) = hemisphere(after);
        let degrees = decimal(degrees.trim_matches([' ', ',', ';']))?;
        let parts = minutes.map_or(Some(0), decimal)? / 60 + seconds.map_or(Some(0), decimal)? / 3_600;
        let size = degrees.abs().checked_add(parts)?;
        angles.push(if degrees < 0 || matches!(letter, Some('S' | 'W')) { -size } else { size });
        rest = after;
        if angles.len() > 2 {
            return None;
        }
    }
    match angles.as_slice() {
        [first, second] if rest.trim().is_empty() => Some((*first, *second)),
        _ => None,
    }
}

/// The number before one of `marks`, when nothing but digits stands before it.
fn number_before<'a>(text: &'a str, marks: &[char]) -> (Option<&'a str>, &'a str) {
    match text.split_once(marks) {
        Some((number, rest)) if decimal(number.trim()).is_some() => (Some(number.trim()), rest),
        _ => (None, text),
    }
}

fn hemisphere(text: &str) -> (Option<char>, &str) {
    let text = text.trim_start();
    match text.chars().next() {
        Some(letter @ ('N' | 'S' | 'E' | 'W' | 'B' | 'Đ')) => {
            (Some(letter), text.get(letter.len_utf8()..).unwrap_or_default())
        }
        _ => (None, text),
    }
}
