//! Declarations are checked before they are written: a schema must be an allowed step from the one in force,
//! an indicator must be computable over the registers in force or declared beside it.

use std::collections::BTreeMap;

use mc_figure::{Definition, Measure, canonical_text, definition_hash};
use mc_ledger::Value;
use mc_port::RowRefusal;
use mc_register::{Record, Schema, check_new, compare, schema_hash, system};

use crate::catalog::{Catalog, RegisterInfo};

/// The refusals of the declarations among the records that a commit is to open.
pub(crate) fn refusals<'a>(
    catalog: &Catalog,
    opened: impl Iterator<Item = (&'a RegisterInfo, &'a str, &'a Record)> + Clone,
) -> Vec<RowRefusal> {
    let mut refused = Vec::new();
    let mut fresh: BTreeMap<String, Schema> = BTreeMap::new();
    for (info, key, record) in opened.clone().filter(|(info, ..)| info.schema.id == system::SCHEMA) {
        match schema(catalog, info, record) {
            Ok(schema) => {
                fresh.insert(schema.id.clone(), schema);
            }
            Err(messages) => refused.extend(messages.into_iter().map(|it| refusal(info, key, it))),
        }
    }
    for (info, key, record) in opened.clone().filter(|(info, ..)| info.schema.id == system::SCHEMA) {
        let fresh_one = fresh.get(text(info, record, "register"));
        let broken = fresh_one.map_or_else(Vec::new, |schema| in_the_way(catalog, &fresh, schema));
        refused.extend(broken.into_iter().map(|it| refusal(info, key, it)));
    }
    for (info, key, record) in opened.filter(|(info, ..)| info.schema.id == system::INDICATOR) {
        if let Err(messages) = indicator(catalog, &fresh, info, record) {
            refused.extend(messages.into_iter().map(|it| refusal(info, key, it)));
        }
    }
    refused
}

fn refusal(info: &RegisterInfo, key: &str, message: String) -> RowRefusal {
    RowRefusal { register: info.schema.id.clone(), key: key.to_owned(), field: None, message }
}

fn text<'r>(info: &RegisterInfo, record: &'r Record, field: &str) -> &'r str {
    match record.get_id(&info.schema, field) {
        Some(Value::Text(text) | Value::Code(text)) => text,
        _ => "",
    }
}

fn said<E: std::fmt::Display>(errors: &[E]) -> Vec<String> {
    errors.iter().map(ToString::to_string).collect()
}

fn schema(catalog: &Catalog, info: &RegisterInfo, record: &Record) -> Result<Schema, Vec<String>> {
    let schema = Schema::from_canonical(text(info, record, "declaration")).map_err(|errors| said(&errors))?;
    if schema.id != text(info, record, "register") {
        return Err(vec![format!("Khai báo của sổ “{}” nằm dưới tên sổ khác.", schema.id)]);
    }
    if record.get_id(&info.schema, "hash") != Some(&Value::File(schema_hash(&schema))) {
        return Err(vec![format!("Khai báo của sổ “{}” không khớp mã băm ghi bên cạnh.", schema.id)]);
    }
    check_new(&schema).map_err(|errors| said(&errors))?;
    if let Some(known) = catalog.register(&schema.id) {
        let refused = compare(&known.schema, &schema).refused;
        if !refused.is_empty() {
            return Err(said(&refused));
        }
    }
    Ok(schema)
}

