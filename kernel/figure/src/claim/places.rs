//! Which places lie inside the figure's place, by the recorded parents and successions.

use std::collections::{HashMap, HashSet};

use mc_base::PlaceId;
use mc_ledger::Value;
use mc_register::{Schema, system};

use super::declared::{open_rows, system_schema, value};
use super::{ClaimFault, FigureClaim, PlacesClaimed, RecordedRow};

/// The places of a claim, as far as the rows bear them out.
#[derive(Default)]
pub(super) struct Inside {
    places: HashSet<PlaceId>,
    unplaced: bool,
}

impl Inside {
    /// Whether a record at `place` counts; `None` is a record without a place.
    pub(super) fn holds(&self, place: Option<PlaceId>) -> bool {
        place.map_or(self.unplaced, |place| self.places.contains(&place))
    }
}

/// Follows the recorded edges up to the figure's place. A place counts in its parent and, as places are now, in
/// what took it over whole.
pub(super) fn inside(claim: &FigureClaim, rows: &[RecordedRow<'_>], faults: &mut Vec<ClaimFault>) -> Inside {
    let mut below: HashMap<PlaceId, Vec<PlaceId>> = HashMap::new();
    for (from, to) in edges(claim.places, rows) {
        below.entry(to).or_default().push(from);
    }
    let top = PlaceId(claim.place);
    let mut reached = HashSet::from([top]);
    let mut open = vec![top];
    while let Some(place) = open.pop() {
        for from in below.get(&place).into_iter().flatten() {
            if reached.insert(*from) {
                open.push(*from);
            }
        }
    }
    let mut inside = Inside { unplaced: claim.home.is_some(), ..Inside::default() };
    for place in claim.inside.iter().chain(&claim.home) {
        if reached.contains(&PlaceId(*place)) {
            inside.places.insert(PlaceId(*place));
        } else {
            faults.push(ClaimFault::NotInside { inside: *place, place: claim.place });
        }
    }
    inside
}

fn edges(basis: PlacesClaimed, rows: &[RecordedRow<'_>]) -> Vec<(PlaceId, PlaceId)> {
    let mut edges = Vec::new();
    if let Some(schema) = system_schema(system::PLACE_PARENT) {
        edges.extend(
            open_rows(rows, system::PLACE_PARENT)
                .filter_map(|row| Some((place(&schema, row, "place")?, place(&schema, row, "parent")?))),
        );
    }
    if let (PlacesClaimed::Now, Some(schema)) = (basis, system_schema(system::SUCCESSION)) {
        let whole = Value::Code("whole".to_owned());
        edges.extend(
            open_rows(rows, system::SUCCESSION)
                .filter(|row| value(&schema, row.leaf, "extent") == Some(&whole))
                .filter_map(|row| {
                    Some((place(&schema, row, "old_place")?, place(&schema, row, "new_place")?))
                }),
        );
    }
    edges
}

fn place(schema: &Schema, row: &RecordedRow<'_>, field: &str) -> Option<PlaceId> {
    match value(schema, row.leaf, field) {
        Some(Value::Place(place)) => Some(*place),
        _ => None,
    }
}

/// The name of the place by its own row, with its type word: "Tỉnh Lào Cai". Empty where the row is not
/// in the file.
pub(super) fn name(claim: &FigureClaim, rows: &[RecordedRow<'_>]) -> String {
    let Some(schema) = system_schema(system::PLACE) else { return String::new() };
    let number = Value::Int(i64::from(claim.place));
    let mut found = open_rows(rows, system::PLACE);
    let Some(row) = found.find(|row| value(&schema, row.leaf, "place_no") == Some(&number)) else {
        return String::new();
    };
    let Some(Value::Text(name)) = value(&schema, row.leaf, "name") else { return String::new() };
    let word = match value(&schema, row.leaf, "type_word") {
        Some(Value::Code(word)) => schema.field("type_word").and_then(|field| field.code(word)),
        _ => None,
    };
    word.map_or_else(|| name.clone(), |word| format!("{} {name}", word.title.vi))
}

/// The code that the claim gives the place must be recorded.
pub(super) fn check_code(claim: &FigureClaim, rows: &[RecordedRow<'_>], faults: &mut Vec<ClaimFault>) {
    if claim.place_code.is_empty() {
        return;
    }
    let recorded = system_schema(system::PLACE_CODE).is_some_and(|schema| {
        open_rows(rows, system::PLACE_CODE).any(|row| {
            place(&schema, row, "place") == Some(PlaceId(claim.place))
                && value(&schema, row.leaf, "code") == Some(&Value::Code(claim.place_code.clone()))
        })
    });
    if !recorded {
        faults.push(ClaimFault::PlaceCode { place: claim.place, code: claim.place_code.clone() });
    }
}
