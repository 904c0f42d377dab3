//! The register as a whole: names, limits, key, spells, place, owner, rules.

use std::collections::BTreeSet;

use crate::check::{Findings, words};
use crate::error::Part;
use crate::limits::{FIELDS_MAX, KEY_FIELDS_MAX, RULES_MAX};
use crate::schema::{
    EXPLANATION_DOCUMENT, EXPLANATION_REASON, Field, FieldType, SINCE, Schema, Severity, UNTIL,
};

pub(super) fn check(schema: &Schema, findings: &mut Findings) {
    names(schema, findings);
    numbers_and_ids(schema, findings);
    key(schema, findings);
    spells(schema, findings);
    place_and_owner(schema, findings);
    rules(schema, findings);
}

fn names(schema: &Schema, findings: &mut Findings) {
    words::id(findings, Part::Register, "mã sổ", &schema.id);
    words::id(findings, Part::Register, "mã chương trình", &schema.programme);
    words::slug(findings, &schema.slug);
    words::title(findings, &Part::Register, "tên", &schema.title);
    words::help(findings, &Part::Register, "mô tả", &schema.description);
    words::title(findings, &Part::Register, "đơn vị đếm", &schema.unit);
}

fn numbers_and_ids(schema: &Schema, findings: &mut Findings) {
    let count = schema.field.len();
    if count == 0 || count > FIELDS_MAX {
        findings.add(Part::Register, format!("{count} trường"), format!("từ 1 đến {FIELDS_MAX} trường"));
    }
    let mut ids = BTreeSet::new();
    let mut numbers = BTreeSet::new();
    for field in &schema.field {
        let part = || Part::Field(field.id.clone());
        if !ids.insert(field.id.as_str()) {
            findings.add(part(), "mã trường khai báo hai lần", "mỗi mã trường một lần");
        }
        if field.no == 0 {
            findings.add(part(), "số 0", "số trường từ 1 đến 65535");
        } else if !numbers.insert(field.no) {
            findings.add(part(), format!("số {} đã dùng cho trường khác", field.no), "số chưa dùng");
        }
    }
}

fn key(schema: &Schema, findings: &mut Findings) {
    let count = schema.key.len();
    if count == 0 || count > KEY_FIELDS_MAX {
        findings.add(Part::Key, format!("{count} trường"), format!("từ 1 đến {KEY_FIELDS_MAX} trường"));
    }
    let mut seen = BTreeSet::new();
    for id in &schema.key {
        if !seen.insert(id) {
            findings.add(Part::Key, format!("trường “{id}” hai lần"), "mỗi trường một lần");
        }
        let Some(field) = declared(schema, findings, Part::Key, id) else { continue };
        let part = Part::Field(id.clone());
        if !field.required {
            findings.add(part.clone(), "trường khóa không bắt buộc", "required = true");
        }
        if field.personal {
            findings.add(part.clone(), "trường khóa là dữ liệu cá nhân", "khóa không chứa dữ liệu cá nhân");
        }
        if matches!(field.kind, FieldType::Codes | FieldType::Point) {
            let found = format!("trường khóa kiểu {}", field.kind.title());
            findings.add(part, found, "kiểu khác: tập mã và tọa độ không nêu tên một bản ghi");
        }
    }
}

fn spells(schema: &Schema, findings: &mut Findings) {
    if !schema.has_spells() {
        return;
    }
    if schema.spells.len() > KEY_FIELDS_MAX {
        let found = format!("{} trường", schema.spells.len());
        findings.add(Part::Spells, found, format!("tối đa {KEY_FIELDS_MAX} trường"));
    }
    spell_day(schema, findings, SINCE, true);
    spell_day(schema, findings, UNTIL, false);
    let mut seen = BTreeSet::new();
    for id in &schema.spells {
        if !seen.insert(id) {
            findings.add(Part::Spells, format!("trường “{id}” hai lần"), "mỗi trường một lần");
        }
        if id == SINCE || id == UNTIL || schema.key.contains(id) {
            findings.add(
                Part::Spells,
                format!("trường “{id}”"),
                "trường không thuộc khóa, không là since, until",
            );
        }
        if let Some(field) = declared(schema, findings, Part::Spells, id)
            && field.personal
        {
            findings.add(Part::Spells, format!("trường cá nhân “{id}”"), "trường không phải dữ liệu cá nhân");
        }
    }
    for id in [SINCE, UNTIL] {
        if schema.key.iter().any(|key| key == id) {
            findings.add(
                Part::Key,
                format!("trường “{id}”"),
                "khóa không kể since, until: chúng được thêm sau",
            );
        }
    }
}

