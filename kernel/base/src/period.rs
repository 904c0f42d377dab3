//! Reporting periods: year, first months of a year, second half, quarter, month, week, day.

mod parse;

use std::fmt;

use crate::date;
use crate::day::{Day, Month};

pub use parse::PeriodError;

/// What sort of period it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum PeriodKind {
    /// A calendar year.
    Year,
    /// The first 2 to 11 months of a year ("9 tháng đầu năm").
    FirstMonths,
    /// July to December ("6 tháng cuối năm").
    SecondHalf,
    /// A quarter.
    Quarter,
    /// A calendar month.
    Month,
    /// A week from Monday, numbered by ISO 8601.
    Week,
    /// One day.
    Day,
}

/// A period of whole days, in UTC+7. It is one of the kinds; two periods of other kinds differ even with
/// equal days.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Period {
    from: Day,
    to: Day,
    kind: PeriodKind,
}

impl Period {
    /// A calendar year (1 to 9999).
    #[must_use]
    pub fn of_year(year: i16) -> Option<Self> {
        Self::of_months(PeriodKind::Year, year, 1, 12)
    }

    /// The first `count` months (1 to 12) of a year; one month is that month, twelve are the year.
    #[must_use]
    pub fn of_first_months(year: i16, count: i8) -> Option<Self> {
        let kind = match count {
            1 => PeriodKind::Month,
            12 => PeriodKind::Year,
            _ => PeriodKind::FirstMonths,
        };
        Self::of_months(kind, year, 1, count)
    }

    /// July to December of a year.
    #[must_use]
    pub fn of_second_half(year: i16) -> Option<Self> {
        Self::of_months(PeriodKind::SecondHalf, year, 7, 12)
    }

    /// A quarter (1 to 4) of a year.
    #[must_use]
    pub fn of_quarter(year: i16, quarter: i8) -> Option<Self> {
        let last = quarter.checked_mul(3).filter(|_| (1..=4).contains(&quarter))?;
        Self::of_months(PeriodKind::Quarter, year, last - 2, last)
    }

    /// A month.
    #[must_use]
    pub fn of_month(month: Month) -> Self {
        Self { from: month.first_day(), to: month.last_day(), kind: PeriodKind::Month }
    }

    /// A week (1 to 52 or 53) of an ISO 8601 year: week 1 holds 4 January.
    #[must_use]
    pub fn of_week(year: i16, week: u8) -> Option<Self> {
        let fourth = Day::new(year, 1, 4).filter(|_| (1..=53).contains(&week))?;
        let from = fourth.plus(1 - i32::from(fourth.weekday()) + 7 * (i32::from(week) - 1))?;
        let period = Self { from, to: from.plus(6)?, kind: PeriodKind::Week };
        (period.year() == year).then_some(period)
    }

    /// A day.
    #[must_use]
    pub const fn of_day(day: Day) -> Self {
        Self { from: day, to: day, kind: PeriodKind::Day }
    }

    fn of_months(kind: PeriodKind, year: i16, first: i8, last: i8) -> Option<Self> {
        Some(Self {
            from: Month::new(year, first)?.first_day(),
            to: Month::new(year, last)?.last_day(),
            kind,
        })
    }

    /// Reads the canonical form (`2025`, `2025-10`, `2025-Q3`, `2025-9M`, `2025-H2`, `2025-W05`,
    /// `2025-10-31`), also `2025-H1` for `2025-6M`, and what people write: `Quý III/2025`, `10/2025`, `tháng
    /// 10 năm 2025`, `9 tháng đầu năm 2025`, `tuần 5/2025`, `31/10/2025`.
    ///
    /// # Errors
    /// [`PeriodError`], which displays as a Vietnamese sentence.
    pub fn parse(text: &str) -> Result<Self, PeriodError> {
        parse::parse(text)
    }

    /// What sort of period it is.
    #[must_use]
    pub const fn kind(self) -> PeriodKind {
        self.kind
    }

    /// First day.
    #[must_use]
    pub const fn from(self) -> Day {
        self.from
    }

