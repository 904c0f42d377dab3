//! Public holidays by the Labour Code 2019, article 112.

use std::ops::RangeInclusive;

use super::lunar::{hung_kings, tet};
use super::notice::YearOff;
use crate::day::Day;

/// Years to which the rules below apply: Tết has five days since 2013.
pub(super) const HOLIDAY_YEARS: RangeInclusive<i16> = 2013..=2100;

/// The National Day holiday has two days since the Labour Code 2019 is in force.
const NATIONAL_DAY_TWO_DAYS_SINCE: i16 = 2021;

/// The Day of Vietnamese Culture is a paid day off since 2026 (resolution 80-NQ/TW).
const CULTURE_DAY_SINCE: i16 = 2026;

const TET_DAYS: i32 = 5;

/// A day off by law.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Holiday {
    /// The day.
    pub day: Day,
    /// Its Vietnamese name.
    pub name: &'static str,
}

/// The holidays of a year in order, weekends among them, without days in lieu; none outside 2013 to 2100.
///
/// The law lets the State choose how Tết's five days and the second day of 2/9 lie. Where `off` does not say
/// it, the days are those that would join a weekend, as in 2024 to 2028: a forecast, until the State
/// announces the year.
#[must_use]
pub fn forecast_holidays(year: i16, off: YearOff) -> Vec<Holiday> {
    if !HOLIDAY_YEARS.contains(&year) {
        return Vec::new();
    }
    let mut holidays = Vec::with_capacity(13);
    let mut add = |day: Option<Day>, name| holidays.extend(day.map(|day| Holiday { day, name }));
    add(Day::new(year, 1, 1), "Tết Dương lịch");
    if let Some(first) = tet(year) {
        let before = off.tet_days_before.map_or_else(|| tet_days_before(first), i32::from);
        for offset in -before..TET_DAYS - before {
            add(first.plus(offset), "Tết Nguyên đán");
        }
    }
    add(hung_kings(year), "Giỗ Tổ Hùng Vương");
    add(Day::new(year, 4, 30), "Ngày Chiến thắng 30/4");
    add(Day::new(year, 5, 1), "Ngày Quốc tế Lao động 1/5");
    if let Some(national) = Day::new(year, 9, 2) {
        add(Some(national), "Quốc khánh");
        if year >= NATIONAL_DAY_TWO_DAYS_SINCE {
            let before = off.national_day_before.unwrap_or_else(|| second_day_before(national));
            add(national.plus(if before { -1 } else { 1 }), "Quốc khánh");
        }
    }
    if year >= CULTURE_DAY_SINCE {
        add(Day::new(year, 11, 24), "Ngày Văn hóa Việt Nam");
    }
    holidays.sort_unstable();
    holidays
}

/// A Tết that begins on a Tuesday takes the Monday before, and so the whole week; any other takes two days
/// before.
const fn tet_days_before(first: Day) -> i32 {
    if first.weekday() == 2 { 1 } else { 2 }
}

/// A National Day on Monday, Thursday or Sunday is followed by its second day; on any other it is preceded by
/// it.
const fn second_day_before(national: Day) -> bool {
    !matches!(national.weekday(), 1 | 4 | 7)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(year: i16, off: YearOff) -> Vec<String> {
        forecast_holidays(year, off).iter().map(|holiday| holiday.day.to_string()).collect()
    }

    #[test]
    fn eleven_days_by_law_and_one_more_since_2026() {
        let expected = [
            "2025-01-01",
            "2025-01-27",
            "2025-01-28",
            "2025-01-29",
            "2025-01-30",
            "2025-01-31",
            "2025-04-07",
            "2025-04-30",
            "2025-05-01",
            "2025-09-01",
            "2025-09-02",
        ];
        assert_eq!(days(2025, YearOff::default()), expected);
        assert_eq!(days(2026, YearOff::default()).len(), 12);
        assert_eq!(days(2020, YearOff::default()).len(), 10);
        assert!(days(2012, YearOff::default()).is_empty());
        assert!(days(2101, YearOff::default()).is_empty());
    }

    #[test]
    fn an_announcement_stands_above_the_forecast() {
        let off = YearOff { tet_days_before: Some(0), national_day_before: Some(false) };
        let days = days(2025, off);
        assert!(days.contains(&"2025-02-02".to_owned()) && !days.contains(&"2025-01-28".to_owned()));
        assert!(days.contains(&"2025-09-03".to_owned()) && !days.contains(&"2025-09-01".to_owned()));
    }
}
