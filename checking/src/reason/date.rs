//! Another date: what was true on another day, or what was known then.

use mc_base::{Day, Period, Seq, date};
use mc_figure::TimeRule;
use mc_port::{FigureRequest, StoreFailure};

use super::Subject;
use crate::when::whole;

/// Days before the text's that are looked at one by one.
const DAYS: i32 = 400;
/// Years back to which a flow is looked for in other periods.
const YEARS: i16 = 2;

pub(super) fn other(subject: &Subject<'_>) -> Result<Option<String>, StoreFailure> {
    match subject.read.definition.num.time {
        TimeRule::Stock { .. } => stock(subject),
        TimeRule::Flow { .. } | TimeRule::Cumulative { .. } => period(subject),
    }
}

/// The nearest day on which it was the stated number, as known at the text's day or on that very day, with the days
/// before it on which it was so too.
fn stock(subject: &Subject<'_>) -> Result<Option<String>, StoreFailure> {
    let (latest, day) = (subject.shelf.date, subject.request().period.to());
    let mut days: Vec<Day> = (0..=DAYS).filter_map(|back| latest.plus(-back)).collect();
    days.sort_by_key(|other| (other.epoch_days() - day.epoch_days()).abs());
    for other in days {
        for then in [false, true] {
            if (then || other != day) && holds(subject, other, then)? {
                let mut first = other;
                while let Some(before) =
                    first.plus(-1).filter(|before| latest.epoch_days() - before.epoch_days() <= DAYS)
                    && holds(subject, before, then)?
                {
                    first = before;
                }
                return Ok(Some(said((first, other), then)));
            }
        }
    }
    Ok(None)
}

/// Whether it was so on `day`, as known at the text's day or `then`.
fn holds(subject: &Subject<'_>, day: Day, then: bool) -> Result<bool, StoreFailure> {
    let mut request = FigureRequest { period: Period::of_day(day), ..subject.request() };
    if then {
        let known = subject.shelf.registers.known_on(day)?;
        if known == Seq(0) {
            return Ok(false);
        }
        (request.at, request.today) = (Some(known), day);
    }
    subject.holds(&request)
}

fn said((first, last): (Day, Day), then: bool) -> String {
    let days = if first == last {
        format!("ngày {}", date::short(last))
    } else {
        format!("các ngày từ {} đến {}", date::short(first), date::short(last))
    };
    format!("khác ngày: khớp với số {days}{}", if then { ", như đã biết khi đó" } else { "" })
}

/// Another period of the kinds that people report by.
fn period(subject: &Subject<'_>) -> Result<Option<String>, StoreFailure> {
    let asked = subject.request();
    let year = asked.period.year();
    let mut periods: Vec<Period> = Vec::new();
    for year in (year - YEARS..=year).rev() {
        periods.extend((1..=12).rev().filter_map(|count| Period::of_first_months(year, count)));
        periods.extend(Period::of_year(year));
        periods.extend((1..=4).rev().filter_map(|quarter| Period::of_quarter(year, quarter)));
        periods.extend((1..=12).rev().filter_map(|month| {
            let first = Day::new(year, month, 1)?;
            whole(first, first.month().last_day())
        }));
    }
    for other in periods.into_iter().filter(|other| *other != asked.period && other.to() <= asked.today) {
        let request = FigureRequest { period: other, ..asked.clone() };
        if subject.holds(&request)? {
            return Ok(Some(format!("khác kỳ: khớp với số của {}", other.phrase())));
        }
    }
    Ok(None)
}
