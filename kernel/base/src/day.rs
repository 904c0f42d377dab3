//! Civil days, calendar months and instants. Days and months are those of UTC+7, all year, as in Việt Nam.

use std::fmt;

use jiff::civil::Date;

/// A civil day, counted from 1970-01-01 (= 0). The range is years 1 to 9999.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Day(i32);

/// A calendar month as the number `yyyymm`, for example 202510.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Month(i32);

/// Milliseconds of UTC since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Instant(pub i64);

const EPOCH: Date = jiff::civil::date(1970, 1, 1);
const MILLIS_PER_DAY: i64 = 86_400_000;
const UTC_PLUS_7_MILLIS: i64 = 7 * 3_600_000;

impl Day {
    /// The day `year`-`month`-`day`, or `None` where no such day exists (31/02) or the year is outside 1 to
    /// 9999.
    #[must_use]
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        if !(1..=9999).contains(&year) {
            return None;
        }
        Date::new(year, month, day).ok().map(Self::of_date)
    }

    /// The day `days` after 1970-01-01, or `None` outside years 1 to 9999.
    #[must_use]
    pub fn from_epoch_days(days: i32) -> Option<Self> {
        (Self::MIN.0..=Self::MAX.0).contains(&days).then_some(Self(days))
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub const fn epoch_days(self) -> i32 {
        self.0
    }

    /// Reads `yyyy-mm-dd`.
    #[must_use]
    pub fn parse_iso(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        let number = |range: std::ops::Range<usize>| -> Option<i16> {
            let part = text.get(range)?;
            part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok())?
        };
        Self::new(number(0..4)?, i8::try_from(number(5..7)?).ok()?, i8::try_from(number(8..10)?).ok()?)
    }

    /// Year, month (1 to 12) and day of the month.
    #[must_use]
    pub fn ymd(self) -> (i16, i8, i8) {
        let date = self.date();
        (date.year(), date.month(), date.day())
    }

    /// The day `count` days later (earlier when negative), or `None` outside the range.
    #[must_use]
    pub fn plus(self, count: i32) -> Option<Self> {
        self.0.checked_add(count).and_then(Self::from_epoch_days)
    }

    /// 1 for Monday to 7 for Sunday.
    #[must_use]
    pub const fn weekday(self) -> u8 {
        // 1970-01-01 was a Thursday (4).
        ((self.0 + 3).rem_euclid(7) + 1) as u8
    }

    /// The first day there is, 0001-01-01.
    pub const MIN: Self = Self(-719_162);

    /// The last day there is, 9999-12-31.
    pub const MAX: Self = Self(2_932_896);

    /// The year the day lies in.
    #[must_use]
    pub fn year(self) -> i16 {
        self.date().year()
    }

    /// The same day and month of the year `years` later (earlier when negative), 28/02 for 29/02 where that
    /// year has none; `None` outside the range.
    #[must_use]
    pub fn plus_years(self, years: i16) -> Option<Self> {
        let (year, month, day) = self.ymd();
        let year = year.checked_add(years)?;
        Self::new(year, month, day).or_else(|| Self::new(year, month, 28).filter(|_| month == 2))
    }

    /// The month the day lies in.
    #[must_use]
    pub fn month(self) -> Month {
        let (year, month, _) = self.ymd();
        Month(i32::from(year) * 100 + i32::from(month))
    }

    fn of_date(date: Date) -> Self {
        let days = EPOCH.until(date).map_or(0, |span| span.get_days());
        Self(days)
    }

    pub(crate) fn date(self) -> Date {
        EPOCH.saturating_add(jiff::Span::new().days(self.0))
    }
}

impl fmt::Display for Day {
    /// `yyyy-mm-dd`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl Month {
    /// The month of `year` and `month` (1 to 12), or `None` where there is none.
    #[must_use]
    pub fn new(year: i16, month: i8) -> Option<Self> {
        Day::new(year, month, 1).map(Day::month)
    }

    /// Reads the number `yyyymm`.
    #[must_use]
    pub fn from_number(number: i32) -> Option<Self> {
        Self::new(i16::try_from(number / 100).ok()?, i8::try_from(number % 100).ok()?)
    }

    /// The number `yyyymm`.
    #[must_use]
    pub const fn number(self) -> i32 {
        self.0
    }

    /// First day of the month.
    #[must_use]
    pub fn first_day(self) -> Day {
        Day::of_date(jiff::civil::date((self.0 / 100) as i16, (self.0 % 100) as i8, 1))
    }