    /// Last day, which belongs to the period.
    #[must_use]
    pub const fn to(self) -> Day {
        self.to
    }

    /// The year; of a week the ISO 8601 year, which holds its Thursday.
    #[must_use]
    pub fn year(self) -> i16 {
        match self.kind {
            PeriodKind::Week => self.from.plus(3).unwrap_or(self.from).year(),
            _ => self.from.year(),
        }
    }

    /// Whether a day lies in the period.
    #[must_use]
    pub fn contains(self, day: Day) -> bool {
        (self.from..=self.to).contains(&day)
    }

    /// The period of the same kind just before. First months and second halves, of which a year has one, go
    /// back a year. `None` before year 1.
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        match self.kind {
            PeriodKind::Year | PeriodKind::FirstMonths | PeriodKind::SecondHalf => self.same_last_year(),
            PeriodKind::Quarter => {
                let (year, month) = self.from.month().plus(-3)?.year_month();
                Self::of_quarter(year, (month + 2) / 3)
            }
            PeriodKind::Month => self.from.month().plus(-1).map(Self::of_month),
            PeriodKind::Week => {
                Some(Self { from: self.from.plus(-7)?, to: self.to.plus(-7)?, kind: PeriodKind::Week })
            }
            PeriodKind::Day => self.from.plus(-1).map(Self::of_day),
        }
    }

    /// The same period of the year before: 28/02 for 29/02, week 52 for a week 53. `None` before year 1.
    #[must_use]
    pub fn same_last_year(self) -> Option<Self> {
        let year = self.year().checked_sub(1)?;
        let (_, last) = self.to.month().year_month();
        match self.kind {
            PeriodKind::Year => Self::of_year(year),
            PeriodKind::FirstMonths => Self::of_first_months(year, last),
            PeriodKind::SecondHalf => Self::of_second_half(year),
            PeriodKind::Quarter => Self::of_quarter(year, last / 3),
            PeriodKind::Month => Month::new(year, last).map(Self::of_month),
            PeriodKind::Week => Self::of_week(year, self.week()).or_else(|| Self::of_week(year, 52)),
            PeriodKind::Day => self.from.plus_years(-1).map(Self::of_day),
        }
    }

    /// The calendar months that lie wholly inside, in order; none for a week or a day.
    pub fn months(self) -> impl Iterator<Item = Month> {
        let whole = move |month: &Month| month.first_day() >= self.from && month.last_day() <= self.to;
        let following = move |month: &Month| month.plus(1).filter(|next| next.first_day() <= self.to);
        std::iter::successors(Some(self.from.month()), following).filter(whole)
    }

    /// What the screen calls it at the start of a line: `Tháng 10/2025`, `Quý III/2025`, `9 tháng đầu năm
    /// 2025`, `6 tháng cuối năm 2025`, `Năm 2025`, `Tuần 5/2025`, `Ngày 31/10/2025`.
    #[must_use]
    pub fn title(self) -> String {
        let phrase = self.phrase();
        let mut chars = phrase.chars();
        chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
    }

    /// What the screen calls it inside a sentence: `tháng 10/2025`, `quý III/2025`, `ngày 31/10/2025`.
    #[must_use]
    pub fn phrase(self) -> String {
        let year = self.year();
        let (_, last) = self.to.month().year_month();
        match self.kind {
            PeriodKind::Year => format!("năm {year:04}"),
            PeriodKind::FirstMonths => format!("{last} tháng đầu năm {year:04}"),
            PeriodKind::SecondHalf => format!("6 tháng cuối năm {year:04}"),
            PeriodKind::Quarter => {
                let roman = match last {
                    3 => "I",
                    6 => "II",
                    9 => "III",
                    _ => "IV",
                };
                format!("quý {roman}/{year:04}")
            }
            PeriodKind::Month => format!("tháng {last}/{year:04}"),
            PeriodKind::Week => format!("tuần {}/{year:04}", self.week()),
            PeriodKind::Day => format!("ngày {}", date::short(self.from)),
        }
    }

    /// Number of the week that holds the first day, by ISO 8601.
    fn week(self) -> u8 {
        let first = Self::of_week(self.year(), 1).map_or(self.from, Self::from);
        let weeks = (self.from.epoch_days() - first.epoch_days()).div_euclid(7);
        u8::try_from(weeks).map_or(0, |weeks| weeks.saturating_add(1))
    }
}

