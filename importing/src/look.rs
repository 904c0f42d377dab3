//! A first look at a file: which column is which field, and what has to be assumed.

use std::collections::BTreeMap;

use mc_base::{Day, PlaceId, date};
use mc_intake::header::{Suggestions, propose};
use mc_intake::{BookInfo, Mapping, Row};
use mc_port::{ColumnMaps, Snapshot, StoreFailure};
use mc_register::{Field, FieldType, SINCE, Schema, system};

use crate::{ImportError, Received};

/// What is proposed for a file.
#[derive(Clone, PartialEq, Debug)]
pub struct Proposal {
    /// Which column is which field, for a person to confirm or change.
    pub mapping: Mapping,
    /// An earlier import of a file with the same header said so.
    pub remembered: bool,
    /// What no column says and is proposed for new records: title of the field and value.
    pub assumed: Vec<(String, String)>,
    /// How the file writes numbers was seen in it, not only remembered.
    pub numbers_seen: bool,
    /// What is known of the file.
    pub book: BookInfo,
    /// The first rows of the mapped sheet.
    pub sample: Vec<Row>,
}

/// The schema of a register that files may be imported into.
///
/// # Errors
/// When there is none, or only the programme itself writes to it.
pub(crate) fn importable(
    snapshot: &dyn Snapshot,
    register: &str,
) -> Result<std::sync::Arc<Schema>, ImportError> {
    let known = snapshot.schema(register).ok_or_else(|| ImportError::NoRegister(register.to_owned()))?;
    if system::is_system(register) { Err(ImportError::System(known.title.vi.clone())) } else { Ok(known) }
}

/// Reads the first rows and proposes a mapping: the remembered one of the same header, or one by names. `scope` is
/// the place that the file is sent for; without one it is the province at home.
///
/// # Errors
/// When the file cannot be read or no row of it is a header of the register.
pub fn look(
    snapshot: &dyn Snapshot,
    maps: &dyn ColumnMaps,
    register: &str,
    file: &Received,
    scope: Option<PlaceId>,
) -> Result<Proposal, ImportError> {
    let schema = importable(snapshot, register)?;
    let book = file.preview()?;
    let mut mapping = propose(&schema, &book)?;
    let numbers_seen = mapping.numbers.is_some();
    let earlier = remembered(maps, &schema, &mapping, scope)?;
    if let Some(earlier) = &earlier {
        mapping.remember(earlier);
    }
    let filled = mapping.suggest(&schema, &suggestions(snapshot, scope));
    let assumed = titled(&schema, &mapping.constants, |no| filled.contains(&no));
    let sample = book.rows.iter().filter(|row| row.sheet == mapping.sheet).cloned().collect();
    Ok(Proposal { mapping, remembered: earlier.is_some(), assumed, numbers_seen, book: book.info, sample })
}

/// What stands to reason where the file is silent: the first day of this month, and the place it is sent for.
fn suggestions(snapshot: &dyn Snapshot, scope: Option<PlaceId>) -> Suggestions {
    let place = snapshot.places().get(scope.unwrap_or(snapshot.instance().home));
    let (year, month, _) = snapshot.today().ymd();
    Suggestions { day: Day::new(year, month, 1), place: place.map(|place| place.name.clone()), state: None }
}

/// Under which a mapping is kept: a common value that is right for one place is wrong for another.
fn layout(mapping: &Mapping, scope: Option<PlaceId>) -> String {
    let text = mapping.layout_text();
    scope.map_or_else(|| text.clone(), |place| format!("{text}\n@{}", place.0))
}

/// The mapping kept of the same header, sent for the same place; else the columns of the one sent for home.
fn remembered(
    maps: &dyn ColumnMaps,
    schema: &Schema,
    mapping: &Mapping,
    scope: Option<PlaceId>,
) -> Result<Option<Mapping>, StoreFailure> {
    let kept = |scope| -> Result<Option<Mapping>, StoreFailure> {
        let text = maps.column_map(&schema.id, &layout(mapping, scope))?;
        let read = text.and_then(|text| serde_json::from_str::<Mapping>(&text).ok());
        Ok(read.filter(|earlier| earlier.register == schema.id))
    };
    if let Some(own) = kept(scope)? {
        return Ok(Some(own));
    }
    if scope.is_none() {
        return Ok(None);
    }
    let of_a_place = |no: u16| {
        schema.field_no(no).is_some_and(|field| matches!(field.kind, FieldType::Place | FieldType::Agency))
    };
    Ok(kept(None)?.map(|mut home| {
        home.constants.retain(|no, _| !of_a_place(*no));
        home
    }))
}

fn titled(
    schema: &Schema,
    constants: &BTreeMap<u16, String>,
    wanted: impl Fn(u16) -> bool,
) -> Vec<(String, String)> {
    let titled = |no: &u16, text: &String| {
        let field = schema.field_no(*no)?;
        Some((field.title.vi.clone(), shown(field, text)))
    };
    constants.iter().filter(|(no, _)| wanted(**no)).filter_map(|(no, text)| titled(no, text)).collect()
}

/// A common value as people write it.
#[must_use]
pub fn shown(field: &Field, text: &str) -> String {
    match (Day::parse_iso(text), field.code(text)) {
        (Some(day), _) if field.kind == FieldType::Day => date::short(day),
        (_, Some(code)) => code.title.vi.clone(),
        _ => text.to_owned(),
    }
}

/// Keeps a mapping for the next file with the same header. The day from which is of this file alone.
///
/// # Errors
/// When it cannot be kept.
pub(crate) fn keep(
    maps: &dyn ColumnMaps,
    schema: &Schema,
    mapping: &Mapping,
    scope: Option<PlaceId>,
) -> Result<(), ImportError> {
    let mut kept = mapping.clone();
    if let Some(since) = schema.field(SINCE) {
        kept.constants.remove(&since.no);
    }
    Ok(maps.keep_column_map(&mapping.register, &layout(mapping, scope), &kept.canonical_text())?)
}
