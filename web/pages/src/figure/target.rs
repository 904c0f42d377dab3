//! The target of a figure: a record of the register of targets, never a number in code.

use mc_base::{Day, Period, Scaled};
use mc_figure::Definition;
use mc_ledger::Value;
use mc_port::{Filter, ListRequest, StoreFailure, Version};
use mc_register::Schema;
use mc_ui::chart::BulletBar;
use mc_ui::of_data;
use mc_ui::write;
use mc_ui::{FigureText, NumberStyle, Target, ViNum};

use super::ask;
use super::lens::{Lens, Reading};
use super::number;
use crate::said::Said as _;

const REGISTER: &str = "target";
/// Targets of one indicator that are looked at.
const ROWS_MAX: usize = 200;

/// A target that applies to a figure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Aim {
    /// The level, in the figure's own terms: a percentage is a share.
    pub(crate) level: ViNum,
    /// The level with its source.
    pub(crate) figure: FigureText,
    /// "Mục tiêu năm 2025: không thấp hơn 3%".
    pub(crate) words: String,
    /// The document that set it.
    pub(crate) document: Option<String>,
    /// Its record.
    pub(crate) href: String,
}

/// The target nearest to a period: set for the place, for the period or one that holds its end or comes after.
/// A share is a goal below the place it was set for too, and says whose it is; an amount is not.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn aim(
    lens: &Lens<'_>,
    definition: &Definition,
    period: Period,
) -> Result<Option<Aim>, StoreFailure> {
    let Some(schema) = lens.snapshot.schema(REGISTER) else { return Ok(None) };
    let page = lens.snapshot.list(&ListRequest {
        register: REGISTER.to_owned(),
        place: None,
        filters: vec![Filter { field: "indicator".to_owned(), equals: definition.id.clone() }],
        sort: None,
        descending: false,
        after: None,
        limit: ROWS_MAX,
        at: lens.at,
    })?;
    let above = lens.snapshot.places().ancestors(lens.place);
    let rank = |row: &Version| -> Option<(usize, Day, Day)> {
        let place = match value(&schema, row, "place") {
            Some(Value::Place(place)) => above.iter().position(|known| known == place)?,
            _ => return None,
        };
        if place > 0 && definition.den.is_none() {
            return None;
        }
        let set_for = Period::parse(code(&schema, row, "period")?).ok()?;
        (set_for.to() >= period.to()).then(|| (place, set_for.to(), set_for.from()))
    };
    let nearest = page.rows.iter().filter_map(|row| Some((rank(row)?, row))).min_by_key(|(rank, _)| *rank);
    Ok(nearest.and_then(|(_, row)| self::read(lens, &schema, definition, row)))
}

fn read(lens: &Lens<'_>, schema: &Schema, definition: &Definition, row: &Version) -> Option<Aim> {
    let Some(Value::Scaled(stated)) = value(schema, row, "value") else { return None };
    let unit = code(schema, row, "unit")?;
    let stated = stated.trimmed();
    let level = if number::is_percent(definition) && unit == "%" {
        // 3% is 0,03 of the whole.
        ViNum::new(
            Scaled { mantissa: stated.mantissa, scale: stated.scale + 2 },
            NumberStyle::Percent(stated.scale),
        )
    } else {
        ViNum::new(stated, NumberStyle::Plain(stated.scale))
    };
    let period = Period::parse(code(schema, row, "period")?).ok()?;
    let direction = schema
        .field("direction")
        .and_then(|field| field.code(code(schema, row, "direction")?))
        .map_or_else(String::new, |code| format!("{} ", super::sentence::lower_first(code.title.said())));
    let beside = if unit == "%" { String::new() } else { format!(" {}", of_data(unit)) };
    let href = ask::record(&schema.slug, &row.key, &pin(lens));
    let handle = lens.list_handle(REGISTER, format!("key={}", row.key));
    let goal = format!("{direction}{level}{beside}");
    let period = write::period(period);
    let words = match value(schema, row, "place") {
        Some(Value::Place(place)) if *place != lens.place => {
            let whose = lens.at_place(*place).place_short();
            t!("Mục tiêu {period} của {whose}: {goal}", period, whose, goal)
        }
        _ => t!("Mục tiêu {period}: {goal}", period, goal),
    };
    Some(Aim {
        words,
        figure: FigureText::linked(level.clone(), handle, href.clone()),
        level,
        document: code(schema, row, "document").map(str::to_owned),
        href,
    })
}

impl Aim {
    /// The target as a tile shows it, with the bar where both are of one kind.
    pub(crate) fn tile(&self, reading: &Reading) -> Target {
        let level = self.level.value();
        let full = if number::is_percent(&reading.definition) { scale_for(level) } else { level };
        let bar = reading.text().map(|figure| BulletBar::new(&figure, &self.level, full));
        Target { words: self.words.clone(), href: Some(self.href.clone()), bar }
    }
}

/// The end of a percentage scale: the whole, unless the target is so small that it would vanish.
fn scale_for(level: Scaled) -> Scaled {
    let whole = Scaled { mantissa: 1, scale: 0 };
    let tenth = Scaled { mantissa: 1, scale: 1 };
    if level.compare(tenth).is_lt() { level } else { whole }
}

pub(crate) fn value<'v>(schema: &Schema, row: &'v Version, field: &str) -> Option<&'v Value> {
    row.values.get(&schema.field(field)?.no)
}

/// Text or code of a field.
pub(crate) fn code<'v>(schema: &Schema, row: &'v Version, field: &str) -> Option<&'v str> {
    match value(schema, row, field)? {
        Value::Text(text) | Value::Code(text) => Some(text),
        _ => None,
    }
}

/// The parameters that keep place and position.
pub(crate) fn pin(lens: &Lens<'_>) -> Vec<(&'static str, String)> {
    let position = lens.pinned.map(|at| ("tai", ask::position(at)));
    std::iter::once(("dv", lens.place_code().to_owned())).chain(position).collect()
}
