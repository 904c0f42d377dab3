//! A first look at a file: which column is which field, and what has to be assumed.

use std::collections::BTreeMap;

use mc_base::{Day, date};
use mc_intake::header::{Suggestions, propose};
use mc_intake::{BookInfo, Mapping, Row};
use mc_port::{ColumnMaps, Snapshot};
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

/// Reads the first rows and proposes a mapping: the remembered one of the same header, or one by names.
///
/// # Errors
/// When the file cannot be read or no row of it is a header of the register.
pub fn look(
    snapshot: &dyn Snapshot,
    maps: &dyn ColumnMaps,
    register: &str,
    file: &Received,
) -> Result<Proposal, ImportError> {
    let schema = importable(snapshot, register)?;
    let book = file.preview()?;
    let mut mapping = propose(&schema, &book)?;
    let numbers_seen = mapping.numbers.is_some();
    let earlier = maps
        .column_map(register, &mapping.layout_text())?
        .and_then(|text| serde_json::from_str::<Mapping>(&text).ok())
        .filter(|earlier| earlier.register == register);
    if let Some(earlier) = &earlier {
        mapping.remember(earlier);
    }
    let filled = mapping.suggest(&schema, &suggestions(snapshot));
    let assumed = titled(&schema, &mapping.constants, |no| filled.contains(&no));
    let sample = book.rows.iter().filter(|row| row.sheet == mapping.sheet).cloned().collect();
    Ok(Proposal { mapping, remembered: earlier.is_some(), assumed, numbers_seen, book: book.info, sample })
}

/// What stands to reason where the file is silent: the first day of this month, and the province at home.
fn suggestions(snapshot: &dyn Snapshot) -> Suggestions {
    let home = snapshot.places().get(snapshot.instance().home);
    let (year, month, _) = snapshot.today().ymd();
    Suggestions { day: Day::new(year, month, 1), place: home.map(|place| place.name.clone()), state: None }
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
pub(crate) fn keep(maps: &dyn ColumnMaps, schema: &Schema, mapping: &Mapping) -> Result<(), ImportError> {
    let mut kept = mapping.clone();
    if let Some(since) = schema.field(SINCE) {
        kept.constants.remove(&since.no);
    }
    Ok(maps.keep_column_map(&mapping.register, &mapping.layout_text(), &kept.canonical_text())?)
}
