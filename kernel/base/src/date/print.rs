//! Printing days and times of UTC+7.

use crate::day::{Day, Instant};

/// `17/11/2025`.
#[must_use]
pub fn short(day: Day) -> String {
    let (year, month, day) = day.ymd();
    format!("{day:02}/{month:02}/{year:04}")
}

/// The name of the day of the week inside a sentence: `thứ Hai` to `thứ Bảy`, `Chủ nhật` (Decree 30/2020,
/// capitals).
#[must_use]
pub const fn weekday_name(day: Day) -> &'static str {
    match day.weekday() {
        1 => "thứ Hai",
        2 => "thứ Ba",
        3 => "thứ Tư",
        4 => "thứ Năm",
        5 => "thứ Sáu",
        6 => "thứ Bảy",
        _ => "Chủ nhật",
    }
}

/// `Chủ nhật 30/11/2025`, `thứ Bảy 01/03/2025`: the echo of a typed date.
#[must_use]
pub fn with_weekday(day: Day) -> String {
    format!("{} {}", weekday_name(day), short(day))
}

/// `ngày 05 tháng 3 năm 2025`, as documents are dated: days 1 to 9 and months 1 and 2 take a zero in front
/// (Decree 30/2020).
#[must_use]
pub fn long(day: Day) -> String {
    let (year, month, day) = day.ymd();
    let zero = if month <= 2 { "0" } else { "" };
    format!("ngày {day:02} tháng {zero}{month} năm {year:04}")
}

/// `14:05`.
#[must_use]
pub fn time(instant: Instant) -> String {
    let minutes = instant.millis_of_day() / 60_000;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// `14:05 17/11/2025`.
#[must_use]
pub fn date_time(instant: Instant) -> String {
    format!("{} {}", time(instant), short(instant.day()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse_iso(text).expect(text)
    }

    #[test]
    fn prints_as_offices_do() {
        assert_eq!(short(day("2025-11-17")), "17/11/2025");
        assert_eq!(with_weekday(day("2025-11-30")), "Chủ nhật 30/11/2025");
        assert_eq!(with_weekday(day("2025-03-01")), "thứ Bảy 01/03/2025");
        assert_eq!(long(day("2025-03-05")), "ngày 05 tháng 3 năm 2025");
        assert_eq!(long(day("2025-02-15")), "ngày 15 tháng 02 năm 2025");
        assert_eq!(long(day("2025-12-31")), "ngày 31 tháng 12 năm 2025");
    }

    #[test]
    fn times_are_of_utc_plus_7() {
        let instant = Instant(Instant::start_of(day("2025-11-17")).0 + (14 * 60 + 5) * 60_000 + 59_999);
        assert_eq!(time(instant), "14:05");
        assert_eq!(date_time(instant), "14:05 17/11/2025");
        assert_eq!(time(Instant(-7 * 3_600_000)), "00:00");
    }
}
