//! The Vietnamese lunar calendar, public holidays and working days.

mod holidays;
mod lunar;
mod notice;
mod working;

pub use holidays::{Holiday, forecast_holidays};
pub use lunar::{LUNAR_YEARS, LunarDay, day_of_lunar, hung_kings, lunar_of, tet};
pub use notice::{Notice, NoticeError, YearOff, parse_notices, published_notices};
pub use working::{DayOff, DeadlineRule, WorkingCalendar};
