//! Times that a text points back to: "trong kỳ", "trong tháng", "cả năm".

use mc_base::{Day, Period};

use super::expression::{Spoken, year_number};
use crate::claim::Time;
use crate::lexicon::starts_with;
use crate::text::Token;

/// "trong kỳ", "cùng thời gian": the period that the text spoke of; "trong năm": the year spoken of.
pub(super) fn referred(
    tokens: &[Token],
    at: usize,
    own: Option<Time>,
    spoken: &Spoken,
) -> Option<(Time, usize)> {
    const SAME: [&str; 12] = [
        "trong kỳ",
        "trong kỳ báo cáo",
        "kỳ báo cáo",
        "kỳ này",
        "cùng thời gian",
        "cùng thời gian này",
        "cùng thời gian trên",
        "trong thời gian trên",
        "trong thời gian này",
        "thời gian trên",
        "cùng giai đoạn",
        "giai đoạn này",
    ];
    let words = starts_with(tokens, at, &SAME);
    let same = spoken.period.filter(|_| words > 0).map(|period| (period, at + words));
    same.or_else(|| that_year(tokens, at, own)).or_else(|| that_one(tokens, at, own, spoken))
}

/// "trong tháng", "trong quý": of the one that goes on, else of the one that the text reports on.
fn that_one(tokens: &[Token], at: usize, own: Option<Time>, spoken: &Spoken) -> Option<(Time, usize)> {
    let month = starts_with(tokens, at, &["trong tháng"]);
    let quarter = starts_with(tokens, at, &["trong quý"]);
    let words = month.max(quarter);
    let named = starts_with(tokens, at + words, &["qua", "này", "tới", "sau", "trước"]) > 0
        || tokens.get(at + words).is_some_and(|token| token.is_number() || is_roman(token));
    if words == 0 || named {
        return None;
    }
    let long = if month > 0 { is_month } else { is_quarter };
    let told = if month > 0 { spoken.month } else { spoken.quarter };
    [own, told].into_iter().flatten().find(|time| long(*time)).map(|time| (time, at + words))
}

fn is_roman(token: &Token) -> bool {
    matches!(token.norm.as_str(), "i" | "ii" | "iii" | "iv")
}

/// About as long as a month.
pub(super) fn is_month(time: Time) -> bool {
    days_of(time).is_some_and(|days| (27..=31).contains(&days))
}

/// About as long as a quarter.
pub(super) fn is_quarter(time: Time) -> bool {
    days_of(time).is_some_and(|days| (89..=92).contains(&days))
}

fn days_of(time: Time) -> Option<i32> {
    let (from, to) = time.from.zip(time.to)?;
    Some(to.epoch_days() - from.epoch_days() + 1)
}

/// "trong năm", "cả năm": of the year spoken of, where one is.
fn that_year(tokens: &[Token], at: usize, own: Option<Time>) -> Option<(Time, usize)> {
    let words = starts_with(tokens, at, &["trong năm", "cả năm"]);
    let named = year_number(tokens, at + words).is_some()
        || starts_with(tokens, at + words, &["nay", "trước", "qua"]) > 0;
    // In the first weeks of a year "đến nay" says nothing of which year is told.
    let own = own.filter(|own| own.from.is_some())?;
    let year = own.to.map(Day::year).and_then(Period::of_year).filter(|_| words > 0 && !named)?;
    Some((Time { from: Some(year.from()), to: Some(year.to()) }, at + words))
}