    /// Last day of the month.
    #[must_use]
    pub fn last_day(self) -> Day {
        let first = self.first_day();
        // Days of a month fit any integer, and the last day of December 9999 is the last day there is.
        first.plus(i32::from(first.date().days_in_month()) - 1).unwrap_or(Day::MAX)
    }

    /// Year and month (1 to 12).
    #[must_use]
    pub const fn year_month(self) -> (i16, i8) {
        ((self.0 / 100) as i16, (self.0 % 100) as i8)
    }

    /// The month `count` months later (earlier when negative), or `None` outside the range.
    #[must_use]
    pub fn plus(self, count: i32) -> Option<Self> {
        let index = (self.0 / 100 * 12 + self.0 % 100 - 1).checked_add(count)?;
        Self::from_number(index.div_euclid(12).checked_mul(100)? + index.rem_euclid(12) + 1)
    }

    /// The month after this one (December 9999 stays).
    #[must_use]
    pub fn next(self) -> Self {
        self.plus(1).unwrap_or(self)
    }

    /// Reads `yyyy-mm`.
    #[must_use]
    pub fn parse_iso(text: &str) -> Option<Self> {
        if text.len() != 7 {
            return None;
        }
        Day::parse_iso(&format!("{text}-01")).map(Day::month)
    }
}

impl fmt::Display for Month {
    /// `yyyy-mm`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0 / 100, self.0 % 100)
    }
}

impl Instant {
    /// The civil day of UTC+7 at this instant; the first or last day there is beyond the range.
    #[must_use]
    pub fn day(self) -> Day {
        let days = self.0.saturating_add(UTC_PLUS_7_MILLIS).div_euclid(MILLIS_PER_DAY);
        let days = days.clamp(i64::from(Day::MIN.0), i64::from(Day::MAX.0));
        i32::try_from(days).map_or(Day::MAX, Day)
    }

    /// Midnight (UTC+7) at which `day` begins.
    #[must_use]
    pub fn start_of(day: Day) -> Self {
        Self(i64::from(day.0) * MILLIS_PER_DAY - UTC_PLUS_7_MILLIS)
    }

    /// Milliseconds since the midnight (UTC+7) at which its day began, 0 to 86,399,999.
    #[must_use]
    pub const fn millis_of_day(self) -> i64 {
        (self.0.rem_euclid(MILLIS_PER_DAY) + UTC_PLUS_7_MILLIS) % MILLIS_PER_DAY
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        let day = Day::parse_iso("2025-11-17").expect("a day");
        assert_eq!(day.epoch_days(), 20_409);
        assert_eq!(day.weekday(), 1);
        assert_eq!(day.to_string(), "2025-11-17");
        assert_eq!(Day::new(2025, 2, 31), None);
        assert_eq!(Day::new(1, 1, 1).map(Day::epoch_days), Some(-719_162));
        assert_eq!(Day::new(9999, 12, 31).map(Day::epoch_days), Some(2_932_896));
    }

    #[test]
    fn a_day_begins_at_midnight_of_utc_plus_7() {
        let day = Day::parse_iso("2025-11-17").expect("a day");
        let start = Instant::start_of(day);
        assert_eq!(start.day(), day);
        assert_eq!(Instant(start.0 - 1).day(), day.plus(-1).expect("a day"));
    }

    #[test]
    fn months_roll_over() {
        assert_eq!(Month::from_number(202_512).map(|m| m.next().number()), Some(202_601));
        assert_eq!(Month::from_number(202_513), None);
        let month = Month::from_number(202_402).expect("a month");
        assert_eq!(month.last_day().to_string(), "2024-02-29");
        assert_eq!(month.plus(-2).map(Month::number), Some(202_312));
        assert_eq!(month.plus(-200_000), None);
        assert_eq!(
            Month::new(9999, 12).map(|m| (m.next().number(), m.last_day())),
            Some((999_912, Day::MAX))
        );
    }

    #[test]
    fn years_keep_the_end_of_february() {
        let leap = Day::new(2024, 2, 29).expect("a day");
        assert_eq!(leap.plus_years(1), Day::new(2025, 2, 28));
        assert_eq!(leap.plus_years(-4), Day::new(2020, 2, 29));
        assert_eq!(Day::MAX.plus_years(1), None);
        assert_eq!(Day::new(2025, 12, 31).and_then(|d| d.plus_years(1)), Day::new(2026, 12, 31));
    }

    #[test]
    fn every_instant_has_a_day() {
        assert_eq!(Instant(i64::MAX).day(), Day::MAX);
        assert_eq!(Instant(i64::MIN).day(), Day::MIN);
        assert!(Instant(i64::MAX).millis_of_day() < MILLIS_PER_DAY);
    }
}