fn spell_day(schema: &Schema, findings: &mut Findings, id: &str, required: bool) {
    let Some(field) = declared(schema, findings, Part::Spells, id) else { return };
    let part = || Part::Field(id.to_owned());
    if field.kind != FieldType::Day {
        findings.add(part(), format!("kiểu {}", field.kind.title()), "kiểu ngày (type = \"day\")");
    }
    if field.required != required {
        findings.add(part(), format!("required = {}", field.required), format!("required = {required}"));
    }
    if field.personal {
        findings.add(part(), "dữ liệu cá nhân", "ngày đầu và ngày cuối giai đoạn không phải dữ liệu cá nhân");
    }
}

fn place_and_owner(schema: &Schema, findings: &mut Findings) {
    let roles = [("place", &schema.place, FieldType::Place), ("owner", &schema.owner, FieldType::Agency)];
    for (role, id, kind) in roles {
        let Some(field) = id.as_ref().and_then(|id| declared(schema, findings, Part::Register, id)) else {
            continue;
        };
        if field.kind != kind || field.personal {
            let found = format!("{role} = “{}” kiểu {}", field.id, field.kind.title());
            findings.add(Part::Register, found, format!("trường kiểu {}, không cá nhân", kind.title()));
        }
    }
}

fn rules(schema: &Schema, findings: &mut Findings) {
    if schema.rule.len() > RULES_MAX {
        findings.add(Part::Register, format!("{} quy tắc", schema.rule.len()), format!("tối đa {RULES_MAX}"));
    }
    let mut ids = BTreeSet::new();
    for rule in &schema.rule {
        let part = Part::Rule(rule.id.clone());
        words::id(findings, part.clone(), "mã quy tắc", &rule.id);
        words::expression(findings, &part, "biểu thức", &rule.expr);
        words::help(findings, &part, "thông báo", &rule.message);
        if !ids.insert(rule.id.as_str()) {
            findings.add(part, "mã quy tắc khai báo hai lần", "mỗi mã một lần");
        }
    }
}

/// A rule that asks for an explanation needs the fields that hold it. Declarations of the ledger from before there
/// were such fields stay readable, so this is asked of new ones only.
pub(super) fn explanation(schema: &Schema, findings: &mut Findings) {
    if !schema.rule.iter().any(|rule| rule.severity == Severity::Explain) {
        return;
    }
    for id in [EXPLANATION_DOCUMENT, EXPLANATION_REASON] {
        let part = || Part::Field(id.to_owned());
        let Some(field) = schema.field(id) else {
            let expected = format!("một trường văn bản mang mã “{id}”");
            findings.add(part(), "có quy tắc explain mà chưa khai báo trường này", expected);
            continue;
        };
        if field.kind != FieldType::Text {
            findings.add(part(), format!("kiểu {}", field.kind.title()), "kiểu văn bản (type = \"text\")");
        }
        for (found, is_so) in [
            ("required = true", field.required),
            ("trường thuộc khóa", schema.record_key().any(|key| key == id)),
            ("trường chép từ sổ khác", field.lookup.is_some()),
            ("deprecated = true", field.deprecated),
        ] {
            if is_so {
                findings.add(part(), found, "trường tự điền, chỉ khi bản ghi vi phạm quy tắc");
            }
        }
    }
}

/// The field `id`, or a finding that it is not declared.
fn declared<'a>(schema: &'a Schema, findings: &mut Findings, part: Part, id: &str) -> Option<&'a Field> {
    let field = schema.field(id);
    if field.is_none() {
        findings.add(part, format!("trường “{id}” chưa khai báo"), "trường có trong sổ");
    }
    field
}
