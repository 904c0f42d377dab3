//! What several registers of one instance must satisfy together.

use std::collections::BTreeMap;

use crate::check::Findings;
use crate::error::{Part, SchemaError};
use crate::schema::{Field, FieldType, Schema};

/// Checks registers against each other: ids and slugs are unique, references point to a register that is
/// there, a looked-up field exists there, has the same type and is not personal unless its copy is.
#[must_use]
pub fn check_together(schemas: &[&Schema]) -> Vec<SchemaError> {
    let mut by_id: BTreeMap<&str, &Schema> = BTreeMap::new();
    let mut by_slug: BTreeMap<&str, &str> = BTreeMap::new();
    let mut errors = Vec::new();
    for schema in schemas {
        let mut findings = Findings::new(&schema.id);
        if by_id.insert(&schema.id, schema).is_some() {
            findings.add(Part::Register, format!("mã sổ “{}” hai lần", schema.id), "mỗi mã sổ một lần");
        }
        if let Some(other) = by_slug.insert(&schema.slug, &schema.id) {
            let found = format!("slug “{}” đã dùng cho sổ “{other}”", schema.slug);
            findings.add(Part::Register, found, "mỗi sổ một slug");
        }
        errors.extend(findings.into_errors());
    }
    for schema in schemas {
        let mut findings = Findings::new(&schema.id);
        for field in &schema.field {
            reference(&by_id, schema, field, &mut findings);
        }
        errors.extend(findings.into_errors());
    }
    errors
}

fn reference(by_id: &BTreeMap<&str, &Schema>, schema: &Schema, field: &Field, findings: &mut Findings) {
    let part = Part::Field(field.id.clone());
    if let Some(target) = &field.register
        && !by_id.contains_key(target.as_str())
    {
        findings.add(part.clone(), format!("sổ đích “{target}” không có"), "mã của một sổ đã khai báo");
    }
    let Some(lookup) = &field.lookup else { return };
    let target = schema.field(&lookup.by).and_then(|by| by.register.as_deref());
    let Some(other) = target.and_then(|target| by_id.get(target)) else { return };
    let Some(source) = other.field(&lookup.field) else {
        let found = format!("sổ “{}” không có trường “{}”", other.id, lookup.field);
        findings.add(part, found, "một trường của sổ đích");
        return;
    };
    if !holds(field, source) {
        let found = format!("chép từ “{}.{}” kiểu {}", other.id, source.id, source.kind.title());
        findings.add(part.clone(), found, "cùng kiểu, cùng số lẻ, giá trị nằm trong khoảng và danh mục");
    }
    if source.personal && !field.personal {
        let found = format!("chép dữ liệu cá nhân “{}.{}”", other.id, source.id);
        findings.add(part, found, "bản chép cũng là dữ liệu cá nhân");
    }
}

/// Whether every value of `source` is a value of `field`.
fn holds(field: &Field, source: &Field) -> bool {
    let codes_fit = field.codes.is_empty() || source.codes.iter().all(|code| field.code(&code.id).is_some());
    let listed = !source.codes.is_empty() || field.codes.is_empty();
    field.kind == source.kind
        && field.scale == source.scale
        && (field.kind != FieldType::Ref || field.register == source.register)
        && (!field.kind.is_numeric() || (field.min <= source.min && field.max >= source.max))
        && codes_fit
        && listed
        && field.chars_max() >= source.chars_max()
}
