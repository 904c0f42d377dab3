//! A figure as a sentence: the heading of its page and what is copied into a report.

use mc_base::{Day, Period, PeriodKind, date};
use mc_figure::{Definition, Kind, TimeRule};

use super::lens::{Lens, NOT_PUBLISHED, Outcome, Reading};
use super::{borders, number};

/// A sentence around a number, so that the number keeps its handle.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Finding {
    /// Words before the number.
    pub(crate) before: String,
    /// Words after it, or the whole sentence where there is no number.
    pub(crate) after: String,
}

/// What a reading says.
pub(crate) fn finding(lens: &Lens<'_>, reading: &Reading) -> Finding {
    let place = lens.place_short();
    let definition = &reading.definition;
    let title = definition.title.vi.trim();
    let when = format!("{}{}", when(definition, reading.period, lens.today), borders::remark(lens));
    match &reading.outcome {
        Outcome::Value(_) => match counted(definition) {
            Some(noun) => Finding { before: format!("{place} có "), after: format!(" {noun} {when}") },
            None => Finding {
                before: format!("{place}: {} là ", lower_first(title)),
                after: format!("{}, {when}", spaced(number::unit(definition))),
            },
        },
        Outcome::Hidden => Finding {
            before: String::new(),
            after: format!("{place}: {} dưới 5 bản ghi, không nêu số, {when}", lower_first(title)),
        },
        Outcome::Absent { words, .. } if words == NOT_PUBLISHED => Finding {
            before: String::new(),
            after: format!("{place} chưa công bố {}, {when}", lower_first(title)),
        },
        Outcome::Absent { words, .. } => Finding {
            before: String::new(),
            after: format!("{place}: {words} về {}, {when}", lower_first(title)),
        },
    }
}

impl Finding {
    /// The sentence as plain text.
    pub(crate) fn plain(&self, reading: &Reading) -> String {
        let number = reading.number().map_or("", |number| number.text());
        format!("{}{number}{}", self.before, self.after)
    }
}

/// What is counted, where the title says "Số …": "trạm thu phát sóng đang hoạt động".
fn counted(definition: &Definition) -> Option<&str> {
    let noun = definition.title.vi.trim().strip_prefix("Số ")?;
    (definition.kind == Kind::Measure).then_some(noun)
}

/// The time of a value in a sentence: a level has a day, a flow has a period.
pub(crate) fn when(definition: &Definition, period: Period, today: Day) -> String {
    let unfinished = period.to() > today;
    let last = date::short(period.to().min(today));
    match definition.num.time {
        TimeRule::Stock { .. } if unfinished => format!("tính đến ngày {last}"),
        TimeRule::Stock { .. } if period.kind() == PeriodKind::Day => format!("vào {}", period.phrase()),
        TimeRule::Stock { .. } => format!("vào cuối {}", period.phrase()),
        TimeRule::Flow { .. } if unfinished => format!("trong {}, tính đến {last}", period.phrase()),
        TimeRule::Flow { .. } => format!("trong {}", period.phrase()),
        TimeRule::Cumulative { .. } => format!("từ đầu năm đến hết ngày {last}"),
    }
}

/// The sentence that is copied: finding, operands, basis, position.
pub(crate) fn quotable(lens: &Lens<'_>, reading: &Reading) -> Option<String> {
    let figure = reading.shown()?;
    let definition = &reading.definition;
    let finding = finding(lens, reading).plain(reading);
    let operands = number::over(lens, definition, figure)
        .or_else(|| number::full_amount(definition, reading.number()?))
        .map_or_else(String::new, |words| format!(" ({words})"));
    let basis = number::basis(figure.basis).words();
    let recorded = lens.snapshot.commit(lens.position()).ok().flatten();
    let day = recorded
        .map_or_else(String::new, |commit| format!(" ngày {}", date::short(commit.recorded_at.day())));
    let invented = if lens.snapshot.instance().illustrative { " Dữ liệu minh họa." } else { "" };
    let position = mc_base::number::whole(i128::from(figure.seq));
    Some(format!("{finding}{operands}; {basis}, theo lần ghi {position}{day}.{invented}"))
}

/// The first letter small, but for words written in capitals.
pub(crate) fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return String::new() };
    let capitals = chars.clone().next().is_some_and(char::is_uppercase);
    if capitals { text.to_owned() } else { first.to_lowercase().chain(chars).collect() }
}

/// The first letter large.
pub(crate) fn upper_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn spaced(unit: &str) -> String {
    if unit.is_empty() { String::new() } else { format!(" {unit}") }
}
