//! A figure as a sentence: the heading of its page and what is copied into a report.

use mc_base::{Day, Period, PeriodKind};
use mc_figure::{Definition, Kind, TimeRule};
use mc_ui::{Lang, lang, write};

use super::lens::{Lens, NOT_PUBLISHED, Outcome, Reading};
use super::{borders, number};
use crate::said::Said as _;

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
    let title = definition.title.said().trim();
    let when = format!("{}{}", when(definition, reading.period, lens.today), borders::remark(lens));
    match &reading.outcome {
        Outcome::Value(_) => match counted(definition) {
            Some(noun) => Finding { before: t!("{place} có ", place), after: format!(" {noun} {when}") },
            None => Finding {
                before: t!("{place}: {title} là ", place, title = lower_first(title)),
                after: format!("{}, {when}", spaced(number::unit(definition))),
            },
        },
        Outcome::Hidden => Finding {
            before: String::new(),
            after: t!(
                "{place}: {title} dưới 5 bản ghi, không nêu số, {when}",
                place,
                title = lower_first(title),
                when
            ),
        },
        Outcome::Guarded => Finding {
            before: String::new(),
            after: t!("{place}: không nêu {title}, {when}", place, title = lower_first(title), when),
        },
        Outcome::Absent { words, .. } if words == NOT_PUBLISHED.said() => Finding {
            before: String::new(),
            after: t!("{place} chưa công bố {title}, {when}", place, title = lower_first(title), when),
        },
        Outcome::Absent { words, .. } => Finding {
            before: String::new(),
            after: t!("{place}: {words} về {title}, {when}", place, words, title = lower_first(title), when),
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
fn counted(definition: &Definition) -> Option<String> {
    let noun = definition.title.vi.trim().strip_prefix(vietnamese!("Số "))?;
    let noun = match lang() {
        Lang::Vietnamese => noun.to_owned(),
        Lang::English => lower_first(definition.title.en.trim()),
    };
    (definition.kind == Kind::Measure).then_some(noun)
}

/// The time of a value in a sentence: a level has a day, a flow has a period.
pub(crate) fn when(definition: &Definition, period: Period, today: Day) -> String {
    let unfinished = period.to() > today;
    let last = write::day(period.to().min(today));
    match definition.num.time {
        TimeRule::Stock { .. } if unfinished => t!("tính đến ngày {last}", last),
        TimeRule::Stock { .. } if period.kind() == PeriodKind::Day => {
            t!("vào {period}", period = write::period(period))
        }
        TimeRule::Stock { .. } => t!("vào cuối {period}", period = write::period(period)),
        TimeRule::Flow { .. } if unfinished => {
            t!("trong {period}, tính đến {last}", period = write::period(period), last)
        }
        TimeRule::Flow { .. } => t!("trong {period}", period = write::period(period)),
        TimeRule::Cumulative { .. } => t!("từ đầu năm đến hết ngày {last}", last),
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
        .map_or_else(String::new, |commit| t!(" ngày {day}", day = write::day(commit.recorded_at.day())));
    let invented = if lens.snapshot.instance().illustrative { t!(" Dữ liệu minh họa.") } else { "" };
    let position = write::whole(i128::from(figure.seq));
    Some(t!(
        "{finding}{operands}; {basis}, theo lần ghi {position}{day}.{invented}",
        finding,
        operands,
        basis,
        position,
        day,
        invented
    ))
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
