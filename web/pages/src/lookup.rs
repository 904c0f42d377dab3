//! Names typed into forms and filters, and who stands over a record.

use mc_access::Object;
use mc_importing::Names;
use mc_ledger::Value;
use mc_port::{Snapshot, Trees, Version};
use mc_register::Schema;

use crate::context::Page;

/// Looks up what is typed on a page: what lies near its place comes before others of the same name.
pub(crate) fn names<'p>(page: &'p Page<'_>) -> Names<'p> {
    Names::of(page.snapshot(), page.place())
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
