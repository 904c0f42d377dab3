//! Reading dates typed in any of the usual ways.

use crate::date::{short, weekday_name};
use crate::day::{Day, Month};
use crate::text::search_key;

const LENGTH_MAX: usize = 64;
const HOW: &str = "cần viết như 17/11/2025";

/// Two digits of a year up to here are of this century, above of the last.
const CENTURY_PIVOT: i16 = 69;

/// Why a text is no date. Displays as the Vietnamese sentence to show.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum DateError {
    /// Nothing was typed.
    #[error("Ô trống; {HOW}.")]
    Empty,
    /// More than 64 characters.
    #[error("Ngày dài quá {LENGTH_MAX} ký tự; {HOW}.")]
    TooLong,
    /// Not written as a date.
    #[error("“{0}” không phải là ngày; {HOW}.")]
    NotADate(String),
    /// Written as a date that the calendar has not.
    #[error("“{text}”: {reason}.")]
    NoSuchDay {
        /// What was typed.
        text: String,
        /// What the calendar says, in Vietnamese.
        reason: String,
    },
    /// Only the American order, month before day, makes sense; to be confirmed by a person.
    #[error("“{text}” có vẻ viết tháng trước ngày; nếu là ngày {} thì cần viết lại như vậy.", short(*.meant))]
    AmericanOrder {
        /// What was typed.
        text: String,
        /// The day if it was meant so.
        meant: Day,
    },
    /// Day and month without year, where no year is understood.
    #[error("“{0}” thiếu năm; {HOW}.")]
    NoYear(String),
    /// The day of the week is another.
    #[error("“{text}”: ngày {} là {}.", short(*.day), weekday_name(*.day))]
    WrongWeekday {
        /// What was typed.
        text: String,
        /// The day that the numbers name.
        day: Day,
    },
    /// A workbook's day number for which there is no day.
    #[error("Số ngày {0} của bảng tính không ứng với ngày nào.")]
    NoSuchSerial(i64),
}

/// Reads a date: `1/3/25`, `01-03-2025`, `1.3.2025`, `2025-11-17`, `ngày 05 tháng 3 năm 2025`, `thứ Bảy
/// 01/03/2025`.
///
/// The day comes before the month, always. Years of two digits are 1970 to 2069. Without a year (`30/11`) the
/// year of `reference` is taken. A time of midnight behind the date, as programs write it, is dropped.
///
/// # Errors
/// [`DateError`] says what was found and what was expected.
pub fn parse(text: &str, reference: Option<Day>) -> Result<Day, DateError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(DateError::Empty);
    }
    if text.chars().nth(LENGTH_MAX).is_some() {
        return Err(DateError::TooLong);
    }
    let key = search_key(&text.chars().map(ascii_digit).collect::<String>());
    let (weekday, rest) = cut_weekday(&key);
    let rest = cut_midnight(rest.strip_prefix("ngay ").unwrap_or(rest));
    let Some(parts) = in_words(rest).or_else(|| in_numbers(rest)) else {
        return Err(DateError::NotADate(text.to_owned()));
    };
    let day = parts.day(text, reference)?;
    if weekday.is_some_and(|weekday| weekday != day.weekday()) {
        return Err(DateError::WrongWeekday { text: text.to_owned(), day });
    }
    Ok(day)
}

struct Parts {
    day: i8,
    month: i8,
    year: Option<i16>,
}

impl Parts {
    fn of(day: &str, month: &str, year: Option<&str>) -> Option<Self> {
        let year = match year {
            None => None,
            Some(year) if year.len() == 4 => Some(digits(year, 4)?),
            Some(year) if year.len() == 2 => {
                let year = digits(year, 2)?;
                Some(if year <= CENTURY_PIVOT { 2000 + year } else { 1900 + year })
            }
            Some(_) => return None,
        };
        let small = |text| digits(text, 2).and_then(|number| i8::try_from(number).ok());
        Some(Self { day: small(day)?, month: small(month)?, year })
    }

    fn day(&self, text: &str, reference: Option<Day>) -> Result<Day, DateError> {
        let Self { day, month, year } = *self;
        let Some(year) = year.or(reference.map(Day::year)) else {
            return Err(DateError::NoYear(text.to_owned()));
        };
        if let Some(day) = Day::new(year, month, day) {
            return Ok(day);
        }
        let text = text.to_owned();
        if let Some(meant) = Day::new(year, day, month).filter(|_| month > 12) {
            return Err(DateError::AmericanOrder { text, meant });
        }
        let reason = match Month::new(year, month) {
            _ if year == 0 => "không có năm 0".to_owned(),
            None => format!("không có tháng {month}"),
            Some(_) if day == 0 => "không có ngày 0".to_owned(),
            Some(in_year) => {
                format!("tháng {month:02}/{year} chỉ có {} ngày", in_year.last_day().ymd().2)
            }
        };
        Err(DateError::NoSuchDay { text, reason })
    }
}

/// `05 thang 3 nam 2025`, `5 thang 3, 2025`, `5 thang 3`.
fn in_words(text: &str) -> Option<Parts> {
    let (day, rest) = text.split_once(" thang ")?;
    let rest = rest.replace(',', " ");
    let words: Vec<&str> = rest.split_whitespace().filter(|word| *word != "nam").collect();
    match *words.as_slice() {
        [month] => Parts::of(day, month, None),
        [month, year] => Parts::of(day, month, Some(year)),
        _ => None,
    }
}

