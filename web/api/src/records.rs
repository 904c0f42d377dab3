//! `GET /api/v1/registers`, `…/{id}/records` and `…/{id}/records/{key}`.

use std::sync::Arc;

use mc_base::Seq;
use mc_port::{Flag, ListRequest, Snapshot, Turn, Version};
use mc_register::{Schema, Severity, canonical_value_text, parse_key};
use serde_json::{Map, Value, json};

use crate::answer::{Answer, ApiError, Parameters, known_on, parameter, place};

/// Records on a page unless `limit` says otherwise.
pub(crate) const LIMIT: usize = 100;

/// Every register with its fields.
///
/// # Errors
/// None at present; the store is not asked beyond its declarations.
pub fn registers(snapshot: &dyn Snapshot) -> Result<Answer, ApiError> {
    let registers: Vec<Value> = snapshot.schemas().iter().map(|schema| register(schema)).collect();
    Ok(Answer::new(snapshot, snapshot.head().seq, &json!({ "registers": registers })))
}

fn register(schema: &Schema) -> Value {
    let fields = schema.field.iter().map(|field| {
        json!({
            "no": field.no,
            "id": field.id,
            "type": field.kind,
            "title": field.title.vi,
            "required": field.required,
            "unit": field.unit,
            "personal": field.personal,
            "index": field.index,
        })
    });
    json!({
        "id": schema.id,
        "slug": schema.slug,
        "programme": schema.programme,
        "title": schema.title.vi,
        "unit": schema.unit.vi,
        "key": schema.key,
        "spells": schema.spells,
        "fields": fields.collect::<Vec<_>>(),
    })
}

fn found(snapshot: &dyn Snapshot, id: &str) -> Result<Arc<Schema>, ApiError> {
    let schemas = snapshot.schemas();
    let schema = schemas.into_iter().find(|schema| schema.id == id || schema.slug == id);
    schema.ok_or_else(|| ApiError::NotFound("Không có sổ này.".to_owned()))
}

/// A page of a register's records at or below `place`, by key; `after` continues after a record.
///
/// # Errors
/// A parameter that cannot be read, or no such register.
pub fn records(snapshot: &dyn Snapshot, id: &str, parameters: &Parameters) -> Result<Answer, ApiError> {
    let schema = found(snapshot, id)?;
    let after = parameters.get("after").filter(|cursor| !cursor.is_empty());
    let row = Turn::of(after.map(String::as_str)).row();
    if row.is_some_and(|key| parse_key(&schema, key).is_err()) {
        return Err(ApiError::BadRequest("“after” không phải dấu trang của sổ này.".to_owned()));
    }
    let limit = match parameter(parameters, "limit") {
        None => LIMIT,
        Some(text) => {
            text.parse().ok().filter(|limit| (1..=mc_port::PAGE_MAX).contains(limit)).ok_or_else(|| {
                ApiError::BadRequest(format!("“limit” cần là số từ 1 đến {}.", mc_port::PAGE_MAX))
            })?
        }
    };
    let scope = match parameter(parameters, "place") {
        Some(_) => Some(place(snapshot, parameters, snapshot.today())?),
        None => None,
    };
    let at = known_on(snapshot, parameters)?;
    let request = ListRequest {
        register: schema.id.clone(),
        place: scope,
        filters: Vec::new(),
        sort: None,
        descending: false,
        after: after.cloned(),
        limit,
        at,
    };
    let page = snapshot.list(&request)?;
    let read = at.unwrap_or(snapshot.head().seq);
    let body = json!({
        "register": schema.id,
        "place": parameter(parameters, "place"),
        "seq": read.0,
        "count": page.count,
        "count_is_floor": page.count_is_floor,
        "records": page.rows.iter().map(|version| one(&schema, version)).collect::<Vec<_>>(),
        "previous": page.previous,
        "next": page.next,
    });
    Ok(answer(snapshot, &schema, read, &body))
}

/// One record as it was at the position, with its key.
///
/// # Errors
/// No such register or record, or it was not there yet.
pub fn record(
    snapshot: &dyn Snapshot,
    id: &str,
    key: &str,
    parameters: &Parameters,
) -> Result<Answer, ApiError> {
    let schema = found(snapshot, id)?;
    let at = known_on(snapshot, parameters)?.unwrap_or(snapshot.head().seq);
    let versions = snapshot.history(&schema.id, key)?;
    let version = versions.iter().rev().find(|version| version.seq_from <= at);
    let version = version.ok_or_else(|| ApiError::NotFound("Không có bản ghi này.".to_owned()))?;
    let mut body = one(&schema, version);
    if let Value::Object(members) = &mut body {
        members.insert("seq".to_owned(), json!(at.0));
        members.insert("retired".to_owned(), json!(version.seq_to.is_some_and(|closed| closed <= at)));
    }
    Ok(answer(snapshot, &schema, at, &body))
}

fn answer(snapshot: &dyn Snapshot, schema: &Schema, at: Seq, body: &Value) -> Answer {
    let mut answer = Answer::new(snapshot, at, body);
    answer.personal = schema.field.iter().any(|field| field.personal);
    answer
}

/// A rule that the version breaks: one that it explains, or a warning.
fn flag(flag: &Flag) -> Value {
    let explained = flag.severity == Severity::Explain;
    json!({ "rule": flag.rule, "explained": explained, "message": flag.message.vi })
}

/// A version: values by field id as canonical texts, `null` where nothing is known.
fn one(schema: &Schema, version: &Version) -> Value {
    let id = |no: &u16| schema.field_no(*no).map(|field| field.id.clone());
    let mut values = Map::new();
    for field in &schema.field {
        let text = version.values.get(&field.no).and_then(canonical_value_text);
        values.insert(field.id.clone(), json!(text));
    }
    json!({
        "register": schema.id,
        "key": version.key,
        "version": version.ordinal,
        "seq_from": version.seq_from.0,
        "seq_to": version.seq_to.map(|seq| seq.0),
        "flags": version.flags.iter().map(flag).collect::<Vec<_>>(),
        "values": values,
        "masked": version.masked.iter().filter_map(id).collect::<Vec<_>>(),
        "erased": version.erased.iter().filter_map(id).collect::<Vec<_>>(),
    })
}
