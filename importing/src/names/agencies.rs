//! Names of agencies: ids, names, abbreviations and former names; those of the home province come first.

use std::collections::HashMap;

use mc_base::{AgencyId, PlaceId};
use mc_ledger::Value;
use mc_port::{ListRequest, PAGE_MAX, Snapshot, StoreFailure, Version};
use mc_register::{Resolved, Schema, system};

use super::{choose, loose, near};

/// Pages of agencies read; no province has as many.
const PAGES_MAX: usize = 40;

#[derive(Debug, Default)]
pub(super) struct Agencies {
    /// By folded name: whether it is at home, id, full name.
    by_name: HashMap<String, Vec<(bool, AgencyId, String)>>,
    by_id: HashMap<String, AgencyId>,
    names: Vec<String>,
}

impl Agencies {
    pub(super) fn read(snapshot: &dyn Snapshot, home: PlaceId) -> Result<Self, StoreFailure> {
        let mut agencies = Self::default();
        let Some(schema) = snapshot.schema(system::AGENCY) else { return Ok(agencies) };
        let mut request = ListRequest {
            register: system::AGENCY.to_owned(),
            place: None,
            filters: Vec::new(),
            sort: None,
            descending: false,
            after: None,
            limit: PAGE_MAX,
            at: None,
        };
        for _ in 0..PAGES_MAX {
            let page = snapshot.list(&request)?;
            for version in &page.rows {
                agencies.add(snapshot, &schema, version, home);
            }
            if page.next.is_none() {
                break;
            }
            request.after = page.next;
        }
        Ok(agencies)
    }

    fn add(&mut self, snapshot: &dyn Snapshot, schema: &Schema, version: &Version, home: PlaceId) {
        let value = |id: &str| schema.field(id).and_then(|field| version.values.get(&field.no));
        let text = |id: &str| match value(id) {
            Some(Value::Text(text) | Value::Code(text)) => text.clone(),
            _ => String::new(),
        };
        let Some(id) = AgencyId::parse(&version.key) else { return };
        let at_home = match value("place") {
            Some(Value::Place(place)) => snapshot.places().ancestors(*place).contains(&home),
            _ => false,
        };
        let name = text("name");
        let other = text("other_names");
        let called = [name.as_str(), &text("abbreviation"), &version.key].map(str::to_owned);
        let called = called.into_iter().chain(other.split(['\n', ';']).map(str::to_owned));
        for key in called.map(|name| loose(&name)).filter(|key| !key.is_empty()) {
            let known = self.by_name.entry(key).or_default();
            if !known.iter().any(|(_, known, _)| *known == id) {
                known.push((at_home, id.clone(), name.clone()));
            }
        }
        if at_home {
            self.names.push(name);
        }
        self.by_id.insert(version.key.clone(), id);
    }

    pub(super) fn find(&self, text: &str) -> Resolved<AgencyId> {
        if let Some(id) = self.by_id.get(text.trim()) {
            return Resolved::One(id.clone());
        }
        let mut found = self.by_name.get(&loose(text)).cloned().unwrap_or_default();
        if found.iter().any(|(at_home, ..)| *at_home) {
            found.retain(|(at_home, ..)| *at_home);
        }
        if found.is_empty() {
            return Resolved::Unknown(near(text, self.names.iter().map(String::as_str)));
        }
        let named: Vec<(AgencyId, String)> = found.into_iter().map(|(_, id, name)| (id, name)).collect();
        match choose(named, |(id, name)| format!("{name} ({id})")) {
            Resolved::One((id, _)) => Resolved::One(id),
            Resolved::Several(names) => Resolved::Several(names),
            Resolved::Unknown(names) => Resolved::Unknown(names),
        }
    }
}
