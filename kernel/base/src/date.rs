//! Dates and times as Vietnamese offices print and type them.

mod excel;
mod parse;
mod print;

pub use excel::{ExcelEpoch, excel_serial, from_excel_serial};
pub use parse::{DateError, parse};
pub use print::{date_time, long, short, time, weekday_name, with_weekday};
