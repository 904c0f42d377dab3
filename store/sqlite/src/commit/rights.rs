//! Whether the actor may make the edits of a commit.

use std::collections::BTreeMap;

use mc_access::{Act, Object, decide};
use mc_ledger::Value;
use mc_port::{CommitError, CommitRequest, Trees};
use mc_register::{Record, RowAct, system};

use super::Fault;
use crate::catalog::RegisterInfo;
use crate::rows::StoredVersion;

/// The actor must be allowed to write both what is there and what will be there.
pub(super) fn allowed(
    trees: Trees<'_>,
    info: &RegisterInfo,
    request: &CommitRequest,
    versions: &BTreeMap<String, StoredVersion>,
    acts: &[RowAct],
) -> Result<(), Fault> {
    for act in acts {
        let record = match act {
            RowAct::Open { record, .. } => Some(record),
            RowAct::Close { key, .. } => versions.get(key).map(|version| &version.record),
        };
        let Some(record) = record else { continue };
        decide(&request.actor, act_on(info), &object(trees, info, record)).map_err(|why| {
            Fault::Refused(CommitError::Denied { register: info.schema.title.vi.clone(), why })
        })?;
    }
    Ok(())
}

/// Declarations, places and agencies are everybody's ground: only an administrator changes them. Whoever may write
/// the rows of an agency or a place may confirm that they are complete.
fn act_on(info: &RegisterInfo) -> Act {
    match info.schema.id.as_str() {
        system::COVER => Act::Cover,
        system::SIGN_OFF => Act::Write,
        register if system::is_system(register) => Act::Administer,
        _ => Act::Write,
    }
}

/// What a record is to the access rules.
pub(crate) fn object(trees: Trees<'_>, info: &RegisterInfo, record: &Record) -> Object {
    let value = |id: &Option<String>| id.as_deref().and_then(|id| record.get_id(&info.schema, id));
    let agency = match value(&info.schema.owner) {
        Some(Value::Agency(agency)) => Some(agency),
        _ => None,
    };
    let place = match value(&info.schema.place) {
        Some(Value::Place(place)) => Some(*place),
        _ => None,
    };
    trees.object(agency, place)
}
