//! Working days and deadlines.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use super::holidays::{HOLIDAY_YEARS, forecast_holidays};
use super::notice::{Notice, YearOff, published_notices};
use crate::date;
use crate::day::Day;

/// Most working days that are counted on from a day.
const COUNT_MAX: u32 = 10_000;

const SATURDAY: u8 = 6;

/// Why nobody works on a day.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum DayOff {
    /// Saturday or Sunday.
    Weekend,
    /// A public holiday, by its Vietnamese name.
    Holiday(&'static str),
    /// In lieu of a holiday that fell on a weekend (Labour Code 2019, article 111, clause 3).
    InLieu(&'static str),
    /// In exchange for a day worked.
    Swapped(Day),
    /// Announced, nothing worked for it.
    Announced,
}

impl DayOff {
    /// What the screen says, in Vietnamese.
    #[must_use]
    pub fn title(self) -> String {
        match self {
            Self::Weekend => "nghỉ cuối tuần".to_owned(),
            Self::Holiday(name) => name.to_owned(),
            Self::InLieu(name) => format!("nghỉ bù {name}"),
            Self::Swapped(worked) => format!("nghỉ hoán đổi, làm bù ngày {}", date::short(worked)),
            Self::Announced => "nghỉ theo thông báo".to_owned(),
        }
    }
}

/// What becomes of a deadline that falls on a day off.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum DeadlineRule {
    /// It ends with the next working day (Civil Code 2015, article 148, clause 5).
    #[default]
    NextWorkingDay,
    /// It ends on the day written.
    AsWritten,
}

/// Which days are worked. Outside 2013 to 2100 it knows weekends only.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WorkingCalendar {
    off: BTreeMap<Day, DayOff>,
    worked: BTreeSet<Day>,
    every_day: bool,
}

impl Default for WorkingCalendar {
    /// The calendar of state offices with the notices that came with this version.
    fn default() -> Self {
        Self::new(&published_notices())
    }
}

impl WorkingCalendar {
    /// The calendar of state offices: weekends, holidays by law, days in lieu, and what the notices say.
    #[must_use]
    pub fn new(notices: &[Notice]) -> Self {
        let mut calendar = Self { off: BTreeMap::new(), worked: BTreeSet::new(), every_day: false };
        for notice in notices {
            match *notice {
                Notice::Swap { off, worked } => {
                    calendar.off.insert(off, DayOff::Swapped(worked));
                    calendar.worked.insert(worked);
                }
                Notice::Off(day) => {
                    calendar.off.insert(day, DayOff::Announced);
                }
                Notice::Tet { .. } | Notice::NationalDay { .. } => {}
            }
        }
        for year in HOLIDAY_YEARS {
            calendar.add_year(year, YearOff::of(year, notices));
        }
        calendar
    }

    /// A calendar without days off, as of a border gate.
    #[must_use]
    pub const fn every_day() -> Self {
        Self { off: BTreeMap::new(), worked: BTreeSet::new(), every_day: true }
    }

    fn add_year(&mut self, year: i16, off: YearOff) {
        let holidays = forecast_holidays(year, off);
        for holiday in &holidays {
            self.off.insert(holiday.day, DayOff::Holiday(holiday.name));
        }
        for holiday in holidays.iter().filter(|holiday| holiday.day.weekday() >= SATURDAY) {
            let mut days = std::iter::successors(holiday.day.plus(1), |day| day.plus(1));
            if let Some(day) = days.find(|day| self.is_working(*day)) {
                self.off.insert(day, DayOff::InLieu(holiday.name));
            }
        }
    }

    /// Why nobody works on a day; `None` on a working day.
    #[must_use]
    pub fn day_off(&self, day: Day) -> Option<DayOff> {
        if self.every_day || self.worked.contains(&day) {
            return None;
        }
        let weekend = || (day.weekday() >= SATURDAY).then_some(DayOff::Weekend);
        self.off.get(&day).copied().or_else(weekend)
    }

    /// Whether a day is worked.
    #[must_use]
    pub fn is_working(&self, day: Day) -> bool {
        self.day_off(day).is_none()
    }

    /// The day `count` working days after a day, which itself is not counted (Civil Code 2015, article 147,
    /// clause 2); before it when negative, the day itself for 0. `None` for more than 10,000 days or outside
    /// the range of days.
    #[must_use]
    pub fn add_working_days(&self, day: Day, count: i32) -> Option<Day> {
        if count.unsigned_abs() > COUNT_MAX {
            return None;
        }
        let step = count.signum();
        let mut day = day;
        for _ in 0..count.unsigned_abs() {
            day = day.plus(step)?;
            while !self.is_working(day) {
                day = day.plus(step)?;
            }
        }
        Some(day)
    }

