//! The tree of agencies out of the registers `agency`, `agency_parent` and `agency_succession`.

use mc_base::{AgencyId, Day};
use mc_ledger::Value;
use mc_port::{Agency, AgencyParent, AgencySuccession, AgencyTree};
use mc_register::{Record, Schema, system};
use rusqlite::Connection;

use crate::StoreError;
use crate::catalog::Catalog;
use crate::rows::current;

/// Registers whose change makes the tree another one.
pub(crate) const REGISTERS: [&str; 3] = [system::AGENCY, system::AGENCY_PARENT, system::AGENCY_SUCCESSION];

/// The tree as of now.
pub(crate) fn load(db: &Connection, catalog: &Catalog) -> Result<AgencyTree, StoreError> {
    let agencies = current(db, catalog, system::AGENCY)?;
    let agencies = agencies.iter().filter_map(|(info, record)| agency(&info.schema, record)).collect();
    let parents = current(db, catalog, system::AGENCY_PARENT)?;
    let parents = parents.iter().filter_map(|(info, record)| {
        let schema = &info.schema;
        Some(AgencyParent {
            agency: id(schema, record, "agency")?,
            parent: id(schema, record, "parent")?,
            from: day(schema, record, "valid_from")?,
            until: day(schema, record, "valid_until"),
        })
    });
    let successions = current(db, catalog, system::AGENCY_SUCCESSION)?;
    let successions = successions.iter().filter_map(|(info, record)| {
        let schema = &info.schema;
        Some(AgencySuccession {
            old: id(schema, record, "old_agency")?,
            new: id(schema, record, "new_agency")?,
            whole: text(schema, record, "extent") == "whole",
            day: day(schema, record, "day")?,
            document: text(schema, record, "document"),
        })
    });
    Ok(AgencyTree::new(agencies, parents.collect(), successions.collect()))
}

fn agency(schema: &Schema, record: &Record) -> Option<Agency> {
    let names = text(schema, record, "other_names");
    let names = names.split(['\n', ';']).map(str::trim).filter(|name| !name.is_empty());
    Some(Agency {
        id: AgencyId::parse(&text(schema, record, "agency"))?,
        name: text(schema, record, "name"),
        abbreviation: text(schema, record, "abbreviation"),
        other_names: names.map(str::to_owned).collect(),
        function: text(schema, record, "function"),
        place: match record.get_id(schema, "place") {
            Some(Value::Place(place)) => Some(*place),
            _ => None,
        },
        valid_from: day(schema, record, "valid_from"),
        valid_until: day(schema, record, "valid_until"),
    })
}

fn text(schema: &Schema, record: &Record, field: &str) -> String {
    match record.get_id(schema, field) {
        Some(Value::Text(text) | Value::Code(text)) => text.clone(),
        _ => String::new(),
    }
}

fn day(schema: &Schema, record: &Record, field: &str) -> Option<Day> {
    match record.get_id(schema, field) {
        Some(Value::Day(day)) => Some(*day),
        _ => None,
    }
}

fn id(schema: &Schema, record: &Record, field: &str) -> Option<AgencyId> {
    match record.get_id(schema, field) {
        Some(Value::Agency(agency)) => Some(agency.clone()),
        _ => None,
    }
}
