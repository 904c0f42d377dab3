//! Numbers as Vietnamese offices print and type them: `.` between thousands, `,` before decimals.

mod parse;
mod print;
mod words;

pub use parse::{Ambiguity, NumberError, ParsedNumber, Style, Wanted, parse, parse_as};
pub use print::{ShortMoney, decimal, money, money_short, percent, percent_of, whole};
pub use words::{read_money, read_number};
