//! A figure by its declared cuts: bars and table.

use mc_base::Scaled;
use mc_figure::Kind;
use mc_port::{By, FigureError};
use mc_register::Schema;
use mc_ui::chart::{Bar, Fill, Frame, Series, StackedBars, TargetLine};
use mc_ui::table::{Cell, DataTable, Row};
use mc_ui::{FigureText, Html, Link, ViNum};

use super::agencies;
use super::ask::Ask;
use super::basis;
use super::explained;
use super::lens::{Lens, Reading};
use super::line::source;
use super::number;
use super::parts::{self, Split};
use super::sentence::{lower_first, upper_first, when};
use super::target::aim;
use crate::said::Said as _;

/// Parts that one bar can hold apart: there are so many fills.
const SERIES_MAX: usize = 5;
/// Bars drawn; the table has all parts.
const BARS_MAX: usize = 20;
const FILLS: [Fill; SERIES_MAX] = [Fill::Done, Fill::Doing, Fill::Soon, Fill::Late, Fill::Idle];

/// One cut of a figure.
pub(super) struct CutView {
    /// Heading.
    pub(super) title: String,
    /// Bars; nothing where no part has a number.
    pub(super) chart: Option<Html>,
    /// All parts with numerator and denominator, or where there is no chart; the chart's own table has the
    /// rest.
    pub(super) table: Option<DataTable>,
    /// How parts were counted, where that may make a difference, and the other way.
    pub(super) words: Option<String>,
    /// Leads to the other way.
    pub(super) links: Vec<Link>,
}

/// Names of the declared cuts with what the screen calls them.
pub(super) fn offered(lens: &Lens<'_>, whole: &Reading) -> Vec<(String, String)> {
    let Some(indicator) = lens.snapshot.indicator(&whole.definition.id, None, lens.position()) else {
        return Vec::new();
    };
    let Some(schema) = lens.snapshot.schema(&whole.definition.num.register) else { return Vec::new() };
    indicator.cuts.iter().map(|cut| (cut.name.clone(), title(&schema, &cut.name))).collect()
}

/// "theo doanh nghiệp viễn thông và công nghệ".
fn title(schema: &Schema, cut: &str) -> String {
    let titles: Vec<String> = cut
        .split('+')
        .map(|id| schema.field(id).map_or_else(|| id.to_owned(), |field| lower_first(field.title.said())))
        .collect();
    titles.join(t!(" và "))
}

/// The parts by one cut; `None` where there are none or the figure does not add up.
///
/// # Errors
/// As the store's own.
pub(super) fn of(
    lens: &Lens<'_>,
    ask: &Ask,
    whole: &Reading,
    (cut, name): (&str, &str),
) -> Result<Option<CutView>, FigureError> {
    let definition = &whole.definition;
    if definition.kind == Kind::Scan || whole.number().is_none() {
        return Ok(None);
    }
    if agencies::is_agency_cut(lens, whole, cut) {
        return agencies::of(lens, ask, whole, (cut, name));
    }
    let splits = parts::split(lens, definition, ask.ky, &By::Cut(cut.to_owned()))?;
    if splits.is_empty() {
        return Ok(None);
    }
    let mut splits: Vec<&Split> = splits.iter().collect();
    parts::largest_first(&mut splits);
    let id = id_of(cut);
    let rows = splits.iter().map(|split| {
        let title = split.part.title.as_str();
        let head = if split.is_of_totals() {
            Cell::link(title, basis::list(lens, ask, definition))
        } else {
            Cell::text(title)
        };
        parts::row(split, head, None)
    });
    let table = table(lens, ask, whole, (&id, name), rows.collect());
    let chart = chart(lens, whole, &splits, (&id, cut, name))?;
    let rest = splits.iter().any(|split| split.is_of_totals());
    let needed = definition.den.is_some() || chart.is_none() || splits.len() > BARS_MAX || rest;
    let (title, table) = (t!("Theo {name}", name), needed.then_some(table));
    Ok(Some(CutView { title, chart, table, words: None, links: Vec::new() }))
}

/// The id of what shows one cut, for the page's own addresses.
pub(super) fn id_of(cut: &str) -> String {
    format!("theo-{}", cut.replace(['+', '_'], "-"))
}

