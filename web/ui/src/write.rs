//! Numbers, days and periods for the reader, in the language spoken now. Values of form fields are written by
//! `mc_base` alone: they are read back as Vietnamese offices type them.

use mc_base::period::PeriodKind;
use mc_base::{Day, Dong, Instant, Period, Scaled, date, number};

use crate::say::{Lang, lang};

/// What the Vietnamese and the English way differ in: which sign parts thousands, which decimals.
fn grouped(vietnamese: String) -> String {
    match lang() {
        Lang::Vietnamese => vietnamese,
        Lang::English => vietnamese
            .chars()
            .map(|c| match c {
                '.' => ',',
                ',' => '.',
                other => other,
            })
            .collect(),
    }
}

/// A whole number: `4.607`, in English `4,607`.
#[must_use]
pub fn whole(value: impl Into<i128>) -> String {
    grouped(number::whole(value))
}

/// A count.
#[must_use]
pub fn count(value: usize) -> String {
    whole(i128::try_from(value).unwrap_or(i128::MAX))
}

/// A decimal with all its digits: `1.234,50`, in English `1,234.50`.
#[must_use]
pub fn decimal(value: Scaled) -> String {
    grouped(number::decimal(value))
}

/// A ratio as percent with that many digits: `84,2%`, in English `84.2%`.
#[must_use]
pub fn percent(ratio: Scaled, digits: u8) -> String {
    grouped(number::percent(ratio, digits))
}

/// A share without needless zeros: `100%`, `98,2%`.
#[must_use]
pub fn share(ratio: Scaled) -> String {
    grouped(number::percent(ratio, 1).replace(",0%", "%"))
}

/// Every digit of an amount.
#[must_use]
pub fn money(amount: Dong) -> String {
    t!("{amount} đồng", amount = whole(amount.0))
}

/// Short where that states the amount to the đồng, else every digit.
#[must_use]
pub fn money_short(amount: Dong) -> String {
    let short = number::money_short(amount);
    if !short.exact {
        return money(amount);
    }
    let (figure, unit) = short.text.split_once(' ').unwrap_or((&short.text, ""));
    format!("{} {}", grouped(figure.to_owned()), crate::say::of_data(unit))
}

/// A day: `17/11/2025`, in English `17 Nov 2025`.
#[must_use]
pub fn day(day: Day) -> String {
    match lang() {
        Lang::Vietnamese => date::short(day),
        Lang::English => {
            let (year, month, day) = day.ymd();
            format!("{day} {} {year:04}", english_month(month).get(..3).unwrap_or_default())
        }
    }
}

/// A day with its weekday: `thứ Hai 17/11/2025`, in English `Monday 17 Nov 2025`.
#[must_use]
pub fn with_weekday(of: Day) -> String {
    let english = match of.weekday() {
        1 => "Monday",
        2 => "Tuesday",
        3 => "Wednesday",
        4 => "Thursday",
        5 => "Friday",
        6 => "Saturday",
        _ => "Sunday",
    };
    match lang() {
        Lang::Vietnamese => date::with_weekday(of),
        Lang::English => format!("{english} {}", day(of)),
    }
}

/// A month as a value: `10/2025`, in English `Oct 2025`.
#[must_use]
pub fn month(year: i16, month: i8) -> String {
    match lang() {
        Lang::Vietnamese => format!("{month:02}/{year}"),
        Lang::English => format!("{} {year}", english_month(month).get(..3).unwrap_or_default()),
    }
}

/// An instant: `14:05 17/11/2025`, in English `17 Nov 2025, 14:05`.
#[must_use]
pub fn date_time(instant: Instant) -> String {
    match lang() {
        Lang::Vietnamese => date::date_time(instant),
        Lang::English => format!("{}, {}", day(instant.day()), date::time(instant)),
    }
}

/// A period inside a sentence: `tháng 10/2025`, in English `October 2025`.
#[must_use]
pub fn period(period: Period) -> String {
    if lang() == Lang::Vietnamese {
        return period.phrase();
    }
    let (_, last) = period.to().month().year_month();
    let canonical = period.to_string();
    let (year, part) = canonical.split_once('-').unwrap_or((&canonical, ""));
    match period.kind() {
        PeriodKind::Year => canonical,
        PeriodKind::FirstMonths => format!("the first {last} months of {year}"),
        PeriodKind::SecondHalf => format!("the second half of {year}"),
        PeriodKind::Quarter => format!("{part} {year}"),
        PeriodKind::Month => format!("{} {year}", english_month(last)),
        PeriodKind::Week => format!("week {} of {year}", part.trim_start_matches(['W', '0'])),
        PeriodKind::Day => day(period.from()),
    }
}

/// A period by itself, as in a list to choose from: `Tháng 10/2025`, in English `October 2025`.
#[must_use]
pub fn period_title(of: Period) -> String {
    if lang() == Lang::Vietnamese {
        return of.title();
    }
    let text = period(of);
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

const fn english_month(month: i8) -> &'static str {
    match month {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_english(periods: &[&str]) -> Vec<String> {
        let read = |text: &&str| Period::parse(text).expect("a period");
        Lang::English.speaking(|| periods.iter().map(read).map(period).collect())
    }

    #[test]
    fn numbers_are_grouped_as_the_reader_groups_them() {
        let both = || {
            [whole(4_607), percent(Scaled { mantissa: 842, scale: 3 }, 1), money_short(Dong(1_500_000_000))]
        };
        assert_eq!(both(), ["4.607", "84,2%", "1,5 tỷ đồng"]);
        assert_eq!(Lang::English.speaking(both), ["4,607", "84.2%", "1.5 billion dong"]);
        assert_eq!(Lang::English.speaking(|| money_short(Dong(1_234_567))), "1,234,567 dong");
        assert_eq!(share(Scaled { mantissa: 1, scale: 0 }), "100%");
    }

    #[test]
    fn days_and_times_are_written_as_the_reader_writes_them() {
        let noon =
            Instant(Instant::start_of(Day::parse_iso("2025-11-07").expect("a day")).0 + 12 * 3_600_000);
        let both = || [day(noon.day()), date_time(noon), month(2025, 9)];
        assert_eq!(both(), ["07/11/2025", "12:00 07/11/2025", "09/2025"]);
        assert_eq!(Lang::English.speaking(both), ["7 Nov 2025", "7 Nov 2025, 12:00", "Sep 2025"]);
    }

    #[test]
    fn every_kind_of_period_has_english() {
        let said =
            in_english(&["2025", "2025-9M", "2025-H2", "2025-Q3", "2025-10", "2025-W05", "2025-10-31"]);
        let expected = [
            "2025",
            "the first 9 months of 2025",
            "the second half of 2025",
            "Q3 2025",
            "October 2025",
            "week 5 of 2025",
            "31 Oct 2025",
        ];
        assert_eq!(said, expected);
    }
}
