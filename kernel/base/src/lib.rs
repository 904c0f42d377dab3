//! Plain values every other crate speaks: ids, days and periods, scaled decimals, money, Vietnamese text.
//!
//! This crate does no I/O and reads no clock, locale, environment or random source.

pub mod calendar;
pub mod date;
pub mod day;
pub mod id;
pub mod money;
pub mod number;
pub mod period;
pub mod scaled;
pub mod text;

pub use calendar::{LunarDay, WorkingCalendar};
pub use date::DateError;
pub use day::{Day, Instant, Month};
pub use id::{AgencyId, Hash32, PlaceId, Seq};
pub use money::Dong;
pub use number::{NumberError, ParsedNumber};
pub use period::{Period, PeriodError, PeriodKind};
pub use scaled::Scaled;
