//! Figures of the conference as cards: number, unit, day, operands, basis, target, and the page of each.

use std::sync::Arc;

use mc_base::Period;
use mc_figure::{Definition, TimeRule};
use mc_ui::write;
use mc_ui::{Absent, Basis, FigureText, FigureTile, Link, TileValue};

use super::conference::{Conference, Item, ItemKind};
use crate::error::PageError;
use crate::figure::{
    Ask, Lens, Outcome, Reading, aim, are_invented, basis, listed_words, names, over_spoken, unit,
};
use crate::said::Said as _;

/// Records named on a card.
const NAMED_MAX: usize = 6;
/// Further indicators of a programme beside an opinion.
const BESIDE_MAX: usize = 3;

/// A card with what the page needs to point at it.
pub(super) struct Card {
    pub(super) tile: FigureTile,
    /// The number once more, for the line that says where to begin.
    pub(super) figure: Option<FigureText>,
    /// Records behind it.
    pub(super) records: u64,
}

/// The card of one thing said.
///
/// # Errors
/// When the store fails.
pub(super) fn of_item(
    lens: &Lens<'_>,
    conference: &Conference,
    item: &Item,
) -> Result<Option<Card>, PageError> {
    let Some(definition) = item.indicator.as_deref().and_then(|id| lens.definition(id)) else {
        return Ok(None);
    };
    let own = conference.place == lens.place;
    let reported = item.period.or_else(|| conference.data_day.map(|day| Period::of_month(day.month())));
    let last = lens.today.month().plus(-1).map(Period::of_month);
    let running = Period::of_month(lens.today.month());
    // What was said of one province is asked of another for the latest period that has an answer.
    let others = if own { Vec::new() } else { vec![last, Some(running)] };
    let first = reported.or(last).unwrap_or(running);
    let mut reading = lens.read(&definition, first)?;
    for period in others.into_iter().flatten() {
        if !matches!(reading.outcome, Outcome::Absent { .. }) {
            break;
        }
        reading = lens.read(&definition, period)?;
    }
    Ok(Some(card(lens, &item.text, reading)?))
}

/// The card of an indicator by its id, for the running month; `None` where it is not declared.
///
/// # Errors
/// When the store fails.
pub(super) fn of_today(lens: &Lens<'_>, indicator: &str) -> Result<Option<Card>, PageError> {
    let Some(definition) = lens.definition(indicator) else { return Ok(None) };
    let reading = lens.read(&definition, Period::of_month(lens.today.month()))?;
    Ok(Some(card(lens, definition.title.said().trim(), reading)?))
}

/// Further indicators of the programme that an opinion speaks of, as far as they have a number.
///
/// # Errors
/// When the store fails.
pub(super) fn beside(lens: &Lens<'_>, items: &[Item]) -> Result<Vec<Card>, PageError> {
    let opinions = items.iter().filter(|item| item.kind == ItemKind::Opinion);
    let named: Vec<Arc<Definition>> =
        opinions.filter_map(|item| lens.definition(item.indicator.as_deref()?)).collect();
    let mut cards = Vec::new();
    for spoken in &named {
        let all = lens.snapshot.indicators();
        let others = all.iter().filter(|other| other.programme == spoken.programme);
        let mut found = 0;
        for other in others.filter(|other| named.iter().all(|known| known.id != other.id)) {
            let month = lens.today.month();
            let reading = lens.read(other, Period::of_month(month.plus(-1).unwrap_or(month)))?;
            if reading.number().is_some() && found < BESIDE_MAX {
                found += 1;
                cards.push(card(lens, other.title.said().trim(), reading)?);
            }
        }
    }
    Ok(cards)
}

/// The address of a reading's page.
pub(super) fn ask(lens: &Lens<'_>, reading: &Reading) -> Ask {
    Ask {
        slug: reading.definition.slug.clone(),
        dv: lens.place_code().to_owned(),
        ky: reading.period,
        tai: lens.pinned,
        theo: None,
        places: lens.places,
    }
}

/// What stands where there is no number.
pub(super) fn absent(lens: &Lens<'_>, reading: &Reading) -> Absent {
    let words = reading.outcome.words().to_owned();
    let elsewhere = lens.invented().filter(|place| *place != lens.place).map(|place| {
        let href = ask(lens, reading).for_place(lens.snapshot.places().code(place));
        Link::new(t!("xem ở Tỉnh Minh Họa"), href)
    });
    Absent { words, elsewhere: elsewhere.filter(|_| !reading.outcome.is_kept_back()) }
}

fn card(lens: &Lens<'_>, name: &str, mut reading: Reading) -> Result<Card, PageError> {
    reading.invented = are_invented(lens, &reading)?;
    let asked = ask(lens, &reading);
    let figure = reading.linked(asked.href());
    let shown = reading.shown().cloned();
    let value = match figure.clone() {
        Some(text) => TileValue::Shown(text),
        None => TileValue::Absent(absent(lens, &reading)),
    };
    let definition = Arc::clone(&reading.definition);
    let day = write::day(reading.period.to().min(lens.today));
    let as_of = shown.as_ref().map_or_else(String::new, |_| day);
    let rests = shown.as_ref().map_or(Basis::Counted, |figure| basis(figure.basis));
    let mut tile = FigureTile::new(name, value, as_of, rests);
    tile.unit = shown.as_ref().map_or("", |_| unit(&definition)).to_owned();
    if let Some(figure) = &shown {
        tile.denominator = match over_spoken(lens, &definition, figure) {
            // The base of a share is in its title.
            Some(words) => Some(format!("{words}. {}", definition.title.said().trim())),
            None => {
                let named = names(lens, &reading, NAMED_MAX)?;
                (!named.is_empty()).then(|| t!("Gồm: {names}", names = named.join("; ")))
            }
        };
        tile.listed = listed_words(figure);
        tile.records = Some(Link::new(t!("Vì sao có số này?"), format!("{}#vi-sao", asked.href())));
    }
    let flows = !matches!(definition.num.time, TimeRule::Stock { .. });
    let unfinished = shown.is_some() && flows && reading.period.to() > lens.today;
    let remarks =
        [unfinished.then_some(t!("kỳ chưa kết thúc")), reading.invented.then_some(t!("bản ghi minh họa"))];
    let remarks: Vec<&str> = remarks.into_iter().flatten().collect();
    tile.remark = (!remarks.is_empty()).then(|| remarks.join(" · "));
    let aim = aim(lens, &definition, reading.period)?;
    tile.target = aim.map(|aim| aim.tile(&reading));
    Ok(Card { tile, figure, records: shown.map_or(0, |figure| figure.records) })
}
