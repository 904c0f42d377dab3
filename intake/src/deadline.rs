//! Deadlines as plans write them: "Quý IV/2025", "Thường xuyên", "Trước 30/11", "2025–2030".
//!
//! A day field `x` with a code field `x_kind` beside it takes such words: the day is the last one of the
//! period, the kind says how it was written.

use mc_base::{Day, Month};

use crate::words::plain_key;

/// What a deadline text means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Deadline {
    /// The last day, `None` for a standing task.
    pub(crate) day: Option<Day>,
    /// `day`, `month`, `quarter`, `year` or `standing`.
    pub(crate) kind: &'static str,
    /// The text leaves something open that was decided here.
    pub(crate) assumed: bool,
}

const STANDING: [&str; 7] = [
    "thuong xuyen",
    "hang nam",
    "lien tuc",
    "theo quy dinh",
    "thuong xuyen hang nam",
    "hang quy",
    "hang thang",
];

/// Reads a deadline that is not a plain date; a date is left to the ordinary reading. `near` gives the year
/// where the text has none.
pub(crate) fn parse(text: &str, near: Day) -> Option<Deadline> {
    let key = plain_key(text);
    if STANDING.contains(&key.as_str()) {
        return Some(Deadline { day: None, kind: "standing", assumed: false });
    }
    let words: Vec<&str> = key.split(' ').collect();
    let (before, words) = match words.as_slice() {
        ["truoc", "ngay", rest @ ..] | ["truoc", rest @ ..] => (true, rest),
        ["trong", rest @ ..] | ["het", rest @ ..] | ["den", "het", rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    let words = words.strip_prefix(&["ngay"]).unwrap_or(words);
    let year = |word: &str| word.parse::<i16>().ok().filter(|year| (1990..=2100).contains(year));
    let (near_year, _, _) = near.ymd();
    let found = match words {
        ["quy", quarter] => period_end(near_year, quarter_end(quarter)?, "quarter", true),
        ["quy", quarter, y] | ["quy", quarter, "nam", y] => {
            period_end(year(y)?, quarter_end(quarter)?, "quarter", false)
        }
        ["thang", month] => period_end(near_year, month.parse().ok()?, "month", true),
        ["thang", month, y] | ["thang", month, "nam", y] => {
            period_end(year(y)?, month.parse().ok()?, "month", false)
        }
        [month, y] if year(y).is_some() && month.len() <= 2 && year(month).is_none() => {
            period_end(year(y)?, month.parse().ok()?, "month", false)
        }
        ["nam", y] | [y] if year(y).is_some() => period_end(year(y)?, 12, "year", false),
        ["giai", "doan", from, to] | ["nam", from, to] | [from, to]
            if year(from).is_some() && year(from) <= year(to) =>
        {
            period_end(year(to)?, 12, "year", false)
        }
        [day, month] => {
            let day = Day::new(near_year, month.parse().ok()?, day.parse().ok()?)?;
            Some(Deadline { day: Some(day), kind: "day", assumed: true })
        }
        [day, month, y] if before => {
            let day = Day::new(year(y)?, month.parse().ok()?, day.parse().ok()?)?;
            Some(Deadline { day: Some(day), kind: "day", assumed: false })
        }
        _ => None,
    }?;
    if !before {
        return Some(found);
    }
    // Before a period is before its first day; before a day is the day before.
    let first = match found.kind {
        "quarter" => found.day.and_then(|day| first_of_months(day, 3)),
        "month" => found.day.and_then(|day| first_of_months(day, 1)),
        "year" => found.day.and_then(|day| first_of_months(day, 12)),
        _ => found.day,
    };
    Some(Deadline { day: first.and_then(|day| day.plus(-1)), assumed: true, ..found })
}

fn quarter_end(text: &str) -> Option<i8> {
    match text {
        "i" | "1" => Some(3),
        "ii" | "2" => Some(6),
        "iii" | "3" => Some(9),
        "iv" | "4" => Some(12),
        _ => None,
    }
}

fn period_end(year: i16, month: i8, kind: &'static str, assumed: bool) -> Option<Deadline> {
    let day = Month::new(year, month)?.next().first_day().plus(-1)?;
    Some(Deadline { day: Some(day), kind, assumed })
}

/// First day of the `count` months that end with the month of `last`.
fn first_of_months(last: Day, count: i8) -> Option<Day> {
    let (year, month, _) = last.ymd();
    Day::new(year, month - count + 1, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_write_deadlines_in_many_ways() {
        let near = Day::parse_iso("2025-11-05").expect("a day");
        let read = |text: &str| {
            parse(text, near)
                .map(|d| (d.day.map(|day| day.to_string()).unwrap_or_default(), d.kind, d.assumed))
        };
        let day = |text: &str, kind, assumed| Some((text.to_owned(), kind, assumed));
        assert_eq!(read("Quý IV/2025"), day("2025-12-31", "quarter", false));
        assert_eq!(read("Quý I năm 2026"), day("2026-03-31", "quarter", false));
        assert_eq!(read("Thường xuyên"), day("", "standing", false));
        assert_eq!(read("Trước 30/11"), day("2025-11-29", "day", true));
        assert_eq!(read("Trước ngày 15/12/2025"), day("2025-12-14", "day", true));
        assert_eq!(read("2025–2030"), day("2030-12-31", "year", false));
        assert_eq!(read("Giai đoạn 2025 - 2026"), day("2026-12-31", "year", false));
        assert_eq!(read("Tháng 12/2025"), day("2025-12-31", "month", false));
        assert_eq!(read("12/2025"), day("2025-12-31", "month", false));
        assert_eq!(read("Năm 2026"), day("2026-12-31", "year", false));
        assert_eq!(read("30/11"), day("2025-11-30", "day", true));
        assert_eq!(read("Trước quý II/2026"), day("2026-03-31", "quarter", true));
        assert_eq!(read("31/12/2025"), None, "a plain date is read as a date");
        assert_eq!(read("Quý V/2025"), None);
        assert_eq!(read("31/02"), None);
        assert_eq!(read("2030-2025"), None);
        assert_eq!(read("sớm"), None);
    }
}
