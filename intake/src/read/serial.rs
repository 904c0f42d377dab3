//! Serial numbers that stand for dates and times.

use mc_base::Day;
use mc_base::date::{ExcelEpoch, from_excel_serial};

use crate::Cell;

/// The cell of a serial number. Excel counts from 1900 as if 29/02/1900 had existed (serial 60); workbooks made
/// on old Macs count from 1904. A duration stays a number.
pub(super) fn serial_cell(value: f64, is_duration: bool, epoch_1904: bool) -> Cell {
    if is_duration || !value.is_finite() || !(0.0..=3_000_000.0).contains(&value) {
        return Cell::from_float(value);
    }
    let seconds = (value * 86_400.0).round() as i64;
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let second = u32::try_from(second).unwrap_or(0);
    let Some(day) = serial_day(days, epoch_1904) else {
        return time_of_day(days, second).unwrap_or_else(|| Cell::from_float(value));
    };
    if second == 0 { Cell::Day(day) } else { Cell::Moment { day, second } }
}

/// The day of a serial number; `None` for 0 and for the day that never was.
pub(crate) fn serial_day(serial: i64, epoch_1904: bool) -> Option<Day> {
    let epoch = if epoch_1904 { ExcelEpoch::Y1904 } else { ExcelEpoch::Y1900 };
    from_excel_serial(serial, epoch).ok()
}

/// Serial 0 with a fraction is a time without a date.
fn time_of_day(days: i64, second: u32) -> Option<Cell> {
    let text = || format!("{:02}:{:02}", second / 3600, second / 60 % 60);
    (days == 0 && second > 0).then(|| Cell::Text(text()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serial_dates_follow_excel() {
        let shown = |serial, mac| serial_day(serial, mac).map(|day| day.to_string());
        assert_eq!(shown(45_978, false).as_deref(), Some("2025-11-17"));
        assert_eq!(shown(45_978 - 1462, true).as_deref(), Some("2025-11-17"));
        assert_eq!(shown(1, false).as_deref(), Some("1900-01-01"));
        assert_eq!(shown(59, false).as_deref(), Some("1900-02-28"));
        assert_eq!(shown(60, false), None);
        assert_eq!(shown(61, false).as_deref(), Some("1900-03-01"));
    }
}