/// What relies on the register as it is and cannot go on with `schema`: its own rules, indicators in any version,
/// and fields of other registers that copy what would be personal.
pub(crate) fn in_the_way(
    catalog: &Catalog,
    fresh: &BTreeMap<String, Schema>,
    schema: &Schema,
) -> Vec<String> {
    let current = |id: &str| fresh.get(id).or_else(|| catalog.register(id).map(|info| info.schema.as_ref()));
    let find = |id: &str| if id == schema.id { Some(schema) } else { current(id) };
    let mut sentences: Vec<String> = Vec::new();
    for rule in &schema.rule {
        if let Err(error) = mc_figure::expr::compile_condition(&rule.expr, schema) {
            sentences.push(format!("Sổ “{}”, quy tắc “{}”: {error}.", schema.title.vi, rule.id));
        }
    }
    if catalog.register(&schema.id).is_none() {
        return sentences;
    }
    for known in catalog.indicators() {
        let definition = &known.definition;
        let over = |measure: &Measure| measure.register == schema.id;
        if !over(&definition.num) && !definition.den.as_ref().is_some_and(over) {
            continue;
        }
        for error in mc_figure::check(definition, &find).err().unwrap_or_default() {
            sentences.push(format!(
                "Chỉ tiêu “{}” ({}, phiên bản {}) đang dựa trên sổ “{}”: {error}",
                definition.title.vi, definition.id, definition.version, schema.title.vi
            ));
        }
    }
    let others = catalog.registers().map(|info| info.schema.id.as_str()).filter_map(current);
    for other in others.filter(|other| other.id != schema.id) {
        sentences.extend(copies_of_personal(other, schema));
    }
    sentences
}

/// Fields of `other` that copy a personal field of `schema` and are not personal themselves.
fn copies_of_personal(other: &Schema, schema: &Schema) -> impl Iterator<Item = String> {
    let copied = other.field.iter().filter(|field| !field.personal).filter_map(|field| {
        let lookup = field.lookup.as_ref()?;
        let target = other.field(&lookup.by)?.register.as_deref()?;
        let source = schema.field(&lookup.field).filter(|source| source.personal)?;
        (target == schema.id).then(|| {
            format!(
                "Trường “{}” của sổ “{}” chép trường “{}” của sổ “{}”; bản chép phải được đánh dấu cá nhân trước.",
                field.title.vi, other.title.vi, source.title.vi, schema.title.vi
            )
        })
    });
    copied.collect::<Vec<_>>().into_iter()
}

fn indicator(
    catalog: &Catalog,
    fresh: &BTreeMap<String, Schema>,
    info: &RegisterInfo,
    record: &Record,
) -> Result<(), Vec<String>> {
    let stored = text(info, record, "definition");
    let definition: Definition = serde_json::from_str(stored)
        .map_err(|error| vec![format!("Cách tính chỉ tiêu không đọc được: {error}.")])?;
    let id = &definition.id;
    if canonical_text(&definition) != stored || id != text(info, record, "indicator") {
        return Err(vec![format!("Cách tính chỉ tiêu “{id}” không ở dạng chuẩn hoặc nằm dưới tên khác.")]);
    }
    if record.get_id(&info.schema, "hash") != Some(&Value::File(definition_hash(&definition))) {
        return Err(vec![format!("Cách tính chỉ tiêu “{id}” không khớp mã băm ghi bên cạnh.")]);
    }
    let version = record.get_id(&info.schema, "version");
    if version != Some(&Value::Int(i64::from(definition.version))) {
        return Err(vec![format!("Chỉ tiêu “{id}”: số phiên bản ghi bên cạnh khác {}.", definition.version)]);
    }
    let schemas =
        |id: &str| fresh.get(id).or_else(|| catalog.register(id).map(|register| register.schema.as_ref()));
    mc_figure::check(&definition, &schemas).map_err(|errors| said(&errors))?;
    let measures: Vec<&Measure> =
        [Some(&definition.num), definition.den.as_ref()].into_iter().flatten().collect();
    let other = |measure: &&Measure| {
        catalog
            .measures()
            .iter()
            .any(|known| known.definition.id == measure.id && known.definition != **measure)
    };
    match measures.into_iter().find(other) {
        Some(measure) => Err(vec![format!(
            "Độ đo “{}” đã khai báo với nội dung khác; cách đếm mới cần mã độ đo mới.",
            measure.id
        )]),
        None => Ok(()),
    }
}
