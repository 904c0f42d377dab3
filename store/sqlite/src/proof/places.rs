//! The recorded edges that lead from the places of records up to the place of a figure.

use std::collections::{BTreeSet, HashMap, VecDeque};

use mc_port::{FigureRequest, PlaceBasis};
use mc_register::system;
use rusqlite::params;

use super::ProofError;
use super::wanted::Wanted;
use crate::StoreError;
use crate::ddl::{column, table};
use crate::reader::Reader;

/// An edge that a row of `place_parent` or `succession` records: what counts in `from` counts in `to`.
struct Edge {
    from: u32,
    to: u32,
    seq: u64,
    leaf: u64,
    current: bool,
}

/// Wants the rows that put every one of `used` inside the place of a figure, and gives all places on the way,
/// that place among them. As places were, nothing counts in what took it over later.
pub(super) fn want(
    reader: &Reader,
    request: &FigureRequest,
    used: &BTreeSet<u32>,
    wanted: &mut Wanted,
) -> Result<Vec<u32>, ProofError> {
    let top = request.place.0;
    let mut inside = BTreeSet::from([top]);
    if used.iter().any(|place| *place != top) {
        let edges = edges(reader, request.places)?;
        let current = reached(top, edges.iter().filter(|edge| edge.current));
        // An ancestor stays one when the tree changes, so an edge no longer current may be what counted.
        let ever = match used.iter().all(|place| *place == top || current.contains_key(place)) {
            true => HashMap::new(),
            false => reached(top, edges.iter()),
        };
        for place in used {
            let way = if *place == top || current.contains_key(place) { &current } else { &ever };
            let mut at = *place;
            while at != top && inside.insert(at) {
                let edge = way.get(&at).ok_or_else(|| {
                    StoreError::Corrupt(format!("không có dòng nào đưa địa bàn {place} vào địa bàn {top}"))
                })?;
                wanted.row(edge.seq, edge.leaf);
                at = edge.to;
            }
        }
    }
    itself(reader, top, wanted)?;
    Ok(inside.into_iter().collect())
}

/// From each place that leads to `top`, the edge to take; breadth first, so that ways are short and have
/// no loop.
fn reached<'e>(top: u32, edges: impl Iterator<Item = &'e Edge>) -> HashMap<u32, &'e Edge> {
    let mut below: HashMap<u32, Vec<&Edge>> = HashMap::new();
    for edge in edges {
        below.entry(edge.to).or_default().push(edge);
    }
    let mut found: HashMap<u32, &Edge> = HashMap::new();
    let mut open = VecDeque::from([top]);
    while let Some(place) = open.pop_front() {
        for edge in below.get(&place).into_iter().flatten() {
            if edge.from != top && !found.contains_key(&edge.from) {
                found.insert(edge.from, edge);
                open.push_back(edge.from);
            }
        }
    }
    found
}

fn edges(reader: &Reader, basis: PlaceBasis) -> Result<Vec<Edge>, ProofError> {
    let mut edges = Vec::new();
    let parents = (system::PLACE_PARENT, "place", "parent", None);
    let successions = (system::SUCCESSION, "old_place", "new_place", Some(("extent", "whole")));
    let kinds = match basis {
        PlaceBasis::Now => &[parents, successions][..],
        PlaceBasis::Then => &[parents],
    };
    for (register, from, to, only) in kinds.iter().copied() {
        let Some(info) = reader.catalog.register(register) else { continue };
        let field = |id| info.schema.field(id).map_or_else(|| column(0), |field| column(field.no));
        let only = only.map_or_else(String::new, |(id, code)| format!(" AND {} = '{code}'", field(id)));
        let sql = format!(
            "SELECT {}, {}, seq_from, leaf, seq_to IS NULL FROM {}
             WHERE nonce IS NOT NULL AND seq_from <= ?1{only} ORDER BY vid",
            field(from),
            field(to),
            table(register)
        );
        let mut statement = reader.db()?.prepare_cached(&sql)?;
        let rows = statement.query_map([reader.head().seq.0], |row| {
            Ok(Edge {
                from: row.get(0)?,
                to: row.get(1)?,
                seq: row.get(2)?,
                leaf: row.get(3)?,
                current: row.get(4)?,
            })
        })?;
        for edge in rows {
            edges.push(edge?);
        }
    }
    Ok(edges)
}

/// Wants the rows of the place itself and of its code.
fn itself(reader: &Reader, top: u32, wanted: &mut Wanted) -> Result<(), ProofError> {
    let sql =
        format!("SELECT seq_from, leaf FROM {} WHERE key = ?1 AND seq_to IS NULL", table(system::PLACE));
    wanted.rows(reader, &sql, [top.to_string()])?;
    let Some(info) = reader.catalog.register(system::PLACE_CODE) else { return Ok(()) };
    let field = |id| info.schema.field(id).map_or_else(|| column(0), |field| column(field.no));
    let sql = format!(
        "SELECT seq_from, leaf FROM {} WHERE {} = ?1 AND {} = ?2 AND seq_to IS NULL",
        table(system::PLACE_CODE),
        field("place"),
        field("code")
    );
    wanted.rows(reader, &sql, params![top, reader.places.code(mc_base::PlaceId(top))])?;
    Ok(())
}
