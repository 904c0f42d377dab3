//! The place tree out of the registers `place`, `place_code`, `place_parent` and `succession`, and the
//! ancestors in whose cells a record counts.

use std::collections::{BTreeSet, HashMap};

use mc_base::{Day, PlaceId};
use mc_ledger::Value;
use mc_port::{Place, PlaceCode, PlaceTree, Succession};
use mc_register::Record;
use rusqlite::{Connection, params};

use crate::StoreError;
use crate::catalog::{Catalog, RegisterInfo};
use crate::cells::{own_level, unknown_in};
use crate::meta;
use crate::rows::current;

/// Registers whose change makes the tree another one.
pub(crate) const REGISTERS: [&str; 4] = ["place", "place_code", "place_parent", "succession"];

/// The tree as of now.
pub(crate) fn load(db: &Connection, catalog: &Catalog) -> Result<PlaceTree, StoreError> {
    let parents: HashMap<PlaceId, (Option<Day>, PlaceId)> = current(db, catalog, "place_parent")?
        .iter()
        .filter_map(|(info, record)| {
            let until = day(info, record, "valid_until");
            Some((place(info, record, "place")?, (until, place(info, record, "parent")?)))
        })
        // The parent still valid, or the last one.
        .fold(HashMap::new(), |mut parents, (child, edge): (PlaceId, (Option<Day>, PlaceId))| {
            let held = parents.entry(child).or_insert(edge);
            if edge.0.is_none() || (held.0.is_some() && edge.0 > held.0) {
                *held = edge;
            }
            parents
        });
    let places = current(db, catalog, "place")?
        .iter()
        .filter_map(|(info, record)| {
            let id = match record.get_id(&info.schema, "place_no") {
                Some(Value::Int(number)) => PlaceId(u32::try_from(*number).ok()?),
                _ => return None,
            };
            let centre = match record.get_id(&info.schema, "centre") {
                Some(Value::Point(point)) => Some((point.lon, point.lat)),
                _ => None,
            };
            Some(Place {
                id,
                kind: text(info, record, "kind"),
                name: named(info, record),
                valid_from: day(info, record, "valid_from"),
                valid_until: day(info, record, "valid_until"),
                centre,
                parent: parents.get(&id).map(|edge| edge.1),
            })
        })
        .collect();
    let codes = current(db, catalog, "place_code")?
        .iter()
        .filter_map(|(info, record)| {
            Some(PlaceCode {
                place: place(info, record, "place")?,
                code: text(info, record, "code"),
                from: day(info, record, "valid_from"),
                until: day(info, record, "valid_until"),
            })
        })
        .collect();
    let successions = current(db, catalog, "succession")?
        .iter()
        .filter_map(|(info, record)| {
            Some(Succession {
                old: place(info, record, "old_place")?,
                new: place(info, record, "new_place")?,
                whole: text(info, record, "extent") == "whole",
                day: day(info, record, "day")?,
            })
        })
        .collect();
    Ok(PlaceTree::new(places, codes, successions).with_home(meta::instance(db)?.home))
}

/// "Xã Bát Xát": the type word by its title, then the name.
fn named(info: &RegisterInfo, record: &Record) -> String {
    let name = text(info, record, "name");
    let word = text(info, record, "type_word");
    let title = info.schema.field("type_word").and_then(|field| field.code(&word));
    title.map_or_else(|| name.clone(), |code| format!("{} {name}", code.title.vi))
}

fn text(info: &RegisterInfo, record: &Record, field: &str) -> String {
    match record.get_id(&info.schema, field) {
        Some(Value::Text(text) | Value::Code(text)) => text.clone(),
        _ => String::new(),
    }
}

fn day(info: &RegisterInfo, record: &Record, field: &str) -> Option<Day> {
    match record.get_id(&info.schema, field) {
        Some(Value::Day(day)) => Some(*day),
        _ => None,
    }
}

fn place(info: &RegisterInfo, record: &Record, field: &str) -> Option<PlaceId> {
    match record.get_id(&info.schema, field) {
        Some(Value::Place(place)) => Some(*place),
        _ => None,
    }
}

/// Every (place, ancestor) pair: each place counts in itself, its ancestors, its whole successors and their
/// ancestors. In each of these it also counts in exactly one child of today, so that children add up: in a
/// place that still exists, else at the own level (a record of the place itself or of one that went into it
/// whole), else under "chưa xác định" (a record of a place that is gone, of which nobody said into which
/// child it went). A place that holds no others has no cells of its own level: see [`stored_under`].
pub(crate) fn pairs(tree: &PlaceTree) -> Vec<(i64, i64)> {
    let mut pairs = Vec::new();
    for place in tree.all() {
        let here = i64::from(place.id.0);
        let somewhere = unknown_in(place.id.0);
        let mut selves = tree.whole_successors(place.id);
        selves.push(place.id);
        let counted = tree.counting_ancestors(place.id);
        for ancestor in &counted {
            pairs.push((here, i64::from(ancestor.0)));
            pairs.push((somewhere, i64::from(ancestor.0)));
            let in_child = counted
                .iter()
                .filter_map(|id| tree.get(*id))
                .any(|counting| counting.parent == Some(*ancestor) && counting.valid_until.is_none());
            if in_child {
                continue;
            }
            if selves.contains(ancestor) {
                if tree.holds_others(*ancestor) {
                    pairs.push((here, own_level(ancestor.0)));
                }
            } else {
                pairs.push((here, unknown_in(ancestor.0)));
            }
            pairs.push((somewhere, unknown_in(ancestor.0)));
        }
        pairs.push((somewhere, somewhere));
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The place number under which the cells of `place` are stored: the own level of a place that holds no others is
/// the place itself, whose cells would all be there twice.
pub(crate) fn stored_under(tree: &PlaceTree, place: i64) -> i64 {
    let whole = u32::try_from(-(place / 2)).ok().map(PlaceId).filter(|id| own_level(id.0) == place);
    match whole {
        Some(id) if !tree.holds_others(id) => i64::from(id.0),
        _ => place,
    }
}

/// Brings the pairs up to the tree and says whether any changed. A merger edits no record: the measures are
/// built anew, each delta under its own position.
pub(crate) fn extend(db: &Connection, tree: &PlaceTree) -> Result<bool, StoreError> {
    let wanted: BTreeSet<(i64, i64)> = pairs(tree).into_iter().collect();
    let held = db
        .prepare_cached("SELECT place, ancestor FROM place_ancestor")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<BTreeSet<(i64, i64)>, _>>()?;
    let mut gone = db.prepare_cached("DELETE FROM place_ancestor WHERE place = ?1 AND ancestor = ?2")?;
    for (place, ancestor) in held.difference(&wanted) {
        gone.execute(params![place, ancestor])?;
    }
    let mut added = db.prepare_cached("INSERT INTO place_ancestor (place, ancestor) VALUES (?1, ?2)")?;
    for (place, ancestor) in wanted.difference(&held) {
        added.execute(params![place, ancestor])?;
    }
    Ok(wanted != held)
}
