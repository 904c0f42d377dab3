//! Names typed into forms and filters: which place, agency or record is meant.
//!
//! A number, id or key is taken as it is; a name with its marks comes before one without; places of the
//! home province come before others of the same name; the old name of a place leads to the place that took
//! it over.

use mc_access::Object;
use mc_base::text::{fold_loose, same_spelling};
use mc_base::{AgencyId, Day, PlaceId};
use mc_ledger::Value;
use mc_port::{Place, PlaceTree, Snapshot, Trees, Version};
use mc_register::{Resolved, Resolver, Schema, system};

use crate::words;

/// Names offered where several or none fit.
const OFFERED_MAX: usize = 5;
/// Hits looked through for an exact name.
const HITS_MAX: usize = 60;

/// Looks names up in a snapshot.
pub(crate) struct Lookup<'s> {
    snapshot: &'s dyn Snapshot,
}

impl<'s> Lookup<'s> {
    pub(crate) fn new(snapshot: &'s dyn Snapshot) -> Self {
        Self { snapshot }
    }

    fn tree(&self) -> &PlaceTree {
        self.snapshot.places()
    }

    /// Places of that name, those with the same marks first, without places that no longer exist.
    fn named(&self, text: &str) -> Vec<PlaceId> {
        let folded = fold_loose(text);
        let mut found: Vec<(bool, &Place)> = self
            .tree()
            .all()
            .filter(|place| fold_loose(&place.name) == folded || fold_loose(bare(&place.name)) == folded)
            .map(|place| (same_spelling(&place.name, text) || same_spelling(bare(&place.name), text), place))
            .collect();
        if found.iter().any(|(exact, _)| *exact) {
            found.retain(|(exact, _)| *exact);
        }
        let today = self.snapshot.today();
        let mut ids: Vec<PlaceId> = found
            .iter()
            .flat_map(|(_, place)| if place.exists_on(today) { vec![place.id] } else { self.now(place.id) })
            .collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// The places that exist today and took `id` over.
    fn now(&self, id: PlaceId) -> Vec<PlaceId> {
        let today = self.snapshot.today();
        let next = self.tree().successors(id).into_iter();
        next.filter(|(place, _)| place.exists_on(today)).map(|(place, _)| place.id).collect()
    }

    /// "Xã Bát Xát (02683)": reads back as exactly this place.
    fn place_words(&self, id: PlaceId) -> String {
        let name = self.tree().get(id).map_or_else(String::new, |place| place.name.clone());
        match self.tree().code(id) {
            "" => name,
            code => format!("{name} ({code})"),
        }
    }

    fn record_named(&self, schema: &Schema, text: &str) -> Resolved<Version> {
        let hits = self.snapshot.search(text, None, HITS_MAX).unwrap_or_default();
        let mine = hits.into_iter().filter(|hit| hit.register == schema.id);
        let mut exact = Vec::new();
        let mut near = Vec::new();
        for hit in mine {
            let Some(version) = self.snapshot.spells(&schema.id, &hit.key).unwrap_or_default().pop() else {
                continue;
            };
            let fields = schema.field.iter().filter(|field| field.search && !field.personal);
            let same = fields.filter_map(|field| version.values.get(&field.no)).any(|value| match value {
                Value::Text(known) | Value::Code(known) => fold_loose(known) == fold_loose(text),
                _ => false,
            });
            if near.len() < OFFERED_MAX {
                near.push(words::title(schema, &version));
            }
            let thing = mc_register::thing_of_key(schema, &version.key).to_owned();
            if same && !exact.iter().any(|(known, _)| *known == thing) {
                exact.push((thing, version));
            }
        }
        match exact.len() {
            0 => Resolved::Unknown(near),
            1 => exact.pop().map_or(Resolved::Unknown(near), |(_, version)| Resolved::One(version)),
            _ => {
                let offered = exact.iter().take(OFFERED_MAX);
                Resolved::Several(
                    offered
                        .map(|(key, version)| format!("{} ({key})", words::title(schema, version)))
                        .collect(),
                )
            }
        }
    }
}

/// A name without the word for its type: "Bát Xát" for "Xã Bát Xát".
fn bare(name: &str) -> &str {
    words::PLACE_TYPES.iter().find_map(|word| name.strip_prefix(word)).unwrap_or(name)
}

/// What stands in brackets at the end: the code behind a name that was filled in for the reader.
fn in_brackets(text: &str) -> Option<&str> {
    let (_, code) = text.strip_suffix(')')?.rsplit_once('(')?;
    Some(code.trim())
}

impl Resolver for Lookup<'_> {
    fn place(&self, text: &str) -> Resolved<PlaceId> {
        let today = self.reference_day();
        let code = in_brackets(text).unwrap_or(text);
        if let Some(place) = self.tree().by_code(code, today) {
            return Resolved::One(place.id);
        }
        let mut found = self.named(text);
        let home = self.snapshot.instance().home;
        let at_home = |id: &PlaceId| self.tree().ancestors(*id).contains(&home);
        if found.iter().any(at_home) {
            found.retain(at_home);
        }
        match found.as_slice() {
            [] => Resolved::Unknown(Vec::new()),
            [one] => Resolved::One(*one),
            several => {
                Resolved::Several(several.iter().take(OFFERED_MAX).map(|id| self.place_words(*id)).collect())
            }
        }
    }

    fn agency(&self, text: &str) -> Resolved<AgencyId> {
        let id = in_brackets(text).unwrap_or(text);
        if self.snapshot.agency_name(id).is_some() {
            return Resolved::One(AgencyId(id.to_owned()));
        }
        let Some(schema) = self.snapshot.schema(system::AGENCY) else { return Resolved::Unknown(Vec::new()) };
        match self.record_named(&schema, text) {
            Resolved::One(version) => Resolved::One(AgencyId(version.key)),
            Resolved::Several(names) => Resolved::Several(names),
            Resolved::Unknown(names) => Resolved::Unknown(names),
        }
    }

    fn reference(&self, register: &str, text: &str) -> Resolved<String> {
        let Some(schema) = self.snapshot.schema(register) else { return Resolved::Unknown(Vec::new()) };
        for key in [Some(text), in_brackets(text)].into_iter().flatten() {
            if !self.snapshot.spells(register, key).unwrap_or_default().is_empty() {
                return Resolved::One(key.to_owned());
            }
        }
        match self.record_named(&schema, text) {
            Resolved::One(version) => {
                Resolved::One(mc_register::thing_of_key(&schema, &version.key).to_owned())
            }
            Resolved::Several(names) => Resolved::Several(names),
            Resolved::Unknown(names) => Resolved::Unknown(names),
        }
    }

    fn reference_day(&self) -> Day {
        self.snapshot.today()
    }
}

/// Places and agencies of a snapshot.
pub(crate) fn trees(snapshot: &dyn Snapshot) -> Trees<'_> {
    Trees { places: snapshot.places(), agencies: snapshot.agencies(), day: snapshot.today() }
}

/// What decides who may write a record: its owner agency and its place, each with those above it.
pub(crate) fn object(snapshot: &dyn Snapshot, schema: &Schema, version: &Version) -> Object {
    let value = |id: &Option<String>| {
        let field = schema.field(id.as_deref()?)?;
        version.values.get(&field.no)
    };
    let agency = match value(&schema.owner) {
        Some(Value::Agency(agency)) => Some(agency),
        _ => None,
    };
    let place = match value(&schema.place) {
        Some(Value::Place(place)) => Some(*place),
        _ => None,
    };
    trees(snapshot).object(agency, place)
}
