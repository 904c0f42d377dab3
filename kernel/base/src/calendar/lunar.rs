//! The Vietnamese lunar calendar, reckoned at UTC+7.
//!
//! A month begins on the day of the new moon; month 11 holds the winter solstice; where twelve months do not
//! reach from one month 11 to the next but thirteen do, the first month without a major solar term repeats
//! the number of the month before (*nhuận*). Because days begin at UTC+7, Tết can differ from China's (in
//! 1985 by a month).
//!
//! The years lie in a table, so that the library needs no floating point; a test recomputes the table from
//! the positions of moon and sun. The rule is applied to all years alike, also to those before 1968, when
//! printed calendars still followed UTC+8. In May 2054, November 2077 and October 2085 a new moon falls
//! within a minute of midnight, so that for those months the calendar of the day may come to differ by one
//! day.

#[cfg(test)]
mod astronomy;
mod table;

use std::fmt;
use std::ops::RangeInclusive;

use crate::day::Day;
use table::Year;

/// The lunar years that are known.
pub const LUNAR_YEARS: RangeInclusive<i16> = table::FIRST_YEAR..=table::LAST_YEAR;

/// A day of the lunar calendar.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct LunarDay {
    /// Lunar year, named after the solar year in which it begins.
    pub year: i16,
    /// Month, 1 to 12.
    pub month: i8,
    /// The second month of that number in the year (*nhuận*).
    pub leap: bool,
    /// Day of the month, 1 to 30.
    pub day: i8,
}

impl fmt::Display for LunarDay {
    /// `10/3/2025 âm lịch`, `1/6 nhuận/2025 âm lịch`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let leap = if self.leap { " nhuận" } else { "" };
        write!(f, "{}/{}{leap}/{} âm lịch", self.day, self.month, self.year)
    }
}

/// The lunar day of a civil day; `None` outside [`LUNAR_YEARS`].
#[must_use]
pub fn lunar_of(day: Day) -> Option<LunarDay> {
    let solar = day.year();
    let year = if tet(solar).is_some_and(|tet| tet <= day) { solar } else { solar - 1 };
    let table = Year::of(year)?;
    let mut rest = day.epoch_days().checked_sub(table.tet()?.epoch_days())?;
    for (month, leap, length) in table.months() {
        if rest < i32::from(length) {
            return Some(LunarDay { year, month, leap, day: i8::try_from(rest + 1).ok()? });
        }
        rest -= i32::from(length);
    }
    None
}

/// The civil day of a lunar day; `None` where the year is unknown or has no such month or day.
#[must_use]
pub fn day_of_lunar(lunar: LunarDay) -> Option<Day> {
    let table = Year::of(lunar.year)?;
    let mut before = 0;
    for (month, leap, length) in table.months() {
        if (month, leap) == (lunar.month, lunar.leap) {
            let in_month = (1..=length).contains(&lunar.day);
            return in_month.then(|| table.tet()?.plus(before + i32::from(lunar.day) - 1))?;
        }
        before += i32::from(length);
    }
    None
}

/// The first day of the lunar year that begins in a solar year (*mùng một Tết*).
#[must_use]
pub fn tet(year: i16) -> Option<Day> {
    Year::of(year)?.tet()
}

/// The Hùng Kings' commemoration day (*Giỗ Tổ*), the 10th of the third lunar month.
#[must_use]
pub fn hung_kings(year: i16) -> Option<Day> {
    day_of_lunar(LunarDay { year, month: 3, leap: false, day: 10 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse_iso(text).expect(text)
    }

    #[test]
    fn tet_and_hung_kings() {
        let known = [
            (1968, "1968-01-29", "1968-04-07"),
            (1985, "1985-01-21", "1985-04-29"),
            (2007, "2007-02-17", "2007-04-26"),
            (2024, "2024-02-10", "2024-04-18"),
            (2025, "2025-01-29", "2025-04-07"),
            (2026, "2026-02-17", "2026-04-26"),
        ];
        for (year, first, kings) in known {
            assert_eq!((tet(year), hung_kings(year)), (Some(day(first)), Some(day(kings))), "{year}");
        }
    }

    #[test]
    fn leap_months_carry_the_mark() {
        let lunar = lunar_of(day("2025-07-25")).expect("a lunar day");
        assert_eq!(lunar, LunarDay { year: 2025, month: 6, leap: true, day: 1 });
        assert_eq!(lunar.to_string(), "1/6 nhuận/2025 âm lịch");
        assert_eq!(lunar_of(day("2025-11-17")).map(|l| l.to_string()).as_deref(), Some("28/9/2025 âm lịch"));
        assert_eq!(day_of_lunar(LunarDay { year: 2026, month: 6, leap: true, day: 1 }), None);
        assert_eq!(day_of_lunar(LunarDay { year: 2025, month: 1, leap: false, day: 31 }), None);
        assert_eq!(day_of_lunar(LunarDay { year: 2025, month: 1, leap: false, day: 0 }), None);
    }

    #[test]
    fn every_day_of_every_year_comes_back() {
        let first = tet(*LUNAR_YEARS.start()).expect("the first day");
        let days = std::iter::successors(Some(first), |day| day.plus(1))
            .map_while(|day| Some((day, lunar_of(day)?)));
        let mut count = 0;
        for (day, lunar) in days {
            assert_eq!(day_of_lunar(lunar), Some(day), "{day}");
            count += 1;
        }
        assert!(count > 73_000, "{count}");
        assert_eq!(lunar_of(first.plus(-1).expect("a day")), None);
        assert_eq!(lunar_of(Day::MIN), None);
        assert_eq!(lunar_of(Day::MAX), None);
    }

    #[test]
    fn lunar_days_follow_each_other() {
        let one = lunar_of(day("2025-07-24"));
        assert!(one < lunar_of(day("2025-07-25")), "month 6 comes before leap month 6");
    }
}