    /// Number of working days after `from` up to and with `to`; negative when `to` is before `from`.
    #[must_use]
    pub fn working_days_between(&self, from: Day, to: Day) -> i32 {
        if to < from {
            return -self.working_days_between(to, from);
        }
        if self.every_day {
            return to.epoch_days() - from.epoch_days();
        }
        let range = (Bound::Excluded(from), Bound::Included(to));
        let is_weekday = |day: &Day| day.weekday() < SATURDAY;
        let off =
            self.off.range(range).filter(|(day, _)| is_weekday(day) && !self.worked.contains(day)).count();
        let worked = self.worked.range(range).filter(|day| !is_weekday(day)).count();
        let fit = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
        weekdays_to(to) - weekdays_to(from) - fit(off) + fit(worked)
    }

    /// The last day of a deadline written as `day`.
    #[must_use]
    pub fn deadline(&self, day: Day, rule: DeadlineRule) -> Day {
        match rule {
            DeadlineRule::AsWritten => day,
            DeadlineRule::NextWorkingDay => {
                let mut days = std::iter::successors(Some(day), |day| day.plus(1));
                days.find(|day| self.is_working(*day)).unwrap_or(day)
            }
        }
    }
}

/// Mondays to Fridays from 29 December 1969, a Monday, up to and with a day; negative before.
const fn weekdays_to(day: Day) -> i32 {
    let days = day.epoch_days() + 3;
    let in_week = days.rem_euclid(7) + 1;
    days.div_euclid(7) * 5 + if in_week < 5 { in_week } else { 5 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse_iso(text).expect(text)
    }

    #[test]
    fn days_off_have_reasons() {
        let calendar = WorkingCalendar::default();
        let title = |text| calendar.day_off(day(text)).map(DayOff::title);
        assert_eq!(title("2025-11-17"), None);
        assert_eq!(title("2025-11-30").as_deref(), Some("nghỉ cuối tuần"));
        assert_eq!(title("2026-04-27").as_deref(), Some("nghỉ bù Giỗ Tổ Hùng Vương"));
        assert_eq!(title("2025-05-02").as_deref(), Some("nghỉ hoán đổi, làm bù ngày 26/04/2025"));
        assert_eq!(title("2025-04-26"), None);
        assert_eq!(title("2027-05-03").as_deref(), Some("nghỉ bù Ngày Quốc tế Lao động 1/5"));
        // 30/4 is a Sunday and 1/5 a holiday, so the day in lieu is 2/5.
        assert_eq!(title("2028-05-02").as_deref(), Some("nghỉ bù Ngày Chiến thắng 30/4"));
        let extra = WorkingCalendar::new(&[Notice::Off(day("2025-11-17"))]);
        assert_eq!(extra.day_off(day("2025-11-17")), Some(DayOff::Announced));
    }

    #[test]
    fn working_days_skip_days_off() {
        let calendar = WorkingCalendar::default();
        assert_eq!(calendar.add_working_days(day("2025-11-14"), 1), Some(day("2025-11-17")));
        assert_eq!(calendar.add_working_days(day("2025-04-25"), 1), Some(day("2025-04-26")));
        assert_eq!(calendar.add_working_days(day("2025-04-29"), 1), Some(day("2025-05-05")));
        assert_eq!(calendar.add_working_days(day("2025-02-03"), -1), Some(day("2025-01-24")));
        assert_eq!(calendar.add_working_days(day("2025-11-16"), 0), Some(day("2025-11-16")));
        assert_eq!(calendar.add_working_days(day("2025-11-16"), 10_001), None);
        assert_eq!(calendar.add_working_days(Day::MAX, 1), None);
        assert_eq!(calendar.working_days_between(day("2025-01-24"), day("2025-02-03")), 1);
        assert_eq!(
            WorkingCalendar::every_day().working_days_between(day("2025-01-24"), day("2025-02-03")),
            10
        );
    }

    #[test]
    fn a_deadline_on_a_day_off_ends_with_the_next_working_day() {
        let calendar = WorkingCalendar::default();
        let sunday = day("2025-11-30");
        assert_eq!(calendar.deadline(sunday, DeadlineRule::default()), day("2025-12-01"));
        assert_eq!(calendar.deadline(sunday, DeadlineRule::AsWritten), sunday);
        assert_eq!(WorkingCalendar::every_day().deadline(sunday, DeadlineRule::default()), sunday);
        assert_eq!(calendar.deadline(day("2025-01-27"), DeadlineRule::default()), day("2025-02-03"));
    }
}