/// All parts of a figure by one cut, and the figure itself as their sum.
pub(super) fn table(
    lens: &Lens<'_>,
    ask: &Ask,
    whole: &Reading,
    (id, name): (&str, &str),
    rows: Vec<Row>,
) -> DataTable {
    let definition = &whole.definition;
    let caption = t!(
        "{title} theo {name}, {when}",
        title = definition.title.said().trim(),
        name,
        when = when(definition, ask.ky, lens.today)
    );
    let columns = parts::columns(definition, &upper_first(name));
    let mut table = DataTable::new(format!("{id}-day-du"), caption, columns);
    table.note = Some(source(lens, whole));
    table.rows = rows;
    table.total = Some(parts::total(whole, t!("Cộng")));
    table
}

/// Bars of the parts, the largest first; nothing where no part has a number.
pub(super) fn chart(
    lens: &Lens<'_>,
    whole: &Reading,
    splits: &[&Split],
    (id, cut, name): (&str, &str, &str),
) -> Result<Option<Html>, FigureError> {
    let drawn: Vec<(&Split, FigureText)> =
        splits.iter().filter_map(|split| Some((*split, split.figure(None)?))).collect();
    let Some((largest, largest_value)) = drawn.first().filter(|(split, _)| !split.is_rest()) else {
        return Ok(None);
    };
    let Some(total) = whole.text() else { return Ok(None) };
    let alike = |(_, value): &(&Split, FigureText)| value.number() == largest_value.number();
    let frame = Frame {
        id: id.to_owned(),
        title: if drawn.len() > 1 && drawn.iter().all(alike) {
            t!("Các phần bằng nhau: {value}", value = largest_value.number())
        } else {
            largest_words(lens, whole, cut, (largest, largest_value.number()))?
        },
        sentence: drawn
            .iter()
            .take(BARS_MAX)
            .map(|(split, value)| format!("{}: {}", split.part.title, value.number()))
            .collect::<Vec<_>>()
            .join("; "),
        source: source(lens, whole),
        download: None,
    };
    let definition = &whole.definition;
    let additive = definition.den.is_none();
    let complete = drawn.len() == splits.len();
    let bars = if additive && complete && (2..=SERIES_MAX).contains(&drawn.len()) {
        let series =
            drawn.iter().zip(FILLS).map(|((split, _), fill)| Series { name: split.part.title.clone(), fill });
        StackedBars {
            frame,
            column: t!("Địa bàn").to_owned(),
            series: series.collect(),
            bars: vec![Bar {
                name: lens.place_short(),
                href: None,
                parts: drawn.iter().map(|(_, value)| Some(value.clone())).collect(),
                total,
            }],
            target: None,
        }
    } else {
        ranked(lens, whole, frame, upper_first(name), drawn)?
    };
    Ok(Some(bars.html()))
}

/// One bar a part, with the goal of a share.
fn ranked(
    lens: &Lens<'_>,
    whole: &Reading,
    frame: Frame,
    column: String,
    drawn: Vec<(&Split, FigureText)>,
) -> Result<StackedBars, FigureError> {
    let definition = &whole.definition;
    let title = definition.title.said().trim();
    let series = match number::unit(definition) {
        "" if number::is_percent(definition) => t!("{title} (%)", title),
        "" => title.to_owned(),
        unit => upper_first(unit),
    };
    // A share is a goal for the parts too, an amount is not.
    let goal = definition.den.as_ref().map(|_| aim(lens, definition, whole.period)).transpose();
    let goal = goal.map_err(|error| FigureError::Store(error.to_string()))?.flatten();
    let bar = |(split, value): (&Split, FigureText)| Bar {
        name: split.part.title.clone(),
        href: None,
        parts: vec![Some(value.clone())],
        total: value,
    };
    Ok(StackedBars {
        frame,
        column,
        series: vec![Series { name: series, fill: Fill::Doing }],
        bars: drawn.into_iter().take(BARS_MAX).map(bar).collect(),
        target: goal.map(|aim| TargetLine { value: aim.level, words: aim.words }),
    })
}

/// The largest part. More of a share than all is no best result: it says that it is more, and that somebody has
/// explained it.
fn largest_words(
    lens: &Lens<'_>,
    whole: &Reading,
    cut: &str,
    (largest, value): (&Split, &ViNum),
) -> Result<String, FigureError> {
    let title = largest.part.title.as_str();
    let all = Scaled { mantissa: 1, scale: 0 };
    if !number::is_percent(&whole.definition) || value.value().compare(all).is_le() {
        return Ok(t!("Lớn nhất là {title}: {value}", title, value));
    }
    Ok(if explained::is_part(lens, whole, cut, &largest.part.key)? {
        t!("{title} {value}, vượt tổng số, có giải trình", title, value)
    } else {
        t!("{title} {value}, vượt tổng số", title, value)
    })
}
