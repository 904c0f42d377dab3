//! What answers look like: figures, and a record of each register with its fields.

use mc_register::{Field, FieldType, Schema};
use serde_json::{Map, Value, json};

use super::checked::{saved_check, text_checked};
use super::reference;
use crate::figures::{DERIVABLE, FEW};

/// Every schema by name.
pub(super) fn schemas(registers: &[&Schema]) -> Value {
    let name = |schema: &Schema| format!("record_{}", schema.id);
    let mut all = Map::new();
    let mut add = |name: &str, schema: Value| all.insert(name.to_owned(), schema);
    let beside = [
        ("key", text()),
        ("title", text()),
        ("refused", text_or_null()),
        ("agency", text_or_null()),
        ("under", text_or_null()),
        ("depth", whole()),
    ];
    let row = object(figure(), &["key", "title", "refused"], &beside);
    let rows = json!({ "type": "array", "items": row });
    let beside = [
        ("totals", totals()),
        ("totals_count", whole_or_null()),
        ("totals_next", text_or_null()),
        ("explained", explained()),
        ("rows", rows),
    ];
    add("Figure", object(figure(), &["totals", "totals_count", "totals_next", "explained"], &beside));
    add("Problem", problem());
    add("CheckedText", text_checked());
    add("SavedCheck", saved_check());
    add("Registers", listed("registers"));
    add("Description", json!({ "type": "object", "required": ["openapi", "paths"] }));
    let records: Vec<Value> = registers.iter().map(|schema| reference("schemas", &name(schema))).collect();
    let mapping: Map<String, Value> = registers
        .iter()
        .map(|schema| (schema.id.clone(), format!("#/components/schemas/{}", name(schema)).into()))
        .collect();
    add(
        "Record",
        json!({ "oneOf": records, "discriminator": { "propertyName": "register", "mapping": mapping } }),
    );
    add("RecordPage", page());
    for schema in registers {
        add(&name(schema), record(schema));
    }
    Value::Object(all)
}

pub(super) fn text() -> Value {
    json!({ "type": "string" })
}

pub(super) fn text_or_null() -> Value {
    json!({ "type": ["string", "null"] })
}

pub(super) fn whole() -> Value {
    json!({ "type": "integer", "minimum": 0 })
}

pub(super) fn whole_or_null() -> Value {
    json!({ "type": ["integer", "null"], "minimum": 0 })
}

fn ids() -> Value {
    json!({ "type": "array", "items": { "type": "string" } })
}

/// An object of `members`, all required, and of others, of which those in `more` are.
pub(super) fn object(members: Vec<(&str, Value)>, more: &[&str], others: &[(&str, Value)]) -> Value {
    let required: Vec<&str> = members.iter().map(|(name, _)| *name).chain(more.iter().copied()).collect();
    let properties: Map<String, Value> =
        members.iter().chain(others).map(|(name, schema)| ((*name).to_owned(), schema.clone())).collect();
    json!({ "type": "object", "required": required, "properties": properties })
}

fn figure() -> Vec<(&'static str, Value)> {
    let bases = json!({ "type": "string", "enum": ["counted", "total", "mixed", "published"] });
    vec![
        ("id", text()),
        ("version", whole()),
        ("place", text()),
        ("period", text()),
        ("seq", whole()),
        ("value", text_or_null()),
        ("num", text_or_null()),
        ("den", text_or_null()),
        ("unit", text()),
        ("basis", bases),
        ("listed", text_or_null()),
        ("records", whole_or_null()),
        ("hidden", hidden()),
    ]
}

/// Why a figure has no number for this reader.
fn hidden() -> Value {
    json!({
        "type": ["string", "null"],
        "enum": [FEW, DERIVABLE, null],
        "description": "Vì sao không nêu số: “few” là sau số có dưới 5 bản ghi của sổ có dữ liệu cá nhân; “derivable” là từ \
            số này tính ra được một số như vậy. Khi đó value, num, den, listed, records là null.",
    })
}

/// How many records behind the figure break a rule and carry the explanation it asks for; of a figure that is not told
/// nothing.
fn explained() -> Value {
    let mut explained =
        object(vec![("count", whole()), ("count_is_floor", json!({ "type": "boolean" }))], &[], &[]);
    explained["type"] = json!(["object", "null"]);
    explained
}

/// Totals without a list in the figure, each with what lists recorded after it say in its scope.
fn totals() -> Value {
    let total = object(
        vec![
            ("total", text()),
            ("amount", text()),
            ("listed", text()),
            ("contradiction", json!({ "type": "boolean" })),
            ("overlaps", text_or_null()),
        ],
        &[],
        &[],
    );
    json!({ "type": "array", "items": total })
}

fn problem() -> Value {
    object(vec![("type", text()), ("title", text()), ("status", whole()), ("detail", text())], &[], &[])
}

fn listed(name: &str) -> Value {
    object(vec![(name, json!({ "type": "array", "items": { "type": "object" } }))], &[], &[])
}

fn page() -> Value {
    let records = json!({ "type": "array", "items": reference("schemas", "Record") });
    object(
        vec![
            ("register", text()),
            ("place", text_or_null()),
            ("seq", whole()),
            ("count", whole()),
            ("count_is_floor", json!({ "type": "boolean" })),
            ("records", records),
            ("previous", text_or_null()),
            ("next", text_or_null()),
        ],
        &[],
        &[],
    )
}

fn record(schema: &Schema) -> Value {
    let values: Vec<(&str, Value)> =
        schema.field.iter().map(|field| (field.id.as_str(), value(field))).collect();
    let mut record = object(
        vec![
            ("register", json!({ "type": "string", "const": schema.id })),
            ("key", text()),
            ("version", whole()),
            ("seq_from", whole()),
            ("seq_to", json!({ "type": ["integer", "null"] })),
            ("flags", flags()),
            ("values", object(values, &[], &[])),
            ("masked", ids()),
            ("erased", ids()),
        ],
        &[],
        &[("seq", whole()), ("retired", json!({ "type": "boolean" }))],
    );
    record["title"] = schema.title.vi.clone().into();
    record["description"] = schema.description.vi.trim().into();
    record
}

/// Rules that the record breaks though it was kept: with an explanation, in the fields that the register has for
/// it, or with a warning.
fn flags() -> Value {
    let flag = vec![("rule", text()), ("explained", json!({ "type": "boolean" })), ("message", text())];
    json!({ "type": "array", "items": object(flag, &[], &[]) })
}

/// A value is canonical text, or `null` where nothing is known or shown.
fn value(field: &Field) -> Value {
    let mut schema = text_or_null();
    schema["title"] = field.title.vi.clone().into();
    let mut says = vec![field.kind.title().to_owned()];
    says.extend(field.unit.iter().map(|unit| format!("đơn vị {unit}")));
    says.extend(field.personal.then(|| "dữ liệu cá nhân".to_owned()));
    says.extend(field.register.iter().map(|register| format!("khóa của sổ {register}")));
    schema["description"] = says.join("; ").into();
    if field.kind == FieldType::Code && !field.codes.is_empty() {
        let codes = field.codes.iter().map(|code| Value::from(code.id.as_str()));
        schema["enum"] = codes.chain([Value::Null]).collect();
    }
    if field.deprecated {
        schema["deprecated"] = true.into();
    }
    schema
}