/// `1/3/25`, `01-03-2025`, `1.3.2025`, `2025-11-17`, `30/11`; one kind of mark throughout.
fn in_numbers(text: &str) -> Option<Parts> {
    let mark = text.chars().find(|c| matches!(c, '/' | '-' | '.'))?;
    let parts: Vec<&str> = text.split(mark).map(str::trim).collect();
    match *parts.as_slice() {
        [year, month, day] if year.len() == 4 => Parts::of(day, month, Some(year)),
        [day, month, year] => Parts::of(day, month, Some(year)),
        [day, month] => Parts::of(day, month, None),
        _ => None,
    }
}

/// The number of one to `length_max` ASCII digits.
fn digits(text: &str, length_max: usize) -> Option<i16> {
    let fits = (1..=length_max).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| text.parse().ok())?
}

fn cut_weekday(text: &str) -> (Option<u8>, &str) {
    const NAMES: [(&str, u8); 14] = [
        ("thu hai", 1),
        ("thu ba", 2),
        ("thu tu", 3),
        ("thu nam", 4),
        ("thu sau", 5),
        ("thu bay", 6),
        ("chu nhat", 7),
        ("t2", 1),
        ("t3", 2),
        ("t4", 3),
        ("t5", 4),
        ("t6", 5),
        ("t7", 6),
        ("cn", 7),
    ];
    for (name, weekday) in NAMES {
        if let Some(rest) = text.strip_prefix(name).filter(|rest| rest.starts_with([' ', ','])) {
            return (Some(weekday), rest.trim_start_matches([' ', ',']));
        }
    }
    (None, text)
}

fn cut_midnight(text: &str) -> &str {
    let Some((date, time)) = text.split_once([' ', 't']) else { return text };
    let time = time.trim_end_matches('z');
    let zeros =
        time.len() >= 5 && time.contains(':') && time.bytes().all(|b| matches!(b, b'0' | b':' | b'.'));
    if zeros { date } else { text }
}

fn ascii_digit(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
        '／' => '/',
        '\u{2010}' | '\u{2011}' | '\u{2013}' | '\u{2212}' => '-',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let reference = Day::new(2025, 11, 17);
        parse(text, reference).map_or_else(|error| error.to_string(), |day| day.to_string())
    }

    #[test]
    fn reads_what_people_type() {
        let cases = [
            ("1/3/25", "2025-03-01"),
            ("01-03-2025", "2025-03-01"),
            ("1.3.2025", "2025-03-01"),
            ("1/1/25", "2025-01-01"),
            ("5 / 12 / 2025", "2025-12-05"),
            ("2025-11-17", "2025-11-17"),
            ("2025/11/17", "2025-11-17"),
            ("2025-11-17T00:00:00", "2025-11-17"),
            ("17/11/2025 00:00:00.000", "2025-11-17"),
            ("ngày 05 tháng 3 năm 2025", "2025-03-05"),
            ("Ngày 5 tháng 3, 2025", "2025-03-05"),
            ("05 THÁNG 03 NĂM 2025", "2025-03-05"),
            ("ngày 30 tháng 11", "2025-11-30"),
            ("30/11", "2025-11-30"),
            ("thứ Bảy 01/03/2025", "2025-03-01"),
            ("Chủ nhật, ngày 30/11/2025", "2025-11-30"),
            ("T2 17/11", "2025-11-17"),
            ("１７／１１／２０２５", "2025-11-17"),
            ("17/11/69", "2069-11-17"),
            ("17/11/70", "1970-11-17"),
            ("29/02/2024", "2024-02-29"),
        ];
        for (text, day) in cases {
            assert_eq!(read(text), day, "{text}");
        }
    }

    #[test]
    fn says_what_is_wrong() {
        let cases = [
            ("31/02/2025", "“31/02/2025”: tháng 02/2025 chỉ có 28 ngày."),
            ("29/02/2023", "“29/02/2023”: tháng 02/2023 chỉ có 28 ngày."),
            ("00/00", "“00/00”: không có tháng 0."),
            ("0/5/2025", "“0/5/2025”: không có ngày 0."),
            ("32/13/2025", "“32/13/2025”: không có tháng 13."),
            ("1/1/0000", "“1/1/0000”: không có năm 0."),
            (
                "12/31/2025",
                "“12/31/2025” có vẻ viết tháng trước ngày; nếu là ngày 31/12/2025 thì cần viết lại như vậy.",
            ),
            ("thứ Hai 01/03/2025", "“thứ Hai 01/03/2025”: ngày 01/03/2025 là thứ Bảy."),
            ("hôm nay", "“hôm nay” không phải là ngày; cần viết như 17/11/2025."),
            ("", "Ô trống; cần viết như 17/11/2025."),
        ];
        for (text, sentence) in cases {
            assert_eq!(read(text), sentence, "{text}");
        }
        assert_eq!(parse("30/11", None), Err(DateError::NoYear("30/11".into())));
        assert_eq!(parse(&"1".repeat(65), None), Err(DateError::TooLong));
    }

    #[test]
    fn what_is_no_date_is_not_guessed() {
        for text in [
            "20251117",
            "45978",
            "1/3-25",
            "1/3/025",
            "10/2025",
            "1/3/25/4",
            "2025-11-17 08:30",
            "١/٣/٢٠٢٥",
            "--",
        ] {
            assert_eq!(parse(text, Day::new(2025, 1, 1)), Err(DateError::NotADate(text.into())), "{text}");
        }
    }
}
