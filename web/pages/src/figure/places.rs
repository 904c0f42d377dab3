//! A figure by place: map of centres and table.

use mc_base::text::collation_key;
use mc_figure::Kind;
use mc_port::{By, FigureError};
use mc_ui::chart::{DotMap, Frame, MapPoint};
use mc_ui::table::{Cell, DataTable};
use mc_ui::{Html, Message, Tone};

use super::ask::Ask;
use super::lens::{Lens, Outcome, Reading};
use super::line::source;
use super::parts::{self, Split};
use super::sentence::when;
use super::{basis, borders, number};
use crate::said::Said as _;

/// What the page shows of places.
pub(super) struct Places {
    /// The map with its table; nothing where no child has a centre and a number.
    pub(super) map: Option<Html>,
    /// The table with the row of the sum, where there is no map that holds it.
    pub(super) table: Option<DataTable>,
    /// Said instead of rows that would all say it: no child has a number.
    pub(super) bare: Option<String>,
    /// Set when the parts do not add up to the whole, which is a fault of the derived cells.
    pub(super) fault: Option<Message>,
}

/// The parts of a figure by the children of its place; `None` where it has no children or is of a kind that
/// does not add up.
///
/// # Errors
/// When the store fails.
pub(super) fn of(lens: &Lens<'_>, ask: &Ask, whole: &Reading) -> Result<Option<Places>, FigureError> {
    let definition = &whole.definition;
    let day = ask.ky.to().min(lens.today);
    let no_children = lens.snapshot.places().children(lens.place, day).is_empty();
    if no_children || definition.kind == Kind::Scan || whole.number().is_none() {
        return Ok(None);
    }
    let mut splits = parts::split(lens, definition, ask.ky, &By::Place)?;
    splits.sort_by_cached_key(|split| (split.part.place.is_none(), collation_key(&split.part.title)));
    let fault = parts::adds_up(whole, &splits).filter(|good| !good).map(|_| {
        Message::new(
            Tone::Bad,
            t!("Tổng các địa bàn không bằng số chung. Cần chạy kiểm tra (minhchung verify)."),
        )
    });
    let bare = bare(&splits);
    if bare.is_some() {
        splits.retain(|split| split.part.place.is_none());
    }
    let map = map(lens, ask, whole, &splits);
    let table = (map.is_none() && !splits.is_empty()).then(|| table(lens, ask, whole, &splits));
    Ok(Some(Places { map, table, bare, fault }))
}

/// What all children say alike where none of them has a number.
fn bare(splits: &[Split]) -> Option<String> {
    let mut children = splits.iter().filter(|split| split.part.place.is_some());
    let absent = |split: &Split| match &split.reading.outcome {
        Outcome::Absent { words, .. } if split.part.refused.is_none() => Some(words.clone()),
        _ => None,
    };
    let words = absent(children.next()?)?;
    let mut count = 1;
    for child in children {
        if absent(child).as_ref() != Some(&words) {
            return None;
        }
        count += 1;
    }
    Some(t!("{count} địa bàn trực thuộc: {words}.", count, words))
}

fn href(lens: &Lens<'_>, ask: &Ask, split: &Split) -> Option<String> {
    let place = split.part.place.map(|_| ask.for_place(&split.part.key));
    place.or_else(|| split.is_of_totals().then(|| basis::list(lens, ask, &split.reading.definition)))
}

fn table(lens: &Lens<'_>, ask: &Ask, whole: &Reading, splits: &[Split]) -> DataTable {
    let definition = &whole.definition;
    let caption = t!(
        "{title} theo địa bàn, {when}{borders}",
        title = definition.title.said().trim(),
        when = when(definition, ask.ky, lens.today),
        borders = borders::remark(lens)
    );
    let mut table = DataTable::new("theo-dia-ban", caption, parts::columns(definition, t!("Địa bàn")));
    table.note = Some(source(lens, whole));
    table.rows = splits
        .iter()
        .map(|split| {
            let title = split.part.title.as_str();
            let head =
                href(lens, ask, split).map_or_else(|| Cell::text(title), |href| Cell::link(title, href));
            parts::row(split, head, None)
        })
        .collect();
    table.total = Some(parts::total(whole, &t!("{place} (tổng)", place = lens.place_short())));
    table
}

fn map(lens: &Lens<'_>, ask: &Ask, whole: &Reading, splits: &[Split]) -> Option<Html> {
    let places = lens.snapshot.places();
    let points: Vec<MapPoint> = splits
        .iter()
        .filter_map(|split| {
            let (lon, lat) = places.get(split.part.place?)?.centre?;
            Some(MapPoint {
                name: split.part.title.clone(),
                lon,
                lat,
                figure: split.figure(None),
                href: href(lens, ask, split)?,
            })
        })
        .collect();
    if !points.iter().any(|point| point.figure.is_some()) {
        return None;
    }
    let definition = &whole.definition;
    let unit = number::unit(definition);
    let most = splits
        .iter()
        .filter(|split| split.part.place.is_some())
        .filter_map(|split| Some((split, split.reading.number()?)))
        .max_by(|(_, a), (_, b)| a.value().compare(b.value()));
    let title = most.map_or_else(String::new, |(split, value)| {
        t!("Cao nhất là {title}: {value} {unit}", title = split.part.title, value, unit).trim_end().to_owned()
    });
    let column = if unit.is_empty() { t!("Giá trị").to_owned() } else { t!("Giá trị ({unit})", unit) };
    let sentence = t!("Sơ đồ chấm theo tâm địa bàn, {count} nơi. {title}.", count = points.len(), title);
    // What has no centre is not drawn, and yet is part of the sum.
    let undrawn = splits.iter().filter_map(|split| {
        let number = split.reading.number().filter(|_| split.is_rest())?;
        Some(format!("{} {number} {unit}", split.part.title).trim_end().to_owned())
    });
    let undrawn: Vec<String> = undrawn.collect();
    let mut source = source(lens, whole);
    if !undrawn.is_empty() {
        source = t!("{source} · ngoài sơ đồ: {parts}", source, parts = undrawn.join("; "));
    }
    let frame = Frame { id: "so-do".to_owned(), title, sentence, source, download: None };
    let table = Some(table(lens, ask, whole, splits));
    Some(DotMap { frame, place_column: t!("Địa bàn").to_owned(), column, points, table }.html())
}
