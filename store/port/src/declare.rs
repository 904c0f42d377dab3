//! Edits that declare: schemas and indicators are records too.

use mc_figure::{Definition, definition_hash};
use mc_ledger::Value;
use mc_register::{Edit, Record, Schema, canonical_text, schema_hash, system};

use crate::commit::EditRequest;

/// The edit that declares version `version` of a register. `system_schema` is the schema of register
/// `schema`.
#[must_use]
pub fn declare_schema(system_schema: &Schema, schema: &Schema, version: u32) -> EditRequest {
    let record = record(
        system_schema,
        [
            ("register", Value::Code(schema.id.clone())),
            ("version", Value::Int(i64::from(version))),
            ("hash", Value::File(schema_hash(schema))),
            ("declaration", Value::Text(canonical_text(schema))),
        ],
    );
    EditRequest { register: system::SCHEMA.to_owned(), edit: Edit::Insert { record } }
}

/// The edit that declares a version of an indicator. `system_schema` is the schema of register `indicator`.
#[must_use]
pub fn declare_indicator(system_schema: &Schema, definition: &Definition) -> EditRequest {
    let record = record(
        system_schema,
        [
            ("indicator", Value::Code(definition.id.clone())),
            ("version", Value::Int(i64::from(definition.version))),
            ("hash", Value::File(definition_hash(definition))),
            ("definition", Value::Text(mc_figure::canonical_text(definition))),
        ],
    );
    EditRequest { register: system::INDICATOR.to_owned(), edit: Edit::Insert { record } }
}

/// A record out of field ids; ids that the schema does not know are left out.
#[must_use]
pub fn record<const N: usize>(schema: &Schema, values: [(&str, Value); N]) -> Record {
    values.into_iter().filter_map(|(id, value)| Some((schema.field(id)?.no, value))).collect()
}