impl fmt::Display for Period {
    /// The canonical form: `2025`, `2025-9M`, `2025-H2`, `2025-Q3`, `2025-10`, `2025-W05`, `2025-10-31`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.year();
        let (_, last) = self.to.month().year_month();
        match self.kind {
            PeriodKind::Year => write!(f, "{year:04}"),
            PeriodKind::FirstMonths => write!(f, "{year:04}-{last}M"),
            PeriodKind::SecondHalf => write!(f, "{year:04}-H2"),
            PeriodKind::Quarter => write!(f, "{year:04}-Q{}", last / 3),
            PeriodKind::Month => self.from.month().fmt(f),
            PeriodKind::Week => write!(f, "{year:04}-W{:02}", self.week()),
            PeriodKind::Day => self.from.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(text: &str) -> Period {
        Period::parse(text).expect(text)
    }

    #[test]
    fn each_kind_has_days_titles_and_neighbours() {
        let cases = [
            ("2025", "2025-01-01", "2025-12-31", "Năm 2025", "2024", "2024"),
            ("2025-9M", "2025-01-01", "2025-09-30", "9 tháng đầu năm 2025", "2024-9M", "2024-9M"),
            ("2025-H2", "2025-07-01", "2025-12-31", "6 tháng cuối năm 2025", "2024-H2", "2024-H2"),
            ("2025-Q3", "2025-07-01", "2025-09-30", "Quý III/2025", "2025-Q2", "2024-Q3"),
            ("2025-Q1", "2025-01-01", "2025-03-31", "Quý I/2025", "2024-Q4", "2024-Q1"),
            ("2024-02", "2024-02-01", "2024-02-29", "Tháng 2/2024", "2024-01", "2023-02"),
            ("2025-W01", "2024-12-30", "2025-01-05", "Tuần 1/2025", "2024-W52", "2024-W01"),
            ("2020-W53", "2020-12-28", "2021-01-03", "Tuần 53/2020", "2020-W52", "2019-W52"),
            ("2024-02-29", "2024-02-29", "2024-02-29", "Ngày 29/02/2024", "2024-02-28", "2023-02-28"),
        ];
        for (text, from, to, title, previous, last_year) in cases {
            let p = period(text);
            assert_eq!(p.to_string(), text);
            assert_eq!((p.from().to_string(), p.to().to_string()), (from.into(), to.into()), "{text}");
            assert_eq!(p.title(), title);
            assert_eq!(p.previous().map(|p| p.to_string()).as_deref(), Some(previous), "{text}");
            assert_eq!(p.same_last_year().map(|p| p.to_string()).as_deref(), Some(last_year), "{text}");
        }
    }

    #[test]
    fn months_lie_wholly_inside() {
        let months = |text| period(text).months().map(Month::number).collect::<Vec<_>>();
        assert_eq!(months("2025-Q4"), [202_510, 202_511, 202_512]);
        assert_eq!(months("2025").len(), 12);
        assert_eq!(months("2025-02"), [202_502]);
        assert!(months("2025-10-31").is_empty());
        assert!(months("2025-W05").is_empty());
        assert_eq!(period("9999").months().count(), 12);
    }

    #[test]
    fn the_first_year_has_none_before() {
        for text in ["0001", "0001-Q1", "0001-01", "0001-01-01", "0001-6M"] {
            assert_eq!(period(text).previous(), None, "{text}");
            assert_eq!(period(text).same_last_year(), None, "{text}");
        }
        assert_eq!(Period::of_week(2025, 53), None);
        assert_eq!(Period::of_first_months(2025, 13), None);
        assert_eq!(Period::of_quarter(2025, 5), None);
    }
}
