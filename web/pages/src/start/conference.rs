//! The conference that the start page shows, and what was said at it.

use mc_base::{Day, Period, PlaceId};
use mc_ledger::Value;
use mc_port::{ListRequest, StoreFailure, Version};
use mc_register::key;
use mc_ui::write;

use crate::figure::{Lens, code, pin, record, value};
use crate::said::Said as _;

const CONFERENCE: &str = "conference";
const ITEM: &str = "conference_item";
/// Conferences looked at, the latest first.
const CONFERENCES_MAX: usize = 50;
/// Items of one conference.
const ITEMS_MAX: usize = 200;

/// A conference.
#[derive(Clone, Debug)]
pub(super) struct Conference {
    pub(super) key: String,
    pub(super) place: PlaceId,
    pub(super) title: String,
    pub(super) when: String,
    pub(super) chair: Option<String>,
    /// What the chair asks of all.
    pub(super) demand: Option<String>,
    /// The day up to which the report's figures go.
    pub(super) data_day: Option<Day>,
    pub(super) document: Option<String>,
    pub(super) href: String,
}

/// What kind of thing was said.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ItemKind {
    Demand,
    Report,
    Opinion,
    Instruction,
}

/// One thing said.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) order: i64,
    pub(super) kind: ItemKind,
    pub(super) text: String,
    pub(super) speaker: Option<String>,
    pub(super) indicator: Option<String>,
    pub(super) period: Option<Period>,
    /// Key of the task it became.
    pub(super) task: Option<String>,
    pub(super) href: String,
}

/// The latest conference at or before today of the province in scope, or else of the home province.
///
/// # Errors
/// When the store cannot be read.
pub(super) fn latest(lens: &Lens<'_>) -> Result<Option<Conference>, StoreFailure> {
    let home = lens.snapshot.instance().home;
    let own = of_place(lens, province(lens))?;
    match own {
        None if province(lens) != home => of_place(lens, home),
        found => Ok(found),
    }
}

/// The province of the place in scope; the place itself where it lies in none.
pub(super) fn province(lens: &Lens<'_>) -> PlaceId {
    let tree = lens.snapshot.places();
    let line = tree.ancestors(lens.place);
    let found = line.into_iter().find(|id| tree.get(*id).is_some_and(|place| place.kind == "province"));
    found.unwrap_or(lens.place)
}

fn of_place(lens: &Lens<'_>, place: PlaceId) -> Result<Option<Conference>, StoreFailure> {
    if lens.snapshot.schema(CONFERENCE).is_none() {
        return Ok(None);
    }
    let rows = lens.snapshot.list(&ListRequest {
        register: CONFERENCE.to_owned(),
        place: Some(place),
        filters: Vec::new(),
        sort: Some("day".to_owned()),
        descending: true,
        after: None,
        limit: CONFERENCES_MAX,
        at: lens.at,
    })?;
    Ok(rows.rows.iter().find_map(|row| read(lens, row, place)))
}

fn read(lens: &Lens<'_>, row: &Version, place: PlaceId) -> Option<Conference> {
    let schema = lens.snapshot.schema(CONFERENCE)?;
    let Some(Value::Day(day)) = value(&schema, row, "day") else { return None };
    if *day > lens.today || value(&schema, row, "place") != Some(&Value::Place(place)) {
        return None;
    }
    let part = schema
        .field("part_of_day")
        .and_then(|field| field.code(code(&schema, row, "part_of_day")?))
        .map_or_else(String::new, |part| format!("{}, ", part.title.said()));
    Some(Conference {
        key: row.key.clone(),
        place,
        title: code(&schema, row, "title")?.to_owned(),
        when: format!("{part}{}", write::with_weekday(*day)),
        chair: code(&schema, row, "chair_position").map(str::to_owned),
        demand: code(&schema, row, "demand").map(str::to_owned),
        data_day: match value(&schema, row, "data_day") {
            Some(Value::Day(day)) => Some(*day),
            _ => None,
        },
        document: code(&schema, row, "document").map(str::to_owned),
        href: record(&schema.slug, &row.key, &pin(lens)),
    })
}

/// What was said, in order.
///
/// # Errors
/// When the store cannot be read.
pub(super) fn items(lens: &Lens<'_>, conference: &Conference) -> Result<Vec<Item>, StoreFailure> {
    let Some(schema) = lens.snapshot.schema(ITEM) else { return Ok(Vec::new()) };
    let prefix = format!("{}/", key::escape(&conference.key));
    let page = lens.snapshot.list(&ListRequest {
        register: ITEM.to_owned(),
        place: None,
        filters: Vec::new(),
        sort: None,
        descending: false,
        after: Some(prefix.clone()),
        limit: ITEMS_MAX,
        at: lens.at,
    })?;
    let own = page.rows.iter().take_while(|row| row.key.starts_with(&prefix));
    let mut items: Vec<Item> = own
        .filter_map(|row| {
            let Some(Value::Int(order)) = value(&schema, row, "order") else { return None };
            let text = |field: &str| code(&schema, row, field).map(str::to_owned);
            Some(Item {
                order: *order,
                kind: kind(code(&schema, row, "kind")?)?,
                text: text("text")?,
                speaker: text("speaker_position"),
                indicator: text("indicator"),
                period: code(&schema, row, "indicator_period").and_then(|period| Period::parse(period).ok()),
                task: match value(&schema, row, "task") {
                    Some(Value::Ref { key, .. }) => Some(key.clone()),
                    _ => None,
                },
                href: record(&schema.slug, &row.key, &pin(lens)),
            })
        })
        .collect();
    items.sort_by_key(|item| item.order);
    Ok(items)
}

fn kind(code: &str) -> Option<ItemKind> {
    match code {
        "demand" => Some(ItemKind::Demand),
        "report" => Some(ItemKind::Report),
        "opinion" => Some(ItemKind::Opinion),
        "instruction" => Some(ItemKind::Instruction),
        _ => None,
    }
}
