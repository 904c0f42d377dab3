//! What the State announces about days off, year by year, as data.

use crate::day::Day;

const LINES_MAX: usize = 1_000;

/// One announced fact; it stands above the forecast.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Notice {
    /// A day off in exchange for a day worked (*hoán đổi*).
    Swap {
        /// The day off.
        off: Day,
        /// The day worked, as a rule a Saturday.
        worked: Day,
    },
    /// A day off for which nothing is worked.
    Off(Day),
    /// How the five days of Tết lie.
    Tet {
        /// Solar year.
        year: i16,
        /// Days before the first day of the lunar year, 0 to 5.
        days_before: u8,
    },
    /// Where the second day of the National Day holiday lies.
    NationalDay {
        /// Year.
        year: i16,
        /// On 1/9 rather than 3/9.
        before: bool,
    },
}

/// How the holidays of one year lie where the law leaves a choice; `None` where nothing is announced.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct YearOff {
    /// Days of Tết before the first day of the lunar year.
    pub tet_days_before: Option<u8>,
    /// The second day of the National Day holiday is 1/9.
    pub national_day_before: Option<bool>,
}

impl YearOff {
    /// What the notices say about a year; the later of two wins.
    #[must_use]
    pub fn of(year: i16, notices: &[Notice]) -> Self {
        notices.iter().fold(Self::default(), |mut off, notice| {
            match *notice {
                Notice::Tet { year: of, days_before } if of == year => {
                    off.tet_days_before = Some(days_before)
                }
                Notice::NationalDay { year: of, before } if of == year => {
                    off.national_day_before = Some(before)
                }
                _ => {}
            }
            off
        })
    }
}

/// A list of notices that cannot be read. Displays as a Vietnamese sentence.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NoticeError {
    /// More than 1,000 lines.
    #[error("Bảng ngày nghỉ có quá {LINES_MAX} dòng.")]
    TooLong,
    /// A line of another shape.
    #[error(
        "Bảng ngày nghỉ, dòng {0}: cần “swap;ngày nghỉ;ngày làm bù;nguồn”, “off;ngày;;nguồn”, \
         “tet;năm;số ngày trước mùng một;nguồn” hoặc “national;năm;before|after;nguồn”, \
         ngày viết như 2026-01-02."
    )]
    Line(usize),
    /// A line that does not say where it was announced.
    #[error("Bảng ngày nghỉ, dòng {0}: thiếu nguồn.")]
    NoSource(usize),
}

/// Reads a list of notices: one a line, fields between semicolons, `#` before remarks.
///
/// # Errors
/// [`NoticeError`] names the line.
pub fn parse_notices(text: &str) -> Result<Vec<Notice>, NoticeError> {
    if text.lines().nth(LINES_MAX).is_some() {
        return Err(NoticeError::TooLong);
    }
    let said = |line: &&str| !line.is_empty() && !line.starts_with('#');
    let lines = text.lines().map(str::trim).zip(1..).filter(|(line, _)| said(line));
    lines.map(|(line, number)| parse_line(line, number)).collect()
}

/// The notices that came with this version of the product.
#[must_use]
pub fn published_notices() -> Vec<Notice> {
    // A test reads the file, so there is no error to pass on.
    parse_notices(include_str!("../../data/notices.csv")).unwrap_or_default()
}

fn parse_line(line: &str, number: usize) -> Result<Notice, NoticeError> {
    let fields: Vec<&str> = line.splitn(4, ';').map(str::trim).collect();
    let [act, when, with, source] = *fields.as_slice() else { return Err(NoticeError::Line(number)) };
    if source.is_empty() {
        return Err(NoticeError::NoSource(number));
    }
    let notice = match act {
        "swap" => {
            Day::parse_iso(when).zip(Day::parse_iso(with)).map(|(off, worked)| Notice::Swap { off, worked })
        }
        "off" if with.is_empty() => Day::parse_iso(when).map(Notice::Off),
        "tet" => when
            .parse()
            .ok()
            .zip(with.parse().ok().filter(|days| *days <= 5))
            .map(|(year, days_before)| Notice::Tet { year, days_before }),
        "national" => {
            when.parse().ok().zip(side(with)).map(|(year, before)| Notice::NationalDay { year, before })
        }
        _ => None,
    };
    notice.ok_or(NoticeError::Line(number))
}

fn side(text: &str) -> Option<bool> {
    match text {
        "before" => Some(true),
        "after" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_list_is_readable() {
        let notices = parse_notices(include_str!("../../data/notices.csv")).expect("a readable list");
        assert_eq!(published_notices(), notices);
        assert_eq!(YearOff::of(2026, &notices).tet_days_before, Some(1));
        assert_eq!(YearOff::of(2040, &notices), YearOff::default());
    }

    #[test]
    fn lines_of_another_shape_are_named() {
        let read = |line: &str| parse_notices(&format!("# đầu\n\n{line}\n"));
        assert_eq!(read("off;2027-01-02;;QĐ 1").map(|n| n.len()), Ok(1));
        for line in [
            "off;2027-01-02",
            "off;2027-02-30;;x",
            "tet;2027;6;x",
            "national;2027;up;x",
            "swap;2027-01-02;;x",
        ] {
            assert_eq!(read(line), Err(NoticeError::Line(3)), "{line}");
        }
        assert_eq!(read("off;2027-01-02;;"), Err(NoticeError::NoSource(3)));
        assert_eq!(parse_notices(&"\n".repeat(1_001)), Err(NoticeError::TooLong));
    }
}
