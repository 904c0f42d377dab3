//! Day numbers of workbooks (ECMA-376 part 1, 18.17.4).

use super::DateError;
use crate::day::Day;

/// Where a workbook begins to count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ExcelEpoch {
    /// 1 is 01/01/1900, and 60 is the 29/02/1900 that never was.
    Y1900,
    /// 0 is 01/01/1904.
    Y1904,
}

/// Days from 1899-12-30 and from 1904-01-01 to 1970-01-01.
const FROM_1900: i64 = 25_569;
const FROM_1904: i64 = 24_107;

/// The first day after the leap day that was not.
const MARCH_1900: i64 = 61;

/// The day of a serial number; a time of day is its fraction and must be cut off before.
///
/// # Errors
/// [`DateError::NoSuchSerial`] for a negative number, the numbers 0 and 60 of 1900, and days after
/// 31/12/9999.
pub fn from_excel_serial(serial: i64, epoch: ExcelEpoch) -> Result<Day, DateError> {
    let days = match epoch {
        ExcelEpoch::Y1900 if serial >= MARCH_1900 => serial.checked_sub(FROM_1900),
        ExcelEpoch::Y1900 if (1..MARCH_1900 - 1).contains(&serial) => serial.checked_sub(FROM_1900 - 1),
        ExcelEpoch::Y1904 if serial >= 0 => serial.checked_sub(FROM_1904),
        _ => None,
    };
    days.and_then(|days| i32::try_from(days).ok())
        .and_then(Day::from_epoch_days)
        .ok_or(DateError::NoSuchSerial(serial))
}

/// The serial number of a day, or `None` for days before the epoch.
#[must_use]
pub fn excel_serial(day: Day, epoch: ExcelEpoch) -> Option<i64> {
    let days = i64::from(day.epoch_days());
    let serial = match epoch {
        ExcelEpoch::Y1904 => days + FROM_1904,
        ExcelEpoch::Y1900 if days + FROM_1900 >= MARCH_1900 => days + FROM_1900,
        ExcelEpoch::Y1900 => days + FROM_1900 - 1,
    };
    (from_excel_serial(serial, epoch) == Ok(day)).then_some(serial)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso(serial: i64, epoch: ExcelEpoch) -> Option<String> {
        from_excel_serial(serial, epoch).ok().map(|day| day.to_string())
    }

    #[test]
    fn serials_of_1900_skip_the_day_that_never_was() {
        use ExcelEpoch::Y1900;
        assert_eq!(iso(1, Y1900).as_deref(), Some("1900-01-01"));
        assert_eq!(iso(59, Y1900).as_deref(), Some("1900-02-28"));
        assert_eq!(iso(60, Y1900), None);
        assert_eq!(iso(61, Y1900).as_deref(), Some("1900-03-01"));
        assert_eq!(iso(45_978, Y1900).as_deref(), Some("2025-11-17"));
        assert_eq!(iso(2_958_465, Y1900).as_deref(), Some("9999-12-31"));
        for none in [0, -1, 2_958_466, i64::MAX, i64::MIN] {
            assert_eq!(iso(none, Y1900), None, "{none}");
        }
    }

    #[test]
    fn serials_of_1904_begin_at_0() {
        use ExcelEpoch::Y1904;
        assert_eq!(iso(0, Y1904).as_deref(), Some("1904-01-01"));
        assert_eq!(iso(44_516, Y1904).as_deref(), Some("2025-11-17"));
        assert_eq!(iso(-1, Y1904), None);
        assert_eq!(iso(i64::MAX, Y1904), None);
    }

    #[test]
    fn serials_come_back() {
        for serial in (1..60).chain(61..100_000) {
            let day = from_excel_serial(serial, ExcelEpoch::Y1900).expect("a day");
            assert_eq!(excel_serial(day, ExcelEpoch::Y1900), Some(serial));
        }
        assert_eq!(Day::new(1899, 12, 31).and_then(|day| excel_serial(day, ExcelEpoch::Y1900)), None);
        assert_eq!(Day::new(1904, 1, 1).and_then(|day| excel_serial(day, ExcelEpoch::Y1904)), Some(0));
    }
}
