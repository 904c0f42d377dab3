//! Reading periods.

use super::Period;
use crate::date;
use crate::day::{Day, Month};
use crate::text::search_key;

const LENGTH_MAX: usize = 64;

/// A text that names no period. Displays as the Vietnamese sentence to show.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PeriodError {
    /// Nothing was typed.
    #[error("Chưa có kỳ; cần viết như 2025, 2025-10, 2025-Q3, 2025-9M hoặc 2025-10-31.")]
    Empty,
    /// More than 64 characters.
    #[error("Kỳ dài quá {LENGTH_MAX} ký tự; cần viết như 2025-10.")]
    TooLong,
    /// Not written as a period, or the calendar has none such.
    #[error(
        "“{0}” không phải là kỳ; cần viết như 2025, 2025-10, 2025-Q3, 2025-9M, 2025-10-31 \
         hoặc “Quý III/2025”, “tháng 10/2025”, “9 tháng đầu năm 2025”."
    )]
    NotAPeriod(String),
}

pub(super) fn parse(text: &str) -> Result<Period, PeriodError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(PeriodError::Empty);
    }
    if text.chars().nth(LENGTH_MAX).is_some() {
        return Err(PeriodError::TooLong);
    }
    let key = search_key(text);
    canonical(&key)
        .or_else(|| spoken(&key))
        .or_else(|| date::parse(text, None).ok().map(Period::of_day))
        .ok_or_else(|| PeriodError::NotAPeriod(text.to_owned()))
}

/// `2025`, `2025-10`, `2025-q3`, `2025-9m`, `2025-h1`, `2025-w05`, `2025-10-31`.
fn canonical(key: &str) -> Option<Period> {
    let Some((year, rest)) = key.split_once('-') else { return Period::of_year(year(key)?) };
    let in_year = self::year(year)?;
    if let Some(quarter) = rest.strip_prefix('q') {
        return Period::of_quarter(in_year, small(quarter)?);
    }
    if let Some(week) = rest.strip_prefix('w') {
        return Period::of_week(in_year, u8::try_from(small(week)?).ok()?);
    }
    if let Some(count) = rest.strip_suffix('m') {
        return Period::of_first_months(in_year, small(count)?);
    }
    match rest {
        "h1" => Period::of_first_months(in_year, 6),
        "h2" => Period::of_second_half(in_year),
        _ if rest.len() == 2 => Month::new(in_year, small(rest)?).map(Period::of_month),
        _ => Day::parse_iso(key).map(Period::of_day),
    }
}

/// `quy iii/2025`, `thang 10 nam 2025`, `10/2025`, `9 thang dau nam 2025`, `tuan 5/2025`, `nam 2025`, folded.
fn spoken(key: &str) -> Option<Period> {
    let spaced = key.replace(['/', ','], " ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let (year_word, before) = words.split_last()?;
    let in_year = year(year_word)?;
    let before = before.strip_suffix(&["nam"]).unwrap_or(before);
    match *before {
        [] => Period::of_year(in_year),
        ["quy", quarter] => Period::of_quarter(in_year, quarter_number(quarter)?),
        ["thang", month] => Month::new(in_year, small(month)?).map(Period::of_month),
        ["tuan", week] => Period::of_week(in_year, u8::try_from(small(week)?).ok()?),
        [count, "thang"] | [count, "thang", "dau"] => Period::of_first_months(in_year, small(count)?),
        ["6" | "sau", "thang", "cuoi"] => Period::of_second_half(in_year),
        [one] => match one.strip_prefix('q') {
            Some(quarter) => Period::of_quarter(in_year, quarter_number(quarter)?),
            None => Month::new(in_year, small(one.strip_prefix('t').unwrap_or(one))?).map(Period::of_month),
        },
        _ => None,
    }
}

fn quarter_number(text: &str) -> Option<i8> {
    match text {
        "i" => Some(1),
        "ii" => Some(2),
        "iii" => Some(3),
        "iv" => Some(4),
        _ => small(text),
    }
}

/// A year of exactly four digits.
fn year(text: &str) -> Option<i16> {
    (text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

fn small(text: &str) -> Option<i8> {
    let fits = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write() {
        let cases = [
            ("2025", "2025"),
            ("năm 2025", "2025"),
            ("2025-12M", "2025"),
            ("2025-1M", "2025-01"),
            ("2025-h1", "2025-6M"),
            ("Quý III/2025", "2025-Q3"),
            ("quý 3 năm 2025", "2025-Q3"),
            ("Q4/2025", "2025-Q4"),
            ("10/2025", "2025-10"),
            ("T9/2025", "2025-09"),
            ("tháng 10/2025", "2025-10"),
            ("Tháng 10 năm 2025", "2025-10"),
            ("6 tháng đầu năm 2025", "2025-6M"),
            ("9 tháng 2025", "2025-9M"),
            ("6 tháng cuối năm 2025", "2025-H2"),
            ("Tuần 5/2025", "2025-W05"),
            ("31/10/2025", "2025-10-31"),
            ("ngày 31 tháng 10 năm 2025", "2025-10-31"),
            (" 2025-10-31 ", "2025-10-31"),
        ];
        for (text, canonical) in cases {
            assert_eq!(Period::parse(text).map(|p| p.to_string()).as_deref(), Ok(canonical), "{text}");
        }
    }

    #[test]
    fn refuses_with_a_sentence() {
        let refused = [
            "25",
            "2025-13",
            "2025-Q5",
            "2025-0M",
            "2025-13M",
            "2025-W54",
            "2025-02-30",
            "quý V/2025",
            "0000",
            "2025-",
            "-2025",
            "nay",
            "2025-10-31-1",
            "13/2025",
            "quý III",
            "2025-1",
            "2025-+1",
        ];
        for text in refused {
            assert_eq!(Period::parse(text), Err(PeriodError::NotAPeriod(text.into())), "{text}");
        }
        assert_eq!(Period::parse("  "), Err(PeriodError::Empty));
        assert_eq!(Period::parse(&"2".repeat(65)), Err(PeriodError::TooLong));
        let sentence = PeriodError::NotAPeriod("25".into()).to_string();
        assert!(sentence.starts_with("“25” không phải là kỳ; cần viết như 2025"));
    }
}
